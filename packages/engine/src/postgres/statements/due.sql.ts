import { given, IDENTITY } from './fragments.sql.js'

/**
 * Now, as something that the planner cannot look into. It would find that next to nothing is due, as is usual, and make
 * plans that read and sort all that is due, which in a flood is much. A moment that is fixed during a statement, unlike
 * that of `clock_timestamp()`, can bound an index scan.
 */
const NOW = '(SELECT now())'

/** More than this is never looked at in one go; a constant limit also tells the planner that few rows are wanted. */
const MAX_DUE = 1000

/** What names the given runs, and leaves them alone for five seconds. */
const NAME = `
INSERT INTO inlay.runs AS r (${IDENTITY}) SELECT ${IDENTITY} FROM due
ON CONFLICT (id, tenant_id) DO UPDATE SET
  dispatch_seq = r.dispatch_seq + 1, due_at = clock_timestamp() + interval '5 seconds'
RETURNING r.id, r.tenant_id, r.customer_id, r.dispatch_seq, r.status`

/**
 * Names runs that should be dispatched (again), those first that are due for longest, priority counted in, and leaves them
 * alone for five seconds. $1: how many at most. Returns `{id, tenant_id, customer_id, dispatch_seq, status}`, also of ended
 * runs that have left something to do.
 */
export const DUE_SQL = `
WITH due AS MATERIALIZED (
  SELECT * FROM (
    SELECT ${IDENTITY}, due_at, priority FROM inlay.runs WHERE due_at <= ${NOW} ORDER BY due_at LIMIT ${MAX_DUE}
    FOR NO KEY UPDATE SKIP LOCKED
  ) candidates ORDER BY due_at - priority * interval '1 second' LIMIT $1::integer
)${NAME}
`

/**
 * Customers with runs that have a time at which to be looked at, in the order of their ids, found one after the other so
 * that the cost does not grow with the number of runs. $1, $2: the tenant and customer after which to begin, $3: how many.
 * Returns `{tenant_id, customer_id, is_due}`.
 */
export const DUE_CUSTOMERS_SQL = `
WITH RECURSIVE customers AS (
  (SELECT tenant_id, customer_id, due_at, 1 AS n FROM inlay.runs
    WHERE due_at IS NOT NULL AND status IN ('pending', 'waiting') AND (tenant_id, customer_id) > ($1, $2)
    ORDER BY tenant_id, customer_id, due_at LIMIT 1)
  UNION ALL
  SELECT next.tenant_id, next.customer_id, next.due_at, c.n + 1
  FROM customers c CROSS JOIN LATERAL (
    SELECT r.tenant_id, r.customer_id, r.due_at FROM inlay.runs r
    WHERE r.due_at IS NOT NULL AND r.status IN ('pending', 'waiting')
      AND (r.tenant_id, r.customer_id) > (c.tenant_id, c.customer_id)
    ORDER BY r.tenant_id, r.customer_id, r.due_at LIMIT 1
  ) next
  WHERE c.n < $3::integer
)
SELECT tenant_id, customer_id, due_at <= now() AS is_due FROM customers
`

/**
 * For one transaction: nothing is sorted that an index has in order already. How much a customer has due is what the
 * planner knows least, and a plan that reads and sorts all of it is what a flood must not meet.
 */
export const FAIR_SETTINGS_SQL = `
SELECT set_config('enable_sort', 'off', true), set_config('enable_incremental_sort', 'off', true),
  set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)
`

/**
 * As `DUE_SQL`, the same share for each of the given customers, in turns. $1: tenants, $2: customers, $3: how many of each
 * at most. Of each customer four times as many are looked at, so that the urgent ones among them come first.
 * Needs the settings of `FAIR_SETTINGS_SQL`.
 */
export const FAIR_DUE_SQL = `
WITH chosen AS MATERIALIZED (
  SELECT r.* FROM ${given(1, ['tenant_id', 'customer_id'])} CROSS JOIN LATERAL (
    SELECT id, tenant_id, row_number() OVER (ORDER BY due_at - priority * interval '1 second') AS turn FROM (
      SELECT id, tenant_id, due_at, priority FROM inlay.runs r
      WHERE r.tenant_id = g.tenant_id AND r.customer_id = g.customer_id AND r.due_at <= ${NOW}
        AND r.status IN ('pending', 'waiting')
      ORDER BY r.due_at LIMIT 4 * $3::integer
    ) candidates ORDER BY turn LIMIT $3::integer
  ) r ORDER BY r.turn
), due AS MATERIALIZED (
  SELECT r.* FROM chosen c CROSS JOIN LATERAL (
    SELECT ${IDENTITY} FROM inlay.runs r WHERE r.id = c.id AND r.tenant_id = c.tenant_id AND (r.due_at <= now()) IS TRUE
    FOR NO KEY UPDATE SKIP LOCKED
  ) r
)${NAME}
`

/**
 * How much there is to do: what processes that died left undone (events not delivered, waits not looked after), and how
 * many runs are due. $1: how many of what is undone at most, $2: up to which number to count.
 * The inner, constant limit (the most that is ever asked for, and one more) tells the planner that few rows are wanted:
 * with a parameter alone it would make a new plan at each call once many runs are parked.
 * Returns `{tenant_id, event_id, run_id, due}`: an event, a run with such waits, or (in one row, the last) the number.
 */
export const TO_DO_SQL = `
(SELECT tenant_id, event_id, NULL AS run_id, NULL::integer AS due FROM inlay.events
  WHERE delivered_at IS NULL AND received_at < ${NOW} - interval '2 seconds' ORDER BY received_at LIMIT $1::integer)
UNION ALL
(SELECT tenant_id, NULL, run_id, NULL FROM inlay.waits
  WHERE NOT looked AND opened_at < ${NOW} - interval '2 seconds' ORDER BY opened_at LIMIT $1::integer)
UNION ALL
SELECT NULL, NULL, NULL, count(*)::integer FROM (
  SELECT FROM (SELECT FROM inlay.runs WHERE due_at <= ${NOW} ORDER BY due_at LIMIT 1001) few LIMIT $2::integer
) due
`
