import { action, z } from '@inlay/sdk/connector'
import { issueField, issueSchema, sampleIssue } from '../issue.js'
import { readIssue } from '../read-issue.js'

/** Reads an issue. */
export const getIssue = action({
  name: 'Get an issue',
  description: 'Reads one issue by its key or id.',
  input: z.strictObject({ issue: issueField }),
  output: issueSchema,
  sampleInput: { issue: 'ENG-123' },
  sampleOutput: sampleIssue,
  scopes: ['read'],
  run: (context) => readIssue(context, context.input.issue),
})
