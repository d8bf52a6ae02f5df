// A server with another authority's rules: the form asks its indicators and shows its suggestion and
// telephone numbers without a new build; offline it keeps the rules that it had.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import path from "node:path";

import { answer, open, saved, start } from "./journey.mjs";
import { clean } from "./axe.mjs";
import { expect, startServer, test } from "./server.mjs";
import { say } from "./words.mjs";

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
    // No other pack has this indicator.
    await answer(page, FLOODED, "yes", "radio");
    await saved(page);
    // The front door has this authority's name, also among the options.
    await open(page, "conclusions");
    await expect(page.locator("common-assessment")).toContainText("Phone Children's Front Door today");
    await expect(page.locator("common-assessment")).not.toContainText("Duty and Advice");
  } finally {
    await server.stop();
  }
  const reply = await page.evaluate(() =>
    fetch("/api/v1/rule-pack", { cache: "only-if-cached", mode: "same-origin" }).then((kept) => kept.json()),
  );
  expect(reply.id).toBe("northbridge-example");
  await server.remove();
});

test("another profile with the built-in rules gives its own name to the front door", async ({ page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), "profile-"));
  const own = JSON.parse(readFileSync(path.join(DATA, "profiles", "leeds.json"), "utf8"));
  own.terms.front_door = "Harbour Desk";
  const file = path.join(folder, "own.json");
  writeFileSync(file, JSON.stringify(own));
  const server = await startServer({ extra: ["--profile", file] });
  try {
    await page.goto(server.url);
    await start(page);
    await open(page, "conclusions");
    await expect(page.locator("common-assessment")).toContainText("Phone Harbour Desk today");
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true });
  }
});

test("a server with the built-in rules sends none", async ({ page, server }) => {
  const asked = [];
  page.on("request", (request) => {
    if (/rule-pack|profile/.test(request.url())) asked.push(request.method());
  });
  await page.goto(server.url);
  await expect(page.locator("common-assessment")).toContainText("0113 376 0336");
  expect(asked).toEqual(["HEAD"]);
});

for (const [what, reply] of [
  ["cannot be read", (route) => route.fulfill({ contentType: "application/json", headers: { etag: '"x"', "profile-etag": '"x"' }, body: "{}" })],
  ["cannot be fetched", (route) => route.abort()],
]) {
  test(`where the rules of the server ${what}, every page says that the numbers may be another council's`, async ({ page, server }) => {
    await page.route(/api\/v1\/(rule-pack|profile)/, reply);
    await page.goto(server.url);
    const note = page.locator(".ca-other-rules");
    await expect(note).toHaveText(say("rules.refused"));
    await clean(page, `rules that ${what}`);
    await start(page, "yes");
    await expect(note).toBeVisible();
    await open(page, "consent");
    await expect(note).toBeVisible();
  });
}
