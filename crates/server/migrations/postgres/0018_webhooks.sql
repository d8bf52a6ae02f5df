-- What partners' servers are told, ids and kinds only, stored in the transaction of what it tells. Append only, and erased
-- with the episode. Times are whole microseconds since 1970.
-- No policy: nobody is acting when it is sent.
CREATE TABLE webhook_events (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    partner text NOT NULL,
    kind text NOT NULL,
    episode_id text NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    version_id text,
    at_us bigint NOT NULL
);

CREATE INDEX webhook_events_by_partner ON webhook_events (partner, seq);
CREATE INDEX webhook_events_by_episode ON webhook_events (episode_id);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON webhook_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How far each delivery is. No record: it changes with each attempt.
CREATE TABLE webhook_deliveries (
    event_id text PRIMARY KEY REFERENCES webhook_events (id) ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    -- Since it was stored, or asked for again.
    attempts bigint NOT NULL,
    since_us bigint NOT NULL,
    due_us bigint NOT NULL,
    -- How the last attempt ended: the status of the answer, or a fixed word.
    outcome text
);

CREATE INDEX webhook_deliveries_open ON webhook_deliveries (state, due_us) WHERE state <> 'delivered';
