import { type JsonInput, type ServiceContext, z } from '@inlay/sdk/connector'
import { ISSUE_FIELDS, issueSchema } from './issue.js'
import { ask, connectionOf, nextCursor, PAGE_INFO } from './linear-api.js'

const query = `query Issues($filter: IssueFilter, $orderBy: PaginationOrderBy, $first: Int, $after: String) {
  issues(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { ${ISSUE_FIELDS} } ${PAGE_INFO} }
}`
const answer = z.object({ issues: connectionOf(issueSchema) })

/** Which issues are asked for. */
interface IssueQuery {
  readonly filter: { readonly [field: string]: JsonInput | undefined }
  /** Newest first. */
  readonly orderBy: 'createdAt' | 'updatedAt'
  /** How many at most: each costs a part of the hour's budget. */
  readonly first: number
  /** Of the page before; empty at first. */
  readonly after: string
}

/** Some issues, and how the next ones are asked for. */
export async function listIssuePage(context: ServiceContext, { filter, orderBy, first, after }: IssueQuery) {
  const variables = { filter, orderBy, first, after: after === '' ? undefined : after }
  const { issues } = await ask(context, { query, variables, answer })
  return { items: issues.nodes, next: nextCursor(issues) }
}
