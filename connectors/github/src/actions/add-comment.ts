import { action, z } from '@inlay/sdk/connector'
import { commentSchema, sampleComment } from '../comment.js'
import { github } from '../github-api.js'
import { issueNumberField } from '../issue.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

/** Comments on an issue or pull request. */
export const addComment = action({
  name: 'Add a comment',
  description: 'Comments on an issue or pull request.',
  input: z.strictObject({
    repository: repositoryField,
    number: issueNumberField,
    body: z
      .string()
      .min(1)
      .max(65_536)
      .meta({ title: 'Text', format: 'multiline', description: 'In Markdown.', examples: ['Fixed in 2.4.'] }),
  }),
  output: commentSchema,
  sampleInput: { repository: 'acme/shop', number: 1347, body: 'Fixed in 2.4.' },
  sampleOutput: sampleComment,
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  // GitHub knows no idempotency key: repeating after a crash would comment twice.
  delivery: 'at-most-once',
  run: (context) => {
    const { repository, number, body } = context.input
    const url = `${repositoryPath(repository)}/issues/${number}/comments`
    return github.call(context, { method: 'POST', url, json: { body }, answer: commentSchema })
  },
})
