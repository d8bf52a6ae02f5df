-- The story behind a number of take-up, as people who plan wrote it. The wording with the highest number is the story as it is;
-- one without words takes it away, and the earlier ones stay. It is to be about nobody: erasing a child's records does not look into it.
CREATE TABLE take_up_stories (
    -- Such as 2026-Q3. Only what was published has a story.
    quarter text COLLATE "C" NOT NULL REFERENCES take_up_quarters (quarter),
    -- Such as started.
    measure text COLLATE "C" NOT NULL,
    revision bigint NOT NULL CHECK (revision >= 1),
    document json NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL,
    PRIMARY KEY (quarter, measure, revision)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON take_up_stories
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE take_up_stories ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY authority ON take_up_stories
    USING (coalesce(current_setting('app.authority', true), '') = 'yes')
    WITH CHECK (coalesce(current_setting('app.authority', true), '') = 'yes' AND actor = acting());

-- Take-up counts how many own pages have a day of training. Only the program itself reads them for it, never a person.
CREATE POLICY counted ON own_pages FOR SELECT
    USING (acting() = 'system' AND coalesce(current_setting('app.authority', true), '') = 'yes');
