-- People: the record as it is now, all its revisions, the keys it is looked for by, joins of two records, and decisions that
-- two are not one. A record changes only by a further revision, which stays. Keys are made from the record and come and go
-- with it. Documents are JSON. Times are whole microseconds since 1970.

CREATE TABLE people (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    document TEXT NOT NULL CHECK (json_valid(document)),
    protection TEXT NOT NULL CHECK (protection IN ('ordinary', 'confidential', 'shielded')),
    created_us INTEGER NOT NULL,
    changed_us INTEGER NOT NULL,
    -- The version of the making of the keys; NULL where the record is not looked for, because it was joined into another.
    keys_version INTEGER
) STRICT;

CREATE INDEX people_by_keys_version ON people (keys_version);

CREATE TABLE person_revisions (
    person TEXT NOT NULL REFERENCES people (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    PRIMARY KEY (person, revision)
) STRICT;

CREATE TABLE match_keys (
    key TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (seq),
    PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX match_keys_by_person ON match_keys (person);

CREATE TABLE person_merges (
    number INTEGER PRIMARY KEY,
    kept TEXT NOT NULL REFERENCES people (id),
    merged TEXT NOT NULL REFERENCES people (id),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    CHECK (kept <> merged)
) STRICT;

CREATE INDEX person_merges_by_kept ON person_merges (kept);
CREATE INDEX person_merges_by_merged ON person_merges (merged);

CREATE TABLE person_merges_undone (
    number INTEGER PRIMARY KEY REFERENCES person_merges (number),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;

CREATE TABLE people_not_the_same (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    one TEXT NOT NULL REFERENCES people (id),
    other TEXT NOT NULL REFERENCES people (id),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    CHECK (one < other)
) STRICT;

CREATE INDEX people_not_the_same_by_one ON people_not_the_same (one);
CREATE INDEX people_not_the_same_by_other ON people_not_the_same (other);

CREATE TRIGGER people_no_overwriting BEFORE UPDATE ON people
WHEN NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR (NEW.document <> OLD.document AND NEW.revision <> OLD.revision + 1)
    OR NEW.revision NOT IN (OLD.revision, OLD.revision + 1)
BEGIN SELECT RAISE(ABORT, 'people are append only: a change is a further revision'); END;
CREATE TRIGGER people_no_delete BEFORE DELETE ON people
BEGIN SELECT RAISE(ABORT, 'people are append only'); END;
CREATE TRIGGER people_no_replace BEFORE INSERT ON people
WHEN EXISTS (SELECT 1 FROM people WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'people are append only'); END;

CREATE TRIGGER person_revisions_no_update BEFORE UPDATE ON person_revisions
BEGIN SELECT RAISE(ABORT, 'person revisions are append only'); END;
CREATE TRIGGER person_revisions_no_delete BEFORE DELETE ON person_revisions
BEGIN SELECT RAISE(ABORT, 'person revisions are append only'); END;
CREATE TRIGGER person_revisions_no_replace BEFORE INSERT ON person_revisions
WHEN EXISTS (SELECT 1 FROM person_revisions WHERE person = NEW.person AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'person revisions are append only'); END;

CREATE TRIGGER person_merges_no_update BEFORE UPDATE ON person_merges
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;
CREATE TRIGGER person_merges_no_delete BEFORE DELETE ON person_merges
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;
CREATE TRIGGER person_merges_no_replace BEFORE INSERT ON person_merges
WHEN EXISTS (SELECT 1 FROM person_merges WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;

CREATE TRIGGER person_merges_undone_no_update BEFORE UPDATE ON person_merges_undone
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;
CREATE TRIGGER person_merges_undone_no_delete BEFORE DELETE ON person_merges_undone
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;
CREATE TRIGGER person_merges_undone_no_replace BEFORE INSERT ON person_merges_undone
WHEN EXISTS (SELECT 1 FROM person_merges_undone WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;

CREATE TRIGGER people_not_the_same_no_update BEFORE UPDATE ON people_not_the_same
BEGIN SELECT RAISE(ABORT, 'decisions about people are append only'); END;
CREATE TRIGGER people_not_the_same_no_delete BEFORE DELETE ON people_not_the_same
BEGIN SELECT RAISE(ABORT, 'decisions about people are append only'); END;
CREATE TRIGGER people_not_the_same_no_replace BEFORE INSERT ON people_not_the_same
WHEN EXISTS (SELECT 1 FROM people_not_the_same WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'decisions about people are append only'); END;
