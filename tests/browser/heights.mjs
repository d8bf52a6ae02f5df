// How tall every page of a fresh record is, in screens: npm run heights [-- folder for pictures of each]
// A screen is the height of the window. `heights.spec.mjs` holds the limit.

import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { answer, at, heading, listed, open } from "./journey.mjs";
import config from "./playwright.config.mjs";
import { startServer } from "./server.mjs";
import { say } from "./words.mjs";

/** Width and height of the windows that are looked at. */
export const WINDOWS = [[320, 640], [768, 1024], [1280, 800]];

/** The ids in the list that a page shows. */
const ids = (page) =>
  page.locator("a[aria-describedby$='-status']").evaluateAll((links) =>
    links.map((link) => link.getAttribute("aria-describedby").split(" ").at(-1).replace(/-status$/, "")),
  );

/**
 * Goes through every page of a fresh record, and calls `look(name)` on each. The page is at the start page before and at
 * some page of the record after.
 */
export async function everyPage(page, look) {
  await look("start");
  await page.getByRole("button", { name: say("title.refer") }).click();
  const own = page.getByRole("main").getByRole("button", { name: say("mode.to_own") });
  if (await at(page, "danger_now").count() === 0) await own.first().click();
  await at(page, "danger_now").waitFor();
  await look("refer");
  await answer(page, "identifying_details.age_band", "5_to_11");
  await page.locator(".ca-refer__theme").first().waitFor();
  await look("refer, signs");
  await page.getByRole("link", { name: say("back.start") }).first().click();
  await page.getByRole("button", { name: say("start.begin") }).click();
  await at(page, "danger_now").waitFor();
  await look("danger");
  await page.getByRole("button", { name: say("continue") }).click();
  await listed(page, "check").waitFor();
  await look("tasks");
  const sections = await ids(page);
  for (const section of sections.filter((id) => id !== "danger")) {
    await open(page, section);
    await look(section);
    if (section !== "elements") continue;
    for (const element of await ids(page)) {
      await listed(page, element).first().click();
      await at(page, `elements.${element}.status`).waitFor();
      await look(`element ${element}`);
      await page.getByRole("link", { name: say("back.boxes") }).first().click();
      await listed(page, element).first().waitFor();
    }
  }
}

/** How many windows high the page is. */
export const screens = (page) => page.evaluate(() => document.documentElement.scrollHeight / innerHeight);

async function main() {
  const folder = process.argv[2];
  if (folder) mkdirSync(folder, { recursive: true });
  const server = await startServer();
  const browser = await chromium.launch(config.use.launchOptions);
  const found = new Map();
  try {
    for (const [width, height] of WINDOWS) {
      const context = await browser.newContext({ baseURL: server.url, viewport: { width, height }, locale: "en-GB", timezoneId: "Europe/London" });
      const page = await context.newPage();
      await page.goto("/");
      await heading(page).waitFor();
      await page.locator("dl[data-numbers]").waitFor();
      await everyPage(page, async (name) => {
        const row = found.get(name) ?? new Map();
        row.set(width, await screens(page));
        found.set(name, row);
        if (folder) {
          await page.screenshot({ path: path.join(folder, `${name.replaceAll(/\W+/g, "-")}-${width}.png`), fullPage: true, scale: "css" });
        }
      });
      await context.close();
    }
  } finally {
    await browser.close();
    await server.remove();
  }
  console.log(`Height in screens${" ".repeat(35)}${WINDOWS.map((size) => size.join("x").padStart(10)).join("")}`);
  for (const [name, row] of found) {
    console.log(name.padEnd(52) + WINDOWS.map(([width]) => row.get(width)?.toFixed(1).padStart(10) ?? "".padStart(10)).join(""));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
