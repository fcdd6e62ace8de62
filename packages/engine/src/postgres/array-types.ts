import type postgres from 'postgres'

/**
 * Lists of texts and of whole numbers, told to the driver in advance. Left to itself it asks the server for array types
 * on each new connection, and when that connection is cut at this moment the failure belongs to nobody and ends the process.
 */
export const ARRAY_TYPES = {
  textArray: { to: 1009, from: [1009], serialize: writeArray, parse: parseTexts },
  integerArray: {
    to: 1007,
    from: [1007],
    serialize: writeArray,
    parse: (text: string) => parseTexts(text).map(Number),
  },
} satisfies Readonly<Record<string, postgres.PostgresType>>

/** PostgreSQL's text form of a one-dimensional array. */
export function writeArray(items: readonly unknown[]): string {
  return `{${items.map((item) => (item === null ? 'NULL' : `"${String(item).replaceAll(/[\\"]/g, '\\$&')}"`)).join()}}`
}

/** Reads what `writeArray` writes, and the unquoted items that the server writes where quotes are not needed. */
export function parseTexts(text: string): string[] {
  return [...text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/gs)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/gs, '$1'),
  )
}
