-- What the team around the child writes: its plan, its meetings and its reviews, each save a revision; what was sent and not
-- merged; who completed what; who was sent the minutes. Append only: what was wrong is followed by another revision. An episode
-- that is erased takes all of it with it. Times are whole microseconds since 1970.

CREATE TABLE team_revisions (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    episode_id text NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('plan', 'meeting', 'review')),
    number bigint NOT NULL CHECK (number >= 1),
    revision bigint NOT NULL CHECK (revision >= 1),
    -- The revision from which it started, 0 for none, and the SHA-256 of what was sent: a repeat is known by them.
    base bigint NOT NULL CHECK (base >= 0 AND base < revision),
    sha256 text NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    form_version text NOT NULL,
    answers json NOT NULL,
    -- Who saved it, why it was corrected, what it settles, and the days that lists show.
    document json NOT NULL,
    UNIQUE (episode_id, kind, number, revision)
);

CREATE TABLE team_kept (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    episode_id text NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('plan', 'meeting', 'review')),
    number bigint NOT NULL CHECK (number >= 1),
    base bigint NOT NULL CHECK (base >= 0),
    sha256 text NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    form_version text NOT NULL,
    answers json NOT NULL,
    -- Who sent it, why it was not merged, and where it clashed with what.
    document json NOT NULL,
    UNIQUE (episode_id, kind, number, base, sha256, actor)
);

CREATE TABLE team_settled (
    kept_id text PRIMARY KEY REFERENCES team_kept (id) ON DELETE CASCADE,
    episode_id text NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    -- The revision that settled it.
    revision bigint NOT NULL CHECK (revision >= 1),
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL
);

CREATE INDEX team_settled_by_episode ON team_settled (episode_id);

CREATE TABLE team_completions (
    episode_id text NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('plan', 'meeting', 'review')),
    number bigint NOT NULL CHECK (number >= 1),
    revision bigint NOT NULL CHECK (revision >= 1),
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    document json NOT NULL,
    PRIMARY KEY (episode_id, kind, number, revision)
);

CREATE TABLE team_circulations (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    episode_id text NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    number bigint NOT NULL CHECK (number >= 1),
    revision bigint NOT NULL CHECK (revision >= 1),
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    document json NOT NULL
);

CREATE INDEX team_circulations_by_episode ON team_circulations (episode_id, number, seq);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON team_revisions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON team_kept
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON team_settled
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON team_completions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON team_circulations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE team_revisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON team_revisions
    USING (concerns(episode_id)) WITH CHECK (concerns(episode_id) AND actor = acting());
ALTER TABLE team_kept ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON team_kept
    USING (concerns(episode_id)) WITH CHECK (concerns(episode_id) AND actor = acting());
ALTER TABLE team_settled ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON team_settled
    USING (concerns(episode_id)) WITH CHECK (concerns(episode_id) AND actor = acting());
ALTER TABLE team_completions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON team_completions
    USING (concerns(episode_id)) WITH CHECK (concerns(episode_id) AND actor = acting());
ALTER TABLE team_circulations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON team_circulations
    USING (concerns(episode_id)) WITH CHECK (concerns(episode_id) AND actor = acting());
