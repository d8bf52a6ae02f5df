// The team around the child, played by people of the demo, each in a browser of their own: a plan that two people write at
// once, a meeting with its notes, a review of five actions with few clicks. SHOTS=<folder> keeps pictures at three widths.

import { readFile } from "node:fs/promises";

import { AMELIA, ask, expect, goTo, link, look, press, send, test, titled } from "./demo_people.mjs";
import { counted, restart, startCounting } from "./effort/count.mjs";
import { heading } from "./journey.mjs";
import { kept } from "./held.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(180_000);

/** The id of the only record of this person. */
async function episodeOf(page) {
  const { body } = await ask(page, "GET", "episodes?whose=mine");
  return body.episodes[0].id;
}

const plan = (id) => `work.together.plan.${id}`;
const field = (page, id) => page.locator(`[id="${id}"]`);
const savedAt = (page) => page.getByText(like("team.saved"));
const record = async (page, id, kind = "plan", number = 1) =>
  (await ask(page, "GET", `episodes/${id}/team-records/${kind}/${number}`)).body;

/** Types one text and waits until the server has it. */
async function type(page, id, text) {
  await field(page, id).fill(text);
  await expect(savedAt(page)).toBeVisible();
}

/** Opens a page of the team by its place. */
async function toTeam(page, place, key) {
  await goTo(page, place);
  await titled(page, key);
}

/** A teacher who has sent the story, with its id. */
async function begun(someone) {
  const teacher = await someone("teacher");
  await send(teacher, AMELIA);
  return { teacher, id: await episodeOf(teacher) };
}

test("a plan is reached from its record, starts from a need with its evidence, and is saved while somebody types", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  const requests = [];
  teacher.on("request", (request) => request.method() === "PUT" && requests.push(Date.now()));
  await goTo(teacher, `work.episode.${id}`);
  await titled(teacher, "work.title.episode");
  await teacher.getByRole("link", { name: say("work.title.plan"), exact: true }).click();
  await titled(teacher, "work.title.plan");
  await expect(heading(teacher)).toBeFocused();
  await look(teacher, "a plan with nothing in it");
  await teacher.locator("summary", { hasText: say("team.proposals") }).click();
  await teacher.getByRole("button", { name: like("team.proposals.use") }).first().click();
  await expect(teacher.locator("common-assessment :focus")).toHaveText(`${say("plan_outcome.row")} 1`);
  await expect(field(teacher, "outcomes[0].evidence")).not.toHaveValue("");
  await field(teacher, "outcomes[0].desired_outcome").pressSequentially("He asks for what he wants", { delay: 60 });
  await expect(savedAt(teacher)).toBeVisible();
  const gaps = requests.slice(1).map((at, index) => at - requests[index]);
  expect(Math.min(1000, ...gaps)).toBeGreaterThan(900);
  const { record: stored } = await record(teacher, id);
  expect(stored.outcomes[0].desired_outcome).toBe("He asks for what he wants");
  expect(stored.outcomes[0].elements).toHaveLength(1);
  await look(teacher, "a plan with an aim");
  expect(teacher.url()).not.toContain("asks");
});

test("what is typed is never said to be saved when it is not, and outlives a reload without the server (B20)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  await type(teacher, "long_term_goal", "A calm home");
  await teacher.route(/team-records/, (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
  await field(teacher, "long_term_goal").fill("A calm home with words");
  const typedAt = Date.now();
  await expect(teacher.getByText(like("team.not_saved")).first()).toBeVisible();
  expect(Date.now() - typedAt).toBeLessThan(2_500);
  await expect(savedAt(teacher)).toHaveCount(0);
  await look(teacher, "a plan that is not saved");
  await expect.poll(() => kept(teacher)).toContain("A calm home with words");
  expect(await kept(teacher)).not.toContain("Amelia");
  await teacher.unroute(/team-records/);
  await teacher.reload();
  await titled(teacher, "work.title.plan");
  await expect(field(teacher, "long_term_goal")).toHaveValue("A calm home with words");
  expect((await record(teacher, id)).record.long_term_goal).toBe("A calm home with words");
  await expect.poll(() => kept(teacher)).not.toContain("A calm home");
});

test("two people who write at once: other fields merge, the same field is shown side by side, nothing is lost (B9, B18)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  await type(teacher, "long_term_goal", "A calm home");
  // The same person in another browser is another editor.
  const other = await someone("teacher");
  await toTeam(other, plan(id), "work.title.plan");
  await expect(field(other, "long_term_goal")).toHaveValue("A calm home");
  await type(teacher, "disagreements", "Nan is not sure");
  await type(other, "lead_professional", "Sam Okafor");
  await expect(field(other, "disagreements")).toHaveValue("Nan is not sure");
  await type(teacher, "long_term_goal", "A calm home for both boys");
  await field(other, "long_term_goal").fill("A home without shouting");
  await expect(other.getByRole("heading", { name: say("team.clash.heading") })).toBeFocused();
  for (const text of ["A calm home for both boys", "A home without shouting"]) {
    await expect(other.locator(".ca-typed", { hasText: text })).toBeVisible();
  }
  await expect(savedAt(other)).toHaveCount(0);
  await look(other, "two texts side by side");
  await press(other, "team.clash.save");
  await expect(other.getByText(say("team.clash.needed"))).toBeVisible();
  await other.getByLabel(say("team.clash.both")).check();
  await press(other, "team.clash.save");
  await expect(other.getByRole("heading", { name: say("team.clash.heading") })).toHaveCount(0);
  await expect(field(other, "long_term_goal")).toHaveValue("A calm home for both boys\n\nA home without shouting");
  expect((await record(other, id)).record.long_term_goal).toBe("A calm home for both boys\n\nA home without shouting");
});

test("completing a plan names what is missing, each a link, and a completed one is corrected with a reason", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  await press(teacher, "team.plan.complete");
  const summary = teacher.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).not.toHaveCount(0);
  await look(teacher, "a plan that cannot be completed yet");
  await summary.getByRole("link", { name: say("plan.lead_professional.needed") }).click();
  await expect(field(teacher, "lead_professional")).toBeFocused();
});

test("a meeting is planned, put into a calendar, written up and sent to those who were there", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, `work.together.meetings.${id}`, "work.title.meetings");
  await expect(teacher.getByText(say("team.meeting.none"))).toBeVisible();
  await look(teacher, "no meetings");
  await press(teacher, "team.meeting.begin");
  await titled(teacher, "work.title.meeting");
  await field(teacher, "purpose").fill("To agree the plan");
  await type(teacher, "starts_at", "14:00");
  for (const [part, text] of [["", "30"], [".month", "11"], [".year", "2026"]]) await field(teacher, `on${part}`).fill(text);
  await expect(savedAt(teacher)).toBeVisible();
  await look(teacher, "a meeting");
  await teacher.reload();
  await titled(teacher, "work.title.meeting");
  const downloading = teacher.waitForEvent("download");
  await press(teacher, "team.calendar");
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("meeting.ics");
  const file = await readFile(await download.path(), "utf8");
  expect(file).toContain("BEGIN:VEVENT");
  expect(file).not.toContain("Amelia");
});

/** A plan of one aim with five actions, as JSON. */
const FIVE = {
  form_version: "plan-2026.1",
  long_term_goal: "A calm home",
  outcomes: [
    {
      id: "0000000a-0000-4000-8000-000000000001",
      desired_outcome: "He asks for what he wants",
      goal_measure: "Nursery counts his words each Friday",
      score_child: "3",
      score_parent: "4",
      actions: ["a", "b", "c", "d", "e"].map((letter) => ({
        id: `0000000${letter}-0000-4000-8000-000000000002`,
        action: `Do the thing called ${letter} each week`,
        who: "Priya Raman",
        by_when: "2027-01-11",
      })),
    },
  ],
};

test("a review of five actions takes at most 40 clicks and 20 fields, and shows the suggestion then and now", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  const put = await ask(teacher, "PUT", `episodes/${id}/team-records/plan/1`, { record: FIVE }, { "if-match": '"0"' });
  expect(put.status, JSON.stringify(put.body)).toBe(200);
  await toTeam(teacher, `work.together.reviews.${id}`, "work.title.reviews");
  await startCounting(teacher);
  await teacher.reload();
  await titled(teacher, "work.title.reviews");
  await restart(teacher);
  await press(teacher, "team.review.begin");
  await titled(teacher, "work.title.review");
  await expect(teacher.getByRole("heading", { name: say("team.suggestion") })).toBeVisible();
  await press(teacher, "team.review.start");
  await expect(teacher.getByText("Do the thing called e each week")).toBeVisible();
  await teacher.getByRole("button", { name: new RegExp(`^${say("today")}`) }).first().click();
  await field(teacher, "outcome").click();
  await teacher.getByRole("button", { name: say("review_person.add") }).click();
  await field(teacher, "people[0].name").fill("Priya Raman");
  for (const row of [0, 1, 2, 3, 4]) await field(teacher, `actions[${row}].status.in_progress`).click();
  await field(teacher, "outcomes[0].score_child").fill("5");
  await field(teacher, "outcomes[0].score_parent").fill("6");
  await field(teacher, "notes").fill("He asks for milk and for the ball.");
  await field(teacher, "no_child_comment_reason").fill("He is two. He showed us his ball.");
  await field(teacher, "no_parent_comment_reason").fill("Mum will tell us on Friday.");
  await field(teacher, "agreement_holds").click();
  await expect(teacher.getByRole("term").filter({ hasText: new RegExp(`^${say("team.suggestion.now")}$`) })).toHaveCount(1);
  await field(teacher, "decision").selectOption({ index: 3 });
  await field(teacher, "next_steps").fill("Go on as agreed.");
  for (const [part, text] of [["", "15"], [".month", "2"], [".year", "2027"]]) await field(teacher, `next_on${part}`).fill(text);
  await expect(savedAt(teacher)).toBeVisible();
  await look(teacher, "a review of five actions");
  await press(teacher, "team.review.complete");
  const { clicks, fields } = await counted(teacher);
  expect(clicks).toBeLessThanOrEqual(40);
  expect(fields).toBeLessThanOrEqual(20);
  test.info().annotations.push({ type: "effort", description: `${clicks} clicks, ${fields} fields` });
  console.log(`a review of five actions: ${clicks} clicks, ${fields} fields`);
  const { record: stored } = await record(teacher, id, "review");
  expect(stored.actions).toHaveLength(5);
  expect(stored.suggested_now).toBeTruthy();
});

test("progress and the timeline say in a table and a list what their pictures show", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await ask(teacher, "PUT", `episodes/${id}/team-records/plan/1`, { record: FIVE }, { "if-match": '"0"' });
  await toTeam(teacher, `work.together.progress.${id}`, "work.title.progress");
  await expect(teacher.getByRole("cell", { name: "3" })).toBeVisible();
  await look(teacher, "progress");
  await toTeam(teacher, `work.together.timeline.${id}`, "work.title.timeline");
  await expect(teacher.locator(".ca-timeline li").first()).toBeVisible();
  await look(teacher, "a timeline");
});
