// Nothing that was typed is lost on this device: reloads, closed tabs, killed browsers, a browser that refuses to store.
// And nothing about the child leaves the record: not into addresses, titles, cookies or other storage.

import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import { answer, at, heading, listed, open, saveStatus, saved, start, toTasks } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { like, say } from "./words.mjs";

const FIELD = "assessment_information.reason";
const LINE = "Mum says that Zoë has stopped sleeping since the move. ";

async function named(page, given, family) {
  await start(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.given_names", given);
  await answer(page, "identifying_details.family_name", family);
}
const toStart = async (page) => {
  await toTasks(page);
  await page.getByRole("link", { name: say("back.start") }).first().click();
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
};
const drafts = (page) => page.locator(".ca-drafts__name");

test("text and page come back after a reload, back and forward, and a closed tab", async ({ page, context }) => {
  await page.goto("/");
  await named(page, "Zoë", "Example");
  await open(page, "assessment_information");
  const title = await heading(page).textContent();
  await at(page, FIELD).pressSequentially(LINE);
  await saved(page);

  await page.reload();
  await expect(heading(page)).toHaveText(title);
  await expect(at(page, FIELD)).toHaveValue(LINE);

  await page.goBack();
  await listed(page, "assessment_information").waitFor();
  await page.goBack();
  await expect(at(page, "identifying_details.given_names")).toHaveValue("Zoë");
  await page.goForward();
  await page.goForward();
  await expect(at(page, FIELD)).toHaveValue(LINE);

  // Closed at once after the last key: what is saved on the way out.
  await at(page, FIELD).pressSequentially("And more.");
  await page.close({ runBeforeUnload: true });
  const next = await context.newPage();
  await next.goto("/");
  await drafts(next).click();
  await expect(heading(next)).toHaveText(title);
  await expect(at(next, FIELD)).toHaveValue(`${LINE}And more.`);
});

test("a page that is left for another one at once keeps the last word", async ({ page }) => {
  await page.goto("/");
  await named(page, "Zoë", "Example");
  await saved(page);
  await at(page, "identifying_details.family_name").pressSequentially(" of Leeds");
  await page.goto("about:blank");
  await page.goto("/");
  await expect(drafts(page)).toContainText("Zoë Example of Leeds");
});

test("a form that is taken off the page in the middle of a word keeps it, and comes back", async ({ page }) => {
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  await page.goto("/");
  await named(page, "Zoë", "Example");
  await saved(page);
  await open(page, "assessment_information");
  await at(page, FIELD).waitFor();
  // The portal moves on in the same moment as the last key: before any timer of the form has run.
  await page.evaluate(
    ([id, text]) => {
      const form = document.querySelector("common-assessment");
      const field = form.shadowRoot.getElementById(id);
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      const place = form.parentElement;
      form.remove();
      return new Promise((done) => setTimeout(() => done(place.append(form)), 1_000));
    },
    [FIELD, LINE],
  );
  await expect(at(page, FIELD)).toHaveValue(LINE);
  await at(page, FIELD).pressSequentially("And more.");
  await saved(page);
  expect(wrong).toEqual([]);
});

/** Processes with this folder in their command line; no others have it. */
async function processesOf(profile) {
  const found = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes(profile)) found.push(Number(pid));
  }
  return found;
}

test("a killed browser loses nothing that was reported as saved, and at most a second of typing", async ({ server, launchOptions }) => {
  test.setTimeout(180_000);
  for (let round = 0; round < 5; round += 1) {
    const profile = await mkdtemp(path.join(tmpdir(), "common-assessment-profile-"));
    const begin = () => chromium.launchPersistentContext(profile, { ...launchOptions, headless: true, locale: "en-GB" });
    let context = await begin();
    let page = context.pages()[0] ?? (await context.newPage());
    await page.goto(server.url);
    await start(page);
    await open(page, "assessment_information");
    await saved(page);
    // What the field holds whenever the page says that all is saved.
    const acknowledged = [];
    await page.exposeFunction("acknowledge", (text) => acknowledged.push(text));
    await page.locator("common-assessment").evaluate((element, id) => {
      const root = element.shadowRoot;
      const look = () => {
        const status = root.querySelector(".ca-child-bar__status")?.textContent ?? "";
        if (status.startsWith("Saved")) globalThis.acknowledge(root.getElementById(id).value);
      };
      new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
    }, FIELD);
    const typed = [];
    let killed = false;
    const typing = (async () => {
      await at(page, FIELD).focus();
      for (const letter of LINE.repeat(20)) {
        if (killed) return;
        await page.keyboard.insertText(letter);
        typed.push([performance.now(), letter]);
        // A pause for thought now and then, in which everything gets saved.
        await page.waitForTimeout(typed.length % 17 === 0 ? 420 : 35);
      }
    })().catch(() => {});
    await expect.poll(() => acknowledged.filter((text) => text.length > 5).length).toBeGreaterThan(0);
    await expect.poll(() => typed.length, { intervals: [7 + 13 * round] }).toBeGreaterThan(25 + 11 * round);
    const end = performance.now();
    for (const pid of await processesOf(profile)) spawnSync("kill", ["-9", String(pid)]);
    killed = true;
    await typing;
    await context.close().catch(() => {});

    context = await begin();
    page = context.pages()[0] ?? (await context.newPage());
    await page.goto(server.url);
    await drafts(page).first().click();
    await at(page, FIELD).waitFor();
    const found = await at(page, FIELD).inputValue();
    const all = typed.map(([, letter]) => letter).join("");
    const longest = acknowledged.reduce((a, b) => (b.length > a.length ? b : a), "");
    const second = typed.filter(([time]) => time < end - 1_000).length;
    expect(all.startsWith(found) || found.startsWith(all), `round ${round}`).toBe(true);
    expect(found.length, `round ${round}: said to be saved`).toBeGreaterThanOrEqual(longest.length);
    expect(found.length, `round ${round}: typed a second before`).toBeGreaterThanOrEqual(second);
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
});

test("drafts are listed side by side, and one is deleted only when its name has been typed", async ({ page }) => {
  await page.goto("/");
  await named(page, "Zoë", "Example");
  await toStart(page);
  await named(page, "Adam", "Sample");
  await toStart(page);
  await expect(drafts(page)).toHaveCount(2);
  await expect(drafts(page)).toContainText(["Adam Sample", "Zoë Example"]);
  await drafts(page).filter({ hasText: "Zoë" }).click();
  await open(page, "identifying_details");
  await expect(at(page, "identifying_details.family_name")).toHaveValue("Example");
  await toStart(page);

  const item = page.locator(".ca-drafts__item").filter({ hasText: "Adam Sample" });
  await item.getByRole("button", { name: say("drafts.delete") }).click();
  const field = item.getByRole("textbox");
  await expect(field).toBeFocused();
  for (const wrong of ["", "Adam", "Zoë Example"]) {
    await field.fill(wrong);
    await item.getByRole("button", { name: say("drafts.delete_now") }).click();
    await expect(item).toContainText(say("drafts.wrong_either", { name: "Adam Sample", word: say("drafts.delete_word") }));
    await expect(field).toBeFocused();
  }
  await item.getByRole("button", { name: say("drafts.keep") }).click();
  await expect(item.getByRole("button", { name: say("drafts.delete") })).toBeFocused();
  await page.reload();
  await expect(drafts(page)).toHaveCount(2);
  await item.getByRole("button", { name: say("drafts.delete") }).click();
  await field.fill(" adam  SAMPLE");
  await item.getByRole("button", { name: say("drafts.delete_now") }).click();
  await expect(drafts(page)).toHaveCount(1);
  await expect(drafts(page)).toContainText(["Zoë Example"]);
  await page.reload();
  await expect(drafts(page)).toHaveCount(1);
  await expect(drafts(page)).toContainText(["Zoë Example"]);
});

const REFUSALS = ["QuotaExceededError", "DataError", "UnknownError", "InvalidStateError", "abort", "close"];

for (const refusal of REFUSALS) {
  test(`a browser that refuses to store (${refusal}) never claims to have saved, and recovers`, async ({ page }) => {
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...values) {
        if (globalThis.refusal === "abort") {
          const request = put.apply(this, values);
          this.transaction.abort();
          this.transaction.commit = () => {};
          return request;
        }
        if (globalThis.refusal === "close") {
          this.transaction.db.close();
          globalThis.closed = (globalThis.closed ?? 0) + 1;
          throw new DOMException("refused", "InvalidStateError");
        }
        if (globalThis.refusal) throw new DOMException("refused", globalThis.refusal);
        return put.apply(this, values);
      };
    });
    await page.goto("/");
    await start(page);
    await open(page, "assessment_information");
    await at(page, FIELD).fill("before ");
    await saved(page);
    await page.locator("common-assessment").evaluate((element, name) => {
      globalThis.refusal = name;
      globalThis.said = [];
      const look = () => globalThis.said.push(element.shadowRoot.querySelector(".ca-child-bar__status")?.textContent ?? "");
      new MutationObserver(look).observe(element.shadowRoot, { subtree: true, childList: true, characterData: true });
    }, refusal);
    await at(page, FIELD).pressSequentially("and after");
    await expect(saveStatus(page)).toHaveText(say("save.failed"), { timeout: 2_000 });
    await at(page, "assessment_information.family_reason").fill("more");
    await page.waitForFunction(() => globalThis.said.length > 0);
    await expect(saveStatus(page)).toHaveText(say("save.failed"));
    expect((await page.evaluate(() => globalThis.said)).filter((text) => text.startsWith("Saved"))).toEqual([]);
    await page.evaluate(() => (globalThis.refusal = ""));
    await expect(saveStatus(page)).toHaveText(like("save.saved", "\\d.*"), { timeout: 5_000 });
    await page.reload();
    await expect(at(page, FIELD)).toHaveValue("before and after");
    await expect(at(page, "assessment_information.family_reason")).toHaveValue("more");
  });
}

test("nothing about the child is in addresses, titles, cookies, the history or other storage", async ({ page, context, server }) => {
  const addresses = new Set();
  page.on("request", (request) => addresses.add(request.url()));
  await page.goto("/");
  await named(page, "Zebedee", "Quillfeather");
  await answer(page, "identifying_details.nhs_number", "999 000 1219");
  await saved(page);
  const seen = [];
  for (const section of ["assessment_information", "conclusions", "check"]) {
    await open(page, section);
    seen.push(page.url(), await page.title());
    seen.push(
      await page.evaluate(() =>
        JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, performance.getEntries().map((e) => e.name)]),
      ),
    );
  }
  await toStart(page);
  seen.push(page.url(), await page.title(), JSON.stringify(await context.cookies()), ...addresses, server.output());
  expect(seen.join("\n")).not.toMatch(/zebedee|quillfeather|999 ?000 ?1219/i);
});

test("\"Saved\" is never said of a word that is not on disk, whenever somebody pauses (B2)", async ({ page }) => {
  await page.goto("/");
  await start(page);
  await open(page, "conclusions");
  const wrong = await page.locator("common-assessment").evaluate(async (element, saved) => {
    const root = element.shadowRoot;
    const field = root.getElementById("conclusions.conclusions");
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    let onDisk = "";
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
      const { answers } = JSON.parse(value.text);
      this.transaction.addEventListener("complete", () => (onDisk = answers.conclusions?.conclusions ?? ""));
      return put.call(this, value, key);
    };
    const wrong = [];
    const look = () => {
      const status = root.querySelector(".ca-child-bar__status")?.textContent ?? "";
      if (status.startsWith(saved) && onDisk !== field.value) wrong.push([onDisk.length, field.value.length]);
    };
    // As often as the page could be painted, and not in the middle of an update.
    const watching = setInterval(look, 4);
    // Pauses around the time of a save and of the calm after it.
    for (let round = 0; round < 40; round += 1) {
      field.value += " word";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await wait(0);
      look();
      await wait(40 + ((round * 97) % 620));
      look();
    }
    clearInterval(watching);
    IDBObjectStore.prototype.put = put;
    return wrong;
  }, say("save.saved", { time: "" }).trim());
  expect(wrong).toEqual([]);
});
