import { appendFileSync } from 'node:fs'

/** What a story has seen of a check: numbers in the unit that their name ends with, facts, or lists of what was found. */
export type Figures = Readonly<Record<string, number | boolean | string | readonly string[]>>

/**
 * Notes figures of a check of the first hour (`pnpm first-hour`), as a line of JSON in the file that `INLAY_FIGURES` names.
 * Does nothing without that variable. Call it where the fact was seen, after what must be so was asserted.
 *
 * @param check the number of the check, 1 to 20
 */
export function recordFigure(check: number, figures: Figures): void {
  const file = process.env['INLAY_FIGURES']
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify({ check, figures })}\n`)
}

/** Seconds since an instant of `performance.now()`, to a tenth. */
export function secondsSince(startMs: number): number {
  return Math.round((performance.now() - startMs) / 100) / 10
}
