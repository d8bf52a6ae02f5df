// Take-up and outcomes: what is hidden, what was not recorded and 0 look and read differently, in picture, table, file and
// accessibility tree; and nothing small is anywhere in the page.

import { readFile } from "node:fs/promises";

import { change } from "./database.mjs";
import { all, expect, look, press, test, toList } from "./demo_people.mjs";
import { say } from "./words.mjs";

test.setTimeout(120_000);

const number = (count) => ({ kind: "number", number: count });
const FEWER = { kind: "fewer_than", threshold: 6 };
const HIDDEN = { kind: "not_shown" };
const UNKNOWN = { kind: "not_recorded" };

const MEASURES = ["started", "completed", "first_meeting", "plan_agreed", "reviewed", "closed", "outcome", "barrier"];
const QUARTERS = ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"];
const STARTED = [120, 132, 128, 140, 150, 161, 172, 180].map(number);
const CLOSED = [UNKNOWN, UNKNOWN, FEWER, number(0), number(8), number(12), FEWER, number(14)];

const shown = (split, figures) => ({ split, rows: { shown: Object.entries(figures).map(([code, figure]) => ({ code, figure })) } });

/** What was published: 180 records, of which 3 are in one area and 177 in another. */
function published(index) {
  const tables = {
    started: [
      shown("month", { "2026-07": number(60), "2026-08": number(59), "2026-09": number(61) }),
      shown("cluster", { moor: FEWER, mills: HIDDEN }),
      { split: "need", rows: "not_recorded" },
    ],
    outcome: [
      shown("child_change", { better: number(8), worse: number(0), "not-known": number(6) }),
      { split: "parent_change", rows: "not_recorded" },
    ],
    closed: [shown("month", { "2026-07": number(0), "2026-08": FEWER, "2026-09": HIDDEN }), { split: "reason", rows: "not_shown" }],
  };
  const totals = { started: STARTED[index], closed: CLOSED[index], outcome: CLOSED[index] };
  const measure = (name) => ({
    measure: name,
    total: totals[name] ?? UNKNOWN,
    days: name === "closed" && index === 7 ? { lower: 40, median: 95, upper: 170 } : null,
    tables: tables[name] ?? [],
  });
  return { quarter: QUARTERS[index], threshold: 6, measures: MEASURES.map(measure) };
}

test.beforeEach(({ server }) => {
  for (const index of QUARTERS.keys()) {
    change(server.database, `INSERT INTO take_up_quarters VALUES ('${QUARTERS[index]}', '${JSON.stringify(published(index))}', 0)`);
  }
});

const section = (page, measure) => page.locator(".ca-figures-measure", { has: page.getByRole("heading", { level: 2, name: say(`coordinator.take_up.${measure}`), exact: true }) });
const open = async (page) => {
  await page.locator(".ca-figures-measure").first().waitFor();
  for (const summary of await page.locator(".ca-figures-measure summary").all()) await summary.click();
};
const cells = async (table) => Object.fromEntries(await Promise.all((await table.locator("tbody tr").all()).map(async (row) => [await row.locator("th").innerText(), await row.locator("td").first().innerText()])));

test("180 records, 3 of them in one area: nothing shown gives the 3 away (case B21)", async ({ someone }) => {
  const page = await someone("coordinator");
  await toList(page, "take_up");
  await open(page);
  const started = section(page, "started");
  await expect(started).toContainText(say("coordinator.take_up.now", { quarter: "July to September 2026", number: "180" }));
  await expect(started).toContainText(say("coordinator.take_up.before", { number: "140" }));
  await expect(started).toContainText(say("coordinator.take_up.more", { number: "40" }));
  await expect(started).toContainText(say("coordinator.take_up.baseline", { number: "130" }));
  const areas = started.getByRole("table", { name: say("coordinator.take_up.by.cluster") });
  expect(await cells(areas)).toEqual({ "=The Moor": "fewer than 6", "The Mills": "not shown" });
  const markup = await page.evaluate(() => document.querySelector("common-assessment").shadowRoot.innerHTML);
  for (const text of [await all(page), markup, await page.locator("common-assessment").ariaSnapshot()]) expect(text).not.toContain("177");
  // No bar is as long as what is hidden.
  const widths = await areas.locator("rect").evaluateAll((bars) => bars.map((bar) => bar.getAttribute("width")));
  expect(widths).toEqual(["12", "30"]);

  const downloading = page.waitForEvent("download");
  await press(page, "coordinator.take_up.download");
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("take-up.csv");
  const file = await readFile(await download.path(), "utf8");
  expect(file).not.toContain("177");
  for (const line of [
    `"2026-Q3","2026-07-01","2026-09-30","started","total","","","180"`,
    `"2026-Q3","2026-07-01","2026-09-30","started","cluster","moor","'=The Moor","fewer than 6"`,
    `"2026-Q3","2026-07-01","2026-09-30","started","cluster","mills","The Mills","not shown"`,
  ]) {
    expect(file).toContain(line);
  }
  await expect(page.getByText(say("coordinator.take_up.downloaded"))).toBeVisible();
  await look(page, "take-up with everything open");
});

test("hidden, not recorded and 0 differ in word and look, and none of them is drawn as a number (case B22)", async ({ someone }) => {
  const page = await someone("coordinator");
  await toList(page, "take_up");
  await page.locator(".ca-figures-measure").first().waitFor();
  await look(page, "take-up");
  await open(page);
  const closed = section(page, "closed");
  const months = closed.getByRole("table", { name: say("coordinator.take_up.by.month") });
  expect(await cells(months)).toEqual({ "July 2026": "0", "August 2026": "fewer than 6", "September 2026": "not shown" });
  const quarters = closed.getByRole("table", { name: say("coordinator.take_up.by.quarter") });
  const words = ["not recorded", "not recorded", "fewer than 6", "0", "8", "12", "fewer than 6", "14"];
  expect(Object.values(await cells(quarters))).toEqual(words);
  // The picture says the same to somebody who does not see it.
  const chart = closed.getByRole("img");
  const label = await chart.getAttribute("aria-label");
  expect(label.split("; ").map((part) => part.split(": ").pop())).toEqual(words);
  const columns = await chart.locator("rect").evaluateAll((all) => all.map((one) => one.getAttribute("class")));
  const [unknown, fewer, count] = ["ca-chart__unknown", "ca-chart__fewer", "ca-chart__number"];
  expect(columns).toEqual([unknown, unknown, fewer, count, count, count, fewer, count]);
  const above = await chart.locator("text").evaluateAll((all) => all.map((one) => one.querySelector("tspan").textContent));
  expect(above).toEqual(["?", "?", "<6", "0", "8", "12", "<6", "14"]);
  // An average over a year in which a number is hidden or unknown would be wrong.
  await expect(closed).not.toContainText("on average");
  await expect(section(page, "outcome")).toContainText(say("coordinator.take_up.change.not_known"));
  await expect(closed.locator(".ca-chart__baseline")).toHaveCount(0);
  await expect(section(page, "started").locator(".ca-chart__baseline")).toHaveCount(1);
  await expect(closed).toContainText(say("coordinator.take_up.rows.not_shown"));
  const missing = section(page, "missing");
  await expect(missing.getByRole("listitem")).toHaveText(["completed", "first_meeting", "plan_agreed", "reviewed", "barrier"].map((name) => say(`coordinator.take_up.${name}`)));
  await expect(missing.getByRole("img")).toHaveCount(0);
});

test("without a quarter that is over there are no numbers, and the day of the first ones is said (case B21)", async ({ someone, server }) => {
  change(server.database, "DROP TRIGGER take_up_quarters_no_delete");
  change(server.database, "DELETE FROM take_up_quarters");
  const page = await someone("coordinator");
  await toList(page, "take_up");
  await expect(page.getByText(say("coordinator.take_up.none"))).toBeVisible();
  await expect(page.locator(".ca-figures-measure")).toHaveCount(0);
  await look(page, "take-up without numbers");
});

const story = (page, measure, quarter) => section(page, measure).locator(".ca-story", { has: page.getByRole("heading", { level: 3, name: say("coordinator.take_up.story.of", { quarter }), exact: true }) });
const NEWEST = "July to September 2026";
const within = (of, key) => of.getByRole("button", { name: new RegExp(`^${say(key)}`) });

/** Waits until the story's words are kept by the server. */
async function save(of) {
  await within(of, "coordinator.take_up.story.save").click();
  await expect(of.getByText(say("coordinator.take_up.story.saved"))).toBeVisible();
}

test("the story behind a number is written beside it, changed, taken away, printed and in the file; earlier wordings stay", async ({ someone }) => {
  const page = await someone("coordinator");
  await toList(page, "take_up");
  const started = story(page, "started", NEWEST);
  await expect(started).toContainText(say("coordinator.take_up.story.none"));
  await within(started, "coordinator.take_up.story.write").click();
  const box = started.getByRole("textbox");
  await expect(box).toBeFocused();
  await expect(started).toContainText(say("coordinator.take_up.story.hint"));
  await within(started, "coordinator.take_up.story.save").click();
  await expect(started.getByText(say("coordinator.take_up.story.needed"))).toBeVisible();
  await box.fill("é".repeat(2001));
  await within(started, "coordinator.take_up.story.save").click();
  await expect(started.getByText(say("coordinator.take_up.story.long"))).toBeVisible();
  await look(page, "take-up with a story that is too long");
  const first = "Two schools joined in September.\nTheir teams were new to it.";
  await box.fill(first);
  await save(started);
  await expect(started.locator(".ca-typed")).toHaveText(first);
  await expect(started.locator(".govuk-hint")).toContainText(/Written by .+2026/);
  await expect(box).toHaveCount(0);
  // Another measure and another quarter have their own.
  await expect(story(page, "closed", NEWEST)).toContainText(say("coordinator.take_up.story.none"));
  await section(page, "started").getByText(say("coordinator.take_up.story.others"), { exact: true }).click();
  const before = story(page, "started", "April to June 2026");
  await within(before, "coordinator.take_up.story.write").click();
  await before.getByRole("textbox").fill("A cluster began.");
  await save(before);

  await within(started, "coordinator.take_up.story.change").click();
  await expect(box).toHaveValue(first);
  await box.fill("Three schools joined in September.");
  await save(started);
  await within(started, "coordinator.take_up.story.earlier").click();
  await expect(started.getByRole("listitem")).toContainText(["Two schools joined in September."]);
  await look(page, "take-up with stories");

  // On paper: the words, and nothing to press or to fill in.
  await page.emulateMedia({ media: "print" });
  await expect(started.locator(".ca-typed").first()).toBeVisible();
  await expect(within(started, "coordinator.take_up.story.change")).toBeHidden();
  await expect(started.getByText(say("coordinator.take_up.story.saved"))).toBeHidden();
  await expect(started.getByRole("listitem")).toHaveCount(0);
  await expect(before.locator(".ca-typed")).toBeVisible();
  await expect(story(page, "closed", NEWEST)).toBeHidden();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/take-up-on-paper.png`, fullPage: true });
  await page.emulateMedia({ media: "screen" });

  const downloading = page.waitForEvent("download");
  await press(page, "coordinator.take_up.download");
  const file = await readFile(await (await downloading).path(), "utf8");
  expect(file).toContain(`"started","total","","","180","Three schools joined in September.","`);
  expect(file).toContain(`"started","total","","","172","A cluster began.","`);

  // After going away and back the stories are there, each under its number.
  await toList(page, "take_up");
  await expect(started.locator(".ca-typed")).toHaveText("Three schools joined in September.");
  await expect(before.locator(".ca-typed")).toHaveText("A cluster began.");
  await within(started, "coordinator.take_up.story.change").click();
  await box.fill("");
  await save(started);
  await expect(started).toContainText(/Taken away by/);
  await within(started, "coordinator.take_up.story.earlier").click();
  await expect(started.getByRole("listitem")).toHaveCount(2);
});

test("a story that names a child is erased with everything before it, once it was asked again", async ({ someone, server }) => {
  const page = await someone("coordinator");
  await toList(page, "take_up");
  const started = story(page, "started", NEWEST);
  for (const [press, words] of [["write", "The Zzyzx family moved here."], ["change", "The Zzyzx family moved away."]]) {
    await within(started, `coordinator.take_up.story.${press}`).click();
    await started.getByRole("textbox").fill(words);
    await save(started);
  }
  await within(started, "coordinator.take_up.story.erase").click();
  const question = started.getByText(say("coordinator.take_up.story.erase.ask"));
  await expect(question).toBeVisible();
  await look(page, "take-up with a story that is to be erased");
  await within(started, "coordinator.take_up.story.erase.keep").click();
  await expect(question).toHaveCount(0);
  await expect(started.locator(".ca-typed")).toHaveText("The Zzyzx family moved away.");
  await within(started, "coordinator.take_up.story.erase").click();
  await within(started, "coordinator.take_up.story.erase.now").click();
  await expect(started.getByText(say("coordinator.take_up.story.erase.done"))).toBeVisible();
  await expect(started).toContainText(/Taken away by/);
  await expect(started.locator(".ca-typed")).toHaveCount(0);
  await expect(started.getByRole("textbox")).toHaveCount(0);
  await expect(within(started, "coordinator.take_up.story.erase")).toHaveCount(0);
  await within(started, "coordinator.take_up.story.earlier").click();
  await expect(started).toContainText(say("coordinator.take_up.story.erase.nothing"));
  const file = await readFile(server.database);
  expect(file.includes("Zzyzx")).toBe(false);
  await within(started, "coordinator.take_up.story.write").click();
  await started.getByRole("textbox").fill("Two schools joined.");
  await save(started);
});

test("two coordinators write one story: the second is told, and nobody loses a word", async ({ someone }) => {
  const [one, other] = [await someone("coordinator"), await someone("coordinator")];
  for (const page of [one, other]) {
    await toList(page, "take_up");
    await within(story(page, "started", NEWEST), "coordinator.take_up.story.write").click();
  }
  const [mine, theirs] = [one, other].map((page) => story(page, "started", NEWEST));
  await mine.getByRole("textbox").fill("Two schools joined.");
  await theirs.getByRole("textbox").fill("The hub moved.");
  await save(mine);
  await within(theirs, "coordinator.take_up.story.save").click();
  await expect(theirs.getByText(say("coordinator.take_up.story.overtaken"))).toBeVisible();
  await expect(theirs.locator(".ca-typed")).toHaveText("Two schools joined.");
  await expect(theirs.getByRole("textbox")).toHaveValue("The hub moved.");
  await look(other, "take-up with a story that somebody else saved");
  await theirs.getByRole("textbox").fill("Two schools joined, and the hub moved.");
  await save(theirs);
  await expect(theirs.locator(".ca-typed")).toHaveText("Two schools joined, and the hub moved.");

  // What is typed and not saved is there again after going away, and so is the way back.
  await within(theirs, "coordinator.take_up.story.change").click();
  await theirs.getByRole("textbox").fill("Not saved yet");
  await toList(other, "take_up");
  await expect(theirs.getByRole("textbox")).toHaveValue("Not saved yet");
  await within(theirs, "coordinator.take_up.story.leave").click();
  await expect(theirs.getByRole("textbox")).toHaveCount(0);
  await expect(theirs.locator(".ca-typed")).toHaveText("Two schools joined, and the hub moved.");
});

test("training and barriers are counted, and a quarter from before says that nobody knows (case B22)", async ({ someone, server }) => {
  change(server.database, "DROP TRIGGER take_up_quarters_no_delete");
  change(server.database, "DELETE FROM take_up_quarters WHERE quarter = '2026-Q3'");
  const newest = published(7);
  newest.measures = newest.measures.filter((one) => one.measure !== "barrier");
  const add = (measure, total, tables) => newest.measures.push({ measure, total, days: null, tables });
  add("barrier", number(19), [shown("barrier", { action_blocked: number(10), no_agreement: number(9) })]);
  add("trained", number(31), []);
  add("training_not_recorded", FEWER, []);
  change(server.database, `INSERT INTO take_up_quarters VALUES ('2026-Q3', '${JSON.stringify(newest)}', 0)`);
  const page = await someone("coordinator");
  await toList(page, "take_up");
  await open(page);
  const barrier = section(page, "barrier").getByRole("table", { name: say("coordinator.take_up.by.barrier") });
  expect(await cells(barrier)).toEqual({
    [say("coordinator.take_up.barrier.action_blocked")]: "10",
    [say("coordinator.take_up.barrier.no_agreement")]: "9",
  });
  const quarters = section(page, "trained").getByRole("table", { name: say("coordinator.take_up.by.quarter") });
  expect(Object.values(await cells(quarters))).toEqual([...Array(7).fill("not recorded"), "31"]);
  await expect(section(page, "training_not_recorded")).toContainText(say("coordinator.take_up.now", { quarter: NEWEST, number: "fewer than 6" }));
  await look(page, "take-up with training and barriers");
});
