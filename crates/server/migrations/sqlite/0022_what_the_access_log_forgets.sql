-- Entries of the audit trail whose period is over go; their links stay, so that what follows can be checked. What is about a record
-- that an order or a request keeps stays too.

-- As before, without a reference to the entry. It is not renamed: triggers of other tables name it.
CREATE TABLE audit_links (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
INSERT INTO audit_links SELECT seq, hash FROM audit_chain;
DROP TABLE audit_chain;
CREATE TABLE audit_chain (
    seq INTEGER PRIMARY KEY,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO audit_chain SELECT seq, hash FROM audit_links;
DROP TABLE audit_links;

CREATE TRIGGER audit_chain_no_update BEFORE UPDATE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_chain_no_replace BEFORE INSERT ON audit_chain
WHEN EXISTS (SELECT 1 FROM audit_chain WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;

-- What an order or a request keeps, as the trail names it, and until which day; none where it has no end. A child has every
-- record that was ever joined with theirs.
CREATE VIEW kept_subjects AS
WITH RECURSIVE kept (person, until) AS (
    SELECT episodes.child, hold.until FROM legal_holds AS hold JOIN episodes ON episodes.id = hold.episode_id
    WHERE NOT EXISTS (SELECT 1 FROM legal_holds_lifted WHERE hold_id = hold.id)
    UNION
    SELECT person, NULL FROM subject_access_requests AS request
    WHERE NOT EXISTS (SELECT 1 FROM subject_access_closed WHERE request_id = request.id)
    UNION
    SELECT CASE kept.person WHEN person_merges.kept THEN person_merges.merged ELSE person_merges.kept END, kept.until
    FROM kept JOIN person_merges ON kept.person IN (person_merges.kept, person_merges.merged)
)
SELECT 'person' AS kind, person AS id, until FROM kept
UNION ALL SELECT 'episode', episodes.id, until FROM kept JOIN episodes ON episodes.child = kept.person
UNION ALL SELECT 'assessment', versions.version_id, until
FROM kept JOIN episodes ON episodes.child = kept.person JOIN versions ON versions.episode_id = episodes.id;

-- 'entry' is an entry of the trail by its number, 'day' the day of the run.
CREATE TRIGGER erasing_no_kept_entries BEFORE INSERT ON erasing
WHEN NEW.kind = 'entry' AND EXISTS (
    SELECT 1 FROM audit JOIN kept_subjects AS kept ON kept.kind = audit.subject_kind AND kept.id = audit.subject_id
    WHERE audit.seq = CAST(NEW.id AS INTEGER)
        AND (kept.until IS NULL OR kept.until >= coalesce((SELECT id FROM erasing WHERE kind = 'day'), ''))
)
BEGIN SELECT RAISE(ABORT, 'an order or a request keeps what this entry is about'); END;

DROP TRIGGER audit_no_delete;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'entry' AND id = CAST(OLD.seq AS TEXT))
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;

DROP TRIGGER access_reasons_no_delete;
CREATE TRIGGER access_reasons_no_delete BEFORE DELETE ON access_reasons
WHEN NOT EXISTS (
    SELECT 1 FROM audit JOIN erasing ON erasing.kind = audit.subject_kind AND erasing.id = audit.subject_id
    WHERE audit.seq = OLD.seq
) AND NOT EXISTS (SELECT 1 FROM erasing WHERE kind IN ('reason', 'entry') AND id = CAST(OLD.seq AS TEXT))
BEGIN SELECT RAISE(ABORT, 'reasons are append only'); END;
