import { nextLink, type OptionsContext, type OptionsPage, z } from '@inlay/sdk/connector'
import { github } from './github-api.js'

/** The field by which actions and triggers name a repository. */
export const repositoryField = z
  .string()
  .regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name, such as acme/shop')
  .meta({ title: 'Repository', description: 'Owner and name.', examples: ['acme/shop'] })

/** The path of a repository in the API. */
export function repositoryPath(repository: string): string {
  return `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`
}

const repositories = z.array(z.object({ full_name: z.string(), description: z.string().nullish() }))

/** Repositories that the account can reach, lately used ones first. */
export async function repositoryOptions(context: OptionsContext): Promise<OptionsPage> {
  const { answer, response } = await github.send(context, {
    url: context.cursor ?? '/user/repos?per_page=100&sort=pushed',
    answer: repositories,
  })
  const next = nextLink(response)
  return {
    options: answer.map(({ full_name, description }) => ({
      value: full_name,
      label: full_name,
      ...(description ? { description } : {}),
    })),
    ...(next === undefined ? {} : { nextCursor: next }),
  }
}

/** Labels of the repository in the form. */
export const labelOptions = {
  dependsOn: ['repository'],
  load: async (context: OptionsContext) => {
    const labels = await github.call(context, {
      url: `${repositoryPath(String(context.input['repository']))}/labels?per_page=100`,
      answer: z.array(z.object({ name: z.string() })),
    })
    return labels.map(({ name }) => ({ value: name, label: name }))
  },
}

/** People to whom issues of the repository in the form can be given. */
export const assigneeOptions = {
  dependsOn: ['repository'],
  load: async (context: OptionsContext) => {
    const people = await github.call(context, {
      url: `${repositoryPath(String(context.input['repository']))}/assignees?per_page=100`,
      answer: z.array(z.object({ login: z.string() })),
    })
    return people.map(({ login }) => ({ value: login, label: login }))
  },
}
