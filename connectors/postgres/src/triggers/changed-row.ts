import { plainRows, pollingTrigger, rowSchema, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'
import { columnOptions, quoted, quotedTable, tableFields, tableForm } from '../table.js'
import { changesOf, KEY, PAGE, TIME, windowOf } from './change-cursor.js'

const MINUTE_MS = 60_000

/** Starts for each row that was added or changed, told by a column with the time of its last change. */
export const changedRow = pollingTrigger({
  name: 'New or changed row',
  description: 'Starts when a row is added or changed, told by a column that holds the time of its last change.',
  input: z.strictObject({
    ...tableFields,
    column: z
      .string()
      .min(1)
      .default('updated_at')
      .meta({ title: 'Time of the last change', description: 'A timestamp that every change sets.' }),
    keyColumn: z
      .string()
      .min(1)
      .default('id')
      .meta({ title: 'Key', description: 'A column that tells rows apart, such as the primary key.' }),
    lateMinutes: z.int().min(0).max(60).default(5).meta({
      title: 'Minutes that a change may be late',
      description: 'Transactions write the time of their beginning and are seen at their end. Allow for the longest.',
    }),
  }),
  output: rowSchema,
  options: { ...tableForm, column: columnOptions, keyColumn: columnOptions },
  sampleOutput: { id: 7, status: 'sent', updated_at: '2026-01-31T08:30:00.000Z' },
  poll: async (context) => {
    const { column, keyColumn, lateMinutes } = context.input
    const lateMs = lateMinutes * MINUTE_MS
    const from = windowOf(context.cursor)
    const time = `t.${quoted(column)}`
    const key = `t.${quoted(keyColumn)}::text collate "C"`
    const place = `extract(epoch from ${time})::numeric, ${key}`
    const isFirst = from === undefined
    // The first comparison is for an index on the column; the second tells places exactly.
    const condition = isFirst
      ? `${time} is not null`
      : `${time} >= to_timestamp($1::text::numeric - 0.001) and (${place}) > ($1::text::numeric, $2::text)
        and ${key} || ' ' || extract(epoch from ${time})::numeric::text not in (select jsonb_array_elements_text($3::text::jsonb))`
    const direction = isFirst ? 'desc' : 'asc'
    const text = `select t.*, ${key} as "${KEY}", extract(epoch from ${time})::numeric::text as "${TIME}"
      from ${quotedTable(context.input)} as t where ${condition}
      order by ${time} ${direction}, ${key} ${direction} limit ${PAGE}`
    const values = isFirst ? [] : [from.time, from.key, from.seen]
    const found = await withSession(context, {
      isReadOnly: true,
      use: async (sql) => {
        // A timestamp without a zone is compared as one of UTC, for this transaction alone.
        await sql`set local time zone 'UTC'`
        return sql.unsafe(text, values)
      },
    })
    return changesOf(plainRows(isFirst ? found.toReversed() : found), {
      cursor: context.cursor,
      lateMs,
      now: context.now,
    })
  },
})
