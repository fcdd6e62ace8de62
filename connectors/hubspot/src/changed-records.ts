import { cursorTime, jsonValue, newByTime, type PollContext, type PollResult, pages, z } from '@inlay/sdk/connector'
import { hubspot } from './hubspot-api.js'
import { type objectTypeField, recordPage, recordPath, type recordSchema } from './record.js'

type Record = z.output<typeof recordSchema>
type Input = { readonly objectType: z.output<typeof objectTypeField>; readonly properties: readonly string[] }

/** HubSpot's search lags behind what it stores, sometimes by minutes. */
const LATE_MS = 300_000
const PAGE_SIZE = 100
const MAX_PAGES = 10

/** `from`: where the next poll goes on, after an import of more records than one poll reads. */
const cursorSchema = z.object({ told: jsonValue, from: z.number().optional() })

/** How records are put in order. */
interface ChangedRecords {
  readonly property: string
  readonly idOf: (record: Record) => string
  readonly timeOf: (record: Record) => string
}

/** Searches for records by a time, oldest first from where the poll before ended. */
export async function changedRecords(context: PollContext<Input>, how: ChangedRecords): Promise<PollResult> {
  const { objectType, properties } = context.input
  const kept = cursorSchema.safeParse(context.cursor).data
  const told = kept?.told ?? null
  const since = kept?.from ?? cursorTime(told, LATE_MS)
  let read = 0
  const search = async (after: string) => {
    const found = await hubspot.call(context, {
      method: 'POST',
      url: `${recordPath(objectType)}/search`,
      json: {
        filterGroups:
          since === undefined
            ? []
            : [{ filters: [{ propertyName: how.property, operator: 'GTE', value: String(since) }] }],
        sorts: [{ propertyName: how.property, direction: since === undefined ? 'DESCENDING' : 'ASCENDING' }],
        properties: properties.length === 0 ? undefined : [...properties],
        limit: PAGE_SIZE,
        after: after === '' ? undefined : after,
      },
      answer: recordPage,
    })
    read += 1
    return { items: found.results, next: found.paging?.next?.after }
  }
  const found: Record[] = []
  // At first only the newest count: everything from then on is new.
  const maxPages = since === undefined ? 1 : MAX_PAGES
  for await (const record of pages(search, '', { maxPages })) found.push(record)
  const { idOf, timeOf } = how
  const result = newByTime(found, { cursor: told, idOf, timeOf, lateMs: LATE_MS })
  const last = found.at(-1)
  if (since === undefined || read < MAX_PAGES || last === undefined) {
    return { items: result.items, cursor: { told: result.cursor } }
  }
  // Forward by a millisecond at least: more equal times than pages would be read for ever.
  const from = Math.max(Date.parse(timeOf(last)), since + 1)
  return { items: result.items, cursor: { told: result.cursor, from }, hasMore: true }
}
