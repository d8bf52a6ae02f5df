-- The audit trail as a chain: for each entry a hash over it and the hash before, so that a row that is changed, removed, put
-- in or moved is found. It says nothing of anyone, so no policy hides it: each entry follows on those of others.

CREATE TABLE audit_chain (
    seq bigint PRIMARY KEY REFERENCES audit (seq),
    hash bytea NOT NULL CHECK (length(hash) = 32)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_chain
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
