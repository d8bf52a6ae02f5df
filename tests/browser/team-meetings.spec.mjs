// Meetings of a team around the child in the browser, played by people of the demo: planned, put into a calendar, written up,
// finished and sent; and two people who each begin one. SHOTS=<folder> keeps pictures at three widths.

import { readFile } from "node:fs/promises";

import { ask, expect, look, press, test, titled } from "./demo_people.mjs";
import { fillPage, heading, leaves } from "./journey.mjs";
import { begun, field, FIVE, isSaved, letIn, put, record, savedAt, saysSo, toTeam, type } from "./team.mjs";
import { say } from "./words.mjs";

test.setTimeout(180_000);

const list = (id) => `work.together.meetings.${id}`;

/** Begins the next meeting from the list. */
async function begin(page, id) {
  await toTeam(page, list(id), "work.title.meetings");
  await press(page, "team.meeting.begin");
  await titled(page, "work.title.meeting");
  await field(page, "purpose").waitFor();
}

/** A calendar file as somebody gets it. */
async function calendar(page) {
  const downloading = page.waitForEvent("download");
  await press(page, "team.calendar");
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("meeting.ics");
  return readFile(await download.path(), "utf8");
}

const HELD = {
  kind: "first",
  status: "held",
  on: "2026-11-23",
  starts_at: "10:00",
  ends_at: "11:00",
  place: "The school, room 2",
  purpose: "To agree the plan",
  chair: "Priya Raman",
  note_taker: "Priya Raman",
};
const SAID = {
  child_voice: "Ball!",
  child_voice_method: ["words"],
  family_views: [{ name: "Magdalena", said: "I want him to talk.", method: ["words"] }],
  points: [{ source: "Nursery", point: "He plays beside other children." }],
  risk_factors: "One room for three people.",
  protective_factors: "His grandmother rings each day.",
  decisions: [{ decision: "We ask for a hearing check.", reason: "He does not turn round.", disagreement: "Nan thinks he will talk." }],
  next_on: "2027-01-04",
};

test("a meeting is planned, put into a calendar, written up, finished and sent", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await put(teacher, id, "plan", 1, 0, FIVE);
  await toTeam(teacher, list(id), "work.title.meetings");
  await expect(teacher.getByText(say("team.meeting.none"))).toBeVisible();
  await look(teacher, "no meetings");
  await begin(teacher, id);
  const { status: _, ...planned } = HELD;
  expect(await fillPage(teacher, leaves({ ...planned, status: "planned", on: "2026-11-30" }, ""))).toEqual([]);
  await isSaved(teacher, "purpose", "To agree the plan");
  await look(teacher, "a meeting that is planned");
  expect((await ask(teacher, "GET", `episodes/${id}`)).body.stage).toBe("tac_scheduled");
  await teacher.reload();
  await titled(teacher, "work.title.meeting");
  const file = await calendar(teacher);
  expect(file).toContain("DTSTART:20261130T100000Z");
  expect(file).not.toContain("Amelia");
  // On the day: who came, and what was said.
  expect(await fillPage(teacher, leaves(HELD, ""))).toEqual([]);
  for (const name of ["Priya Raman", "Magdalena"]) {
    await teacher.getByRole("button", { name: new RegExp(`^${say("offers.add", { name })}`) }).first().click();
  }
  await field(teacher, "people[1].role").waitFor();
  await teacher.locator("input[name='people[0].attendance'][value=attended]").check();
  await teacher.locator("input[name='people[1].attendance'][value=apologies]").check();
  await field(teacher, "people[1].apology_reason").fill("The bus did not come.");
  await press(teacher, "team.meeting.complete");
  const summary = teacher.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  await look(teacher, "a meeting that cannot be finished yet");
  await summary.getByRole("link", { name: say("meeting.decisions.needed") }).click();
  await expect(field(teacher, "decisions")).toBeFocused();
  expect(await fillPage(teacher, leaves(SAID, ""))).toEqual([]);
  await teacher.getByRole("button", { name: new RegExp(`^${say("offers.add", { name: FIVE.outcomes[0].actions[1].action })}`) }).click();
  await expect(field(teacher, "actions[0].who")).toHaveValue("Priya Raman");
  await isSaved(teacher, "next_on", "4");
  const { record: stored } = await record(teacher, id, "meeting");
  expect(stored.actions[0].action_id).toBe(FIVE.outcomes[0].actions[1].id);
  expect(stored.people[0]).toMatchObject({ name: "Priya Raman", agency: "Woodhouse Moor Primary School" });
  expect(stored.people[0].person_ref).toBeTruthy();
  await look(teacher, "a meeting that is written up");
  await press(teacher, "team.meeting.complete");
  await saysSo(teacher, "team.meeting.done");
  await expect(heading(teacher)).toBeFocused();
  await teacher.locator("summary", { hasText: say("team.circulation") }).click();
  await press(teacher, "team.circulation.note");
  await expect(teacher.getByText(say("team.circulation.needed"))).toBeFocused();
  await teacher.getByLabel("Priya Raman").check();
  await press(teacher, "team.circulation.note");
  await saysSo(teacher, "team.circulation.done");
  await expect(teacher.getByText(/^Priya Raman: sent on 23 November 2026/)).toBeVisible();
  await look(teacher, "minutes that were sent");
  const { circulations } = await record(teacher, id, "meeting");
  expect(circulations.map(({ to }) => to)).toEqual([["Priya Raman"]]);
  // A correction needs a reason.
  await press(teacher, "team.correct");
  await expect(field(teacher, "purpose")).toHaveAttribute("readonly");
  await field(teacher, "team.correct").fill("The wrong purpose");
  await type(teacher, "purpose", "To agree the plan, and the next date");
  expect((await record(teacher, id, "meeting")).reason).toBe("The wrong purpose");
});

test("two people who each begin the next meeting write two, and nobody's words are in the other's (B9)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await letIn(teacher, id, "health-visitor", "Aire Valley Health Visiting", "practitioner");
  const visitor = await someone("health-visitor");
  await begin(teacher, id);
  await begin(visitor, id);
  await type(teacher, "purpose", "To agree the plan");
  await field(visitor, "purpose").fill("To talk about his sleep");
  await expect(visitor.locator(".govuk-inset-text", { hasText: say("team.meeting.moved", { taken: 1, number: 2 }) })).toBeVisible();
  await isSaved(visitor, "purpose", "To talk about his sleep");
  await look(visitor, "a meeting that got the next number");
  await type(visitor, "place", "The clinic");
  const stored = async (number) => (await record(teacher, id, "meeting", number)).record;
  expect(await stored(1)).toMatchObject({ purpose: "To agree the plan" });
  expect(await stored(2)).toMatchObject({ purpose: "To talk about his sleep", place: "The clinic" });
  // The same where the words wait on the device until the page is opened again.
  await begin(teacher, id);
  await begin(visitor, id);
  await visitor.route(/team-records/, (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
  await field(visitor, "purpose").fill("To plan the summer");
  await type(teacher, "purpose", "To close");
  await expect(visitor.locator(".ca-team-saved--not")).toBeVisible();
  await visitor.goto("about:blank");
  await visitor.unroute(/team-records/);
  await toTeam(visitor, `work.together.meeting.${id}.3`, "work.title.meeting");
  await expect(visitor.getByText(say("team.elsewhere"))).toBeVisible();
  await expect(field(visitor, "purpose")).toHaveValue("To close");
  await look(visitor, "words that went to another meeting");
  await visitor.getByRole("link", { name: say("team.meeting.number", { number: 4 }) }).click();
  await expect(field(visitor, "purpose")).toHaveValue("To plan the summer");
  await expect(savedAt(visitor)).toHaveCount(0);
});
