// The plan of a team around the child, played by people of the demo, each in a browser of their own: from the needs of the
// assessment until the family agrees, with two who write at once, and without the server. Meetings and reviews have files of
// their own. SHOTS=<folder> keeps pictures at three widths.

import { ask, expect, goTo, look, press, test, titled } from "./demo_people.mjs";
import { storedFields } from "./delayed.mjs";
import { heading } from "./journey.mjs";
import { begun, field, isSaved, letIn, plan, put, record, savedAt, saysSo, toTeam, type } from "./team.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(180_000);

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
  await teacher.getByRole("button", { name: new RegExp(`^${say("team.proposals.use")}`) }).first().click();
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

test("what is typed is never said to be saved when it is not, and outlives a reload without the server (B20, case_b20)", async ({ someone }) => {
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
  await expect.poll(() => storedFields(teacher)).toContain("A calm home with words");
  expect(await storedFields(teacher)).not.toContain("Amelia");
  await teacher.unroute(/team-records/);
  await teacher.reload();
  await titled(teacher, "work.title.plan");
  await expect(field(teacher, "long_term_goal")).toHaveValue("A calm home with words");
  expect((await record(teacher, id)).record.long_term_goal).toBe("A calm home with words");
  await expect.poll(() => storedFields(teacher)).not.toContain("A calm home");
});

test("two people who write at once: other fields merge, the same field is shown side by side, nothing is lost (B9, B18, case_b18)", async ({ someone }) => {
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

test("completing a plan names what is missing at the fields and in the summary, each a link", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  await press(teacher, "team.plan.complete");
  const summary = teacher.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).not.toHaveCount(0);
  await look(teacher, "a plan that cannot be completed yet");
  await summary.getByRole("link", { name: say("plan.lead_professional.needed") }).click();
  await expect(field(teacher, "lead_professional")).toBeFocused();
  await expect(field(teacher, "lead_professional-error")).toContainText(say("plan.lead_professional.needed"));
  // It goes once it is put right.
  await type(teacher, "lead_professional", "Priya Raman");
  await expect(field(teacher, "lead_professional-error")).toHaveCount(0);
  // The owner of an action may be nobody of the team: the server says so, at the field.
  await expect(summary.getByRole("link", { name: say("plan.lead_professional.needed") })).toHaveCount(0);
});

test("a plan goes from a need to the family's agreement, with owners chosen from the team and the family", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await letIn(teacher, id, "health-visitor", "Aire Valley Health Visiting", "practitioner");
  // Who is let in is known by name once they have signed in.
  const visitor = await someone("health-visitor");
  await toTeam(teacher, plan(id), "work.title.plan");
  await teacher.locator("summary", { hasText: say("team.proposals") }).click();
  await teacher.getByRole("button", { name: new RegExp(`^${say("team.proposals.use")}`) }).first().click();
  await field(teacher, "outcomes[0].desired_outcome").fill("He asks for what he wants");
  await field(teacher, "outcomes[0].goal_measure").fill("Nursery counts his words each Friday");
  await field(teacher, "outcomes[0].score_child").fill("3");
  const [first, second] = [0, 1].map((row) => `outcomes[0].actions[${row}]`);
  const offered = (path, name) => teacher.locator(".govuk-form-group").filter({ has: field(teacher, path) }).last().getByRole("button", { name });
  await field(teacher, "outcomes[0].actions.add").click();
  await field(teacher, `${first}.action`).fill("Say words in play, ten minutes a day");
  await offered(`${first}.who`, /^Bernadette Oyelaran/).click();
  await expect(field(teacher, `${first}.who`)).toHaveValue("Bernadette Oyelaran");
  await field(teacher, "outcomes[0].actions.add").click();
  await field(teacher, `${second}.action`).fill("Ask the clinic for a hearing check");
  await expect(offered(`${second}.who`, /^Magdalena/)).toBeVisible();
  await offered(`${second}.who`, /^Magdalena/).click();
  const day = async (path, [d, m, y]) => {
    for (const [part, text] of [["", d], [".month", m], [".year", y]]) await field(teacher, `${path}${part}`).fill(text);
  };
  await day(`${first}.by_when`, ["11", "12", "2026"]);
  await day(`${second}.by_when`, ["18", "12", "2026"]);
  await offered("lead_professional", /^Priya Raman/).click();
  await teacher.locator("input[name=lead_professional_agrees][value=yes]").check();
  await teacher.getByRole("button", { name: new RegExp(`^${say("today")}`) }).last().click();
  await day("agreed_on", ["23", "11", "2026"]);
  await day("review_date", ["4", "1", "2027"]);
  await isSaved(teacher, "review_date", "4");
  await look(teacher, "a whole plan");
  const { record: stored } = await record(teacher, id);
  expect(stored.outcomes[0].actions.map(({ who }) => who)).toEqual(["Bernadette Oyelaran", expect.stringMatching(/^Magdalena/)]);
  expect(stored.outcomes[0].actions[0].who_ref).toBeTruthy();
  expect(stored.outcomes[0].actions[1].who_ref ?? "").toBe("");
  // A person who is typed over a name that was chosen is somebody else.
  await type(teacher, `${first}.who`, "Zebra Lantern");
  expect((await record(teacher, id)).record.outcomes[0].actions[0].who_ref ?? "").toBe("");
  await press(teacher, "team.plan.complete");
  const summary = teacher.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  await expect(summary).toContainText(say("problem.not-in-team", { label: "who will do it" }));
  await type(teacher, `${first}.who`, "Bernadette Oyelaran");
  await press(teacher, "team.plan.complete");
  await saysSo(teacher, "team.plan.done");
  await expect(heading(teacher)).toBeFocused();
  await look(teacher, "a plan that the family agrees to");
  expect((await ask(teacher, "GET", `episodes/${id}`)).body.stage).toBe("plan_active");
  // It goes on changing, and is agreed again.
  await expect(teacher.getByRole("button", { name: say("team.plan.complete") })).toHaveCount(0);
  await type(teacher, "long_term_goal", "A calm home");
  await saysSo(teacher, "team.plan.since");
  await press(teacher, "team.plan.complete");
  await saysSo(teacher, "team.plan.done");
  // Somebody of the team who may write sees the same.
  await toTeam(visitor, plan(id), "work.title.plan");
  await expect(field(visitor, "long_term_goal")).toHaveValue("A calm home");
});

test("what is kept beside a record is found by the id of the refusal, and decided by either (B18, case_b18)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await put(teacher, id, "plan", 1, 0, { long_term_goal: "A calm home" });
  await toTeam(teacher, plan(id), "work.title.plan");
  const other = await someone("teacher");
  await toTeam(other, plan(id), "work.title.plan");
  // The list of kept versions cannot be read at first: what was typed is not thrown away, nor said to be saved.
  await other.route(/\/kept$/, (route) => route.abort());
  await type(teacher, "long_term_goal", "A calm home for both boys");
  await field(other, "long_term_goal").fill("A home without shouting");
  await expect(other.getByText(like("team.not_saved")).first()).toBeVisible();
  await expect.poll(() => storedFields(other)).toContain("A home without shouting");
  await other.unroute(/\/kept$/);
  await expect(other.getByRole("heading", { name: say("team.clash.heading") })).toBeVisible({ timeout: 30_000 });
  // The same words were sent twice, and are kept once.
  const { body } = await ask(other, "GET", `episodes/${id}/team-records/plan/1/kept`);
  expect(body.kept).toHaveLength(1);
  await expect.poll(() => storedFields(other)).not.toContain("A home without shouting");
  await other.getByLabel(say("team.clash.kept")).check();
  await press(other, "team.clash.save");
  await expect(field(other, "long_term_goal")).toHaveValue("A home without shouting");
});

test.describe("where lead professionals have money to spend", () => {
  test.use({ profile: { team: { uses_budget: true } } });

  test("the plan asks what it costs, as the authority's profile says, and names what is spent beyond it", async ({ someone }) => {
    const { teacher, id } = await begun(someone);
    const action = { id: "action-1", action: "Buy a stair gate", who: "Priya Raman", by_when: "2026-12-11", budget_spent: "40" };
    await put(teacher, id, "plan", 1, 0, { outcomes: [{ id: "outcome-1", desired_outcome: "A safe home", actions: [action] }] });
    await toTeam(teacher, plan(id), "work.title.plan");
    await expect(field(teacher, "outcomes[0].actions[0].budget_spent")).toHaveValue("40");
    await type(teacher, "budget_held", "25.50");
    await press(teacher, "team.plan.complete");
    await expect(teacher.locator(".govuk-error-summary")).toContainText(say("problem.over-budget"));
    await look(teacher, "a plan that costs more than there is");
  });
});

test("a plan asks for no money where the profile says nothing of it", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  await expect(field(teacher, "long_term_goal")).toBeVisible();
  await expect(field(teacher, "budget_held")).toHaveCount(0);
});
