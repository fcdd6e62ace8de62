-- Who sees which rows. Runs after the engine's own tables (0003) exist.
-- inlay_app: one tenant at a time, and within it one customer when the setting says so.
-- inlay_engine: the execution tables and due schedules of all tenants, and nothing else.

-- `reach` says what a caller confined to one customer sees: a column's name (its own rows), 'all' or 'none'.
CREATE FUNCTION inlay.secure(target regclass, reach text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY of_tenant ON %s TO inlay_app USING (tenant_id = (SELECT inlay.current_tenant()) %s)', target,
    CASE reach
      WHEN 'all' THEN ''
      WHEN 'none' THEN 'AND (SELECT inlay.current_customer()) IS NULL'
      ELSE format(
        'AND ((SELECT inlay.current_customer()) IS NULL OR %I = (SELECT inlay.current_customer()))', reach)
    END);
END $$;

SELECT inlay.secure('inlay.tenants', 'all');
SELECT inlay.secure('inlay.tenant_origins', 'all');
SELECT inlay.secure('inlay.customers', 'id');
SELECT inlay.secure('inlay.members', 'none');
SELECT inlay.secure('inlay.member_sessions', 'none');
SELECT inlay.secure('inlay.api_keys', 'none');
SELECT inlay.secure('inlay.signing_keys', 'none');
SELECT inlay.secure('inlay.used_embed_tokens', 'none');
SELECT inlay.secure('inlay.embed_sessions', 'customer_id');
SELECT inlay.secure('inlay.idempotency_keys', 'none');
SELECT inlay.secure('inlay.connections', 'customer_id');
SELECT inlay.secure('inlay.workflows', 'customer_id');
SELECT inlay.secure('inlay.workflow_versions', 'customer_id');
SELECT inlay.secure('inlay.webhook_triggers', 'customer_id');
SELECT inlay.secure('inlay.schedules', 'customer_id');
SELECT inlay.secure('inlay.runs', 'customer_id');
SELECT inlay.secure('inlay.journal', 'customer_id');
SELECT inlay.secure('inlay.run_keys', 'none');

DROP FUNCTION inlay.secure(regclass, text);

CREATE POLICY by_lookup ON inlay.members FOR SELECT TO inlay_app USING (lookup = (SELECT inlay.current_lookup()));
CREATE POLICY by_lookup ON inlay.member_sessions FOR SELECT TO inlay_app USING (lookup = (SELECT inlay.current_lookup()));
CREATE POLICY by_lookup ON inlay.api_keys FOR SELECT TO inlay_app USING (lookup = (SELECT inlay.current_lookup()));
CREATE POLICY by_lookup ON inlay.embed_sessions FOR SELECT TO inlay_app USING (lookup = (SELECT inlay.current_lookup()));
CREATE POLICY by_lookup ON inlay.tenant_origins FOR SELECT TO inlay_app USING (lookup = (SELECT inlay.current_lookup()));
CREATE POLICY by_lookup ON inlay.webhook_triggers FOR SELECT TO inlay_app USING (lookup = (SELECT inlay.current_lookup()));

CREATE POLICY of_engine ON inlay.runs TO inlay_engine USING (true);
CREATE POLICY of_engine ON inlay.journal TO inlay_engine USING (true);
CREATE POLICY of_engine ON inlay.run_keys TO inlay_engine USING (true);
CREATE POLICY of_engine ON inlay.schedules TO inlay_engine USING (true);

GRANT USAGE ON SCHEMA inlay TO inlay_app, inlay_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  inlay.tenant_origins, inlay.customers, inlay.members, inlay.member_sessions, inlay.api_keys, inlay.signing_keys, inlay.used_embed_tokens,
  inlay.embed_sessions, inlay.idempotency_keys, inlay.connections, inlay.workflows, inlay.workflow_versions,
  inlay.webhook_triggers, inlay.schedules TO inlay_app;
GRANT SELECT, INSERT, UPDATE ON inlay.tenants TO inlay_app;
-- Read at start, to refuse a database that is behind the code.
GRANT SELECT ON inlay.migrations TO inlay_app;
GRANT SELECT ON inlay.runs, inlay.journal TO inlay_app;
GRANT SELECT, INSERT, UPDATE ON inlay.runs, inlay.journal, inlay.run_keys TO inlay_engine;
GRANT SELECT, UPDATE ON inlay.schedules TO inlay_engine;
