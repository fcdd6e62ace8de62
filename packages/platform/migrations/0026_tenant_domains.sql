-- Domains of tenants: names under which their customers reach the control plane.

CREATE TABLE inlay.tenant_domains (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  -- Of the host, in lower case and Punycode.
  name text COLLATE "C" NOT NULL,
  -- What the tenant's TXT record has to hold.
  token text COLLATE "C" NOT NULL,
  -- `pending`: claimed, and answered for nobody; `verified` and `failing`: in use. A failing one was not found in order
  -- when it was last looked at.
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'verified', 'failing')),
  -- Looks in a row that found it out of order.
  failures integer NOT NULL DEFAULT 0,
  -- What was found at the last look, record by record.
  found json,
  checked_at timestamptz,
  -- When it is looked at again without being asked for; null while it is not in use.
  next_check_at timestamptz,
  -- Since when it is in use; null while it is not.
  verified_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, name),
  CHECK ((status = 'pending') = (verified_at IS NULL))
);
-- Anybody may claim any name; one tenant at a time has it.
CREATE UNIQUE INDEX tenant_domains_in_use ON inlay.tenant_domains (name) WHERE status <> 'pending';
CREATE INDEX tenant_domains_to_look_at ON inlay.tenant_domains (next_check_at) WHERE status <> 'pending';

ALTER TABLE inlay.tenant_domains ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.tenant_domains FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON inlay.tenant_domains TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (SELECT inlay.current_customer()) IS NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.tenant_domains TO inlay_app;

-- All processes know which names are in use, and whose they are; one of them looks at them again each day.
CREATE POLICY of_engine ON inlay.tenant_domains FOR SELECT TO inlay_engine USING (true);
GRANT SELECT (tenant_id, id, name, status, next_check_at, verified_at) ON inlay.tenant_domains TO inlay_engine;

-- Where a browser begins and ends to connect an account. The service may know another address, which sends it there.
ALTER TABLE inlay.oauth_authorizations ADD COLUMN home text;
-- The origin of the redirect URI that a tenant has registered for its app; null: the operator's.
ALTER TABLE inlay.oauth_clients ADD COLUMN redirect_base text;

-- Services were told an address; connectors find it again among all that a service was told.
ALTER TABLE inlay.connector_triggers ADD COLUMN told_base text;
