import { cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { listAll } from '../lists.js'
import { branchOptions, pullRequestSchema, pullsPath, samplePullRequest } from '../pull-request.js'
import { repositoryField, repositoryOptions } from '../repository.js'

/** Starts for each new pull request. */
export const newPullRequest = pollingTrigger({
  name: 'New pull request',
  description: 'Starts for each pull request that is opened. Asks GitHub every few minutes.',
  input: z.strictObject({
    repository: repositoryField,
    base: z
      .string()
      .optional()
      .meta({ title: 'Into branch', description: 'By default any.', examples: ['main'] }),
    drafts: z.boolean().default(true).meta({ title: 'Drafts too' }),
  }),
  output: pullRequestSchema,
  sampleOutput: samplePullRequest,
  scopes: ['repo'],
  options: { repository: repositoryOptions, base: branchOptions },
  poll: async (context) => {
    const { repository, base, drafts } = context.input
    const since = cursorTime(context.cursor) ?? Number.POSITIVE_INFINITY
    const pulls = await listAll(context, {
      url: pullsPath(repository),
      query: { state: 'all', sort: 'created', direction: 'desc', base },
      item: pullRequestSchema,
      isEnough: (page) => page.some(({ created_at }) => Date.parse(created_at) < since),
    })
    return newByTime(
      pulls.filter(({ draft }) => drafts || !draft),
      { cursor: context.cursor, idOf: ({ id }) => String(id), timeOf: ({ created_at }) => created_at },
    )
  },
})
