-- What coordinators and auditors list, and everybody's own page. Moments are whole microseconds since 1970.

-- What is there already is read below, and row-level security holds for the owner of the tables too.
SELECT set_config('app.actor', 'system', true);

-- A page of somebody who signs in. The revision with the highest number is the page as it is.
CREATE TABLE own_pages (
    -- Whose, as in `episode_access`.
    person text NOT NULL,
    revision bigint NOT NULL CHECK (revision >= 1),
    document json NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    PRIMARY KEY (person, revision)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON own_pages
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE own_pages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON own_pages
    USING (person = nullif(current_setting('app.person', true), ''))
    WITH CHECK (person = nullif(current_setting('app.person', true), '') AND actor = acting());

-- Roughly where an episode is, for the register: the school as it is compared, the postcode's district (`LS6`) and sector
-- (`LS6 1`). All empty where the address must not be known. Taken from the newest version, so a row changes with it.
CREATE TABLE episode_places (
    episode_id text PRIMARY KEY REFERENCES episodes (id),
    school text,
    district text,
    sector text
);

ALTER TABLE episode_places ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON episode_places USING (concerns(episode_id)) WITH CHECK (concerns(episode_id));

CREATE INDEX episodes_by_opening ON episodes (opened_us, id);

-- Somebody whose role reaches every record of the authority reads the whole trail, and not only what concerns an episode.
CREATE POLICY authority ON audit FOR SELECT
    USING (coalesce(current_setting('app.authority', true), '') = 'yes');

-- What people who sign in were called, and for whom they acted, from the audit entry after `after_seq` on. The database
-- notes it, so that no program can forget to: an old entry is read with the name of its time. Like `practitioners`, it
-- belongs to no actor.
CREATE TABLE practitioner_names (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    practitioner text NOT NULL REFERENCES practitioners (id),
    after_seq bigint NOT NULL,
    name text NOT NULL,
    organisation text NOT NULL
);

CREATE INDEX practitioner_names_by_practitioner ON practitioner_names (practitioner, after_seq);

INSERT INTO practitioner_names (practitioner, after_seq, name, organisation)
SELECT id, 0, name, organisation FROM practitioners ORDER BY id;

CREATE FUNCTION note_name() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    IF TG_OP = 'INSERT' OR (NEW.name, NEW.organisation) IS DISTINCT FROM (OLD.name, OLD.organisation) THEN
        INSERT INTO practitioner_names (practitioner, after_seq, name, organisation)
        VALUES (NEW.id, coalesce((SELECT max(seq) FROM audit_chain), 0), NEW.name, NEW.organisation);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER are_named AFTER INSERT OR UPDATE ON practitioners FOR EACH ROW EXECUTE FUNCTION note_name();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON practitioner_names
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Pairs of people who may be one, for coordinators to settle. They can be worked out again from the people, so rows come and
-- go. A greater weight is a stronger pair.
CREATE TABLE match_pairs (
    one text COLLATE "C" NOT NULL,
    other text COLLATE "C" NOT NULL,
    weight bigint NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one < other)
);

CREATE INDEX match_pairs_by_other ON match_pairs (other);
CREATE INDEX match_pairs_by_weight ON match_pairs (weight, one, other);

-- People who changed since their pairs were last worked out, with the revision that they had then.
CREATE TABLE pairs_due (
    person text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    PRIMARY KEY (person, revision)
);

INSERT INTO pairs_due (person, revision) SELECT id, revision FROM people;

CREATE FUNCTION pairs_are_due() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    INSERT INTO pairs_due (person, revision) VALUES (NEW.id, NEW.revision) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER pairs_are_due AFTER INSERT OR UPDATE ON people FOR EACH ROW EXECUTE FUNCTION pairs_are_due();

ALTER TABLE match_pairs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON match_pairs USING (acting() IS NOT NULL) WITH CHECK (acting() IS NOT NULL);
ALTER TABLE pairs_due ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON pairs_due USING (acting() IS NOT NULL) WITH CHECK (acting() IS NOT NULL);

SELECT set_config('app.actor', '', true);
