-- How a tenant looks and speaks wherever its customers meet it.

CREATE TABLE inlay.tenant_brands (
  tenant_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES inlay.tenants (tenant_id) ON DELETE CASCADE,
  brand json NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Customers' sessions read it with everything that is drawn for them; who may change it is the API's matter.
ALTER TABLE inlay.tenant_brands ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.tenant_brands FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON inlay.tenant_brands TO inlay_app USING (tenant_id = (SELECT inlay.current_tenant()));
GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.tenant_brands TO inlay_app;
