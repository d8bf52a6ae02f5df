// A frame that comes late or never, with a stand-in of the element: what people can read meanwhile, and what becomes of what the
// portal asked for. Bars B36 and B79.

import { complaints, expect, formIn, listening, test, told } from "./framed.mjs";
import { HOSTILE, seen } from "./hostile_portal.mjs";

test.beforeEach(async ({ page }) => page.addInitScript(listening));

const FRAME = '<common-assessment-frame src="SRC"></common-assessment-frame>';
/** A portal's page has not loaded as long as its frame has not. */
const LATE = { until: "domcontentloaded" };
const ours = (page) => page.locator("common-assessment-frame");
const notice = (page) => ours(page).locator(".notice");
const calls = (form) => form.evaluate(() => globalThis.standIn.calls);

/** Holds the page of the frame back. Gives what lets it come. */
async function held(page) {
  let come;
  const waits = new Promise((done) => (come = done));
  await page.route("**/embed/school", async (route) => {
    await waits;
    await route.continue();
  });
  return come;
}

/** Asks the frame for something, and keeps how it ended in the portal's page under the name of what was asked for. */
const ask = (page, ...methods) =>
  ours(page).evaluate((element, methods) => {
    globalThis.ended ??= {};
    for (const method of methods) {
      element[method]().then((value) => (globalThis.ended[method] = String(value)), ({ message }) => (globalThis.ended[method] = message));
    }
  }, methods);
const ended = (page) => page.evaluate(() => globalThis.ended);

test("B79 a server that hangs: the numbers to ring are there at once, and before long a way on and a clear error", async ({ page, framed }) => {
  await page.clock.install();
  const come = await held(page);
  const { own } = await framed(FRAME, LATE);
  await expect(notice(page)).toContainText("If a child is in danger now, ring 999");
  await expect(notice(page).getByRole("link", { name: "999" })).toHaveAttribute("href", "tel:999");
  await expect(notice(page).getByRole("link", { name: "101" })).toHaveAttribute("href", "tel:101");
  const height = await ours(page).evaluate((element) => element.offsetHeight);
  await ask(page, "save", "lock");
  await page.clock.runFor(9_000);
  expect([await ended(page), await told(page)]).toEqual([{}, []]);
  await page.clock.runFor(2_000);
  await expect(notice(page)).toHaveAttribute("role", "alert");
  await expect(notice(page)).toContainText("The form did not open on this page.");
  await expect(notice(page).getByRole("link", { name: "999" })).toBeVisible();
  await expect(notice(page).getByRole("link", { name: "Open the form in a new window" })).toBeVisible();
  expect(await told(page)).toEqual([["error", { reason: "frame" }]]);
  const refused = expect.stringContaining("the form did not open: look at src");
  expect(await ended(page)).toEqual({ save: refused, lock: refused });
  expect(await ours(page).evaluate((element) => element.save().catch(({ message }) => message))).toEqual(refused);
  // It comes after all. What was to be locked is, and nothing else is done that nobody waits for.
  come();
  const inside = await formIn(page, own);
  await expect(notice(page)).toBeHidden();
  await expect.poll(() => calls(inside)).toEqual(["lock"]);
  expect(await ours(page).evaluate((element) => element.save())).toBe(true);
  expect(height).toBe(600);
});

test("B79 while it loads nothing below the frame moves", async ({ page, framed }) => {
  const come = await held(page);
  await framed('<common-assessment-frame src="SRC" fit="none"></common-assessment-frame><p id="below">Below</p><style>common-assessment-frame { height: 500px }</style>', LATE);
  const place = () => page.locator("#below").boundingBox();
  await expect(notice(page)).toBeVisible();
  const before = await place();
  come();
  await expect(notice(page)).toBeHidden();
  expect(await place()).toEqual(before);
});

test("B36 what the portal asks for before the form has started is done once it has, and a lock is never said to be done before", async ({ page, framed }) => {
  await page.addInitScript(() => (globalThis.startsLater = true));
  const come = await held(page);
  const { own } = await framed(FRAME, LATE);
  await ask(page, "lock", "save");
  come();
  const inside = await formIn(page, own);
  await expect(notice(page)).toBeHidden();
  // The page in the frame is there, and the form in it is not.
  await inside.waitForTimeout(200);
  expect([await calls(inside), await ended(page)]).toEqual([[], {}]);
  await inside.evaluate(() => globalThis.standIn.element.tell("assessment-ready", null));
  await expect.poll(() => ended(page)).toEqual({ lock: "undefined", save: "true" });
  expect(await calls(inside)).toEqual(["lock", "save"]);
});

test("B36 a form that starts once more, because it is given a token, is locked when it has", async ({ page, framed }) => {
  const { form } = await framed();
  const inside = await form();
  await ours(page).evaluate((element) => element.save());
  await inside.evaluate(() => (globalThis.startsLater = true));
  await ours(page).evaluate((element) => (element.token = () => "a-token"));
  await ask(page, "lock");
  await inside.waitForTimeout(200);
  expect([await calls(inside), await ended(page)]).toEqual([["save"], {}]);
  await inside.evaluate(() => globalThis.standIn.element.tell("assessment-ready", null));
  await expect.poll(() => ended(page)).toEqual({ lock: "undefined" });
  expect(await calls(inside)).toEqual(["save", "lock"]);
});

test("a form that cannot start answers what it was asked for", async ({ page, framed }) => {
  await page.addInitScript(() => (globalThis.startsLater = true));
  const { form } = await framed();
  const inside = await form();
  await ask(page, "lock", "save");
  // None of these stops it from starting.
  await inside.evaluate(() => ["api", "token", "prefill"].forEach((reason) => globalThis.standIn.element.tell("assessment-error", { reason })));
  await inside.waitForTimeout(100);
  expect(await ended(page)).toEqual({});
  await inside.evaluate(() => globalThis.standIn.element.tell("assessment-error", { reason: "webassembly", at: "" }));
  const refused = expect.stringContaining("could not do that");
  await expect.poll(() => ended(page)).toEqual({ lock: refused, save: refused });
});

test("B36 taken out while it waits, calls end, and put in again it is locked all the same", async ({ page, framed }) => {
  const come = await held(page);
  const { own } = await framed(FRAME, LATE);
  await ask(page, "save", "lock");
  await ours(page).evaluate((element) => (globalThis.kept = element).remove());
  const left = expect.stringContaining("left the page");
  await expect.poll(() => ended(page)).toEqual({ save: left, lock: left });
  come();
  await page.evaluate(() => document.body.append(globalThis.kept));
  const inside = await formIn(page, own);
  await expect.poll(() => calls(inside)).toEqual(["lock"]);
});

test("B36 a portal that takes its callback away, because nobody is signed in any more: the form gets no token, and starts no other time", async ({ page, framed }) => {
  const { form } = await framed();
  const inside = await form();
  const given = () => inside.evaluate(() => globalThis.standIn.given);
  const asked = () => inside.evaluate(() => globalThis.standIn.element.token({ reason: "request" }).then((token) => token, () => "none"));
  await ours(page).evaluate((element) => (element.token = () => "a-token"));
  await expect.poll(given).toBe(1);
  expect(await asked()).toBe("a-token");
  await ours(page).evaluate((element) => (element.token = undefined));
  // Set once more, so that the token of the one who was there is dropped.
  await expect.poll(given).toBe(2);
  expect(await asked()).toBe("none");
  expect(await told(page, "ready")).toHaveLength(2);
});

test("the page in the frame says the language of its words, and not one that was asked for and is not there", async ({ page, framed }) => {
  const { form } = await framed('<common-assessment-frame src="SRC" locale="cy"></common-assessment-frame>');
  const inside = await form();
  await expect.poll(() => told(page, "ready")).toHaveLength(1);
  expect(await inside.evaluate(() => [document.documentElement.lang, globalThis.standIn.attributes.locale])).toEqual(["en-GB", "cy"]);
});

for (const [name, hostile] of Object.entries(HOSTILE)) {
  test(`C18 B79 what the frame says itself can be read and rung whatever the portal's styles are: ${name}`, async ({ page, framed }) => {
    const wrong = complaints(page);
    await page.clock.install();
    await held(page);
    const styles = hostile.replaceAll("common-assessment", "common-assessment-frame");
    await framed(`<form><common-assessment-frame src="SRC"></common-assessment-frame></form>`, { ...LATE, head: `<style>${styles}</style>` });
    for (const [state, selectors] of [["while it waits", [".notice p", ".notice a"]], ["when it did not open", [".notice p", ".notice a"]]]) {
      await expect(notice(page)).toContainText(state.startsWith("while") ? "Loading" : "did not open");
      expect(await seen(ours(page), selectors), state).toEqual([]);
      const looks = await notice(page).locator("p").last().evaluate((line) => {
        const { textTransform, letterSpacing, wordSpacing, textIndent, direction, writingMode, fontFamily, fontStyle, fontVariantCaps, pointerEvents, whiteSpace, textShadow } = getComputedStyle(line);
        return { textTransform, letterSpacing, wordSpacing, textIndent, direction, writingMode, fontFamily, fontStyle, fontVariantCaps, pointerEvents, whiteSpace, textShadow };
      });
      expect(looks).toEqual({
        ...{ textTransform: "none", letterSpacing: "normal", wordSpacing: "0px", textIndent: "0px", direction: "ltr", writingMode: "horizontal-tb" },
        ...{ fontFamily: "system-ui, sans-serif", fontStyle: "normal", fontVariantCaps: "normal", pointerEvents: "auto", whiteSpace: "normal", textShadow: "none" },
      });
      await page.clock.runFor(11_000);
    }
    expect(wrong).toEqual([]);
  });
}
