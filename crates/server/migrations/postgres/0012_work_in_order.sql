-- Lists of work in the order in which they are shown: a page reads its own rows, however many episodes concern an
-- organisation. Both columns are copies of the episode's, and the database itself keeps them so.

ALTER TABLE episode_access ADD COLUMN calm bigint NOT NULL DEFAULT 1;
ALTER TABLE episode_access ADD COLUMN due_on text COLLATE "C" NOT NULL DEFAULT '9999-12-31';

-- Row-level security holds for the owner of the tables too.
SELECT set_config('app.authority', 'yes', true);
UPDATE episode_access SET calm = episodes.calm, due_on = episodes.due_on FROM episodes WHERE episodes.id = episode_id;
SELECT set_config('app.authority', '', true);

CREATE INDEX episode_access_in_order ON episode_access (key, calm, due_on, episode_id);

-- Whom an episode concerns is written before the episode when it is new, and after it later on.
CREATE FUNCTION place_access() RETURNS trigger LANGUAGE plpgsql
AS $$
DECLARE
    the_episode record;
BEGIN
    SELECT calm, due_on INTO the_episode FROM episodes WHERE id = NEW.episode_id;
    IF FOUND THEN
        NEW.calm := the_episode.calm;
        NEW.due_on := the_episode.due_on;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION move_access() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    UPDATE episode_access SET calm = NEW.calm, due_on = NEW.due_on
    WHERE episode_id = NEW.id AND (calm <> NEW.calm OR due_on <> NEW.due_on);
    RETURN NULL;
END $$;

CREATE TRIGGER is_placed BEFORE INSERT ON episode_access FOR EACH ROW EXECUTE FUNCTION place_access();
CREATE TRIGGER place_access AFTER INSERT OR UPDATE OF calm, due_on ON episodes
    FOR EACH ROW EXECUTE FUNCTION move_access();
