// Every vignette through the shipped WebAssembly in a real browser, and through the server over HTTP: both give, to the
// byte, what the native engine gives. The native test keeps the digests (`tests/vignettes/digests.txt`) and judges whether
// they are right; this one only compares.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "./server.mjs";

const FOLDER = fileURLToPath(new URL("../vignettes", import.meta.url));

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

/** Ids whose result differs from the one that is kept. */
const different = (results) =>
  vignettes
    .map(({ id }, at) => [id, sha256(results[at])])
    .filter(([id, digest]) => digests.get(id) !== digest)
    .map(([id]) => id);

/** Calls the program's `evaluate` in the page for each record. An error gives its message. */
const inBrowser = (page, records) =>
  page.evaluate(async (records) => {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    // The module that the loader has fetched, checked and started.
    const { evaluate } = await import(loaded.find((name) => /common-assessment-[0-9a-f]{16}\.js$/.test(name)));
    return records.map(([answers, on]) => {
      try {
        return evaluate(answers, on);
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    });
  }, records);

test("every vignette has a digest and every digest a vignette", () => {
  expect(vignettes.length).toBeGreaterThanOrEqual(90);
  expect([...digests.keys()].sort()).toEqual(vignettes.map(({ id }) => id).sort());
});

test("the shipped program says the same as the native engine, to the byte", async ({ page }) => {
  await page.goto("/");
  await page.locator("common-assessment h1").waitFor();
  const records = vignettes.map(({ answers, on }) => [JSON.stringify(answers), on]);
  expect(different(await inBrowser(page, records))).toEqual([]);
});

test("what cannot be evaluated gives an error that repeats no answer", async ({ page }) => {
  await page.goto("/");
  await page.locator("common-assessment h1").waitFor();
  const records = [["{\"danger_now\": \"Zebedee", "2026-11-23"], ["[]", "2026-11-23"], ["{}", "2026-02-30"]];
  expect(await inBrowser(page, records)).toEqual([
    "Error: `answers` is not a JSON record",
    "Error: `answers` is not a JSON record",
    "Error: `today` is not a day such as 2026-11-23",
  ]);
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
