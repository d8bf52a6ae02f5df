// What cannot be right in a plan, a meeting or a review, on the page: each is named in the summary and at its field, what was
// typed stays, and nothing is agreed or finished. That the server refuses the same is tested over HTTP on both stores; money,
// people outside the team and what a review lacks are tested beside the pages that ask for them.

import { ask, expect, goTo, look, press, test, titled } from "./demo_people.mjs";
import { begun, field, FIVE, plan, put, record, saysSo, toTeam } from "./team.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(120_000);

const summary = (page) => page.locator(".govuk-error-summary");
/** How often the trail says that something was agreed or finished. */
const completions = async (page, id) => JSON.stringify((await ask(page, "GET", `episodes/${id}/access-log?limit=200`)).body).split('"complete-team-record"').length - 1;
/** The page names it, the summary has the focus and leads to the field, and the server has agreed to nothing. */
async function isNamed(page, id, text, path) {
  await expect(summary(page)).toBeFocused();
  await summary(page).getByRole("link", { name: text }).first().click();
  await expect(field(page, path)).toBeFocused();
  expect(await completions(page, id)).toBe(0);
}

test("a date before the record began and a score out of range are named in the plan, and put right it is agreed", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  const [outcome] = FIVE.outcomes;
  const before = (await ask(teacher, "GET", `episodes/${id}`)).body.shown.state;
  const wrong = async (base, plan_, key, path, name) => {
    await put(teacher, id, "plan", 1, base, { ...FIVE, ...plan_ });
    await toTeam(teacher, plan(id), "work.title.plan");
    await press(teacher, "team.plan.complete");
    const named = summary(teacher).getByRole("link", { name: new RegExp(like(key).source.slice(1)) });
    await expect(named).toHaveCount(1);
    await look(teacher, name);
    await isNamed(teacher, id, await named.textContent(), path);
    expect((await ask(teacher, "GET", `episodes/${id}`)).body.shown.state, "nothing moves").toBe(before);
  };
  await wrong(0, { outcomes: [{ ...outcome, score_child: "11" }] }, "problem.score", "outcomes[0].score_child", "a plan with a score out of range");
  // What was typed is still there.
  expect((await record(teacher, id)).record.outcomes[0].score_child).toBe("11");
  await wrong(1, { review_date: "2026-11-22" }, "problem.before-episode", "review_date", "a plan with a date before the record began");
  await put(teacher, id, "plan", 1, 2, FIVE);
  await teacher.reload();
  await toTeam(teacher, plan(id), "work.title.plan");
  await press(teacher, "team.plan.complete");
  await saysSo(teacher, "team.plan.done");
});

test("a meeting with nobody, and one to which nobody came, is not finished", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await put(teacher, id, "plan", 1, 0, FIVE);
  const held = { kind: "first", status: "held", on: "2026-11-23", purpose: "To agree the plan", chair: "Priya Raman" };
  await put(teacher, id, "meeting", 1, 0, held);
  await toTeam(teacher, `work.together.meeting.${id}.1`, "work.title.meeting");
  await press(teacher, "team.meeting.complete");
  await isNamed(teacher, id, say("meeting.people.needed"), "people");
  await look(teacher, "a meeting with nobody");
  const people = [{ id: "person-1", name: "Priya Raman", role: "Teacher", attendance: "apologies" }];
  await put(teacher, id, "meeting", 1, 1, { ...held, people });
  await toTeam(teacher, `work.together.meeting.${id}.1`, "work.title.meeting");
  await press(teacher, "team.meeting.complete");
  await isNamed(teacher, id, say("problem.nobody-there"), "people");
  expect((await record(teacher, id, "meeting")).record.purpose).toBe(held.purpose);
});

test("a record with something urgent in it is not closed before somebody says why it is safe", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  const { body: versions } = await ask(teacher, "GET", `episodes/${id}/versions`);
  const { body: newest } = await ask(teacher, "GET", `episodes/${id}/versions/1`);
  const episode = { id, started_from: versions.versions[0].id, kind: "correction", reason: "He was hit." };
  const conclusions = { ...newest.answers.conclusions, decision_reason: "I rang at noon." };
  const body = { form_version: "caf-2026.3", answers: { ...newest.answers, danger_now: "yes", conclusions }, episode };
  const sent = await ask(teacher, "POST", "assessments", body, { "idempotency-key": "urgent-2" });
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
  const { body: before } = await ask(teacher, "GET", `episodes/${id}`);
  await goTo(teacher, `work.close.${id}`);
  await titled(teacher, "work.title.close");
  await teacher.getByLabel(say("work.closure.needs_met")).check();
  await press(teacher, "work.title.close");
  await expect(teacher.getByText(say("work.close.safe.needed"))).toBeVisible();
  await look(teacher, "closing over something urgent");
  expect((await ask(teacher, "GET", `episodes/${id}`)).body.shown, "nothing is stored by halves").toEqual(before.shown);
});
