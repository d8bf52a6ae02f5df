// Measures what the form costs a practitioner's machine: from opening it to the first usable page, bytes downloaded, and
// CPU time for each character typed. `cargo xtask bench browser` builds what it needs and calls it. It judges nothing and
// is no test: what a figure may be depends on the machine.

import { chromium } from "@playwright/test";
import { at, cases, fillCase, listed, onDay, open, saved } from "./journey.mjs";
import { counting, median, metrics, print } from "./measured.mjs";
import config from "./playwright.config.mjs";
import { startServer } from "./server.mjs";
import { say } from "./words.mjs";

/** How often a first and a second visit are made. */
const VISITS = 5;
/** How much slower than this machine the page runs while it opens: an old laptop, a cheap telephone. */
const SLOWER = 4;
/** 200 characters, in rounds whose median counts. */
const ROUNDS = 5;
const CHARACTERS = 40;
/** Milliseconds between two characters. Saves run while somebody types, so it must be no faster than people are. */
const PACE = 120;

/** Runs in the page from its first moment: notes when somebody could begin. */
function watch() {
  const look = () => {
    const button = document.querySelector("common-assessment")?.shadowRoot?.querySelector("button.govuk-button");
    if (button && !button.disabled && button.getClientRects().length > 0) globalThis.usableAfter = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * Opens the start page. Milliseconds until it can be used, those of the page's main thread, bytes over the wire with
 * headers, and requests sent.
 */
async function visit(context, url, slower) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const traffic = await counting(cdp);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await page.goto(url);
  const milliseconds = await (await page.waitForFunction(() => globalThis.usableAfter)).jsonValue();
  const { ThreadTime: worked } = await metrics(cdp);
  await page.waitForLoadState("networkidle");
  await page.close();
  return { milliseconds, worked: worked * 1000, ...traffic };
}

async function visits(browser, url) {
  const [first, second, unslowed] = [[], [], []];
  for (let round = 0; round < VISITS; round += 1) {
    for (const slower of [SLOWER, 1]) {
      const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London" });
      await context.addInitScript(watch);
      const opened = await visit(context, url, slower);
      if (slower === 1) unslowed.push(opened);
      else {
        first.push(opened);
        second.push(await visit(context, url, slower));
      }
      await context.close();
    }
  }
  const of = (all, what) => all.map((one) => one[what]);
  const requests = (all) => `${median(of(all, "requests"))} requests, with headers`;
  print(`first usable page, CPU ${SLOWER} times slower`, "ms", of(first, "milliseconds"), `first visit, ${VISITS} times`);
  print("the same, second visit", "ms", of(second, "milliseconds"), "its files in the cache");
  print("the same, first visit, CPU as it is", "ms", of(unslowed, "milliseconds"), "");
  print("CPU time until then", "ms", of(unslowed, "worked"), "main thread only; steadier than the clock");
  print("bytes of a first visit", "bytes", of(first, "bytes"), requests(first));
  print("bytes of a second visit", "bytes", of(second, "bytes"), requests(second));
}

/** Types into a field; CPU time of the page's main thread for each character. */
async function typing(page, field, name, note) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const type = (count) => page.keyboard.type("They say so. ".repeat(count).slice(0, count), { delay: PACE });
  await field.focus();
  await page.keyboard.press("Control+End");
  await type(10);
  const [all, script, layout] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await metrics(cdp);
    await type(CHARACTERS);
    const after = await metrics(cdp);
    const each = (...names) => names.reduce((sum, name) => sum + after[name] - before[name], 0) * (1000 / CHARACTERS);
    all.push(each("ThreadTime"));
    script.push(each("ScriptDuration"));
    layout.push(each("LayoutDuration", "RecalcStyleDuration"));
  }
  await cdp.detach();
  const parts = `script ${median(script).toFixed(1)}, style and layout ${median(layout).toFixed(1)}`;
  print(`CPU per character, ${name}`, "ms", all, note ? `${parts}; ${note}` : parts);
}

async function keystrokes(browser, url) {
  const { today, answers } = cases["disabled-child"];
  const page = await browser.newPage({ locale: "en-GB", timezoneId: "Europe/London" });
  await page.setContent("<textarea></textarea>");
  await typing(page, page.locator("textarea"), "a page with one text field", "what the browser itself takes");
  await onDay(page, today);
  await page.goto(url);
  await fillCase(page, answers);
  await open(page, "elements", "general_health");
  const box = "elements.general_health";
  await at(page, `${box}.strengths`).fill("He is well and likes his food. ".repeat(100).slice(0, 2_000));
  const unanswered = await page.evaluate((box) => {
    const root = document.querySelector("common-assessment").shadowRoot;
    const names = [...root.querySelectorAll(`input[type=radio][name^="${box}.indicators."]`)].map(({ name }) => name);
    return [...new Set(names)].filter((name) => !root.querySelector(`input[name="${name}"]:checked`));
  }, box);
  if (unanswered.length > 0) throw new Error(`Not every indicator is answered: ${unanswered.join(", ")}.`);
  await saved(page);
  await typing(page, at(page, `${box}.strengths`), "General health", "2,000 characters, every indicator answered");
  await saved(page);
  await page.getByRole("link", { name: say("back.boxes") }).first().click();
  await listed(page, "general_health").waitFor();
  await open(page, "identifying_details");
  await typing(page, at(page, "identifying_details.disability_details"), "About the child", "whole record filled in");
  await saved(page);
  await page.close();
}

console.log(`${"browser side".padEnd(48)}${"median".padStart(10)}${"from–to".padStart(24)}`);
const server = await startServer();
const browser = await chromium.launch(config.use.launchOptions);
try {
  await visits(browser, server.url);
  await keystrokes(browser, server.url);
} finally {
  await browser.close();
  await server.remove();
}
