-- Families: who belongs to one, and how they are related. A row is added once and ended once, with who did it and why, so that
-- earlier states stay; what is in force has no end. Who may see a row is decided outside, by the episodes of the people in it.
-- Times are whole microseconds since 1970.

CREATE TABLE families (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    created_us INTEGER NOT NULL,
    changed_us INTEGER NOT NULL
) STRICT;

CREATE TABLE family_members (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    family TEXT NOT NULL REFERENCES families (id),
    -- The id of a record, or where there is a name, an id that only this family has.
    person TEXT NOT NULL,
    protection TEXT NOT NULL CHECK (protection IN ('ordinary', 'confidential', 'shielded')),
    name TEXT,
    -- Whose record it is: their own, or that which somebody linked to the name.
    record TEXT REFERENCES people (id),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    ended_actor TEXT,
    ended_us INTEGER,
    ended_because TEXT,
    CHECK (name IS NOT NULL OR (record IS NOT NULL AND record = person)),
    CHECK ((ended_us IS NULL) = (ended_actor IS NULL))
) STRICT;

CREATE UNIQUE INDEX family_members_in_force ON family_members (family, person) WHERE ended_us IS NULL;
CREATE INDEX family_members_by_person ON family_members (person);
CREATE INDEX family_members_by_record ON family_members (record);

CREATE TABLE family_related (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    family TEXT NOT NULL REFERENCES families (id),
    person TEXT NOT NULL,
    -- A code of the form's list.
    relationship TEXT NOT NULL,
    to_person TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    ended_actor TEXT,
    ended_us INTEGER,
    ended_because TEXT,
    CHECK (person <> to_person),
    CHECK ((ended_us IS NULL) = (ended_actor IS NULL))
) STRICT;

CREATE UNIQUE INDEX family_related_in_force ON family_related (family, person, relationship, to_person)
WHERE ended_us IS NULL;
CREATE INDEX family_related_by_person ON family_related (person);
CREATE INDEX family_related_by_to ON family_related (to_person);

-- A family changes by a further revision; a row only by its end. While somebody is erased, their rows go, and so does a name
-- that said who somebody is to them alone, and a family of nobody.
CREATE TRIGGER families_no_overwriting BEFORE UPDATE ON families
WHEN NEW.id <> OLD.id OR NEW.created_us <> OLD.created_us OR NEW.revision <> OLD.revision + 1
BEGIN SELECT RAISE(ABORT, 'families are append only: a change is a further revision'); END;
CREATE TRIGGER families_no_delete BEFORE DELETE ON families
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'person')
    OR EXISTS (SELECT 1 FROM family_members WHERE family = OLD.id)
BEGIN SELECT RAISE(ABORT, 'families are append only'); END;
CREATE TRIGGER families_no_replace BEFORE INSERT ON families
WHEN EXISTS (SELECT 1 FROM families WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'families are append only'); END;

CREATE TRIGGER family_members_only_end BEFORE UPDATE ON family_members
WHEN (OLD.ended_us IS NOT NULL OR NEW.ended_us IS NULL OR NEW.record IS NOT OLD.record
        OR NEW.seq <> OLD.seq OR NEW.family <> OLD.family OR NEW.person <> OLD.person
        OR NEW.protection <> OLD.protection OR NEW.name IS NOT OLD.name OR NEW.actor <> OLD.actor OR NEW.at_us <> OLD.at_us)
    AND NOT (NEW.record IS NULL AND NEW.ended_us IS OLD.ended_us
        AND EXISTS (SELECT 1 FROM erasing WHERE kind = 'person' AND id = OLD.record))
BEGIN SELECT RAISE(ABORT, 'families are append only: a member leaves once'); END;
CREATE TRIGGER family_members_no_delete BEFORE DELETE ON family_members
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'person')
    OR (NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'person' AND id = OLD.person)
        AND (OLD.name IS NULL OR EXISTS (SELECT 1 FROM family_related
            WHERE family = OLD.family AND OLD.person IN (person, to_person))))
BEGIN SELECT RAISE(ABORT, 'families are append only'); END;
CREATE TRIGGER family_members_no_replace BEFORE INSERT ON family_members
WHEN EXISTS (SELECT 1 FROM family_members WHERE seq = NEW.seq
    OR (family = NEW.family AND person = NEW.person AND ended_us IS NULL AND NEW.ended_us IS NULL))
BEGIN SELECT RAISE(ABORT, 'families are append only'); END;

CREATE TRIGGER family_related_only_end BEFORE UPDATE ON family_related
WHEN OLD.ended_us IS NOT NULL OR NEW.ended_us IS NULL
    OR NEW.seq <> OLD.seq OR NEW.family <> OLD.family OR NEW.person <> OLD.person OR NEW.relationship <> OLD.relationship
    OR NEW.to_person <> OLD.to_person OR NEW.actor <> OLD.actor OR NEW.at_us <> OLD.at_us
BEGIN SELECT RAISE(ABORT, 'families are append only: a relationship ends once'); END;
CREATE TRIGGER family_related_no_delete BEFORE DELETE ON family_related
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'person' AND id IN (OLD.person, OLD.to_person))
    AND NOT (EXISTS (SELECT 1 FROM erasing WHERE kind = 'person')
        AND NOT EXISTS (SELECT 1 FROM family_members WHERE family = OLD.family AND name IS NULL))
BEGIN SELECT RAISE(ABORT, 'families are append only'); END;
CREATE TRIGGER family_related_no_replace BEFORE INSERT ON family_related
WHEN EXISTS (SELECT 1 FROM family_related WHERE seq = NEW.seq
    OR (family = NEW.family AND person = NEW.person AND relationship = NEW.relationship AND to_person = NEW.to_person
        AND ended_us IS NULL AND NEW.ended_us IS NULL))
BEGIN SELECT RAISE(ABORT, 'families are append only'); END;
