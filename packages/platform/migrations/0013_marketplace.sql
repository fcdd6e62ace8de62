-- Templates of workflows, and what tenants share with each other once an operator has looked at it.

CREATE TABLE inlay.templates (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  definition json NOT NULL,
  -- Where it was installed from; null for the tenant's own.
  listing_id text COLLATE "C",
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);

-- What a tenant has handed in, and what became of it.
CREATE TABLE inlay.marketplace_submissions (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('connector', 'template')),
  name text NOT NULL,
  description text NOT NULL,
  version text COLLATE "C" NOT NULL,
  content json NOT NULL,
  state text NOT NULL CHECK (state IN ('submitted', 'approved', 'rejected', 'withdrawn')),
  -- What the operator said.
  note text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);

-- What all tenants can install. It belongs to nobody: only what was approved is copied here.
CREATE TABLE inlay.marketplace (
  listing_id text COLLATE "C" PRIMARY KEY,
  publisher_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  publisher_name text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  version text COLLATE "C" NOT NULL,
  content json NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE inlay.marketplace_installs (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  listing_id text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  -- The connector of the tenant's own, or the template, that it became.
  target_id text COLLATE "C" NOT NULL,
  installed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, listing_id)
);

DO $$
DECLARE target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['templates', 'marketplace_submissions', 'marketplace_installs'] LOOP
    EXECUTE format('ALTER TABLE inlay.%I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE inlay.%I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY of_tenant ON inlay.%I TO inlay_app USING (
      tenant_id = (SELECT inlay.current_tenant()) AND (SELECT inlay.current_customer()) IS NULL)', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.%I TO inlay_app', target);
  END LOOP;
END $$;

ALTER TABLE inlay.marketplace ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.marketplace FORCE ROW LEVEL SECURITY;
CREATE POLICY for_all ON inlay.marketplace FOR SELECT TO inlay_app USING ((SELECT inlay.current_tenant()) IS NOT NULL);
CREATE POLICY withdraw ON inlay.marketplace FOR DELETE TO inlay_app USING (publisher_id = (SELECT inlay.current_tenant()));
GRANT SELECT, DELETE ON inlay.marketplace TO inlay_app;

-- Operators review with the role that sees all tenants.
CREATE POLICY of_engine ON inlay.marketplace_submissions TO inlay_engine USING (true);
CREATE POLICY of_engine ON inlay.marketplace TO inlay_engine USING (true);
GRANT SELECT, UPDATE ON inlay.marketplace_submissions TO inlay_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.marketplace TO inlay_engine;
GRANT SELECT (tenant_id, name) ON inlay.tenants TO inlay_engine;
