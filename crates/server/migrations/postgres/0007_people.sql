-- People: the record as it is now, all its revisions, the keys it is looked for by, joins of two records, and decisions that
-- two are not one. A record changes only by a further revision, which stays. Keys are made from the record and come and go
-- with it. Times are whole microseconds since 1970.
-- A person belongs to nobody in particular: who may see one is decided by the episodes that they belong to, outside. The
-- policies only ask that a transaction names somebody.

CREATE TABLE people (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    revision bigint NOT NULL CHECK (revision >= 1),
    document json NOT NULL,
    protection text NOT NULL CHECK (protection IN ('ordinary', 'confidential', 'shielded')),
    created_us bigint NOT NULL,
    changed_us bigint NOT NULL,
    -- The version of the making of the keys; NULL where the record is not looked for, because it was joined into another.
    keys_version bigint
);

CREATE INDEX people_by_keys_version ON people (keys_version);

CREATE TABLE person_revisions (
    person text NOT NULL REFERENCES people (id),
    revision bigint NOT NULL CHECK (revision >= 1),
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    document json NOT NULL,
    PRIMARY KEY (person, revision)
);

CREATE TABLE match_keys (
    -- By bytes: the order of a language is neither needed nor fast.
    key text COLLATE "C" NOT NULL,
    person bigint NOT NULL REFERENCES people (seq),
    PRIMARY KEY (key, person)
);

CREATE INDEX match_keys_by_person ON match_keys (person);

CREATE TABLE person_merges (
    number bigint PRIMARY KEY,
    kept text NOT NULL REFERENCES people (id),
    merged text NOT NULL REFERENCES people (id),
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    document json NOT NULL,
    CHECK (kept <> merged)
);

CREATE INDEX person_merges_by_kept ON person_merges (kept);
CREATE INDEX person_merges_by_merged ON person_merges (merged);

CREATE TABLE person_merges_undone (
    number bigint PRIMARY KEY REFERENCES person_merges (number),
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    document json NOT NULL
);

CREATE TABLE people_not_the_same (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    one text COLLATE "C" NOT NULL REFERENCES people (id),
    other text COLLATE "C" NOT NULL REFERENCES people (id),
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    document json NOT NULL,
    CHECK (one < other)
);

CREATE INDEX people_not_the_same_by_one ON people_not_the_same (one);
CREATE INDEX people_not_the_same_by_other ON people_not_the_same (other);

CREATE FUNCTION refuse_overwriting() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    IF NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.revision NOT IN (OLD.revision, OLD.revision + 1)
        OR (NEW.document::text <> OLD.document::text AND NEW.revision <> OLD.revision + 1) THEN
        RAISE EXCEPTION '% is append only: a change is a further revision', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER no_overwriting BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION refuse_overwriting();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON people
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON person_revisions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON person_merges
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON person_merges_undone
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON people_not_the_same
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE people ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON people USING (acting() IS NOT NULL) WITH CHECK (acting() IS NOT NULL);
ALTER TABLE person_revisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON person_revisions USING (acting() IS NOT NULL) WITH CHECK (actor = acting());
ALTER TABLE match_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON match_keys USING (acting() IS NOT NULL) WITH CHECK (acting() IS NOT NULL);
ALTER TABLE person_merges ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON person_merges USING (acting() IS NOT NULL) WITH CHECK (actor = acting());
ALTER TABLE person_merges_undone ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON person_merges_undone USING (acting() IS NOT NULL) WITH CHECK (actor = acting());
ALTER TABLE people_not_the_same ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON people_not_the_same USING (acting() IS NOT NULL) WITH CHECK (actor = acting());
