// A server with another authority's rules: the form asks its signs, shows its suggestion and its numbers, without a build;
// and offline it keeps to the rules that it had.

import { fileURLToPath } from "node:url";
import path from "node:path";

import { answer, open, saved, start } from "./journey.mjs";
import { expect, startServer, test } from "./server.mjs";

const DATA = fileURLToPath(new URL("../../crates/engine/data", import.meta.url));
const RULES = [
  "--rule-pack",
  path.join(DATA, "rule_packs", "northbridge-example.json"),
  "--profile",
  path.join(DATA, "profiles", "northbridge.json"),
];
const FLOODED = "elements.housing_employment_finance.indicators.HF-290";

test("the form follows the rules of its server, also when the server is gone", async ({ page }) => {
  const server = await startServer({ extra: RULES });
  try {
    await page.goto(server.url);
    // Numbers to ring are the authority's own.
    await expect(page.locator("common-assessment")).toContainText("01632 960101");
    await expect(page.locator("common-assessment")).not.toContainText("0113 376 0336");
    await start(page);
    await open(page, "elements", "housing_employment_finance");
    // This sign is in no other pack.
    await answer(page, FLOODED, "yes", "radio");
    await saved(page);
  } finally {
    await server.stop();
  }
  const reply = await page.evaluate(() =>
    fetch("/api/v1/rule-pack", { cache: "only-if-cached", mode: "same-origin" }).then((kept) => kept.json()),
  );
  expect(reply.id).toBe("northbridge-example");
  await server.remove();
});

test("a server with the built-in rules sends none", async ({ page, server }) => {
  const asked = [];
  page.on("request", (request) => {
    if (request.url().includes("rule-pack")) asked.push(request.method());
  });
  await page.goto(server.url);
  await expect(page.locator("common-assessment")).toContainText("0113 376 0336");
  expect(asked).toEqual(["HEAD"]);
});
