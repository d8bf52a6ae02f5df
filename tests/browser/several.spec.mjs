// Several elements on one page: each has the rules, profile and numbers of its own server, and a language only where
// there are words in it. Putting elements in and taking them out again leaves nothing behind.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";

import { comeAndGo, counter } from "./leftovers.mjs";
import { onOwn } from "./portal.mjs";
import { expect, test } from "./server.mjs";

const DATA = fileURLToPath(new URL("../../crates/engine/data", import.meta.url));
const data = (...parts) => readFileSync(path.join(DATA, ...parts), "utf8");

/** Answers for a second server below /other/v1/. */
async function otherServer(page) {
  const files = {
    "rule-pack": data("rule_packs", "northbridge-example.json"),
    profile: data("profiles", "northbridge.json"),
  };
  await page.route("**/other/v1/*", (route) => {
    const body = files[new URL(route.request().url()).pathname.split("/").pop()];
    return route.fulfill({ contentType: "application/json", headers: { etag: '"other"', "profile-etag": '"other"' }, body });
  });
}

const add = (page, attributes) =>
  page.evaluate((attributes) => {
    const element = document.createElement("common-assessment");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.querySelector("main").append(element);
  }, attributes);

test("P12 a second element has the rules and the numbers of its own server", async ({ page }) => {
  await otherServer(page);
  await page.goto("/");
  const [first, second] = [0, 1].map((at) => page.locator("common-assessment").nth(at));
  await expect(first).toContainText("0113 376 0336");
  await add(page, { api: "/other/v1/" });
  await expect(second).toContainText("01632 960101");
  await expect(second).not.toContainText("0113 376 0336");
  await expect(first).not.toContainText("01632 960101");
});

test("P12 the first element's server does not decide for the page", async ({ page }) => {
  await otherServer(page);
  await page.goto("/");
  await expect(page.locator("common-assessment")).toContainText("0113 376 0336");
  await page.evaluate(() => document.querySelector("common-assessment").remove());
  await add(page, { api: "/other/v1/" });
  await expect(page.locator("common-assessment")).toContainText("01632 960101");
  await add(page, {});
  await expect(page.locator("common-assessment").nth(1)).toContainText("0113 376 0336");
});

const OURS = "0113 376 0336";
const THEIRS = "01632 960101";

test("P12 two that come and go by turns each have their own numbers", async ({ page }) => {
  await otherServer(page);
  await page.goto("/");
  for (const [api, number, other] of [["/other/v1/", THEIRS, OURS], ["", OURS, THEIRS], ["/other/v1/", THEIRS, OURS]]) {
    await page.evaluate(() => document.querySelectorAll("common-assessment").forEach((element) => element.remove()));
    await add(page, api ? { api } : {});
    await expect(page.locator("common-assessment")).toContainText(number);
    await expect(page.locator("common-assessment")).not.toContainText(other);
  }
});

test("P12 a record that is open in each keeps the numbers of its own server in its warnings", async ({ page }) => {
  await otherServer(page);
  await page.goto("/");
  await add(page, { api: "/other/v1/" });
  for (const [index, number, other] of [[0, OURS, THEIRS], [1, THEIRS, OURS]]) {
    const element = page.locator("common-assessment").nth(index);
    await element.getByRole("button", { name: "Start a new assessment" }).click();
    // The second one remembers nothing of a window, so it begins as if the family could see it.
    await onOwn(element);
    await element.locator('input[name="danger_now"][value=unsure]').check();
    await expect(element.locator(".ca-urgent")).toContainText(number);
    await expect(element).not.toContainText(other);
  }
});

for (const [locale, lang] of [["cy", "en-GB"], ["constructor", "en-GB"], ["en-GB", "en-GB"]]) {
  test(`locale="${locale}" is marked as ${lang}`, async ({ page }) => {
    await page.goto("/");
    await add(page, { locale });
    const element = page.locator("common-assessment").nth(1);
    await expect(element.getByRole("button", { name: "Start a new assessment" })).toBeVisible();
    expect(await element.evaluate((found) => found.shadowRoot.querySelector(".ca-root").lang)).toBe(lang);
  });
}

test("fifty elements that come and go leave nothing behind", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Start a new assessment" })).toBeVisible();
  const left = await counter(page);
  await comeAndGo(page, 5);
  const before = await left();
  await comeAndGo(page, 50);
  const after = await left();
  // One form alone has some hundred nodes and some thirty listeners.
  expect(after.nodes - before.nodes).toBeLessThan(100);
  expect(after.listeners - before.listeners).toBeLessThan(20);
  expect(after.bytes - before.bytes).toBeLessThan(1_000_000);
});

test("a panic names its place to the console and to the host page, and nothing that was typed", async ({ page }) => {
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Start a new assessment" })).toBeVisible();
  // Parts that come later are asked for by an element of the page, which is not what shall fail.
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    globalThis.events = [];
    addEventListener("assessment-error", ({ detail }) => globalThis.events.push(detail));
    // The next thing that the program draws fails, and nothing after it.
    for (const [owner, name] of [[Document, "createElement"], [Document, "importNode"], [Node, "cloneNode"]]) {
      const real = owner.prototype[name];
      owner.prototype[name] = function (...values) {
        if (globalThis.failed) return real.apply(this, values);
        globalThis.failed = true;
        throw new Error("Zebedee");
      };
    }
  });
  await page.getByRole("button", { name: "Start a new assessment" }).click();
  await expect.poll(() => said.join("\n")).toMatch(/common-assessment stopped at \S+\.rs:\d+/);
  await expect.poll(() => page.evaluate(() => globalThis.events.length)).toBe(1);
  const [{ reason, at }] = await page.evaluate(() => globalThis.events);
  expect(reason).toBe("stopped");
  expect(at).toMatch(/\.rs:\d+/);
  expect(at).not.toContain("Zebedee");
});
