-- Tenants, their customers, and everyone and everything that may call: members, API keys, embed sessions.
-- Every table with tenant_id is row-secured and forced. A row that must be found before the tenant is known carries a
-- `lookup` (SHA-256 of the secret or e-mail address): who presents it sees that row and nothing else.

CREATE SCHEMA IF NOT EXISTS inlay;

CREATE FUNCTION inlay.current_tenant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('inlay.tenant', true), '');
CREATE FUNCTION inlay.current_customer() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('inlay.customer', true), '');
CREATE FUNCTION inlay.current_lookup() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('inlay.lookup', true), '');

CREATE TABLE inlay.tenants (
  tenant_id text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  slug text COLLATE "C" NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Origins of pages that may show the widget. `lookup` is the hash of the origin: a browser's preflight names no tenant.
CREATE TABLE inlay.tenant_origins (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  origin text COLLATE "C" NOT NULL,
  lookup text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, origin)
);
CREATE INDEX tenant_origins_by_lookup ON inlay.tenant_origins (lookup);

CREATE TABLE inlay.customers (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id),
  id text COLLATE "C" NOT NULL,
  external_id text NOT NULL,
  name text NOT NULL,
  -- The customer's data key, wrapped by a master key; destroying it makes the customer's secrets unreadable for good.
  data_key bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, external_id)
);

CREATE TABLE inlay.members (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id),
  id text COLLATE "C" NOT NULL,
  email text NOT NULL,
  lookup text COLLATE "C" NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'developer', 'support', 'viewer')),
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, lookup)
);
CREATE INDEX members_by_lookup ON inlay.members (lookup);

CREATE TABLE inlay.member_sessions (
  tenant_id text COLLATE "C" NOT NULL,
  lookup text COLLATE "C" NOT NULL UNIQUE,
  member_id text COLLATE "C" NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, lookup),
  FOREIGN KEY (tenant_id, member_id) REFERENCES inlay.members (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE inlay.api_keys (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id),
  id text COLLATE "C" NOT NULL,
  lookup text COLLATE "C" NOT NULL UNIQUE,
  name text NOT NULL,
  prefix text NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE inlay.signing_keys (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id),
  id text COLLATE "C" NOT NULL,
  algorithm text NOT NULL CHECK (algorithm IN ('EdDSA', 'RS256')),
  public_key text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE inlay.used_embed_tokens (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id),
  jti text COLLATE "C" NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, jti)
);

CREATE TABLE inlay.embed_sessions (
  tenant_id text COLLATE "C" NOT NULL,
  lookup text COLLATE "C" NOT NULL UNIQUE,
  customer_id text COLLATE "C" NOT NULL,
  sub text NOT NULL,
  name text,
  role text NOT NULL CHECK (role IN ('viewer', 'editor', 'publisher', 'admin')),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, lookup),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES inlay.customers (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE inlay.idempotency_keys (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id),
  caller text COLLATE "C" NOT NULL,
  route text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  request_hash text NOT NULL,
  -- Null while the first request is under way.
  status integer,
  response json,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, caller, route, key)
);
CREATE INDEX idempotency_keys_by_age ON inlay.idempotency_keys (tenant_id, created_at);
