import { action, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { issueNumberField, issueSchema, sampleIssue } from '../issue.js'
import { repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

/** Reads an issue. */
export const getIssue = action({
  name: 'Get an issue',
  description: 'Reads one issue or pull request by its number.',
  input: z.strictObject({ repository: repositoryField, number: issueNumberField }),
  output: issueSchema,
  sampleInput: { repository: 'acme/shop', number: 1347 },
  sampleOutput: sampleIssue,
  scopes: ['repo'],
  options: { repository: repositoryOptions },
  run: (context) => {
    const { repository, number } = context.input
    return github.call(context, { url: `${repositoryPath(repository)}/issues/${number}`, answer: issueSchema })
  },
})
