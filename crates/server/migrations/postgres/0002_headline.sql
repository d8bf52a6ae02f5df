-- The headline of the outcome, for lists.

ALTER TABLE assessments ADD COLUMN headline_kind text;
ALTER TABLE assessments ADD COLUMN headline_code text;
