import { z } from 'zod'

/** Input of every list: a page begins after `cursor`, the last id of the page before. */
export const pageInput = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
}

/** Which part of a list is asked for. */
export interface PageRequest {
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Part of a list; `nextCursor` is null on its last page. */
export interface Page<T> {
  data: T[]
  nextCursor: string | null
}

type PageSchema<T extends z.ZodType> = z.ZodObject<{ data: z.ZodArray<T>; nextCursor: z.ZodNullable<z.ZodString> }>

/** The output schema of a list. */
export function pageOf<T extends z.ZodType>(item: T): PageSchema<T> {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() })
}

interface RowReader<Row, T> {
  readonly cursorOf: (row: Row) => string
  readonly toItem: (row: Row) => T
}

/** Makes a page of rows that were read with `limit + 1`: the row too many says that there is more. */
export function toPage<Row, T>(rows: readonly Row[], limit: number, read: RowReader<Row, T>): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    data: shown.map(read.toItem),
    nextCursor: rows.length > limit && last !== undefined ? read.cursorOf(last) : null,
  }
}
