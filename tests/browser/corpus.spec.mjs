// The vignettes through the engine as WebAssembly in a real browser and through the server over HTTP: both give, to the
// byte, what the native engine gives. The native test keeps the digests (`tests/vignettes/digests.txt`) and judges
// whether they are right; this one only compares (B56). `ENGINE_WASM` names the module; `cargo xtask test` builds it.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "./server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MODULE =
  process.env.ENGINE_WASM ??
  path.join(
    process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"),
    "wasm32-unknown-unknown/wasm-release/examples/engine_alone.wasm",
  );
const FOLDER = path.join(ROOT, "tests", "vignettes");

const digests = new Map(
  readFileSync(path.join(FOLDER, "digests.txt"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("  ").reverse()),
);
const vignettes = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => JSON.parse(readFileSync(path.join(FOLDER, name), "utf8")));
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Ids whose result is not the one that is kept. */
const different = (results) => vignettes.map(({ id }, at) => [id, sha256(results[at])])
  .filter(([id, digest]) => digests.get(id) !== digest)
  .map(([id]) => id);

test("every vignette has a digest and every digest a vignette", () => {
  expect(vignettes.length).toBeGreaterThanOrEqual(90);
  expect([...digests.keys()].sort()).toEqual(vignettes.map(({ id }) => id).sort());
});

test("the engine in this browser says the same as the native one, to the byte", async ({ page }) => {
  await page.goto("/");
  const results = await page.evaluate(
    async ([base64, records]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const { instance } = await WebAssembly.instantiate(bytes);
      const { memory, room, place, judge } = instance.exports;
      return records.map(([answers, on]) => {
        const text = new TextEncoder().encode(JSON.stringify(answers));
        const at = room(text.length);
        new Uint8Array(memory.buffer, at, text.length).set(text);
        const length = judge(...on.split("-").map(Number));
        const result = new TextDecoder().decode(new Uint8Array(memory.buffer, place(), length));
        // The first line is the outcome; the problems follow.
        return result.split("\n")[0];
      });
    },
    [readFileSync(MODULE).toString("base64"), vignettes.map(({ answers, on }) => [answers, on])],
  );
  expect(different(results)).toEqual([]);
});

test("the server says the same over HTTP, to the byte", async ({ server }) => {
  const results = [];
  for (const { answers, on } of vignettes) {
    const reply = await fetch(`${server.url}api/v1/evaluations`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ form_version: "caf-2026.1", answers, as_of: on }),
    });
    expect(reply.status).toBe(200);
    results.push(await reply.text());
  }
  expect(different(results)).toEqual([]);
});
