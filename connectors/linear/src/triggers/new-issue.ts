import { collectPages, cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { issueSchema, sampleIssue } from '../issue.js'
import { listIssuePage } from '../list-issues.js'
import { teamOptions } from '../workspace-options.js'

const PAGE_SIZE = 50
/** Newest first: of more new issues than this in one poll, the oldest would be missed. */
const MAX_ISSUES = 5000

/** Starts for each new issue. */
export const newIssue = pollingTrigger({
  name: 'New issue',
  description: 'Starts for each issue that is made. Asks Linear every few minutes; needs no admin.',
  input: z.strictObject({
    team: z.string().optional().meta({ title: 'Team', description: 'By default all teams.' }),
  }),
  output: issueSchema,
  sampleOutput: sampleIssue,
  scopes: ['read'],
  options: { team: teamOptions },
  poll: async (context) => {
    const { team } = context.input
    const since = cursorTime(context.cursor)
    const filter = {
      team: team === undefined ? undefined : { id: { eq: team } },
      createdAt: since === undefined ? undefined : { gte: new Date(since).toISOString() },
    }
    const read = (after: string) => listIssuePage(context, { filter, orderBy: 'createdAt', first: PAGE_SIZE, after })
    const issues = await collectPages(read, '', { maxItems: since === undefined ? PAGE_SIZE : MAX_ISSUES })
    return newByTime(issues, {
      cursor: context.cursor,
      idOf: ({ id }) => id,
      timeOf: ({ createdAt }) => createdAt,
    })
  },
})
