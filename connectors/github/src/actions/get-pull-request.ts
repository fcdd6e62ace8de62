import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { pullNumberField, pullRequestSchema, pullsPath, samplePullRequest } from '../pull-request.js'
import { repositoryField, repositoryOptions } from '../repository.js'

const detailed = pullRequestSchema.extend({
  merged: z.boolean().meta({ title: 'Is merged' }),
  mergeable: z
    .boolean()
    .nullable()
    .meta({ title: 'Can be merged', description: 'Nothing while GitHub still finds out.' }),
  mergeable_state: z.string().meta({ title: 'Why (not)', examples: ['clean'] }),
  commits: z.number().meta({ title: 'Commits' }),
  additions: z.number().meta({ title: 'Lines added' }),
  deletions: z.number().meta({ title: 'Lines removed' }),
  changed_files: z.number().meta({ title: 'Files changed' }),
})

/** Reads a pull request. */
export const getPullRequest = action({
  name: 'Get a pull request',
  description: 'Reads a pull request: its branches, its size, and whether it can be merged.',
  input: z.strictObject({ repository: repositoryField, number: pullNumberField }),
  output: detailed,
  sampleInput: { repository: 'acme/shop', number: 1348 },
  sampleOutput: {
    ...samplePullRequest,
    merged: false,
    mergeable: true,
    mergeable_state: 'clean',
    commits: 3,
    additions: 100,
    deletions: 3,
    changed_files: 5,
  },
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  run: (context) => {
    const { repository, number } = context.input
    return github.call(context, { url: pullsPath(repository, number), answer: detailed })
  },
})
