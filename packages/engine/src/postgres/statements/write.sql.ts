import { given, IDENTITY, STEP_FIELDS, textList } from './fragments.sql.js'

export const WRITE_RUN_COLUMNS = [
  'n',
  'id',
  'tenant_id',
  'customer_id',
  'epoch',
  'status',
  'output',
  'error',
  'response',
  'wake_at',
  'is_dead',
] as const

export const WRITE_STEP_COLUMNS = ['run_id', 'tenant_id', 'customer_id', 'epoch', 'seq', 'at', ...STEP_FIELDS] as const

export const OPENED_WAIT_COLUMNS = [
  'n',
  'run_id',
  'tenant_id',
  'customer_id',
  'step_path',
  'iteration',
  'kind',
  'event_name',
  'match',
  'match_path',
  'match_key',
  'token_hash',
  'child_run_id',
  'detail',
] as const

export const CLOSED_WAIT_COLUMNS = ['n', 'run_id', 'tenant_id', 'step_path', 'iteration'] as const

const STEPS_AT = WRITE_RUN_COLUMNS.length + 1
const OPENED_AT = STEPS_AT + WRITE_STEP_COLUMNS.length
const CLOSED_AT = OPENED_AT + OPENED_WAIT_COLUMNS.length

/** What an expression makes of `r`, the run as it is under the lock, and `g`, what is asked for. */
interface WriteParts {
  /** What becomes of the run. */
  readonly status: string
  /** Whether a run that rests has something to do at once. */
  readonly isDue: string
  /** Whether the row of the run changes, from what `held` has. */
  readonly isChanged: string
  /** What happens to steps that are recorded already. */
  readonly onRepetition: string
  /** Whether waits are opened. */
  readonly opensWaits: string
  /** Further parts of the statement. */
  readonly more: string
}

function writeSql({ status, isDue, isChanged, onRepetition, opensWaits, more }: WriteParts): string {
  return `
WITH given AS MATERIALIZED (
  SELECT g.n::integer AS n, g.id, g.tenant_id, g.customer_id, g.epoch::integer AS epoch, g.status, g.output::json AS output,
    g.error::json AS error, g.response::json AS response, to_timestamp(g.wake_at::float8 / 1000) AS wake_at,
    coalesce(g.is_dead::boolean, false) AS is_dead
  FROM ${given(1, WRITE_RUN_COLUMNS)}
), held AS MATERIALIZED (
  SELECT g.n, g.id, g.tenant_id, g.customer_id, g.epoch, g.output, g.error, g.response, g.wake_at, g.is_dead,
    r.workflow_id, r.version_id, r.mode, r.cancel_requested, r.suspend_requested, r.dispatch_seq,
    ${status} AS status, ${isDue} AS is_due, r.has_duties OR ${opensWaits} AS has_duties
  FROM given g CROSS JOIN LATERAL (
    SELECT workflow_id, version_id, mode, cancel_requested, suspend_requested, woken, has_duties, dispatch_seq
    FROM inlay.runs r
    WHERE r.id = g.id AND r.tenant_id = g.tenant_id AND r.customer_id = g.customer_id AND r.epoch = g.epoch
      AND r.status = 'running'
    FOR NO KEY UPDATE
  ) r
), written AS (
  INSERT INTO inlay.journal (run_id, tenant_id, customer_id, epoch, seq, at, step_path, iteration, type, status, attempt,
    input, output, error, started_at, finished_at, wake_at)
  SELECT g.run_id, g.tenant_id, g.customer_id, g.epoch::integer, g.seq::integer, g.at::bigint, g.step_path, g.iteration,
    g.type, g.status, g.attempt::integer, g.input::json, g.output::json, g.error::json,
    g.started_at::bigint, g.finished_at::bigint, g.wake_at::bigint
  FROM ${given(STEPS_AT, WRITE_STEP_COLUMNS)}
  WHERE (g.run_id IN (SELECT h.id FROM held h)) IS TRUE
  ${onRepetition}
), ${more}advanced AS (
  INSERT INTO inlay.runs AS r (${IDENTITY}, status, output, error, response, wake_at, woken, is_dead, has_duties)
  SELECT ${IDENTITY}, status, output, error, response,
    CASE WHEN is_due THEN least(wake_at, clock_timestamp()) ELSE wake_at END, is_due, is_dead, has_duties
  FROM held WHERE ${isChanged}
  ON CONFLICT (id, tenant_id) DO UPDATE SET
    status = excluded.status,
    output = coalesce(excluded.output, r.output),
    error = coalesce(excluded.error, r.error),
    response = coalesce(r.response, excluded.response),
    wake_at = excluded.wake_at,
    woken = r.woken OR excluded.woken,
    is_dead = excluded.is_dead,
    has_duties = excluded.has_duties,
    suspend_requested = r.suspend_requested AND excluded.status = 'running',
    due_at = CASE excluded.status
      WHEN 'running' THEN r.due_at
      WHEN 'waiting' THEN excluded.wake_at
      WHEN 'suspended' THEN NULL
      ELSE CASE WHEN excluded.has_duties THEN clock_timestamp() + interval '5 seconds' END
    END,
    lease_until = CASE WHEN excluded.status = 'running' THEN r.lease_until END,
    lease_owner = CASE WHEN excluded.status = 'running' THEN r.lease_owner END,
    dispatch_seq = r.dispatch_seq + (excluded.status IN ('waiting', 'suspended'))::integer,
    finished_at = CASE WHEN excluded.status IN ('succeeded', 'failed', 'cancelled') THEN clock_timestamp() END
)
SELECT n, cancel_requested, suspend_requested, has_duties, dispatch_seq + 1 AS dispatch_seq,
  is_due OR (status = 'waiting' AND wake_at <= clock_timestamp()) IS TRUE AS is_due
FROM held
`
}

const IS_SKIPPED = 'ON CONFLICT (run_id, tenant_id, epoch, seq) DO NOTHING'

const GOING_ON_OR_ENDING = {
  status: 'g.status',
  isDue: 'false',
  isChanged: `status <> 'running' OR response IS NOT NULL`,
  opensWaits: 'false',
  more: '',
}

/**
 * Writes steps and what becomes of their runs, under leases: the one statement by which executing runs advance. This one
 * is for runs that go on or end; `WRITE_FULL_SQL` also parks them.
 * $1 to $11: `WRITE_RUN_COLUMNS`, in the order of the ids, a run at most once; `status` is `running` when the run goes on,
 *     else `waiting`, `suspended` or how it ended; times are Unix milliseconds. Elsewhere `n` says which run is meant.
 * $12 to $28: `WRITE_STEP_COLUMNS`. What stands in a step's place already is a repetition of the same.
 * Returns `{n, cancel_requested, suspend_requested, has_duties, dispatch_seq, is_due}` of the runs whose lease is still
 * held; of the others nothing is written.
 *
 * Rows are locked in the order of their ids, so that two writers cannot wait for each other. The lock is what keeps a
 * takeover from slipping in between the check and the inserts.
 */
export const WRITE_PLAIN_SQL = writeSql({ ...GOING_ON_OR_ENDING, onRepetition: IS_SKIPPED })

/** As `WRITE_PLAIN_SQL`, and a tenth faster, but a step that is recorded already fails it with a unique violation. */
export const WRITE_NEW_SQL = writeSql({ ...GOING_ON_OR_ENDING, onRepetition: '' })

/**
 * As `WRITE_PLAIN_SQL`; then $29 to $42: `OPENED_WAIT_COLUMNS`, $43 to $47: `CLOSED_WAIT_COLUMNS`.
 *
 * A run that somebody wants cancelled, and one that has been woken meanwhile, does not rest when it parks: it is due at
 * once. One that somebody wants suspended is, also when its owner did not hear of it. A wait that is opened as it already
 * stands keeps its answer.
 */
export const WRITE_FULL_SQL = writeSql({
  status: `CASE
      WHEN g.status NOT IN ('waiting', 'suspended') THEN g.status
      WHEN r.cancel_requested THEN 'waiting'
      WHEN r.suspend_requested THEN 'suspended'
      ELSE g.status
    END`,
  isDue: `g.status IN ('waiting', 'suspended')
      AND (r.cancel_requested OR g.status = 'waiting' AND r.woken AND NOT r.suspend_requested)`,
  isChanged: `status <> 'running' OR response IS NOT NULL
    OR n = ANY (${textList(OPENED_AT)}::integer[])`,
  onRepetition: IS_SKIPPED,
  opensWaits: `g.n = ANY (${textList(OPENED_AT)}::integer[])`,
  more: `opened AS (
  INSERT INTO inlay.waits AS w (run_id, tenant_id, customer_id, step_path, iteration, kind, event_name, match, match_path,
    match_key, token_hash, child_run_id, detail, looked)
  SELECT g.run_id, g.tenant_id, g.customer_id, g.step_path, g.iteration, g.kind, g.event_name, g.match::json, g.match_path,
    g.match_key, g.token_hash, g.child_run_id, g.detail::json, g.kind NOT IN ('event', 'child')
  FROM ${given(OPENED_AT, OPENED_WAIT_COLUMNS)}
  WHERE (g.n::integer IN (SELECT h.n FROM held h)) IS TRUE
  ON CONFLICT (run_id, tenant_id, step_path, iteration) DO UPDATE SET
    kind = excluded.kind, event_name = excluded.event_name, match = excluded.match, match_path = excluded.match_path,
    match_key = excluded.match_key, token_hash = excluded.token_hash, child_run_id = excluded.child_run_id,
    detail = excluded.detail, looked = excluded.looked, opened_at = clock_timestamp(), answer = NULL, answered_at = NULL
  WHERE (w.kind, w.event_name, w.match::text, w.token_hash, w.child_run_id)
    IS DISTINCT FROM (excluded.kind, excluded.event_name, excluded.match::text, excluded.token_hash, excluded.child_run_id)
), closed AS (
  DELETE FROM inlay.waits WHERE ctid = ANY (ARRAY(
    SELECT w.ctid FROM ${given(CLOSED_AT, CLOSED_WAIT_COLUMNS)} CROSS JOIN LATERAL (
      SELECT ctid FROM inlay.waits w WHERE w.run_id = g.run_id AND w.tenant_id = g.tenant_id
        AND w.step_path = g.step_path AND w.iteration = g.iteration FOR UPDATE
    ) w
    WHERE (g.n::integer IN (SELECT h.n FROM held h)) IS TRUE
  ))
), rested AS (
  INSERT INTO inlay.transitions (run_id, tenant_id, customer_id, epoch, what)
  SELECT id, tenant_id, customer_id, epoch, status FROM held WHERE status IN ('waiting', 'suspended')
  ON CONFLICT DO NOTHING
), `,
})

/**
 * What became of runs whose write had an unknown outcome.
 * $1: positions, $2: run ids, $3: tenant ids. Returns `{n, epoch, status, dispatch_seq, has_duties, is_due}`.
 */
export const READ_STATE_SQL = `
SELECT g.n::integer AS n, r.epoch, r.status, r.dispatch_seq, r.has_duties, r.is_due
FROM ${given(1, ['n', 'id', 'tenant_id'])} CROSS JOIN LATERAL (
  SELECT epoch, status, dispatch_seq, has_duties,
    (status = 'waiting' AND (woken OR wake_at <= clock_timestamp())) IS TRUE AS is_due
  FROM inlay.runs r WHERE r.id = g.id AND r.tenant_id = g.tenant_id OFFSET 0
) r
`
