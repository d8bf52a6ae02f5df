-- Families: who belongs to one, and how they are related. A row is added once and ended once, with who did it and why, so that
-- earlier states stay; what is in force has no end. Who may see a row is decided outside, by the episodes of the people in it:
-- the policies only ask that a transaction names somebody. Times are whole microseconds since 1970.

CREATE TABLE families (
    id text PRIMARY KEY,
    revision bigint NOT NULL CHECK (revision >= 1),
    created_us bigint NOT NULL,
    changed_us bigint NOT NULL
);

CREATE TABLE family_members (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    family text NOT NULL REFERENCES families (id),
    -- The id of a record, or where there is a name, an id that only this family has.
    person text NOT NULL,
    protection text NOT NULL CHECK (protection IN ('ordinary', 'confidential', 'shielded')),
    name text,
    -- Whose record it is: their own, or that which somebody linked to the name.
    record text REFERENCES people (id),
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    ended_actor text,
    ended_us bigint,
    ended_because text,
    CHECK (name IS NOT NULL OR (record IS NOT NULL AND record = person)),
    CHECK ((ended_us IS NULL) = (ended_actor IS NULL))
);

CREATE UNIQUE INDEX family_members_in_force ON family_members (family, person) WHERE ended_us IS NULL;
CREATE INDEX family_members_by_person ON family_members (person);
CREATE INDEX family_members_by_record ON family_members (record);

CREATE TABLE family_related (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    family text NOT NULL REFERENCES families (id),
    person text NOT NULL,
    -- A code of the form's list.
    relationship text NOT NULL,
    to_person text NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    ended_actor text,
    ended_us bigint,
    ended_because text,
    CHECK (person <> to_person),
    CHECK ((ended_us IS NULL) = (ended_actor IS NULL))
);

CREATE UNIQUE INDEX family_related_in_force ON family_related (family, person, relationship, to_person)
WHERE ended_us IS NULL;
CREATE INDEX family_related_by_person ON family_related (person);
CREATE INDEX family_related_by_to ON family_related (to_person);

-- A family changes by a further revision; a row only by its end. While somebody is erased, the record that was linked to a name
-- is forgotten with them.
CREATE FUNCTION refuse_other_revisions() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    IF NEW.id <> OLD.id OR NEW.created_us <> OLD.created_us OR NEW.revision <> OLD.revision + 1 THEN
        RAISE EXCEPTION '% is append only: a change is a further revision', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION only_end() RETURNS trigger LANGUAGE plpgsql
AS $$
DECLARE
    what_ends text[] := ARRAY['ended_actor', 'ended_us', 'ended_because'];
BEGIN
    IF OLD.ended_us IS NULL AND NEW.ended_us IS NOT NULL AND NEW.ended_actor = acting()
        AND to_jsonb(NEW) - what_ends = to_jsonb(OLD) - what_ends THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'family_members' AND erasing()
        AND to_jsonb(NEW) = to_jsonb(OLD) || '{"record": null}'::jsonb THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append only: a row ends once', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER no_overwriting BEFORE UPDATE ON families FOR EACH ROW EXECUTE FUNCTION refuse_other_revisions();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON families
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_end BEFORE UPDATE ON family_members FOR EACH ROW EXECUTE FUNCTION only_end();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON family_members
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_end BEFORE UPDATE ON family_related FOR EACH ROW EXECUTE FUNCTION only_end();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON family_related
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE families ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON families USING (acting() IS NOT NULL) WITH CHECK (acting() IS NOT NULL);
-- Who ends a row is seldom who added it, so only the end names who acts now; the trigger sees to that.
ALTER TABLE family_members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON family_members USING (acting() IS NOT NULL) WITH CHECK (acting() IS NOT NULL);
CREATE POLICY added ON family_members AS RESTRICTIVE FOR INSERT WITH CHECK (actor = acting());
ALTER TABLE family_related ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON family_related USING (acting() IS NOT NULL) WITH CHECK (acting() IS NOT NULL);
CREATE POLICY added ON family_related AS RESTRICTIVE FOR INSERT WITH CHECK (actor = acting());

DO $$ DECLARE one text; BEGIN
    FOREACH one IN ARRAY ARRAY['families', 'family_members', 'family_related'] LOOP
        EXECUTE format(
            'CREATE POLICY erasing ON %I USING (current_setting(''app.erasing'', true) = ''yes'' AND erasing())', one
        );
    END LOOP;
END $$;

-- With the tombstone goes what families held of its people: their memberships and how they were related, names that said who
-- somebody is to them alone, and families of nobody.
CREATE FUNCTION erase_from_families() RETURNS trigger LANGUAGE plpgsql
AS $$
DECLARE
    the_people text[] := ARRAY(SELECT json_array_elements_text(NEW.people));
    the_families text[];
BEGIN
    IF NEW.kind <> 'episode' OR NOT erasing() THEN
        RETURN NULL;
    END IF;
    the_families := ARRAY(SELECT DISTINCT family FROM family_members WHERE person = ANY (the_people));
    DELETE FROM family_related WHERE person = ANY (the_people) OR to_person = ANY (the_people);
    DELETE FROM family_members WHERE person = ANY (the_people);
    -- Where only names are left, nobody may see them any more.
    DELETE FROM family_related WHERE family = ANY (the_families)
        AND NOT EXISTS (SELECT 1 FROM family_members AS one WHERE one.family = family_related.family AND one.name IS NULL);
    UPDATE family_members SET record = NULL WHERE name IS NOT NULL AND record = ANY (the_people);
    DELETE FROM family_members AS one WHERE name IS NOT NULL AND family = ANY (the_families)
        AND NOT EXISTS (SELECT 1 FROM family_related AS other
            WHERE other.family = one.family AND one.person IN (other.person, other.to_person));
    DELETE FROM families WHERE id = ANY (the_families)
        AND NOT EXISTS (SELECT 1 FROM family_members WHERE family = families.id);
    RETURN NULL;
END $$;

CREATE TRIGGER erase_from_families AFTER INSERT ON erased FOR EACH ROW EXECUTE FUNCTION erase_from_families();
