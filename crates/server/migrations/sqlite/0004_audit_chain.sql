-- The audit trail as a chain: for each entry a hash over it and the hash before, so that a row that is changed, removed, put
-- in or moved is found. Entries from before are linked by the program as it adds this table.

CREATE TABLE audit_chain (
    seq INTEGER PRIMARY KEY REFERENCES audit (seq),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER audit_chain_no_update BEFORE UPDATE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_chain_no_replace BEFORE INSERT ON audit_chain
WHEN EXISTS (SELECT 1 FROM audit_chain WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
