-- People who sign in, their attempts and their sessions. Not records: they end, so rows here change and go.
-- They belong to no actor, so row-level security does not cover them: nobody is known yet who could be named.
-- Secrets are stored as SHA-256 only. Times are whole microseconds since 1970.

CREATE TABLE practitioners (
    id text PRIMARY KEY,
    -- Who somebody is: who vouches for them, and that issuer's id. Never a mail address.
    issuer text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    organisation text NOT NULL,
    first_seen_us bigint NOT NULL,
    disabled_us bigint,
    UNIQUE (issuer, subject)
);

CREATE TABLE sign_in_attempts (
    state_sha256 text PRIMARY KEY,
    browser_sha256 text NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    return_to text NOT NULL,
    begun_us bigint NOT NULL,
    used_us bigint
);

CREATE TABLE sessions (
    secret_sha256 text PRIMARY KEY,
    practitioner text NOT NULL REFERENCES practitioners (id),
    -- The person as their provider described them at sign-in.
    issuer text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    organisation text NOT NULL,
    roles text NOT NULL,
    started_us bigint NOT NULL,
    seen_us bigint NOT NULL,
    ends_us bigint NOT NULL,
    ended_us bigint
);

CREATE INDEX sessions_by_practitioner ON sessions (practitioner);
