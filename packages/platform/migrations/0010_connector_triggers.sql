-- Triggers of connectors: polling, webhooks that services are told of, and the one address of an app.

-- A row is one start of one trigger. It begins when a workflow is published or switched on, and outlives the workflow for
-- as long as a service has to be told to call no more: `workflow_id` is null then.
CREATE TABLE inlay.connector_triggers (
  tenant_id text COLLATE "C" NOT NULL,
  -- What is sealed here is bound to it.
  id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C",
  version_id text COLLATE "C" NOT NULL,
  connector text COLLATE "C" NOT NULL,
  -- Null: the newest.
  connector_version text COLLATE "C",
  trigger text COLLATE "C" NOT NULL,
  connection_id text COLLATE "C",
  input json NOT NULL,
  -- Null until a worker has asked the connector.
  kind text CHECK (kind IN ('polling', 'webhook', 'appWebhook', 'event')),
  status text NOT NULL CHECK (status IN ('starting', 'active', 'failing', 'stopped', 'removing')),
  -- What went wrong last, for people.
  detail text,
  -- Polling: what the connector gave last, and whether it has learned what was there already.
  cursor json,
  is_learned boolean NOT NULL DEFAULT false,
  -- Polls that followed each other at once because there was more.
  series integer NOT NULL DEFAULT 0,
  last_polled_at timestamptz,
  -- Webhooks: the address, our secret, and what the service answered; the last two sealed with the customer's key.
  token text COLLATE "C",
  lookup text COLLATE "C" UNIQUE,
  secret bytea,
  -- Null though there is a token: it is not known whether the service has been told.
  registration bytea,
  -- Of the tenant's own product, in kind 'event'.
  event text COLLATE "C",
  -- When a worker looks at it next; null when nothing is to be done.
  due_at timestamptz,
  -- Who works on it has it until then. Each claim raises `generation`, and writes name the one that they belong to.
  lease_until timestamptz,
  generation bigint NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  failing_since timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES inlay.customers (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, workflow_id) REFERENCES inlay.workflows (tenant_id, id) ON DELETE SET NULL (workflow_id)
);
CREATE UNIQUE INDEX connector_triggers_of_workflow ON inlay.connector_triggers (tenant_id, workflow_id)
  WHERE workflow_id IS NOT NULL;
CREATE INDEX connector_triggers_due ON inlay.connector_triggers (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX connector_triggers_due_of_tenant ON inlay.connector_triggers (tenant_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX connector_triggers_left ON inlay.connector_triggers (tenant_id)
  WHERE workflow_id IS NULL AND status <> 'removing';
CREATE INDEX connector_triggers_of_connection ON inlay.connector_triggers (tenant_id, connection_id);
CREATE INDEX connector_triggers_of_event ON inlay.connector_triggers (tenant_id, customer_id, event)
  WHERE kind = 'event';

-- Items that a polling trigger has told of. One is forgotten when it was not told for a month.
CREATE TABLE inlay.trigger_items (
  tenant_id text COLLATE "C" NOT NULL,
  trigger_id text COLLATE "C" NOT NULL,
  item text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  told_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, trigger_id, item),
  FOREIGN KEY (tenant_id, trigger_id) REFERENCES inlay.connector_triggers (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX trigger_items_by_age ON inlay.trigger_items (tenant_id, trigger_id, told_at);

-- Where a service tells of all accounts that use a tenant's app.
CREATE TABLE inlay.app_event_endpoints (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  connector text COLLATE "C" NOT NULL,
  token text COLLATE "C" NOT NULL,
  lookup text COLLATE "C" NOT NULL UNIQUE,
  -- What is not secret, for showing; the rest is in `secret`, sealed.
  settings json NOT NULL,
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connector)
);

DO $$
DECLARE target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['connector_triggers', 'trigger_items', 'app_event_endpoints'] LOOP
    EXECUTE format('ALTER TABLE inlay.%I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE inlay.%I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.%I TO inlay_app', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['connector_triggers', 'trigger_items'] LOOP
    EXECUTE format('CREATE POLICY of_tenant ON inlay.%I TO inlay_app USING (
      tenant_id = (SELECT inlay.current_tenant()) AND (
        (SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())))', target);
  END LOOP;
  -- Customers have nothing to do with their vendor's apps.
  CREATE POLICY of_tenant ON inlay.app_event_endpoints TO inlay_app USING (
    tenant_id = (SELECT inlay.current_tenant()) AND (SELECT inlay.current_customer()) IS NULL);
END $$;

CREATE POLICY by_lookup ON inlay.connector_triggers FOR SELECT TO inlay_app
  USING (lookup = (SELECT inlay.current_lookup()));
CREATE POLICY by_lookup ON inlay.app_event_endpoints FOR SELECT TO inlay_app
  USING (lookup = (SELECT inlay.current_lookup()));

-- Whoever mends a connection sees at once whether its triggers work again, and does not wait out their back-off. Here and
-- not in code, because a connection is mended in many ways: by people, by a sign-in, by a refresh of its tokens.
CREATE FUNCTION inlay.retry_triggers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE inlay.connector_triggers SET due_at = clock_timestamp()
  WHERE tenant_id = NEW.tenant_id AND connection_id = NEW.id AND failures > 0 AND due_at > clock_timestamp()
    AND workflow_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER mended AFTER UPDATE OF status, secret ON inlay.connections FOR EACH ROW
  WHEN (NEW.status = 'ok' AND (OLD.status <> 'ok' OR OLD.secret <> NEW.secret)) EXECUTE FUNCTION inlay.retry_triggers();

-- The engine's role finds what is due, of all tenants; what the triggers are and their secrets it does not see.
CREATE POLICY of_engine ON inlay.connector_triggers TO inlay_engine USING (true);
GRANT SELECT (tenant_id, id, customer_id, workflow_id, status, due_at, lease_until, generation),
  UPDATE (status, due_at, lease_until, generation, failures) ON inlay.connector_triggers TO inlay_engine;
