// A portal that signs its people in: what is sent with a request, where the token is not, and what people read when the
// portal gives none. Against the real server, from another origin.

import { answer, at, cases, open, start } from "./journey.mjs";
import { begin, element, expect, onOwn, test, token, told } from "./portal.mjs";
import { say } from "./words.mjs";

const good = (extra = "") => `
  globalThis.asked = [];
  globalThis.answer = () => "${token("teacher-7")}";
  document.addEventListener("DOMContentLoaded", () => {
    // Before the component's script has arrived.
    document.querySelector("common-assessment").token = ({ reason }) => (asked.push(reason), answer(reason));
    ${extra}
  });`;

test.beforeEach(({ portal }) => {
  portal.gate.needsToken = true;
});

test("B36 the token goes with each request of the interface, without cookies, and is asked for once", async ({ page, portal }) => {
  await portal.open({ script: good() });
  await begin(page);
  await expect.poll(() => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeGreaterThan(0);
  const sent = portal.gate.seen.filter(({ path }) => path.startsWith("/api/"));
  const ofPeople = sent.filter(({ path }) => !/rule-pack|profile/.test(path));
  expect(ofPeople.every(({ authorization }) => authorization?.startsWith("Bearer ey"))).toBe(true);
  expect(sent.every(({ cookie, contract }) => cookie === undefined && contract === "1")).toBe(true);
  expect(await page.evaluate(() => globalThis.asked.length)).toBe(1);
  expect(await told(page, "error")).toEqual([]);
});

test("B36 the token is in no address, storage, document, event or error", async ({ page, portal }) => {
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  const addresses = [];
  page.on("request", (request) => addresses.push(request.url(), request.headers().referer ?? ""));
  await portal.open({ script: good() });
  await begin(page);
  await page.evaluate(() => (globalThis.answer = () => { throw new Error(globalThis.secret = "s3cr3t-in-an-error"); }));
  const secret = token("teacher-7").split(".")[1].slice(0, 20);
  const found = await page.evaluate(async () => {
    const text = (root) => root.innerHTML + [...root.querySelectorAll("*")].map((one) => (one.shadowRoot ? text(one.shadowRoot) : "")).join("");
    const own = document.querySelector("common-assessment");
    return JSON.stringify([
      { ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state, document.title, globalThis.told,
      (await indexedDB.databases()).length, text(document.documentElement), own.getAttributeNames(), JSON.stringify(own),
      performance.getEntries().map(({ name }) => name),
    ]);
  });
  for (const text of [found, ...said, ...addresses]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain("s3cr3t");
  }
});

test("B36 a token that the server refuses is asked for again once, and nothing is lost", async ({ page, portal }) => {
  let refused = 0;
  portal.gate.takes = () => (refused += 1) > 1;
  await portal.open({ script: good(`globalThis.turn = 0; globalThis.answer = () => "${token("teacher-7")}" + (turn += 1);`) });
  await begin(page);
  await expect.poll(() => page.evaluate(() => globalThis.asked)).toEqual(["request", "refused"]);
  await expect(element(page)).not.toContainText("could not sign you in");
});

test("without a token the page says so, keeps every word, and goes on once one comes", async ({ page, portal }) => {
  await portal.open({ script: good("globalThis.answer = () => { throw new Error('no'); };") });
  await begin(page);
  const notice = element(page).getByText("The portal could not sign you in. What you typed is still here.");
  await expect(notice).toBeVisible();
  expect(await told(page, "error")).toContainEqual({ reason: "token", at: "" });
  expect((await told(page, "needs-token")).length).toBeGreaterThan(0);
  await page.evaluate((token) => (globalThis.answer = () => token), token("teacher-7"));
  await element(page).getByRole("button", { name: "Try again" }).click();
  await expect(notice).toBeHidden();
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("lock() hides everything until the same person's token comes", async ({ page, portal }) => {
  await portal.open({ script: good() });
  await begin(page);
  await expect.poll(() => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeGreaterThan(0);
  await page.evaluate(() => document.querySelector("common-assessment").lock());
  await expect(element(page).getByRole("heading", { name: "The form is locked" })).toBeVisible();
  await expect(element(page).locator('input[name="danger_now"]')).toHaveCount(0);
  const carryOn = element(page).getByRole("button", { name: "Carry on" });
  await page.evaluate((token) => (globalThis.answer = () => token), token("teacher-8"));
  await carryOn.click();
  await expect.poll(() => page.evaluate(() => globalThis.asked.at(-1))).toBe("unlock");
  await expect(carryOn).toBeVisible();
  await page.evaluate((token) => (globalThis.answer = () => token), token("teacher-7"));
  await carryOn.click();
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("another callback that gives another person's token locks the form for the one whose record is open", async ({ page, portal }) => {
  await portal.open({ script: good() });
  await begin(page);
  await expect.poll(() => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeGreaterThan(0);
  await page.evaluate((token) => (document.querySelector("common-assessment").token = () => token), token("teacher-8"));
  await expect(element(page).getByRole("heading", { name: "The form is locked" })).toBeVisible();
  await nothingIsShown(page);
  await page.evaluate((token) => (document.querySelector("common-assessment").token = () => token), token("teacher-7"));
  await carryOn(page).click();
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("another person's callback that is set while the one before is being looked up is asked for as well", async ({ page, portal }) => {
  const release = await begunUnknown(page, portal);
  await page.evaluate((token) => (document.querySelector("common-assessment").token = () => token), token("teacher-8"));
  // The question about the second callback comes while the first one has no answer.
  await page.waitForTimeout(1_000);
  release();
  await expect(element(page).getByRole("heading", { name: "The form is locked" })).toBeVisible();
  await nothingIsShown(page);
  // What was begun under the first one is that person's.
  await page.evaluate((token) => (document.querySelector("common-assessment").token = () => token), token("teacher-7"));
  await carryOn(page).click();
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("a framework that sets a new callback each time it draws asks now and then who is there, and locks nothing", async ({ page, portal }) => {
  await portal.open({ script: good() });
  await begin(page);
  await expect.poll(() => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeGreaterThan(0);
  const before = portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length;
  await page.evaluate(async (token) => {
    for (let drawn = 0; drawn < 20; drawn += 1) {
      document.querySelector("common-assessment").token = () => token;
      await new Promise(requestAnimationFrame);
    }
  }, token("teacher-7"));
  await expect.poll(() => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeGreaterThan(before);
  await page.waitForTimeout(1_000);
  expect(portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeLessThan(before + 8);
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("a later token of another person, from the same callback, locks the form", async ({ page, portal }) => {
  await portal.open({ script: good() });
  await start(page);
  await expect.poll(() => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeGreaterThan(0);
  // The server takes the first one no more.
  portal.gate.takes = (given) => JSON.parse(Buffer.from(given.split(".")[1], "base64url")).sub === "teacher-8";
  await page.evaluate((token) => (globalThis.answer = () => token), token("teacher-8"));
  // Something to ask the server.
  await open(page, "identifying_details");
  await at(page, "identifying_details.given_names").fill("Ada");
  await at(page, "identifying_details.family_name").fill("Example");
  await answer(page, "identifying_details.dob", "2019-05-04");
  await expect(element(page).getByRole("heading", { name: "The form is locked" })).toBeVisible();
  await nothingIsShown(page);
});

test("a known person whose tokens the server takes no more is asked for a few times and not without end", async ({ page, portal }) => {
  await portal.open({ script: good(`globalThis.turn = 0; globalThis.answer = () => "${token("teacher-7")}" + (turn += 1);`) });
  await begin(page);
  const asked = () => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length;
  await expect.poll(asked).toBeGreaterThan(0);
  const before = asked();
  portal.gate.takes = () => false;
  await page.evaluate(() => (document.querySelector("common-assessment").token = document.querySelector("common-assessment").token));
  await expect.poll(asked).toBeGreaterThan(before);
  await page.waitForTimeout(2_000);
  expect(asked() - before).toBeLessThan(6);
  expect(await page.evaluate(() => globalThis.asked.length)).toBeLessThan(10);
});

test("a callback that is replaced all the time does not put off the question who is there", async ({ page, portal }) => {
  await portal.open({ script: good() });
  await begin(page);
  await expect.poll(() => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeGreaterThan(0);
  await page.evaluate((token) => setInterval(() => (document.querySelector("common-assessment").token = () => token), 200), token("teacher-8"));
  await expect(element(page).getByRole("heading", { name: "The form is locked" })).toBeVisible();
  await nothingIsShown(page);
});

test("lock() before there is a form shows none of it once there is", async ({ page, portal }) => {
  await portal.open({ script: good() });
  await begin(page);
  await expect.poll(() => portal.gate.seen.filter(({ path }) => path.endsWith("/session")).length).toBeGreaterThan(0);
  await page.evaluate(() => {
    const form = document.querySelector("common-assessment");
    globalThis.seen = [];
    form.remove();
    return new Promise((done) => setTimeout(done)).then(() => {
      document.querySelector("main").append(form);
      form.lock();
      const look = () => {
        seen.push(form.shadowRoot.querySelectorAll('input[name="danger_now"]').length);
        requestAnimationFrame(look);
      };
      look();
    });
  });
  await expect(element(page).getByRole("heading", { name: "The form is locked" })).toBeVisible();
  expect(await page.evaluate(() => globalThis.seen.every((count) => count === 0))).toBe(true);
  await carryOn(page).click();
  await onOwn(element(page));
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

/** Opens a form whose answer about who is there waits, and begins a record; gives what lets the answers through. */
async function begunUnknown(page, portal, extra) {
  const held = [];
  let isHeld = true;
  await page.route("**/api/v1/session", async (route) => {
    if (isHeld && route.request().method() === "GET") await new Promise((done) => held.push(done));
    await route.continue();
  });
  await portal.open({ script: good(extra) });
  await begin(page);
  await expect.poll(() => held.length).toBeGreaterThan(0);
  return () => {
    isHeld = false;
    for (const release of held.reverse()) release();
  };
}
const lock = (page) => page.evaluate(() => document.querySelector("common-assessment").lock());
const gives = (page, name) => page.evaluate((token) => (globalThis.answer = () => token), token(name));
const carryOn = (page) => element(page).getByRole("button", { name: say("portal.carry_on") });
const nothingIsShown = async (page) => {
  await expect(element(page).getByRole("heading", { name: say("title.locked") })).toBeVisible();
  await expect(element(page).locator('input[name="danger_now"], .ca-child-bar')).toHaveCount(0);
};

test("lock() before it is known who is there: it opens for the first person, and not for the next one whom the portal vouches for", async ({ page, portal }) => {
  const release = await begunUnknown(page, portal);
  await lock(page);
  await nothingIsShown(page);
  await gives(page, "teacher-8");
  await carryOn(page).click();
  // The answers come only now, the one about who is there now perhaps first.
  release();
  await expect.poll(() => page.evaluate(() => globalThis.asked.at(-1))).toBe("unlock");
  await expect(element(page).getByText(say("lock.someone_else"))).toBeVisible();
  await nothingIsShown(page);
  await gives(page, "teacher-7");
  await carryOn(page).click();
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("lock() before it is known who is there, and the token runs out meanwhile: the next person is not taken for the one who locked it", async ({ page, portal }) => {
  const release = await begunUnknown(page, portal);
  await lock(page);
  // The portal vouches for a colleague by now, and the server takes the first token no more.
  await gives(page, "teacher-8");
  const first = token("teacher-7").split(".")[1].slice(0, 24);
  portal.gate.takes = (given) => Boolean(given) && !given.includes(first);
  release();
  await expect(element(page).getByText(say("page_only.lock.unknown"))).toBeVisible();
  await nothingIsShown(page);
  await expect(carryOn(page)).toHaveCount(0);
  expect(await page.evaluate(() => globalThis.asked)).not.toContain("unlock");
  // Nothing but a reload opens it, and that shows nothing of the record.
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await expect(element(page).getByRole("button", { name: say("start.begin") })).toBeVisible();
  await expect(element(page).locator(".ca-drafts__item")).toHaveCount(0);
});

test("lock() before it is known who is there holds when the element is taken out and put in again", async ({ page, portal }) => {
  const release = await begunUnknown(page, portal);
  await lock(page);
  await page.evaluate(async () => {
    const element = document.querySelector("common-assessment");
    element.remove();
    await new Promise((done) => setTimeout(done, 50));
    document.querySelector("main").append(element);
  });
  release();
  await gives(page, "teacher-8");
  await carryOn(page).click();
  await expect(element(page).getByText(say("lock.someone_else"))).toBeVisible();
  await nothingIsShown(page);
  await gives(page, "teacher-7");
  await carryOn(page).click();
  await onOwn(element(page));
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("lock() before any token was given opens for nobody", async ({ page, portal }) => {
  await portal.open({ script: good("globalThis.answer = () => new Promise((done) => (globalThis.come = done));") });
  await begin(page);
  await lock(page);
  // It was asked for before the lock, and comes after it.
  await page.evaluate((token) => globalThis.come(token), token("teacher-8"));
  await expect(element(page).getByText(say("page_only.lock.unknown"))).toBeVisible();
  await nothingIsShown(page);
});

test("lock() where the server cannot be asked who is there says so, and goes on once it can", async ({ page, portal }) => {
  const release = await begunUnknown(page, portal);
  const refuse = (route) => route.abort();
  await page.route("**/api/v1/session", refuse);
  await lock(page);
  await expect(element(page).getByText(say("lock.not_found_out"))).toBeVisible();
  await nothingIsShown(page);
  release();
  await page.unroute("**/api/v1/session", refuse);
  await carryOn(page).click();
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("a token property that is set after the form has begun keeps what was typed", async ({ page, portal }) => {
  portal.gate.needsToken = false;
  await portal.open();
  await begin(page);
  await page.evaluate((token) => (document.querySelector("common-assessment").token = async () => token), token("teacher-7"));
  await expect(element(page).getByText("The family sees this")).toBeVisible();
  await onOwn(element(page));
  await expect(element(page).locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("B97 whether the child is known already is asked in a portal, too, with its token", async ({ page, portal, server }) => {
  const { answers } = cases["toddler-with-speech-delay"];
  const child = { given_names: "Amelia", family_name: "Hart", dob: "2019-05-04" };
  const body = { form_version: "caf-2026.3", answers: { ...answers, identifying_details: { ...answers.identifying_details, ...child } } };
  const headers = { "content-type": "application/json", "idempotency-key": "of-another-day" };
  const sent = await fetch(new URL("api/v1/assessments", server.url), { method: "POST", headers, body: JSON.stringify(body) });
  expect(sent.status, await sent.text()).toBe(201);
  await portal.open({ script: good() });
  await start(page);
  await open(page, "identifying_details");
  await at(page, "identifying_details.given_names").fill("Amelia");
  await at(page, "identifying_details.family_name").fill("Hart");
  await answer(page, "identifying_details.dob", "2019-05-04");
  await expect(page.locator(".ca-known")).toHaveText(say("known.found"));
  await expect(at(page, "known").getByRole("link", { name: "Amelia Hart" })).toBeVisible();
  const asked = portal.gate.seen.filter(({ path }) => path.endsWith("/people/matches"));
  expect(asked.map(({ authorization }) => authorization?.startsWith("Bearer ey"))).toEqual([true]);
});

test("B97 without a token nothing is asked and nothing is said", async ({ page, portal }) => {
  await portal.open({ script: good() });
  portal.gate.takes = () => false;
  await start(page);
  await open(page, "identifying_details");
  await at(page, "identifying_details.family_name").fill("Hart");
  await answer(page, "identifying_details.dob", "2019-05-04");
  await page.waitForTimeout(3_000);
  await expect(page.locator(".ca-known")).toHaveCount(0);
  expect(portal.gate.seen.filter(({ path }) => path.endsWith("/people/matches"))).toEqual([]);
});
