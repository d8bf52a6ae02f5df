// The framed form and the portal's script, with a stand-in of the element: what goes through the connection, both ways, and
// what else is on the portal's page. Its height is in frame-height.spec.mjs, hostile messages in frame-hostile.spec.mjs.

import { complaints, expect, formIn, listening, test, told } from "./framed.mjs";

test.beforeEach(async ({ page }) => page.addInitScript(listening));

const ours = (page, at = 0) => page.locator("common-assessment-frame").nth(at);
const standIn = (form) => form.evaluate(() => ({ ...globalThis.standIn, element: undefined }));

test("attributes, prefill and token go in, and events come out", async ({ page, framed }) => {
  const wrong = complaints(page);
  const { form } = await framed(
    `<script type="module">
      const form = document.createElement("common-assessment-frame");
      form.token = async ({ reason }) => "token-for-" + reason;
      form.prefill = { "identifying_details.family_name": "Example" };
      for (const [name, value] of Object.entries({ src: "SRC", locale: "en-GB", mode: "assess", profile: "leeds", api: "https://evil.example/", id: "mine" }))
        form.setAttribute(name, value);
      document.body.append(form);
    </script>`,
  );
  const inside = await form();
  expect(await standIn(inside)).toMatchObject({
    made: 1,
    attributes: { api: "/api/v1/", locale: "en-GB", mode: "assess", profile: "leeds" },
    prefill: { "identifying_details.family_name": "Example" },
  });
  expect(await inside.evaluate(() => globalThis.standIn.element.token({ reason: "expires" }))).toBe("token-for-expires");
  await inside.evaluate(() => {
    const { element } = globalThis.standIn;
    element.tell("assessment-page", "About the child");
    element.tell("assessment-outcome", { level: "targeted" });
    element.tell("assessment-error", { reason: "prefill", paths: ["a.b", "c"] });
    // None of ours, and one whose detail nobody declared.
    element.tell("assessment-answers", { name: "Ada" });
    element.tell("assessment-changed", { answers: { name: "Ada" } });
    element.tell("assessment-submitted", null);
  });
  await expect.poll(() => told(page)).toEqual([
    ["ready", null],
    ["page", "About the child"],
    ["outcome", { level: "targeted" }],
    ["error", { reason: "prefill", paths: ["a.b", "c"] }],
    ["submitted", null],
  ]);
  expect(await inside.title()).toBe("About the child");
  // What the frame may not see or change: the portal's title, address and history.
  expect(await page.title()).toBe("Woodhouse Moor portal");
  expect(wrong).toEqual([]);
});

test("properties that were set before the script had arrived count", async ({ page, framed }) => {
  const { form } = await framed('<common-assessment-frame src="SRC"></common-assessment-frame>', {
    head: "<script>addEventListener('DOMContentLoaded', () => {}); new MutationObserver((_, o) => { const f = document.querySelector('common-assessment-frame'); if (f) { f.token = () => 'early'; f.prefill = { a: 'b' }; o.disconnect(); } }).observe(document, { childList: true, subtree: true });</script>",
  });
  const inside = await form();
  expect((await standIn(inside)).prefill).toEqual({ a: "b" });
  expect(await inside.evaluate(() => globalThis.standIn.element.token({ reason: "start" }))).toBe("early");
  await ours(page).evaluate((element) => (element.token = () => "later"));
  expect(await inside.evaluate(() => globalThis.standIn.element.token({ reason: "start" }))).toBe("later");
});

test("a callback that throws, gives no text or is not there is an error inside, and no more", async ({ page, framed }) => {
  const wrong = complaints(page);
  const { form } = await framed();
  const inside = await form();
  const asked = () => inside.evaluate(() => globalThis.standIn.element.token({ reason: "start" }).then(() => "a token", () => "none"));
  expect(await inside.evaluate(() => typeof globalThis.standIn.element.token)).toBe("undefined");
  for (const give of ["() => { throw new Error('no') }", "async () => { throw 0 }", "() => 7", "() => ''", "() => 'x'.repeat(20000)"]) {
    await ours(page).evaluate((element, give) => (element.token = new Function(`return ${give}`)()), give);
    await expect.poll(asked, give).toBe("none");
  }
  expect(wrong).toEqual([]);
});

test("methods answer when the form has, and a failure tells the portal no words of it", async ({ page, framed }) => {
  const { form } = await framed();
  const inside = await form();
  expect(await ours(page).evaluate((element) => element.save())).toBe(true);
  await ours(page).evaluate((element) => element.lock());
  await ours(page).evaluate((element) => element.focus());
  await expect.poll(async () => (await standIn(inside)).calls).toEqual(["save", "lock", "focus"]);
  expect(await page.evaluate(() => document.activeElement.localName)).toBe("common-assessment-frame");
  await inside.evaluate(() => (globalThis.standIn.cannot = true));
  const said = await ours(page).evaluate((element) => element.save().catch(({ message }) => message));
  expect(said).toContain("could not");
  expect(said).not.toContain("Ada");
});

test("a call from before the frame was there is answered later, and one that nobody can answer ends", async ({ page, framed }) => {
  const { own } = await framed('<p id="place">Nothing yet</p>');
  await page.evaluate((src) => {
    const element = document.createElement("common-assessment-frame");
    globalThis.early = element.save().then(() => "saved");
    element.setAttribute("src", src);
    document.querySelector("#place").append(element);
  }, own.frame);
  expect(await page.evaluate(() => globalThis.early)).toBe("saved");
  const inside = await formIn(page, own);
  await inside.evaluate(() => (globalThis.standIn.element.save = () => new Promise(() => {})));
  const ended = await ours(page).evaluate((element) => {
    const waits = element.save().catch(({ message }) => message);
    element.remove();
    return waits;
  });
  expect(ended).toContain("left the page");
});

test("prefilled answers that cannot be sent are an error, and the form opens", async ({ page, framed }) => {
  const { form } = await framed(`<script type="module">
    const form = document.createElement("common-assessment-frame");
    form.prefill = { a: () => {} };
    form.setAttribute("src", "SRC");
    document.body.append(form);
  </script>`);
  const inside = await form();
  expect((await standIn(inside)).prefill).toBeUndefined();
  await expect.poll(() => told(page)).toEqual(expect.arrayContaining([["error", { reason: "prefill" }], ["ready", null]]));
  // Too many, or not as JSON has them.
  for (const odd of ["{ a: 'x'.repeat(300000) }", "(() => { const a = {}; a.a = a; return a; })()", "{ a: 1n }", "[1]", "'text'"]) {
    await ours(page).evaluate((element, odd) => (element.prefill = new Function(`return (${odd})`)()), odd);
  }
  await ours(page).evaluate((element) => (element.prefill = { b: "c" }));
  await expect.poll(() => inside.evaluate(() => globalThis.standIn.element.prefill)).toEqual({ b: "c" });
});

test("the frame may load again by itself, and is connected again", async ({ page, framed }) => {
  const { own, form } = await framed();
  await (await form()).evaluate(() => location.reload());
  await expect.poll(() => told(page)).toEqual([["ready", null], ["ready", null]]);
  const inside = await formIn(page, own);
  await ours(page).evaluate((element) => element.save());
  expect((await standIn(inside)).calls).toEqual(["save"]);
});

test("C4 the frame takes neither the focus nor the place on the page", async ({ page, framed }) => {
  const { form } = await framed(
    '<input id="search" autofocus><div style="height:3000px">Much text</div><common-assessment-frame src="SRC"></common-assessment-frame>',
  );
  await page.locator("#search").pressSequentially("swimming lessons");
  await form();
  await expect.poll(() => told(page, "ready")).toHaveLength(1);
  await page.keyboard.type(" and football");
  await expect(page.locator("#search")).toHaveValue("swimming lessons and football");
  expect(await page.evaluate(() => [document.activeElement.id, scrollY])).toEqual(["search", 0]);
});

test("C6 the portal's script listens to no messages of the window", async ({ page, framed }) => {
  await page.addInitScript(() => {
    globalThis.heard = [];
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, ...rest) {
      if (type.startsWith("message")) globalThis.heard.push(type);
      return add.call(this, type, ...rest);
    };
  });
  const wrong = complaints(page);
  const { form } = await framed();
  await form();
  await expect.poll(() => told(page, "ready")).toHaveLength(1);
  expect(await page.evaluate(() => [globalThis.heard, globalThis.onmessage])).toEqual([[], null]);
  await page.evaluate(() => {
    for (const odd of [{}, 0, null, "nextTick", { type: "event", name: "assessment-submitted", detail: null }]) postMessage(odd, "*");
  });
  await ours(page).evaluate((element) => element.save());
  expect(await told(page)).toEqual([["ready", null]]);
  expect(wrong).toEqual([]);
});

test("C8 two frames without an id have each their own form, and a map of somebody else's is left alone", async ({ page, framed }) => {
  const frame = '<common-assessment-frame src="SRC"></common-assessment-frame>';
  const { own } = await framed(`${frame}<iframe title="Map" scrolling="yes" width="300" height="200" srcdoc="<p style='height:900px'>Map</p>"></iframe>${frame}`);
  const attributes = () =>
    page.locator("iframe[title=Map]").evaluate((map) => [map.outerHTML, map.getBoundingClientRect().height, map.scrolling]);
  const before = await attributes();
  const [first, second] = [await formIn(page, own, 0), await formIn(page, own, 1)];
  for (const [at, give] of [[0, "one"], [1, "two"]]) await ours(page, at).evaluate((element, give) => (element.token = () => give), give);
  const asks = (inside) => inside.evaluate(() => globalThis.standIn.element.token({ reason: "start" }));
  await expect.poll(async () => [await asks(first), await asks(second)].sort()).toEqual(["one", "two"]);
  await first.locator("input").fill("Yes");
  await second.locator("input").fill("No");
  await first.evaluate(() => globalThis.standIn.element.grow(50));
  await expect.poll(() => ours(page, 0).evaluate((element) => element.offsetHeight > 900) ).not.toBe(
    await ours(page, 1).evaluate((element) => element.offsetHeight > 900),
  );
  await ours(page, 0).evaluate((element) => element.remove());
  const inside = () => page.frames().filter((frame) => frame.url().startsWith(own.url));
  await expect.poll(() => inside().length).toBe(1);
  const [left] = inside();
  await expect(left.locator("input")).toHaveValue(left === second ? "No" : "Yes");
  await ours(page, 0).evaluate((element) => element.save());
  expect(await attributes()).toEqual(before);
});

test("C14 the script twice and two releases of it: no error, one wins and says so", async ({ page, framed }) => {
  const wrong = complaints(page);
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  const { form } = await framed(
    '<common-assessment-frame src="SRC"></common-assessment-frame><script type="module" src="/second.js"></script>' +
      '<script type="module" src="/common-assessment-frame.js?again"></script>',
  );
  await form();
  expect(await ours(page).evaluate((element) => element.version)).toBe("1.0.0+first");
  const about = said.filter((text) => text.startsWith("common-assessment-frame"));
  expect(about).toEqual([expect.stringContaining("1.1.0+second is not used"), expect.stringContaining("1.0.0+first is not used")]);
  expect(wrong).toEqual([]);
});

test.describe("a portal that is late by more than ten seconds", () => {
  /** Holds back what the portal's script does once its frame has loaded. */
  const late = () => {
    const { addEventListener } = HTMLIFrameElement.prototype;
    HTMLIFrameElement.prototype.addEventListener = function (type, call) {
      addEventListener.call(this, type, (event) => (globalThis.meet = () => call.call(this, event)));
    };
  };
  const FRAME = '<common-assessment-frame src="SRC" profile="leeds"></common-assessment-frame>';

  test("what it says counts as long as nobody has done anything in the form", async ({ page, framed }) => {
    await page.addInitScript(late);
    await page.clock.install();
    const { own } = await framed(FRAME);
    await expect.poll(() => page.evaluate(() => Boolean(globalThis.meet))).toBe(true);
    await page.clock.runFor(11_000);
    const inside = await formIn(page, own);
    expect((await standIn(inside)).attributes.profile).toBeUndefined();
    await page.evaluate(() => globalThis.meet());
    await expect.poll(async () => (await standIn(inside)).attributes.profile).toBe("leeds");
    expect(await inside.locator("common-assessment").count()).toBe(1);
  });

  test("where somebody has typed, the form stays as it is", async ({ page, framed }) => {
    await page.addInitScript(late);
    await page.clock.install();
    const { own } = await framed(FRAME);
    await expect.poll(() => page.evaluate(() => Boolean(globalThis.meet))).toBe(true);
    await page.clock.runFor(11_000);
    const inside = await formIn(page, own);
    await inside.locator("input").fill("Ada");
    await page.evaluate(() => globalThis.meet());
    await page.clock.runFor(1_000);
    await expect(inside.locator("input")).toHaveValue("Ada");
    expect(await standIn(inside)).toMatchObject({ made: 1 });
  });
});

test("a frame that does not open says so, with the numbers and a way on", async ({ page, framed }) => {
  await page.clock.install();
  await framed('<common-assessment-frame src="SRC/../../nobody"></common-assessment-frame>');
  await expect.poll(() => page.frames().length).toBe(2);
  await page.waitForLoadState();
  await page.clock.runFor(11_000);
  const notice = ours(page).locator("[role=alert]");
  await expect(notice).toContainText("999");
  await expect(notice.getByRole("link", { name: "Open the form" })).toHaveAttribute("href", /^http:\/\/127/);
  expect(await told(page)).toEqual([["error", { reason: "frame" }]]);
});

test("where the form's script cannot be loaded the numbers stay in view, and the portal hears of it", async ({ page, framed }) => {
  await page.route("**/common-assessment.js", (route) => route.abort());
  const { form } = await framed();
  await expect((await form()).locator("main")).toContainText("999");
  await expect.poll(() => told(page)).toEqual([["error", { reason: "load" }]]);
});

test("an address that is none, or no web address, says so", async ({ page, framed }) => {
  await framed('<common-assessment-frame></common-assessment-frame><common-assessment-frame src="javascript:alert(1)"></common-assessment-frame>');
  await expect(ours(page, 1).locator("[role=alert]")).toContainText("999");
  expect(await told(page, "error")).toContainEqual(["error", { reason: "frame" }]);
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("common-assessment-frame"), {})));
  expect(page.frames().every((frame) => !frame.url().startsWith("javascript"))).toBe(true);
});

test("the portal's strict policy is enough: no inline style or script, no eval, trusted types", async ({ page, framed }) => {
  const wrong = complaints(page);
  const { form } = await framed('<common-assessment-frame src="SRC"></common-assessment-frame>', {
    headers: {
      "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; frame-src http://127.0.0.1:*; require-trusted-types-for 'script'; trusted-types 'none'",
    },
  });
  const inside = await form();
  await inside.evaluate(() => globalThis.standIn.element.grow(60));
  await expect.poll(() => ours(page).evaluate((element) => element.offsetHeight)).toBeGreaterThan(900);
  expect(wrong.filter((text) => !text.includes("favicon"))).toEqual([]);
});

test("a portal that may not show it gets nothing: frame-ancestors", async ({ page, framed }) => {
  const { own, origins } = await framed("<p>Nothing yet</p>");
  origins.splice(0, 1, "http://localhost:1");
  await page.clock.install();
  await page.evaluate((src) => {
    const element = document.createElement("common-assessment-frame");
    element.setAttribute("src", src);
    document.body.append(element);
  }, own.frame);
  await expect.poll(() => page.frames().length).toBe(2);
  await page.waitForLoadState("networkidle");
  await page.clock.runFor(11_000);
  await expect.poll(() => told(page)).toEqual([["error", { reason: "frame" }]]);
  expect(page.frames().some((frame) => frame.url().startsWith(own.url))).toBe(false);
});

test("B36 50 times put in and taken out again, no listener, frame, port or timer is left", async ({ page, framed }) => {
  await page.addInitScript(() => {
    globalThis.count = { listeners: 0, timers: new Set(), ports: 0 };
    const { count } = globalThis;
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, call, options) {
      if ((this === globalThis || this === document) && ["scroll", "resize"].includes(type)) {
        count.listeners += 1;
        options?.signal?.addEventListener("abort", () => (count.listeners -= 1));
      }
      return add.call(this, type, call, options);
    };
    const [set, clear] = [setTimeout, clearTimeout];
    globalThis.setTimeout = (call, wait) => {
      const id = set(() => (count.timers.delete(id), call()), wait);
      count.timers.add(id);
      return id;
    };
    globalThis.clearTimeout = (id) => (count.timers.delete(id), clear(id));
    const Channel = MessageChannel;
    globalThis.MessageChannel = class extends Channel {
      constructor() {
        super();
        count.ports += 1;
        const { close } = this.port1;
        this.port1.close = () => ((count.ports -= 1), close.call(this.port1));
      }
    };
  });
  const { own } = await framed('<p id="place">Nothing yet</p>');
  await page.evaluate(async (src) => {
    for (let time = 0; time < 50; time += 1) {
      const element = document.createElement("common-assessment-frame");
      element.setAttribute("src", src);
      const ready = new Promise((done) => element.addEventListener("assessment-ready", done));
      document.querySelector("#place").append(element);
      // Each fifth is taken out while it loads.
      if (time % 5) await ready;
      element.remove();
    }
  }, own.frame);
  const count = await page.evaluate(() => ({ ...globalThis.count, timers: globalThis.count.timers.size, frames: globalThis.length }));
  expect(count).toEqual({ listeners: 0, timers: 0, ports: 0, frames: 0 });
  await expect.poll(() => page.frames().length).toBe(1);
});
