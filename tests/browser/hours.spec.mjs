// The right number for the hour, with the browser's clock set: which number comes first in the urgent banner and on the
// start page, in the authority's time whatever zone the device is in, and as time passes while a record is open. Every
// single time of the calendar is tested with the rules (`answering`, `hours`).

import { clean } from "./axe.mjs";
import { answer, at, cases, heading, open, start } from "./journey.mjs";
import { expect, startServer, test } from "./server.mjs";
import { say } from "./words.mjs";

const OFFICE = "0113 376 0336";
const NIGHT = "0113 535 0600";
/** A mark that calls for IA-02 and no other action. */
const HARM = "elements.basic_care_safety.indicators.BC-404";

/** Sets the clock to an instant; timers then run with it. */
const onClock = (page, instant) => page.clock.install({ time: new Date(instant) });

/** A record with IA-02 in its banner. */
async function withHarm(page) {
  await page.goto("/");
  await start(page, "no");
  await open(page, "elements", "basic_care_safety");
  await answer(page, HARM, "yes", "radio");
  await item(page).waitFor();
}

const item = (page) => page.locator(".ca-urgent__item").filter({ has: at(page, "urgent-IA-02") });
/** The numbers in view, in order, and what is said of each. */
const numbers = (page) => item(page).locator(".ca-urgent__number .ca-urgent__phone");
const hours = (page) => item(page).locator(".ca-urgent__number .ca-urgent__hours");
const outOfHours = (page) => item(page).locator(".ca-urgent__out-of-hours");

async function office(page, until) {
  await expect(numbers(page)).toHaveText([OFFICE]);
  await expect(hours(page)).toHaveText([until]);
  await expect(outOfHours(page)).toHaveCount(0);
}

async function night(page, until, opens) {
  await expect(numbers(page)).toHaveText([NIGHT, OFFICE]);
  await expect(hours(page)).toHaveText([until, opens]);
  await expect(outOfHours(page)).toHaveText("Phone the Emergency Duty Team. Do not leave it until morning.");
}

async function both(page, said) {
  await expect(numbers(page)).toHaveText([OFFICE, NIGHT]);
  await expect(hours(page)).toHaveText([said, said]);
  await expect(item(page)).toContainText(say("hours.next"));
}

// Instants are in UTC. In summer England is an hour ahead of it.
const TIMES = [
  ["working hours", "2026-11-26T10:00:00Z", (page) => office(page, "Open now, until 5pm")],
  ["a summer afternoon", "2026-07-01T15:59:00Z", (page) => office(page, "Open now, until 5pm")],
  [
    "a summer evening that is still afternoon in UTC",
    "2026-07-01T16:00:00Z",
    (page) => night(page, "Open now, until 8:30am tomorrow", "Closed now. Opens tomorrow at 9am"),
  ],
  [
    "night",
    "2026-11-26T02:00:00Z",
    (page) => night(page, "Open now, until 8:30am", "Closed now. Opens today at 9am"),
  ],
  [
    "a weekend",
    "2026-11-28T11:00:00Z",
    (page) => night(page, "Open now, until 8:30am on Monday", "Closed now. Opens on Monday at 9am"),
  ],
  [
    "a bank holiday",
    "2026-08-31T10:00:00Z",
    (page) => night(page, "Open now, until 8:30am tomorrow", "Closed now. Opens tomorrow at 9am"),
  ],
  [
    "Christmas, with the day that is taken for Boxing Day",
    "2026-12-24T18:00:00Z",
    (page) => night(page, "Open now, until 8:30am on Tuesday", "Closed now. Opens on Tuesday at 9am"),
  ],
  ["hours that published pages give differently", "2026-11-26T08:45:00Z", (page) => both(page, say("hours.differ"))],
];

for (const [name, instant, check] of TIMES) {
  test(`${name}: the number that answers now is first`, async ({ page }) => {
    await onClock(page, instant);
    await withHarm(page);
    await check(page);
    await clean(page, name);
  });
}

test.describe("the clocks change", () => {
  // Neither day of change is a working day. What could go wrong is the hour, on the working day after it.
  for (const [name, instant, check] of [
    ["before, in March", "2026-03-27T08:59:00Z", (page) => both(page, say("hours.differ"))],
    [
      "in the hour that does not exist",
      "2026-03-29T01:00:00Z",
      (page) => night(page, "Open now, until 8:30am tomorrow", "Closed now. Opens tomorrow at 9am"),
    ],
    ["after, in March", "2026-03-30T08:00:00Z", (page) => office(page, "Open now, until 5pm")],
    ["before, in October", "2026-10-23T08:00:00Z", (page) => office(page, "Open now, until 4:30pm")],
    [
      "in the hour that comes twice",
      "2026-10-25T01:00:00Z",
      (page) => night(page, "Open now, until 8:30am tomorrow", "Closed now. Opens tomorrow at 9am"),
    ],
  ]) {
    test(name, async ({ page }) => {
      await onClock(page, instant);
      await withHarm(page);
      await check(page);
    });
  }

  test("after, in October: eight in the morning is eight", async ({ page }) => {
    await onClock(page, "2026-10-26T08:00:00Z");
    await withHarm(page);
    await night(page, "Open now, until 8:30am", "Closed now. Opens today at 9am");
    await page.clock.fastForward("01:00:30");
    await office(page, "Open now, until 5pm");
  });
});

for (const timezoneId of ["Pacific/Auckland", "America/Los_Angeles"]) {
  test.describe(`a device in ${timezoneId}`, () => {
    test.use({ timezoneId });

    test("goes by the authority's time", async ({ page }) => {
      await onClock(page, "2026-07-01T15:59:00Z");
      await withHarm(page);
      await office(page, "Open now, until 5pm");
      await page.clock.fastForward("00:01:30");
      await night(page, "Open now, until 8:30am tomorrow", "Closed now. Opens tomorrow at 9am");
    });
  });
}

test("a record that stays open over closing time changes, says so and leaves the focus alone", async ({ page }) => {
  await onClock(page, "2026-11-26T16:58:00Z");
  await withHarm(page);
  await office(page, "Open now, until 5pm");
  const field = at(page, "elements.basic_care_safety.needs");
  await field.fill("She told her teacher");
  await expect(field).toBeFocused();
  await page.clock.fastForward("00:02:30");
  await night(page, "Open now, until 8:30am tomorrow", "Closed now. Opens tomorrow at 9am");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("She told her teacher");
  await expect(page.locator("[data-announce]")).toHaveText(
    say("hours.changed", { name: "Children's Emergency Duty Team", phone: NIGHT }),
  );
  // At opening time the office comes back, and somebody who was at a number is still at one.
  await numbers(page).first().focus();
  await page.clock.fastForward("16:00:00");
  await office(page, "Open now, until 4:30pm");
  await expect(numbers(page).first()).toBeFocused();
});

test("a record is opened after closing time", async ({ page }) => {
  await onClock(page, "2026-11-26T16:58:00Z");
  await withHarm(page);
  await office(page, "Open now, until 5pm");
  await page.clock.fastForward("00:10:00");
  await page.reload();
  await night(page, "Open now, until 8:30am tomorrow", "Closed now. Opens tomorrow at 9am");
  await page.clock.fastForward("07:00:00");
  await night(page, "Open now, until 8:30am", "Closed now. Opens today at 9am");
});

test("an action that was read keeps the number that answers now", async ({ page }) => {
  await onClock(page, "2026-11-26T10:00:00Z");
  await withHarm(page);
  await item(page).getByRole("button", { name: say("urgent.acknowledge") }).click();
  await page.clock.fastForward("12:00:00");
  // The action is one line now; its number is beside the banner's heading.
  const ring = page.locator(".ca-urgent__ring .ca-urgent__phone");
  await expect(ring).toContainText([NIGHT]);
  await expect(ring).toBeVisible();
  await item(page).locator("summary").click();
  // Among the details everybody is there.
  await expect(item(page).locator(".ca-urgent__facts .ca-urgent__phone")).toHaveText([NIGHT, OFFICE]);
  await clean(page, "read, at night");
});

for (const [name, instant, words] of [
  ["a year behind", "2025-11-26T10:00:00Z", say("hours.check_date", { date: "26 November 2025" })],
  [
    "after the last bank holiday that is known",
    "2029-01-03T10:00:00Z",
    say("hours.check_date_until", { date: "3 January 2029", until: "31 December 2028" }),
  ],
]) {
  test(`a date ${name} is doubted, and both numbers are there`, async ({ page }) => {
    await onClock(page, instant);
    await page.goto("/");
    await heading(page).waitFor();
    await expect(page.locator("common-assessment")).toContainText(words);
    await clean(page, `start, ${name}`);
    await withHarm(page);
    await expect(numbers(page)).toHaveText([OFFICE, NIGHT]);
    await expect(item(page)).toContainText(words);
    await expect(item(page)).toContainText(say("hours.next"));
    await expect(hours(page).first()).not.toContainText(/Open now|Closed now/);
    await clean(page, `a date ${name}`);
  });
}

test("on the start page the number that answers now comes before the one that is closed", async ({ page }) => {
  const names = page.locator(".govuk-summary-list__row .ca-urgent__phone");
  await onClock(page, "2026-11-26T16:58:00Z");
  await page.goto("/");
  await expect(names.nth(0)).toHaveText("999");
  await expect(names.nth(1)).toHaveText(OFFICE);
  await clean(page, "start, working hours");
  await page.clock.fastForward("00:02:30");
  await expect(names.nth(1)).toHaveText(NIGHT);
  await expect(names.nth(2)).toHaveText(OFFICE);
  await clean(page, "start, night");
});

test("another authority's hours are its own", async ({ page }) => {
  const data = new URL("../../crates/engine/data/", import.meta.url).pathname;
  const rules = ["rule_packs/northbridge-example.json", "profiles/northbridge.json"].map((name) => data + name);
  const server = await startServer({ extra: ["--rule-pack", rules[0], "--profile", rules[1]] });
  try {
    await onClock(page, "2026-11-26T08:45:00Z");
    await page.goto(server.url);
    const office = page.locator(".govuk-summary-list__row").filter({ hasText: "01632 960101" });
    await expect(office.locator(".ca-urgent__hours")).toHaveText("Open now, until 5pm");
    // A designated officer with a lunch break.
    const lado = page.locator(".govuk-summary-list__row").filter({ hasText: "01632 960103" });
    await page.clock.fastForward("04:00:00");
    await expect(lado.locator(".ca-urgent__hours")).toHaveText("Closed now. Opens today at 1:30pm");
  } finally {
    await server.remove();
  }
});
