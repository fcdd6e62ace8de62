/** The table of connectors' stores, for the versioned migrations of `schema.sql.ts`. */
export const STORAGE_SCHEMA_SQL = `
CREATE TABLE inlay.connector_values (
  tenant_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  connector_id text COLLATE "C" NOT NULL,
  -- Empty in the store that the customer's workflows share.
  workflow_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  value json NOT NULL,
  expires_at timestamptz,
  PRIMARY KEY (tenant_id, customer_id, connector_id, workflow_id, key)
);
CREATE INDEX connector_values_expired ON inlay.connector_values (expires_at) WHERE expires_at IS NOT NULL;
`

/** $1: tenant, $2: customer, $3: connector, $4: workflow or empty. */
const IN_PLACE = `v.tenant_id = $1 AND v.customer_id = $2 AND v.connector_id = $3 AND v.workflow_id = $4`

/** A value. $1 to $4 as above, $5: key. Returns `{value}`; no row when there is none, or its time is over. */
export const GET_VALUE_SQL = `
SELECT v.value::text AS value FROM inlay.connector_values v
WHERE ${IN_PLACE} AND v.key = $5 AND (v.expires_at IS NULL OR v.expires_at > clock_timestamp())
`

/**
 * Keeps a value. $1 to $5 as above, $6: JSON text, $7: milliseconds until it expires, or null, $8: how many keys a store
 * may have. Returns a row; none when the store is full.
 */
export const SET_VALUE_SQL = `
INSERT INTO inlay.connector_values AS v (tenant_id, customer_id, connector_id, workflow_id, key, value, expires_at)
SELECT $1, $2, $3, $4, $5, $6::text::json, clock_timestamp() + $7::float8 * interval '1 millisecond'
WHERE EXISTS (SELECT FROM inlay.connector_values v WHERE ${IN_PLACE} AND v.key = $5)
  OR $8::integer > (SELECT count(*) FROM (SELECT FROM inlay.connector_values v WHERE ${IN_PLACE} LIMIT $8::integer) n)
ON CONFLICT (tenant_id, customer_id, connector_id, workflow_id, key) DO UPDATE SET
  value = excluded.value, expires_at = excluded.expires_at
RETURNING true AS is_kept
`

/** Forgets a value. $1 to $5 as above. */
export const DELETE_VALUE_SQL = `
DELETE FROM inlay.connector_values v WHERE ${IN_PLACE} AND v.key = $5
`

/** Forgets what has expired in one store. $1 to $4 as above. */
export const MAKE_ROOM_SQL = `
DELETE FROM inlay.connector_values v WHERE ${IN_PLACE} AND v.expires_at <= clock_timestamp()
`

/** Forgets what has expired anywhere. $1: how many at most. Returns a row for each. */
export const SWEEP_VALUES_SQL = `
DELETE FROM inlay.connector_values WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM inlay.connector_values WHERE expires_at <= clock_timestamp()
  ORDER BY expires_at LIMIT $1::integer FOR UPDATE SKIP LOCKED
)) RETURNING true AS is_swept
`

/** Forgets all of a tenant, or of one customer. $1: tenant, $2: customer or null. */
export const ERASE_VALUES_SQL = `
DELETE FROM inlay.connector_values v WHERE v.tenant_id = $1 AND ($2::text IS NULL OR v.customer_id = $2)
`
