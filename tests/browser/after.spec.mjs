// What becomes of a record after it was sent, played by people of the demo, each in a browser of their own: notes and second
// opinions, closing and opening again, another holder, people who must not know, and what social care answers. Records are
// sent over HTTP: how they are filled in is tested elsewhere. SHOTS=<folder> keeps a picture of each state at three widths.

import path from "node:path";

import { clean } from "./axe.mjs";
import { ask, change } from "./demo_people.mjs";
import { WINDOWS } from "./heights.mjs";
import { cases, heading, onDay } from "./journey.mjs";
import { expect, onOwn, test as base } from "./server.mjs";
import { like, say } from "./words.mjs";

const STORY = cases["toddler-with-speech-delay"];
const { given_names: GIVEN, family_name: FAMILY } = STORY.answers.identifying_details;
const CHILD = `${GIVEN} ${FAMILY}`;

const test = base.extend({
  today: STORY.today,
  /** `someone(code)` gives the page of an invented person in a browser of their own. */
  someone: async ({ browser, server }, use) => {
    const contexts = [];
    await use(async (person) => {
      const context = await browser.newContext({ baseURL: server.url, locale: "en-GB", timezoneId: "Europe/London" });
      contexts.push(context);
      await context.addInitScript(onOwn);
      const page = await context.newPage();
      await onDay(page, STORY.today);
      await page.goto("/");
      expect((await ask(page, "POST", "demo/session", { person })).status).toBeLessThan(300);
      await page.reload();
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

test.use({ fresh: true });
test.setTimeout(120_000);

/** Sends the story, changed as `change` says, and gives the id of its record. */
async function send(page, change = () => {}) {
  const answers = structuredClone(STORY.answers);
  change(answers);
  const body = { form_version: "caf-2026.3", answers };
  const reply = await ask(page, "POST", "assessments", body, { "idempotency-key": "after" });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return (await ask(page, "GET", "episodes")).body.episodes[0].id;
}

const YOUTH = "Kirkstall Youth Project";
/** Lets the youth worker into these sections. */
const invite = (page, id, sections) =>
  change(page, id, "POST", "members", {
    issuer: "urn:common-assessment:demo",
    subject: "youth-worker",
    organisation: YOUTH,
    role: "tac_member",
    sections,
    up_to: "ordinary",
    is_covered: true,
  });

const link = (page, key) => page.getByRole("link", { name: say(key), exact: true });
const press = (page, key) => page.getByRole("button", { name: say(key), exact: true }).click();
const titled = (page, key) => expect(heading(page)).toHaveText(say(key));
const said = (page, key) => expect(page.getByText(say(key)).first()).toBeVisible();
const all = (page) => page.evaluate(() => document.querySelector("common-assessment").shadowRoot.textContent);

/** axe, and pictures where they are wanted. */
async function look(page, state) {
  await clean(page, state);
  if (!process.env.SHOTS) return;
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: path.join(process.env.SHOTS, `${state.replaceAll(/\W+/g, "-")}-${width}.png`), fullPage: true });
  }
}

/** Goes to a page as a bookmark of the browser's history would. */
async function goTo(page, place) {
  await page.goto("about:blank");
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
  await page.evaluate((commonAssessmentPlace) => history.replaceState({ commonAssessmentPlace }, ""), place);
  await page.reload();
}

/** Opens a page about a record from the record. */
async function toStep(page, id, step, reason) {
  await goTo(page, `work.episode.${id}`);
  if (reason) {
    await page.getByLabel(say("work.reason.label")).fill(reason);
    await press(page, "work.reason.open");
  }
  await link(page, `work.title.${step}`).click();
  await titled(page, `work.title.${step}`);
  await expect(heading(page)).toBeFocused();
}

/** None of these is offered on the record, and each page says so to those who go there all the same. */
async function isRefused(page, id, ...steps) {
  await goTo(page, `work.episode.${id}`);
  await said(page, "work.versions");
  for (const step of steps) await expect(link(page, `work.title.${step}`)).toHaveCount(0);
  for (const step of steps) {
    await goTo(page, `work.${step}.${id}`);
    await said(page, "work.after.not_now");
    await expect(page.getByRole("textbox")).toHaveCount(0);
  }
}

test("a safeguarding lead reads and comments, and gives a second opinion; a member reads only notes on what they see", async ({ someone }) => {
  const [teacher, lead, youth] = [await someone("teacher"), await someone("safeguarding-lead"), await someone("youth-worker")];
  const id = await send(teacher);
  await invite(teacher, id, [0, 1]);
  await toStep(teacher, id, "notes");
  await said(teacher, "work.note.none");
  // Only a safeguarding lead can speak as one.
  await expect(teacher.getByText(say("work.note.kind"))).toHaveCount(0);
  await press(teacher, "work.note.add");
  await said(teacher, "work.note.words.needed");
  await expect(teacher.getByLabel(say("work.note.words"))).toBeFocused();
  const long = "The nursery says he speaks more at home.\nHis aunt says so too.";
  await teacher.getByLabel(say("work.note.words")).fill(long);
  await press(teacher, "work.note.add");
  await said(teacher, "work.note.added");
  await expect(heading(teacher)).toBeFocused();
  await expect(teacher.locator(".ca-typed")).toHaveText(long);
  await expect(teacher.getByLabel(say("work.note.words"))).toHaveValue("");
  await teacher.getByLabel(say("work.note.words")).fill("His home is not warm.");
  await teacher.getByLabel(say("work.note.about")).selectOption("5");
  await look(teacher, "notes");
  await press(teacher, "work.note.add");
  await expect(teacher.locator(".ca-typed")).toHaveCount(2);

  await toStep(lead, id, "notes", "the head asked me to look");
  await expect(lead.getByText("His aunt says so too.")).toBeVisible();
  await press(lead, "work.note.add");
  await said(lead, "work.note.kind.needed");
  await lead.getByLabel(say("work.note.kind.second_opinion")).check();
  await press(lead, "work.note.add");
  await said(lead, "work.note.level.needed");
  await lead.getByLabel(say("work.level.L4a")).check();
  await lead.getByLabel(say("work.note.words")).fill("Two services are not enough here.");
  await look(lead, "a second opinion");
  await press(lead, "work.note.add");
  await said(lead, "work.note.added");
  await toStep(teacher, id, "notes");
  await expect(teacher.getByText(`${say("work.note.kind.second_opinion")}: ${say("work.level.L4a")}`)).toBeVisible();
  await expect(teacher.getByText("Margaret Ashworth-Lowe", { exact: false })).toBeVisible();

  // He sees what is about the whole record, and not what is about a section that he was not given.
  await toStep(youth, id, "notes");
  await expect(youth.getByText("His aunt says so too.")).toBeVisible();
  expect(await all(youth)).not.toContain("His home is not warm.");
  await isRefused(youth, id, "close", "kept_out", "hand_over", "answer", "reopen");
  const health = await someone("health-visitor");
  await goTo(health, `work.notes.${id}`);
  await expect(health.getByRole("alert")).toHaveText(say("work.failed.not_found"));
  expect(await all(health)).not.toContain(GIVEN);
});

test("a record is closed with what its reason asks for and opened again, and a change that came first keeps every word", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  const id = await send(teacher);
  await isRefused(coordinator, id, "close", "notes", "kept_out");
  await toStep(teacher, id, "close");
  await press(teacher, "work.title.close");
  await said(teacher, "work.close.reason.needed");
  // Social care has not accepted anything, so it has not taken over.
  await expect(teacher.getByLabel(say("work.closure.stepped_up_s47"))).toHaveCount(0);
  await teacher.getByLabel(say("work.closure.not_engaged")).check();
  await press(teacher, "work.title.close");
  await said(teacher, "work.close.words.needed");
  await said(teacher, "work.close.safe.needed");
  await teacher.getByLabel(say("work.close.words")).fill("No one opens the door.");
  await teacher.getByLabel(say("work.close.safe")).fill("The nursery sees him each day.");
  await look(teacher, "closing");
  // Meanwhile a colleague keeps an organisation out.
  await change(teacher, id, "POST", "exclusions", { organisation: YOUTH });
  await press(teacher, "work.title.close");
  await expect(teacher.getByRole("alert")).toHaveText(say("work.after.changed"));
  await expect(teacher.getByLabel(say("work.close.words"))).toHaveValue("No one opens the door.");
  await expect(teacher.getByLabel(say("work.close.safe"))).toHaveValue("The nursery sees him each day.");
  await look(teacher, "closing after a change");
  await press(teacher, "work.title.close");
  await said(teacher, "work.close.done");
  await expect(heading(teacher)).toBeFocused();
  await look(teacher, "closed");

  await goTo(teacher, `work.episode.${id}`);
  await said(teacher, "work.state.closed");
  await expect(teacher.getByText("No one opens the door.")).toBeVisible();
  await expect(teacher.getByText("The nursery sees him each day.")).toBeVisible();
  await look(teacher, "a closed record");
  await isRefused(teacher, id, "close");
  await toStep(teacher, id, "reopen");
  await press(teacher, "work.title.reopen");
  await said(teacher, "work.reopen.reason.needed");
  await teacher.getByLabel(say("work.reopen.reason")).fill("His mother rang.");
  await look(teacher, "opening again");
  await press(teacher, "work.title.reopen");
  await said(teacher, "work.reopen.done");
  await goTo(teacher, `work.episode.${id}`);
  await said(teacher, "work.state.consent_pending");
});

test("closing says what becomes of each action, meeting and clock that is open (case B16)", async ({ someone }) => {
  const teacher = await someone("teacher");
  const id = await send(teacher);
  const save = async (record, answers) => {
    const kind = record.split("/")[0];
    const body = { record: { form_version: `${kind}-2026.1`, ...answers } };
    const reply = await ask(teacher, "PUT", `episodes/${id}/team-records/${record}`, body, { "if-match": '"0"' });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  };
  const [action, day] = ["Ask the nursery for a place in the talking group", "2026-12-14"];
  const actions = [{ id: "a-1", action, who: CHILD, by_when: day }];
  await save("plan/1", { outcomes: [{ id: "o-1", desired_outcome: "He says what he wants", actions }] });
  await save("meeting/1", { kind: "first", status: "planned", on: day });
  await toStep(teacher, id, "close");
  const asked = (name) => teacher.getByRole("group", { name, exact: true });
  const what = asked(say("work.close.open.action", { action }));
  const when = asked(say("work.close.open.meeting", { day: "14 December 2026" }));
  await teacher.getByLabel(say("work.closure.needs_met")).check();
  await press(teacher, "work.title.close");
  await expect(what.getByText(say("work.close.becomes.needed"))).toBeVisible();
  await expect(when.getByText(say("work.close.becomes.needed"))).toBeVisible();
  await expect(what.getByRole("radio").first()).toBeFocused();
  await expect(when.getByLabel(say("work.close.becomes.done"))).toHaveCount(0);
  await look(teacher, "closing with something open");
  await what.getByLabel(say("work.close.becomes.done")).check();
  await when.getByLabel(say("work.close.becomes.ended")).check();
  await press(teacher, "work.title.close");
  await said(teacher, "work.close.done");
  const { settled } = (await ask(teacher, "GET", `episodes/${id}`)).body.closure;
  expect(settled.map(({ kind, becomes }) => [kind, becomes])).toEqual([["action", "done"], ["meeting", "ended"]]);
});

test("the coordinator gives a record to another organisation after being asked once more, and the first sees it no longer", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  const id = await send(teacher);
  await isRefused(teacher, id, "hand_over", "answer");
  await toStep(coordinator, id, "hand_over");
  await press(coordinator, "work.title.hand_over");
  await said(coordinator, "work.organisation.needed");
  const health = "Aire Valley Health Visiting";
  await coordinator.getByLabel(health).check();
  await press(coordinator, "work.title.hand_over");
  await expect(coordinator.getByRole("alert")).toContainText(health);
  await look(coordinator, "giving a record away");
  await press(coordinator, "work.after.sure");
  // No one from there has signed in: it may be misspelt, and then nobody would see the record.
  await said(coordinator, "work.law.unknown-organisation");
  await someone("health-visitor");
  await press(coordinator, "work.after.sure");
  await said(coordinator, "work.hand_over.done");
  await goTo(teacher, `work.episode.${id}`);
  await expect(teacher.getByRole("alert")).toHaveText(say("work.failed.not_found"));
});

test("someone is kept out with a reason, finds nothing, and is let know again", async ({ someone }) => {
  const [teacher, youth] = [await someone("teacher"), await someone("youth-worker")];
  const id = await send(teacher);
  await invite(teacher, id, [0, 1]);
  await toStep(teacher, id, "kept_out");
  await said(teacher, "work.kept_out.none");
  // She is of the team herself, and is not among those whom she can keep out.
  const { members } = (await ask(teacher, "GET", `episodes/${id}/members`)).body;
  expect(members.map(({ name }) => name)).toContain("Priya Raman");
  await expect(teacher.getByLabel(/^Tomasz Bielak/)).toHaveCount(1);
  await expect(teacher.getByLabel(/^Priya Raman/)).toHaveCount(0);
  await press(teacher, "work.kept_out.button");
  await said(teacher, "work.kept_out.who.needed");
  await teacher.getByLabel(/^Tomasz Bielak/).check();
  await press(teacher, "work.kept_out.button");
  await said(teacher, "work.kept_out.why.needed");
  await teacher.getByLabel(say("work.kept_out.why"), { exact: true }).fill("He is the boy's uncle.");
  await look(teacher, "keeping someone out");
  await press(teacher, "work.kept_out.button");
  await said(teacher, "work.kept_out.done");
  await expect(teacher.getByRole("strong").getByText("Tomasz Bielak")).toBeVisible();
  await goTo(youth, `work.episode.${id}`);
  await expect(youth.getByRole("alert")).toHaveText(say("work.failed.not_found"));
  expect(await all(youth)).not.toContain(GIVEN);
  await look(teacher, "someone is kept out");

  await goTo(teacher, `work.log.${id}`);
  await expect(teacher.getByText(say("work.log.why", { reason: "He is the boy's uncle." }))).toBeVisible();
  await expect(teacher.getByText(like("work.log.refused")).first()).toBeVisible();
  await goTo(teacher, `work.kept_out.${id}`);
  await teacher.getByRole("button", { name: `${say("work.kept_out.again")} Tomasz Bielak` }).click();
  await expect(teacher.getByLabel(say("work.kept_out.again.why"))).toBeFocused();
  await look(teacher, "letting someone know again");
  await teacher.getByLabel(say("work.kept_out.again.why")).fill("It was another Tomasz.");
  await press(teacher, "work.kept_out.again");
  await said(teacher, "work.kept_out.lifted");
  await goTo(youth, `work.episode.${id}`);
  await expect(youth.getByText(CHILD).first()).toBeVisible();
});

test("social care's answer is written down by its own people, and those who go on alone read it", async ({ someone }) => {
  const [teacher, duty] = [await someone("teacher"), await someone("duty-and-advice")];
  const id = await send(teacher, (answers) => {
    Object.assign(answers.conclusions, { decision: "R4", decision_reason: "Bruises that nobody explains; I rang them at noon." });
  });
  await goTo(teacher, `work.close.${id}`);
  await said(teacher, "work.law.referral-waits");
  await expect(teacher.getByRole("radio")).toHaveCount(2);
  await look(teacher, "closing while a referral waits");
  await isRefused(teacher, id, "answer");
  await toStep(duty, id, "answer");
  await duty.getByLabel(say("work.answer.not_accepted")).check();
  await press(duty, "work.answer.save");
  await expect(duty.getByRole("alert")).toHaveText(say("work.answer.again"));
  await look(duty, "answering a referral");
  await press(duty, "work.after.sure");
  await said(duty, "work.answer.done");
  await goTo(duty, `work.episode.${id}`);
  await expect(duty.getByRole("alert")).toHaveText(say("work.failed.not_found"));
  await goTo(teacher, `work.episode.${id}`);
  await expect(teacher.getByText(like("work.fact.answer.not_accepted"))).toBeVisible();
  await look(teacher, "a referral that was not taken on");
});
