import { rowSchema, z } from '@inlay/sdk/connector'
import { quoted } from './table.js'

/** Which rows are meant: never all of a table by mistake. */
export const condition = rowSchema
  .refine((values) => Object.keys(values).length > 0, 'needs a column')
  .refine((values) => !Object.values(values).includes(null), 'cannot be null')
  .meta({ title: 'Rows whose', description: 'Columns with the values that rows must have, all of them.' })

/** How many rows a change concerned. */
export const rowCount = z.object({ count: z.number().int().meta({ title: 'Rows' }) })

/** SQL that compares the table `t` with the wanted values `w`, column by column. */
export function matchesWanted(values: Readonly<Record<string, unknown>>): string {
  return Object.keys(values)
    .map((name) => `t.${quoted(name)} = w.${quoted(name)}`)
    .join(' and ')
}
