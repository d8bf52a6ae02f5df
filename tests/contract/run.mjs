// Tries the description of the interface against a server that runs: `cargo xtask contract`. Schemathesis makes requests from
// it, right ones and wrong ones, and compares each answer with what the description says. Anything that differs is a finding.
//
//   node tests/contract/run.mjs --tool FILE [--store sqlite|postgres] [--person NAME] [--examples 300] [--only OPERATION]

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { startServer } from "../browser/server.mjs";
import { startPostgres } from "./postgres.mjs";
import { PEOPLE, filled, serving } from "./served.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const { values: wanted } = parseArgs({
  options: {
    tool: { type: "string" },
    store: { type: "string" },
    person: { type: "string" },
    only: { type: "string" },
    examples: { type: "string", default: "300" },
    seed: { type: "string" },
    phases: { type: "string", default: "examples,coverage,fuzzing,stateful" },
  },
});

if (!wanted.tool) throw new Error("Name Schemathesis with --tool, or use `cargo xtask contract`, which installs it.");

/** Which ids may be in which place of an address. */
const PLACES = [
  ["/api/v1/assessments/", "id", "assessments"],
  ["/api/v1/drafts/", "id", "drafts"],
  ["/api/v1/episodes/", "id", "episodes"],
  ["/api/v1/episodes/", "hold", "holds"],
  ["/api/v1/episodes/", "request", "requests"],
  ["/api/v1/episodes/", "member", "members"],
  ["/api/v1/people/", "id", "people"],
];

/** The settings of a run: those beside this file, and ids that exist, which half of all requests use. */
async function settings(folder, ids, authorization) {
  const hooks = `hooks = "${path.join(HERE, "hooks.py")}"`;
  const lines = [hooks, await readFile(path.join(HERE, "schemathesis.toml"), "utf8")];
  if (authorization) lines.push("[auth.openapi.token]", `bearer = "${authorization}"`);
  for (const [name, list] of Object.entries(ids)) {
    if (list.length > 0) lines.push(`[dictionaries.${name}]`, `values = ${JSON.stringify(list)}`);
  }
  const starts = [...new Set(PLACES.map(([start]) => start))];
  for (const start of starts) {
    const places = PLACES.filter(([one, , name]) => one === start && ids[name]?.length > 0);
    if (places.length === 0) continue;
    lines.push("[[operations]]", `include-path-regex = "^${start}\\\\{"`, "[operations.parameters]");
    lines.push(...places.map(([, parameter, name]) => `"path.${parameter}" = { dictionary = "${name}", probability = 0.5 }`));
  }
  const file = path.join(folder, "schemathesis.toml");
  await writeFile(file, lines.join("\n"));
  return file;
}

/** One run of the tool; whether it found nothing. */
async function tried(title, url, ids, authorization, further = []) {
  const folder = await mkdtemp(path.join(tmpdir(), "common-assessment-contract-"));
  const config = await settings(folder, ids, authorization);
  console.log(`\n== ${title}`);
  const child = spawn(
    wanted.tool,
    [
      ...["--config-file", config, "--no-color", "run", new URL("api/v1/openapi.json", url).href],
      ...["--checks", "all", "--max-examples", wanted.examples, "--phases", wanted.phases],
      ...(wanted.only ? ["--include-operation-id", wanted.only] : []),
      ...(wanted.seed ? ["--seed", wanted.seed] : []),
      ...["--generation-database", "none", "--continue-on-failure"],
      ...further,
    ],
    { cwd: folder, stdio: ["ignore", "inherit", "inherit"] },
  );
  const status = await new Promise((done, fail) => child.once("exit", done).once("error", fail));
  await rm(folder, { recursive: true, force: true });
  return status === 0;
}

/** The whole of it on one store. */
async function onStore(store) {
  const postgres = store === "postgres" ? startPostgres() : undefined;
  try {
    return await serving(postgres, async (server) => {
      let fine = true;
      for (const person of wanted.person ? [wanted.person] : Object.keys(PEOPLE)) {
        const ids = await filled(server);
        fine = (await tried(`${store}, ${person}`, server.url, ids, await server.token(person))) && fine;
      }
      return fine;
    });
  } finally {
    postgres?.stop();
  }
}

let fine = true;
for (const store of wanted.store ? [wanted.store] : ["sqlite", "postgres"]) fine = (await onStore(store)) && fine;
if (!wanted.person && !wanted.store) {
  // What only the demo has: its people, and sessions.
  const demo = await startServer();
  // There everybody is somebody, so nobody is refused for not being signed in.
  const only = ["--include-path-regex", "/(demo|session)", "--exclude-checks", "ignored_auth"];
  fine = (await tried("demo", demo.url, {}, undefined, only)) && fine;
  await demo.remove();
}
process.exitCode = fine ? 0 : 1;
