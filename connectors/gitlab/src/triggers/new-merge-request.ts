import { pollingTrigger, z } from '@inlay/sdk/connector'
import { mergeRequestSchema, sampleMergeRequest } from '../issue.js'
import { labelOptions, projectField, projectOptions } from '../project.js'
import { recentItems } from './recent-items.js'

/** Starts for each new merge request. */
export const newMergeRequest = pollingTrigger({
  name: 'New merge request',
  description: 'Starts for each merge request that is opened. Asks GitLab every few minutes.',
  input: z.strictObject({
    project: projectField,
    labels: z
      .array(z.string())
      .default([])
      .meta({ title: 'Labels', description: 'Only those that have all of these.' }),
  }),
  output: mergeRequestSchema,
  sampleOutput: sampleMergeRequest,
  scopes: ['api'],
  options: { project: projectOptions, labels: labelOptions },
  poll: (context) => recentItems(context, { list: 'merge_requests', item: mergeRequestSchema }),
})
