-- Nothing: SQLite has no row-level security, and one transaction at a time adds to the audit trail. The number belongs to
-- PostgreSQL's migration, and both stores are numbered alike.
SELECT 1;
