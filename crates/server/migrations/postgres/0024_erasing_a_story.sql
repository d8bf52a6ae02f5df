-- The story behind a number can be erased, with its earlier wordings: it may name a child after all. The same way as for records:
-- by a function of the owner's, which leaves a tombstone. Times are whole microseconds since 1970.
ALTER TABLE erased DROP CONSTRAINT erased_kind_check;
-- The id of a story is its quarter, its measure and the moment: 2026-Q3/started/1795701780000000.
ALTER TABLE erased ADD CONSTRAINT erased_kind_check CHECK (kind IN ('episode', 'draft', 'story'));

CREATE POLICY erasing ON take_up_stories USING (current_setting('app.erasing', true) = 'yes' AND erasing());

-- Erases what was written of a story until that moment. False if there is nothing.
CREATE FUNCTION erase_story(
    the_quarter text, the_measure text, the_until bigint, the_why text, the_erased_on text, the_erased_us bigint
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
AS $$ BEGIN
    -- Those for whom the stories are.
    IF acting() IS NULL OR coalesce(current_setting('app.authority', true), '') <> 'yes' THEN
        RAISE EXCEPTION 'stories are for those whose role reaches everything' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.erasing', 'yes', true);
    IF NOT EXISTS (
        SELECT 1 FROM take_up_stories WHERE quarter = the_quarter AND measure = the_measure AND at_us <= the_until
    ) THEN
        PERFORM set_config('app.erasing', '', true);
        RETURN false;
    END IF;
    INSERT INTO erased (kind, id, why, due_on, erased_on, erased_us, actor, versions, people)
        VALUES ('story', the_quarter || '/' || the_measure || '/' || the_erased_us, the_why, NULL, the_erased_on,
            the_erased_us, acting(), '[]', '[]');
    DELETE FROM take_up_stories WHERE quarter = the_quarter AND measure = the_measure AND at_us <= the_until;
    PERFORM set_config('app.erasing', '', true);
    RETURN true;
END $$;

-- No table of a session's own comes before those meant here, and nobody has it who is not given it.
DO $$ BEGIN
    EXECUTE format(
        'ALTER FUNCTION erase_story(text, text, bigint, text, text, bigint) SET search_path = %I, pg_temp', current_schema()
    );
    REVOKE ALL ON FUNCTION erase_story(text, text, bigint, text, text, bigint) FROM PUBLIC;
END $$;
