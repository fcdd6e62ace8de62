import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { issueSchema, sampleIssue } from '../issue.js'
import { assigneeOptions, labelOptions, repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

/** Opens an issue. */
export const createIssue = action({
  name: 'Create an issue',
  description: 'Opens an issue in a repository.',
  input: z.strictObject({
    repository: repositoryField,
    title: z
      .string()
      .min(1)
      .max(256)
      .meta({ title: 'Title', examples: [sampleIssue.title] }),
    body: z.string().optional().meta({ title: 'Text', format: 'multiline', description: 'In Markdown.' }),
    labels: z.array(z.string()).optional().meta({ title: 'Labels' }),
    assignees: z.array(z.string()).optional().meta({ title: 'Assignees' }),
  }),
  output: issueSchema,
  sampleInput: { repository: 'acme/shop', title: sampleIssue.title, labels: ['bug'] },
  sampleOutput: sampleIssue,
  scopes: ['repo'],
  options: { repository: repositoryOptions, labels: labelOptions, assignees: assigneeOptions },
  // GitHub knows no idempotency key: repeating after a crash would open a second issue.
  delivery: 'at-most-once',
  run: (context) => {
    const { repository, ...json } = context.input
    return github.call(context, {
      method: 'POST',
      url: `${repositoryPath(repository)}/issues`,
      json: { ...json },
      answer: issueSchema,
    })
  },
})
