// The client in TypeScript (`examples/typescript-client`): made from the description of the interface, and works against a
// real server. No browser takes part; it is here because it needs the built server and the programs of npm.

import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { build } from "esbuild";

import { complete, serving } from "../contract/served.mjs";
import { expect, test } from "./server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const EXAMPLE = path.join(ROOT, "examples/typescript-client");
const program = (name) => path.join(ROOT, "node_modules/.bin", name);

test("the types of the client are those of the description", async () => {
  const made = execFileSync(program("openapi-typescript"), ["docs/openapi.json"], { cwd: ROOT, encoding: "utf8" });
  const kept = await readFile(path.join(EXAMPLE, "schema.d.ts"), "utf8");
  expect(kept === made, "examples/typescript-client/schema.d.ts is old. Run: npm run example:generate").toBe(true);
});

test("the example is right by its types, and a made-up question is not", async () => {
  execFileSync(program("tsc"), ["--project", EXAMPLE], { cwd: ROOT });
  const folder = await mkdtemp(path.join(EXAMPLE, ".check-"));
  try {
    // Each line of these is wrong in one thing.
    const right = ['import { type Answers, client } from "../client.ts";', 'const caf = client("", async () => "");'];
    const wrong = [
      "const answers: Answers = { no_such_section: {} };",
      'await caf.GET("/api/v1/no-such-address");',
      'await caf.POST("/api/v1/assessments", { body: { form_version: "caf-2026.3", answers: {} } });',
      'await caf.POST("/api/v1/evaluations", { body: { form_version: "caf-1999", answers: {} } });',
      'await caf.POST("/api/v1/evaluations", { body: { form_version: "caf-2026.3" } });',
    ];
    await writeFile(path.join(folder, "wrong.ts"), [...right, ...wrong].join("\n"));
    const config = { extends: "../tsconfig.json", include: ["*.ts"] };
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(config));
    const failed = await promisify(execFile)(program("tsc"), ["--project", folder], { cwd: ROOT }).catch((error) => error);
    const lines = new Set(Array.from(failed.stdout.matchAll(/wrong\.ts\((\d+),/g), ([, line]) => Number(line)));
    expect([...lines]).toEqual(wrong.map((_, index) => right.length + index + 1));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the example sends a record, reads it back and lists it", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "common-assessment-client-"));
  try {
    await serving(undefined, async ({ url, token }) => {
      const [script, answers, tokenFile] = ["example.mjs", "answers.json", "token"].map((name) => path.join(folder, name));
      await build({
        entryPoints: [path.join(EXAMPLE, "send_and_read.ts")],
        ...{ bundle: true, platform: "node", format: "esm", target: "node20", outfile: script, logLevel: "error" },
      });
      await writeFile(tokenFile, await token("all"), { mode: 0o600 });
      await writeFile(answers, JSON.stringify(await complete()));
      const run = () =>
        promisify(execFile)(process.execPath, [script, answers], {
          env: { ...process.env, CAF_SERVER: url, CAF_TOKEN_FILE: tokenFile },
        });
      const { stdout } = await run();
      expect(stdout).toMatch(/^sent: (CAF\w{12}), suggestion R\d, \d urgent\nread: \1, form caf-2026\.3, \d+ not recorded\n/);
      expect(stdout).toMatch(/listed: 1, the newest is CAF\w{12}\nmy work: 1\n$/);

      await writeFile(answers, JSON.stringify({ danger_now: "no" }));
      await expect(run()).rejects.toThrow(/422 answers-refused/);
      await writeFile(tokenFile, "made-up");
      await expect(run()).rejects.toThrow(/401 token-refused/);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
