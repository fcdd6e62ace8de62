import { collectPages, cursorTime, newByTime, type PollContext, type PollResult, z } from '@inlay/sdk/connector'
import { fieldOptions, furtherFields } from '../issue.js'
import { searchPage } from '../search-issues.js'

/** Jira's index follows its issues after a while. */
const LATE_MS = 300_000
const MINUTE_MS = 60_000
/** A month. */
const MAX_MINUTES = 43_200
/** More than one poll should ever find: what is within the time of late items is read again by the next. */
const MAX_ISSUES = 5000

/** What both triggers ask for. */
export const recentInput = z.strictObject({
  jql: z
    .string()
    .min(1)
    .meta({ title: 'JQL', description: 'Which issues; the order is of no account.', examples: ['project = SHOP'] }),
  further: furtherFields,
})

/** The choices of what both triggers ask for. */
export const recentOptions = { further: fieldOptions }

/**
 * Issues that were made or changed since the poll before. They are asked for by minutes before now, because times in JQL
 * are of the account's own time zone.
 */
export async function recentIssues(
  context: PollContext<z.infer<typeof recentInput>>,
  {
    by,
    idOf,
  }: {
    readonly by: 'created' | 'updated'
    readonly idOf: (issue: { key: string; id: string; updated: string }) => string
  },
): Promise<PollResult> {
  const { cursor, now, input } = context
  const since = cursorTime(cursor, LATE_MS)
  const asked = input.jql.replace(/\border\s+by\b[\s\S]*$/i, '').trim()
  const minutes = since === undefined ? undefined : Math.ceil((now - since) / MINUTE_MS) + 1
  // Jira refuses searches without any bound; and where the first poll found nothing, what is older is not new either.
  const recent = `${by} >= -${Math.min(Math.max(1, minutes ?? MAX_MINUTES), MAX_MINUTES)}m`
  const all = asked === '' ? recent : `(${asked}) AND ${recent}`
  // Oldest first once there is a cursor: when there are too many for one poll, the rest follows.
  const jql = `${all} ORDER BY ${by} ${minutes === undefined ? 'DESC' : 'ASC'}`.trim()
  const read = (token: string) => searchPage(context, { jql, further: input.further, size: 100, token })
  const issues = await collectPages(read, '', { maxItems: since === undefined ? 100 : MAX_ISSUES })
  const result = newByTime(issues, { cursor, idOf, timeOf: (issue) => issue[by], lateMs: LATE_MS })
  // Without anything new the next poll would find the same.
  return { ...result, hasMore: since !== undefined && issues.length === MAX_ISSUES && result.items.length > 0 }
}
