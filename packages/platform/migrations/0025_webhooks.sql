-- Webhooks that tell a tenant's backend what happened: endpoints, what they have subscribed to, and deliveries.

CREATE TABLE inlay.webhook_endpoints (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  -- A listener has no address: a developer's program fetches what it is told.
  kind text NOT NULL CHECK (kind IN ('http', 'listener')),
  url text,
  description text NOT NULL DEFAULT '',
  event_types text[] NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  -- Why it was switched off, when nobody did it.
  disabled_reason text CHECK (disabled_reason IN ('gone', 'failing')),
  -- What messages are signed with, sealed with the tenant's data key; and the one before, until the tenant knows the new one.
  secret bytea NOT NULL,
  former_secret bytea,
  former_secret_until timestamptz,
  -- Since when every attempt has failed.
  failing_since timestamptz,
  -- Listeners that nobody listens to any more are removed.
  last_pulled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CHECK ((kind = 'http') = (url IS NOT NULL))
);
CREATE INDEX webhook_listeners ON inlay.webhook_endpoints (created_at) WHERE kind = 'listener';

-- What enabled endpoints are told of, apart from the endpoints themselves: whatever ends runs or publishes workflows reads
-- it, also in the scope of one customer, and finds nothing more in it.
CREATE TABLE inlay.webhook_subscriptions (
  tenant_id text COLLATE "C" NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  is_pulled boolean NOT NULL,
  PRIMARY KEY (tenant_id, event_type, endpoint_id),
  FOREIGN KEY (tenant_id, endpoint_id) REFERENCES inlay.webhook_endpoints (tenant_id, id) ON DELETE CASCADE
);

-- One message on its way to one endpoint. Without foreign keys: a run must be able to end while an endpoint or a customer
-- is being deleted. What belongs to no endpoint any more is dropped by whoever would send it.
CREATE TABLE inlay.webhook_deliveries (
  tenant_id text COLLATE "C" NOT NULL,
  -- Sorts by time.
  id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  -- The same for all endpoints and attempts: by it receivers recognise what they have had.
  message_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C",
  event_type text NOT NULL,
  -- Ids, never values.
  data json NOT NULL,
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  is_pulled boolean NOT NULL DEFAULT false,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'succeeded', 'failed')),
  -- When it is sent next; null: not again by itself. Whoever sends it moves this on first, so that nobody else does.
  due_at timestamptz DEFAULT clock_timestamp(),
  -- Raised before each attempt; what is written about an attempt names it.
  attempts integer NOT NULL DEFAULT 0,
  -- Attempts before the present series: it begins anew when somebody asks for another delivery.
  former_attempts integer NOT NULL DEFAULT 0,
  -- Of the last attempt.
  attempted_at timestamptz,
  duration_ms integer,
  response_status integer,
  response_body text,
  error text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX webhook_deliveries_of_endpoint ON inlay.webhook_deliveries (tenant_id, endpoint_id, id);
CREATE INDEX webhook_deliveries_due ON inlay.webhook_deliveries (tenant_id, endpoint_id, due_at) WHERE due_at IS NOT NULL;
-- For whether there is anything to send, and for those whose time is over.
CREATE INDEX webhook_deliveries_by_due ON inlay.webhook_deliveries (due_at) WHERE due_at IS NOT NULL AND NOT is_pulled;
CREATE INDEX webhook_deliveries_by_time ON inlay.webhook_deliveries (id);

DO $$
DECLARE target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['webhook_endpoints', 'webhook_subscriptions', 'webhook_deliveries'] LOOP
    EXECUTE format('ALTER TABLE inlay.%I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE inlay.%I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.%I TO inlay_app', target);
  END LOOP;
END $$;
CREATE POLICY of_tenant ON inlay.webhook_endpoints TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (SELECT inlay.current_customer()) IS NULL);
CREATE POLICY of_tenant ON inlay.webhook_subscriptions TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (SELECT inlay.current_customer()) IS NULL);
CREATE POLICY of_customers ON inlay.webhook_subscriptions FOR SELECT TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()));
CREATE POLICY of_tenant ON inlay.webhook_deliveries TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant())
  AND ((SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())));

-- The engine's role tells of runs, finds what is due of all tenants and removes what is old; addresses, secrets and
-- answers it does not see.
CREATE POLICY of_engine ON inlay.webhook_endpoints TO inlay_engine USING (true);
CREATE POLICY of_engine ON inlay.webhook_subscriptions FOR SELECT TO inlay_engine USING (true);
CREATE POLICY of_engine ON inlay.webhook_deliveries TO inlay_engine USING (true);
GRANT SELECT (tenant_id, id, kind, last_pulled_at, created_at), DELETE ON inlay.webhook_endpoints TO inlay_engine;
GRANT SELECT ON inlay.webhook_subscriptions TO inlay_engine;
GRANT SELECT (tenant_id, id, endpoint_id, is_pulled, due_at, attempts), INSERT, UPDATE (due_at, attempts), DELETE
  ON inlay.webhook_deliveries TO inlay_engine;

-- A UUIDv7 with a prefix, as the code makes them.
CREATE FUNCTION inlay.new_id(prefix text) RETURNS text LANGUAGE sql VOLATILE
  RETURN prefix || '_' || lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
    || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14);

-- Here and not in code, because what is told of happens in many ways, and must be told exactly when it is committed: a
-- process may die right after. Where nobody has subscribed nothing is written.
CREATE FUNCTION inlay.tell_webhooks(of_tenant text, of_customer text, told text, facts json) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE message text;
BEGIN
  IF NOT EXISTS (SELECT FROM inlay.webhook_subscriptions s WHERE s.tenant_id = of_tenant AND s.event_type = told) THEN
    RETURN;
  END IF;
  message := inlay.new_id('msg');
  INSERT INTO inlay.webhook_deliveries (tenant_id, id, endpoint_id, message_id, customer_id, event_type, data, is_pulled)
  SELECT of_tenant, inlay.new_id('whd'), s.endpoint_id, message, of_customer, told, facts, s.is_pulled
  FROM inlay.webhook_subscriptions s WHERE s.tenant_id = of_tenant AND s.event_type = told;
END $$;

CREATE FUNCTION inlay.tell_of_ended_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Looked for here as well: for a run that nobody wants to hear of, one look into an index is all that is done.
  IF EXISTS (SELECT FROM inlay.webhook_subscriptions s
      WHERE s.tenant_id = NEW.tenant_id AND s.event_type = 'run.' || NEW.status) THEN
    PERFORM inlay.tell_webhooks(NEW.tenant_id, NEW.customer_id, 'run.' || NEW.status, json_build_object(
      'runId', NEW.id, 'workflowId', NEW.workflow_id, 'customerId', NEW.customer_id, 'parentRunId', NEW.parent_run_id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ended AFTER UPDATE OF status ON inlay.runs FOR EACH ROW
  WHEN (NEW.status IN ('succeeded', 'failed') AND OLD.status <> NEW.status AND NEW.mode = 'live')
  EXECUTE FUNCTION inlay.tell_of_ended_run();

CREATE FUNCTION inlay.tell_of_lost_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM inlay.tell_webhooks(NEW.tenant_id, NEW.customer_id, 'connection.reconnect_needed', json_build_object(
    'connectionId', NEW.id, 'connector', NEW.connector, 'customerId', NEW.customer_id));
  RETURN NULL;
END $$;
CREATE TRIGGER lost AFTER UPDATE OF status ON inlay.connections FOR EACH ROW
  WHEN (NEW.status = 'reconnect_needed' AND OLD.status <> NEW.status) EXECUTE FUNCTION inlay.tell_of_lost_connection();

CREATE FUNCTION inlay.tell_of_published_workflow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM inlay.tell_webhooks(NEW.tenant_id, NEW.customer_id, 'workflow.published', json_build_object(
    'workflowId', NEW.workflow_id, 'versionId', NEW.id, 'version', NEW.number, 'customerId', NEW.customer_id));
  RETURN NULL;
END $$;
CREATE TRIGGER published AFTER INSERT ON inlay.workflow_versions FOR EACH ROW
  WHEN (NEW.number IS NOT NULL) EXECUTE FUNCTION inlay.tell_of_published_workflow();
