-- What customers' builders offer: the tenant's default, and what is said for single customers.

CREATE TABLE inlay.guardrails (
  tenant_id text COLLATE "C" NOT NULL REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  -- Null: the default of all customers.
  customer_id text COLLATE "C",
  rules json NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE NULLS NOT DISTINCT (tenant_id, customer_id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES inlay.customers (tenant_id, id) ON DELETE CASCADE
);

ALTER TABLE inlay.guardrails ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.guardrails FORCE ROW LEVEL SECURITY;
-- Customers' sessions read what holds for them, and change nothing of it.
CREATE POLICY of_customers ON inlay.guardrails FOR SELECT TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant())
  AND (customer_id IS NULL OR customer_id = (SELECT inlay.current_customer())));
CREATE POLICY of_tenant ON inlay.guardrails TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (SELECT inlay.current_customer()) IS NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.guardrails TO inlay_app;
