// Nine months of a family whose team works with these pages: the school's lead professional, a health visitor and the parent's
// worker, each in a browser of their own. A first meeting, two reviews, an action that was missed, a new worry that changes what
// the rules suggest, a referral, social care and back, and the end; and at each step what each of the three sees and must not
// see. The server's day moves with the story. What the people of the story write goes through the pages; only the assessment with
// which it begins, and the plan that the first meeting agrees, are sent over HTTP: filling those in is tested elsewhere.

import { AMELIA, ask, change, expect, goTo, look, press, send, startsAgain, test, titled } from "./demo_people.mjs";
import { answer, fillPage, leaves, onDay, open as openSection, saved } from "./journey.mjs";
import { episodeOf, field, FIVE, isSaved, letIn, plan, put, record, saysSo, toTeam } from "./team.mjs";
import { say } from "./words.mjs";

test.setTimeout(300_000);

const SCHOOL = "Priya Raman";
const HEALTH = "Bernadette Oyelaran";
const DAYS = { begin: "2026-11-23", meeting: "2026-12-07", first: "2027-01-11", worry: "2027-02-22", second: "2027-03-08", back: "2027-04-12", quiet: "2027-06-07", end: "2027-08-02" };

/** The plan with one action of the health visitor's that will be missed. */
const PLAN = {
  ...FIVE,
  outcomes: [
    {
      ...FIVE.outcomes[0],
      actions: [
        { id: "0000000a-0000-4000-8000-000000000002", action: "Say words in play each day", who: SCHOOL, by_when: "2026-12-18" },
        { id: "0000000b-0000-4000-8000-000000000002", action: "Ask the clinic for a hearing check", who: HEALTH, by_when: "2026-12-18" },
      ],
    },
  ],
};

const PLANNED = { kind: "first", status: "planned", on: DAYS.meeting, starts_at: "10:00", place: "The school, room 2", purpose: "To agree the plan" };
const HELD = { status: "held", ends_at: "11:00", chair: SCHOOL, note_taker: HEALTH };
const SAID = {
  child_voice: "Ball!",
  child_voice_method: ["words"],
  family_views: [{ name: "Magdalena", said: "I want him to talk.", method: ["words"] }],
  points: [{ source: "Nursery", point: "He plays beside other children." }],
  risk_factors: "One room for three people.",
  protective_factors: "His grandmother rings each day.",
  decisions: [{ decision: "We ask for a hearing check.", reason: "He does not turn round." }],
  next_on: DAYS.first,
};

const REVIEW = {
  outcome: "continue",
  people: [{ name: SCHOOL }],
  notes: "He says ten words.",
  no_child_comment_reason: "He was asleep.",
  no_parent_comment_reason: "She will tell us on Friday.",
  agreement_holds: "yes",
  next_steps: "Go on as agreed.",
};

test("nine months with one family", async ({ someone, server }) => {
  let running = server;
  const people = { teacher: null, "health-visitor": null, "youth-worker": null };
  /** Somebody signs in on that day. */
  const comes = async (person, page, day) => {
    await page.goto("about:blank");
    await onDay(page, day);
    await page.goto("/");
    expect((await ask(page, "POST", "demo/session", { person })).status).toBeLessThan(300);
  };
  /** Everybody comes to work on another day. */
  const on = async (day) => {
    // A page that is open while weeks pass locks itself, and ends the session.
    const open = Object.entries(people).filter(([, page]) => page);
    for (const [, page] of open) await page.goto("about:blank");
    await running.stop();
    running = await startsAgain(running, day);
    for (const [person, page] of open) await comes(person, page, day);
  };
  /** Access that nobody uses for two months sleeps, and what was given for 90 days is given again. */
  const UNTIL = "2027-11-01T00:00:00Z";
  const visit = async (id) => {
    for (const page of Object.values(people)) if (page) await ask(page, "GET", `episodes/${id}`);
  };
  const seen = async (page, id) => (await ask(page, "GET", `episodes/${id}/team-records`)).body.records ?? [];
  const state = async (page, id) => (await ask(page, "GET", `episodes/${id}`)).body.shown.state;

  try {
    // November: a record, and who is let in to see what.
    const teacher = (people.teacher = await someone("teacher"));
    await send(teacher, { ...AMELIA, address_confidential: "yes" });
    const id = await episodeOf(teacher);
    // The health visitor sees a part of it at first.
    await letIn(teacher, id, "health-visitor", "Aire Valley Health Visiting", "practitioner", { sections: [0, 1, 9], up_to: "ordinary", until: UNTIL });
    await letIn(teacher, id, "youth-worker", "Kirkstall Youth Project", "tac_member", { sections: [0, 1, 9], until: UNTIL });
    const visitor = (people["health-visitor"] = await someone("health-visitor"));
    const youth = (people["youth-worker"] = await someone("youth-worker"));
    const note = { id: "5e7a3b52-0c9d-4b3e-9a53-0000000000aa", kind: "comment", words: "For the school alone: father rang.", protection: "shielded" };
    await change(teacher, id, "POST", "notes", note);
    // What her part does not cover, a note that the school keeps closely and the protected address are not in her browser.
    const shows = async (page, texts, is) => {
      for (const [place, title] of [[`work.version.${id}.1`, "work.title.version"], [`work.notes.${id}`, "work.title.notes"], [`work.episode.${id}`, "work.title.episode"]]) {
        await goTo(page, place);
        await titled(page, title);
        await expect(page.locator("h2:visible").first()).toBeVisible();
        await page.waitForLoadState("networkidle");
        texts.seen = (texts.seen ?? "") + (await page.locator("common-assessment").evaluate(({ shadowRoot }) => shadowRoot.textContent));
      }
      for (const text of texts) expect(texts.seen.includes(text), text).toBe(is);
    };
    await shows(teacher, ["1 Invented Row", "father rang"], true);
    await shows(visitor, ["1 Invented Row", "father rang"], false);
    await shows(youth, ["father rang"], false);
    expect((await ask(visitor, "GET", `episodes/${id}/team-records/meeting/1`)).status).toBeGreaterThan(400);
    // She leads the team from now on, and sees all but what is kept most closely.
    await letIn(teacher, id, "health-visitor", "Aire Valley Health Visiting", "lead_professional", { until: UNTIL });
    await put(teacher, id, "plan", 1, 0, PLAN);
    // She plans the first meeting, and the school sees when it is.
    await toTeam(visitor, `work.together.meetings.${id}`, "work.title.meetings");
    await press(visitor, "team.meeting.begin");
    await titled(visitor, "work.title.meeting");
    await field(visitor, "purpose").waitFor();
    expect(await fillPage(visitor, leaves(PLANNED, ""))).toEqual([]);
    await isSaved(visitor, "purpose", PLANNED.purpose);
    await expect.poll(() => state(teacher, id)).toBe("tac_scheduled");
    await toTeam(teacher, `work.together.meeting.${id}.1`, "work.title.meeting");
    await expect(field(teacher, "purpose")).toHaveValue(PLANNED.purpose);

    // December: the first meeting, and the family agrees to the plan.
    await on(DAYS.meeting);
    // The health visitor writes what was said; the school reads it and says that it is whole.
    await toTeam(visitor, `work.together.meeting.${id}.1`, "work.title.meeting");
    expect(await fillPage(visitor, leaves(HELD, ""))).toEqual([]);
    const add = (page, name) => page.getByRole("button", { name: new RegExp(`^${say("offers.add", { name })}`) }).first().click();
    for (const [row, name] of [SCHOOL, "Magdalena"].entries()) {
      await add(visitor, name);
      await visitor.locator(`input[name='people[${row}].attendance'][value=attended]`).check();
    }
    expect(await fillPage(visitor, leaves(SAID, ""))).toEqual([]);
    await add(visitor, PLAN.outcomes[0].actions[1].action);
    await expect(field(visitor, "actions[0].who")).toHaveValue(HEALTH);
    await isSaved(visitor, "next_on", "11");
    await look(visitor, "the first meeting of nine months");
    await toTeam(teacher, `work.together.meeting.${id}.1`, "work.title.meeting");
    await expect(field(teacher, "child_voice")).toHaveValue(SAID.child_voice);
    await press(teacher, "team.meeting.complete");
    await saysSo(teacher, "team.meeting.done");
    await toTeam(teacher, plan(id), "work.title.plan");
    await press(teacher, "team.plan.complete");
    await saysSo(teacher, "team.plan.done");
    expect(await state(teacher, id)).toBe("plan_active");
    // The parent's worker reads the plan, and neither the minutes nor what the meeting was about.
    await toTeam(youth, plan(id), "work.title.plan");
    await expect(youth.getByText("Ask the clinic for a hearing check")).toBeVisible();
    await expect(youth.locator("textarea")).toHaveCount(0);
    await expect(youth.getByRole("button", { name: say("team.plan.complete") })).toHaveCount(0);
    const sections = (await seen(youth, id)).map(({ kind, readable }) => [kind, readable]);
    expect(sections).toEqual([["plan", true], ["meeting", false]]);
    expect((await ask(youth, "GET", `episodes/${id}/team-records/meeting/1`)).status).toBeGreaterThan(400);
    await goTo(youth, `work.together.meetings.${id}`);
    await titled(youth, "work.title.meetings");
    await expect(youth.getByText("To agree the plan")).toHaveCount(0);

    // January: the first review. The hearing check was not asked for, and that is said.
    await on(DAYS.first);
    await visit(id);
    await letIn(visitor, id, "teacher", "Woodhouse Moor Primary School", "lead_professional", { until: UNTIL });
    await goTo(teacher, `work.together.progress.${id}`);
    await titled(teacher, "work.title.progress");
    await expect(teacher.getByText(say("team.progress.overdue"), { exact: true }).first()).toBeVisible();
    await toTeam(teacher, `work.together.reviews.${id}`, "work.title.reviews");
    await press(teacher, "team.review.begin");
    await press(teacher, "team.review.start");
    const first = { on: DAYS.first, ...REVIEW, decision: "R2", next_on: DAYS.second };
    expect(await fillPage(teacher, leaves(first, ""))).toEqual([]);
    for (const [row, status] of [["0", "in_progress"], ["1", "not_started"]]) {
      await teacher.locator(`input[name='actions[${row}].status'][value=${status}]`).check();
    }
    await expect.poll(async () => (await record(teacher, id, "review")).record?.actions?.[1]?.status).toBe("not_started");
    await press(teacher, "team.review.complete");
    await saysSo(teacher, "team.review.done");
    await look(teacher, "the first review of nine months");
    expect(await state(teacher, id)).toBe("plan_active");
    expect((await record(teacher, id)).record.review_date).toBe(DAYS.second);

    // February: a worry that is new. The newest version suggests something else than before.
    await on(DAYS.worry);
    await visit(id);
    await goTo(teacher, `work.version.${id}.1`);
    await titled(teacher, "work.title.version");
    await teacher.getByRole("link", { name: say("work.amend.link") }).click();
    await titled(teacher, "work.title.amend");
    await teacher.getByLabel(say("work.amend.kind.new_version")).check();
    await teacher.getByLabel(say("work.amend.reason")).fill("His hearing letters come back unopened.");
    await press(teacher, "work.amend.begin");
    await titled(teacher, "title.danger");
    await answer(teacher, "danger_now", "no");
    await press(teacher, "continue");
    await openSection(teacher, "elements", "general_health");
    await answer(teacher, "elements.general_health.indicators.GH-401", "yes");
    await openSection(teacher, "conclusions");
    await answer(teacher, "conclusions.decision", "R3");
    await answer(teacher, "conclusions.decision_reason", "I ask the safeguarding lead today.");
    await saved(teacher);
    await openSection(teacher, "check");
    const answered = teacher.waitForResponse((reply) => reply.url().endsWith("/api/v1/assessments") && reply.request().method() === "POST");
    await press(teacher, "submit.button");
    await teacher.locator(".ca-receipt").waitFor();
    expect((await (await answered).json()).suggestion.certain).toBe("R3");
    // Who leads reads why; the parent's worker, who sees what is agreed and done, does not.
    const reads = async (page) => {
      await goTo(page, `work.version.${id}.2`);
      await titled(page, "work.title.version");
      await expect(page.locator("h2:visible").first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      return page.locator("common-assessment").evaluate(({ shadowRoot }) => shadowRoot.textContent);
    };
    expect(await reads(visitor)).toContain("I ask the safeguarding lead today.");
    expect(await reads(youth)).not.toContain("I ask the safeguarding lead today.");
    expect(await state(teacher, id)).toBe("plan_active");
    // The school asks social care, without another version: from the record, with what the team wrote.
    await goTo(teacher, `work.together.referral.${id}`);
    await titled(teacher, "work.title.referral");
    await field(teacher, "why").fill("A bruise that nobody explains.");
    await teacher.locator("input[name=agreement][value=agrees]").check();
    await field(teacher, "decided_by").fill(SCHOOL);
    await teacher.locator("input[name=family_told][value=yes]").check();
    const going = teacher.getByRole("article", { name: say("team.referral.preview") });
    await expect(going.getByText("We ask for a hearing check.")).toBeVisible();
    await expect(going.getByText("Invented Row")).toHaveCount(0);
    await press(teacher, "team.referral.send");
    await saysSo(teacher, "team.referral.done");
    expect(await state(teacher, id)).toBe("referred");
    // The parent's worker is told neither that it was sent nor what.
    expect((await ask(youth, "GET", `episodes/${id}/referral`)).status).toBeGreaterThan(400);
    // A referral freezes nothing: the plan is still there, and goes on.
    await toTeam(visitor, plan(id), "work.title.plan");
    await expect(field(visitor, "long_term_goal")).toHaveValue("A calm home");

    // Social care accepts, takes the lead, and hands back with what is still needed.
    const duty = (people["duty-and-advice"] = await someone("duty-and-advice"));
    await comes("duty-and-advice", duty, DAYS.worry);
    await goTo(duty, `work.together.referral.${id}`);
    await titled(duty, "work.title.referral");
    await expect(duty.getByText("A bruise that nobody explains.").first()).toBeVisible();
    expect((await ask(teacher, "GET", `episodes/${id}`)).body.referral.written.by).toBe("opened_here");
    await goTo(duty, `work.answer.${id}`);
    await duty.getByLabel(say("work.answer.accepted")).check();
    await press(duty, "work.answer.save");
    await saysSo(duty, "work.answer.done");
    await goTo(duty, `work.step_up.${id}`);
    await press(duty, "work.step_up.save");
    await press(duty, "work.after.sure");
    await saysSo(duty, "work.step_up.done");
    expect(await state(teacher, id)).toBe("stepped_up");
    await on(DAYS.back);
    await visit(id);
    await goTo(duty, `work.step_down.${id}`);
    await duty.getByLabel(say("work.step_down.why")).fill("Both kept to the plan.");
    await duty.getByLabel(say("work.step_down.still_needed")).fill("Help with sleep.");
    await press(duty, "work.step_down.save");
    await saysSo(duty, "work.step_down.done");
    expect(await state(teacher, id)).toBe("plan_active");
    expect((await ask(duty, "GET", `episodes/${id}`)).status).toBe(404);
    const { body: after } = await ask(teacher, "GET", `episodes/${id}`);
    expect(after.handover.still_needed).toBe("Help with sleep.");
    // Its words may tell of any section: the parent's worker does not have them.
    expect(JSON.stringify((await ask(youth, "GET", `episodes/${id}`)).body)).not.toContain("Help with sleep.");

    // August: the second review closes it.
    await on(DAYS.quiet);
    await visit(id);
    await on(DAYS.end);
    await toTeam(visitor, `work.together.reviews.${id}`, "work.title.reviews");
    await press(visitor, "team.review.begin");
    await expect(visitor.getByRole("heading", { name: say("team.suggestion") })).toBeVisible();
    await press(visitor, "team.review.start");
    await expect(visitor.getByText("Ask the clinic for a hearing check")).toBeVisible();
    await look(visitor, "the second review of nine months");
    await expect.poll(async () => (await seen(visitor, id)).filter(({ kind }) => kind === "review").length).toBe(2);
    // What is suggested now is beside what was suggested before, and a person decides.
    const { record: second } = await record(visitor, id, "review", 2);
    expect([second.suggested_before, second.suggested_now]).toEqual(["R2", "R3"]);
    const { people: _, ...said } = REVIEW;
    const closing = {
      on: DAYS.end,
      ...said,
      outcome: "close",
      people: [{ name: HEALTH }],
      what_changed: "He talks, and social care has gone.",
      decision: "R1",
      decision_reason: "The nursery goes on alone.",
      closing: { on: DAYS.end, reason: "needs_met", summary: "He talks.", next_help: "The nursery" },
    };
    const reached = [["outcomes[0].score_child", "8"], ["outcomes[0].reached", "reached"]];
    const done = second.actions.flatMap((_, row) => [[`actions[${row}].status`, "done"], [`actions[${row}].completed_on`, DAYS.end]]);
    expect(await fillPage(visitor, [...leaves(closing, ""), ...reached, ...done])).toEqual([]);
    await expect.poll(async () => (await record(visitor, id, "review", 2)).record.closing?.next_help).toBe("The nursery");
    await look(visitor, "the closing review of nine months");
    await press(visitor, "team.review.complete");
    await saysSo(visitor, "team.review.done");
    // The parent's worker is told that there was a review, and nothing of it.
    await goTo(youth, `work.together.reviews.${id}`);
    await titled(youth, "work.title.reviews");
    await youth.waitForLoadState("networkidle");
    await expect(youth.getByText("social care has gone")).toHaveCount(0);
    expect((await seen(youth, id)).filter(({ kind, readable }) => kind === "review" && readable)).toEqual([]);
    expect((await ask(youth, "GET", `episodes/${id}/team-records/review/2`)).status).toBeGreaterThan(400);
    const { body: open } = await ask(teacher, "GET", `episodes/${id}`);
    // The actions are done, since the review said so.
    expect(open.still_open.map(({ kind }) => kind)).not.toContain("action");
    await goTo(teacher, `work.close.${id}`);
    await titled(teacher, "work.title.close");
    await teacher.locator("input[name='work.close.reason'][value=needs_met]").check();
    for (const one of await teacher.locator("input[name^='work.close.open.'][value=ended]").all()) await one.check();
    await press(teacher, "work.title.close");
    // Its day has passed, so it asks once more.
    await press(teacher, "work.after.sure");
    await expect(teacher.getByText(say("work.close.done")).first()).toBeVisible();
    expect(await state(teacher, id)).toBe("closed");

    // Afterwards it is read and not written; the pictures have all of it.
    await goTo(teacher, `work.together.progress.${id}`);
    await titled(teacher, "work.title.progress");
    await expect(teacher.getByRole("cell", { name: "8" }).first()).toBeVisible();
    await toTeam(teacher, `work.together.timeline.${id}`, "work.title.timeline");
    await expect(teacher.getByRole("cell", { name: say("team.timeline.closed") })).toBeVisible();
    await toTeam(teacher, plan(id), "work.title.plan");
    await expect(teacher.locator("textarea")).toHaveCount(0);
    await look(teacher, "the plan of a closed record");
    // Who must not be told from now on sees nothing of it, whatever they were given before.
    await change(teacher, id, "POST", "exclusions", { organisation: "Aire Valley Health Visiting" });
    await goTo(visitor, `work.episode.${id}`);
    await expect(visitor.getByText(say("work.failed.not_found"))).toBeVisible();
    expect(JSON.stringify((await ask(visitor, "GET", "episodes?whose=mine")).body)).not.toContain(id);
  } finally {
    await running.stop();
  }
});
