// The pictures of an episode, each with a table that says the same: on the real server, with a plan, a meeting and reviews
// that were put in over HTTP. SHOTS=<folder> keeps what they look like.

import { ask, expect, goTo, look } from "./demo_people.mjs";
import { episodeOf } from "./team.mjs";
import { MOTHER, PLAN, answers, letIn, put, reviewed, send, test, titled } from "./team_made.mjs";
import { say } from "./words.mjs";

test.setTimeout(180_000);

const picture = (page) => page.locator("svg.ca-picture");
const cells = (row) => row.locator("th, td").allInnerTexts();

/** Opens a page of the team by its place. */
async function open(page, episode, name) {
  await goTo(page, `work.together.${name}.${episode}`);
  await titled(page, `work.title.${name.split(".")[0]}`);
}

/** Every picture has a name and a description that are read in its place, and none has anything that is only a colour. */
async function named(page) {
  for (const one of await picture(page).all()) {
    await expect(one).toHaveAttribute("role", "img");
    const ids = (await one.getAttribute("aria-labelledby")).split(" ");
    expect(ids).toHaveLength(2);
    for (const id of ids) expect((await one.locator(`[id="${id}"]`).textContent()).trim()).not.toBe("");
  }
}

/** On paper: nothing to press, and the pictures stay. */
async function printed(page) {
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: say("team.print") })).toBeHidden();
  for (const one of await picture(page).all()) await expect(one).toBeVisible();
  await page.emulateMedia({ media: "screen" });
}

test("each picture has a table that says the same, is named, and prints", async ({ made }) => {
  const { teacher, episode } = await reviewed(made);

  await open(teacher, episode, "timeline");
  const entries = (await ask(teacher, "GET", `episodes/${episode}/timeline`)).body.entries;
  await expect(picture(teacher).locator(".ca-day")).toHaveCount(entries.length);
  const rows = teacher.locator("table tbody tr");
  await expect(rows).toHaveCount(entries.length);
  const numbers = await picture(teacher).locator(".ca-day__number").allTextContents();
  expect(await rows.locator("th .ca-day__number").allTextContents()).toEqual(numbers);
  for (const row of await rows.all()) expect((await cells(row)).join(" ")).not.toMatch(/undefined|_/);
  await named(teacher);
  await look(teacher, "timeline");
  await printed(teacher);

  await open(teacher, episode, "progress");
  const glance = picture(teacher).first();
  await expect(glance.locator(".ca-square")).toHaveCount(4);
  await expect(glance.locator(".ca-square--overdue")).toHaveCount(1);
  const actions = teacher.locator("table").first().locator("tbody tr");
  await expect(actions).toHaveCount(4);
  await expect(actions.nth(0)).toContainText(MOTHER);
  await expect(actions.nth(1)).toContainText(say("team.progress.overdue"));
  // The child gave one score, then none: a gap in the picture and in the table, and no 0.
  const scores = teacher.locator("table").nth(1);
  await expect(scores.locator("tbody tr")).toHaveCount(3);
  expect((await cells(scores.locator("tbody tr").nth(1))).slice(1)).toEqual([say("team.progress.unknown"), "6", "6"]);
  expect((await cells(scores.locator("tbody tr").nth(2))).slice(1)).toEqual(
    ["not_known", "better", "not_known"].map((change) => say(`team.progress.change.${change}`)),
  );
  const lines = picture(teacher).nth(1);
  await expect(lines.locator("circle")).toHaveCount(1);
  await expect(lines.locator("rect.ca-scores__mark--open")).toHaveCount(2);
  await expect(lines.locator("path.ca-scores__mark")).toHaveCount(1);
  await named(teacher);
  await look(teacher, "progress");
  await printed(teacher);

  await open(teacher, episode, "then_now");
  await expect(teacher.locator("svg.ca-triangle")).toHaveCount(2);
  const parts = teacher.locator("table tbody tr");
  expect(await parts.count()).toBeGreaterThan(10);
  await expect(teacher.locator("table").getByText(say("team.then_now.is_changed"), { exact: true }).first()).toBeVisible();
  await look(teacher, "then and now");

  await open(teacher, episode, "map");
  await expect(picture(teacher)).toBeVisible();
  const people = await teacher.locator("table").first().locator("tbody th").allInnerTexts();
  expect(people).toContain(MOTHER);
  const drawn = await picture(teacher).textContent();
  for (const name of people) expect(drawn).toContain(name.split(" ")[0]);
  // No address, no number, no date of birth, and not twice the same person.
  const shown = await teacher.evaluate(() => document.querySelector("common-assessment").shadowRoot.textContent);
  for (const secret of ["Skelder Mount", "LS99", "07700", "1998"]) expect(shown).not.toContain(secret);
  expect(people.filter((name) => name === MOTHER)).toHaveLength(1);
  await named(teacher);
  await look(teacher, "map");
  await printed(teacher);
});

test("what somebody may not see is in no picture, and is not said to be absent", async ({ made }) => {
  const { teacher, episode } = await reviewed(made);
  const youthWorker = { subject: "youth-worker", organisation: "Kirkstall Youth Project", role: "tac_member" };
  await letIn(teacher, episode, { ...youthWorker, sections: [1, 14], up_to: "ordinary" });
  const youth = await made.someone("youth-worker");
  await open(youth, episode, "progress");
  await expect(youth.getByText(say("team.picture.hidden"))).toBeVisible();
  await expect(picture(youth)).toHaveCount(0);
  await open(youth, episode, "timeline");
  const shown = await youth.evaluate(() => document.querySelector("common-assessment").shadowRoot.textContent);
  for (const words of ["Do the thing", "calm home"]) expect(shown).not.toContain(words);
});

test("an episode with nothing in it says so, and a plan without scores draws none", async ({ made }) => {
  const teacher = await made.someone("teacher");
  await send(teacher, answers());
  const episode = await episodeOf(teacher);
  await open(teacher, episode, "progress");
  await expect(teacher.getByText(say("team.review.no_plan"))).toBeVisible();
  await open(teacher, episode, "then_now");
  await expect(teacher.getByText(say("team.then_now.one"))).toBeVisible();
  await put(teacher, episode, "plan/1", { ...PLAN, outcomes: [{ id: PLAN.outcomes[0].id, desired_outcome: "Words" }] }, false);
  await open(teacher, episode, "progress");
  await expect(teacher.getByText(say("team.progress.no_actions"))).toBeVisible();
  await expect(teacher.getByText(say("team.progress.no_scores"))).toBeVisible();
  await expect(picture(teacher)).toHaveCount(0);
  await look(teacher, "a plan with nothing to draw");
});
