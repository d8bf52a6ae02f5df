// A review of a plan with five actions, in as few presses as its page allows: each action and score is looked at, the child and
// a parent are heard, and the next date is agreed. It counts nothing itself: see count.mjs.

import { expect } from "@playwright/test";
import { ask, goTo, send, titled, AMELIA } from "../demo_people.mjs";
import { onOwn } from "../server.mjs";
import { episodeOf, FIVE, put, saysSo } from "../team.mjs";
import { say } from "../words.mjs";
import { fill } from "./hands.mjs";

/** A family of the demo whose plan is agreed, with its list of reviews in view. */
export async function planned(page) {
  await page.evaluate(onOwn);
  expect((await ask(page, "POST", "demo/session", { person: "teacher" })).status).toBeLessThan(300);
  await send(page, AMELIA);
  const id = await episodeOf(page);
  await put(page, id, "plan", 1, 0, FIVE);
  const agreed = await ask(page, "POST", `episodes/${id}/team-records/plan/1/completion`, undefined, { "if-match": '"1"' });
  expect(agreed.status, JSON.stringify(agreed.body)).toBe(200);
  await goTo(page, `work.together.reviews.${id}`);
  await titled(page, "work.title.reviews");
  await page.getByRole("button", { name: say("team.review.begin") }).waitFor();
}

const press = (page, key) => page.getByRole("button", { name: say(key), exact: true }).click();
const add = (page, name) => page.getByRole("button", { name: new RegExp(`^${say("offers.add", { name })}`) }).first().click();

/** From the list of reviews to a review that is finished. */
export async function review(page) {
  await press(page, "team.review.begin");
  await titled(page, "work.title.review");
  await press(page, "team.review.start");
  await fill(page, { on: "today", outcome: "continue" });
  await add(page, "Priya Raman");
  await add(page, "Magdalena");
  await fill(page, {
    "outcomes[0].score_child": "5",
    "outcomes[0].score_parent": "6",
    "actions[0].status": "done",
    "actions[0].completed_on": "today",
    "actions[1].status": "in_progress",
    "actions[2].status": "in_progress",
    "actions[3].status": "partly",
    "actions[3].progress": "Two of four.",
    "actions[4].status": "not_started",
    notes: "He asks for milk and for the ball.",
    child_comment: "Ball!",
    child_comment_method: ["words"],
  });
  await add(page, "Magdalena");
  await fill(page, {
    "parent_comments[0].comment": "It is quieter at home.",
    agreement_holds: "yes",
    decision: "R2",
    next_steps: "Go on as agreed.",
    next_on: "2027-02-15",
  });
  await press(page, "team.review.complete");
  await saysSo(page, "team.review.done");
}
