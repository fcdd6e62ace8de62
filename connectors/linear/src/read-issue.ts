import { type ServiceContext, z } from '@inlay/sdk/connector'
import { ISSUE_FIELDS, issueSchema } from './issue.js'
import { ask } from './linear-api.js'

const query = `query Issue($id: String!) { issue(id: $id) { ${ISSUE_FIELDS} } }`
const answer = z.object({ issue: issueSchema })

/** The issue of a key or id. */
export async function readIssue(context: ServiceContext, id: string) {
  return (await ask(context, { query, variables: { id }, answer })).issue
}
