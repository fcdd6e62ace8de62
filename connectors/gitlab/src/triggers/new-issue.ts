import { pollingTrigger, z } from '@inlay/sdk/connector'
import { issueSchema, sampleIssue } from '../issue.js'
import { labelOptions, projectField, projectOptions } from '../project.js'
import { recentItems } from './recent-items.js'

/** Starts for each new issue. */
export const newIssue = pollingTrigger({
  name: 'New issue',
  description: 'Starts for each issue that is opened. Asks GitLab every few minutes.',
  input: z.strictObject({
    project: projectField,
    labels: z
      .array(z.string())
      .default([])
      .meta({ title: 'Labels', description: 'Only issues that have all of these.' }),
  }),
  output: issueSchema,
  sampleOutput: sampleIssue,
  scopes: ['api'],
  options: { project: projectOptions, labels: labelOptions },
  poll: (context) => recentItems(context, { list: 'issues', item: issueSchema }),
})
