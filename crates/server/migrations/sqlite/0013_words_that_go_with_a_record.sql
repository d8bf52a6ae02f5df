-- What told of a record after it had been erased: why somebody searched, and what another record held while the two were
-- joined. Both go with the record now. Why somebody searched ends by itself as well. Times are whole microseconds since 1970.

-- The chain holds a digest of the words with this, so that nobody can try names on it once both are gone. Without a salt where
-- the entry is older.
ALTER TABLE access_reasons ADD COLUMN salt TEXT;

-- What was done in one step has one actor and one moment; the entry that is about no record is found by them.
CREATE INDEX audit_by_actor_and_moment ON audit (actor, at_us)
    WHERE subject_kind = 'practitioner' AND subject_id = 'self';

-- From which revision on the kept record held the other one, and from which it did not any more.
ALTER TABLE person_merges ADD COLUMN kept_revision INTEGER;
ALTER TABLE person_merges_undone ADD COLUMN kept_revision INTEGER;

-- How closely the record was kept. Unknown where the tombstone is older.
ALTER TABLE erased ADD COLUMN protection TEXT;

-- 'reason' is an entry of the trail by its number, 'join' a join by its number, 'revision' a person and a revision.
CREATE TRIGGER erasing_only_reasons_of_looking BEFORE INSERT ON erasing
WHEN NEW.kind = 'reason' AND NOT EXISTS (
    SELECT 1 FROM audit WHERE audit.seq = CAST(NEW.id AS INTEGER)
        AND ((subject_kind = 'practitioner' AND subject_id = 'self')
        OR action IN ('search', 'check-duplicates', 'list-duplicates', 'export-register', 'read-audit'))
)
BEGIN SELECT RAISE(ABORT, 'this reason belongs to a record'); END;
CREATE TRIGGER erasing_only_joins_taken_back BEFORE INSERT ON erasing
WHEN NEW.kind = 'join' AND NOT EXISTS (SELECT 1 FROM person_merges_undone WHERE number = CAST(NEW.id AS INTEGER))
BEGIN SELECT RAISE(ABORT, 'this join is in force'); END;
CREATE TRIGGER erasing_never_the_newest_revision BEFORE INSERT ON erasing
WHEN NEW.kind = 'revision' AND NOT EXISTS (
    SELECT 1 FROM people JOIN person_revisions ON person_revisions.person = people.id
    WHERE people.id = substr(NEW.id, 1, 36) AND person_revisions.revision = CAST(substr(NEW.id, 38) AS INTEGER)
        AND person_revisions.revision < people.revision
)
BEGIN SELECT RAISE(ABORT, 'the newest revision of a person stays'); END;

DROP TRIGGER access_reasons_no_delete;
CREATE TRIGGER access_reasons_no_delete BEFORE DELETE ON access_reasons
WHEN NOT EXISTS (
    SELECT 1 FROM audit JOIN erasing ON erasing.kind = audit.subject_kind AND erasing.id = audit.subject_id
    WHERE audit.seq = OLD.seq
) AND NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'reason' AND id = CAST(OLD.seq AS TEXT))
BEGIN SELECT RAISE(ABORT, 'reasons are append only'); END;

DROP TRIGGER person_revisions_no_delete;
CREATE TRIGGER person_revisions_no_delete BEFORE DELETE ON person_revisions
WHEN NOT EXISTS (
    SELECT 1 FROM erasing WHERE (kind = 'person' AND id = OLD.person)
        OR (kind = 'revision' AND id = OLD.person || ' ' || OLD.revision)
)
BEGIN SELECT RAISE(ABORT, 'person revisions are append only'); END;

DROP TRIGGER person_merges_no_delete;
CREATE TRIGGER person_merges_no_delete BEFORE DELETE ON person_merges
WHEN NOT EXISTS (
    SELECT 1 FROM erasing WHERE (kind = 'person' AND id IN (OLD.kept, OLD.merged))
        OR (kind = 'join' AND id = CAST(OLD.number AS TEXT))
)
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;

DROP TRIGGER person_merges_undone_no_delete;
CREATE TRIGGER person_merges_undone_no_delete BEFORE DELETE ON person_merges_undone
WHEN NOT EXISTS (
    SELECT 1 FROM person_merges JOIN erasing ON erasing.kind = 'person'
        AND erasing.id IN (person_merges.kept, person_merges.merged)
    WHERE person_merges.number = OLD.number
) AND NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'join' AND id = CAST(OLD.number AS TEXT))
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;

-- What other records held of a person while they were part of them, by joins that were taken back; also of somebody who was
-- part of that person then.
CREATE VIEW held_elsewhere AS
WITH RECURSIVE held (person, number, kept, from_revision, to_revision, until_us) AS (
    SELECT merged, number, kept, person_merges.kept_revision, undone.kept_revision, undone.at_us
    FROM person_merges JOIN person_merges_undone AS undone USING (number)
    UNION
    SELECT held.person, later.number, later.kept, later.kept_revision, undone.kept_revision, undone.at_us
    FROM held JOIN person_merges AS later ON later.merged = held.kept AND later.number > held.number
        AND later.at_us <= held.until_us
    JOIN person_merges_undone AS undone ON undone.number = later.number
)
SELECT person, number, kept, from_revision, to_revision FROM held;
