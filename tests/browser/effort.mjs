// Prints how many presses, fields and keys whole journeys through the real form take. `cargo xtask effort` builds what it needs
// and calls it. What counts as one is said in effort/count.mjs; the limits are asserted in effort.spec.mjs.

import { chromium } from "@playwright/test";
import { counted, startCounting } from "./effort/count.mjs";
import { journeys, TODAY } from "./effort/journeys.mjs";
import { onDay } from "./journey.mjs";
import config from "./playwright.config.mjs";
import { startServer } from "./server.mjs";

const row = (name, cells) => console.log(`${name.padEnd(48)}${cells.map((cell) => String(cell).padStart(8)).join("")}`);

const server = await startServer({ extra: ["--today", TODAY] });
const browser = await chromium.launch(config.use.launchOptions);
try {
  row("journey", ["clicks", "fields", "keys"]);
  for (const { name, before, run } of journeys) {
    const page = await browser.newPage({ locale: "en-GB", timezoneId: "Europe/London" });
    await startCounting(page);
    await onDay(page, TODAY);
    await page.goto(server.url);
    await before?.(page);
    const from = await counted(page);
    await run(page);
    const to = await counted(page);
    row(name, [to.clicks - from.clicks, to.fields - from.fields, to.keys - from.keys]);
    await page.close();
  }
} finally {
  await browser.close();
  await server.remove();
}
