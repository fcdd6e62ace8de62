import { collectPages, newByTime, type PollContext, type PollResult, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import { recordSchema, tablePath } from '../table.js'

const page = z.object({ records: z.array(recordSchema), offset: z.string().optional() })
const PAGE_SIZE = 100
const MAX_RECORDS = 10_000
/** Stands for the moment of the first poll. */
const START = 'start'

type Record = z.output<typeof recordSchema>
type TableContext = PollContext<{
  readonly base: string
  readonly table: string
  readonly view?: string | undefined
}>

/** How records are told apart, and dated. */
interface Dating {
  /** A formula: `CREATED_TIME()`. */
  readonly moment: string
  /** Of the poll before. */
  readonly since: number | undefined
  readonly idOf: (record: Record) => string
  readonly timeOf: (record: Record) => string
}

/**
 * What came into a table since the poll before. Tables are in an order of their own: the first poll reads a page of one
 * for the sake of examples, and counts from its own moment, so that nothing of the other pages is taken for new.
 */
export async function recentRecords(
  context: TableContext,
  { moment, since, idOf, timeOf }: Dating,
): Promise<PollResult> {
  const { cursor, now } = context
  const records = await readRecords(context, since === undefined ? undefined : afterFormula(moment, since))
  const dated = records.map((record) => ({ id: idOf(record), at: timeOf(record), record: record as Record | null }))
  const start = { id: START, at: new Date(now).toISOString(), record: null }
  const result = newByTime(since === undefined ? [...dated, start] : dated, {
    cursor,
    idOf: ({ id }) => id,
    timeOf: ({ at }) => at,
    dataOf: ({ record }) => record,
  })
  return { ...result, items: result.items.filter(({ id }) => id !== START) }
}

function afterFormula(moment: string, since: number): string {
  return `IS_AFTER(${moment}, '${new Date(since - 1).toISOString()}')`
}

function readRecords(context: TableContext, formula: string | undefined): Promise<Record[]> {
  const { input } = context
  const read = async (offset: string) => {
    const query = { pageSize: PAGE_SIZE, view: input.view, filterByFormula: formula }
    const { records, offset: next } = await airtable.call(context, {
      url: tablePath(input),
      query: { ...query, offset: offset === '' ? undefined : offset },
      answer: page,
    })
    return { items: records, next }
  }
  return collectPages(read, '', { maxItems: formula === undefined ? PAGE_SIZE : MAX_RECORDS })
}
