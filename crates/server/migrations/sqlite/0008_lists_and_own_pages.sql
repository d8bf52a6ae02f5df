-- What coordinators and auditors list, and everybody's own page. Moments are whole microseconds since 1970.

-- A page of somebody who signs in. The revision with the highest number is the page as it is.
CREATE TABLE own_pages (
    -- Whose, as in `episode_access`.
    person TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    document TEXT NOT NULL CHECK (json_valid(document)),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (person, revision)
) STRICT;

CREATE TRIGGER own_pages_no_update BEFORE UPDATE ON own_pages
BEGIN SELECT RAISE(ABORT, 'own pages are append only'); END;
CREATE TRIGGER own_pages_no_delete BEFORE DELETE ON own_pages
BEGIN SELECT RAISE(ABORT, 'own pages are append only'); END;
CREATE TRIGGER own_pages_no_replace BEFORE INSERT ON own_pages
WHEN EXISTS (SELECT 1 FROM own_pages WHERE person = NEW.person AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'own pages are append only'); END;

-- Roughly where an episode is, for the register: the school as it is compared, the postcode's district (`LS6`) and sector
-- (`LS6 1`). All empty where the address must not be known. Taken from the newest version, so a row changes with it.
CREATE TABLE episode_places (
    episode_id TEXT PRIMARY KEY REFERENCES episodes (id),
    school TEXT,
    district TEXT,
    sector TEXT
) STRICT;

CREATE INDEX episodes_by_opening ON episodes (opened_us, id);

-- What people who sign in were called, and for whom they acted, from the audit entry after `after_seq` on. The database
-- notes it, so that no program can forget to: an old entry is read with the name of its time.
CREATE TABLE practitioner_names (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    practitioner TEXT NOT NULL REFERENCES practitioners (id),
    after_seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL
) STRICT;

CREATE INDEX practitioner_names_by_practitioner ON practitioner_names (practitioner, after_seq);

INSERT INTO practitioner_names (practitioner, after_seq, name, organisation)
SELECT id, 0, name, organisation FROM practitioners ORDER BY id;

CREATE TRIGGER practitioners_are_named AFTER INSERT ON practitioners
BEGIN
    INSERT INTO practitioner_names (practitioner, after_seq, name, organisation)
    VALUES (NEW.id, coalesce((SELECT max(seq) FROM audit_chain), 0), NEW.name, NEW.organisation);
END;
CREATE TRIGGER practitioners_are_renamed AFTER UPDATE ON practitioners
WHEN NEW.name <> OLD.name OR NEW.organisation <> OLD.organisation
BEGIN
    INSERT INTO practitioner_names (practitioner, after_seq, name, organisation)
    VALUES (NEW.id, coalesce((SELECT max(seq) FROM audit_chain), 0), NEW.name, NEW.organisation);
END;

CREATE TRIGGER practitioner_names_no_update BEFORE UPDATE ON practitioner_names
BEGIN SELECT RAISE(ABORT, 'names are append only'); END;
CREATE TRIGGER practitioner_names_no_delete BEFORE DELETE ON practitioner_names
BEGIN SELECT RAISE(ABORT, 'names are append only'); END;
CREATE TRIGGER practitioner_names_no_replace BEFORE INSERT ON practitioner_names
WHEN EXISTS (SELECT 1 FROM practitioner_names WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'names are append only'); END;

-- Pairs of people who may be one, for coordinators to settle. They can be worked out again from the people, so rows come and
-- go. A greater weight is a stronger pair.
CREATE TABLE match_pairs (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one < other)
) STRICT, WITHOUT ROWID;

CREATE INDEX match_pairs_by_other ON match_pairs (other);
CREATE INDEX match_pairs_by_weight ON match_pairs (weight, one, other);

-- People who changed since their pairs were last worked out, with the revision that they had then.
CREATE TABLE pairs_due (
    person TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (person, revision)
) STRICT, WITHOUT ROWID;

INSERT INTO pairs_due (person, revision) SELECT id, revision FROM people;

CREATE TRIGGER people_pairs_are_due_first AFTER INSERT ON people
BEGIN INSERT OR IGNORE INTO pairs_due (person, revision) VALUES (NEW.id, NEW.revision); END;
CREATE TRIGGER people_pairs_are_due_again AFTER UPDATE ON people
BEGIN INSERT OR IGNORE INTO pairs_due (person, revision) VALUES (NEW.id, NEW.revision); END;
