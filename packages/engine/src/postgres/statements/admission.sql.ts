import { given, textList, unixMs } from './fragments.sql.js'

/** The tables of the admission store, for the versioned migrations of `schema.sql.ts`. */
export const ADMISSION_SCHEMA_SQL = `
-- Starts of the recent past by rate, as admission/rate-window.ts has them.
CREATE TABLE IF NOT EXISTS inlay.admission_rates (
  tenant_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  history text NOT NULL,
  -- When the history says nothing any more.
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
) WITH (fillfactor = 70);
CREATE INDEX IF NOT EXISTS admission_rates_expired ON inlay.admission_rates (expires_at);

-- Runs to be, for which triggers are gathered.
CREATE TABLE IF NOT EXISTS inlay.admission_buffers (
  run_id text COLLATE "C" NOT NULL,
  tenant_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  version_id text COLLATE "C" NOT NULL,
  mode text NOT NULL,
  key text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('last', 'all')),
  count integer NOT NULL,
  bytes bigint NOT NULL,
  first_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  is_closed boolean NOT NULL,
  PRIMARY KEY (run_id, tenant_id)
);
CREATE UNIQUE INDEX IF NOT EXISTS admission_buffers_open ON inlay.admission_buffers
  (tenant_id, customer_id, workflow_id, key) WHERE NOT is_closed;
CREATE INDEX IF NOT EXISTS admission_buffers_due ON inlay.admission_buffers (due_at);

-- What is gathered. Of a trigger that a later one has replaced, or whose run has started, nothing but its id is left:
-- by that a repetition after an unknown outcome is recognised.
CREATE TABLE IF NOT EXISTS inlay.admission_items (
  id text COLLATE "C" NOT NULL,
  tenant_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  run_id text COLLATE "C" NOT NULL,
  n integer NOT NULL,
  trigger json,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (id, tenant_id)
);
CREATE INDEX IF NOT EXISTS admission_items_old ON inlay.admission_items (created_at) WHERE trigger IS NULL;
CREATE INDEX IF NOT EXISTS admission_items_of_run ON inlay.admission_items (run_id, tenant_id, n);

-- Deduplication keys of triggers that were gathered.
CREATE TABLE IF NOT EXISTS inlay.admission_keys (
  tenant_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  run_id text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, workflow_id, key)
);
CREATE INDEX IF NOT EXISTS admission_keys_old ON inlay.admission_keys (created_at);
`

const RATE_COLUMNS = ['tenant_id', 'key'] as const

/**
 * Locks rates in the order of their keys, making those that do not exist. $1, $2: `RATE_COLUMNS`, distinct.
 * Returns `{tenant_id, key, history, now}`.
 */
export const LOCK_RATES_SQL = `
INSERT INTO inlay.admission_rates AS r (tenant_id, key, history, expires_at)
SELECT g.tenant_id, g.key, '[]', clock_timestamp() FROM ${given(1, RATE_COLUMNS)} ORDER BY 1, 2
ON CONFLICT (tenant_id, key) DO UPDATE SET history = r.history
RETURNING r.tenant_id, r.key, r.history, ${unixMs('clock_timestamp()')} AS now
`

export const RATE_WRITE_COLUMNS = ['tenant_id', 'key', 'history', 'expires_at'] as const

/** Writes rates that this transaction has locked. $1 to $4: `RATE_WRITE_COLUMNS`; expiry as Unix milliseconds. */
export const WRITE_RATES_SQL = `
INSERT INTO inlay.admission_rates (tenant_id, key, history, expires_at)
SELECT g.tenant_id, g.key, g.history, to_timestamp(g.expires_at::float8 / 1000)
FROM ${given(1, RATE_WRITE_COLUMNS)} ORDER BY 1, 2
ON CONFLICT (tenant_id, key) DO UPDATE SET history = EXCLUDED.history, expires_at = EXCLUDED.expires_at
`

const PLACE = 'tenant_id, customer_id, workflow_id, key'
export const PLACE_COLUMNS = ['tenant_id', 'customer_id', 'workflow_id', 'key'] as const

/** Until the transaction's end nobody else opens a buffer at these places. $1 to $4: `PLACE_COLUMNS`. */
export const LOCK_PLACES_SQL = `
SELECT pg_advisory_xact_lock(place) FROM (
  SELECT DISTINCT hashtextextended(concat_ws(E'\\x1f', ${PLACE}), 7233192003) AS place
  FROM ${given(1, PLACE_COLUMNS)} ORDER BY 1
) places
`

/** Open buffers at places, locked. $1 to $4: `PLACE_COLUMNS`. */
export const OPEN_BUFFERS_SQL = `
SELECT b.run_id, b.version_id, b.mode, b.kind, b.count, b.bytes::float8 AS bytes, b.tenant_id, b.customer_id,
  b.workflow_id, b.key, ${unixMs('b.first_at')} AS first_at, ${unixMs('b.due_at')} AS due_at
FROM (SELECT DISTINCT ${PLACE} FROM ${given(1, PLACE_COLUMNS)} ORDER BY ${PLACE}) p CROSS JOIN LATERAL (
  SELECT * FROM inlay.admission_buffers b
  WHERE b.tenant_id = p.tenant_id AND b.customer_id = p.customer_id AND b.workflow_id = p.workflow_id AND b.key = p.key
    AND NOT b.is_closed
  FOR UPDATE
) b
`

/** The time by which buffers are decided. Returns `{now}`. */
export const NOW_SQL = `SELECT ${unixMs('clock_timestamp()')} AS now`

export const SEEN_COLUMNS = ['n', 'id', 'tenant_id', 'workflow_id', 'key'] as const

/** Triggers that were gathered before, by id or deduplication key. $1 to $5: `SEEN_COLUMNS`. Returns `{n, run_id}`. */
export const SEEN_SQL = `
SELECT g.n::integer AS n, coalesce(k.run_id, i.run_id) AS run_id
FROM ${given(1, SEEN_COLUMNS)}
LEFT JOIN LATERAL (
  SELECT run_id FROM inlay.admission_keys k
  WHERE k.tenant_id = g.tenant_id AND k.workflow_id = g.workflow_id AND k.key = g.key OFFSET 0
) k ON true
LEFT JOIN LATERAL (
  SELECT run_id FROM inlay.admission_items i WHERE i.id = g.id AND i.tenant_id = g.tenant_id OFFSET 0
) i ON true
WHERE coalesce(k.run_id, i.run_id) IS NOT NULL
`

export const KEY_COLUMNS = ['tenant_id', 'workflow_id', 'key', 'run_id'] as const

/** Remembers deduplication keys. $1 to $4: `KEY_COLUMNS`. Returns `{key}` for each that was new. */
export const REMEMBER_SQL = `
INSERT INTO inlay.admission_keys (tenant_id, workflow_id, key, run_id)
SELECT g.tenant_id, g.workflow_id, g.key, g.run_id FROM ${given(1, KEY_COLUMNS)} ORDER BY 1, 2, 3
ON CONFLICT DO NOTHING
RETURNING key
`

export const BUFFER_COLUMNS = [
  'run_id',
  'tenant_id',
  'customer_id',
  'workflow_id',
  'version_id',
  'mode',
  'key',
  'kind',
  'count',
  'bytes',
  'first_at',
  'due_at',
  'is_closed',
] as const

/** Writes buffers, those that are closed first. $1 to $13: `BUFFER_COLUMNS`; times as Unix milliseconds. */
export const WRITE_BUFFERS_SQL = `
INSERT INTO inlay.admission_buffers (${BUFFER_COLUMNS.join(', ')})
SELECT g.run_id, g.tenant_id, g.customer_id, g.workflow_id, g.version_id, g.mode, g.key, g.kind, g.count::integer,
  g.bytes::bigint, to_timestamp(g.first_at::float8 / 1000), to_timestamp(g.due_at::float8 / 1000), g.is_closed::boolean
FROM ${given(1, BUFFER_COLUMNS)} ORDER BY g.is_closed::boolean DESC, g.run_id
ON CONFLICT (run_id, tenant_id) DO UPDATE SET version_id = EXCLUDED.version_id, mode = EXCLUDED.mode,
  count = EXCLUDED.count, bytes = EXCLUDED.bytes, due_at = EXCLUDED.due_at, is_closed = EXCLUDED.is_closed
`

export const ITEM_COLUMNS = ['id', 'tenant_id', 'customer_id', 'run_id', 'n', 'trigger'] as const

/** Keeps triggers. $1 to $6: `ITEM_COLUMNS`. */
export const WRITE_ITEMS_SQL = `
INSERT INTO inlay.admission_items (id, tenant_id, customer_id, run_id, n, trigger)
SELECT g.id, g.tenant_id, g.customer_id, g.run_id, g.n::integer, g.trigger::json FROM ${given(1, ITEM_COLUMNS)}
`

export const REPLACED_COLUMNS = ['run_id', 'tenant_id', 'n'] as const

/** Empties the triggers of debounced runs that came before the `n`-th. $1 to $3: `REPLACED_COLUMNS`. */
export const REPLACE_ITEMS_SQL = `
UPDATE inlay.admission_items i SET trigger = NULL FROM ${given(1, REPLACED_COLUMNS)}
WHERE i.run_id = g.run_id AND i.tenant_id = g.tenant_id AND i.n < g.n::integer AND i.trigger IS NOT NULL
`

/**
 * Closes buffers that are due, the longest due first, and hides them for 30 seconds. $1: how many at most, $2: only this
 * run's or null. Returns `{run_id, tenant_id, customer_id, workflow_id, version_id, mode, kind}`.
 */
export const CLOSE_DUE_SQL = `
UPDATE inlay.admission_buffers b SET is_closed = true, due_at = clock_timestamp() + interval '30 seconds'
FROM (
  SELECT run_id, tenant_id FROM inlay.admission_buffers
  WHERE due_at <= clock_timestamp() AND ($2::text IS NULL OR run_id = $2)
  ORDER BY due_at LIMIT $1::integer FOR UPDATE SKIP LOCKED
) due
WHERE b.run_id = due.run_id AND b.tenant_id = due.tenant_id
RETURNING b.run_id, b.tenant_id, b.customer_id, b.workflow_id, b.version_id, b.mode, b.kind
`

/** The triggers of runs to be, in order. $1: run ids. Returns `{run_id, tenant_id, trigger}`. */
export const ITEMS_SQL = `
SELECT run_id, tenant_id, trigger::text AS trigger FROM inlay.admission_items
WHERE run_id = ANY (${textList(1)}) AND trigger IS NOT NULL ORDER BY run_id, n
`

/** Forgets what was gathered for runs that are recorded. $1: run ids. */
export const DONE_SQL = `
WITH items AS (
  UPDATE inlay.admission_items SET trigger = NULL WHERE run_id = ANY (${textList(1)}) AND trigger IS NOT NULL
)
DELETE FROM inlay.admission_buffers WHERE run_id = ANY (${textList(1)}) AND is_closed
`

/**
 * Forgets rates that say nothing any more, ids of triggers after an hour, and keys after 30 days. $1: how many of each at
 * most.
 */
export const FORGET_OLD_SQL = `
WITH rates AS (
  DELETE FROM inlay.admission_rates WHERE (tenant_id, key) IN (
    SELECT tenant_id, key FROM inlay.admission_rates WHERE expires_at < clock_timestamp()
    ORDER BY expires_at LIMIT $1::integer FOR UPDATE SKIP LOCKED)
), items AS (
  DELETE FROM inlay.admission_items WHERE (id, tenant_id) IN (
    SELECT id, tenant_id FROM inlay.admission_items
    WHERE trigger IS NULL AND created_at < clock_timestamp() - interval '1 hour'
    ORDER BY created_at LIMIT $1::integer FOR UPDATE SKIP LOCKED)
)
DELETE FROM inlay.admission_keys WHERE (tenant_id, workflow_id, key) IN (
  SELECT tenant_id, workflow_id, key FROM inlay.admission_keys WHERE created_at < clock_timestamp() - interval '30 days'
  ORDER BY created_at LIMIT $1::integer FOR UPDATE SKIP LOCKED)
`
