import { type OptionsContext, z } from '@inlay/sdk/connector'
import { github } from './github-api.js'
import { repositoryPath } from './repository.js'

const login = z.object({ login: z.string().meta({ title: 'Login' }) })
const place = z.object({
  ref: z.string().meta({ title: 'Branch' }),
  sha: z.string().meta({ title: 'Commit' }),
})

/** What automations need of a pull request. */
export const pullRequestSchema = z.object({
  id: z.number().meta({ title: 'Id' }),
  number: z.number().meta({ title: 'Number' }),
  title: z.string().meta({ title: 'Title' }),
  body: z.string().nullable().meta({ title: 'Text' }),
  state: z.string().meta({ title: 'State', description: 'Open or closed; merged ones are closed.' }),
  draft: z.boolean().default(false).meta({ title: 'Is a draft' }),
  html_url: z.string().meta({ title: 'Address' }),
  user: login.nullable().meta({ title: 'Author' }),
  head: place.meta({ title: 'From' }),
  base: place.meta({ title: 'Into' }),
  labels: z.array(z.object({ name: z.string().meta({ title: 'Name' }) })).meta({ title: 'Labels' }),
  assignees: z.array(login).default([]).meta({ title: 'Assignees' }),
  requested_reviewers: z.array(login).default([]).meta({ title: 'Asked to review' }),
  created_at: z.string().meta({ title: 'Created' }),
  updated_at: z.string().meta({ title: 'Changed' }),
  merged_at: z.string().nullable().default(null).meta({ title: 'Merged' }),
})

/** A pull request as GitHub gives it. */
export const samplePullRequest = {
  id: 1,
  number: 1348,
  title: 'The cart keeps its items',
  body: 'Fixes #1347.',
  state: 'open',
  draft: false,
  html_url: 'https://github.com/acme/shop/pull/1348',
  user: { login: 'octocat' },
  head: { ref: 'keep-items', sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e' },
  base: { ref: 'main', sha: 'c5b97d5ae6c19d5c5df71a34c7fbeeda2479ccbc' },
  labels: [{ name: 'bug' }],
  assignees: [],
  requested_reviewers: [],
  created_at: '2026-04-11T20:09:31Z',
  updated_at: '2026-04-11T20:09:31Z',
  merged_at: null,
}

/** The field by which actions name a pull request. */
export const pullNumberField = z.coerce
  .number()
  .int()
  .positive()
  .meta({ title: 'Number of the pull request', examples: [1348] })

/** The path of a repository's pull requests, or of one. */
export function pullsPath(repository: string, number?: number): string {
  return `${repositoryPath(repository)}/pulls${number === undefined ? '' : `/${number}`}`
}

/** The field by which actions and triggers name a branch. */
export const branchField = z
  .string()
  .min(1)
  .meta({ title: 'Branch', examples: ['main'] })

/** Branches of the repository in the form, the first hundred. */
export const branchOptions = {
  dependsOn: ['repository'],
  load: async (context: OptionsContext) => {
    const branches = await github.call(context, {
      url: `${repositoryPath(String(context.input['repository']))}/branches?per_page=100`,
      answer: z.array(z.object({ name: z.string() })),
    })
    return branches.map(({ name }) => ({ value: name, label: name }))
  },
}
