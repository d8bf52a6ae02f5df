-- Orders to keep a record, requests of people for what is held about them, and the one way to erase. Everything else stays
-- append only: a row goes only while `erasing` names the record that it belongs to, and that takes a tombstone, no order to
-- keep it and no request that waits. Times are whole microseconds since 1970, days are as 2026-11-23.

CREATE TABLE legal_holds (
    id TEXT PRIMARY KEY,
    episode_id TEXT NOT NULL REFERENCES episodes (id),
    -- The last day, where there is one.
    until TEXT,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;

CREATE INDEX legal_holds_by_episode ON legal_holds (episode_id);

CREATE TABLE legal_holds_lifted (
    hold_id TEXT PRIMARY KEY REFERENCES legal_holds (id),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;

CREATE TABLE subject_access_requests (
    id TEXT PRIMARY KEY,
    episode_id TEXT NOT NULL,
    -- The child whom the episode is about.
    person TEXT NOT NULL REFERENCES people (id),
    received_on TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;

CREATE INDEX subject_access_requests_by_person ON subject_access_requests (person);

CREATE TABLE subject_access_closed (
    request_id TEXT PRIMARY KEY REFERENCES subject_access_requests (id),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;

-- What was erased: ids, days and why. No name.
CREATE TABLE erased (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('episode', 'draft')),
    id TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('due', 'decided', 'reapplied')),
    due_on TEXT,
    erased_on TEXT NOT NULL,
    erased_us INTEGER NOT NULL,
    actor TEXT NOT NULL,
    versions TEXT NOT NULL CHECK (json_valid(versions)),
    people TEXT NOT NULL CHECK (json_valid(people)),
    UNIQUE (kind, id)
) STRICT;

-- What one transaction is erasing. Empty outside it.
CREATE TABLE erasing (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER erasing_leaves_a_tombstone BEFORE INSERT ON erasing
WHEN NEW.kind IN ('episode', 'draft') AND NOT EXISTS (SELECT 1 FROM erased WHERE kind = NEW.kind AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'nothing is erased without a tombstone'); END;
CREATE TRIGGER erasing_not_on_hold BEFORE INSERT ON erasing
WHEN NEW.kind = 'episode' AND EXISTS (
    SELECT 1 FROM legal_holds AS hold JOIN erased ON erased.kind = 'episode' AND erased.id = NEW.id
    WHERE hold.episode_id = NEW.id AND (hold.until IS NULL OR hold.until >= erased.erased_on)
    AND NOT EXISTS (SELECT 1 FROM legal_holds_lifted WHERE hold_id = hold.id)
)
BEGIN SELECT RAISE(ABORT, 'an order to keep this record is in force'); END;
CREATE TRIGGER erasing_not_while_asked BEFORE INSERT ON erasing
WHEN EXISTS (
    SELECT 1 FROM subject_access_requests AS request
    WHERE request.person = CASE NEW.kind
        WHEN 'person' THEN NEW.id
        WHEN 'episode' THEN (SELECT child FROM episodes WHERE id = NEW.id)
    END
    AND NOT EXISTS (SELECT 1 FROM subject_access_closed WHERE request_id = request.id)
)
BEGIN SELECT RAISE(ABORT, 'the person has asked for what is held about them'); END;
CREATE TRIGGER erasing_not_what_others_need BEFORE INSERT ON erasing
WHEN NEW.kind = 'person' AND EXISTS (
    SELECT 1 FROM episodes WHERE child = NEW.id
    AND NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND erasing.id = episodes.id)
)
BEGIN SELECT RAISE(ABORT, 'another record needs this person'); END;
CREATE TRIGGER erasing_only_its_versions BEFORE INSERT ON erasing
WHEN NEW.kind = 'assessment' AND NOT EXISTS (
    SELECT 1 FROM versions JOIN erasing ON erasing.kind = 'episode' AND erasing.id = versions.episode_id
    WHERE versions.version_id = NEW.id
)
BEGIN SELECT RAISE(ABORT, 'this is no version of what is being erased'); END;

CREATE TRIGGER erased_no_update BEFORE UPDATE ON erased
BEGIN SELECT RAISE(ABORT, 'tombstones are append only'); END;
CREATE TRIGGER erased_no_delete BEFORE DELETE ON erased
BEGIN SELECT RAISE(ABORT, 'tombstones are append only'); END;
CREATE TRIGGER erased_no_replace BEFORE INSERT ON erased
WHEN EXISTS (SELECT 1 FROM erased WHERE (kind = NEW.kind AND id = NEW.id) OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'tombstones are append only'); END;

CREATE TRIGGER legal_holds_no_update BEFORE UPDATE ON legal_holds
BEGIN SELECT RAISE(ABORT, 'holds are append only'); END;
CREATE TRIGGER legal_holds_no_delete BEFORE DELETE ON legal_holds
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'holds are append only'); END;
CREATE TRIGGER legal_holds_no_replace BEFORE INSERT ON legal_holds
WHEN EXISTS (SELECT 1 FROM legal_holds WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'holds are append only'); END;
CREATE TRIGGER legal_holds_lifted_no_update BEFORE UPDATE ON legal_holds_lifted
BEGIN SELECT RAISE(ABORT, 'holds are append only'); END;
CREATE TRIGGER legal_holds_lifted_no_delete BEFORE DELETE ON legal_holds_lifted
WHEN NOT EXISTS (
    SELECT 1 FROM erasing JOIN legal_holds ON legal_holds.episode_id = erasing.id
    WHERE erasing.kind = 'episode' AND legal_holds.id = OLD.hold_id
)
BEGIN SELECT RAISE(ABORT, 'holds are append only'); END;
CREATE TRIGGER legal_holds_lifted_no_replace BEFORE INSERT ON legal_holds_lifted
WHEN EXISTS (SELECT 1 FROM legal_holds_lifted WHERE hold_id = NEW.hold_id)
BEGIN SELECT RAISE(ABORT, 'holds are append only'); END;

CREATE TRIGGER subject_access_requests_no_update BEFORE UPDATE ON subject_access_requests
BEGIN SELECT RAISE(ABORT, 'requests are append only'); END;
CREATE TRIGGER subject_access_requests_no_delete BEFORE DELETE ON subject_access_requests
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'person' AND id = OLD.person)
BEGIN SELECT RAISE(ABORT, 'requests are append only'); END;
CREATE TRIGGER subject_access_requests_no_replace BEFORE INSERT ON subject_access_requests
WHEN EXISTS (SELECT 1 FROM subject_access_requests WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'requests are append only'); END;
CREATE TRIGGER subject_access_closed_no_update BEFORE UPDATE ON subject_access_closed
BEGIN SELECT RAISE(ABORT, 'requests are append only'); END;
CREATE TRIGGER subject_access_closed_no_delete BEFORE DELETE ON subject_access_closed
WHEN NOT EXISTS (
    SELECT 1 FROM erasing JOIN subject_access_requests ON subject_access_requests.person = erasing.id
    WHERE erasing.kind = 'person' AND subject_access_requests.id = OLD.request_id
)
BEGIN SELECT RAISE(ABORT, 'requests are append only'); END;
CREATE TRIGGER subject_access_closed_no_replace BEFORE INSERT ON subject_access_closed
WHEN EXISTS (SELECT 1 FROM subject_access_closed WHERE request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'requests are append only'); END;

-- The guards against every delete now let pass what is being erased, and nothing else.
DROP TRIGGER assessments_no_delete;
CREATE TRIGGER assessments_no_delete BEFORE DELETE ON assessments
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'assessment' AND id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'assessments are append only'); END;
DROP TRIGGER idempotency_keys_no_delete;
CREATE TRIGGER idempotency_keys_no_delete BEFORE DELETE ON idempotency_keys
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'assessment' AND id = OLD.assessment_id)
BEGIN SELECT RAISE(ABORT, 'idempotency keys are append only'); END;
DROP TRIGGER draft_revisions_no_delete;
CREATE TRIGGER draft_revisions_no_delete BEFORE DELETE ON draft_revisions
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'draft' AND id = OLD.draft_id)
    -- A draft that was sent has the key under which it was sent.
    AND NOT EXISTS (
        SELECT 1 FROM idempotency_keys AS sent JOIN erasing ON erasing.kind = 'assessment' AND erasing.id = sent.assessment_id
        WHERE sent.key = OLD.draft_id AND sent.actor = OLD.actor
    )
BEGIN SELECT RAISE(ABORT, 'draft revisions are append only'); END;
DROP TRIGGER episodes_no_delete;
CREATE TRIGGER episodes_no_delete BEFORE DELETE ON episodes
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'episodes are append only'); END;
DROP TRIGGER episode_revisions_no_delete;
CREATE TRIGGER episode_revisions_no_delete BEFORE DELETE ON episode_revisions
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'episode revisions are append only'); END;
DROP TRIGGER versions_no_delete;
CREATE TRIGGER versions_no_delete BEFORE DELETE ON versions
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'versions are append only'); END;
DROP TRIGGER grants_no_delete;
CREATE TRIGGER grants_no_delete BEFORE DELETE ON grants
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'grants are append only'); END;
DROP TRIGGER access_reasons_no_delete;
CREATE TRIGGER access_reasons_no_delete BEFORE DELETE ON access_reasons
WHEN NOT EXISTS (
    SELECT 1 FROM audit JOIN erasing ON erasing.kind = audit.subject_kind AND erasing.id = audit.subject_id
    WHERE audit.seq = OLD.seq
)
BEGIN SELECT RAISE(ABORT, 'reasons are append only'); END;
DROP TRIGGER people_no_delete;
CREATE TRIGGER people_no_delete BEFORE DELETE ON people
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'person' AND id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'people are append only'); END;
DROP TRIGGER person_revisions_no_delete;
CREATE TRIGGER person_revisions_no_delete BEFORE DELETE ON person_revisions
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'person' AND id = OLD.person)
BEGIN SELECT RAISE(ABORT, 'person revisions are append only'); END;
DROP TRIGGER person_merges_no_delete;
CREATE TRIGGER person_merges_no_delete BEFORE DELETE ON person_merges
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'person' AND id IN (OLD.kept, OLD.merged))
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;
DROP TRIGGER person_merges_undone_no_delete;
CREATE TRIGGER person_merges_undone_no_delete BEFORE DELETE ON person_merges_undone
WHEN NOT EXISTS (
    SELECT 1 FROM person_merges JOIN erasing ON erasing.kind = 'person'
        AND erasing.id IN (person_merges.kept, person_merges.merged)
    WHERE person_merges.number = OLD.number
)
BEGIN SELECT RAISE(ABORT, 'joins of people are append only'); END;
DROP TRIGGER people_not_the_same_no_delete;
CREATE TRIGGER people_not_the_same_no_delete BEFORE DELETE ON people_not_the_same
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'person' AND id IN (OLD.one, OLD.other))
BEGIN SELECT RAISE(ABORT, 'decisions about people are append only'); END;
