import { cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { issueSchema, sampleIssue } from '../issue.js'
import { listAll } from '../lists.js'
import { labelOptions, repositoryField, repositoryOptions, repositoryPath } from '../repository.js'

/** GitHub lists pull requests among the issues; these have one field more. */
const listed = issueSchema.extend({ pull_request: z.unknown().optional() })

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
    const issues = await listAll(context, {
      url: `${repositoryPath(repository)}/issues`,
      query: {
        state: 'all',
        sort: 'created',
        direction: 'desc',
        labels: labels.join(','),
        // GitHub compares with the time of the last change, which is never before that of creation.
        since: since === undefined ? undefined : new Date(since).toISOString(),
      },
      item: listed,
      isEnough: (page) => since === undefined || page.some(({ created_at }) => Date.parse(created_at) < since),
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
