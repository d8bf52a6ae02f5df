// What tests of the team's pages share: people of the demo with a record that is sent, and a plan of five actions as JSON.

import { AMELIA, ask, change, expect, goTo, send, titled } from "./demo_people.mjs";
import { at, cases } from "./journey.mjs";
import { like, say } from "./words.mjs";

/** The day on which the people of the demo work. */
export const TODAY = cases["toddler-with-speech-delay"].today;

/** The id of the only record of this person. */
export async function episodeOf(page) {
  const { body } = await ask(page, "GET", "episodes?whose=mine");
  return body.episodes[0].id;
}

export const plan = (id) => `work.together.plan.${id}`;
export const field = at;
export const savedAt = (page) => page.getByText(like("team.saved"));
export const record = async (page, id, kind = "plan", number = 1) =>
  (await ask(page, "GET", `episodes/${id}/team-records/${kind}/${number}`)).body;

/** Saves a record over HTTP. Gives its revision. */
export async function put(page, id, kind, number, base, answers) {
  const version = { form_version: `${kind}-2026.1`, ...answers };
  const reply = await ask(page, "PUT", `episodes/${id}/team-records/${kind}/${number}`, { record: version }, { "if-match": `"${base}"` });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body.summary.revision;
}

/** Completes a revision of a record over HTTP. Gives the state of the episode. */
export async function complete(page, id, kind, number, revision) {
  const reply = await ask(page, "POST", `episodes/${id}/team-records/${kind}/${number}/completion`, undefined, { "if-match": `"${revision}"` });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body.state;
}

/** It is said on the page, and not only to those who hear it. */
export const saysSo = (page, key) => expect(page.locator(".govuk-inset-text", { hasText: say(key) }).first()).toBeVisible();

/** Types one text and waits until the server has it. */
export async function type(page, id, text) {
  await field(page, id).fill(text);
  await isSaved(page, id, text);
}

/** Everything is on the server, this text with it. */
export async function isSaved(page, id, text) {
  await expect(savedAt(page)).toBeVisible();
  await expect(field(page, id)).toHaveValue(text);
}

/** Opens a page of the team by its place. */
export async function toTeam(page, place, key) {
  await goTo(page, place);
  await titled(page, key);
  // The child's name: everything that was asked for is here.
  await expect(page.locator("h2 bdi").first()).toBeVisible();
}

/** A teacher who has sent the story, with its id. */
export async function begun(someone) {
  const teacher = await someone("teacher");
  await send(teacher, AMELIA);
  return { teacher, id: await episodeOf(teacher) };
}

/** Lets somebody of the demo in. */
export async function letIn(page, id, subject, organisation, role, more = {}) {
  const body = { issuer: "urn:common-assessment:demo", subject, organisation, role, sections: [...Array(16).keys()], up_to: "confidential", is_covered: true, ...more };
  await change(page, id, "POST", "members", body);
}

/** A plan of one aim with five actions, agreed on the day of the demo. */
export const FIVE = {
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
  lead_professional: "Priya Raman",
  lead_professional_agrees: "yes",
  agreed_on: TODAY,
  review_date: "2027-01-04",
};
