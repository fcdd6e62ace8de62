-- Templates are found by what they are for, and come with data to try them out.

-- A short name such as "Orders" that groups templates; null: none.
ALTER TABLE inlay.templates ADD COLUMN use_case text;
-- Made-up data of the trigger: the first test of a workflow that is made of the template begins with it. Null: none.
ALTER TABLE inlay.templates ADD COLUMN sample json;
