import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { branchField, branchOptions, pullRequestSchema, pullsPath, samplePullRequest } from '../pull-request.js'
import { repositoryField, repositoryOptions } from '../repository.js'

/** Opens a pull request. */
export const createPullRequest = action({
  name: 'Create a pull request',
  description: 'Asks for the changes of one branch to be taken into another.',
  input: z.strictObject({
    repository: repositoryField,
    title: z
      .string()
      .min(1)
      .max(256)
      .meta({ title: 'Title', examples: [samplePullRequest.title] }),
    head: z
      .string()
      .min(1)
      .meta({ title: 'From branch', description: 'Of a fork: owner:branch.', examples: ['keep-items'] }),
    base: branchField.meta({ title: 'Into branch' }),
    body: z.string().optional().meta({ title: 'Text', format: 'multiline', description: 'In Markdown.' }),
    draft: z.boolean().default(false).meta({ title: 'As a draft' }),
  }),
  output: pullRequestSchema,
  sampleInput: { repository: 'acme/shop', title: samplePullRequest.title, head: 'keep-items', base: 'main' },
  sampleOutput: samplePullRequest,
  scopes: ['repo'],
  options: { repository: repositoryOptions, head: branchOptions, base: branchOptions },
  // Repeated, it is refused: there is one pull request from one branch into another.
  delivery: 'at-most-once',
  run: (context) => {
    const { repository, ...json } = context.input
    return github.call(context, { method: 'POST', url: pullsPath(repository), json, answer: pullRequestSchema })
  },
})
