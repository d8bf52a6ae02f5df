// Reviews of a plan in the browser, played by people of the demo: begun from the plan, what is missing is named, what the
// rules suggested before and now, and what a finished review leaves for the next one. SHOTS=<folder> keeps pictures.

import { ask, expect, goTo, look, press, test, titled } from "./demo_people.mjs";
import { planned, review } from "./effort/review.mjs";
import { heading } from "./journey.mjs";
import { begun, field, FIVE, put, record, toTeam, type } from "./team.mjs";
import { say } from "./words.mjs";

test.setTimeout(180_000);

test("a review says how far each action is, and the plan and the next review begin from it", async ({ someone }) => {
  const teacher = await someone("teacher");
  await planned(teacher);
  const id = (await ask(teacher, "GET", "episodes?whose=mine")).body.episodes[0].id;
  await look(teacher, "no reviews yet");
  await review(teacher);
  await expect(heading(teacher)).toBeFocused();
  await look(teacher, "a finished review");
  const { record: stored } = await record(teacher, id, "review");
  expect(stored.actions.map(({ status }) => status)).toEqual(["done", "in_progress", "in_progress", "partly", "not_started"]);
  expect(stored.people.map(({ name }) => name)[0]).toBe("Priya Raman");
  expect(stored.suggested_now).toBeTruthy();
  expect((await ask(teacher, "GET", `episodes/${id}`)).body.stage).toBe("plan_active");
  const { record: plan } = await record(teacher, id);
  expect(plan.outcomes[0].actions[0].status).toBe("done");
  expect(plan.outcomes[0].actions[3].progress).toBe("Two of four.");
  expect(plan.review_date).toBe("2027-02-15");
  // The next one has four actions.
  await toTeam(teacher, `work.together.reviews.${id}`, "work.title.reviews");
  await press(teacher, "team.review.begin");
  await titled(teacher, "work.title.review");
  await press(teacher, "team.review.start");
  await expect(teacher.getByText("Do the thing called e each week")).toBeVisible();
  await expect(teacher.getByText("Do the thing called a each week")).toHaveCount(0);
  await expect(teacher.locator("input[name='actions[2].status'][value=partly]")).toBeChecked();
  await look(teacher, "a review that was begun");
});

test("what a review lacks is named at the fields and in the summary, and closing asks for its reason", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await put(teacher, id, "plan", 1, 0, FIVE);
  await goTo(teacher, `work.together.review.${id}.1`);
  await titled(teacher, "work.title.review");
  await expect(teacher.getByRole("heading", { name: say("team.suggestion") })).toBeVisible();
  await press(teacher, "team.review.start");
  await press(teacher, "team.review.complete");
  const summary = teacher.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  await look(teacher, "a review that cannot be finished yet");
  await summary.getByRole("link", { name: say("review.notes.needed") }).click();
  await expect(field(teacher, "notes")).toBeFocused();
  await expect(field(teacher, "notes-error")).toBeVisible();
  await type(teacher, "notes", "Everything that we wanted is there.");
  await expect(field(teacher, "notes-error")).toHaveCount(0);
  // A date for the next review, or the reason why it closes: each is asked only where the other is not.
  await expect(field(teacher, "next_on")).toBeVisible();
  await field(teacher, "outcome").selectOption("close");
  await expect(field(teacher, "next_on")).toHaveCount(0);
  await expect(field(teacher, "closing.reason")).toBeVisible();
  await look(teacher, "a review with which it closes");
});

test("a review is not finished without a voice or the reason why there is none", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await put(teacher, id, "plan", 1, 0, FIVE);
  await put(teacher, id, "review", 1, 0, {
    on: "2026-11-23",
    outcome: "continue",
    people: [{ id: "person-1", name: "Priya Raman" }],
    notes: "He has been late twice.",
    agreement_holds: "no",
    decision: "R0",
    next_steps: "Go on as agreed.",
    next_on: "2027-02-15",
  });
  await goTo(teacher, `work.together.review.${id}.1`);
  await titled(teacher, "work.title.review");
  await press(teacher, "team.review.complete");
  const summary = teacher.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  for (const key of ["no_child_comment_reason", "no_parent_comment_reason", "agreement_details"]) {
    await expect(summary).toContainText(say(`review.${key}.needed`));
  }
});
