// Elements that come and go (case C11, B36): nothing is left in the portal's page, and what was saved or sent at that moment is
// neither lost nor doubled.

import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { makeKeys, makeToken, startPortal } from "../../examples/portal-server.mjs";
import { rows } from "./database.mjs";
import { answer, at, heading, open, start } from "./journey.mjs";
import { comeAndGo, counter, heldByScripts, leftInPage, watchPage } from "./leftovers.mjs";
import { element, expect, onOwn, test } from "./portal.mjs";
import { reactPage } from "./react_page.mjs";
import { fillThin } from "./thin.mjs";
import { say } from "./words.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Bytes by which the program's memory grows at a time. */
const STEP = 327_680;

test.describe("C11 B36 what is left in the page", () => {
  test("React in StrictMode, 200 times: nodes of head and body, listeners, timers, locks, channels, databases and memory are as after the first", async ({ page, portal: { care } }) => {
    test.setTimeout(180_000);
    const folder = await reactPage();
    const signer = makeKeys();
    const options = { issuer: "http://localhost/", audience: "common-assessment" };
    const portal = await startPortal({ folder, caf: care.url, package: path.join(ROOT, "dist"), signer, ...options });
    portal.way.token = () => makeToken(signer, options);
    const errors = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.addInitScript(watchPage);
    await page.goto(portal.url);
    await page.locator("common-assessment .ca-page h1").waitFor();
    const count = await counter(page);
    const toggle = (times) =>
      page.evaluate(async (times) => {
        const button = document.querySelector("main > button");
        const until = async (is) => { while (!is()) await new Promise((done) => setTimeout(done, 2)); };
        for (let time = 0; time < times; time += 1) {
          button.click();
          await until(() => !document.querySelector("common-assessment"));
          button.click();
          // Each fifth goes again while it loads.
          await until(() => document.querySelector("common-assessment"));
          if (time % 5) await until(() => document.querySelector("common-assessment").shadowRoot.querySelector(".ca-page h1"));
        }
        button.click();
        await until(() => !document.querySelector("common-assessment"));
        await new Promise((done) => setTimeout(done, 300));
      }, times);
    const left = async () => ({ page: await page.evaluate(leftInPage), counted: await count() });
    await toggle(50);
    const before = { ...(await left()), held: await heldByScripts(page) };
    await page.getByRole("button", { name: "Open the form" }).click();
    await toggle(200);
    const after = await left();
    expect(after.page).toEqual(before.page);
    expect(after.counted.nodes - before.counted.nodes).toBeLessThan(100);
    expect(after.counted.listeners).toBeLessThanOrEqual(before.counted.listeners);
    // What else grows is the engine's: machine code, and its own list of what was fetched.
    const held = await heldByScripts(page);
    test.info().annotations.push({ type: "memory", description: JSON.stringify([before, { ...after, held }]) });
    expect(held).toBeLessThan(before.held * 1.05);
    expect(after.counted.wasm - before.counted.wasm).toBeLessThanOrEqual(STEP);
    expect(errors).toEqual([]);
    await portal.stop();
    await rm(folder, { recursive: true });
  });

  test("50 and 200 times with drafts on the device: connections, locks and channels, and memory that does not grow with the count", async ({ page, portal }) => {
    test.setTimeout(240_000);
    await page.addInitScript(watchPage);
    await portal.open({ attributes: 'drafts="device"' });
    await expect(element(page).getByRole("button", { name: "Start a new assessment" })).toBeVisible();
    const count = await counter(page);
    const attributes = { api: await element(page).getAttribute("api"), drafts: "device" };
    const left = async () => {
      // What has been closed may take a moment to end.
      await page.waitForTimeout(500);
      return { page: await page.evaluate(leftInPage), counted: await count() };
    };
    await comeAndGo(page, 100, attributes);
    const first = await left();
    const figures = [first.counted];
    for (const times of [50, 200]) {
      await comeAndGo(page, times, attributes);
      const after = await left();
      figures.push(after.counted);
      expect(after.page).toEqual(first.page);
      expect(after.counted.nodes - first.counted.nodes).toBeLessThan(100);
      expect(after.counted.listeners).toBeLessThanOrEqual(first.counted.listeners);
    }
    test.info().annotations.push({ type: "memory", description: JSON.stringify(figures) });
    for (const { bytes, wasm } of figures.slice(1)) {
      expect(bytes).toBeLessThan(first.counted.bytes * 1.05);
      // The program's memory grows in steps and never shrinks: it may take one more for the most that it ever held at once.
      expect(wasm - first.counted.wasm).toBeLessThanOrEqual(STEP);
    }
  });
});

test("C11 taken out at any moment while it loads, and not put in again: no error, nothing in the page, and another one works", async ({ page, portal }) => {
  const errors = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.addInitScript(watchPage);
  await portal.open({ before: '<div id="place"></div>' });
  await expect(element(page).getByRole("button", { name: "Start a new assessment" })).toBeVisible();
  const before = await page.evaluate(leftInPage);
  await page.evaluate(async (api) => {
    for (const wait of [0, 0, 1, 2, 5, 10, 20, 40, 80]) {
      const element = document.createElement("common-assessment");
      element.setAttribute("api", api);
      document.querySelector("#place").append(element);
      if (wait) await new Promise((done) => setTimeout(done, wait));
      element.remove();
    }
    await new Promise((done) => setTimeout(done, 500));
  }, await element(page).getAttribute("api"));
  expect(await page.evaluate(leftInPage)).toEqual(before);
  expect(errors).toEqual([]);
  await element(page).getByRole("button", { name: "Start a new assessment" }).click();
  await expect(heading(page)).not.toHaveText("");
});

test("C11 taken out while it saves on the device: the save is finished, and another one finds every word", async ({ page, portal }) => {
  const errors = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await portal.open({ attributes: 'drafts="device"' });
  await start(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.given_names", "Ada");
  await at(page, "identifying_details.given_names").press("End");
  await page.keyboard.type("bella");
  await page.evaluate(async () => {
    const element = document.querySelector("common-assessment");
    const { attributes } = element;
    const again = document.createElement("common-assessment");
    for (const { name, value } of attributes) again.setAttribute(name, value);
    element.save();
    element.remove();
    await new Promise((done) => setTimeout(done, 0));
    document.querySelector("main").append(again);
  });
  await element(page).locator(".ca-drafts__name").click();
  await onOwn(element(page));
  await open(page, "identifying_details");
  await expect(at(page, "identifying_details.given_names")).toHaveValue("Adabella");
  expect(errors).toEqual([]);
});

test.describe("C11 taken out while it sends", () => {
  test.use({ fresh: true });
  for (const [what, drafts, isBack] of [
    ["and put in again", "", true],
    ["and not put in again", "", false],
    ["and put in again, with drafts on the device", 'drafts="device"', true],
  ]) {
    test(`${what}: the server has it once, and the receipt is shown where the form is`, async ({ page, portal, server }) => {
      test.setTimeout(90_000);
      const errors = [];
      page.on("pageerror", ({ message }) => errors.push(message));
      // The answer to the first one is late, so that the form is gone before it.
      let release;
      const held = new Promise((done) => (release = done));
      const keys = [];
      await portal.open({ attributes: drafts });
      await page.route("**/api/v1/assessments", async (route) => {
        if (route.request().method() !== "POST") return route.fallback();
        keys.push(route.request().headers()["idempotency-key"]);
        const isFirst = keys.length === 1;
        const reply = await route.fetch({ maxRetries: 2 });
        if (isFirst) await held;
        await route.fulfill({ response: reply }).catch(() => {});
      });
      await start(page);
      await fillThin(page);
      await open(page, "check");
      await page.getByRole("button", { name: say("submit.button") }).click();
      await expect.poll(() => keys.length).toBe(1);
      await page.evaluate(() => {
        globalThis.kept = document.querySelector("common-assessment");
        globalThis.kept.remove();
      });
      release();
      if (isBack) {
        await page.evaluate(() => document.querySelector("main").append(globalThis.kept));
        await expect(page.locator(".ca-receipt__reference")).toBeVisible({ timeout: 20_000 });
      }
      await expect.poll(() => rows(server.database, "SELECT count(*) FROM assessments")).toEqual([[1]]);
      expect(new Set(keys).size, "one key, however often it was sent").toBe(1);
      expect(errors).toEqual([]);
      // A second sending may be under way still.
      await page.unrouteAll({ behavior: "ignoreErrors" });
    });
  }
});
