-- Whom an episode concerns, as a part of each statement that reads what a team wrote, as 0015 has it for the rest: as a function
-- it was called for each row, some hundreds of times for one list of work. What it asks is the same.

DO $$
DECLARE
    the_table text;
    the_question text;
BEGIN
    FOREACH the_table IN ARRAY ARRAY[
        'team_revisions', 'team_kept', 'team_settled', 'team_completions', 'team_circulations', 'notes'
    ]
    LOOP
        the_question := format($question$
            (coalesce((SELECT current_setting('app.authority', true)), '') = 'yes' OR EXISTS (
                SELECT 1 FROM episode_access AS access WHERE access.episode_id = %1$I.episode_id
                AND access.key IN (
                    (SELECT nullif(current_setting('app.person', true), '')),
                    (SELECT nullif(current_setting('app.organisation', true), ''))
                )
            ))
        $question$, the_table);
        EXECUTE format(
            'ALTER POLICY concerned ON %1$I USING (%2$s) WITH CHECK (%2$s AND actor = acting())', the_table, the_question
        );
    END LOOP;
END $$;
