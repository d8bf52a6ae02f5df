// Deadlines run, what was done is written down, nothing goes silently, and the banner is short once it was read. The
// browser's clock is set; every single time is tested with the rules (`due`).

import { clean } from "./axe.mjs";
import { answer, at, heading, open, saved, start, toTasks } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { changeStored } from "./stored.mjs";
import { say } from "./words.mjs";

/** Marks that call for one action each: IA-02, IA-08 below 13, IA-04, IA-15, IA-18. */
const HARM = "elements.basic_care_safety.indicators.BC-404";
const UNDER_13 = "elements.general_health.indicators.GH-408";

const BEGIN = /^Write down what you did/;
const READ = /^I have read this/;

const onClock = (page, instant) => page.clock.install({ time: new Date(instant) });
const item = (page, code) => page.locator(".ca-urgent__item").filter({ has: at(page, `urgent-${code}`) });
const announced = (page) => page.locator("[data-announce]");
const SHOTS = process.env.SHOTS;
async function shoot(page, name) {
  if (!SHOTS) return;
  for (const [width, height] of [[320, 1100], [768, 1024], [1280, 800]]) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function toStart(page) {
  await toTasks(page);
  await page.getByRole("link", { name: say("back.start") }).first().click();
  await page.locator(".ca-drafts__item").first().waitFor();
}

async function withHarm(page) {
  await page.goto("/");
  await start(page, "no");
  await open(page, "elements", "basic_care_safety");
  await answer(page, HARM, "yes", "radio");
  await item(page, "IA-02").waitFor();
}

test("the banner says since when, by when, and overdue once midnight has passed", async ({ page }) => {
  await onClock(page, "2026-11-26T14:03:00Z");
  await withHarm(page);
  const clock = item(page, "IA-02").locator(".ca-urgent__clock");
  await expect(clock).toContainText("Known since 14:03 today.");
  await expect(item(page, "IA-02")).toContainText("By when: today");
  await clean(page, "due today");
  await shoot(page, "due-today");
  await page.clock.fastForward("10:00:00");
  await expect(clock).toContainText("Overdue Known since 14:03 yesterday. It was due yesterday. Do it now.");
  await shoot(page, "overdue");
  await clean(page, "overdue");
  await saved(page);
  await page.reload();
  await expect(clock).toContainText("Known since 14:03 yesterday.");
});

test("known late in the evening it is due tonight", async ({ page }) => {
  await onClock(page, "2026-11-26T23:50:00Z");
  await withHarm(page);
  await expect(item(page, "IA-02").locator(".ca-urgent__clock")).toContainText("Due now, tonight Known since 23:50 today.");
});

test("a clock that was put back by a year is said to be wrong, and nothing is less urgent", async ({ page }) => {
  await onClock(page, "2026-11-26T14:03:00Z");
  await withHarm(page);
  await saved(page);
  await page.clock.setSystemTime(new Date("2025-11-26T14:03:00Z"));
  await page.reload();
  const clock = item(page, "IA-02").locator(".ca-urgent__clock");
  await expect(clock).toContainText(`Overdue`);
  await expect(clock).toContainText(say("due.clock"));
});

test("what was done is written down from the banner, by keyboard, and folds the action", async ({ page }) => {
  await onClock(page, "2026-11-26T14:18:00Z");
  await withHarm(page);
  const before = await heading(page).textContent();
  await item(page, "IA-02").getByRole("button", { name: BEGIN }).press("Enter");
  await expect(heading(page)).toHaveText(say("section.urgent_log"));
  await expect(at(page, "urgent_log[0]")).toBeFocused();
  await clean(page, "the log, begun");
  await shoot(page, "log");
  await page.locator('input[name="urgent_log[0].result"][value="not_reached"]').check();
  await expect(item(page, "IA-02")).toContainText("could not reach anyone");
  await expect(item(page, "IA-02")).not.toHaveClass(/--read/);
  await page.locator('input[name="urgent_log[0].result"][value="done"]').check();
  await page.getByRole("button", { name: say("log.now") }).press("Enter");
  await expect(at(page, "urgent_log[0].spoke_to")).toBeFocused();
  await expect(at(page, "urgent_log[0].done_at")).toHaveValue("14:18");
  await answer(page, "urgent_log[0].spoke_to", "A Khan, duty desk");
  await answer(page, "urgent_log[0].reference", "12/34");
  await answer(page, "urgent_log[0].said", "They will visit today.");
  const short = item(page, "IA-02").locator(".ca-urgent__short");
  await expect(short).toHaveText("Done 14:18 today. Spoke to: A Khan, duty desk. Reference: 12/34.");
  await clean(page, "the log, done");
  await shoot(page, "log-done");
  await page.getByRole("button", { name: say("log.back") }).click();
  await expect(heading(page)).toHaveText(before);
  await expect(short).toBeVisible();
  // On the page before sending it is there with everything else.
  await open(page, "check");
  await expect(page.locator("common-assessment")).toContainText("They will visit today.");
});

test("a warning that goes says why, with a link, until it is read", async ({ page }) => {
  await onClock(page, "2026-11-26T14:18:00Z");
  await page.goto("/");
  await start(page, "no");
  await open(page, "identifying_details");
  await answer(page, "identifying_details.dob", "2015-07-01", "date");
  await open(page, "elements", "general_health");
  await answer(page, UNDER_13, "yes", "radio");
  await item(page, "IA-08").waitFor();
  // Seen, and not only there in passing.
  await page.clock.fastForward("00:00:30");
  await open(page, "identifying_details");
  const gone = page.locator(".ca-gone");
  // Typed again: five dates on the way are one message.
  for (const year of ["2", "201", "2012", "2011", "2012"]) await at(page, "identifying_details.dob.year").fill(year);
  await page.clock.runFor(2_000);
  await expect(gone.locator(".ca-urgent__went")).toHaveCount(1);
  await expect(gone).toContainText("This is no longer certain, so check it:");
  await expect(gone.getByRole("link", { name: "Date of birth" })).toBeVisible();
  await expect(announced(page)).toContainText("no longer certain");
  await clean(page, "a warning that went");
  await shoot(page, "gone");
  await at(page, "identifying_details.dob.year").fill("2015");
  await expect(gone).toHaveCount(0);
  await at(page, "identifying_details.dob.year").fill("2012");
  await page.clock.runFor(2_000);
  await saved(page);
  await page.reload();
  await gone.getByRole("button", { name: say("gone.read") }).click();
  await expect(gone).toHaveCount(0);
  await expect(heading(page)).toBeFocused();
  // The record keeps that it happened. On a narrow screen the button is inside "More about this".
  await page.setViewportSize({ width: 320, height: 640 });
  await at(page, "urgent-IA-08").click();
  await item(page, "IA-08").getByRole("button", { name: BEGIN }).click();
  await expect(page.locator("common-assessment")).toContainText(say("log.gone_heading"));
});

test("five actions that were read take at most 40 % of a small first screen", async ({ page, server }) => {
  const pack = await (await fetch(`${server.url}api/v1/rule-pack`)).json();
  await page.setViewportSize({ width: 320, height: 640 });
  await onClock(page, "2026-11-26T14:18:00Z");
  await page.goto("/");
  await start(page, "yes");
  await open(page, "identifying_details");
  await answer(page, "identifying_details.dob", "2012-03-04", "date");
  const codes = new Set(["IA-01"]);
  let marks = 0;
  for (const box of ["basic_care_safety", "general_health", "behavioural"]) {
    await open(page, "elements", box);
    for (const { id, action } of pack.indicators.filter(({ element }) => element === box)) {
      if (!action || codes.has(action) || codes.size >= 5 || !(await at(page, `elements.${box}.indicators.${id}`).count())) continue;
      // The last two are not sure: both banners are there.
      await answer(page, `elements.${box}.indicators.${id}`, (marks += 1) > 2 ? "unsure" : "yes", "radio");
      codes.add(action);
    }
  }
  await expect(page.locator(".ca-urgent__item")).toHaveCount(5);
  await open(page, "consent");
  const bar = async () => page.locator(".ca-child-bar__jumps").evaluate((element) => element.getBoundingClientRect().height);
  expect(await bar(), "two ways to the banners on one line").toBeLessThanOrEqual(48);
  await shoot(page, "unread");
  await page.setViewportSize({ width: 320, height: 640 });
  for (let left = 5; left > 0; left -= 1) {
    await expect(page.getByRole("button", { name: READ })).toHaveCount(left);
    await page.getByRole("button", { name: READ }).first().click();
  }
  await expect(page.getByRole("button", { name: READ })).toHaveCount(0);
  await page.evaluate(() => scrollTo(0, 0));
  const height = await page.locator(".ca-urgent").evaluateAll((banners) =>
    banners.reduce((sum, banner) => sum + banner.getBoundingClientRect().height, 0),
  );
  console.log(`five actions that were read: ${height} of 640 px`);
  expect(height).toBeLessThanOrEqual(0.4 * 640);
  // The number that answers now is still in view, and each line opens to everything.
  await expect(page.locator(".ca-urgent__ring .ca-urgent__phone").first()).toBeVisible();
  await at(page, "urgent-IA-01").press("Enter");
  await expect(item(page, "IA-01").locator(".ca-urgent__action")).toBeVisible();
  await at(page, "urgent-IA-01").press("Enter");
  await clean(page, "five that were read");
  await shoot(page, "read");
});

test("records with something urgent to do come first on the start page, in words", async ({ page }) => {
  await onClock(page, "2026-11-25T14:00:00Z");
  await withHarm(page);
  await saved(page);
  await toStart(page);
  await page.clock.fastForward("24:00:00");
  await start(page, "no");
  await open(page, "identifying_details");
  await answer(page, "identifying_details.given_names", "Later");
  await saved(page);
  await toStart(page);
  await expect(page.locator(".ca-drafts__item")).toHaveCount(2);
  const names = page.locator(".ca-drafts__name");
  await expect(names.last()).toContainText("Later");
  await expect(page.locator(".ca-drafts__urgent")).toHaveText(["Urgent: 1 thing to do, 1 overdue"]);
  await clean(page, "start, urgent first");
  await shoot(page, "start");
});

test.describe("sent", () => {
  test("what is done after sending is written down on this device, and says so", async ({ page, server }) => {
    await page.goto("/");
    // A record that was sent, as the device stores it.
    await page.getByRole("button", { name: say("start.begin") }).click();
    await answer(page, "danger_now", "yes", "radio");
    await item(page, "IA-01").getByRole("button", { name: BEGIN }).click();
    await page.locator('input[name="urgent_log[0].result"][value="not_reached"]').check();
    await saved(page);
    await toStart(page);
    await changeStored(page, (record) => {
      record.log_sent = 1;
      record.waiting = { key: "00000000-0000-4000-8000-000000000000", body: "{}" };
    });
    // It waits: the server is out of reach for as long as this test runs.
    await page.route("**/api/v1/assessments", (route) => route.abort());
    await page.reload();
    await page.locator(".ca-drafts__name").click();
    await item(page, "IA-01").getByRole("button", { name: BEGIN }).click();
    await expect(page.locator("common-assessment")).toContainText("This assessment was already sent.");
    await expect(page.locator("common-assessment")).toContainText(say("log.sent_entry"));
    await expect(page.locator('input[name="urgent_log[0].result"]')).toHaveCount(0);
    await page.locator('input[name="urgent_log[1].result"][value="done"]').check();
    await page.getByRole("button", { name: say("log.now") }).click();
    await expect(item(page, "IA-01").locator(".ca-urgent__short")).toContainText("Done");
    await clean(page, "the log of a record that was sent");
    await shoot(page, "sent");
    await page.getByRole("button", { name: say("log.back") }).click();
    await toStart(page);
    const record = await changeStored(page, () => {});
    expect(record.answers.urgent_log.map((entry) => entry.result)).toEqual(["not_reached", "done"]);
    expect(record.waiting.body).toBe("{}");
  });
});

test("two windows that write down the same action lose nothing", async ({ page, context }) => {
  await withHarm(page);
  await item(page, "IA-02").getByRole("button", { name: BEGIN }).click();
  await answer(page, "urgent_log[0].spoke_to", "A Khan, duty desk");
  await page.locator('input[name="urgent_log[0].result"][value="not_reached"]').check();
  await saved(page);
  const second = await context.newPage();
  await second.goto("/");
  await second.locator(".ca-drafts__name").click();
  await second.getByRole("button", { name: say("tabs.take_over") }).click();
  await expect(at(second, "urgent_log[0].spoke_to")).toBeEditable();
  await item(second, "IA-02").getByRole("button", { name: BEGIN }).click();
  await answer(second, "urgent_log[1].spoke_to", "B Price, out of hours");
  await saved(second);
  // The first window cannot write meanwhile; it takes the record back with both.
  await expect(at(page, "urgent_log[0].spoke_to")).not.toBeEditable();
  await page.getByRole("button", { name: say("tabs.take_over") }).click();
  await expect(at(page, "urgent_log[0].spoke_to")).toHaveValue("A Khan, duty desk");
  await expect(at(page, "urgent_log[1].spoke_to")).toHaveValue("B Price, out of hours");
  await expect(at(page, "urgent_log[1].spoke_to")).toBeEditable();
});
