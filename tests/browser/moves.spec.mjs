// The moves of a record: social care takes the lead and gives it back with a summary, another council takes a record over or
// does not, and a referral that waits says what is due and what to do. Played by people of the demo, each in a browser of
// their own: the lead professional, the front door, and people who may not. SHOTS=<folder> keeps a picture of each state.

import { all, ask, change, expect, goTo, link, look, press, test, titled } from "./demo_people.mjs";
import { cases, heading } from "./journey.mjs";
import { startServer } from "./server.mjs";
import { like, say } from "./words.mjs";

const STORY = cases["toddler-with-speech-delay"];
const MOVES = ["step_up", "step_down", "transfer", "cancel_transfer", "finish_transfer"];
const COUNCIL = "Northbridge City Council";

test.setTimeout(180_000);

const said = (page, key) => expect(page.getByText(say(key)).first()).toBeVisible();
const field = (page, key) => page.getByLabel(say(key), { exact: true });

/** Sends the story, to social care where `decision` says so, and gives the id of its record. */
async function send(page, decision) {
  const answers = structuredClone(STORY.answers);
  if (decision) Object.assign(answers.conclusions, { decision, decision_reason: "Bruises that nobody explains; I rang them at noon." });
  const body = { form_version: "caf-2026.3", answers };
  const reply = await ask(page, "POST", "assessments", body, { "idempotency-key": "moves" });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return (await ask(page, "GET", "episodes")).body.episodes[0].id;
}

const invite = (page, id) =>
  change(page, id, "POST", "members", {
    issuer: "urn:common-assessment:demo",
    subject: "youth-worker",
    organisation: "Kirkstall Youth Project",
    role: "tac_member",
    sections: [0, 1],
    up_to: "ordinary",
    is_covered: true,
  });

async function toRecord(page, id) {
  await goTo(page, `work.episode.${id}`);
  await said(page, "work.versions");
}

/** Opens a page about a record from the record. */
async function toStep(page, id, step) {
  await toRecord(page, id);
  await link(page, say(`work.title.${step}`)).click();
  await titled(page, `work.title.${step}`);
  await expect(heading(page)).toBeFocused();
  // Who says that a form was sent tells the family nothing new.
  if (step !== "written") await said(page, "work.family");
}

/** On the record just these moves are offered, and the pages of the others say that it cannot be done. */
async function offers(page, id, ...offered) {
  await toRecord(page, id);
  for (const step of MOVES) await expect(link(page, say(`work.title.${step}`))).toHaveCount(offered.includes(step) ? 1 : 0);
  for (const step of MOVES.filter((step) => !offered.includes(step))) {
    await goTo(page, `work.${step}.${id}`);
    await said(page, "work.after.not_now");
    await expect(page.getByRole("textbox")).toHaveCount(0);
  }
}

test("social care takes the lead once it has accepted, and gives it back with what is still needed", async ({ someone }) => {
  const [teacher, duty, youth] = [await someone("teacher"), await someone("duty-and-advice"), await someone("youth-worker")];
  const id = await send(teacher, "R4");
  await invite(teacher, id);
  // Nobody has answered yet.
  await offers(teacher, id, "transfer");
  await change(duty, id, "POST", "referral/answer", { answer: "accepted" });
  await offers(teacher, id, "step_up", "transfer");
  await offers(youth, id);

  await toStep(teacher, id, "step_up");
  await expect(teacher.getByText(like("work.fact.answer.accepted"))).toBeVisible();
  await said(teacher, "work.step_up.next");
  await look(teacher, "social care takes the lead");
  await press(teacher, "work.step_up.save");
  await expect(teacher.getByRole("alert")).toHaveText(say("work.step_up.again"));
  await press(teacher, "work.after.sure");
  await said(teacher, "work.step_up.done");
  await expect(heading(teacher)).toBeFocused();
  await toRecord(teacher, id);
  await said(teacher, "work.state.stepped_up");
  await look(teacher, "social care leads");

  await offers(teacher, id, "step_down");
  await toStep(teacher, id, "step_down");
  await press(teacher, "work.step_down.save");
  await said(teacher, "work.step_down.why.needed");
  await said(teacher, "work.step_down.still_needed.needed");
  await expect(field(teacher, "work.step_down.why")).toBeFocused();
  const why = "They saw the family each week.\nBoth parents kept to the plan.";
  await field(teacher, "work.step_down.why").fill(why);
  await look(teacher, "a handover that lacks something");
  // What was typed is there again after a reload, and a colleague's change takes none of it.
  await teacher.reload();
  await expect(field(teacher, "work.step_down.why")).toHaveValue(why);
  await press(teacher, "work.step_down.save");
  await expect(field(teacher, "work.step_down.still_needed")).toBeFocused();
  await field(teacher, "work.step_down.still_needed").fill("Help with sleep. Ring if the bruises come back.");
  await change(teacher, id, "POST", "exclusions", { organisation: "Aire Valley Health Visiting" });
  await press(teacher, "work.step_down.save");
  await expect(teacher.getByRole("alert")).toHaveText(say("work.after.changed"));
  await expect(field(teacher, "work.step_down.why")).toHaveValue(why);
  await press(teacher, "work.step_down.save");
  await said(teacher, "work.step_down.done");
  await toRecord(teacher, id);
  await expect(teacher.getByText("Help with sleep.", { exact: false })).toBeVisible();
  await said(teacher, "work.fact.handover.why");
  await look(teacher, "early help leads again");
  await offers(teacher, id, "transfer");
  // Its words may tell of any section.
  await toRecord(youth, id);
  expect(await all(youth)).not.toContain("Help with sleep.");
});

test("another council takes a record over with agreement or a lawful reason, or does not; nothing that is open is forgotten (case B16)", async ({ someone }) => {
  const [teacher, health] = [await someone("teacher"), await someone("health-visitor")];
  const id = await send(teacher);
  for (const step of MOVES) {
    await goTo(health, `work.${step}.${id}`);
    await expect(health.getByRole("alert")).toHaveText(say("work.failed.not_found"));
  }
  await toStep(teacher, id, "transfer");
  await press(teacher, "work.transfer.save");
  await said(teacher, "work.transfer.to.needed");
  await said(teacher, "work.transfer.ground.needed");
  await expect(field(teacher, "work.transfer.to")).toBeFocused();
  await field(teacher, "work.transfer.to").fill(COUNCIL);
  await field(teacher, "work.transfer.ground.lawful").check();
  await press(teacher, "work.transfer.save");
  await said(teacher, "work.transfer.lawful.needed");
  await said(teacher, "work.transfer.words.needed");
  await expect(field(teacher, "work.transfer.lawful")).toBeFocused();
  await field(teacher, "work.transfer.lawful").selectOption("delay");
  await field(teacher, "work.transfer.words").fill("They moved overnight.");
  await look(teacher, "asking another council");
  await press(teacher, "work.transfer.save");
  await said(teacher, "work.transfer.done");
  const { transfer } = (await ask(teacher, "GET", `episodes/${id}`)).body;
  expect([transfer.to, transfer.lawful_reason]).toEqual([COUNCIL, "delay"]);
  await toRecord(teacher, id);
  await said(teacher, "work.state.transferring");
  await offers(teacher, id, "finish_transfer", "cancel_transfer");

  await toStep(teacher, id, "cancel_transfer");
  await expect(teacher.getByText(COUNCIL, { exact: false }).first()).toBeVisible();
  await press(teacher, "work.cancel_transfer.save");
  await said(teacher, "work.cancel_transfer.why.needed");
  await field(teacher, "work.cancel_transfer.why").fill("They stay with an aunt.");
  await look(teacher, "another council does not take it over");
  await press(teacher, "work.cancel_transfer.save");
  await said(teacher, "work.cancel_transfer.done");

  // By agreement this time. What is typed for one ground is not sent with the other.
  await toStep(teacher, id, "transfer");
  await field(teacher, "work.transfer.to").fill(COUNCIL);
  await field(teacher, "work.transfer.ground.agreed").check();
  await expect(field(teacher, "work.transfer.lawful")).toHaveCount(0);
  await press(teacher, "work.transfer.save");
  await said(teacher, "work.transfer.done");
  expect((await ask(teacher, "GET", `episodes/${id}`)).body.transfer).not.toHaveProperty("lawful_reason");

  const action = "Ask the nursery for a place in the talking group";
  const plan = { form_version: "plan-2026.1", outcomes: [{ id: "o-1", desired_outcome: "He says what he wants", actions: [{ id: "a-1", action, who: "Mum", by_when: "2026-12-14" }] }] };
  const saved = await ask(teacher, "PUT", `episodes/${id}/team-records/plan/1`, { record: plan }, { "if-match": '"0"' });
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
  await toStep(teacher, id, "finish_transfer");
  await press(teacher, "work.finish_transfer.save");
  await said(teacher, "work.finish_transfer.accepted.needed");
  await expect(field(teacher, "work.finish_transfer.accepted")).toBeFocused();
  await field(teacher, "work.finish_transfer.accepted").fill("Their hub rang at noon.");
  const open = teacher.getByRole("group", { name: say("work.close.open.action", { action }), exact: true });
  await press(teacher, "work.finish_transfer.save");
  await expect(open.getByText(say("work.close.becomes.needed"))).toBeVisible();
  await expect(open.getByRole("radio").first()).toBeFocused();
  await open.getByLabel(say("work.close.becomes.passed_on")).check();
  await look(teacher, "another council has taken it over");
  await press(teacher, "work.finish_transfer.save");
  await said(teacher, "work.finish_transfer.done");
  const { closure } = (await ask(teacher, "GET", `episodes/${id}`)).body;
  expect([closure.reason, closure.words]).toEqual(["moved_la", "Their hub rang at noon."]);
  expect(closure.settled.map(({ kind, becomes }) => [kind, becomes])).toEqual([["action", "passed_on"]]);
  await offers(teacher, id);
  await link(teacher, say("work.title.reopen")).isVisible();
});

test("a referral that waits says what is due, that it is overdue, and how to take it further", async ({ someone, server }) => {
  const [teacher, youth] = [await someone("teacher"), await someone("youth-worker")];
  const id = await send(teacher, "R4");
  await invite(teacher, id);
  await toRecord(teacher, id);
  const value = (page, key) => page.locator(".govuk-summary-list__row", { has: page.getByText(say(key), { exact: true }) }).locator("dd");
  await expect(value(teacher, "work.fact.write_by")).toContainText(say("work.fact.write_by.about", { front_door: "Duty and Advice" }));
  await expect(value(teacher, "work.fact.answer_by")).toHaveText(say("work.clock.later", { when: "24 November 2026" }));
  await expect(teacher.getByText(like("work.referral.ring"))).toHaveCount(0);
  await look(teacher, "a referral that waits");
  // He does not see what was asked.
  await toRecord(youth, id);
  await expect(value(youth, "work.fact.answer_by")).toHaveCount(0);

  // She says that the written form was sent. The record then says so, and does not ask again.
  await toStep(teacher, id, "written");
  await look(teacher, "saying that the written form was sent");
  await press(teacher, "work.written.save");
  await said(teacher, "work.written.needed");
  await look(teacher, "saying that the written form was sent, and not how");
  await field(teacher, "work.written.email").check();
  await press(teacher, "work.written.save");
  await said(teacher, "work.written.done");
  await toRecord(teacher, id);
  await expect(value(teacher, "work.fact.write_by")).toContainText(say("work.fact.written.email"));
  await expect(link(teacher, say("work.title.written"))).toHaveCount(0);
  await look(teacher, "a referral whose written form was sent");

  await server.stop();
  for (const [today, answer, help, state] of [
    ["2026-11-24", "work.clock.today", null, "today"],
    ["2026-11-25", "work.clock.overdue", "work.referral.ring", "late"],
    ["2026-11-27", "work.clock.overdue", "work.referral.escalate", "to be taken further"],
  ]) {
    const later = await startServer({ port: server.port, folder: server.folder, extra: ["--today", today] });
    try {
      expect((await ask(teacher, "POST", "demo/session", { person: "teacher" })).status).toBeLessThan(300);
      await toRecord(teacher, id);
      // At any time of day but after five.
      const due = value(teacher, "work.fact.answer_by");
      const said = new Set([say(answer, { when: "24 November 2026" }), say("work.clock.overdue", { when: "24 November 2026" })]);
      expect(said).toContain(await due.innerText());
      if (help) await expect(teacher.getByText(like(help))).toBeVisible();
      await look(teacher, `an answer is due ${state}`);
    } finally {
      await later.stop();
    }
  }
});
