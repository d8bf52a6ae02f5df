-- What was sent to social care from an episode, exactly as it was shown before it was sent. Append only. Times are whole
-- microseconds since 1970.

CREATE TABLE sent_referrals (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    -- An episode that is erased takes it with it.
    episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    -- To whom, who sent it, the answers to the questions of the referral, and the document in words.
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;

CREATE INDEX sent_referrals_by_episode ON sent_referrals (episode_id, seq);

CREATE TRIGGER sent_referrals_no_update BEFORE UPDATE ON sent_referrals
BEGIN SELECT RAISE(ABORT, 'sent referrals are append only'); END;
CREATE TRIGGER sent_referrals_no_delete BEFORE DELETE ON sent_referrals
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'sent referrals are append only'); END;
CREATE TRIGGER sent_referrals_no_replace BEFORE INSERT ON sent_referrals
WHEN EXISTS (SELECT 1 FROM sent_referrals WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'sent referrals are append only'); END;
