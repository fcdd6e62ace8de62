import { cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { github } from '../github-api.js'
import { issueSchema, sampleIssue } from '../issue.js'
import { labelOptions, repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

const listed = z.array(issueSchema.extend({ pull_request: z.unknown().optional() }))

/** Starts for each new issue. */
export const newIssue = pollingTrigger({
  name: 'New issue',
  description: 'Starts for each issue that is opened. Asks GitHub every few minutes.',
  input: z.strictObject({
    repository: repositoryField,
    labels: z
      .array(z.string())
      .default([])
      .meta({ title: 'Labels', description: 'Only issues that have all of these.' }),
  }),
  output: issueSchema,
  sampleOutput: sampleIssue,
  scopes: ['repo'],
  options: { repository: repositoryOptions, labels: labelOptions },
  poll: async (context) => {
    const { repository, labels } = context.input
    const since = cursorTime(context.cursor)
    const issues = await github.call(context, {
      url: `${repositoryPath(repository)}/issues`,
      query: {
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: 100,
        labels: labels.length === 0 ? undefined : labels.join(','),
        // GitHub compares with the time of the last change, which is never before that of creation.
        since: since === undefined ? undefined : new Date(since).toISOString(),
      },
      answer: listed,
    })
    return newByTime(
      issues.filter((issue) => issue.pull_request === undefined),
      {
        cursor: context.cursor,
        idOf: ({ id }) => String(id),
        timeOf: ({ created_at }) => created_at,
        dataOf: (issue) => issueSchema.parse(issue),
      },
    )
  },
})
