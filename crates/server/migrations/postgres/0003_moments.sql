-- Nothing to do: moments have been whole microseconds here from the start. The numbers are those of SQLite.
SELECT 1;
