-- What was published about a quarter, as it was published: small numbers are hidden in it. Never worked out again, so that
-- nobody learns from what has changed since.
CREATE TABLE take_up_quarters (
    -- Such as 2026-Q3.
    quarter TEXT PRIMARY KEY,
    document TEXT NOT NULL CHECK (json_valid(document)),
    at_us INTEGER NOT NULL
) STRICT;

CREATE TRIGGER take_up_quarters_no_update BEFORE UPDATE ON take_up_quarters
BEGIN SELECT RAISE(ABORT, 'what was published is append only'); END;
CREATE TRIGGER take_up_quarters_no_delete BEFORE DELETE ON take_up_quarters
BEGIN SELECT RAISE(ABORT, 'what was published is append only'); END;
CREATE TRIGGER take_up_quarters_no_replace BEFORE INSERT ON take_up_quarters
WHEN EXISTS (SELECT 1 FROM take_up_quarters WHERE quarter = NEW.quarter)
BEGIN SELECT RAISE(ABORT, 'what was published is append only'); END;
