-- Times as whole microseconds, so that they are in order of the moment: text in another offset, or with another number of
-- decimals, sorts wrongly. What was stored before was always written in UTC with three decimals.
-- The triggers that guard a table step aside while it gains its column, within this one transaction.

DROP TRIGGER assessments_no_update;
ALTER TABLE assessments ADD COLUMN received_us INTEGER NOT NULL DEFAULT 0;
UPDATE assessments SET received_us =
    unixepoch(received_at) * 1000000 + CAST(substr(received_at, 21, 3) AS INTEGER) * 1000;
ALTER TABLE assessments DROP COLUMN received_at;
CREATE TRIGGER assessments_no_update BEFORE UPDATE ON assessments
BEGIN SELECT RAISE(ABORT, 'assessments are append only'); END;
DROP INDEX assessments_by_actor;
CREATE INDEX assessments_by_actor ON assessments (actor, received_us, seq);

DROP TRIGGER draft_revisions_no_update;
ALTER TABLE draft_revisions ADD COLUMN saved_us INTEGER NOT NULL DEFAULT 0;
UPDATE draft_revisions SET saved_us = unixepoch(saved_at) * 1000000 + CAST(substr(saved_at, 21, 3) AS INTEGER) * 1000;
ALTER TABLE draft_revisions DROP COLUMN saved_at;
CREATE TRIGGER draft_revisions_no_update BEFORE UPDATE ON draft_revisions
BEGIN SELECT RAISE(ABORT, 'draft revisions are append only'); END;

DROP TRIGGER audit_no_update;
ALTER TABLE audit ADD COLUMN at_us INTEGER NOT NULL DEFAULT 0;
UPDATE audit SET at_us = unixepoch(at) * 1000000 + CAST(substr(at, 21, 3) AS INTEGER) * 1000;
ALTER TABLE audit DROP COLUMN at;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE INDEX audit_by_actor ON audit (actor, seq);
