-- What people said about episodes, beside their versions. Append only: what was wrong is followed by another note. Times are
-- whole microseconds since 1970.

CREATE TABLE notes (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Chosen by the one who says it, so that a repeat stores nothing.
    id text NOT NULL UNIQUE,
    -- An episode that is erased takes its notes with it.
    episode_id text NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    document json NOT NULL
);

CREATE INDEX notes_by_episode ON notes (episode_id, seq);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON notes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON notes USING (concerns(episode_id)) WITH CHECK (concerns(episode_id) AND actor = acting());
