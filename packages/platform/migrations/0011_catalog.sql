-- What each tenant makes of the deployment's connectors, and which versions of them its workflows use.

CREATE TABLE inlay.catalog_settings (
  tenant_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  -- What holds for connectors that have no settings of their own.
  new_connectors text NOT NULL CHECK (new_connectors IN ('enabled', 'disabled')),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE inlay.connector_settings (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  connector text COLLATE "C" NOT NULL,
  -- Null: as `catalog_settings` says.
  availability text CHECK (availability IN ('enabled', 'disabled', 'blocked')),
  hidden boolean NOT NULL,
  -- Null: the connector's own.
  name text,
  description text,
  icon text,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connector)
);

-- One row per version of a workflow, connector and its version; test runs of drafts are not counted.
CREATE TABLE inlay.connector_uses (
  tenant_id text COLLATE "C" NOT NULL,
  version_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  connector text COLLATE "C" NOT NULL,
  connector_version text COLLATE "C" NOT NULL,
  -- Ids of the action steps; empty when only the trigger is the connector's.
  step_ids text[] NOT NULL,
  is_trigger boolean NOT NULL,
  PRIMARY KEY (tenant_id, version_id, connector, connector_version),
  FOREIGN KEY (tenant_id, version_id) REFERENCES inlay.workflow_versions (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX connector_uses_of_connector ON inlay.connector_uses (tenant_id, connector, version_id);

-- Versions that were published before: their steps, wherever they are nested, name connector, version and action.
INSERT INTO inlay.connector_uses
  (tenant_id, version_id, workflow_id, customer_id, connector, connector_version, step_ids, is_trigger)
SELECT v.tenant_id, v.id, v.workflow_id, v.customer_id, s.step->>'connector', coalesce(s.step->>'version', ''),
  array_agg(DISTINCT s.step->>'id'), false
FROM inlay.workflow_versions v
-- jsonb cannot hold the character U+0000, which a text in a definition may: such a version is left uncounted.
CROSS JOIN LATERAL jsonb_path_query(
  CASE WHEN v.definition::text LIKE '%\\u0000%' THEN '{}' ELSE v.definition::jsonb END,
  'strict $.steps.** ? (@.type == "action")', '{}', true) AS s (step)
WHERE v.number IS NOT NULL AND s.step->>'connector' IS NOT NULL AND s.step->>'id' IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6;

DO $$
DECLARE target text;
BEGIN
  -- Customers' sessions read how connectors are presented to them; who may change it is the API's matter.
  FOREACH target IN ARRAY ARRAY['catalog_settings', 'connector_settings'] LOOP
    EXECUTE format('ALTER TABLE inlay.%I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE inlay.%I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY of_tenant ON inlay.%I TO inlay_app USING (
      tenant_id = (SELECT inlay.current_tenant()))', target);
  END LOOP;
END $$;
ALTER TABLE inlay.connector_uses ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.connector_uses FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON inlay.connector_uses TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (
    (SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())));

GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.catalog_settings, inlay.connector_settings, inlay.connector_uses TO inlay_app;
