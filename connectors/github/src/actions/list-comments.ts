import { action, z } from '@inlay/sdk/connector'
import { commentSchema, sampleComment } from '../comment.js'
import { issueNumberField } from '../issue.js'
import { listAll } from '../lists.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

/** Lists comments on an issue or pull request. */
export const listComments = action({
  name: 'List comments',
  description: 'Lists comments on an issue or pull request, oldest first, over as many pages as it takes.',
  input: z.strictObject({
    repository: repositoryField,
    number: issueNumberField,
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ comments: z.array(commentSchema).meta({ title: 'Comments' }) }),
  sampleInput: { repository: 'acme/shop', number: 1347 },
  sampleOutput: { comments: [sampleComment] },
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  run: async (context) => {
    const { repository, number, limit } = context.input
    const url = `${repositoryPath(repository)}/issues/${number}/comments`
    return { comments: await listAll(context, { url, item: commentSchema, limit }) }
  },
})
