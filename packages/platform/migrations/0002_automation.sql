-- Workflows with their versions and triggers, and customers' connections.

CREATE TABLE inlay.connections (
  tenant_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  connector text NOT NULL,
  name text NOT NULL,
  status text NOT NULL CHECK (status IN ('ok', 'unverified', 'failing')),
  detail text,
  -- What is not secret, for showing; the rest is in `secret`, sealed with the customer's data key.
  fields jsonb NOT NULL,
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES inlay.customers (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE inlay.workflows (
  tenant_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  enabled boolean NOT NULL DEFAULT false,
  draft json NOT NULL,
  draft_revision integer NOT NULL DEFAULT 1,
  draft_updated_at timestamptz NOT NULL DEFAULT now(),
  published_version_id text COLLATE "C",
  published_revision integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES inlay.customers (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX workflows_of_customer ON inlay.workflows (tenant_id, customer_id, id);

CREATE TABLE inlay.workflow_versions (
  tenant_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  -- Null for the snapshot of a draft that was tested.
  number integer,
  definition json NOT NULL,
  responds boolean NOT NULL,
  published_by text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, workflow_id, number),
  FOREIGN KEY (tenant_id, workflow_id) REFERENCES inlay.workflows (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE inlay.webhook_triggers (
  tenant_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  token text COLLATE "C" NOT NULL,
  lookup text COLLATE "C" NOT NULL UNIQUE,
  version_id text COLLATE "C" NOT NULL,
  responds boolean NOT NULL,
  enabled boolean NOT NULL,
  PRIMARY KEY (tenant_id, workflow_id),
  FOREIGN KEY (tenant_id, workflow_id) REFERENCES inlay.workflows (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE inlay.schedules (
  tenant_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  version_id text COLLATE "C" NOT NULL,
  cron text,
  time_zone text NOT NULL DEFAULT 'UTC',
  every_ms bigint,
  enabled boolean NOT NULL,
  next_fire_at timestamptz,
  PRIMARY KEY (tenant_id, workflow_id),
  FOREIGN KEY (tenant_id, workflow_id) REFERENCES inlay.workflows (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX schedules_due ON inlay.schedules (next_fire_at) WHERE enabled;
