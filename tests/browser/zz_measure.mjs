import { chromium } from "@playwright/test";
import { at, onDay, open, saved, start } from "./journey.mjs";
import config from "./playwright.config.mjs";
import { startServer } from "./server.mjs";
const median = (v) => v.toSorted((a, b) => a - b)[Math.floor(v.length / 2)];
const server = await startServer(process.env.DIST ? { assets: process.env.DIST } : {});
const browser = await chromium.launch(config.use.launchOptions);
try {
  const page = await browser.newPage({ locale: "en-GB" });
  await onDay(page, "2026-11-23");
  await page.goto(server.url);
  await start(page);
  await open(page, "elements", "general_health");
  const box = "elements.general_health";
  const ids = await page.evaluate((box) => [...new Set([...document.querySelector("common-assessment").shadowRoot.querySelectorAll(`input[type=radio][name^="${box}.indicators."]`)].map((i) => i.name))], box);
  for (const id of ids) await page.locator(`input[name="${id}"][value="no"]`).check();
  await at(page, `${box}.strengths`).fill("He is well and likes his food. ".repeat(100).slice(0, 2000));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const metrics = async () => Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  const run = async (name, n, act) => {
    const all = [], script = [], layout = [], style = [];
    for (let round = 0; round < 5; round += 1) {
      const b = await metrics(); await act(n); const a = await metrics();
      const e = (k) => ((a[k] - b[k]) * 1000) / n;
      all.push(e("ThreadTime")); script.push(e("ScriptDuration")); layout.push(e("LayoutDuration")); style.push(e("RecalcStyleDuration"));
    }
    console.log(name, "total", median(all).toFixed(2), "script", median(script).toFixed(2), "layout", median(layout).toFixed(2), "style", median(style).toFixed(2));
  };
  await at(page, `${box}.strengths`).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("abcdefghij", { delay: 120 });
  await run("key", 30, (n) => page.keyboard.type("They say so. They say so. They say so.".slice(0, n), { delay: 120 }));
  let k = 0;
  const marks = ["yes", "no"];
  await run("click", 20, async (n) => {
    for (let i = 0; i < n; i += 1) { k += 1; await page.locator(`input[name="${ids[k % ids.length]}"][value="${marks[Math.floor(k / ids.length) % 2]}"]`).dispatchEvent("click"); await page.waitForTimeout(80); }
  });
} finally { await browser.close(); await server.stop(); }
