// Hostile messages (B36, C6): 10,000 from windows that are not the portal, of every kind of origin that looks like it, and
// malformed ones from the portal itself. The frame is a plain one whose name the attackers know, so that only who sends and
// from where can stop them; and its page lets itself be framed by anybody here, which the product's server forbids.

import { complaints, expect, formIn, startOwn, startPortal, test as base } from "./framed.mjs";

const NONCE = "7c6f1c1e-5a4d-4b7e-9a54-2f3f7b1c0a11";
const NAME = `common-assessment-frame ${NONCE}`;
/** Messages from each place. */
const EACH = { parent: 500, sibling: 500, window: 500, malformed: 2_500 };

const test = base.extend({
  /** The portal is `portal.localhost`; all names below `localhost` lead here. */
  place: async ({ page }, use) => {
    const origins = [];
    const own = await startOwn({ origins, anyParent: true });
    const pages = (path) =>
      path === "/portal" || path === "/attacker" ? { body: `<!doctype html><title>${path}</title><body></body>` } : undefined;
    const [portal, shifted] = [await startPortal(pages), await startPortal(pages)];
    origins.push(`http://portal.localhost:${portal.port}`);
    await use({ own, home: origins[0], at: (host, { port } = portal) => `http://${host}:${port}`, shifted, page });
    for (const server of [own, portal, shifted]) await server.stop();
  },
});

/** Runs in a window: sends `count` messages to `target`, each with a port of its own, and counts what comes back. */
function attack([target, count, nonce]) {
  globalThis.replies ??= 0;
  addEventListener("message", () => (globalThis.replies += 1));
  const to = new Function(`return ${target}`)();
  const start = { type: "start", attributes: { locale: "cy", mode: "read" }, prefill: { a: "b" }, token: true };
  const shapes = [
    { type: "common-assessment-connect", nonce }, start, {}, 0, null, "nextTick", undefined, true, [], "x".repeat(1000),
    { type: "common-assessment-connect" }, { type: "call", id: 1, method: "lock" }, new Map(), new Date(0), 1n, NaN,
  ];
  const cycle = { type: "common-assessment-connect", nonce };
  cycle.self = cycle;
  for (let at = 0; at < count; at += 1) {
    const message = at === 7 ? "y".repeat(10_000_000) : at === 8 ? cycle : shapes[at % shapes.length];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (globalThis.replies += 1);
    port1.postMessage(start);
    port1.postMessage({ type: "call", id: 1, method: "save" });
    to.postMessage(message, "*", [port2]);
  }
}

/** Runs in a window that may connect: malformed messages only, to the window and then nothing else. */
function malformed([target, count, nonce]) {
  globalThis.replies ??= 0;
  addEventListener("message", () => (globalThis.replies += 1));
  const to = new Function(`return ${target}`)();
  const type = "common-assessment-connect";
  const two = { ports: 2 };
  const shapes = [
    [{ type, nonce: "" }], [{ type, nonce: nonce.toUpperCase() }], [{ type, nonce: ` ${nonce}` }], [{ type, nonce: [nonce] }],
    [{ type }], [{ type: "Common-assessment-connect", nonce }], [{ nonce }], [[type, nonce]], [new Map([["type", type]])],
    [type + nonce], [JSON.stringify({ type, nonce })], [null], [0], [-1], [""], [{ type, nonce }, { ports: 0 }], [{ type, nonce }, two],
    [{ type, nonce: { toString: nonce } }], [new Error(nonce)], [new Uint8Array(64)], [{ type: { type }, nonce }], [/x/],
  ];
  const cycle = { type };
  cycle.nonce = cycle;
  for (let at = 0; at < count; at += 1) {
    const [message, { ports = 1 } = {}] = at === 7 ? ["y".repeat(10_000_000)] : at === 8 ? [cycle] : shapes[at % shapes.length];
    const made = Array.from({ length: ports }, () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (globalThis.replies += 1);
      return port2;
    });
    to.postMessage(message, "*", made);
  }
}

/** Puts the frame into a page, with the name that the attackers know. It has announced a portal, so it waits for one. */
const embed = (page, own) =>
  page.evaluate(([src, name]) => {
    const frame = Object.assign(document.createElement("iframe"), { name, src });
    const loaded = new Promise((done) => (frame.onload = done));
    document.body.append(frame);
    return loaded;
  }, [own.frame, NAME]);

const inside = (page, own) => page.frames().find((frame) => frame.url().startsWith(own.url));

/** Watches a frame for any change of its document, title and address. */
const watch = (frame) =>
  frame.evaluate(() => {
    globalThis.changes = 0;
    new MutationObserver((found) => (globalThis.changes += found.length)).observe(document, {
      ...{ childList: true, subtree: true, attributes: true, characterData: true },
    });
  });

/** What has become of it. Messages that are on their way are handled before the answer comes. */
async function after(page, own) {
  const frame = inside(page, own);
  await frame.evaluate(() => new Promise((done) => setTimeout(done)));
  return frame.evaluate(() => [globalThis.changes, globalThis.standIn.made, globalThis.standIn.calls.length, location.hash, document.title]);
}
const UNTOUCHED = [0, 0, 0, "", "Common assessment"];

const replies = async (frames) =>
  (await Promise.all(frames.map((frame) => frame.evaluate(() => globalThis.replies ?? 0)))).reduce((sum, one) => sum + one, 0);

/** The true message, as the portal's script sends it, and what then comes through the port. */
const connect = (page, origin) =>
  page.evaluate(
    ([nonce, origin]) =>
      new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        const heard = [];
        port1.onmessage = ({ data }) => {
          heard.push(data.type);
          if (data.type === "event") done(heard);
        };
        document.querySelector("iframe").contentWindow.postMessage({ type: "common-assessment-connect", nonce }, origin, [port2]);
        port1.postMessage({ type: "start", attributes: {}, token: false });
      }),
    [NONCE, origin],
  );

/** Hosts that look like the portal's. */
const HOSTS = {
  wrong: "other.localhost",
  prefix: "portal.localhost.evil.localhost",
  suffix: "evilportal.localhost",
  below: "a.portal.localhost",
  // "portal" with a Cyrillic o.
  punycode: "xn--prtal-jye.localhost",
  "trailing dot": "portal.localhost.",
};

test("B36 C6 10,000 hostile messages change nothing and get no answer; then a true one works", async ({ place, context, page }) => {
  test.setTimeout(120_000);
  const { own, home, at, shifted } = place;
  let sent = 0;
  const wrong = complaints(page);
  const others = [...Object.entries(HOSTS).map(([name, host]) => [name, at(host)]), ["port", at("portal.localhost", shifted)]];

  // As the frame's own parent, which no other origin may be.
  for (const [name, origin] of others) {
    await page.goto(`${origin}/attacker`);
    await embed(page, own);
    await watch(inside(page, own));
    await page.evaluate(attack, ["frames[0]", EACH.parent, NONCE]);
    sent += EACH.parent;
    expect(await after(page, own), name).toEqual(UNTOUCHED);
    expect(await page.evaluate(() => globalThis.replies), name).toBe(0);
  }

  // Beside it, on the portal's own page: frames of each origin, of the form's own origin, with none, and sandboxed.
  await page.goto(`${home}/portal`);
  await page.setViewportSize({ width: 800, height: 600 });
  await embed(page, own);
  await watch(inside(page, own));
  const siblings = [...others, ["own", own.frame.replace("/embed/school", "/embed.css")], ["portal", home]];
  await page.evaluate(async (siblings) => {
    const add = (attributes) => {
      const frame = Object.assign(document.createElement("iframe"), attributes);
      const loaded = new Promise((done) => (frame.onload = done));
      document.body.append(frame);
      return loaded;
    };
    for (const [, address] of siblings) await add({ src: address.endsWith(".css") ? address : `${address}/attacker` });
    await add({ src: "data:text/html,<p>null" });
    const sandboxed = document.createElement("iframe");
    sandboxed.setAttribute("sandbox", "allow-scripts");
    sandboxed.srcdoc = "<p>sandboxed";
    const loaded = new Promise((done) => (sandboxed.onload = done));
    document.body.append(sandboxed);
    await loaded;
  }, siblings);
  const beside = page.mainFrame().childFrames().filter((frame) => frame !== inside(page, own));
  expect(beside).toHaveLength(siblings.length + 2);
  for (const frame of beside) await frame.evaluate(attack, ["parent.frames[0]", EACH.sibling, NONCE]);
  sent += beside.length * EACH.sibling;
  // And to the portal's page, where nothing of ours listens.
  for (const frame of beside) await frame.evaluate(attack, ["parent", 10, NONCE]);
  expect(await after(page, own)).toEqual(UNTOUCHED);
  expect(await replies(beside)).toBe(0);

  // From a window that the portal opened, and from one that is closed before its messages are read.
  for (const closes of [false, true]) {
    const [opened] = await Promise.all([
      context.waitForEvent("page"),
      page.evaluate((address) => void open(address), `${closes ? home : at("other.localhost")}/attacker`),
    ]);
    await opened.waitForLoadState();
    await opened.evaluate(attack, ["opener.frames[0]", EACH.window, NONCE]);
    sent += EACH.window;
    if (!closes) expect(await replies([opened])).toBe(0);
    await opened.close();
  }
  // The frame to itself.
  await inside(page, own).evaluate(attack, ["window", 50, NONCE]);
  sent += 50;
  expect(await after(page, own)).toEqual(UNTOUCHED);

  // Malformed ones from the one window that may connect.
  await page.evaluate(malformed, ["frames[0]", EACH.malformed, NONCE]);
  sent += EACH.malformed;
  expect(await after(page, own)).toEqual(UNTOUCHED);
  expect(await replies([page.mainFrame()])).toBe(0);

  expect(wrong).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(10_000);
  expect(await connect(page, new URL(own.url).origin)).toEqual(expect.arrayContaining(["connected", "event"]));
  // Once only: a second true one is nobody's.
  const second = await page.evaluate(
    ([nonce, origin]) =>
      new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done("answered");
        document.querySelector("iframe").contentWindow.postMessage({ type: "common-assessment-connect", nonce }, origin, [port2]);
        setTimeout(() => done("silent"), 300);
      }),
    [NONCE, new URL(own.url).origin],
  );
  expect(second).toBe("silent");
  expect(wrong).toEqual([]);
});

/** 2,000 messages of other shapes than those that are known, for either end of the port. */
const ODD = `(types) => {
  const odd = [undefined, null, 0, -1, 1.5, NaN, Infinity, 1e300, "", "x", "toString", "constructor", "__proto__", "x".repeat(100000), [], {}, [[]], { a: { b: 1 } },
    new Map(), new Set(), new Date(0), true, 2n ** 70n, new Uint8Array(4), { length: 3 }, new Error("x"), { toString: 1 }];
  const cycle = {}; cycle.cycle = cycle; odd.push(cycle);
  const found = [...odd];
  for (const type of [...types, "toString", "__proto__", "constructor", "hasOwnProperty", 7, null])
    for (const value of odd) found.push({ type, id: value, height: value, name: value, detail: value, reason: value, token: value, prefill: value, attributes: value, method: value, start: value, end: value },
      { type, id: 999, name: "assessment-page", detail: [value], method: value, attributes: { locale: value, api: value, onclick: "x" }, prefill: { a: value }, start: -5, end: value });
  while (found.length < 2000) found.push(...found.slice(0, 2000 - found.length));
  return found;
}`;

test("C6 messages of other shapes through the port change nothing at the form", async ({ page, framed }) => {
  const wrong = complaints(page);
  const { form } = await framed('<common-assessment-frame src="SRC" locale="en-GB"></common-assessment-frame>', {
    // Keeps the portal's end of the port, as a portal's script that has gone wrong would.
    head: "<script>const { port1 } = Object.getOwnPropertyDescriptors(MessageChannel.prototype); Object.defineProperty(MessageChannel.prototype, 'port1', { get() { return (globalThis.port = port1.get.call(this)); } });</script>",
  });
  const frame = await form();
  await expect.poll(() => frame.evaluate(() => globalThis.standIn?.made)).toBe(1);
  const facts = () => frame.evaluate(() => ({ ...globalThis.standIn, element: 0, prefill: globalThis.standIn.element.prefill ?? null, title: document.title, token: typeof globalThis.standIn.element.token }));
  const before = await facts();
  await page.evaluate((odd) => {
    const made = new Function(`return ${odd}`)()(["start", "token", "call", "view"]);
    for (const message of made) globalThis.port.postMessage(message);
  }, ODD);
  await expect.poll(facts).toEqual(before);
  await page.locator("common-assessment-frame").evaluate((element) => element.save());
  expect((await facts()).calls).toEqual(["save"]);
  expect(wrong).toEqual([]);
});

test("C6 messages of other shapes from the frame change nothing at the portal", async ({ page, framed }) => {
  const wrong = complaints(page);
  const { form } = await framed();
  await page.evaluate(() => {
    globalThis.heard = [];
    for (const name of ["page", "submitted", "error", "changed"]) addEventListener(`assessment-${name}`, ({ type, detail }) => globalThis.heard.push([type, detail]));
  });
  const frame = await form();
  const height = () => page.locator("common-assessment-frame").evaluate((element) => element.offsetHeight);
  await expect.poll(height).not.toBe(600);
  const before = await height();
  // Another page in the frame, of the right origin, that keeps its end of the port.
  await frame.evaluate(() => addEventListener("message", () => {}));
  await frame.evaluate((odd) => {
    const made = new Function(`return ${odd}`)()(["token", "result", "event"]);
    const { postMessage } = MessagePort.prototype;
    // The next thing that the page tells goes with all of them before it.
    MessagePort.prototype.postMessage = function (message) {
      MessagePort.prototype.postMessage = postMessage;
      for (const odd of made) postMessage.call(this, odd);
      return postMessage.call(this, message);
    };
    globalThis.standIn.element.tell("assessment-submitted", null);
  }, ODD);
  await expect.poll(() => page.evaluate(() => globalThis.heard)).toContainEqual(["assessment-submitted", null]);
  const heard = await page.evaluate(() => globalThis.heard);
  expect(heard.filter(([type]) => type !== "assessment-submitted").filter(([type]) => type !== "assessment-page")).toEqual([]);
  expect(await height()).toBe(before);
  expect(wrong).toEqual([]);
});

test("the form waits for a portal that has announced itself, and then opens without it", async ({ page, place }) => {
  await page.clock.install();
  await page.goto(`${place.home}/portal`);
  await embed(page, place.own);
  const frame = inside(page, place.own);
  await expect(frame.locator("main")).toContainText("999");
  await page.clock.runFor(11_000);
  await (await formIn(page, place.own)).waitForSelector("common-assessment");
});
