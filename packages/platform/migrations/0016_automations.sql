-- Templates with settings are automations that customers switch on without seeing a canvas.

-- A JSON Schema of the variables that a customer sets; null: the template is only to begin from.
ALTER TABLE inlay.templates ADD COLUMN settings json;
-- Customers see what they are offered, and change nothing of it.
CREATE POLICY of_customers ON inlay.templates FOR SELECT TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()));

-- The template that a workflow was made of; it may be gone.
ALTER TABLE inlay.workflows ADD COLUMN template_id text COLLATE "C";
-- A customer has each automation once; workflows that were made of a template to go on from are not automations.
ALTER TABLE inlay.workflows ADD COLUMN is_automation boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX workflows_of_automation ON inlay.workflows (tenant_id, customer_id, template_id) WHERE is_automation;

-- When the service was last asked whether the account works.
ALTER TABLE inlay.connections ADD COLUMN checked_at timestamptz;
