-- Whom an episode concerns, as a part of each statement. As a function it was called for each row that a list reads, which
-- took as long as reading the row. What it asks is the same.

DO $$
DECLARE
    the_table text;
    the_episode text;
    the_question text;
BEGIN
    FOR the_table, the_episode IN VALUES
        ('episodes', 'id'), ('episode_revisions', 'episode_id'), ('versions', 'episode_id'), ('grants', 'episode_id'),
        ('episode_places', 'episode_id')
    LOOP
        the_question := format($question$
            coalesce((SELECT current_setting('app.authority', true)), '') = 'yes' OR EXISTS (
                SELECT 1 FROM episode_access AS access WHERE access.episode_id = %1$I.%2$I
                AND access.key IN (
                    (SELECT nullif(current_setting('app.person', true), '')),
                    (SELECT nullif(current_setting('app.organisation', true), ''))
                )
            )
        $question$, the_table, the_episode);
        EXECUTE format('ALTER POLICY concerned ON %1$I USING (%2$s) WITH CHECK (%2$s)', the_table, the_question);
    END LOOP;
END $$;

-- Waits until nobody else adds to the audit trail, and gives its last entry as it is then: each statement in here sees what
-- was saved before it began. The lock is held until the transaction ends.
CREATE FUNCTION last_link() RETURNS TABLE (seq bigint, hash bytea) LANGUAGE plpgsql VOLATILE
AS $$ BEGIN
    PERFORM pg_advisory_xact_lock(0, 43);
    RETURN QUERY SELECT audit_chain.seq, audit_chain.hash FROM audit_chain ORDER BY audit_chain.seq DESC LIMIT 1;
END $$;
