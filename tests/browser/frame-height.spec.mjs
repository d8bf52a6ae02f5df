// How high a portal's frame is, whatever the portal does with it (C5), and that what stays in view while somebody scrolls
// does so inside a frame that is as high as the form.

import { expect, formIn, listening, test, told } from "./framed.mjs";

test.beforeEach(async ({ page }) => page.addInitScript(listening));

const FRAME = '<common-assessment-frame src="SRC"></common-assessment-frame>';
const ours = (page) => page.locator("common-assessment-frame");
const grow = (inside, lines) => inside.evaluate((lines) => globalThis.standIn.element.grow(lines), lines);

/** The heights of the frame and of what is in it are the same before long (it is looked at twice a second), and nothing in it scrolls. */
async function fits(page, inside) {
  const heights = async () => {
    const frame = await page.locator("common-assessment-frame").evaluate((element) => element.shadowRoot.querySelector("iframe").getBoundingClientRect().height);
    const content = await inside.evaluate(() => [document.body.getBoundingClientRect().height, document.documentElement.scrollHeight - innerHeight]);
    return [frame - Math.ceil(content[0]), content[1], content[0] > 0];
  };
  await expect.poll(heights, { intervals: [20, 50, 100] }).toEqual([0, 0, true]);
}

test("C5 the frame is as high as the form, grows with a list of errors and shrinks again", async ({ page, framed }) => {
  const { form } = await framed(`${FRAME}<p id="after">After</p>`);
  const inside = await form();
  await fits(page, inside);
  const small = await ours(page).evaluate((element) => element.offsetHeight);
  for (const lines of [40, 400, 1]) {
    await grow(inside, lines);
    await fits(page, inside);
  }
  expect(Math.abs((await ours(page).evaluate((element) => element.offsetHeight)) - small)).toBeLessThan(60);
});

for (const [what, body, open] of [
  ["display:none", `<div id="box" style="display:none">${FRAME}</div>`, () => (document.querySelector("#box").style.display = "")],
  ["a closed details", `<details id="box"><summary>More</summary>${FRAME}</details>`, () => (document.querySelector("#box").open = true)],
  ["a dialog", `<dialog id="box" style="inline-size:90%">${FRAME}</dialog>`, () => document.querySelector("#box").showModal()],
  ["a hidden tab", `<div id="box" hidden>${FRAME}</div>`, () => (document.querySelector("#box").hidden = false)],
]) {
  test(`C5 a frame in ${what} has the right height once it is shown`, async ({ page, framed }) => {
    const { form } = await framed(body);
    const inside = await form();
    await expect.poll(() => told(page, "ready")).toHaveLength(1);
    await grow(inside, 80);
    await page.evaluate(open);
    await fits(page, inside);
    await grow(inside, 10);
    await fits(page, inside);
  });
}

test("C5 hidden and shown while it loads", async ({ page, framed }) => {
  const { form } = await framed(`<div id="box">${FRAME}</div><script type="module">
    const box = document.querySelector("#box");
    for (const at of [1, 30, 60, 90]) setTimeout(() => (box.hidden = at !== 90), at);
  </script>`);
  await fits(page, await form());
});

test("C5 200 % zoom and a narrow window: no inner scroll bar", async ({ page, framed }) => {
  const { form } = await framed(FRAME);
  const inside = await form();
  await grow(inside, 30);
  await page.setViewportSize({ width: 640, height: 400 });
  await fits(page, inside);
  await page.evaluate(() => (document.documentElement.style.zoom = "2"));
  const content = () => inside.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  await expect.poll(content).toBe(0);
  await page.setViewportSize({ width: 320, height: 400 });
  await expect.poll(content).toBe(0);
});

test("the page does not jump while the frame grows below what somebody reads", async ({ page, framed }) => {
  const { form } = await framed(`<div style="block-size:1500px"><p id="read" style="margin-block-start:700px">Words that somebody reads</p></div>${FRAME}`);
  const inside = await form();
  await page.evaluate(() => scrollTo(0, 650));
  const before = await page.locator("#read").boundingBox();
  await grow(inside, 200);
  await fits(page, inside);
  expect(await page.locator("#read").boundingBox()).toEqual(before);
});

test("with fit=none the frame keeps the portal's height and can be scrolled", async ({ page, framed }) => {
  const { form } = await framed('<common-assessment-frame src="SRC" fit="none" style="block-size:300px"></common-assessment-frame>');
  const inside = await form();
  await grow(inside, 200);
  await expect.poll(() => inside.evaluate(() => document.documentElement.scrollHeight > 2 * innerHeight)).toBe(true);
  expect(await ours(page).evaluate((element) => element.shadowRoot.querySelector("iframe").offsetHeight)).toBe(300);
});

test("C5 without any script of the portal a plain frame opens the form and can be scrolled", async ({ page, framed }) => {
  const { own } = await framed('<iframe title="Form" src="SRC" width="600" height="300"></iframe>');
  const inside = await formIn(page, own);
  expect((await inside.evaluate(() => globalThis.standIn.attributes)).history).toBe("page");
  await grow(inside, 200);
  await page.locator("iframe").hover();
  await page.mouse.wheel(0, 500);
  await expect.poll(() => inside.evaluate(() => scrollY)).toBeGreaterThan(300);
});

/** What the frame keeps out of, in pixels from its top and bottom. */
const kept = (inside) =>
  inside.evaluate(() => ["start", "end"].map((name) => Number.parseInt(globalThis.standIn.element.shadowRoot.querySelector(".ca-root").style.getPropertyValue(`--ca-view-${name}`), 10)));

test("what is in view, told before the frame is that high, counts once it is", async ({ page, framed }) => {
  const { form } = await framed('<common-assessment-frame src="SRC" fit="none" style="block-size:300px"></common-assessment-frame>', {
    head: "<script>const { port1 } = Object.getOwnPropertyDescriptors(MessageChannel.prototype); Object.defineProperty(MessageChannel.prototype, 'port1', { get() { return (globalThis.port = port1.get.call(this)); } });</script>",
  });
  const inside = await form();
  await expect.poll(() => told(page, "ready")).toHaveLength(1);
  await page.evaluate(() => globalThis.port.postMessage({ type: "view", start: 500, end: 100 }));
  await page.evaluate(() => globalThis.port.postMessage({ type: "has-token" }));
  await expect.poll(() => inside.evaluate(() => typeof globalThis.standIn.element.token)).toBe("function");
  expect(await kept(inside)).not.toEqual([500, 100]);
  await ours(page).evaluate((element) => (element.style.blockSize = "3000px"));
  await expect.poll(() => kept(inside)).toEqual([500, 100]);
});

test("what stays in view is told which part of the frame is", async ({ page, framed }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  const { form } = await framed(`<div style="block-size:200px">Portal</div>${FRAME}<div style="block-size:900px">Portal</div>`);
  const inside = await form();
  await grow(inside, 200);
  await fits(page, inside);
  const height = await ours(page).evaluate((element) => element.offsetHeight);
  const at = async (scroll) => {
    await page.evaluate((scroll) => scrollTo(0, scroll), scroll);
    const top = 200 + 8 - scroll;
    const end = Math.max(0, top + height - 600);
    await expect.poll(() => kept(inside)).toEqual([Math.max(0, -top), end].map((pixels) => expect.closeTo(pixels, -0.5)));
  };
  for (const scroll of [0, 1000, 2500, height + 100]) await at(scroll);
});
