// Looks into the server's database with a program other than the server: Python, which has SQLite built in.

import { execFileSync } from "node:child_process";

/** The rows that a query finds. The database is opened for reading only. */
export function rows(database, query) {
  const script =
    "import json, sqlite3, sys\n" +
    "found = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True).execute(sys.argv[2]).fetchall()\n" +
    "print(json.dumps([[v.decode() if isinstance(v, bytes) else v for v in row] for row in found]))";
  return JSON.parse(execFileSync("python3", ["-c", script, database, query], { encoding: "utf8" }));
}

/** Changes the database while the server runs, as an administrator would. */
export function change(database, statement) {
  const script =
    "import sqlite3, sys\n" +
    "with sqlite3.connect(sys.argv[1], timeout=10) as database: database.execute(sys.argv[2])";
  execFileSync("python3", ["-c", script, database, statement]);
}
