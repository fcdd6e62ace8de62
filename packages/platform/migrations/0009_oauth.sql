-- OAuth: tenants' own apps at services, authorizations under way, and what refreshing a connection's tokens needs.

CREATE TABLE inlay.oauth_clients (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  connector text COLLATE "C" NOT NULL,
  client_id text NOT NULL,
  -- Sealed with the tenant's data key. Null: a public client.
  secret bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connector)
);

CREATE TABLE inlay.oauth_authorizations (
  tenant_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  connector text COLLATE "C" NOT NULL,
  method text COLLATE "C" NOT NULL,
  name text NOT NULL,
  -- The connection that is connected again; null when a new one is made.
  connection_id text COLLATE "C",
  -- Who began it, and alone may follow and finish it.
  caller_kind text NOT NULL CHECK (caller_kind IN ('member', 'apiKey', 'embed')),
  caller_id text NOT NULL,
  caller_name text NOT NULL,
  -- Whether the one who began it has to confirm, too, when the person has.
  needs_host boolean NOT NULL,
  return_origin text,
  -- `started`: a browser is on its way; `returned`: the service has answered, and the person has yet to confirm;
  -- `authorized`: the person has, and the one who began it has yet to.
  status text NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'started', 'returned', 'authorized', 'confirming', 'confirmed', 'failed')),
  -- SHA-256 of the link's token, the state and the browser's cookie: each is found by who presents it. A link and a
  -- state are forgotten when they are used.
  start_lookup text COLLATE "C" UNIQUE,
  state_lookup text COLLATE "C" UNIQUE,
  browser_lookup text COLLATE "C" UNIQUE,
  client_id text NOT NULL,
  -- Whose app: the operator's, the tenant's, or one that the connection's own fields name.
  client_source text NOT NULL CHECK (client_source IN ('operator', 'tenant', 'connection')),
  redirect_uri text NOT NULL,
  -- Asked for, then granted.
  scopes text[] NOT NULL,
  account_id text,
  account_label text,
  -- Form values, proof key and tokens, sealed with the customer's data key; gone when they are not needed any more.
  sealed bytea,
  error_code text,
  error_detail text,
  result_connection_id text COLLATE "C",
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES inlay.customers (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX oauth_authorizations_of_customer ON inlay.oauth_authorizations (tenant_id, customer_id);
CREATE INDEX oauth_authorizations_by_end ON inlay.oauth_authorizations (expires_at);

-- One row for each connection with tokens: by which app they were got, and who is refreshing them.
CREATE TABLE inlay.oauth_grants (
  tenant_id text COLLATE "C" NOT NULL,
  connection_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  client_id text NOT NULL,
  -- Whose app: the operator's, the tenant's, or one that the connection's own fields name.
  client_source text NOT NULL CHECK (client_source IN ('operator', 'tenant', 'connection')),
  can_refresh boolean NOT NULL,
  -- The lease of the one process that calls the token endpoint.
  refreshing_by text COLLATE "C",
  refreshing_until timestamptz,
  refreshed_at timestamptz,
  -- After a failure that may pass.
  failures integer NOT NULL DEFAULT 0,
  retry_at timestamptz,
  last_failure text,
  PRIMARY KEY (tenant_id, connection_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES inlay.connections (tenant_id, id) ON DELETE CASCADE
);

-- Also of connections that a connector cannot test, or whose test has failed.
DROP INDEX inlay.connections_expiring;
CREATE INDEX connections_expiring ON inlay.connections (expires_at)
  WHERE expires_at IS NOT NULL AND status <> 'reconnect_needed';

DO $$
DECLARE target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['oauth_authorizations', 'oauth_grants'] LOOP
    EXECUTE format('ALTER TABLE inlay.%I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE inlay.%I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY of_tenant ON inlay.%I TO inlay_app USING (
      tenant_id = (SELECT inlay.current_tenant()) AND (
        (SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())))', target);
  END LOOP;
END $$;
ALTER TABLE inlay.oauth_clients ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.oauth_clients FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON inlay.oauth_clients TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (SELECT inlay.current_customer()) IS NULL);

-- Who presents a link, a state or a cookie sees the authorization that it belongs to.
CREATE POLICY by_lookup ON inlay.oauth_authorizations FOR SELECT TO inlay_app USING (
  start_lookup = (SELECT inlay.current_lookup()) OR state_lookup = (SELECT inlay.current_lookup())
  OR browser_lookup = (SELECT inlay.current_lookup()));

GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.oauth_clients, inlay.oauth_authorizations, inlay.oauth_grants TO inlay_app;

-- Workers find what is about to expire and what was abandoned; nothing sealed.
CREATE POLICY of_engine ON inlay.oauth_grants FOR SELECT TO inlay_engine USING (true);
CREATE POLICY of_engine ON inlay.oauth_authorizations FOR SELECT TO inlay_engine USING (true);
GRANT SELECT (tenant_id, connection_id, customer_id, can_refresh, refreshing_until, retry_at) ON inlay.oauth_grants
  TO inlay_engine;
GRANT SELECT (tenant_id, id, customer_id, status, expires_at) ON inlay.oauth_authorizations TO inlay_engine;
