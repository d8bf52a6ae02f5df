// The real server, for tests: a free port, a new folder, a new database. Import `test` and `expect` from here instead of
// from Playwright:
//
//   test("…", async ({ page, server }) => { await page.goto("/"); … server.output() … });
//
// The tests of a worker share one server for each day that they set with `today`: what a browser stores belongs to a
// test's own context, and what tests send adds up harmlessly. A test that counts what the server has stored, or stops it,
// asks for its own: `test.use({ fresh: true })`. `startServer()` gives a second one.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { test as base, expect } from "@playwright/test";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM =
  process.env.ASSESSMENT_SERVER ??
  path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "release", "assessment-server");
/** Milliseconds until a server that does not answer counts as failed. */
const PATIENCE = 20_000;

/** A port that was free a moment ago. */
export async function freePort() {
  const probe = createServer();
  await new Promise((done, fail) => probe.once("error", fail).listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

async function untilHealthy(url, child, output) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    try {
      const reply = await fetch(new URL("api/v1/health", url));
      if (reply.ok) return;
    } catch {
      // It does not listen yet.
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`The server at ${PROGRAM} did not become ready.\n${output()}`);
}

/**
 * Starts a server.
 *
 * @param {{port?: number, folder?: string, assets?: string, demo?: boolean, database?: boolean, extra?: string[]}} [options]
 *   `folder` holds the database and is the caller's to remove when given; `assets` replaces dist/; `demo: false` leaves the
 *   demo identity out, `database: false` the SQLite file; `extra` are further arguments of the server.
 * @returns {Promise<{url: string, port: number, folder: string, database: string, output: () => string,
 *   extra: string[], pid: number, stop: (signal?: NodeJS.Signals) => Promise<void>, again: (more?: object) => Promise<object>,
 *   remove: () => Promise<void>}>}
 *   `output()` is everything it has printed so far; `stop` waits for its end; `again` starts it once more at the same place,
 *   with other options where they are given; `remove` also deletes its folder.
 */
export async function startServer(options = {}) {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), "common-assessment-")));
  const port = options.port ?? (await freePort());
  const database = path.join(folder, "assessments.sqlite3");
  const child = spawn(
    PROGRAM,
    [
      ...(options.demo === false ? [] : ["--demo-identity"]),
      ...["--listen", `127.0.0.1:${port}`],
      ...(options.database === false ? [] : ["--database", database]),
      ...["--assets", options.assets ?? path.join(ROOT, "dist")],
      ...(options.extra ?? []),
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
  );
  const chunks = [];
  const output = () => Buffer.concat(chunks).toString("utf8");
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.on("data", (chunk) => chunks.push(chunk));
  const ended = new Promise((done, fail) => {
    child.once("exit", done);
    child.once("error", (error) =>
      fail(new Error(`${PROGRAM} could not be started (${error.message}). Run \`cargo xtask build\` first.`)),
    );
  });
  const stop = async (signal = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  const remove = async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}/`;
  try {
    await Promise.race([untilHealthy(url, child, output), ended.then(() => untilHealthy(url, child, output))]);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  const again = (more) => startServer({ ...options, port, folder, ...more });
  return { url, port, folder, database, output, extra: options.extra ?? [], pid: child.pid, stop, again, remove };
}

const start = (today) => startServer({ extra: today ? ["--today", today] : [] });

/** Runs in the page before the form does: this window's practitioner is on their own, unless they said otherwise. */
export function onOwn() {
  try {
    if (!sessionStorage.getItem("common-assessment-mode")) sessionStorage.setItem("common-assessment-mode", "on-own");
  } catch {
    // A page without an address has no storage.
  }
}

export const test = base.extend({
  /** The server's day, where a test needs another than today: `2026-11-23`. */
  today: [undefined, { option: true }],
  /** A server that no other test has seen or will see. */
  fresh: [false, { option: true }],
  /** This worker's servers by day. */
  shared: [
    async ({}, use) => {
      const servers = new Map();
      await use((today) => {
        if (!servers.has(today)) servers.set(today, start(today));
        return servers.get(today);
      });
      for (const server of servers.values()) await (await server).remove();
    },
    { scope: "worker" },
  ],
  /** Whether the window begins as a practitioner's does, with the family looking on; most tests are on their own. */
  withFamily: [false, { option: true }],
  context: async ({ context, withFamily }, use) => {
    if (!withFamily) await context.addInitScript(onOwn);
    await use(context);
  },
  server: async ({ today, fresh, shared }, use) => {
    if (!fresh) return use(await shared(today));
    const server = await start(today);
    await use(server);
    await server.remove();
  },
  baseURL: async ({ server }, use) => {
    await use(server.url);
  },
});

export { expect };
