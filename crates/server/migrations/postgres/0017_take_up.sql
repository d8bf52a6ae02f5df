-- What was published about a quarter, as it was published: small numbers are hidden in it. Never worked out again, so that
-- nobody learns from what has changed since.
CREATE TABLE take_up_quarters (
    -- Such as 2026-Q3.
    quarter text COLLATE "C" PRIMARY KEY,
    document json NOT NULL,
    at_us bigint NOT NULL
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON take_up_quarters
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE take_up_quarters ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY authority ON take_up_quarters
    USING (coalesce(current_setting('app.authority', true), '') = 'yes')
    WITH CHECK (coalesce(current_setting('app.authority', true), '') = 'yes');
