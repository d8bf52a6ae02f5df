// Takes pictures of the real form with invented cases.
//
//   npm run shots                              the eight pictures of docs/screenshots/
//   npm run shots -- <folder> [group…]         every page and state (states.mjs), at three widths and on paper

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import config from "./playwright.config.mjs";
import { WINDOWS } from "./heights.mjs";
import { cases, fillCase, onDay, open, saved, send, start, toTasks } from "./journey.mjs";
import { onOwn, startServer } from "./server.mjs";
import { groups, TODAY } from "./states.mjs";
import { say } from "./words.mjs";

const { today, answers } = cases["toddler-with-speech-delay"];
const [to, ...wanted] = process.argv.slice(2);
const folder = to ?? fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
mkdirSync(folder, { recursive: true });

/** A page of a browser that has seen nothing of the form. */
async function newPage(browser, server, { isOnOwn = false } = {}) {
  const context = await browser.newContext({ baseURL: server.url, locale: "en-GB", timezoneId: "Europe/London" });
  if (isOnOwn) await context.addInitScript(onOwn);
  const page = await context.newPage();
  await onDay(page, TODAY);
  return page;
}

/** The state in every window and on paper. */
async function everySize(page, name) {
  const file = (ending) => path.join(folder, `${name.replaceAll(/\W+/g, "-")}-${ending}`);
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: file(`${width}.png`), fullPage: true, scale: "css" });
  }
  await page.pdf({ path: file("paper.pdf"), format: "A4" });
}

async function everything(browser, server) {
  const failed = [];
  for (const [group, go] of Object.entries(groups)) {
    if (wanted.length > 0 && !wanted.includes(group)) continue;
    const page = await newPage(browser, server, { isOnOwn: true });
    try {
      await go(page, (name, other = page) => everySize(other, name));
    } catch (error) {
      failed.push(`${group}: ${error.message}`);
    }
    await page.context().close();
  }
  writeFileSync(path.join(folder, "failed.txt"), failed.join("\n"));
  return failed;
}

/** The pictures of the README. */
async function readme(browser, server) {
  const page = await newPage(browser, server, { isOnOwn: true });
  const shot = async (name, { width = 1024, height = 680, at } = {}) => {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => scrollTo(0, 0));
    // Below the bar that stays at the top.
    if (at) await page.locator(at).first().evaluate((element) => scrollBy(0, element.getBoundingClientRect().top - 80));
    if (await page.locator(".ca-child-bar__status").count()) await saved(page);
    await page.screenshot({ path: path.join(folder, `${name}.png`), scale: "css" });
  };

  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
  await shot("start");
  await start(page, "yes");
  await page.goBack();
  await page.locator(".ca-urgent").waitFor();
  await shot("urgent");
  await toTasks(page).catch(() => page.goForward());
  await page.getByRole("link", { name: say("back.start") }).first().click();
  await fillCase(page, answers);
  await saved(page);
  const acknowledge = page.getByRole("button", { name: say("urgent.acknowledge") });
  while (await acknowledge.count()) await acknowledge.first().click();
  await shot("tasks");
  await open(page, "elements");
  await open(page, "elements", "speech_language_communication");
  await shot("element", { at: "h1" });
  await shot("element-narrow", { width: 320, height: 640, at: "h1" });
  await open(page, "conclusions");
  await page.locator(".ca-suggestion summary").first().click();
  await shot("suggestion", { at: ".ca-suggestion" });
  await open(page, "check");
  await shot("check", { at: "h1" });
  await toTasks(page);
  await send(page);
  await shot("receipt", { at: ".ca-receipt" });
}

const server = await startServer({ extra: ["--today", today] });
const browser = await chromium.launch(config.use.launchOptions);
try {
  const failed = to ? await everything(browser, server) : await readme(browser, server);
  if (failed?.length) throw new Error(failed.join("\n"));
} finally {
  await browser.close();
  await server.remove();
}
