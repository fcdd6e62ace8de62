-- What a shared template has beside its definition, so that it arrives as its publisher offers it: settings, use case and
-- sample. Null for connectors, and for templates that were handed in before.
ALTER TABLE inlay.marketplace_submissions ADD COLUMN template json;
ALTER TABLE inlay.marketplace ADD COLUMN template json;
