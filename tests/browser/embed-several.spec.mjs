// Several forms on one page, and forms that load while somebody is at work elsewhere on it (cases C4, C8): each has its own
// answers, draft and token, and none takes the focus or the place on the page.

import { listening, test as framedTest, told as toldByFrame } from "./framed.mjs";
import { answer, at, open, start } from "./journey.mjs";
import { begin, element, expect, onOwn, test, token, told } from "./portal.mjs";

const TEXT = Array.from({ length: 120 }, () => "<p>News of the portal</p>").join("");
const atWork = (page) => page.evaluate(() => [document.activeElement.id, document.querySelector("#search").value, scrollY]);

test("C4 two elements below two screens, on a slow line: what is typed in the portal goes on, and nothing jumps", async ({ page, portal }) => {
  await page.route("**/*.wasm", async (route) => {
    await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
  await portal.open({ before: TEXT, after: (care) => `<common-assessment api="${care}/api/v1/"></common-assessment>` });
  await page.locator("#search").focus();
  for (const letter of "swimming lessons and football") {
    await page.keyboard.type(letter, { delay: 40 });
  }
  await expect.poll(() => told(page, "ready")).toHaveLength(2);
  await page.keyboard.type(" club");
  expect(await atWork(page)).toEqual(["search", "swimming lessons and football club", 0]);
});

test("C4 loaded again after it was locked: the focus and the place stay the portal's", async ({ page, portal }) => {
  portal.gate.needsToken = true;
  await portal.open({
    before: TEXT,
    attributes: 'drafts="device"',
    script: `document.addEventListener("DOMContentLoaded", () => (document.querySelector("common-assessment").token = () => "${token("teacher-7")}"));`,
  });
  await begin(page);
  await expect.poll(() => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeGreaterThan(0);
  await page.evaluate(() => document.querySelector("common-assessment").lock());
  await expect(element(page).getByRole("heading", { name: "The form is locked" })).toBeVisible();
  await page.reload();
  await page.locator("#search").focus();
  await page.keyboard.type("swimming");
  await expect.poll(() => told(page, "ready")).toHaveLength(1);
  await page.keyboard.type(" club");
  await page.waitForTimeout(300);
  expect(await atWork(page)).toEqual(["search", "swimming club", 0]);
});

test("C8 two elements for two siblings: answers, drafts and tokens are each one's own, and the second goes on without the first", async ({ page, portal }) => {
  test.setTimeout(90_000);
  portal.gate.needsToken = true;
  await portal.open({
    attributes: 'drafts="device" id="first"',
    before: '<iframe title="Map" scrolling="yes" width="300" height="200" srcdoc="<p style=\'height:900px\'>Map</p>"></iframe>',
    after: (care) => `<common-assessment api="${care}/api/v1/" drafts="device" id="second"></common-assessment>`,
    script: `document.addEventListener("DOMContentLoaded", () => {
      document.querySelector("#first").token = () => "${token("teacher-7")}";
      document.querySelector("#second").token = () => "${token("teacher-8")}";
    });`,
  });
  const map = () => page.locator("iframe[title=Map]").evaluate((map) => [map.outerHTML, map.getBoundingClientRect().height]);
  const before = await map();
  const [first, second] = [page.locator("#first"), page.locator("#second")];
  for (const [one, answer] of [[first, "no"], [second, "unsure"]]) {
    await one.getByRole("button", { name: "Start a new assessment" }).click();
    await onOwn(one);
    await one.locator(`input[name="danger_now"][value=${answer}]`).check();
  }
  await expect(first.locator('input[name="danger_now"][value=no]')).toBeChecked();
  await expect(second.locator('input[name="danger_now"][value=unsure]')).toBeChecked();
  expect(await second.evaluate((element) => element.save())).toBe(true);
  const tokens = new Set(portal.gate.seen.map(({ authorization }) => authorization).filter(Boolean));
  expect(tokens.size, "each asks with its own").toBe(2);
  // Names of radios do not meet, and every label and description is of its own form.
  for (const one of [first, second]) {
    const strays = await one.evaluate(({ shadowRoot: root }) =>
      [...root.querySelectorAll("[for], [aria-labelledby], [aria-describedby]")].filter((node) => {
        const ids = [node.htmlFor, node.getAttribute("aria-labelledby"), node.getAttribute("aria-describedby")].filter(Boolean).join(" ").split(" ");
        return ids.some((id) => !root.getElementById(id));
      }).length,
    );
    expect(strays).toBe(0);
  }
  await first.evaluate((element) => element.remove());
  await expect(second.locator('input[name="danger_now"][value=unsure]')).toBeChecked();
  await second.locator('input[name="danger_now"][value=no]').check();
  expect(await second.evaluate((element) => element.save())).toBe(true);
  expect(await map()).toEqual(before);
  await page.reload();
  // Each finds its own person's draft, and not the other's.
  for (const one of [first, second]) await expect(one.locator(".ca-drafts__name")).toHaveCount(1);
});

framedTest.describe("C4 C8 frames", () => {
  framedTest.use({ real: true });
  framedTest.setTimeout(90_000);
  framedTest.beforeEach(async ({ page }) => page.addInitScript(listening));
  const FRAME = '<common-assessment-frame src="SRC"></common-assessment-frame>';

  framedTest("two on a slow line below two screens: what is typed in the portal goes on, and nothing jumps", async ({ page, framed }) => {
    await page.route("**/*.wasm", async (route) => {
      await new Promise((done) => setTimeout(done, 700));
      await route.continue();
    });
    await framed(`<input id="search">${TEXT}${FRAME}${FRAME}`);
    await page.locator("#search").focus();
    for (const letter of "swimming lessons and football") await page.keyboard.type(letter, { delay: 40 });
    await expect.poll(() => toldByFrame(page, "ready"), { timeout: 20_000 }).toHaveLength(2);
    await page.keyboard.type(" club");
    expect(await atWork(page)).toEqual(["search", "swimming lessons and football club", 0]);
  });

  framedTest("two for two siblings: Yes in the first, Not sure in the second, and the second goes on without the first", async ({ page, framed }) => {
    const { own, form } = await framed(`${FRAME}${FRAME}`);
    const [first, second] = [await form(0), await form(1)];
    await start(first, "yes");
    await start(second, "unsure");
    await open(second, "identifying_details");
    await answer(second, "identifying_details.given_names", "Ben");
    // The urgent action is in the first, and in no other.
    await expect(first.locator(".ca-urgent__action").first()).toBeVisible();
    const height = (at) => page.locator("common-assessment-frame").nth(at).evaluate((element) => element.offsetHeight);
    await expect.poll(async () => (await height(0)) !== (await height(1))).toBe(true);
    const which = await page.evaluate(() => {
      const [one] = document.querySelectorAll("common-assessment-frame");
      one.remove();
      return document.querySelectorAll("common-assessment-frame").length;
    });
    expect(which).toBe(1);
    await expect.poll(() => page.frames().filter((frame) => frame.url().startsWith(own.url)).length).toBe(1);
    const [left] = page.frames().filter((frame) => frame.url().startsWith(own.url));
    const isSecond = left === second;
    if (isSecond) {
      await expect(at(left, "identifying_details.given_names")).toHaveValue("Ben");
      await answer(left, "identifying_details.family_name", "Example");
    } else {
      await expect(left.locator(".ca-urgent__action").first()).toBeVisible();
    }
    expect(await page.evaluate(() => document.querySelector("common-assessment-frame").save())).toBe(false);
  });
});
