// A page that was reloaded gets the right to change its record back, however long the page before it takes to go; and a
// page never takes that right from itself.

import { answer, at, open, saved, start } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { enter, test as signedIn } from "./signing_in.mjs";
import { say } from "./words.mjs";

const FIELD = "assessment_information.reason";
const takeOver = (page) => page.getByRole("button", { name: say("tabs.take_over") });

/** A record that is open at its one text. */
async function begin(page) {
  await start(page);
  await open(page, "assessment_information");
  await answer(page, FIELD, "0");
  await saved(page);
}

/** The id of the record that is open. */
const recordOf = (page) => page.evaluate(() => history.state.commonAssessmentRecord);

/** The window can change the record. */
async function writes(page, text) {
  await expect(at(page, FIELD)).toBeEditable();
  await expect(takeOver(page)).toHaveCount(0);
  await at(page, FIELD).fill(text);
  await saved(page);
}

test("a record can be written after each of 30 reloads, and has the last words of each", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/");
  await begin(page);
  for (let round = 1; round <= 30; round += 1) {
    // Sometimes before what was typed is saved.
    await at(page, FIELD).fill(`round ${round}`);
    if (round % 3) await saved(page);
    await page.reload();
    await expect(at(page, FIELD)).toHaveValue(`round ${round}`);
    await expect(at(page, FIELD)).toBeEditable();
    await expect(takeOver(page)).toHaveCount(0);
  }
  await writes(page, "to the end");
});

test("a page that is slow to go does not make the record read-only for the one after it", async ({ page, context }) => {
  await page.clock.install();
  await page.goto("/");
  await begin(page);
  const id = await recordOf(page);
  // It has the lock, and no form that would answer for it.
  const going = await context.newPage();
  await going.goto("/api/v1/health");
  const held = going.evaluate((name) => navigator.locks.request(name, () => new Promise((done) => (globalThis.go = done))), `common-assessment ${id}`);
  await page.reload();
  await expect(page.locator("common-assessment").locator("h1")).toBeVisible();
  const waiting = () => going.evaluate(async () => (await navigator.locks.query()).pending.length);
  await expect.poll(waiting, "the form waits for the lock").toBeGreaterThan(0);
  // Longer than a page that has somebody else's record waits for an answer.
  await page.clock.runFor(1_500);
  expect(await waiting(), "it still waits").toBeGreaterThan(0);
  await going.evaluate(() => globalThis.go());
  await held;
  await writes(page, "1");
});

signedIn("a record that is read twice at once, because who is signed in is known by then, can be changed", async ({ page, context, signIn }) => {
  await enter(page, signIn.url);
  await begin(page);
  await page.evaluate(() => localStorage.removeItem("common-assessment-person"));
  // Nothing on the device can be read until this window lets it.
  const slow = await context.newPage();
  await slow.goto(`${signIn.url}api/v1/health`);
  const blocked = slow.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open("common-assessment");
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction("records", "readwrite");
          transaction.oncomplete = () => {
            database.close();
            done();
          };
          const keep = () => {
            if (!globalThis.go) transaction.objectStore("records").get("nothing").onsuccess = keep;
          };
          keep();
        };
      }),
  );
  const known = page.waitForResponse((reply) => reply.request().method() === "GET" && reply.url().endsWith("/session"));
  await page.reload();
  await known;
  await expect(at(page, "lock.now")).toBeVisible();
  await slow.evaluate(() => (globalThis.go = true));
  await blocked;
  await writes(page, "1");
});
