import { action, z } from '@inlay/sdk/connector'
import { ISSUE_FIELDS, issueField, issueSchema, sampleIssue } from '../issue.js'
import { issueFields, issueInput, issueOptions } from '../issue-fields.js'
import { ask } from '../linear-api.js'

const query = `mutation UpdateIssue($id: String!, $input: IssueUpdateInput!) {
  issueUpdate(id: $id, input: $input) { issue { ${ISSUE_FIELDS} } }
}`
const answer = z.object({ issueUpdate: z.object({ issue: issueSchema }) })

/** Changes an issue; what is not named stays. */
export const updateIssue = action({
  name: 'Change an issue',
  description: 'Changes an issue. What is left empty stays as it is.',
  input: z.strictObject({
    issue: issueField,
    team: z.string().optional().meta({ title: 'Team', description: 'Moves the issue when it is another one.' }),
    title: z.string().min(1).optional().meta({ title: 'Title' }),
    ...issueFields,
    labels: z.array(z.string()).optional().meta({ title: 'Labels', description: 'Replaces those it has.' }),
    addLabels: z.array(z.string()).optional().meta({ title: 'Add labels' }),
    removeLabels: z.array(z.string()).optional().meta({ title: 'Take labels away' }),
  }),
  output: issueSchema,
  sampleInput: { issue: 'ENG-123', priority: 'urgent' },
  sampleOutput: sampleIssue,
  scopes: ['write'],
  options: { ...issueOptions, addLabels: issueOptions.labels, removeLabels: issueOptions.labels },
  run: async (context) => {
    const { issue, team, title, addLabels, removeLabels, ...fields } = context.input
    const changes = { teamId: team, title, addedLabelIds: addLabels, removedLabelIds: removeLabels }
    const variables = { id: issue, input: { ...changes, ...issueInput(fields) } }
    return (await ask(context, { query, variables, answer })).issueUpdate.issue
  },
})
