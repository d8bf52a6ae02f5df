// The built form in a portal's frame: how high it is, what stays in view, what Back does (C1), and a browser that refuses
// storage inside frames of other sites (C9). How portals use it is in portals.spec.mjs.

import { extractText } from "unpdf";

import { clean } from "./axe.mjs";
import { complaints, expect, listening, test, told } from "./framed.mjs";
import { answer, at, heading, open, start } from "./journey.mjs";
import { onOwn } from "./server.mjs";
import { say } from "./words.mjs";

test.use({ real: true });
test.setTimeout(90_000);
test.beforeEach(async ({ page, context }) => {
  await context.addInitScript(onOwn);
  await page.addInitScript(listening);
});

const FRAME = '<common-assessment-frame src="SRC"></common-assessment-frame>';
/** The bottom and top of something in the frame, in the portal's window. */
async function inWindow(page, locator) {
  const box = await locator.boundingBox();
  const { height } = page.viewportSize();
  return box.y >= -1 && box.y + box.height <= height + 1;
}

test("C5 it is as high as its page, and the button that blanks stays in view wherever the portal is scrolled to", async ({ page, framed }) => {
  const wrong = complaints(page);
  const { form } = await framed(`<h1>Portal</h1>${FRAME}<div style="block-size:400px">More of the portal</div>`);
  const inside = await form();
  await start(inside);
  await expect.poll(() => inside.evaluate(() => document.documentElement.scrollHeight - innerHeight), { timeout: 2_000 }).toBe(0);
  const blank = inside.locator(".ca-foot");
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeGreaterThan(1_000);
  for (const scroll of [0, 0.3, 0.6]) {
    await page.evaluate((to) => scrollTo(0, to), Math.round(height * scroll));
    await expect.poll(() => inWindow(page, blank)).toBe(true);
  }
  await clean(inside, "the form in a portal's frame", page);
  expect(wrong).toEqual([]);
});

test("an urgent action stays in view inside a frame that is as high as the form", async ({ page, framed }) => {
  const { form } = await framed(FRAME);
  const inside = await form();
  await start(inside, "yes");
  await open(inside, "elements", "identity");
  await expect.poll(() => inside.locator(".ca-child-bar__urgent").count()).toBeGreaterThan(0);
  for (const scroll of [0, 400, 1200]) {
    await page.evaluate((to) => scrollTo(0, to), scroll);
    await expect.poll(() => inWindow(page, inside.locator(".ca-child-bar").first())).toBe(true);
  }
});

/** Visits four sections and gives the headings, from the task list on. */
async function visit(inside) {
  await start(inside);
  const seen = [await heading(inside).textContent()];
  for (const section of ["identifying_details", "assessment_information"]) {
    await open(inside, section);
    seen.push(await heading(inside).textContent());
    await inside.getByRole("link", { name: say("back.tasks"), exact: true }).first().click();
    await expect(heading(inside)).toHaveText(seen[0].trim());
    seen.push(seen[0]);
  }
  return seen.map((text) => text.trim());
}

const other = (path, own) => (path === "/other" ? `<!doctype html><title>Other page</title><a href="/">To the form</a> ${own.frame}` : undefined);

test("C1 with history=page Back steps through the form's pages and then leaves, and no press is dead", async ({ page, framed }) => {
  const { portal, form } = await framed('<common-assessment-frame src="SRC" history="page"></common-assessment-frame>', { more: other });
  await page.goto(`${portal.url}other`);
  await page.getByRole("link").click();
  const inside = await form();
  const seen = await visit(inside);
  for (const before of seen.slice(0, -1).reverse()) {
    await page.evaluate(() => history.back());
    await expect(heading(inside)).toHaveText(before);
  }
  expect(await page.title()).toBe("Woodhouse Moor portal");
});

test("C1 without it Back leaves at once", async ({ page, framed }) => {
  const { portal, form } = await framed(FRAME, { more: other });
  await page.goto(`${portal.url}other`);
  await page.getByRole("link").click();
  const inside = await form();
  const before = await page.evaluate(() => history.length);
  await visit(inside);
  expect(await page.evaluate(() => history.length)).toBe(before);
  page.on("dialog", (dialog) => dialog.accept());
  await page.evaluate(() => history.back());
  await expect(page).toHaveTitle("Other page");
});

test("C17 the portal's own print has one line in the frame's place, and nothing of the record", async ({ page, framed }) => {
  const { form } = await framed(`<h1>Portal</h1><p>Pupils</p>${FRAME}`);
  const inside = await form();
  await start(inside);
  await open(inside, "identifying_details");
  await answer(inside, "identifying_details.given_names", "Adabella");
  const { text } = await extractText(new Uint8Array(await page.pdf({ format: "A4" })), { mergePages: true });
  const all = text.replace(/\s+/g, " ");
  expect(all).toContain("Pupils");
  expect(all).toContain("To print the record, open the form and press its own button to print.");
  expect(all).not.toContain("Adabella");
});

test("C14 the element in the page and the form in a frame beside it: no error, and each is its own", async ({ page, framed }) => {
  const errors = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  // The portal is on the list of partners, so that its page may load the element.
  await page.route((url) => url.hostname === "127.0.0.1", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "access-control-allow-origin": "*" } });
  });
  const { own, form } = await framed(`<common-assessment></common-assessment>${FRAME}`);
  await page.evaluate(async (address) => {
    document.querySelector("common-assessment").setAttribute("api", `${address}api/v1/`);
    await import(`${address}common-assessment.js`);
  }, own.url);
  const inside = await form();
  const inPage = page.locator("common-assessment").first();
  await inPage.getByRole("button", { name: say("start.begin") }).click();
  await expect(inPage.locator("h1")).toHaveText(say("title.danger"));
  await expect(inside.getByRole("button", { name: say("start.begin") })).toBeVisible();
  await start(inside);
  await expect(inPage.locator("h1")).toHaveText(say("title.danger"));
  expect(errors).toEqual([]);
});

test("C8 two frames for two siblings: each has its own answers, and labels are its own", async ({ page, framed }) => {
  const { form } = await framed(`${FRAME}${FRAME}`);
  const [first, second] = [await form(0), await form(1)];
  for (const [inside, name] of [[first, "Ada"], [second, "Ben"]]) {
    await start(inside);
    await open(inside, "identifying_details");
    await answer(inside, "identifying_details.given_names", name);
  }
  await expect(at(first, "identifying_details.given_names")).toHaveValue("Ada");
  await expect(at(second, "identifying_details.given_names")).toHaveValue("Ben");
});

test("C9 a browser that refuses storage inside the frame: the form works, says so once and never says saved", async ({ page, context, framed }) => {
  await context.addInitScript(() => {
    if (location.hostname === "localhost") return;
    const refuse = (on, name) => Object.defineProperty(on, name, { get() { throw new DOMException("denied", "SecurityError"); } });
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) refuse(globalThis, name);
    refuse(Navigator.prototype, "serviceWorker");
  });
  const { form } = await framed(FRAME);
  const inside = await form();
  await start(inside);
  await open(inside, "identifying_details");
  await answer(inside, "identifying_details.given_names", "Ada");
  await expect(at(inside, "identifying_details.given_names")).toHaveValue("Ada");
  await expect(inside.locator("common-assessment")).not.toContainText(/\bSaved\b/);
  expect((await told(page, "error")).map(([, detail]) => detail.reason)).not.toContain("stopped");
});
