// Real families, in sending and coming back: days, midnight, cleared data, agreement that was taken back, and a record that
// waits (docs/real-families.md). Each row has the input that was reported and others of its kind.

import { startBetween } from "./between.mjs";
import { rows } from "./database.mjs";
import { announced, openFamily } from "./families.mjs";
import { answer, at, cases, heading, listed, open, saved, saveStatus, start, toTasks, unfold } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const CASE = "toddler-with-speech-delay";
const DAY = cases[CASE].today;
const REASON = "assessment_information.reason";
const sendButton = (page) => page.getByRole("button", { name: say("submit.button") });
const receipt = (page) => expect(heading(page)).toHaveText(say("receipt.heading"), { timeout: 20_000 });
const received = (server) => rows(server.database, "SELECT body FROM assessments").map(([body]) => JSON.parse(body));
const waiting = (page) => page.getByRole("region", { name: say("submit.waiting_heading") });

test.use({ today: DAY, fresh: true });

// ---- S3

/** A record that waits, because nothing reaches the server. */
async function waits(page, changes = {}) {
  await page.route("**/api/v1/assessments", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await openFamily(page, CASE, changes, "check");
  await sendButton(page).click();
  await expect(waiting(page)).toContainText(say("submit.offline"));
}

const takeBack = (page) => page.getByRole("button", { name: say("submit.take_back") });
const MISTAKES = [
  ["a name", "identifying_details", "identifying_details.given_names", "Kasper"],
  ["the reason", "assessment_information", REASON, "It is about his hearing."],
  ["a phone number", "assessor", "assessor.phone", "0113 496 0009"],
  ["a new need", "elements", "elements.speech_language_communication.needs", "He has stopped saying words."],
];
for (const [name, section, path, value] of MISTAKES) {
  test(`S3 ${name} is put right in a record that waits, which is then sent once`, async ({ page, server }) => {
    await waits(page);
    await open(page, section, section === "elements" ? path.split(".")[1] : undefined);
    await unfold(page, path);
    await expect(at(page, path)).toHaveAttribute("readonly", "");
    await expect(page.getByText(say("submit.locked"))).toBeVisible();
    await takeBack(page).click();
    await expect(announced(page)).toHaveText(say("submit.taken_back"));
    await answer(page, path, value);
    await saved(page);
    await page.unroute("**/api/v1/assessments");
    await open(page, "check");
    await expect(waiting(page)).toHaveCount(0);
    await sendButton(page).click();
    await receipt(page);
    const bodies = received(server);
    expect(bodies).toHaveLength(1);
    expect(JSON.stringify(bodies[0].answers)).toContain(value);
  });
}

test.describe("S3 a reply that is lost", () => {
  let between;
  test.use({
    baseURL: async ({ server }, use) => {
      between = await startBetween(server);
      await use(between.url);
      await between.stop();
    },
  });
  for (const [name, change, count] of [
    ["not changed", async () => {}, 1],
    ["changed and changed back", async (page) => {
      const before = await at(page, REASON).inputValue();
      await answer(page, REASON, "Another.");
      await answer(page, REASON, before);
    }, 1],
    ["changed", async (page) => answer(page, REASON, "Another."), 2],
  ]) {
    test(`and the record is taken back and ${name}: stored ${count === 1 ? "once" : "as two, as was said"}`, async ({ page, server }) => {
      await openFamily(page, CASE, {}, "check");
      let isLost = true;
      between.meddle = async (_request, truth) => {
        const reply = await truth();
        return isLost ? undefined : reply;
      };
      await sendButton(page).click();
      await expect(waiting(page)).toContainText(say("submit.offline"));
      await expect(page.getByText(say("submit.take_back.about"))).toBeVisible();
      await takeBack(page).click();
      await open(page, "assessment_information");
      await change(page);
      isLost = false;
      await open(page, "check");
      await sendButton(page).click();
      await receipt(page);
      expect(received(server)).toHaveLength(count);
    });
  }
});

const DANGERS = ["yes", "unsure"];
for (const danger of DANGERS) {
  test(`S3 danger is answered with ${danger} in a record that waits, and is shown at once`, async ({ page }) => {
    await waits(page);
    await toTasks(page);
    await listed(page, "danger").click();
    await answer(page, "danger_now", danger, "radio");
    await expect(page.locator(".ca-urgent")).toContainText("999");
    await expect(at(page, "danger_now")).toBeEnabled();
    await page.getByRole("button", { name: say("continue") }).click();
    await open(page, "check");
    await expect(waiting(page)).toHaveCount(0);
  });
}

test("S3 an urgent action of a record that waits can be read and written down", async ({ page }) => {
  await waits(page, { danger_now: "yes", "conclusions.decision": "R5" });
  await page.getByRole("button", { name: /^Write down what you did/ }).first().click();
  const entry = "urgent_log[0].said";
  await unfold(page, entry);
  await expect(at(page, entry)).toBeEditable();
  await answer(page, entry, "They are on their way.");
  await page.getByRole("button", { name: /^I have read this/ }).first().click();
  await expect(page.locator(".ca-urgent")).toContainText(/Read \d/);
  // What waits is on disk under other words.
  await expect(saveStatus(page)).toHaveText(say("save.waiting"));
  await page.reload();
  await expect(page.locator(".ca-urgent")).toContainText(/Read \d/);
});

// ---- S4

const ZONES = [
  ["fourteen hours ahead, where it is tomorrow", "Pacific/Kiritimati", "2026-11-23T12:00:00Z"],
  ["eleven hours behind, where it is yesterday", "Pacific/Pago_Pago", "2026-11-23T08:00:00Z"],
  ["in Auckland in the evening", "Pacific/Auckland", "2026-11-23T19:00:00Z"],
  ["in New York after midnight in England", "America/New_York", "2026-11-23T00:30:00Z"],
];
for (const [name, timezoneId, now] of ZONES) {
  test.describe(`S4 a device ${name}`, () => {
    test.use({ timezoneId });
    test("means England's day by today, and what is dated so is accepted", async ({ page, server }) => {
      await openFamily(page, CASE, { "consent.privacy_notice_given_on": null }, "consent", now);
      const field = "consent.privacy_notice_given_on";
      await unfold(page, field);
      await page.locator(".govuk-date-input").filter({ has: at(page, field) }).getByRole("button", { name: /^Today/ }).click();
      await expect(at(page, field)).toHaveValue("23");
      await open(page, "check");
      await sendButton(page).click();
      await receipt(page);
      expect(received(server)[0].sent_on).toBe("2026-11-23");
    });
  });
}

const CLOCKS = [
  ["two days ahead", "2026-11-25", "25 November 2026"],
  ["three weeks ahead", "2026-12-14", "14 December 2026"],
  ["a year ahead", "2027-11-23", "23 November 2027"],
  ["a month ahead", "2026-12-23", "23 December 2026"],
];
for (const [name, day, said] of CLOCKS) {
  test(`S4 a device that is ${name} is told both days`, async ({ page, server }) => {
    const done = { "agreed_actions.actions[0].status": "done", "agreed_actions.actions[0].completed_on": day };
    await openFamily(page, CASE, done, "check", `${day}T12:00:00Z`);
    await sendButton(page).click();
    const summary = page.locator(".govuk-error-summary");
    await expect(summary).toContainText(say("submit.other_day", { own: said, server: "23 November 2026" }));
    expect(received(server)).toHaveLength(0);
  });
}

// ---- S5

const NIGHTS = [
  ["one night", "2026-11-23T23:58:00Z", "2026-11-24T00:01:00Z", "2026-11-24"],
  ["two nights", "2026-11-21T20:00:00Z", "2026-11-23T07:00:00Z", "2026-11-23"],
  ["the night on which summer time begins", "2027-03-27T23:30:00Z", "2027-03-28T00:30:00Z", "2027-03-28"],
  ["a night in summer, when midnight comes an hour early", "2027-06-01T22:30:00Z", "2027-06-01T23:10:00Z", "2027-06-02"],
  ["the last night of a year", "2026-12-31T23:59:00Z", "2027-01-01T00:01:00Z", "2027-01-01"],
];
for (const [name, before, after, day] of NIGHTS) {
  test.describe(`S5 over ${name}`, () => {
    test.use({ today: day });
    test("what is sent is what was on the screen, and the new day is said", async ({ page, server }) => {
      await openFamily(page, CASE, {}, "check", before);
      await expect(sendButton(page)).toBeVisible();
      await page.clock.setFixedTime(new Date(after));
      await sendButton(page).click();
      // The first press, or the clock before it, draws the page of the new day; nothing of yesterday's is sent.
      await expect(announced(page)).toHaveText(say("day.new"));
      if (await sendButton(page).count()) await sendButton(page).click();
      await receipt(page);
      const [body] = received(server);
      expect(body.sent_on).toBe(day);
      const { outcome, difference } = await page.evaluate(async () => {
        const list = await (await fetch("/api/v1/assessments")).json();
        return (await fetch(`/api/v1/assessments/${list.assessments[0].id}`)).json();
      });
      expect(outcome.as_of).toBe(day);
      expect(difference ?? null).toBeNull();
    });
  });
}

// ---- S6

/** The reasons of every record on the device, read past the form; nothing where the database goes meanwhile. */
const look = (page) =>
  page.evaluate(async () => {
    // What is asked while the browser clears the database is never answered.
    const answered = (promise) =>
      Promise.race([promise, new Promise((_, failed) => setTimeout(() => failed(new Error("no answer")), 1_000))]);
    const settle = (request) =>
      answered(
        new Promise((done, failed) => {
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        }),
      );
    const names = (await answered(indexedDB.databases())).map(({ name }) => name);
    if (!names.includes("common-assessment")) return [];
    const opening = indexedDB.open("common-assessment");
    // It may go between the two lines: a look must not make a new one.
    opening.onupgradeneeded = () => opening.transaction.abort();
    const database = await settle(opening).catch(() => null);
    if (!database) return [];
    const all = await settle(database.transaction("records").objectStore("records").getAll());
    database.close();
    return all.map(({ text }) => JSON.parse(text).answers.assessment_information?.reason ?? "");
  });
const stored = (page) => look(page).catch(() => []);

const remove = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const request = indexedDB.deleteDatabase("common-assessment");
        let isBlocked = false;
        request.onblocked = () => (isBlocked = true);
        request.onsuccess = () => done(isBlocked);
        request.onerror = () => done("failed");
      }),
  );

const CLEARED = {
  "the site's data are cleared": async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "indexeddb" });
  },
  "everything of the site is cleared": async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "all" });
  },
  "another tab deletes the database": async (page) => {
    const other = await page.context().newPage();
    await other.goto(new URL("/api/v1/health", page.url()).href);
    expect(await remove(other)).not.toBe("failed");
    await other.close();
  },
  "the host page deletes the database": async (page) => {
    expect(await remove(page)).not.toBe("failed");
  },
};
for (const [name, clear] of Object.entries(CLEARED)) {
  test(`S6 ${name} while a record is open and nothing is typed: it is saved again, or said not to be`, async ({ page }) => {
    await page.goto("/");
    await start(page);
    await open(page, "assessment_information");
    await answer(page, REASON, "It must not go.");
    await saved(page);
    await clear(page);
    await expect.poll(() => stored(page)).toEqual(["It must not go."]);
    await saved(page);
    // It can be gone on with.
    await at(page, REASON).pressSequentially(" Not a word.");
    await saved(page);
    await page.reload();
    await expect(at(page, REASON)).toHaveValue("It must not go. Not a word.");
  });
}

// ---- S7

const lawful = {
  "sharing.choice": "share",
  "sharing.lawful_reason": "risk_sig_harm",
  "sharing.reason": "The nursery saw bruises on 3 March and the lead agreed.",
  "sharing.decided_by": "Harriet Voss, safeguarding lead",
  "sharing.family_told": "yes",
};
const no = { "consent.people[0].refused_on": "2026-11-22", "consent.people[0].refused_how": "phone" };
const by = (status) => ({
  "consent.sought": null,
  "consent.people": null,
  "consent.status": status,
  "consent.given_by": ["parent_pr"],
  "consent.signatories": [{ name: "Magdalena Zielonka", capacity: "parent_pr", method: "signed", signed_on: "2026-11-20" }],
});
const OVER = [
  ["refused by the one who had agreed", { ...no, "consent.people[0].says": "refuses" }, ["consent.share", "consent.people[0].agreed_on"]],
  [
    "taken back by the one who had agreed",
    { ...no, "consent.people[0].says": "withdrew", "consent.withdrawn_effect": "Nothing is shared." },
    ["consent.share", "consent.services"],
  ],
  ["refused in a record that has one status", by("refused"), ["consent.share", "consent.signatories[0]"]],
  [
    "withdrawn in a record that has one status",
    { ...by("withdrawn"), "consent.withdrawn_on": "2026-11-22", "consent.withdrawn_by": "Magdalena", "consent.withdrawn_effect": "Nothing." },
    ["consent.share", "consent.signatories[0]"],
  ],
];
for (const [name, changes, over] of OVER) {
  test(`S7 agreement ${name} is marked as out of date on the screen, in what is sent and in what is stored`, async ({ page, server }) => {
    await openFamily(page, CASE, { ...changes, ...lawful }, "check");
    await expect(page.locator(".ca-superseded").first()).toBeVisible();
    await sendButton(page).click();
    await receipt(page);
    const [body] = received(server);
    expect(body.superseded).toEqual(expect.arrayContaining(over));
    const record = await page.evaluate(async () => {
      const list = await (await fetch("/api/v1/assessments")).json();
      return (await fetch(`/api/v1/assessments/${list.assessments[0].id}`)).json();
    });
    expect(record.superseded).toEqual(body.superseded);
    await page.getByRole("link", { name: say("receipt.answers") }).click();
    await expect(page.locator(".ca-superseded").first()).toBeVisible();
  });
}
