import { z } from '@inlay/sdk/connector'
import { ISSUE_FIELDS, jiraIssue, toIssue } from './issue.js'
import { type JiraContext, jira, siteOf } from './jira-api.js'

const answer = z.object({
  issues: z.array(jiraIssue),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().optional(),
})

/** Which issues are asked for. */
interface IssueQuery {
  readonly jql: string
  readonly further: readonly string[]
  readonly size: number
  /** Of the page before; empty at first. */
  readonly token: string
}

/** Some issues, and how the next ones are asked for. */
export async function searchPage(context: JiraContext, { jql, further, size, token }: IssueQuery) {
  const json = {
    jql,
    fields: [...ISSUE_FIELDS, ...further],
    maxResults: size,
    nextPageToken: token === '' ? undefined : token,
  }
  const { url } = await siteOf(context)
  const found = await jira.call(context, { method: 'POST', url: '/rest/api/3/search/jql', json, answer })
  const next = found.isLast === true ? undefined : (found.nextPageToken ?? undefined)
  return { items: found.issues.map((issue) => toIssue(issue, url)), next }
}
