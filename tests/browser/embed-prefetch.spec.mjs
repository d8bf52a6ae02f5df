// `data-prefetch` on the script's tag: where a portal asks for it, the parts of the form are fetched once its page has nothing else
// to do. Without it nothing is asked for before somebody opens the form.

import { element, expect, test } from "./portal.mjs";
import { say } from "./words.mjs";

const PAGE = (care, attribute) => `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Portal</title>
<script type="module" src="${care}/common-assessment.js" ${attribute}></script></head>
<body><main><h1>Portal</h1></main></body></html>`;
const PARTS = [/\/common-assessment-lazy-\w+\.js$/, /\.wasm$/, /\.css$/, /\.json$/, /\.js$/];

/** A portal's page without an element; gives what was asked for of the form's parts by now. */
async function opened(page, portal, attribute) {
  const pages = {};
  // The first page has neither element nor script: the browser has nothing of the form yet.
  const { url } = await portal.open({ pages, tag: () => "" });
  pages["/plain"] = PAGE(portal.care.url, attribute);
  await page.goto("about:blank");
  portal.gate.seen.length = 0;
  await page.goto(`${url}/plain`);
  await page.waitForFunction(() => Boolean(customElements.get("common-assessment")));
  return () => portal.gate.seen.filter(({ path }) => path !== "/common-assessment.js").map(({ path }) => path);
}
/** Somebody opens the form, until it can be used. */
const insert = (page, care) =>
  page.evaluate((care) => {
    const element = document.createElement("common-assessment");
    element.setAttribute("api", `${care}/api/v1/`);
    const ready = new Promise((done) => element.addEventListener("assessment-ready", done, { once: true }));
    document.querySelector("main").append(element);
    return ready.then(() => {});
  }, care);

test("without it nothing of the form is fetched before somebody opens it", async ({ page, portal }) => {
  const asked = await opened(page, portal, "");
  await page.waitForTimeout(1_000);
  expect(asked()).toEqual([]);
});

test("with it each part is fetched once, by the page that is idle, and is there when the form is opened", async ({ page, portal }) => {
  const errors = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  // The page is busy until the test says otherwise.
  await page.addInitScript(() => {
    globalThis.waits = [];
    globalThis.requestIdleCallback = (act) => globalThis.waits.push(act);
  });
  const asked = await opened(page, portal, "data-prefetch");
  await page.waitForLoadState("networkidle");
  expect(asked()).toEqual([]);
  expect(await page.evaluate(() => (globalThis.waits.forEach((act) => act()), globalThis.waits.length))).toBe(1);
  await expect.poll(() => asked().length).toBe(5);
  for (const part of PARTS) expect(asked().some((path) => part.test(path)), String(part)).toBe(true);
  // Nobody is signed in for it, and nothing of it runs.
  expect(portal.gate.seen.every(({ authorization, cookie }) => !authorization && !cookie)).toBe(true);
  expect(asked().every((path) => !path.startsWith("/api/"))).toBe(true);
  await page.waitForLoadState("networkidle");
  const before = asked();
  await insert(page, portal.care.url);
  const again = asked().slice(before.length).filter((path) => before.includes(path));
  expect(again).toEqual([]);
  expect(errors).toEqual([]);
});

test("with it a part that cannot be fetched ahead is fetched when the form is opened", async ({ page, portal }) => {
  const errors = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.route("**/*.wasm", (route) => route.abort());
  const asked = await opened(page, portal, "data-prefetch");
  await expect.poll(() => asked().length).toBeGreaterThanOrEqual(4);
  await page.unrouteAll();
  await insert(page, portal.care.url);
  await expect(element(page).getByRole("button", { name: say("start.begin") })).toBeVisible();
  expect(asked().some((path) => path.endsWith(".wasm"))).toBe(true);
  expect(errors).toEqual([]);
});
