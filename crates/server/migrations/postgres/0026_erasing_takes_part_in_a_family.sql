-- Erasing somebody is a further revision of each of their families, so that a change of the family at the same moment is either
-- erased with them or refused.

-- With the tombstone goes what families held of its people: their memberships and how they were related, names that said who
-- somebody is to them alone, and families of nobody.
CREATE OR REPLACE FUNCTION erase_from_families() RETURNS trigger LANGUAGE plpgsql
AS $$
DECLARE
    the_people text[] := ARRAY(SELECT json_array_elements_text(NEW.people));
    the_families text[];
BEGIN
    IF NEW.kind <> 'episode' OR NOT erasing() THEN
        RETURN NULL;
    END IF;
    the_families := ARRAY(SELECT DISTINCT family FROM family_members WHERE person = ANY (the_people));
    -- A change that is under way is waited for, and what it added goes too. One that comes later finds another revision.
    PERFORM 1 FROM families WHERE id = ANY (the_families) ORDER BY id FOR UPDATE;
    UPDATE families SET revision = revision + 1 WHERE id = ANY (the_families);
    DELETE FROM family_related WHERE person = ANY (the_people) OR to_person = ANY (the_people);
    DELETE FROM family_members WHERE person = ANY (the_people);
    -- Where only names are left, nobody may see them any more.
    DELETE FROM family_related WHERE family = ANY (the_families)
        AND NOT EXISTS (SELECT 1 FROM family_members AS one WHERE one.family = family_related.family AND one.name IS NULL);
    UPDATE family_members SET record = NULL WHERE name IS NOT NULL AND record = ANY (the_people);
    DELETE FROM family_members AS one WHERE name IS NOT NULL AND family = ANY (the_families)
        AND NOT EXISTS (SELECT 1 FROM family_related AS other
            WHERE other.family = one.family AND one.person IN (other.person, other.to_person));
    DELETE FROM families WHERE id = ANY (the_families)
        AND NOT EXISTS (SELECT 1 FROM family_members WHERE family = families.id);
    RETURN NULL;
END $$;
