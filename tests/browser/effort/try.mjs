import { chromium } from "@playwright/test";
import { counted, startCounting } from "./count.mjs";
import { journeys, TODAY } from "./journeys.mjs";
import { onDay } from "../journey.mjs";
import config from "../playwright.config.mjs";
import { startServer } from "../server.mjs";
const server = await startServer({ extra: ["--today", TODAY] });
const browser = await chromium.launch(config.use.launchOptions);
for (const { name, before, run } of journeys.filter(({name}) => name.includes(process.argv[2] ?? ""))) {
  const page = await browser.newPage({ locale: "en-GB", timezoneId: "Europe/London" });
  page.setDefaultTimeout(5000);
  await startCounting(page); await onDay(page, TODAY); await page.goto(server.url);
  let from = { clicks: 0, fields: 0, keys: 0 };
  try { await before?.(page); from = await counted(page); await run(page); } catch (e) { console.log(e.message.slice(0, 600)); await page.screenshot({ path: "/tmp/once/try.png", fullPage: true }); console.log(await page.locator("h1").allInnerTexts(), await page.locator(".govuk-error-summary").allInnerTexts()); }
  const to = await counted(page);
  console.log(name, to.clicks - from.clicks, to.fields - from.fields, to.keys - from.keys);
  await page.close();
}
await browser.close(); await server.remove();
