-- The story behind a number of take-up, as people who plan wrote it. The wording with the highest number is the story as it is;
-- one without words takes it away, and the earlier ones stay. It is to be about nobody: erasing a child's records does not look into it.
CREATE TABLE take_up_stories (
    -- Such as 2026-Q3. Only what was published has a story.
    quarter TEXT NOT NULL REFERENCES take_up_quarters (quarter),
    -- Such as started.
    measure TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    document TEXT NOT NULL CHECK (json_valid(document)),
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (quarter, measure, revision)
) STRICT;

CREATE TRIGGER take_up_stories_no_update BEFORE UPDATE ON take_up_stories
BEGIN SELECT RAISE(ABORT, 'stories are append only'); END;
CREATE TRIGGER take_up_stories_no_delete BEFORE DELETE ON take_up_stories
BEGIN SELECT RAISE(ABORT, 'stories are append only'); END;
CREATE TRIGGER take_up_stories_no_replace BEFORE INSERT ON take_up_stories
WHEN EXISTS (SELECT 1 FROM take_up_stories
    WHERE quarter = NEW.quarter AND measure = NEW.measure AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'stories are append only'); END;
