import { pollingTrigger } from '@inlay/sdk/connector'
import { issueSchema, sampleIssue } from '../issue.js'
import { recentInput, recentIssues, recentOptions } from './recent-issues.js'

/** Starts for each new issue that a query finds. */
export const newIssue = pollingTrigger({
  name: 'New issue',
  description: 'Starts for each issue that is made and fits a JQL query. Asks Jira every few minutes; needs no admin.',
  input: recentInput,
  output: issueSchema,
  sampleOutput: sampleIssue,
  scopes: ['read:jira-work'],
  options: recentOptions,
  poll: (context) => recentIssues(context, { by: 'created', idOf: ({ id }) => id }),
})
