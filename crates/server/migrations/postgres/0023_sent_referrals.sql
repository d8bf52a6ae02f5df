-- What was sent to social care from an episode, exactly as it was shown before it was sent. Append only. Times are whole
-- microseconds since 1970.

CREATE TABLE sent_referrals (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- An episode that is erased takes it with it.
    episode_id text NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    -- To whom, who sent it, the answers to the questions of the referral, and the document in words.
    document json NOT NULL
);

CREATE INDEX sent_referrals_by_episode ON sent_referrals (episode_id, seq);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sent_referrals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE sent_referrals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- As 0020 has it for what a team wrote: asked once for a statement.
CREATE POLICY concerned ON sent_referrals
    USING (
        coalesce((SELECT current_setting('app.authority', true)), '') = 'yes' OR EXISTS (
            SELECT 1 FROM episode_access AS access WHERE access.episode_id = sent_referrals.episode_id
            AND access.key IN (
                (SELECT nullif(current_setting('app.person', true), '')),
                (SELECT nullif(current_setting('app.organisation', true), ''))
            )
        )
    )
    WITH CHECK (
        (coalesce((SELECT current_setting('app.authority', true)), '') = 'yes' OR EXISTS (
            SELECT 1 FROM episode_access AS access WHERE access.episode_id = sent_referrals.episode_id
            AND access.key IN (
                (SELECT nullif(current_setting('app.person', true), '')),
                (SELECT nullif(current_setting('app.organisation', true), ''))
            )
        ))
        AND actor = acting()
    );
