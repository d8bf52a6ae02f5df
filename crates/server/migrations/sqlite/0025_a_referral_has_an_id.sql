-- What was sent to social care has an id that the one who sent it chose: a repeat after a lost reply asks nobody twice. What was
-- sent before has none.

ALTER TABLE sent_referrals ADD COLUMN id TEXT;

CREATE UNIQUE INDEX sent_referrals_by_id ON sent_referrals (episode_id, id);

-- Otherwise OR REPLACE would take away what was sent under that id.
DROP TRIGGER sent_referrals_no_replace;
CREATE TRIGGER sent_referrals_no_replace BEFORE INSERT ON sent_referrals
WHEN EXISTS (SELECT 1 FROM sent_referrals WHERE seq = NEW.seq
    -- No id equals none.
    OR (episode_id = NEW.episode_id AND id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'sent referrals are append only'); END;
