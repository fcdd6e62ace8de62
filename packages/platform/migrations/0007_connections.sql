-- Connections by one of several methods, OAuth tokens, and data keys that rotate.

ALTER TABLE inlay.connections
  -- The connector's `AuthMethod.id` and its kind. Null: connected before connectors had several.
  ADD COLUMN method text COLLATE "C",
  ADD COLUMN auth_kind text CHECK (auth_kind IN ('apiKey', 'bearer', 'basic', 'oauth2', 'custom')),
  -- What the service itself calls the account: how events of an app find their connections.
  ADD COLUMN account_id text COLLATE "C",
  ADD COLUMN account_label text,
  -- What was granted.
  ADD COLUMN scopes text[] NOT NULL DEFAULT '{}',
  -- OAuth tokens, sealed apart from the form's values: they are replaced by refreshes, and those by people.
  ADD COLUMN tokens bytea,
  -- Raised with each replacement, so that of two refreshes the later does not undo the earlier.
  ADD COLUMN token_generation integer NOT NULL DEFAULT 0,
  -- Of the access token; null when the service does not tell.
  ADD COLUMN expires_at timestamptz,
  DROP CONSTRAINT connections_status_check,
  ADD CONSTRAINT connections_status_check
    CHECK (status IN ('ok', 'unverified', 'failing', 'reconnect_needed', 'pending'));

CREATE INDEX connections_of_account ON inlay.connections (tenant_id, connector, account_id)
  WHERE account_id IS NOT NULL;
CREATE INDEX connections_of_customer ON inlay.connections (tenant_id, customer_id);
-- For those who refresh ahead of expiry.
CREATE INDEX connections_expiring ON inlay.connections (expires_at) WHERE expires_at IS NOT NULL AND status = 'ok';

-- The tenant's own data key, for secrets that belong to no customer, and the id of the master key that wrapped each.
ALTER TABLE inlay.tenants
  ADD COLUMN data_key bytea,
  ADD COLUMN former_data_key bytea,
  ADD COLUMN data_key_rotated_at timestamptz,
  ADD COLUMN master_key_id text COLLATE "C"
    GENERATED ALWAYS AS (encode(substring(data_key FROM 3 FOR get_byte(data_key, 1)), 'escape')) STORED;
ALTER TABLE inlay.customers
  ADD COLUMN former_data_key bytea,
  ADD COLUMN data_key_rotated_at timestamptz,
  ADD COLUMN master_key_id text COLLATE "C"
    GENERATED ALWAYS AS (encode(substring(data_key FROM 3 FOR get_byte(data_key, 1)), 'escape')) STORED;
CREATE INDEX tenants_by_master_key ON inlay.tenants (master_key_id) WHERE master_key_id IS NOT NULL;
CREATE INDEX customers_by_master_key ON inlay.customers (master_key_id, tenant_id, id) WHERE master_key_id IS NOT NULL;

-- The engine's role finds whose keys are due for rotation, and whose tokens are about to expire; keys and tokens
-- themselves it does not see.
CREATE POLICY of_engine ON inlay.tenants FOR SELECT TO inlay_engine USING (true);
CREATE POLICY of_engine ON inlay.customers FOR SELECT TO inlay_engine USING (true);
CREATE POLICY of_engine ON inlay.connections FOR SELECT TO inlay_engine USING (true);
GRANT SELECT (tenant_id, master_key_id, data_key_rotated_at) ON inlay.tenants TO inlay_engine;
GRANT SELECT (tenant_id, id, master_key_id, data_key_rotated_at) ON inlay.customers TO inlay_engine;
GRANT SELECT (tenant_id, id, customer_id, connector, status, expires_at) ON inlay.connections TO inlay_engine;
