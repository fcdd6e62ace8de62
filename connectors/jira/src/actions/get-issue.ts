import { action, z } from '@inlay/sdk/connector'
import { fieldOptions, furtherFields, issueField, issueSchema, readIssue, sampleIssue } from '../issue.js'

/** Reads an issue. */
export const getIssue = action({
  name: 'Get an issue',
  description: 'Reads one issue by its key or id.',
  input: z.strictObject({ issue: issueField, further: furtherFields }),
  output: issueSchema,
  sampleInput: { issue: 'SHOP-42' },
  sampleOutput: sampleIssue,
  scopes: ['read:jira-work'],
  options: { further: fieldOptions },
  run: (context) => readIssue(context, context.input.issue, context.input.further),
})
