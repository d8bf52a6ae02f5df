-- People who sign in, their attempts and their sessions. Not records: they end, so rows here change and go.
-- Secrets are stored as SHA-256 only. Times are whole microseconds since 1970.

CREATE TABLE practitioners (
    id TEXT PRIMARY KEY,
    -- Who somebody is: who vouches for them, and that issuer's id. Never a mail address.
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    first_seen_us INTEGER NOT NULL,
    disabled_us INTEGER,
    UNIQUE (issuer, subject)
) STRICT;

CREATE TABLE sign_in_attempts (
    state_sha256 TEXT PRIMARY KEY,
    browser_sha256 TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    return_to TEXT NOT NULL,
    begun_us INTEGER NOT NULL,
    used_us INTEGER
) STRICT;

CREATE TABLE sessions (
    secret_sha256 TEXT PRIMARY KEY,
    practitioner TEXT NOT NULL REFERENCES practitioners (id),
    -- The person as their provider described them at sign-in.
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    roles TEXT NOT NULL CHECK (json_valid(roles)),
    started_us INTEGER NOT NULL,
    seen_us INTEGER NOT NULL,
    ends_us INTEGER NOT NULL,
    ended_us INTEGER
) STRICT;

CREATE INDEX sessions_by_practitioner ON sessions (practitioner);
