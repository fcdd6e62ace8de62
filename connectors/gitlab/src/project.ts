import { type OptionsContext, type OptionsPage, type ServiceContext, z } from '@inlay/sdk/connector'
import { gitlab, nextPage } from './gitlab-api.js'

/** The field by which actions and triggers name a project. */
export const projectField = z
  .string()
  .min(1)
  .meta({ title: 'Project', description: 'Its path or id.', examples: ['acme/shop'] })

/** The path of a project in the API. */
export function projectPath(project: string): string {
  return `/projects/${encodeURIComponent(project)}`
}

/** A page of a list of the API, by its number. */
interface ListPage<Item extends z.ZodType> {
  readonly url: string
  readonly query: Readonly<Record<string, string | number | boolean | undefined>>
  readonly item: Item
  readonly page: number
  /** @default 100 */
  readonly size?: number
}

/** Reads a page of a list. */
export async function readPage<Item extends z.ZodType>(context: ServiceContext, asked: ListPage<Item>) {
  const { url, query, item, page, size = 100 } = asked
  const { answer, response } = await gitlab.send(context, {
    url,
    query: { ...query, per_page: size, page },
    answer: z.array(item),
  })
  return { items: answer, next: nextPage(response) }
}

/** Choices from a list of the API. */
async function optionsFrom<Item extends z.ZodType>(
  context: OptionsContext,
  {
    toOption,
    ...list
  }: Omit<ListPage<Item>, 'page'> & { toOption: (item: z.output<Item>) => OptionsPage['options'][number] },
): Promise<OptionsPage> {
  const { items, next } = await readPage(context, { ...list, page: Number(context.cursor ?? 1) })
  return { options: items.map(toOption), ...(next === undefined ? {} : { nextCursor: String(next) }) }
}

function searchOf({ search }: OptionsContext): string | undefined {
  return search === '' ? undefined : search
}

const listedProject = z.object({ path_with_namespace: z.string(), name_with_namespace: z.string() })

/** Projects that the account is a member of, lately used ones first. */
export const projectOptions = {
  isSearchable: true,
  load: (context: OptionsContext) =>
    optionsFrom(context, {
      url: '/projects',
      query: { membership: true, simple: true, order_by: 'last_activity_at', search: searchOf(context) },
      item: listedProject,
      toOption: ({ path_with_namespace, name_with_namespace }) => ({
        value: path_with_namespace,
        label: name_with_namespace,
        description: path_with_namespace,
      }),
    }),
}

function pathOf({ input }: OptionsContext): string {
  return projectPath(String(input['project'] ?? ''))
}

/** Labels of the project in the form. */
export const labelOptions = {
  dependsOn: ['project'],
  isSearchable: true,
  load: (context: OptionsContext) =>
    optionsFrom(context, {
      url: `${pathOf(context)}/labels`,
      query: { search: searchOf(context) },
      item: z.object({ name: z.string() }),
      toOption: ({ name }) => ({ value: name, label: name }),
    }),
}

/** Members of the project in the form, with those of its groups. */
export const memberOptions = {
  dependsOn: ['project'],
  isSearchable: true,
  load: (context: OptionsContext) =>
    optionsFrom(context, {
      url: `${pathOf(context)}/members/all`,
      query: { query: searchOf(context) },
      item: z.object({ id: z.number(), name: z.string(), username: z.string() }),
      toOption: ({ id, name, username }) => ({ value: id, label: name, description: username }),
    }),
}

/** Branches of the project in the form. */
export const branchOptions = {
  dependsOn: ['project'],
  isSearchable: true,
  load: (context: OptionsContext) =>
    optionsFrom(context, {
      url: `${pathOf(context)}/repository/branches`,
      query: { search: searchOf(context) },
      item: z.object({ name: z.string() }),
      toOption: ({ name }) => ({ value: name, label: name }),
    }),
}
