// Asking social care for help from a record that is sent: whom to ring first, the questions, exactly what goes, what is kept
// of it, and who reads it. What has to be answered and what may go is tested without a browser.

import { AMELIA, ask, change, expect, goTo, link, look, press, send, test, titled } from "./demo_people.mjs";
import { begun, episodeOf, field, FIVE, letIn, put, saysSo } from "./team.mjs";
import { say } from "./words.mjs";

const place = (id) => `work.together.referral.${id}`;
const preview = (page) => page.getByRole("article", { name: say("team.referral.preview") });
const WHY = "Two bruises on his arm, and he will not say how.";

/** Opens the page from the record, as people do. */
async function toReferral(page, id) {
  await goTo(page, `work.episode.${id}`);
  await link(page, say("work.title.referral")).click();
  await titled(page, "work.title.referral");
  await expect(page.locator("h2 bdi").first()).toBeVisible();
}

/** Answers what is needed. */
async function answers(page) {
  await field(page, "why").fill(WHY);
  await page.locator("input[name=agreement][value=refuses]").check();
  await page.locator("input[name=lawful_reason][value=risk_sig_harm]").check();
  await field(page, "reason").fill("The bruises are new.");
  await field(page, "decided_by").fill("Priya Raman, inclusion lead");
  await page.locator("input[name=family_told][value=not_safe]").check();
}

const sent = async (page, id) => (await ask(page, "GET", `episodes/${id}/referral`)).body.referrals;

test("social care is asked from a plan, and gets what the preview showed and nothing else", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await put(teacher, id, "plan", 1, 0, FIVE);
  await toReferral(teacher, id);
  // The telephone comes first: before any question there is a number that answers now.
  const order = await teacher.evaluate(() => {
    const root = document.querySelector("common-assessment").shadowRoot;
    const [number, question] = [root.querySelector("a[href='tel:999']"), root.getElementById("why")];
    return number.compareDocumentPosition(question) & Node.DOCUMENT_POSITION_FOLLOWING;
  });
  expect(order).toBeTruthy();
  await expect(teacher.locator("[data-numbers] a[href^='tel:']").first()).toBeVisible();

  // Nothing goes without an answer to what is needed, and each missing one is a link to its question.
  await press(teacher, "team.referral.send");
  await expect(teacher.getByRole("link", { name: say("referral.why.needed") })).toBeVisible();
  await expect(teacher.getByRole("link", { name: say("referral.agreement.needed") })).toBeVisible();
  await look(teacher, "asking social care with nothing answered");
  expect(await sent(teacher, id)).toEqual([]);
  await answers(teacher);
  await expect(teacher.getByRole("link", { name: say("referral.why.needed") })).toHaveCount(0);

  // The preview has the plan, the child and why; one line is taken out.
  for (const text of [WHY, "He asks for what he wants", "Do the thing called a each week", "Hart"]) {
    await expect(preview(teacher).getByText(text, { exact: true }).first()).toBeVisible();
  }
  await preview(teacher).getByLabel(say("plan.long_term_goal")).uncheck();
  await expect(preview(teacher).getByText("A calm home")).toHaveCount(0);

  // A reload loses neither a word nor a decision.
  await teacher.waitForTimeout(1500);
  await teacher.reload();
  await titled(teacher, "work.title.referral");
  await expect(field(teacher, "why")).toHaveValue(WHY);
  await expect(preview(teacher).getByLabel(say("plan.long_term_goal"))).not.toBeChecked();
  await look(teacher, "asking social care");

  const shown = await preview(teacher).locator(".ca-output__line:not(.ca-output__line--out) .ca-output__value").allTextContents();
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.done");
  const [referral] = await sent(teacher, id);
  const lines = referral.document.parts.flatMap((part) => part.lines.map(({ value }) => value));
  expect(lines).toEqual(shown);
  expect(lines).not.toContain("A calm home");
  expect((await ask(teacher, "GET", `episodes/${id}`)).body.shown.state).toBe("referred");
  // What was sent is here to print, and the questions are gone.
  await expect(teacher.getByRole("heading", { name: say("team.referral.sent") })).toBeVisible();
  await expect(field(teacher, "why")).toHaveCount(0);
  await teacher.emulateMedia({ media: "print" });
  await expect(teacher.getByText(WHY)).toBeVisible();
  await expect(teacher.locator("a[href='tel:999']:visible")).toHaveCount(0);
  await teacher.emulateMedia({ media: "screen" });
  await look(teacher, "what was sent to social care");

  // The front door reads it, which is its receipt.
  const duty = await someone("duty-and-advice");
  await toReferral(duty, id);
  await expect(duty.getByText(WHY)).toBeVisible();
  const { body: after } = await ask(teacher, "GET", `episodes/${id}`);
  expect(after.referral.written.by).toBe("opened_here");
});

test("a protected address goes only with two ticks", async ({ someone }) => {
  const teacher = await someone("teacher");
  await send(teacher, { ...AMELIA, address_confidential: "yes" });
  const id = await episodeOf(teacher);
  await put(teacher, id, "plan", 1, 0, { ...FIVE, long_term_goal: "To stay at 1 Invented Row" });
  await toReferral(teacher, id);
  await expect(teacher.getByText(say("team.referral.protected"))).toBeVisible();
  await expect(preview(teacher).getByText("Invented Row")).toHaveCount(0);
  await answers(teacher);
  await expect(teacher.getByLabel(say("team.referral.address"))).toHaveCount(0);
  await teacher.getByText(say("outputs.reason.gives_address_away", { count: "1" })).first().click();
  await teacher.locator("[id='in.plan:long_term_goal']").check();
  await expect(preview(teacher).getByText("To stay at 1 Invented Row")).toBeVisible();
  await press(teacher, "team.referral.send");
  await expect(teacher.getByText(say("team.referral.address.needed"))).toBeVisible();
  expect(await sent(teacher, id)).toEqual([]);
  await teacher.getByLabel(say("team.referral.address")).check();
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.done");
  expect(JSON.stringify(await sent(teacher, id))).toContain("Invented Row");
});

test("that the written form was sent is taken back with a reason", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toReferral(teacher, id);
  await answers(teacher);
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.done");
  await change(teacher, id, "POST", "referral/written", { by: "email" });
  await goTo(teacher, place(id));
  await titled(teacher, "work.title.referral");
  await teacher.getByText(say("team.referral.not_written.open")).click();
  await press(teacher, "team.referral.not_written.save");
  await expect(teacher.getByText(say("team.referral.not_written.needed"))).toBeVisible();
  await teacher.getByLabel(say("team.referral.not_written")).fill("It is still a draft.");
  await look(teacher, "taking back that the form was sent");
  await press(teacher, "team.referral.not_written.save");
  await saysSo(teacher, "team.referral.not_written.done");
  expect((await ask(teacher, "GET", `episodes/${id}`)).body.referral.written).toBeUndefined();
});

test("somebody with a part of the record is told that it was sent, and not what", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await letIn(teacher, id, "health-visitor", "Aire Valley Health Visiting", "practitioner", { sections: [1, 7] });
  await toReferral(teacher, id);
  await answers(teacher);
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.done");
  const visitor = await someone("health-visitor");
  await toReferral(visitor, id);
  await expect(visitor.getByText(say("team.referral.not_yours"))).toBeVisible();
  await expect(visitor.getByText(WHY)).toHaveCount(0);
  // The parent's worker, who is in no team of it, is told nothing at all.
  const youth = await someone("youth-worker");
  expect((await ask(youth, "GET", `episodes/${id}/referral`)).status).toBe(404);
});

test("a decision about a line is about what was read: another revision of the plan asks again", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await put(teacher, id, "plan", 1, 0, FIVE);
  await toReferral(teacher, id);
  await field(teacher, "why").fill(WHY);
  const goal = preview(teacher).getByLabel(say("plan.long_term_goal"));
  await goal.uncheck();
  await expect(preview(teacher).getByText("A calm home")).toHaveCount(0);
  await put(teacher, id, "plan", 1, 1, { ...FIVE, long_term_goal: "Another home" });
  await teacher.waitForTimeout(1500);
  await teacher.reload();
  await titled(teacher, "work.title.referral");
  await expect(preview(teacher).getByText("Another home")).toBeVisible();
  await expect(goal).toBeChecked();
  await expect(field(teacher, "why"), "what was typed stays").toHaveValue(WHY);
});

test("where the reply is lost nobody says that nothing was sent, and whom to ring is there", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toReferral(teacher, id);
  await answers(teacher);
  // The server stores it; the answer never comes.
  await teacher.route(`**/episodes/${id}/referral`, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort();
  });
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.maybe_sent");
  await expect(teacher.getByText(say("team.referral.not_sent"))).toHaveCount(0);
  await expect(teacher.locator("[data-numbers] a[href^='tel:']").first()).toBeVisible();
  await look(teacher, "asking social care without an answer");
  expect(await sent(teacher, id)).toHaveLength(1);
});
