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
