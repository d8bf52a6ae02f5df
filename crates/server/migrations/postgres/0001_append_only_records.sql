-- Assessments, drafts, the keys that make sending repeatable, and who did what.
-- Append only: nothing here is ever changed or removed, and the database itself refuses to do so, even to the owner of the
-- tables. The role that serves may only read and add; it is given that by the program, which knows its name.
-- Rows belong to an actor. Row-level security shows and takes only those of the actor that the transaction names in
-- `app.actor`; without one there are none.

CREATE FUNCTION acting() RETURNS text LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('app.actor', true), '') $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;

CREATE TABLE assessments (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    reference text NOT NULL UNIQUE CHECK (length(reference) <= 20),
    actor text NOT NULL CHECK (actor <> ''),
    -- Moments are whole microseconds since 1970 in UTC, as in SQLite.
    received_us bigint NOT NULL,
    form_version text NOT NULL,
    pack_version text NOT NULL,
    -- The exact bytes of the request's body, and their SHA-256.
    body bytea NOT NULL,
    sha256 text NOT NULL CHECK (length(sha256) = 64),
    -- Type json keeps the text as it was sent; jsonb would not.
    answers json NOT NULL,
    outcome json NOT NULL,
    difference json,
    child_name text,
    suggestion_certain text NOT NULL,
    suggestion_possible text NOT NULL,
    suggestion_not_ruled_out text NOT NULL
);

CREATE INDEX assessments_by_actor ON assessments (actor, received_us, seq);

CREATE TABLE idempotency_keys (
    actor text NOT NULL CHECK (actor <> ''),
    key text NOT NULL,
    assessment_id text NOT NULL REFERENCES assessments (id),
    sha256 text NOT NULL CHECK (length(sha256) = 64),
    -- What was answered, to be answered again.
    receipt json NOT NULL,
    PRIMARY KEY (actor, key)
);

-- The ids of all drafts without a word on whose they are: row-level security hides the drafts of others, and their ids
-- must not be used twice.
CREATE TABLE draft_ids (
    draft_id text PRIMARY KEY
);

CREATE TABLE draft_revisions (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    draft_id text NOT NULL REFERENCES draft_ids (draft_id),
    revision bigint NOT NULL CHECK (revision >= 1),
    actor text NOT NULL CHECK (actor <> ''),
    saved_us bigint NOT NULL,
    -- A deletion is a revision without content; what was there before stays.
    body bytea,
    sha256 text,
    form_version text,
    UNIQUE (draft_id, revision),
    CHECK ((body IS NULL) = (sha256 IS NULL) AND (body IS NULL) = (form_version IS NULL))
);

CREATE INDEX draft_revisions_by_actor ON draft_revisions (actor, draft_id, revision);

-- Who did what to which record, and when; never what the form says.
CREATE TABLE audit (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at_us bigint NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL
);

CREATE INDEX audit_by_subject ON audit (subject_kind, subject_id);
CREATE INDEX audit_by_actor ON audit (actor, seq);

-- For each statement, so that it is refused even where it would find no row.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessments
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON idempotency_keys
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draft_ids
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draft_revisions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE assessments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON assessments USING (actor = acting()) WITH CHECK (actor = acting());
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON idempotency_keys USING (actor = acting()) WITH CHECK (actor = acting());
ALTER TABLE draft_revisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON draft_revisions USING (actor = acting()) WITH CHECK (actor = acting());
ALTER TABLE audit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON audit USING (actor = acting()) WITH CHECK (actor = acting());
