-- Connectors of a tenant's own: served by its backend, or made of a description of an API.

CREATE TABLE inlay.tenant_connectors (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  source text NOT NULL CHECK (source IN ('remote', 'openapi')),
  -- The connector's own id; null until its definition was fetched for the first time.
  connector text COLLATE "C",
  -- Where it is served.
  url text,
  -- The secret that both sides sign with, sealed with the tenant's data key; and the one before while it is being changed.
  secret bytea,
  former_secret bytea,
  status text NOT NULL CHECK (status IN ('pending', 'ok', 'failing')),
  detail text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, connector)
);

-- What a version says of itself never changes: workflows are pinned to it.
CREATE TABLE inlay.tenant_connector_versions (
  tenant_id text COLLATE "C" NOT NULL,
  connector text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  definition json NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connector, version),
  FOREIGN KEY (tenant_id, connector) REFERENCES inlay.tenant_connectors (tenant_id, connector) ON DELETE CASCADE
);

-- Customers' sessions use the connectors of their tenant; who may change them is the API's matter.
DO $$
DECLARE target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['tenant_connectors', 'tenant_connector_versions'] LOOP
    EXECUTE format('ALTER TABLE inlay.%I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE inlay.%I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY of_tenant ON inlay.%I TO inlay_app USING (
      tenant_id = (SELECT inlay.current_tenant()))', target);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.tenant_connectors, inlay.tenant_connector_versions TO inlay_app;
