-- Episodes, their versions, who was let into them, and why somebody looked. A row of `episodes` is the present state and
-- changes; every revision of it stays in `episode_revisions`. All other tables are append only, but for `episode_access`,
-- which can be worked out again from the episode and its grants.
--
-- A transaction names who asks: `app.person`, `app.organisation`, both as `episode_access` has them, and `app.authority`
-- where a role reaches every episode. Row-level security shows the episodes that concern them, and nothing else. What they
-- may do there is the program's to decide.

CREATE TABLE episode_access (
    key text NOT NULL CHECK (key <> ''),
    episode_id text NOT NULL,
    PRIMARY KEY (key, episode_id)
);

CREATE INDEX episode_access_by_episode ON episode_access (episode_id);

CREATE FUNCTION concerns(episode text) RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT coalesce(current_setting('app.authority', true), '') = 'yes' OR EXISTS (
        SELECT 1 FROM episode_access AS access WHERE access.episode_id = episode
        AND access.key IN (
            nullif(current_setting('app.person', true), ''), nullif(current_setting('app.organisation', true), '')
        )
    )
$$;

CREATE TABLE episodes (
    id text PRIMARY KEY,
    revision bigint NOT NULL CHECK (revision >= 1),
    document json NOT NULL,
    child text NOT NULL,
    holder text NOT NULL,
    state text NOT NULL,
    protection text NOT NULL,
    -- What lists show of the newest version.
    reference text NOT NULL,
    child_name text,
    headline_kind text,
    headline_code text,
    -- 0 where something urgent was found. Lists go by this, then by what is due.
    calm bigint NOT NULL CHECK (calm IN (0, 1)),
    due_on text COLLATE "C" NOT NULL,
    opened_us bigint NOT NULL,
    changed_us bigint NOT NULL
);

CREATE INDEX episodes_by_urgency ON episodes (calm, due_on, id);
CREATE INDEX episodes_by_child ON episodes (child);

CREATE TABLE episode_revisions (
    episode_id text NOT NULL REFERENCES episodes (id),
    revision bigint NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    document json NOT NULL,
    protection text NOT NULL,
    PRIMARY KEY (episode_id, revision)
);

-- Which assessment is which version of which episode.
CREATE TABLE versions (
    version_id text PRIMARY KEY REFERENCES assessments (id),
    episode_id text NOT NULL REFERENCES episodes (id),
    number bigint NOT NULL CHECK (number >= 1),
    UNIQUE (episode_id, number)
);

-- The revision with the highest number is the grant as it is.
CREATE TABLE grants (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    grant_id text NOT NULL,
    revision bigint NOT NULL CHECK (revision >= 1),
    episode_id text NOT NULL REFERENCES episodes (id),
    -- To whom, as in `episode_access`.
    person text NOT NULL,
    document json NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    UNIQUE (grant_id, revision)
);

CREATE INDEX grants_by_person ON grants (person);
CREATE INDEX grants_by_episode ON grants (episode_id);

-- The SHA-256 of what somebody gave as a reason. The words are kept beside it, and the chain holds the digest.
ALTER TABLE audit ADD COLUMN reason text;

CREATE TABLE access_reasons (
    seq bigint PRIMARY KEY REFERENCES audit (seq),
    words text NOT NULL
);

-- Steps in the program, rather than in SQL, that have brought this database up to date.
CREATE TABLE upgrades (
    name text PRIMARY KEY,
    done_us bigint NOT NULL
);

CREATE FUNCTION next_revision() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    IF NEW.id <> OLD.id OR NEW.revision <> OLD.revision + 1 THEN
        RAISE EXCEPTION '% is append only: a change is the next revision', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON episodes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER next_revision BEFORE UPDATE ON episodes
    FOR EACH ROW EXECUTE FUNCTION next_revision();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON episode_revisions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON grants
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_reasons
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE episodes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON episodes USING (concerns(id)) WITH CHECK (concerns(id));
ALTER TABLE episode_revisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON episode_revisions USING (concerns(episode_id)) WITH CHECK (concerns(episode_id));
ALTER TABLE versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON versions USING (concerns(episode_id)) WITH CHECK (concerns(episode_id));
ALTER TABLE grants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON grants USING (concerns(episode_id)) WITH CHECK (concerns(episode_id));
-- One's own grants are read before anything else is known, ended ones included.
CREATE POLICY own ON grants FOR SELECT USING (person = nullif(current_setting('app.person', true), ''));

-- Until now a row was its author's. From now on it is shown, too, where its episode is.
CREATE POLICY concerned ON assessments FOR SELECT
    USING (EXISTS (SELECT 1 FROM versions WHERE versions.version_id = assessments.id));
CREATE POLICY concerned ON audit FOR SELECT
    USING (
        (subject_kind = 'episode' AND concerns(subject_id))
        OR (subject_kind = 'assessment' AND EXISTS (SELECT 1 FROM versions WHERE version_id = subject_id))
    );
ALTER TABLE access_reasons ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON access_reasons
    USING (EXISTS (SELECT 1 FROM audit WHERE audit.seq = access_reasons.seq))
    WITH CHECK (EXISTS (SELECT 1 FROM audit WHERE audit.seq = access_reasons.seq AND audit.actor = acting()));
