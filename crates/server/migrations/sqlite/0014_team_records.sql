-- What the team around the child writes: its plan, its meetings and its reviews, each save a revision; what was sent and not
-- merged; who completed what; who was sent the minutes. Append only: what was wrong is followed by another revision. An episode
-- that is erased takes all of it with it. Times are whole microseconds since 1970.

CREATE TABLE team_revisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('plan', 'meeting', 'review')),
    number INTEGER NOT NULL CHECK (number >= 1),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    -- The revision from which it started, 0 for none, and the SHA-256 of what was sent: a repeat is known by them.
    base INTEGER NOT NULL CHECK (base >= 0 AND base < revision),
    sha256 TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    form_version TEXT NOT NULL,
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    -- Who saved it, why it was corrected, what it settles, and the days that lists show.
    document TEXT NOT NULL CHECK (json_valid(document)),
    UNIQUE (episode_id, kind, number, revision)
) STRICT;

CREATE TABLE team_kept (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('plan', 'meeting', 'review')),
    number INTEGER NOT NULL CHECK (number >= 1),
    base INTEGER NOT NULL CHECK (base >= 0),
    sha256 TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    form_version TEXT NOT NULL,
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    -- Who sent it, why it was not merged, and where it clashed with what.
    document TEXT NOT NULL CHECK (json_valid(document)),
    UNIQUE (episode_id, kind, number, base, sha256, actor)
) STRICT;

CREATE TABLE team_settled (
    kept_id TEXT PRIMARY KEY REFERENCES team_kept (id) ON DELETE CASCADE,
    episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    -- The revision that settled it.
    revision INTEGER NOT NULL CHECK (revision >= 1),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;

CREATE INDEX team_settled_by_episode ON team_settled (episode_id);

CREATE TABLE team_completions (
    episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('plan', 'meeting', 'review')),
    number INTEGER NOT NULL CHECK (number >= 1),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    PRIMARY KEY (episode_id, kind, number, revision)
) STRICT;

CREATE TABLE team_circulations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;

CREATE INDEX team_circulations_by_episode ON team_circulations (episode_id, number, seq);

CREATE TRIGGER team_revisions_no_update BEFORE UPDATE ON team_revisions
BEGIN SELECT RAISE(ABORT, 'team records are append only'); END;
CREATE TRIGGER team_revisions_no_delete BEFORE DELETE ON team_revisions
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'team records are append only'); END;
CREATE TRIGGER team_revisions_no_replace BEFORE INSERT ON team_revisions
WHEN EXISTS (
    SELECT 1 FROM team_revisions WHERE seq = NEW.seq OR (episode_id = NEW.episode_id AND kind = NEW.kind
        AND number = NEW.number AND revision = NEW.revision)
)
BEGIN SELECT RAISE(ABORT, 'team records are append only'); END;

CREATE TRIGGER team_kept_no_update BEFORE UPDATE ON team_kept
BEGIN SELECT RAISE(ABORT, 'kept versions are append only'); END;
CREATE TRIGGER team_kept_no_delete BEFORE DELETE ON team_kept
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'kept versions are append only'); END;
CREATE TRIGGER team_kept_no_replace BEFORE INSERT ON team_kept
WHEN EXISTS (
    SELECT 1 FROM team_kept WHERE seq = NEW.seq OR id = NEW.id OR (episode_id = NEW.episode_id AND kind = NEW.kind
        AND number = NEW.number AND base = NEW.base AND sha256 = NEW.sha256 AND actor = NEW.actor)
)
BEGIN SELECT RAISE(ABORT, 'kept versions are append only'); END;

CREATE TRIGGER team_settled_no_update BEFORE UPDATE ON team_settled
BEGIN SELECT RAISE(ABORT, 'settled versions are append only'); END;
CREATE TRIGGER team_settled_no_delete BEFORE DELETE ON team_settled
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'settled versions are append only'); END;
CREATE TRIGGER team_settled_no_replace BEFORE INSERT ON team_settled
WHEN EXISTS (SELECT 1 FROM team_settled WHERE kept_id = NEW.kept_id)
BEGIN SELECT RAISE(ABORT, 'settled versions are append only'); END;

CREATE TRIGGER team_completions_no_update BEFORE UPDATE ON team_completions
BEGIN SELECT RAISE(ABORT, 'completions are append only'); END;
CREATE TRIGGER team_completions_no_delete BEFORE DELETE ON team_completions
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'completions are append only'); END;
CREATE TRIGGER team_completions_no_replace BEFORE INSERT ON team_completions
WHEN EXISTS (
    SELECT 1 FROM team_completions WHERE episode_id = NEW.episode_id AND kind = NEW.kind
        AND number = NEW.number AND revision = NEW.revision
)
BEGIN SELECT RAISE(ABORT, 'completions are append only'); END;

CREATE TRIGGER team_circulations_no_update BEFORE UPDATE ON team_circulations
BEGIN SELECT RAISE(ABORT, 'circulations are append only'); END;
CREATE TRIGGER team_circulations_no_delete BEFORE DELETE ON team_circulations
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'circulations are append only'); END;
CREATE TRIGGER team_circulations_no_replace BEFORE INSERT ON team_circulations
WHEN EXISTS (SELECT 1 FROM team_circulations WHERE seq = NEW.seq OR id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'circulations are append only'); END;
