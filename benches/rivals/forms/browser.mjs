// What is measured in the browser: the way to the first answered question, and the main thread's time for each key and
// each click on the fullest page. Keys and clicks are real input, sent by the DevTools protocol.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** A phone on a poor line: the CPU four times slower, 1.6 Mbit/s and 150 ms. */
export const SLOW_CPU = 4;
export const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
/** Keys and clicks that count, those before that do not, and milliseconds from one to the next. */
const KEYS = { count: 100, warm: 10, pace: 125 };
const CLICKS = { count: 20, warm: 6, pace: 180 };
/** Milliseconds in which saving and drawing after the last key come to rest; they count. */
const SETTLE = 600;
const WORDS = "They say so, and we have seen it. ";
const PATIENCE = 60_000;

const PROBE = readFileSync(join(import.meta.dirname, "probe.js"), "utf8");
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];

/** A new browser with a page of `who` that has not been opened yet. */
async function opened(who, first, timed, use) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    const names = JSON.stringify([who.ours, first, timed]);
    // Nobody looks over the shoulder: ours would hide the signs from a family.
    await page.addInitScript(() => sessionStorage.setItem("common-assessment-mode", "on-own"));
    await page.addInitScript(`((ours, first, timed) => {${PROBE}})(...${names})`);
    return await use(page, devtools);
  } finally {
    await browser.close();
  }
}

async function click(devtools, { x, y }) {
  const mouse = (type, more) => devtools.send("Input.dispatchMouseEvent", { type, x, y, ...more });
  const button = { button: "left", clickCount: 1 };
  await mouse("mouseMoved");
  await mouse("mousePressed", button);
  await mouse("mouseReleased", button);
}

/** A first visit with nothing in the cache: milliseconds to the first answered question, and bytes by kind of file. */
export function visit(who, first, slow) {
  return opened(who, first, true, async (page, devtools) => {
    const answered = new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error(`${who.title}: no question within ${PATIENCE / 1000} s`)), PATIENCE);
      devtools.on("Runtime.bindingCalled", ({ payload }) => {
        const told = JSON.parse(payload);
        if (told.click) return click(devtools, told.click).catch(() => {});
        clearTimeout(late);
        return done(told);
      });
    });
    await devtools.send("Runtime.enable");
    await devtools.send("Runtime.addBinding", { name: "signal" });
    if (slow) {
      await devtools.send("Network.enable");
      await devtools.send("Network.emulateNetworkConditions", SLOW_LINE);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW_CPU });
    }
    who.site.counted();
    await page.goto(who.url, { waitUntil: "commit" });
    const { control, answered: at } = await answered;
    await page.waitForLoadState("networkidle");
    return { control: control ?? at, answered: at, bytes: who.site.counted() };
  });
}

/** Milliseconds of the main thread for each key and each click on `page`, a page of the catalogue. */
export function input(who, first, fullest) {
  return opened(who, first, false, async (page, devtools) => {
    await page.goto(who.url);
    const texts = fullest.fields.filter(({ type }) => type === "multiline");
    const field = texts.find(({ path }) => path.endsWith(".needs"));
    await show(page, who, first, fullest, field);
    const marks = fullest.fields.filter(({ indicator }) => indicator);
    const status = fullest.fields.find(({ type }) => type === "radio");
    // The first two choices get their first option, which is an indicator that counts; the rest their last.
    const fields = who.bare ? [field] : [status, marks[0], ...texts, ...marks.slice(1)];
    await page.evaluate(([fields, words]) => globalThis.probe.fill(fields, words), [fields, WORDS.repeat(40).slice(0, 500)]);
    await wait(SETTLE);
    const key = await perKey(page, devtools, field);
    return { key, click: await perClick(page, devtools, marks.slice(4, 6)) };
  });
}

/** The questions that a rival's untouched form does not ask, or asks too early: there should be none. */
export function amiss(who, first, pages) {
  return opened(who, first, false, async (page) => {
    await page.goto(who.url);
    const found = [];
    for (const { id, path, fields } of pages) {
      await show(page, who, first, { id, path }, fields.find(({ type, when }) => type !== "rows" && !when));
      found.push(...(await page.evaluate((fields) => globalThis.probe.amiss(fields), fields)));
    }
    return found;
  });
}

/** Goes to the page as a person does, or by the library's own call. */
async function show(page, who, first, fullest, field) {
  if (who.ours) {
    const press = (selector) => page.evaluate((selector) => globalThis.probe.press(selector), selector);
    // Tried again until the next page is there: a button may be in view before the program is.
    const pressed = async (selector, done) => {
      for (; !(await done()); await wait(SETTLE)) await press(selector);
    };
    const asked = () => page.evaluate((first) => globalThis.probe.radios(first).length > 0, first);
    const line = (name) => press(`a[aria-describedby~="${name}-status"]`);
    await pressed("button.govuk-button", asked);
    await page.evaluate((first) => globalThis.probe.radios(first)[first.no].click(), first);
    await pressed("button.govuk-button", () => line("elements"));
    while (!(await line(fullest.path.split(".").at(-1)))) await wait(SETTLE);
  } else if (!who.bare) {
    await page.waitForFunction(() => globalThis.rival && document.querySelector("#app *"));
    await page.evaluate((id) => void globalThis.rival.show(id), fullest.id);
  }
  if (field) {
    const shown = page.waitForFunction((field) => globalThis.probe.controls(field).length, field, { timeout: 10_000 });
    await shown.catch(() => Promise.reject(new Error(`${field.path} is not shown`)));
  }
  await wait(SETTLE);
}

/** The main thread's milliseconds per run of `act`, after a few that do not count. */
async function perRun(devtools, { count, warm, pace }, act) {
  const busy = async () =>
    (await devtools.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  const run = async (from, to) => {
    for (let at = from; at < to; at += 1) {
      const begin = performance.now();
      await act(at);
      await wait(Math.max(0, pace - (performance.now() - begin)));
    }
    await wait(SETTLE);
  };
  await run(0, warm);
  const before = await busy();
  await run(warm, warm + count);
  return ((await busy()) - before) * 1000 / count;
}

async function perKey(page, devtools, field) {
  const length = () => page.evaluate((field) => globalThis.probe.text(field).value.length, field);
  await page.evaluate((field) => {
    const text = globalThis.probe.text(field);
    text.scrollIntoView({ block: "center" });
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  }, field);
  const before = await length();
  const time = await perRun(devtools, KEYS, async (at) => {
    const key = WORDS[at % WORDS.length];
    const windowsVirtualKeyCode = { ",": 188, ".": 190 }[key] ?? key.toUpperCase().charCodeAt(0);
    await devtools.send("Input.dispatchKeyEvent", { type: "keyDown", key, text: key, windowsVirtualKeyCode });
    await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode });
  });
  same("keys", (await length()) - before, KEYS);
  return time;
}

async function perClick(page, devtools, questions) {
  const targets = await page.evaluate((questions) => {
    const { probe } = globalThis;
    probe.radios(questions[0])[0].scrollIntoView({ block: "center", behavior: "instant" });
    return questions.flatMap((question) => probe.radios(question).map(probe.target));
  }, questions);
  const before = await page.evaluate(() => globalThis.probe.clicks);
  const time = await perRun(devtools, CLICKS, (at) => click(devtools, targets[at % targets.length]));
  same("clicks", (await page.evaluate(() => globalThis.probe.clicks)) - before, CLICKS);
  return time;
}

/** A figure counts only if the page took every key and click. */
function same(what, taken, { warm, count }) {
  if (taken !== warm + count) throw new Error(`${taken} of ${warm + count} ${what} were taken`);
}
