-- The headline of the outcome, for lists. Assessments that were stored before have none.

ALTER TABLE assessments ADD COLUMN headline_kind TEXT;
ALTER TABLE assessments ADD COLUMN headline_code TEXT;
