// Programs that a browser needs beside it: a screen, a driver. Each is ended by its own process, and so is what it started.

import { spawn } from "node:child_process";

/**
 * Starts a program. `file` 3 is a pipe from it.
 *
 * @returns {{child: import("node:child_process").ChildProcess, output: () => string, end: () => Promise<void>}}
 */
export function startProgram(path, parameters, environment = {}) {
  // A group of its own, so that its children can be ended with it.
  const child = spawn(path, parameters, {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const chunks = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.on("data", (chunk) => chunks.push(chunk));
  const ended = new Promise((done) => child.once("error", done).once("exit", done));
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  process.once("exit", kill);
  const end = async () => {
    kill();
    process.removeListener("exit", kill);
    await ended;
  };
  return { child, output: () => Buffer.concat(chunks).toString("utf8"), end, ended };
}
