-- Assessments, drafts, the keys that make sending repeatable, and who did what.
-- Append only: nothing here is ever changed or removed, and the database itself refuses to do so.
-- `OR REPLACE` would slip past a delete trigger, so a second row with a used key is refused before it can replace.

CREATE TABLE assessments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE CHECK (length(reference) <= 20),
    actor TEXT NOT NULL,
    received_at TEXT NOT NULL,
    form_version TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    -- The exact bytes of the request's body, and their SHA-256.
    body BLOB NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    outcome TEXT NOT NULL CHECK (json_valid(outcome)),
    difference TEXT CHECK (difference IS NULL OR json_valid(difference)),
    child_name TEXT,
    suggestion_certain TEXT NOT NULL,
    suggestion_possible TEXT NOT NULL,
    suggestion_not_ruled_out TEXT NOT NULL
) STRICT;

CREATE INDEX assessments_by_actor ON assessments (actor, seq);

CREATE TABLE idempotency_keys (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    assessment_id TEXT NOT NULL REFERENCES assessments (id),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    -- What was answered, to be answered again.
    receipt TEXT NOT NULL CHECK (json_valid(receipt)),
    PRIMARY KEY (actor, key)
) STRICT;

CREATE TABLE draft_revisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    draft_id TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    actor TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    -- A deletion is a revision without content; what was there before stays.
    body BLOB,
    sha256 TEXT,
    form_version TEXT,
    UNIQUE (draft_id, revision),
    CHECK ((body IS NULL) = (sha256 IS NULL) AND (body IS NULL) = (form_version IS NULL))
) STRICT;

CREATE INDEX draft_revisions_by_actor ON draft_revisions (actor, draft_id, revision);

-- Who did what to which record, and when; never what the form says.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_subject ON audit (subject_kind, subject_id);

CREATE TRIGGER assessments_no_update BEFORE UPDATE ON assessments
BEGIN SELECT RAISE(ABORT, 'assessments are append only'); END;
CREATE TRIGGER assessments_no_delete BEFORE DELETE ON assessments
BEGIN SELECT RAISE(ABORT, 'assessments are append only'); END;
CREATE TRIGGER assessments_no_replace BEFORE INSERT ON assessments
WHEN EXISTS (SELECT 1 FROM assessments WHERE id = NEW.id OR reference = NEW.reference OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'assessments are append only'); END;

CREATE TRIGGER idempotency_keys_no_update BEFORE UPDATE ON idempotency_keys
BEGIN SELECT RAISE(ABORT, 'idempotency keys are append only'); END;
CREATE TRIGGER idempotency_keys_no_delete BEFORE DELETE ON idempotency_keys
BEGIN SELECT RAISE(ABORT, 'idempotency keys are append only'); END;
CREATE TRIGGER idempotency_keys_no_replace BEFORE INSERT ON idempotency_keys
WHEN EXISTS (SELECT 1 FROM idempotency_keys WHERE actor = NEW.actor AND key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'idempotency keys are append only'); END;

CREATE TRIGGER draft_revisions_no_update BEFORE UPDATE ON draft_revisions
BEGIN SELECT RAISE(ABORT, 'draft revisions are append only'); END;
CREATE TRIGGER draft_revisions_no_delete BEFORE DELETE ON draft_revisions
BEGIN SELECT RAISE(ABORT, 'draft revisions are append only'); END;
CREATE TRIGGER draft_revisions_no_replace BEFORE INSERT ON draft_revisions
WHEN EXISTS (
    SELECT 1 FROM draft_revisions
    WHERE (draft_id = NEW.draft_id AND revision = NEW.revision) OR seq = NEW.seq
)
BEGIN SELECT RAISE(ABORT, 'draft revisions are append only'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
