-- Nothing: SQLite has no row-level security. The number belongs to PostgreSQL's migration, and both stores are numbered alike.
SELECT 1;
