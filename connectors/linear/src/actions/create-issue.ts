import { action, z } from '@inlay/sdk/connector'
import { ISSUE_FIELDS, issueSchema, sampleIssue } from '../issue.js'
import { issueFields, issueInput, issueOptions } from '../issue-fields.js'
import { ask } from '../linear-api.js'
import { madeOnce } from '../made-once.js'
import { readIssue } from '../read-issue.js'
import { requestId } from '../request-id.js'
import { teamField } from '../workspace-options.js'

const query = `mutation CreateIssue($input: IssueCreateInput!) { issueCreate(input: $input) { issue { ${ISSUE_FIELDS} } } }`
const answer = z.object({ issueCreate: z.object({ issue: issueSchema }) })

/** Makes an issue. */
export const createIssue = action({
  name: 'Create an issue',
  description: 'Makes an issue in a team.',
  input: z.strictObject({
    team: teamField,
    title: z
      .string()
      .min(1)
      .meta({ title: 'Title', examples: [sampleIssue.title] }),
    ...issueFields,
  }),
  output: issueSchema,
  sampleInput: { team: sampleIssue.team.id, title: sampleIssue.title, priority: 'high' },
  sampleOutput: sampleIssue,
  scopes: ['write'],
  options: issueOptions,
  run: (context) => {
    const { team, title, ...fields } = context.input
    const id = requestId(context.idempotencyKey)
    const variables = { input: { id, teamId: team, title, ...issueInput(fields) } }
    return madeOnce(
      async () => (await ask(context, { query, variables, answer })).issueCreate.issue,
      () => readIssue(context, id),
    )
  },
})
