import { pollingTrigger, z } from '@inlay/sdk/connector'
import { objectOptions } from '../describe.js'
import { objectField, objectPath } from '../record.js'
import { salesforce } from '../salesforce-api.js'

/** Salesforce wants at least a minute between start and end, and remembers what was deleted for 15 days. */
const SHORTEST_MS = 120_000
const LONGEST_MS = 14 * 86_400_000

const deleted = z.object({
  deletedRecords: z.array(z.object({ id: z.string(), deletedDate: z.string() })),
  latestDateCovered: z.string().nullish(),
})

/** Starts for each deleted record. */
export const recordDeleted = pollingTrigger({
  name: 'Record deleted',
  description: 'Starts for each record of an object that is deleted. Asks Salesforce every few minutes.',
  input: z.strictObject({ object: objectField }),
  output: z.object({
    id: z.string().meta({ title: 'Record id' }),
    deletedDate: z.string().meta({ title: 'Deleted' }),
  }),
  sampleOutput: { id: '001000000000001AAA', deletedDate: '2026-04-10T20:09:31.000+0000' },
  scopes: ['api'],
  options: { object: objectOptions },
  poll: async (context) => {
    const { now, input } = context
    const since = z.number().catch(now).parse(context.cursor)
    const start = Math.max(Math.min(since, now - SHORTEST_MS), now - LONGEST_MS)
    const query = { start: new Date(start).toISOString(), end: new Date(now).toISOString() }
    const url = `${objectPath(input.object, 'deleted')}/`
    const { deletedRecords, latestDateCovered } = await salesforce.call(context, { url, query, answer: deleted })
    const covered = Date.parse(latestDateCovered ?? '')
    // What was told before is recognised: a record may be deleted, restored and deleted again.
    return {
      items: deletedRecords.map((each) => ({ id: `${each.id}:${each.deletedDate}`, data: each })),
      cursor: Number.isFinite(covered) ? Math.min(covered, now) : now,
    }
  },
})
