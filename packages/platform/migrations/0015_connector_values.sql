-- Who sees which rows of the engine's table of connectors' stores (0014).

ALTER TABLE inlay.connector_values ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.connector_values FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON inlay.connector_values TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (
    (SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())));
CREATE POLICY of_engine ON inlay.connector_values TO inlay_engine USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.connector_values TO inlay_engine;
