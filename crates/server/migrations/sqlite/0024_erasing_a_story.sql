-- The story behind a number can be erased, with its earlier wordings: it may name a child after all. The same way as for records:
-- a wording goes only while `erasing` names the story, and that takes a tombstone. Times are whole microseconds since 1970.

-- The list of kinds is in the table, which is made again for that; what watches it is made again after it.
DROP TRIGGER erasing_leaves_a_tombstone;
DROP TRIGGER erasing_not_on_hold;
CREATE TABLE erased_as_well (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The id of a story is its quarter, its measure and the moment: 2026-Q3/started/1795701780000000.
    kind TEXT NOT NULL CHECK (kind IN ('episode', 'draft', 'story')),
    id TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('due', 'decided', 'reapplied')),
    due_on TEXT,
    erased_on TEXT NOT NULL,
    erased_us INTEGER NOT NULL,
    actor TEXT NOT NULL,
    versions TEXT NOT NULL CHECK (json_valid(versions)),
    people TEXT NOT NULL CHECK (json_valid(people)),
    protection TEXT,
    excluded TEXT CHECK (excluded IS NULL OR json_valid(excluded)),
    UNIQUE (kind, id)
) STRICT;
INSERT INTO erased_as_well
    (seq, kind, id, why, due_on, erased_on, erased_us, actor, versions, people, protection, excluded)
    SELECT seq, kind, id, why, due_on, erased_on, erased_us, actor, versions, people, protection, excluded
    FROM erased ORDER BY seq;
DROP TABLE erased;
ALTER TABLE erased_as_well RENAME TO erased;

CREATE TRIGGER erased_no_update BEFORE UPDATE ON erased
BEGIN SELECT RAISE(ABORT, 'tombstones are append only'); END;
CREATE TRIGGER erased_no_delete BEFORE DELETE ON erased
BEGIN SELECT RAISE(ABORT, 'tombstones are append only'); END;
CREATE TRIGGER erased_no_replace BEFORE INSERT ON erased
WHEN EXISTS (SELECT 1 FROM erased WHERE (kind = NEW.kind AND id = NEW.id) OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'tombstones are append only'); END;

CREATE TRIGGER erasing_leaves_a_tombstone BEFORE INSERT ON erasing
WHEN NEW.kind IN ('episode', 'draft', 'story')
    AND NOT EXISTS (SELECT 1 FROM erased WHERE kind = NEW.kind AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'nothing is erased without a tombstone'); END;
CREATE TRIGGER erasing_not_on_hold BEFORE INSERT ON erasing
WHEN NEW.kind = 'episode' AND EXISTS (
    SELECT 1 FROM legal_holds AS hold JOIN erased ON erased.kind = 'episode' AND erased.id = NEW.id
    WHERE hold.episode_id = NEW.id AND (hold.until IS NULL OR hold.until >= erased.erased_on)
    AND NOT EXISTS (SELECT 1 FROM legal_holds_lifted WHERE hold_id = hold.id)
)
BEGIN SELECT RAISE(ABORT, 'an order to keep this record is in force'); END;

-- Of a story what was written until the moment of its tombstone.
DROP TRIGGER take_up_stories_no_delete;
CREATE TRIGGER take_up_stories_no_delete BEFORE DELETE ON take_up_stories
WHEN NOT EXISTS (
    SELECT 1 FROM erasing JOIN erased USING (kind, id)
    WHERE kind = 'story' AND OLD.at_us <= erased_us
        AND id = OLD.quarter || '/' || OLD.measure || '/' || erased_us
)
BEGIN SELECT RAISE(ABORT, 'stories are append only'); END;
