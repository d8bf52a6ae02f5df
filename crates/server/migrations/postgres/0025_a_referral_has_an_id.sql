-- What was sent to social care has an id that the one who sent it chose: a repeat after a lost reply asks nobody twice. What was
-- sent before has none.

ALTER TABLE sent_referrals ADD COLUMN id text;

CREATE UNIQUE INDEX sent_referrals_by_id ON sent_referrals (episode_id, id);
