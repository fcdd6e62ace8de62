import {
  cursorTime,
  type JsonObject,
  type JsonValue,
  jsonValue,
  newByTime,
  type PollContext,
  type PollResult,
  z,
} from '@inlay/sdk/connector'
import { queryPage } from './record.js'
import { DATA, salesforce } from './salesforce-api.js'

type Input = { readonly object: string; readonly fields: readonly string[] }
type TimeField = 'CreatedDate' | 'SystemModstamp'

/** As many as may be read with `FIELDS(ALL)`. */
const PAGE_SIZE = 200
const MAX_PAGES = 10

/** `after`: where the next poll goes on, after an import of more records than one poll reads. */
const placeSchema = z.object({ at: z.string(), id: z.string() })
const cursorSchema = z.object({ told: jsonValue, after: placeSchema.optional() })
type Place = z.output<typeof placeSchema>

/** Reads records by a time, oldest first from where the poll before ended. */
export async function changedRecords(context: PollContext<Input>, by: TimeField): Promise<PollResult> {
  const kept = cursorSchema.safeParse(context.cursor).data
  const told = kept?.told ?? null
  const since = cursorTime(told)
  const found: JsonObject[] = []
  let after: Place | undefined = kept?.after
  let isFull = false
  // At first only the newest count: everything from then on is new.
  const maxPages = since === undefined ? 1 : MAX_PAGES
  for (let page = 0; page < maxPages; page++) {
    const q = soqlOf(context.input, { by, since, after })
    const { records } = await salesforce.call(context, { url: `${DATA}/query`, query: { q }, answer: queryPage })
    found.push(...records)
    const last = records.at(-1)
    isFull = since !== undefined && records.length === PAGE_SIZE && last !== undefined
    if (!isFull || last === undefined) break
    after = { at: isoOf(last[by]), id: String(last['Id']) }
  }
  const result = newByTime(found, {
    cursor: told,
    idOf: (record) => (by === 'CreatedDate' ? String(record['Id']) : `${record['Id']}:${record[by]}`),
    timeOf: (record) => String(record[by]),
  })
  if (!isFull || after === undefined) return { items: result.items, cursor: { told: result.cursor } }
  return { items: result.items, cursor: { told: result.cursor, after }, hasMore: true }
}

interface Part {
  readonly by: TimeField
  readonly since: number | undefined
  readonly after: Place | undefined
}

function soqlOf({ object, fields }: Input, { by, since, after }: Part): string {
  const needed = ['Id', 'CreatedDate', 'SystemModstamp']
  const columns = fields.length === 0 ? 'FIELDS(ALL)' : [...new Set([...needed, ...fields])].join(', ')
  const select = `SELECT ${columns} FROM ${object}`
  if (since === undefined) return `${select} ORDER BY ${by} DESC, Id DESC LIMIT ${PAGE_SIZE}`
  const where =
    after === undefined
      ? `${by} >= ${new Date(since).toISOString()}`
      : `${by} > ${after.at} OR (${by} = ${after.at} AND Id > '${after.id.replace(/\W/g, '')}')`
  return `${select} WHERE ${where} ORDER BY ${by} ASC, Id ASC LIMIT ${PAGE_SIZE}`
}

/** Salesforce writes "+0000", which it does not read in SOQL. */
function isoOf(time: JsonValue | undefined): string {
  const ms = Date.parse(String(time))
  return new Date(Number.isFinite(ms) ? ms : 0).toISOString()
}
