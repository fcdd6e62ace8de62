import { action, z } from '@inlay/sdk/connector'
import { issueField } from '../issue.js'
import { issuePath, jira } from '../jira-api.js'

/** Deletes an issue for ever. */
export const deleteIssue = action({
  name: 'Delete an issue',
  description: 'Deletes an issue for ever.',
  input: z.strictObject({
    issue: issueField,
    withSubtasks: z.boolean().default(false).meta({ title: 'With its subtasks' }),
  }),
  output: z.object({}),
  sampleInput: { issue: 'SHOP-42' },
  sampleOutput: {},
  scopes: ['write:jira-work'],
  run: async (context) => {
    const { issue, withSubtasks } = context.input
    const query = { deleteSubtasks: withSubtasks }
    await jira.call(context, { method: 'DELETE', url: issuePath(issue), query, answer: z.unknown() })
    return {}
  },
})
