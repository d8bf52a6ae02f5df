// Takes the pictures of the README with the real form and an invented case: node tests/browser/shots.mjs [folder]
// Without a folder it writes the eight pictures of docs/screenshots/; with one, every page at three widths.

import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import config from "./playwright.config.mjs";
import { cases, fillCase, onDay, open, saved, send, start, toTasks } from "./journey.mjs";
import { startServer } from "./server.mjs";
import { say } from "./words.mjs";

const folder = process.argv[2] ?? fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
const everything = process.argv.length > 2;
mkdirSync(folder, { recursive: true });

const { today, answers } = cases["toddler-with-speech-delay"];
const server = await startServer({ extra: ["--today", today] });
const browser = await chromium.launch(config.use.launchOptions);
const context = await browser.newContext({ baseURL: server.url, locale: "en-GB", timezoneId: "Europe/London" });
const page = await context.newPage();

/** One picture; with a folder, of the whole page at each width. */
async function shot(name, { width = 1024, height = 680, at } = {}) {
  for (const size of everything ? [320, 768, 1280] : [width]) {
    await page.setViewportSize({ width: size, height: size === 320 ? 640 : height });
    await page.evaluate(() => scrollTo(0, 0));
    // Below the bar that stays at the top.
    if (at && !everything) {
      await page.locator(at).first().evaluate((element) => scrollBy(0, element.getBoundingClientRect().top - 80));
    }
    const status = page.locator(".ca-child-bar__status");
    if (await status.count()) await saved(page);
    const file = path.join(folder, everything ? `${name}-${size}.png` : `${name}.png`);
    await page.screenshot({ path: file, fullPage: everything, scale: "css" });
  }
}

await onDay(page, today);
await page.goto("/");
await page.getByRole("button", { name: say("start.begin") }).waitFor();
await shot("start");
await start(page, "yes");
await page.goBack();
await page.locator(".ca-urgent").waitFor();
await shot("urgent");
if (everything) {
  await toTasks(page).catch(() => page.goForward());
  await open(page, "check");
  await page.getByRole("button", { name: say("submit.button") }).click();
  await page.locator(".govuk-error-summary").waitFor();
  await shot("errors");
}
await toTasks(page).catch(() => page.goForward());
await page.getByRole("link", { name: say("back.start") }).first().click();
await fillCase(page, answers, async (name) => {
  if (everything) await shot(name);
});
await saved(page);
const acknowledge = page.getByRole("button", { name: say("urgent.acknowledge") });
while (await acknowledge.count()) await acknowledge.first().click();
await shot("tasks");
await open(page, "elements");
if (everything) await shot("boxes");
await open(page, "elements", "speech_language_communication");
await shot("box", { at: "h1" });
await shot("box-narrow", { width: 320, height: 640, at: "h1" });
await open(page, "conclusions");
await page.locator(".ca-suggestion summary").first().click();
await shot("suggestion", { at: ".ca-suggestion" });
await open(page, "check");
await shot("check", { at: "h1" });
await toTasks(page);
await send(page);
await shot("receipt", { at: ".ca-receipt" });
await browser.close();
await server.remove();
