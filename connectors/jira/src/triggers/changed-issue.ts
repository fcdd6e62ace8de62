import { pollingTrigger } from '@inlay/sdk/connector'
import { issueSchema, sampleIssue } from '../issue.js'
import { recentInput, recentIssues, recentOptions } from './recent-issues.js'

/** Starts each time an issue that a query finds is made or changed. */
export const changedIssue = pollingTrigger({
  name: 'New or changed issue',
  description:
    'Starts for each issue that is made and fits a JQL query, and each time one is changed. Asks Jira every few minutes; needs no admin.',
  input: recentInput,
  output: issueSchema,
  sampleOutput: sampleIssue,
  scopes: ['read:jira-work'],
  options: recentOptions,
  poll: (context) => recentIssues(context, { by: 'updated', idOf: ({ id, updated }) => `${id}:${updated}` }),
})
