// An episode with a plan, a meeting and reviews, made over HTTP by people of the demo on three days, so that there is
// something to draw. The server is stopped and started again with the next day, as nights do.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { ask, change, expect } from "./demo_people.mjs";
import { cases, heading, onDay } from "./journey.mjs";
import { freePort, onOwn, startServer, test as base } from "./server.mjs";
import { complete, episodeOf, put as save } from "./team.mjs";
import { say } from "./words.mjs";

const STORY = cases["toddler-with-speech-delay"];
export const DAYS = { begun: STORY.today, agreed: "2026-12-07", reviewed: "2027-01-18" };
/** The demo's parent is the mother of the story. */
export const MOTHER = "Kelly-Anne Moss";
const FATHER = "Piotr Zielonka";
export const id = (name) => `0000000${name}-0000-4000-8000-000000000001`;

export const test = base.extend({
  made: async ({ browser }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "common-assessment-team-"));
    const port = await freePort();
    let server;
    let today = DAYS.begun;
    const contexts = [];
    const made = {
      /** Begins this day. */
      async on(day) {
        await server?.stop();
        today = day;
        server = await startServer({ port, folder, extra: ["--today", day] });
      },
      /** The page of somebody of the demo, in a browser of their own. */
      async someone(person) {
        const context = await browser.newContext({ baseURL: server.url, locale: "en-GB", timezoneId: "Europe/London" });
        contexts.push(context);
        await context.addInitScript(onOwn);
        const page = await context.newPage();
        await onDay(page, today);
        await page.goto("/");
        expect((await ask(page, "POST", "demo/session", { person })).status).toBeLessThan(300);
        await page.reload();
        return page;
      },
    };
    await made.on(DAYS.begun);
    await use(made);
    for (const context of contexts) await context.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  },
});

/** The answers of the story, with the demo's parent as the mother. */
export function answers(change = () => {}) {
  const copy = structuredClone(STORY.answers);
  for (const rows of [copy.parents_and_carers, copy.home_and_family.household, copy.consent.people]) {
    for (const row of rows) if (row.name === "Magdalena Zielonka") row.name = MOTHER;
  }
  change(copy);
  return copy;
}

let sent = 0;
/** Sends the story, or a later version of it. */
export async function send(page, body, episode) {
  const key = { "idempotency-key": `made-${(sent += 1)}-${Date.now()}` };
  const reply = await ask(page, "POST", "assessments", { form_version: "caf-2026.3", answers: body, ...(episode && { episode }) }, key);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
}

/** Sends a later version with these answers. */
export async function amend(page, episode, change, reason = "We met again") {
  const { body } = await ask(page, "GET", `episodes/${episode}/versions`);
  const link = { id: episode, started_from: body.versions.at(-1).id, kind: "new_version", reason };
  await send(page, answers(change), link);
}

const action = (letter, who, by_when, more = {}) => ({
  id: id(letter),
  action: `Do the thing called ${letter} each week`,
  who,
  by_when,
  ...more,
});

export const PLAN = {
  long_term_goal: "A calm home where everybody sleeps",
  outcomes: [
    {
      id: id(1),
      desired_outcome: "He asks for what he wants",
      goal_measure: "Nursery counts his words each Friday",
      score_child: "3",
      score_parent: "4",
      actions: [
        action("a", MOTHER, "2027-01-29", { status: "in_progress", progress: "Begun" }),
        action("b", "Bernadette Oyelaran", "2027-01-11"),
        action("c", "Priya Raman", "2027-02-26"),
      ],
    },
    {
      id: id(2),
      desired_outcome: "The bedroom is dry",
      goal_measure: "No black marks on the wall for a month",
      score_practitioner: "2",
      actions: [action("d", "Priya Raman", "2026-12-18", { status: "done", completed_on: "2026-12-07" })],
    },
  ],
  lead_professional: "Priya Raman",
  lead_professional_agrees: "yes",
  agreed_on: DAYS.agreed,
  review_date: DAYS.reviewed,
};

export const MEETING = {
  kind: "first",
  status: "held",
  on: DAYS.agreed,
  starts_at: "10:00",
  place: "Woodhouse Moor Primary School, room 2",
  purpose: "To agree a plan",
  chair: "Priya Raman",
  note_taker: "Bernadette Oyelaran",
  people: [
    { id: id(3), name: "Priya Raman", role: "Teacher", agency: "Woodhouse Moor Primary School", attendance: "attended" },
    { id: id(4), name: "Bernadette Oyelaran", role: "Health visitor", agency: "Aire Valley Health Visiting", attendance: "attended" },
    { id: id(5), name: MOTHER, role: "Mother", attendance: "attended" },
  ],
  child_voice: "I want my ball",
  child_voice_method: ["words"],
  family_views: [
    { id: id(6), name: MOTHER, said: "I am so tired at night", method: ["words"] },
    { id: id(7), name: FATHER, said: "I want to help from here", method: ["words"] },
  ],
  points: [{ id: id(8), source: "Dr N. Okafor", point: "He sleeps four hours" }],
  risk_factors: "Damp, and rows at night",
  protective_factors: "A good neighbour",
  decisions: [{ id: id(9), decision: "A plan for words and a dry room", reason: "Both worry everybody" }],
  actions: [{ id: id("e"), action_id: id("a"), action: "Do the thing called a each week", who: MOTHER, by_when: "2027-01-29" }],
  next_on: DAYS.reviewed,
};

export const REVIEW = {
  on: DAYS.reviewed,
  outcome: "continue",
  people: [{ id: id("f"), name: "Priya Raman" }],
  outcomes: [
    { id: id("a"), outcome_id: id(1), outcome: "He asks for what he wants", score_parent: "6", score_practitioner: "6", progress: "some" },
  ],
  notes: "He asks for milk and for the ball",
  child_comment: "Ball!",
  child_comment_method: ["words"],
  parent_comments: [{ id: id("b"), name: MOTHER, comment: "It is quieter now" }],
  agreement_holds: "yes",
  decision: "R2",
  next_steps: "Go on as agreed",
  next_on: "2027-03-01",
};

/** Saves the first revision of a record of the team, and completes it unless that is not wanted. */
export async function put(page, episode, record, body, isComplete = true) {
  const [kind, number] = record.split("/");
  await save(page, episode, kind, number, 0, body);
  if (isComplete) await complete(page, episode, kind, number, 1);
}

/** Lets somebody of the demo into the episode; the parent, to read the family's copy, unless somebody else is named. */
export async function letIn(page, episode, more = {}) {
  const parent = { subject: "parent", organisation: null, role: "family_viewer", sections: [...Array(13).keys()] };
  const member = { issuer: "urn:common-assessment:demo", up_to: "confidential", is_covered: true, ...parent, ...more };
  await change(page, episode, "POST", "members", member);
}

/** A colleague who writes with the teacher. Their name is known once they have signed in. */
export async function letColleagueIn(made, page, episode) {
  await made.someone("health-visitor");
  const member = { subject: "health-visitor", organisation: "Aire Valley Health Visiting", role: "practitioner" };
  await letIn(page, episode, member);
}


/** A teacher who has sent the story, agreed a plan in a meeting, and reviewed it, with the id of the episode. */
export async function reviewed(made) {
  let teacher = await made.someone("teacher");
  await send(teacher, answers());
  const episode = await episodeOf(teacher);
  await letIn(teacher, episode);
  await letColleagueIn(made, teacher, episode);
  await made.on(DAYS.agreed);
  teacher = await made.someone("teacher");
  await put(teacher, episode, "plan/1", PLAN);
  await put(teacher, episode, "meeting/1", MEETING);
  await made.on(DAYS.reviewed);
  teacher = await made.someone("teacher");
  await put(teacher, episode, "review/1", REVIEW);
  await amend(teacher, episode, (copy) => {
    copy.elements.housing_employment_finance ??= {};
    copy.elements.housing_employment_finance.needs = "";
    copy.elements.social_community = { ...copy.elements.social_community, status: "recorded", needs: "They know nobody in the street yet" };
  });
  return { teacher, episode };
}

export const titled = (page, key) => expect(heading(page)).toHaveText(say(key));
