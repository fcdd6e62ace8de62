/**
 * The second version of the engine's tables: what the first has, and
 *
 * - `inlay.journal` keeps every record: its key is the place in the run's history, `(epoch, seq)`. The trigger is the row
 *   `(0, 0)`; what a fork took over follows at epoch 0.
 * - `inlay.transitions`: what happened to a run and has no row elsewhere.
 * - `inlay.waits`: what runs wait for besides time, from its opening to its closing; an answer is kept in it meanwhile.
 *   `looked` says that its opener has looked for what came before it.
 * - `inlay.events` and, for the runs that have waits, `inlay.given_events`: an event is given to one wait of a run.
 * - `inlay.slots`: runs that hold one of a bounded number of places (`taken`), and those in the queue for it.
 *
 * A run with `has_duties` leaves something to do when it ends: a parent to tell, a place to give on, waits to remove. It
 * keeps its `due_at` until that is done. `woken` runs have something to look at, whatever they wait for.
 */
export const SCHEMA_V2_SQL = `
ALTER TABLE inlay.runs
  ADD COLUMN parent_run_id text COLLATE "C",
  ADD COLUMN parent_step_path text COLLATE "C",
  ADD COLUMN parent_iteration text COLLATE "C",
  ADD COLUMN origin_run_id text COLLATE "C",
  ADD COLUMN suspend_requested boolean NOT NULL DEFAULT false,
  ADD COLUMN is_dead boolean NOT NULL DEFAULT false,
  ADD COLUMN woken boolean NOT NULL DEFAULT false,
  ADD COLUMN has_duties boolean NOT NULL DEFAULT false,
  ADD COLUMN priority smallint NOT NULL DEFAULT 0,
  ADD COLUMN slot_key text COLLATE "C",
  ADD COLUMN slot_limit integer;

CREATE INDEX runs_due_of_customer ON inlay.runs (tenant_id, customer_id, due_at)
  WHERE due_at IS NOT NULL AND status IN ('pending', 'waiting');
CREATE INDEX runs_dead ON inlay.runs (tenant_id, id) WHERE is_dead;

IF was_forced THEN
  -- Row security would hide the rows from their owner, too.
  ALTER TABLE inlay.journal NO FORCE ROW LEVEL SECURITY;
END IF;
ALTER TABLE inlay.journal ADD COLUMN seq integer, ADD COLUMN at bigint;
UPDATE inlay.journal j SET seq = o.seq, at = coalesce(j.finished_at, j.started_at)
FROM (
  SELECT run_id, tenant_id, step_path, iteration,
    row_number() OVER (PARTITION BY run_id, tenant_id, epoch ORDER BY step_path <> '', started_at, step_path, iteration) - 1 AS seq
  FROM inlay.journal
) o
WHERE j.run_id = o.run_id AND j.tenant_id = o.tenant_id AND j.step_path = o.step_path AND j.iteration = o.iteration;
ALTER TABLE inlay.journal DROP CONSTRAINT journal_pkey;
ALTER TABLE inlay.journal ADD PRIMARY KEY (run_id, tenant_id, epoch, seq), ALTER COLUMN at SET NOT NULL;
IF was_forced THEN
  ALTER TABLE inlay.journal FORCE ROW LEVEL SECURITY;
END IF;

CREATE TABLE inlay.transitions (
  run_id text COLLATE "C" NOT NULL,
  tenant_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  epoch integer NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  what text NOT NULL,
  detail json,
  PRIMARY KEY (run_id, tenant_id, epoch, at, what)
) PARTITION BY RANGE (run_id);
CREATE TABLE inlay.transitions_default PARTITION OF inlay.transitions DEFAULT;

CREATE TABLE inlay.waits (
  run_id text COLLATE "C" NOT NULL,
  tenant_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  step_path text COLLATE "C" NOT NULL,
  iteration text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('event', 'approval', 'callback', 'child')),
  event_name text COLLATE "C",
  match json,
  match_path text COLLATE "C",
  match_key text COLLATE "C",
  token_hash text COLLATE "C",
  child_run_id text COLLATE "C",
  detail json,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  looked boolean NOT NULL,
  answer json,
  answered_at timestamptz,
  PRIMARY KEY (run_id, tenant_id, step_path, iteration)
);
CREATE UNIQUE INDEX waits_of_token ON inlay.waits (token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX waits_for_event ON inlay.waits (tenant_id, customer_id, event_name, match_path, match_key, run_id)
  WHERE kind = 'event' AND answered_at IS NULL;
CREATE INDEX waits_for_people ON inlay.waits (tenant_id, opened_at)
  WHERE kind IN ('approval', 'callback') AND answered_at IS NULL;
CREATE INDEX waits_unlooked ON inlay.waits (opened_at) WHERE NOT looked;

CREATE TABLE inlay.events (
  tenant_id text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  payload json NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  delivered_at timestamptz,
  PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX events_of_name ON inlay.events (tenant_id, customer_id, name, received_at);
CREATE INDEX events_undelivered ON inlay.events (received_at) WHERE delivered_at IS NULL;
CREATE INDEX events_by_time ON inlay.events USING brin (received_at);

CREATE TABLE inlay.given_events (
  run_id text COLLATE "C" NOT NULL,
  tenant_id text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (run_id, tenant_id, event_id)
);

CREATE TABLE inlay.slots (
  tenant_id text COLLATE "C" NOT NULL,
  slot_key text COLLATE "C" NOT NULL,
  run_id text COLLATE "C" NOT NULL,
  slot_limit integer NOT NULL,
  taken boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, slot_key, run_id)
);
CREATE INDEX slots_in_order ON inlay.slots (tenant_id, slot_key, taken, created_at);
`
