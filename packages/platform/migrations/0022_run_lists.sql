-- Lists of runs, which people filter and which stand open while runs begin and end. Without these the database would walk
-- through all runs of a tenant to find those of one small customer, or the few that failed.

-- The default list of a customer's widgets.
CREATE INDEX runs_of_customer ON inlay.runs (tenant_id, customer_id, id);

-- Lists by status. Most runs have succeeded: whoever asks for those finds enough of them in the other indexes, and what
-- ends well leaves this one. Customer and workflow stand behind the id, so that a list of both kinds is read in order and
-- rows of others are passed over in the index itself.
CREATE INDEX runs_by_status ON inlay.runs (tenant_id, status, id, customer_id, workflow_id) WHERE status <> 'succeeded';

-- Test runs are few among many.
CREATE INDEX runs_of_tests ON inlay.runs (tenant_id, id, customer_id, workflow_id) WHERE mode = 'test';
