import { action, z } from '@inlay/sdk/connector'
import { listAll } from '../lists.js'
import { branchOptions, pullRequestSchema, pullsPath, samplePullRequest } from '../pull-request.js'
import { repositoryField, repositoryOptions } from '../repository.js'

/** Lists pull requests of a repository. */
export const listPullRequests = action({
  name: 'List pull requests',
  description: 'Lists pull requests of a repository, newest first, over as many pages as it takes.',
  input: z.strictObject({
    repository: repositoryField,
    state: z.enum(['open', 'closed', 'all']).default('open').meta({ title: 'State' }),
    base: z.string().optional().meta({ title: 'Into branch' }),
    head: z
      .string()
      .regex(/^[^:\s]+:\S+$/, 'must be owner:branch')
      .optional()
      .meta({ title: 'From', examples: ['acme:keep-items'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ pullRequests: z.array(pullRequestSchema).meta({ title: 'Pull requests' }) }),
  sampleInput: { repository: 'acme/shop', state: 'open' },
  sampleOutput: { pullRequests: [samplePullRequest] },
  scopes: ['repo'],
  options: { repository: repositoryOptions, base: branchOptions },
  run: async (context) => {
    const { repository, limit, ...query } = context.input
    return {
      pullRequests: await listAll(context, { url: pullsPath(repository), query, item: pullRequestSchema, limit }),
    }
  },
})
