/**
 * Parts that several statements share.
 *
 * How the statements reach rows: plans are made once per connection, often while the tables are nearly empty, and are kept
 * for minutes after the tables have grown. A join that the planner may choose would become a scan of the whole table.
 * So rows are read in a LATERAL subquery that cannot be flattened (it locks rows, or has OFFSET 0), which leaves only a
 * probe of the primary key per given row, and they are changed by INSERT … ON CONFLICT, which always uses that key.
 */

/** Between the values of a column; JSON text and checked texts never hold these two. */
export const SEPARATOR = '\u001f'
/** Stands for NULL. */
export const NULL_VALUE = '\u001e'

/**
 * A row source `g` of text columns: parameter `first` holds all values of the first column, and so on.
 *
 * The sub-select hides from the planner how many rows these are. Otherwise it would find that a plan made for one row is
 * cheaper than one for any number, and make a new one for each execution, which takes longer than the execution itself.
 */
export function given(first: number, names: readonly string[]): string {
  const arrays = names.map((_, index) =>
    index === 0 ? `string_to_array((SELECT $${first}::text), E'\\x1f', E'\\x1e')` : textList(first + index),
  )
  return `unnest(${arrays.join(', ')}) AS g(${names.join(', ')})`
}

/** One parameter's values as an array of texts. */
export function textList(parameter: number): string {
  return `string_to_array($${parameter}::text, E'\\x1f', E'\\x1e')`
}

/** Columns of `inlay.runs` without default: every INSERT … ON CONFLICT must name them, though their row exists. */
export const IDENTITY = 'id, tenant_id, customer_id, workflow_id, version_id, mode'

/** What a step is from its path on, in the order that all statements that write one have it. */
export const STEP_FIELDS = [
  'step_path',
  'iteration',
  'type',
  'status',
  'attempt',
  'input',
  'output',
  'error',
  'started_at',
  'finished_at',
  'wake_at',
] as const

/** Columns of a journal row `j` as the adapter reads them; JSON as text, so that a recorded null is told from nothing. */
export const STEP_COLUMNS = `j.step_path, j.iteration, j.type, j.status, j.attempt, j.input::text AS input,
  j.output::text AS output, j.error::text AS error, j.started_at::float8 AS started_at,
  j.finished_at::float8 AS finished_at, j.wake_at::float8 AS wake_at`

/** The order in which a run's records were made. */
export const STEP_ORDER = 'j.epoch AS step_epoch, j.seq'

/** A run that has ended. */
export const HAS_ENDED = `r.status IN ('succeeded', 'failed', 'cancelled')`

/** A timestamp as Unix milliseconds. */
export function unixMs(timestamp: string): string {
  return `extract(epoch FROM ${timestamp})::float8 * 1000`
}
