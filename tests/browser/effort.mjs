// Prints how many presses, fields and keys whole journeys through the real form take. `cargo xtask effort` builds what it needs
// and calls it. What counts as one is said in effort/count.mjs; the limits are asserted in effort.spec.mjs.

import { chromium } from "@playwright/test";
import { counted, restart, startCounting } from "./effort/count.mjs";
import { journeys, limits, TODAY } from "./effort/journeys.mjs";
import { onDay } from "./journey.mjs";
import config from "./playwright.config.mjs";
import { startServer } from "./server.mjs";

const row = (name, cells) => console.log(`${name.padEnd(48)}${cells.map((cell) => String(cell).padStart(8)).join("")}`);

const server = await startServer({ extra: ["--today", TODAY] });
const browser = await chromium.launch(config.use.launchOptions);
try {
  row("journey", ["clicks", "fields", "keys", "most", "most"]);
  for (const journey of journeys) {
    const { name, before, run } = journey;
    const page = await browser.newPage({ baseURL: server.url, locale: "en-GB", timezoneId: "Europe/London" });
    await startCounting(page);
    await onDay(page, TODAY);
    await page.goto(server.url);
    await before?.(page);
    const from = await counted(page);
    await restart(page);
    await run(page);
    const to = await counted(page);
    const most = limits(journey, from);
    if (before) row(`before: ${name}`, [from.clicks, from.fields, from.keys]);
    row(name, [to.clicks, to.fields, to.keys, most.clicks, most.fields]);
    await page.close();
  }
} finally {
  await browser.close();
  await server.remove();
}
