import { UserError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { NULL_VALUE, SEPARATOR } from './statements/fragments.sql.js'

/** A row of a statement's input: a text per column. */
export type TextRow = readonly string[]

/** The parameters of a statement: each column's values as one text. `width` says how many columns there are. */
export function toColumns(rows: readonly TextRow[], width: number): string[] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? NULL_VALUE).join(SEPARATOR))
}

/**
 * A payload as JSON text, which never holds the characters that separate values.
 *
 * @throws TypeError when the value is no JSON: a big integer, or a circular structure
 */
export function jsonField(value: JsonValue | object | undefined): string {
  return value === undefined ? NULL_VALUE : JSON.stringify(value)
}

const LAST_CONTROL_CODE = 0x1f

/**
 * A name, an id or a key. Control characters are refused: they separate values here, and PostgreSQL keeps no NUL.
 *
 * @throws UserError `journal.invalid_text`
 */
export function textField(value: string, what: string): string {
  for (let index = 0; index < value.length; index++) {
    if (value.charCodeAt(index) > LAST_CONTROL_CODE) continue
    throw new UserError(
      'invalid',
      'journal.invalid_text',
      `The ${what} ${JSON.stringify(value)} holds control characters.`,
    )
  }
  return value
}

/** A whole number, or NULL when absent. */
export function numberField(value: number | undefined): string {
  return value === undefined ? NULL_VALUE : String(Math.round(value))
}
