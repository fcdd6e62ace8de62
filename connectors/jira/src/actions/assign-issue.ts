import { action, z } from '@inlay/sdk/connector'
import { issueField } from '../issue.js'
import { issuePath, jira } from '../jira-api.js'
import { userOptions } from '../user.js'

/** Gives an issue to somebody, or to nobody. */
export const assignIssue = action({
  name: 'Assign an issue',
  description: 'Gives an issue to somebody; to nobody when the assignee is left empty.',
  input: z.strictObject({
    issue: issueField,
    assignee: z.string().optional().meta({ title: 'Assignee', description: 'Id of a user.' }),
  }),
  output: z.object({}),
  sampleInput: { issue: 'SHOP-42', assignee: '5b10a2844c20165700ede21g' },
  sampleOutput: {},
  scopes: ['write:jira-work'],
  options: { assignee: userOptions },
  run: async (context) => {
    const { issue, assignee } = context.input
    const json = { accountId: assignee ?? null }
    await jira.call(context, { method: 'PUT', url: `${issuePath(issue)}/assignee`, json, answer: z.unknown() })
    return {}
  },
})
