-- Episodes, their versions, who was let into them, and why somebody looked. A row of `episodes` is the present state and
-- changes; every revision of it stays in `episode_revisions`. All other tables are append only, but for `episode_access`,
-- which can be worked out again from the episode and its grants.

CREATE TABLE episodes (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    document TEXT NOT NULL CHECK (json_valid(document)),
    child TEXT NOT NULL,
    holder TEXT NOT NULL,
    state TEXT NOT NULL,
    protection TEXT NOT NULL,
    -- What lists show of the newest version.
    reference TEXT NOT NULL,
    child_name TEXT,
    headline_kind TEXT,
    headline_code TEXT,
    -- 0 where something urgent was found. Lists go by this, then by what is due.
    calm INTEGER NOT NULL CHECK (calm IN (0, 1)),
    due_on TEXT NOT NULL,
    opened_us INTEGER NOT NULL,
    changed_us INTEGER NOT NULL
) STRICT;

CREATE INDEX episodes_by_urgency ON episodes (calm, due_on, id);
CREATE INDEX episodes_by_child ON episodes (child);

CREATE TABLE episode_revisions (
    episode_id TEXT NOT NULL REFERENCES episodes (id),
    revision INTEGER NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    protection TEXT NOT NULL,
    PRIMARY KEY (episode_id, revision)
) STRICT;

-- Which assessment is which version of which episode.
CREATE TABLE versions (
    version_id TEXT PRIMARY KEY REFERENCES assessments (id),
    episode_id TEXT NOT NULL REFERENCES episodes (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    UNIQUE (episode_id, number)
) STRICT;

-- The revision with the highest number is the grant as it is.
CREATE TABLE grants (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    grant_id TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    episode_id TEXT NOT NULL REFERENCES episodes (id),
    -- To whom, as in `episode_access`.
    person TEXT NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    UNIQUE (grant_id, revision)
) STRICT;

CREATE INDEX grants_by_person ON grants (person);
CREATE INDEX grants_by_episode ON grants (episode_id);

-- Whom an episode may concern: people with a grant, the organisation that holds it, the front door that it was sent to.
-- What they may do is decided elsewhere.
CREATE TABLE episode_access (
    key TEXT NOT NULL,
    episode_id TEXT NOT NULL,
    PRIMARY KEY (key, episode_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX episode_access_by_episode ON episode_access (episode_id);

-- The SHA-256 of what somebody gave as a reason. The words are kept beside it, and the chain holds the digest.
ALTER TABLE audit ADD COLUMN reason TEXT;

CREATE TABLE access_reasons (
    seq INTEGER PRIMARY KEY REFERENCES audit (seq),
    words TEXT NOT NULL
) STRICT;

-- Steps in the program, rather than in SQL, that have brought this database up to date.
CREATE TABLE upgrades (
    name TEXT PRIMARY KEY,
    done_us INTEGER NOT NULL
) STRICT;

CREATE TRIGGER episodes_no_delete BEFORE DELETE ON episodes
BEGIN SELECT RAISE(ABORT, 'episodes are append only'); END;
CREATE TRIGGER episodes_no_replace BEFORE INSERT ON episodes
WHEN EXISTS (SELECT 1 FROM episodes WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'episodes are append only'); END;
CREATE TRIGGER episodes_next_revision BEFORE UPDATE ON episodes
WHEN NEW.id <> OLD.id OR NEW.revision <> OLD.revision + 1
BEGIN SELECT RAISE(ABORT, 'episodes are append only: a change is the next revision'); END;

CREATE TRIGGER episode_revisions_no_update BEFORE UPDATE ON episode_revisions
BEGIN SELECT RAISE(ABORT, 'episode revisions are append only'); END;
CREATE TRIGGER episode_revisions_no_delete BEFORE DELETE ON episode_revisions
BEGIN SELECT RAISE(ABORT, 'episode revisions are append only'); END;
CREATE TRIGGER episode_revisions_no_replace BEFORE INSERT ON episode_revisions
WHEN EXISTS (SELECT 1 FROM episode_revisions WHERE episode_id = NEW.episode_id AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'episode revisions are append only'); END;

CREATE TRIGGER versions_no_update BEFORE UPDATE ON versions
BEGIN SELECT RAISE(ABORT, 'versions are append only'); END;
CREATE TRIGGER versions_no_delete BEFORE DELETE ON versions
BEGIN SELECT RAISE(ABORT, 'versions are append only'); END;
CREATE TRIGGER versions_no_replace BEFORE INSERT ON versions
WHEN EXISTS (
    SELECT 1 FROM versions
    WHERE version_id = NEW.version_id OR (episode_id = NEW.episode_id AND number = NEW.number)
)
BEGIN SELECT RAISE(ABORT, 'versions are append only'); END;

CREATE TRIGGER grants_no_update BEFORE UPDATE ON grants
BEGIN SELECT RAISE(ABORT, 'grants are append only'); END;
CREATE TRIGGER grants_no_delete BEFORE DELETE ON grants
BEGIN SELECT RAISE(ABORT, 'grants are append only'); END;
CREATE TRIGGER grants_no_replace BEFORE INSERT ON grants
WHEN EXISTS (SELECT 1 FROM grants WHERE (grant_id = NEW.grant_id AND revision = NEW.revision) OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'grants are append only'); END;

CREATE TRIGGER access_reasons_no_update BEFORE UPDATE ON access_reasons
BEGIN SELECT RAISE(ABORT, 'reasons are append only'); END;
CREATE TRIGGER access_reasons_no_delete BEFORE DELETE ON access_reasons
BEGIN SELECT RAISE(ABORT, 'reasons are append only'); END;
CREATE TRIGGER access_reasons_no_replace BEFORE INSERT ON access_reasons
WHEN EXISTS (SELECT 1 FROM access_reasons WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'reasons are append only'); END;
