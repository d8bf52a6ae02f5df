-- What people said about episodes, beside their versions. Append only: what was wrong is followed by another note. Times are
-- whole microseconds since 1970.

CREATE TABLE notes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Chosen by the one who says it, so that a repeat stores nothing.
    id TEXT NOT NULL UNIQUE,
    -- An episode that is erased takes its notes with it.
    episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;

CREATE INDEX notes_by_episode ON notes (episode_id, seq);

CREATE TRIGGER notes_no_update BEFORE UPDATE ON notes
BEGIN SELECT RAISE(ABORT, 'notes are append only'); END;
CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'notes are append only'); END;
CREATE TRIGGER notes_no_replace BEFORE INSERT ON notes
WHEN EXISTS (SELECT 1 FROM notes WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'notes are append only'); END;
