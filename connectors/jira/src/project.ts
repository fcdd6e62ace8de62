import { collectPages, type FormContext, jsonValue, type OptionsContext, z } from '@inlay/sdk/connector'
import { type FieldsMeta, fieldMeta, fieldsSchema } from './field-values.js'
import { type JiraContext, jira } from './jira-api.js'

/** The field by which forms name a project. */
export const projectField = z
  .string()
  .min(1)
  .meta({ title: 'Project', description: 'Its key or id.', examples: ['SHOP'] })

/** The field by which forms name a type of issue. */
export const issueTypeField = z
  .string()
  .min(1)
  .meta({ title: 'Type', description: 'The id of a type of issue.', examples: ['10001'] })

/** What people write into fields that only this site has. */
export const customFields = z.record(z.string(), jsonValue).optional().meta({ title: 'Further fields' })

const PAGE_SIZE = 50
const projects = z.object({
  values: z.array(z.object({ key: z.string(), name: z.string() })),
  isLast: z.boolean(),
})

/** Projects in which the account may look. */
export const projectOptions = {
  isSearchable: true,
  load: async (context: OptionsContext) => {
    const startAt = Number(context.cursor ?? 0)
    const query = { startAt, maxResults: PAGE_SIZE, query: context.search === '' ? undefined : context.search }
    const { values, isLast } = await jira.call(context, { url: '/rest/api/3/project/search', query, answer: projects })
    return {
      options: values.map(({ key, name }) => ({ value: key, label: name, description: key })),
      ...(isLast || values.length === 0 ? {} : { nextCursor: String(startAt + values.length) }),
    }
  },
}

function metaPath(project: string): string {
  return `/rest/api/3/issue/createmeta/${encodeURIComponent(project)}/issuetypes`
}

const types = z.object({ issueTypes: z.array(z.object({ id: z.string(), name: z.string() })) })

/** Types of issues that can be made in the project in the form. */
export const issueTypeOptions = {
  dependsOn: ['project'],
  load: async (context: OptionsContext) => {
    const url = metaPath(String(context.input['project'] ?? ''))
    const { issueTypes } = await jira.call(context, { url, query: { maxResults: 200 }, answer: types })
    return issueTypes.map(({ id, name }) => ({ value: id, label: name }))
  },
}

const fieldPage = z.object({ fields: z.array(fieldMeta.extend({ fieldId: z.string() })), total: z.number() })

/** The fields of issues of a type in a project. */
export async function createFields(
  context: JiraContext,
  { project, issueType }: { readonly project: string; readonly issueType: string },
): Promise<FieldsMeta> {
  const url = `${metaPath(project)}/${encodeURIComponent(issueType)}`
  const read = async (startAt: number) => {
    const { fields, total } = await jira.call(context, { url, query: { startAt, maxResults: 200 }, answer: fieldPage })
    const end = startAt + fields.length
    return { items: fields, next: fields.length > 0 && end < total ? end : undefined }
  }
  return Object.fromEntries((await collectPages(read, 0)).map(({ fieldId, ...field }) => [fieldId, field]))
}

/** A form with the fields of the type of issue. */
export const createFieldsSchema = {
  dependsOn: ['project', 'issueType'],
  load: async (context: FormContext) => {
    const project = String(context.input['project'] ?? '')
    const issueType = String(context.input['issueType'] ?? '')
    return fieldsSchema(await createFields(context, { project, issueType }))
  },
}
