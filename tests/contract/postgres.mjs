// A PostgreSQL server for one run, on a socket in a folder of its own and on no port. It refuses to run as root, so root
// runs it as the user that Debian's package makes.

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The role that owns the tables, and the one that serves. */
const [OWNER, SERVER] = ["caf_owner", "caf_server"];

/** The folder of its programs: from the search path, or where Debian puts them, the newest first. */
function programs() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...process.env.PATH.split(path.delimiter), ...versions.map((one) => path.join(debian, one, "bin"))];
  const found = folders.find((folder) => existsSync(path.join(folder, "initdb")));
  if (!found) throw new Error("PostgreSQL is missing: run `cargo xtask setup`, or install it (Debian: postgresql).");
  return found;
}

/**
 * Starts one with an empty database.
 *
 * @returns {{server: string, owner: string, stop: () => void}} the addresses for both roles
 */
export function startPostgres() {
  const folder = mkdtempSync(path.join(tmpdir(), "assessment-contract-"));
  const bin = programs();
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o700);
  if (isRoot) execFileSync("chown", ["postgres:", folder]);
  const run = (name, args, options = {}) => {
    const program = path.join(bin, name);
    const [file, ...rest] = isRoot ? ["runuser", "--user", "postgres", "--", program, ...args] : [program, ...args];
    return execFileSync(file, rest, { cwd: folder, stdio: ["pipe", "ignore", "pipe"], ...options });
  };
  const data = path.join(folder, "data");
  run("initdb", ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata", data]);
  // By the server's own single-user mode: its client is another package.
  const sql = [
    `CREATE ROLE ${OWNER} LOGIN;`,
    `CREATE ROLE ${SERVER} LOGIN;`,
    `CREATE DATABASE assessments OWNER ${OWNER};`,
  ];
  run("postgres", ["--single", "-D", data, "postgres"], { input: `${sql.join("\n")}\n` });
  const options = `-k ${folder} -c listen_addresses='' -c max_connections=100`;
  const start = ["start", "--wait", "--silent", "--pgdata", data, "--log", path.join(folder, "log"), "--options", options];
  // The server would keep the pipe of an output open.
  run("pg_ctl", start, { stdio: "ignore" });
  const address = (role) => `postgres:///assessments?host=${folder}&user=${role}`;
  return {
    server: address(SERVER),
    owner: address(OWNER),
    stop: () => {
      run("pg_ctl", ["stop", "--mode=immediate", "--wait", "--silent", "--pgdata", data]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
