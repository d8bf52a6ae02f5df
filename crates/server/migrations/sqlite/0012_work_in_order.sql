-- Lists of work in the order in which they are shown: a page reads its own rows, however many episodes concern an
-- organisation. Both columns are copies of the episode's, and the database itself keeps them so.

ALTER TABLE episode_access ADD COLUMN calm INTEGER NOT NULL DEFAULT 1;
ALTER TABLE episode_access ADD COLUMN due_on TEXT NOT NULL DEFAULT '9999-12-31';

UPDATE episode_access SET (calm, due_on) = (SELECT calm, due_on FROM episodes WHERE id = episode_id)
WHERE episode_id IN (SELECT id FROM episodes);

CREATE INDEX episode_access_in_order ON episode_access (key, calm, due_on, episode_id);

-- Whom an episode concerns is written before the episode when it is new, and after it later on.
CREATE TRIGGER episode_access_is_placed AFTER INSERT ON episode_access
WHEN EXISTS (SELECT 1 FROM episodes WHERE id = NEW.episode_id)
BEGIN
    UPDATE episode_access SET (calm, due_on) = (SELECT calm, due_on FROM episodes WHERE id = NEW.episode_id)
    WHERE key = NEW.key AND episode_id = NEW.episode_id;
END;
CREATE TRIGGER episodes_place_access AFTER INSERT ON episodes
BEGIN UPDATE episode_access SET calm = NEW.calm, due_on = NEW.due_on WHERE episode_id = NEW.id; END;
CREATE TRIGGER episodes_move_access AFTER UPDATE ON episodes
WHEN NEW.calm <> OLD.calm OR NEW.due_on <> OLD.due_on
BEGIN UPDATE episode_access SET calm = NEW.calm, due_on = NEW.due_on WHERE episode_id = NEW.id; END;
