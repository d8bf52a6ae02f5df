-- What told of a record after it had been erased: why somebody searched, and what another record held while the two were
-- joined. Both go with the record now. Why somebody searched ends by itself as well. Times are whole microseconds since 1970.

-- The chain holds a digest of the words with this, so that nobody can try names on it once both are gone. Without a salt where
-- the entry is older.
ALTER TABLE access_reasons ADD COLUMN salt text;

-- What was done in one step has one actor and one moment; the entry that is about no record is found by them.
CREATE INDEX audit_by_actor_and_moment ON audit (actor, at_us)
    WHERE subject_kind = 'practitioner' AND subject_id = 'self';

-- From which revision on the kept record held the other one, and from which it did not any more.
ALTER TABLE person_merges ADD COLUMN kept_revision bigint;
ALTER TABLE person_merges_undone ADD COLUMN kept_revision bigint;

-- How closely the record was kept. Unknown where the tombstone is older.
ALTER TABLE erased ADD COLUMN protection text;

-- What other records held of a person while they were part of them, by joins that were taken back; also of somebody who was
-- part of that person then.
CREATE VIEW held_elsewhere WITH (security_invoker = true) AS
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

-- A tombstone is written only inside the functions that erase, which see every row. It notes how closely the record was kept.
CREATE FUNCTION note_protection() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    IF NEW.kind = 'episode' THEN
        NEW.protection := (SELECT protection FROM episodes WHERE id = NEW.id);
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER note_protection BEFORE INSERT ON erased FOR EACH ROW EXECUTE FUNCTION note_protection();

-- With the tombstone go the words that told of the record elsewhere: those of the searches and lists that showed it, and what
-- other records held of its people.
CREATE FUNCTION erase_elsewhere() RETURNS trigger LANGUAGE plpgsql
AS $$
DECLARE
    the_people text[] := ARRAY(SELECT json_array_elements_text(NEW.people));
    the_versions text[] := ARRAY(SELECT json_array_elements_text(NEW.versions));
    the_joins bigint[];
BEGIN
    IF NEW.kind <> 'episode' OR NOT erasing() THEN
        RETURN NULL;
    END IF;
    DELETE FROM access_reasons USING audit AS own, audit AS about
        WHERE access_reasons.seq = own.seq AND own.subject_kind = 'practitioner' AND own.subject_id = 'self'
            AND own.actor = about.actor AND own.at_us = about.at_us
            AND ((about.subject_kind = 'episode' AND about.subject_id = NEW.id)
                OR (about.subject_kind = 'assessment' AND about.subject_id = ANY (the_versions))
                OR (about.subject_kind = 'person' AND about.subject_id = ANY (the_people)));
    the_joins := ARRAY(SELECT DISTINCT number FROM held_elsewhere WHERE person = ANY (the_people));
    DELETE FROM person_revisions USING held_elsewhere AS held, people
        WHERE held.person = ANY (the_people) AND person_revisions.person = held.kept
            AND person_revisions.revision >= coalesce(held.from_revision, 1)
            AND person_revisions.revision < coalesce(held.to_revision, people.revision)
            AND people.id = held.kept AND person_revisions.revision < people.revision;
    DELETE FROM person_merges_undone WHERE number = ANY (the_joins);
    DELETE FROM person_merges WHERE number = ANY (the_joins);
    RETURN NULL;
END $$;

CREATE TRIGGER erase_elsewhere AFTER INSERT ON erased FOR EACH ROW EXECUTE FUNCTION erase_elsewhere();

-- Forgets why people searched and listed, of entries before a moment. What is about one record, and was not found by a search,
-- stays as long as the record. Gives how many.
CREATE FUNCTION forget_reasons(the_moment bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
AS $$
DECLARE
    the_count bigint;
BEGIN
    IF acting() IS NULL THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.erasing', 'yes', true);
    DELETE FROM access_reasons USING audit
        WHERE audit.seq = access_reasons.seq AND audit.at_us < the_moment
            AND ((subject_kind = 'practitioner' AND subject_id = 'self')
            OR action IN ('search', 'check-duplicates', 'list-duplicates', 'export-register', 'read-audit'));
    GET DIAGNOSTICS the_count = ROW_COUNT;
    PERFORM set_config('app.erasing', '', true);
    RETURN the_count;
END $$;

DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION forget_reasons(bigint) SET search_path = %I, pg_temp', current_schema());
    EXECUTE 'REVOKE ALL ON FUNCTION forget_reasons(bigint) FROM PUBLIC';
END $$;
