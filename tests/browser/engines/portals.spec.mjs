// What depends on the browser when the form is in a portal's page or frame, once in each engine: cases C1, C3, C5, C6, C9, C11,
// C13, C14, C15, C17 and C18. The portal is on another origin than the form, and is its partner. What does not depend on the browser is tested in
// Chromium (docs/cases-embedding.md).

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { extractText } from "unpdf";
import { makeKeys, startPortal } from "../../../examples/portal-server.mjs";
import { freePort, startServer } from "../server.mjs";
import { say } from "../words.mjs";
import { expect, test as base } from "./engines.mjs";

const DIST = fileURLToPath(new URL("../../../dist", import.meta.url));
const REST = "style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'none'; object-src 'none'";
const POLICY = (caf) => `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${caf}; frame-src ${caf}; ${REST}`;
const STRICT = (caf) => `default-src 'none'; script-src 'self'; connect-src 'self' ${caf}; ${REST}`;

const SCRIPT = `
globalThis.told = [];
for (const name of ["ready", "error", "page"]) addEventListener("assessment-" + name, ({ detail }) => told.push([name, detail?.reason ?? detail]));
const form = document.querySelector("common-assessment, common-assessment-frame");
form.token = async () => (await fetch("/session/token", { method: "POST" })).text();
globalThis.ran = [];
const shortcuts = { "/": "search", e: "edit", Escape: "close" };
document.addEventListener("keydown", (event) => {
  if (["INPUT", "TEXTAREA"].includes(event.target.tagName) || !shortcuts[event.key]) return;
  ran.push(shortcuts[event.key]);
  if (event.key !== "Escape") event.preventDefault();
});
globalThis.heard = [];
for (const type of ["submit", "reset", "change", "input", "invalid"]) document.addEventListener(type, (event) => { heard.push(type); event.preventDefault(); });
`;
/** Storage that throws as soon as it is named. */
const REFUSED = `for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
  Object.defineProperty(globalThis, name, { get() { throw new DOMException("denied", "SecurityError"); } });
for (const name of ["serviceWorker", "locks"]) Object.defineProperty(Navigator.prototype, name, { get() { throw new DOMException("denied", "SecurityError"); } });`;

const ELEMENT = (caf, attributes = "") => `<common-assessment api="${caf}/api/v1/" ${attributes}></common-assessment>`;
const FRAME = (caf) => `<common-assessment-frame src="${caf}/embed/school"></common-assessment-frame>`;

const test = base.extend({
  /** `portal({ body, policy, first })` starts a portal with that body, and gives its address; `first` runs before anything. */
  portal: async ({}, use) => {
    const closing = [];
    await use(async ({ body, policy = POLICY, first = "" }) => {
      const scratch = await mkdtemp(path.join(tmpdir(), "common-assessment-portal-"));
      closing.push(() => rm(scratch, { recursive: true, force: true }));
      const [port, portalPort] = [await freePort(), await freePort()];
      const [caf, origin] = [`http://127.0.0.1:${port}`, `http://localhost:${portalPort}`];
      const options = { issuer: `${origin}/`, audience: "common-assessment" };
      const signer = makeKeys();
      await mkdir(path.join(scratch, "portal"));
      const files = {
        "keys.json": JSON.stringify(signer.keys),
        "settings.toml": [
          `public_url = "${caf}/"`, "[[bearer]]", `issuer = "${origin}/"`, 'audience = "common-assessment"', `keys = { file = "${path.join(scratch, "keys.json")}" }`,
          "[[partners]]", 'id = "school"', 'name = "Woodhouse Moor Primary School"', `origins = ["${origin}"]`, `issuer = "${origin}/"`,
        ].join("\n"),
        "portal/portal.js": SCRIPT,
        "portal/first.js": first,
        "portal/other.html": "<!doctype html><title>Other page</title><p id=other>Other page</p>",
        "portal/index.html": `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Portal</title><script src="/first.js"></script></head><body>
<h1>Portal</h1>${body(caf)}<p>Pupils</p><script src="/portal.js"></script><script type="module" src="/caf/common-assessment.js"></script>
<script type="module" src="/caf/common-assessment-frame.js"></script></body></html>`,
      };
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(scratch, name), text);
      const server = await startServer({ port, folder: scratch, demo: false, extra: ["--settings", path.join(scratch, "settings.toml")] });
      closing.push(() => server.stop());
      const portal = await startPortal({ folder: path.join(scratch, "portal"), caf, package: DIST, signer, port: portalPort, ...options, policy: policy(caf) });
      closing.push(() => portal.stop());
      return { url: portal.url, caf };
    });
    for (const close of closing.reverse()) await close();
  },
});

const told = (page, name) => page.evaluate((name) => globalThis.told.filter(([one]) => one === name).map(([, detail]) => detail), name);
const heading = (page) => page.locator("common-assessment").locator("h1");

/** To the first page of a record. */
async function begin(page) {
  await page.getByRole("button", { name: say("start.begin") }).click();
  await expect.poll(async () => (await heading(page).textContent()).trim()).toBe(say("title.danger"));
}

test("C1 C3 C18 an element in a portal's page and form: typing runs no shortcut, Enter sends nothing, Back is the portal's", { tag: "@short" }, async ({ portal, launch }) => {
  const { url } = await portal({
    body: (caf) => `<form id="theirs" action="#sent"><label>Search <input id="search" name="q"></label>${ELEMENT(caf)}<button>Send</button></form>`,
  });
  const { page } = await launch();
  await page.goto(`${url}other.html`);
  await page.goto(url);
  await expect.poll(() => told(page, "ready"), { timeout: 20_000 }).toHaveLength(1);
  const before = await page.evaluate(() => history.length);
  await begin(page);
  await page.locator('[id="privacy-switch"]').click();
  await page.locator('input[name="danger_now"][value="no"]').check();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: say("continue") }).click();
  await page.locator('a[aria-describedby~="assessment_information-status"]').click();
  const box = page.locator('[id="assessment_information.reason"]');
  const words = "see 3/4 of days; he ends early";
  await box.fill(words);
  expect(await box.inputValue()).toBe(words);
  expect(await page.evaluate(() => [globalThis.ran, globalThis.heard, history.length, location.hash])).toEqual([[], [], before, ""]);
  expect(await page.evaluate(() => [...new FormData(document.querySelector("#theirs")).keys()])).toEqual(["q"]);
  // Nothing of the form is in the history: one step back is the page before.
  await page.evaluate(() => {
    // The browser would ask whether to leave, and nobody is there to answer.
    addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
    setTimeout(() => history.back());
  });
  await expect.poll(() => page.evaluate(() => document.title).catch(() => "")).toBe("Other page");
});

test("C9 where looking at storage throws, an element works and says so once", { tag: "@short" }, async ({ portal, launch }) => {
  const { url } = await portal({ body: (caf) => ELEMENT(caf, 'drafts="device"'), first: REFUSED });
  const { page } = await launch();
  await page.goto(url);
  await expect.poll(() => told(page, "ready"), { timeout: 20_000 }).toHaveLength(1);
  const text = () => page.locator("common-assessment").evaluate((element) => element.shadowRoot.querySelector(".ca-app").textContent);
  expect((await text()).split("No draft can be kept on this device here.").length - 1).toBe(1);
  await begin(page);
  expect(await page.locator("common-assessment").evaluate((element) => element.save())).toBe(false);
  expect(await told(page, "error")).toEqual([]);
});

test("C15 a policy without 'wasm-unsafe-eval': the line to add, our own address and 999, or a form that works", { tag: "@short" }, async ({ portal, launch }) => {
  const { url, caf } = await portal({ body: (caf) => ELEMENT(caf), policy: STRICT });
  const { page } = await launch();
  await page.goto(url);
  await expect.poll(async () => (await told(page, "error")).concat(await told(page, "ready")).length, { timeout: 20_000 }).toBe(1);
  expect(await told(page, "error")).toEqual(["webassembly"]);
  const notice = await page.locator("common-assessment").evaluate((element) => {
    const notice = element.shadowRoot.querySelector(".ca-notice");
    return [notice.checkVisibility(), notice.textContent, notice.querySelector("a").href];
  });
  expect(notice).toEqual([true, expect.stringMatching(/999[^]*script-src 'self' 'wasm-unsafe-eval'/), `${caf}/`]);
});

/** Whatever goes wrong in the portal's page. */
const ERRORS = `globalThis.errors = [];
addEventListener("error", ({ message }) => errors.push(message));
addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
globalThis.said = [];
console.info = (text) => said.push(text);`;

test("C6 messages of other shapes to a frame change nothing, and the next true one works", { tag: "@short" }, async ({ portal, launch }) => {
  const { url } = await portal({ body: FRAME, first: ERRORS });
  const { page } = await launch();
  await page.goto(url);
  await expect.poll(() => told(page, "ready"), { timeout: 20_000 }).toHaveLength(1);
  const saved = await page.evaluate(async () => {
    const form = document.querySelector("common-assessment-frame");
    const frame = form.shadowRoot.querySelector("iframe");
    const cycle = {};
    cycle.self = cycle;
    const ours = { type: "common-assessment-connect", nonce: "guessed" };
    for (const message of [{}, 0, null, "nextTick", "x".repeat(1_000_000), cycle, ours, { ...ours, nonce: undefined }, [], true]) {
      frame.contentWindow.postMessage(message, "*");
      postMessage(message, "*");
      frame.contentWindow.postMessage(message, "*", [new MessageChannel().port1]);
    }
    await new Promise((done) => setTimeout(done, 200));
    return form.save();
  });
  // The portal has no drafts, and is told so by the port that it had before.
  expect(saved).toBe(false);
  expect(await told(page, "ready")).toHaveLength(1);
  expect([await told(page, "error"), await page.evaluate(() => globalThis.errors)]).toEqual([[], []]);
});

test("C11 an element that comes and goes leaves nothing behind in the page, and raises no error", { tag: "@short" }, async ({ portal, launch }) => {
  const { url } = await portal({ body: (caf) => ELEMENT(caf), first: ERRORS });
  const { page } = await launch();
  await page.goto(url);
  await expect.poll(() => told(page, "ready"), { timeout: 20_000 }).toHaveLength(1);
  await begin(page);
  await page.locator('[id="privacy-switch"]').click();
  await page.locator('input[name="danger_now"][value="unsure"]').check();
  const counts = await page.evaluate(async () => {
    const element = document.querySelector("common-assessment");
    const place = element.parentNode;
    const count = () => [document.head.children.length, document.body.children.length, element.shadowRoot.childNodes.length];
    const before = count();
    const round = async (wait) => {
      element.remove();
      await new Promise((done) => setTimeout(done));
      const ready = new Promise((done) => element.addEventListener("assessment-ready", done, { once: true }));
      place.append(element);
      await (wait === undefined ? ready : new Promise((done) => setTimeout(done, wait)));
    };
    for (let times = 0; times < 20; times += 1) await round();
    // Also in the middle of loading.
    for (const wait of [0, 1, 5, 20, 0]) await round(wait);
    await round();
    return [before, count()];
  });
  expect(counts[1]).toEqual(counts[0]);
  // It may come back at its start page; the record is there.
  const records = () => page.evaluate(() => document.querySelector("common-assessment").shadowRoot.querySelectorAll(".ca-child-bar, .ca-drafts__item").length);
  await expect.poll(records).toBe(1);
  expect([await told(page, "error"), await page.evaluate(() => globalThis.errors)]).toEqual([[], []]);
});

test("C13 the portal's links are never touched", { tag: "@short" }, async ({ portal, launch }) => {
  const links = ["#x", "/caf-old/", "other.html", "mailto:office@school.example", "/caf/"];
  const { url } = await portal({ body: (caf) => `<nav>${links.map((href, at) => `<p><a id="link-${at}" href="${href}">Link ${at}</a></p>`).join("")}</nav>${ELEMENT(caf)}` });
  const { page } = await launch();
  await page.goto(url);
  await expect.poll(() => told(page, "ready"), { timeout: 20_000 }).toHaveLength(1);
  await begin(page);
  await page.evaluate(() => {
    globalThis.pressed = [];
    // The last to hear of it: what the form had done with the press would be seen here.
    addEventListener("click", (event) => {
      const href = event.target.closest?.("nav a")?.getAttribute("href");
      if (!href) return;
      globalThis.pressed.push([href, event.defaultPrevented]);
      event.preventDefault();
    });
  });
  for (const at of links.keys()) await page.evaluate((at) => document.getElementById(`link-${at}`).click(), at);
  expect(await page.evaluate(() => globalThis.pressed)).toEqual(links.map((href) => [href, false]));
  await expect.poll(async () => (await heading(page).textContent()).trim()).toBe(say("title.danger"));
});

test("C14 loaded twice one counts and says so, and a draft of a later release is refused and not written over", { tag: "@short" }, async ({ portal, launch }) => {
  const twice = '<script type="module" src="/caf/common-assessment.js?again"></script>';
  const { url } = await portal({ body: (caf) => ELEMENT(caf, 'drafts="device"') + twice, first: ERRORS });
  const { page } = await launch();
  await page.goto(url);
  await expect.poll(() => told(page, "ready"), { timeout: 20_000 }).toHaveLength(1);
  expect(await page.evaluate(() => globalThis.said.filter((text) => text.includes("is on this page already")).length)).toBe(1);
  await begin(page);
  await page.locator('[id="privacy-switch"]').click();
  await page.locator('input[name="danger_now"][value="unsure"]').check();
  expect(await page.locator("common-assessment").evaluate((element) => element.save())).toBe(true);
  /** The record that is stored; `version` is written into it first. */
  const record = (version) =>
    page.evaluate(
      (version) =>
        new Promise((done) => {
          const opening = indexedDB.open("common-assessment");
          opening.onsuccess = () => {
            const store = opening.result.transaction("records", "readwrite").objectStore("records");
            store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
              const text = version ? JSON.stringify({ ...JSON.parse(cursor.value.text), version }) : cursor.value.text;
              cursor.update({ ...cursor.value, text }).onsuccess = () => (opening.result.close(), done(text));
            };
          };
        }),
      version,
    );
  const newer = await record(2);
  await page.reload();
  await expect.poll(() => told(page, "ready"), { timeout: 20_000 }).toHaveLength(1);
  const text = () => page.locator("common-assessment").evaluate((element) => element.shadowRoot.querySelector(".ca-app").textContent);
  await expect.poll(text).toContain(say("drafts.newer"));
  await begin(page);
  expect(await record()).toBe(newer);
  expect([await told(page, "error"), await page.evaluate(() => globalThis.errors)]).toEqual([[], []]);
});

test("C5 a frame connects, and is as high as the form once it is shown", { tag: "@short" }, async ({ portal, launch }) => {
  const { url } = await portal({ body: (caf) => `<div id="tab" hidden>${FRAME(caf)}</div>` });
  const { page } = await launch();
  await page.goto(url);
  await page.evaluate(() => (document.querySelector("#tab").hidden = false));
  await expect.poll(() => told(page, "ready"), { timeout: 20_000 }).toHaveLength(1);
  expect(await told(page, "error")).toEqual([]);
  // Its first height is 600 whatever is in it.
  const height = () => page.locator("common-assessment-frame").evaluate((element) => element.shadowRoot.querySelector("iframe").getBoundingClientRect().height);
  await expect.poll(height, { timeout: 3_000 }).not.toBe(600);
  expect(await height()).toBeGreaterThan(400);
});

test("C17 a print of the portal has one line that says how to print the record, and nothing of it", { tag: "@short" }, async ({ portal, launch }) => {
  const { url } = await portal({ body: (caf) => ELEMENT(caf) });
  const { page, pdf } = await launch();
  await page.goto(url);
  await expect.poll(() => told(page, "ready"), { timeout: 20_000 }).toHaveLength(1);
  await begin(page);
  const line = "To print the record, open the form and press its own button to print.";
  if (pdf) {
    const { text } = await extractText(await pdf(), { mergePages: true });
    const all = text.replace(/\s+/g, " ");
    expect(all).toContain("Pupils");
    expect(all.split(line).length - 1).toBe(1);
    expect(all).not.toContain(say("title.danger"));
  }
  // Where an engine's driver cannot print, its rules for paper say the same.
  const seen = await page.locator("common-assessment").evaluate(({ shadowRoot: root }) => {
    for (const rule of root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules])) if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
    return [root.querySelector(".ca-paper").checkVisibility(), root.querySelector(".ca-app").checkVisibility()];
  });
  expect(seen).toEqual([true, false]);
});
