import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { issueNumberField } from '../issue.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

const comment = z.object({
  id: z.number().meta({ title: 'Id' }),
  html_url: z.string().meta({ title: 'Address' }),
  body: z.string().meta({ title: 'Text' }),
  created_at: z.string().meta({ title: 'Created' }),
})

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
  output: comment,
  sampleInput: { repository: 'acme/shop', number: 1347, body: 'Fixed in 2.4.' },
  sampleOutput: {
    id: 1,
    html_url: 'https://github.com/acme/shop/issues/1347#issuecomment-1',
    body: 'Fixed in 2.4.',
    created_at: '2026-04-14T16:00:49Z',
  },
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  // GitHub knows no idempotency key: repeating after a crash would comment twice.
  delivery: 'at-most-once',
  run: (context) => {
    const { repository, number, body } = context.input
    const url = `${repositoryPath(repository)}/issues/${number}/comments`
    return github.call(context, { method: 'POST', url, json: { body }, answer: comment })
  },
})
