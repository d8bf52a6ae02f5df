-- What partners' servers are told, ids and kinds only, stored in the transaction of what it tells. Append only, and erased
-- with the episode. Times are whole microseconds since 1970.
CREATE TABLE webhook_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    partner TEXT NOT NULL,
    kind TEXT NOT NULL,
    episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    version_id TEXT,
    at_us INTEGER NOT NULL
) STRICT;

CREATE INDEX webhook_events_by_partner ON webhook_events (partner, seq);
CREATE INDEX webhook_events_by_episode ON webhook_events (episode_id);

CREATE TRIGGER webhook_events_no_update BEFORE UPDATE ON webhook_events
BEGIN SELECT RAISE(ABORT, 'what partners are told is append only'); END;
CREATE TRIGGER webhook_events_no_delete BEFORE DELETE ON webhook_events
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'episode' AND id = OLD.episode_id)
BEGIN SELECT RAISE(ABORT, 'what partners are told is append only'); END;
CREATE TRIGGER webhook_events_no_replace BEFORE INSERT ON webhook_events
WHEN EXISTS (SELECT 1 FROM webhook_events WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'what partners are told is append only'); END;

-- How far each delivery is. No record: it changes with each attempt.
CREATE TABLE webhook_deliveries (
    event_id TEXT PRIMARY KEY REFERENCES webhook_events (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    -- Since it was stored, or asked for again.
    attempts INTEGER NOT NULL,
    since_us INTEGER NOT NULL,
    due_us INTEGER NOT NULL,
    -- How the last attempt ended: the status of the answer, or a fixed word.
    outcome TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_deliveries_open ON webhook_deliveries (state, due_us) WHERE state <> 'delivered';
