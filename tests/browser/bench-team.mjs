// Measures when somebody can begin on a page of the team around the child, on a cheap telephone with a slow line: opened first
// of all, with nothing in the cache, beside the form's start page opened in the same way; and reached from the record, when
// the rest of the program is there already. `cargo xtask bench team` builds what it needs and calls it. It judges nothing.

import { chromium } from "@playwright/test";
import { cases, onDay } from "./journey.mjs";
import { counting, print } from "./measured.mjs";
import config from "./playwright.config.mjs";
import { onOwn, startServer } from "./server.mjs";
import { say } from "./words.mjs";

const VISITS = 5;
/** As for the form beside other form builders (benches/rivals). */
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const SLOWER = 4;
const STORY = cases["toddler-with-speech-delay"];

/** Runs in the page from its first moment: notes when this can be used. */
function watch(selector) {
  const look = () => {
    const found = document.querySelector("common-assessment")?.shadowRoot?.querySelector(selector);
    if (found && !found.disabled && found.getClientRects().length > 0) globalThis.usableAfter = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const BEGIN = "button.govuk-button";
const FIRST_QUESTION = '[id="long_term_goal"]';

/** Signs a teacher in with a record of their own; gives its id. */
async function signedIn(page) {
  const body = { form_version: "caf-2026.3", answers: STORY.answers };
  return page.evaluate(async (body) => {
    const send = (at, body, more = {}) =>
      fetch(`/api/v1/${at}`, { method: "POST", headers: { "content-type": "application/json", ...more }, body: JSON.stringify(body) });
    await send("demo/session", { person: "teacher" });
    await send("assessments", body, { "idempotency-key": "bench" });
    return (await (await fetch("/api/v1/episodes?whose=mine")).json()).episodes[0].id;
  }, body);
}

/** Opens the page again with nothing in the cache; milliseconds until it can be used, and bytes. */
async function cold(page, selector) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.clearBrowserCache");
  const traffic = await counting(cdp);
  await cdp.send("Network.emulateNetworkConditions", SLOW_LINE);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(watch, selector);
  await page.reload();
  const milliseconds = await (await page.waitForFunction(() => globalThis.usableAfter)).jsonValue();
  const { bytes } = traffic;
  await cdp.detach();
  return { milliseconds, bytes };
}

/** Presses the link to the plan on the record's page; milliseconds until its first question can be answered, and bytes. */
async function pressed(page) {
  const cdp = await page.context().newCDPSession(page);
  await page.getByRole("link", { name: say("work.title.plan"), exact: true }).waitFor();
  await page.waitForLoadState("networkidle");
  const traffic = await counting(cdp);
  await cdp.send("Network.emulateNetworkConditions", SLOW_LINE);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const from = await page.evaluate(() => performance.now());
  await page.evaluate(watch, FIRST_QUESTION);
  await page.getByRole("link", { name: say("work.title.plan"), exact: true }).click();
  const milliseconds = (await (await page.waitForFunction(() => globalThis.usableAfter)).jsonValue()) - from;
  await cdp.detach();
  return { milliseconds, bytes: traffic.bytes };
}

/** A page that is signed in and was left at `place`. */
async function at(browser, url, place) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London" });
  await context.addInitScript(onOwn);
  const page = await context.newPage();
  await onDay(page, STORY.today);
  await page.goto(url);
  const episode = await signedIn(page);
  await page.evaluate((commonAssessmentPlace) => history.replaceState({ commonAssessmentPlace }, ""), place(episode));
  return page;
}

const server = await startServer({ extra: ["--today", STORY.today] });
const browser = await chromium.launch(config.use.launchOptions);
const rows = { form: [], plan: [], link: [] };
try {
  for (let round = 0; round < VISITS; round += 1) {
    for (const [name, place, run] of [
      ["form", () => "start", (page) => cold(page, BEGIN)],
      ["plan", (id) => `work.together.plan.${id}`, (page) => cold(page, FIRST_QUESTION)],
      ["link", (id) => `work.episode.${id}`, async (page) => (await page.reload(), pressed(page))],
    ]) {
      const page = await at(browser, server.url, place);
      rows[name].push(await run(page));
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await server.remove();
}
const slow = `CPU ${SLOWER} times slower, 1.6 Mbit/s, ${VISITS} times`;
console.log(`${"the team's pages".padEnd(48)}${"median".padStart(10)}${"from–to".padStart(24)}`);
for (const [name, what] of [["form", "the form's start page, nothing in the cache"], ["plan", "a plan, nothing in the cache"], ["link", "a plan, by its link on the record"]]) {
  print(what, "ms", rows[name].map(({ milliseconds }) => milliseconds), slow);
  print("  until then", "bytes", rows[name].map(({ bytes }) => bytes), "with headers");
}
