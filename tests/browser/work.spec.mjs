// My work, played by people of the demo, each in a browser of their own: sent by one, read by another, compared,
// corrected, shared in part, opened with a reason, and not found by somebody who may not know of it. SHOTS=<folder> keeps
// a picture of each state at three widths.

import path from "node:path";

import { clean } from "./axe.mjs";
import { WINDOWS } from "./heights.mjs";
import { answer, at, cases, heading, onDay, open, saved } from "./journey.mjs";
import { expect, onOwn, test as base } from "./server.mjs";
import { openStored } from "./stored.mjs";
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
      expect(await become(page, person)).toBeLessThan(300);
      await page.reload();
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

test.use({ fresh: true });
test.setTimeout(90_000);

const become = (page, person) =>
  page.evaluate(async (person) => {
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/v1/demo/session", { method: "POST", headers, body: JSON.stringify({ person }) })).status;
  }, person);

const link = (page, name) => page.getByRole("link", { name });
const press = (page, name) => page.getByRole("button", { name }).click();
const titled = (page, key) => expect(heading(page)).toHaveText(say(key));

/** axe, and pictures where they are wanted. */
async function look(page, state) {
  await clean(page, state);
  if (!process.env.SHOTS) return;
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: path.join(process.env.SHOTS, `${state.replaceAll(/\W+/g, "-")}-${width}.png`), fullPage: true });
  }
}

/** Sends the case as the person whose page it is. */
async function sendCase(page) {
  await home(page);
  await openStored(page, STORY.answers);
  await press(page, say("submit.button"));
  await page.locator(".ca-receipt").waitFor();
}

async function toWork(page) {
  await home(page);
  await link(page, say("start.work")).click();
  await titled(page, "work.title.list");
  await expect(heading(page)).toBeFocused();
}

/** Opens the start page: going to the address again comes back to the page that was open. */
async function home(page) {
  await page.goto("about:blank");
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
}

/** Opens the one record of the list, and gives its id. */
async function toRecord(page, name = CHILD) {
  await toWork(page);
  await link(page, name).click();
  await titled(page, "work.title.episode");
  return placeOf(page).then((place) => place.split(".")[2]);
}

const placeOf = (page) => page.evaluate(() => history.state.commonAssessmentPlace);

/** Goes to a page as a bookmark of the browser's history would. */
async function goTo(page, place) {
  await home(page);
  await heading(page).waitFor();
  await page.evaluate((commonAssessmentPlace) => history.replaceState({ commonAssessmentPlace }, ""), place);
  await page.reload();
}

const all = (page) => page.evaluate(() => document.querySelector("common-assessment").shadowRoot.textContent);

test("what somebody sent is in my work, is read with every section, and survives back and reload", async ({ someone }) => {
  const page = await someone("teacher");
  await toWork(page);
  await expect(page.getByText(say("work.list.none.mine"))).toBeVisible();
  await look(page, "my work with nothing in it");
  await sendCase(page);
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await toWork(page);
  await expect(link(page, CHILD)).toBeVisible();
  await look(page, "my work");
  await toRecord(page);
  await expect(page.getByText(say("work.state.shared")).first()).toBeVisible();
  await look(page, "a record");
  await link(page, /^Version 1/).click();
  await titled(page, "work.title.version");
  await expect(page.getByText(FAMILY, { exact: true })).toBeVisible();
  await expect(page.getByText(say("work.part"))).toHaveCount(0);
  await look(page, "a version");

  await page.reload();
  await titled(page, "work.title.version");
  await expect(page.getByText(FAMILY, { exact: true })).toBeVisible();
  await page.goBack();
  await titled(page, "work.title.episode");
  await page.goForward();
  await titled(page, "work.title.version");
  // Ids and nothing else are in addresses, titles and what the browser keeps.
  const kept = await page.evaluate(() =>
    [location.href, document.title, JSON.stringify(history.state), JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join(),
  );
  for (const text of [kept, ...requests.map(decodeURIComponent)]) {
    for (const name of [GIVEN, FAMILY]) expect(text).not.toContain(name);
  }
});

test("somebody is let into two sections, sees those and nothing else, until it is ended; a stranger finds nothing", async ({ someone }) => {
  const [teacher, nurse, youth] = [await someone("teacher"), await someone("health-visitor"), await someone("youth-worker")];
  await sendCase(teacher);
  const id = await toRecord(teacher);
  await link(teacher, say("work.title.team")).click();
  await titled(teacher, "work.title.team");
  await press(teacher, say("work.invite"));
  await look(teacher, "letting somebody in");
  await press(teacher, say("work.invite.preview"));
  await expect(teacher.getByText(say("work.invite.who.needed"))).toBeVisible();
  await teacher.getByLabel(/^Bernadette Oyelaran/).check();
  await teacher.getByLabel(say("section.identifying_details"), { exact: true }).check();
  await teacher.getByLabel(say("section.elements"), { exact: true }).check();
  await teacher.getByLabel(say("work.invite.covered")).check();
  await press(teacher, say("work.invite.preview"));
  await expect(teacher.getByText(say("work.invite.preview.about"))).toBeVisible();
  const preview = teacher.locator("details", { has: teacher.getByText(like("check.section", ".*")) });
  const seen = (await preview.locator("summary").allTextContents()).map((text) => text.trim());
  expect(seen.length).toBe(2);
  await look(teacher, "what they will see");
  await press(teacher, say("work.invite.button"));
  await expect(teacher.getByText(say("work.invite.done")).first()).toBeVisible();
  await expect(teacher.getByText("Bernadette Oyelaran, Aire Valley Health Visiting")).toBeVisible();
  await look(teacher, "a team");

  // She sees what was shown, and no more.
  expect(await toRecord(nurse)).toBe(id);
  await link(nurse, /^Version 1/).click();
  await expect(nurse.getByText(say("work.part"))).toBeVisible();
  const hers = (await nurse.locator("details summary").allTextContents()).map((text) => text.trim());
  expect(hers).toEqual(seen);
  const { conclusions } = STORY.answers;
  for (const text of Object.values(conclusions).filter((value) => typeof value === "string" && value.length > 20)) {
    expect(await all(nurse)).not.toContain(text);
  }
  await expect(link(nurse, say("work.amend.link"))).toHaveCount(0);
  await look(nurse, "part of a version");

  // He was not let in.
  await toWork(youth);
  await expect(youth.getByText(say("work.list.none.mine"))).toBeVisible();
  for (const place of [`work.episode.${id}`, `work.version.${id}.1`, `work.log.${id}`, `work.team.${id}`]) {
    await goTo(youth, place);
    await expect(youth.getByRole("alert")).toHaveText(new RegExp(`${say("work.failed.not_found")}|${say("work.failed.forbidden")}`));
    expect(await all(youth)).not.toContain(FAMILY);
  }
  await look(youth, "not found");

  // It ends, at a second press.
  await goTo(teacher, `work.team.${id}`);
  await teacher.getByRole("button", { name: `${say("work.team.end")} Bernadette Oyelaran` }).click();
  await teacher.getByRole("button", { name: say("work.team.end.sure") }).click();
  await expect(teacher.getByText(say("work.team.ended")).first()).toBeVisible();
  await goTo(nurse, `work.version.${id}.1`);
  await expect(nurse.getByRole("alert")).toBeVisible();
  expect(await all(nurse)).not.toContain(FAMILY);
});

test("a correction starts from what was sent, says why, and shows what changed side by side (B94)", async ({ someone }) => {
  const page = await someone("teacher");
  await sendCase(page);
  const id = await toRecord(page);
  await correct(page, id, 1, "the name was misspelt", `${FAMILY}-Moss`);
  await press(page, say("submit.button"));
  await page.locator(".ca-receipt").waitFor();
  await toRecord(page, `${GIVEN} ${FAMILY}-Moss`);
  await expect(page.getByText(say("work.kind.correction", { reason: "the name was misspelt" }))).toBeVisible();
  await link(page, say("work.compare_with", { number: "1" })).click();
  await titled(page, "work.title.compare");
  await expect(page.getByText(say("work.compare.one"))).toBeVisible();
  await expect(page.getByText(`${FAMILY}-Moss`, { exact: true })).toBeVisible();
  await expect(page.getByText(FAMILY, { exact: true })).toBeVisible();
  await look(page, "comparing");
  await goTo(page, `work.amend.${id}.1`);
  await expect(page.getByText(say("work.amend.overtaken"))).toBeVisible();
  await look(page, "a newer version");
});

test("a new version asks again whether anyone is in danger now, and keeps the other answers", async ({ someone }) => {
  const page = await someone("teacher");
  await sendCase(page);
  const id = await toRecord(page);
  await goTo(page, `work.version.${id}.1`);
  await link(page, say("work.amend.link")).click();
  await page.getByLabel(say("work.amend.kind.new_version")).check();
  await page.getByLabel(say("work.amend.reason")).fill("He has moved");
  await press(page, say("work.amend.begin"));
  await titled(page, "title.danger");
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await answer(page, "danger_now", "no");
  await press(page, say("continue"));
  await open(page, "identifying_details");
  await expect(at(page, "identifying_details.family_name")).toHaveValue(FAMILY);
});

/** Begins a correction of a version and goes to the page from which it is sent. */
async function correct(page, id, number, reason, family) {
  await goTo(page, `work.version.${id}.${number}`);
  await link(page, say("work.amend.link")).click();
  await titled(page, "work.title.amend");
  await press(page, say("work.amend.begin"));
  await expect(page.getByText(say("work.amend.kind.needed"))).toBeVisible();
  await look(page, "why a correction");
  await page.getByLabel(say("work.amend.kind.correction")).check();
  await page.getByLabel(say("work.amend.reason")).fill(reason);
  await press(page, say("work.amend.begin"));
  await titled(page, "title.tasks");
  await open(page, "identifying_details");
  await answer(page, "identifying_details.family_name", family);
  await saved(page);
  await open(page, "check");
  await expect(page.getByText(say("check.amends", { reason }))).toBeVisible();
}

test("of two corrections at once the slower is refused, keeps every word, and leads to what changed", async ({ someone }) => {
  const page = await someone("teacher");
  await sendCase(page);
  const id = await toRecord(page);
  const other = await someone("teacher");
  await correct(page, id, 1, "first", `${FAMILY}-First`);
  await correct(other, id, 1, "second", `${FAMILY}-Second`);
  await press(page, say("submit.button"));
  await page.locator(".ca-receipt").waitFor();
  await press(other, say("submit.button"));
  await expect(other.locator("p", { hasText: say("submit.rejected") })).toBeVisible();
  await look(other, "a correction that is refused");
  await link(other, say("check.amends.open")).click();
  await titled(other, "work.title.episode");
  await link(other, say("work.compare_with", { number: "1" })).click();
  await expect(other.getByText(`${FAMILY}-First`, { exact: true })).toBeVisible();
  await home(other);
  await other.locator(".ca-drafts__name", { hasText: `${FAMILY}-Second` }).click();
  // It follows once somebody has looked.
  await open(other, "check");
  await press(other, say("submit.button"));
  await press(other, say("work.overtaken.follow"));
  await press(other, say("submit.button"));
  await other.locator(".ca-receipt").waitFor();
  await goTo(other, `work.compare.${id}.3`);
  await expect(other.getByText(`${FAMILY}-Second`, { exact: true })).toBeVisible();
  await expect(other.getByText(`${FAMILY}-First`, { exact: true })).toBeVisible();
});

test("a record outside one's own work asks why, and says in its log who asked and why (B44)", async ({ someone }) => {
  const [teacher, lead] = [await someone("teacher"), await someone("safeguarding-lead")];
  await sendCase(teacher);
  await toWork(lead);
  await link(lead, say("work.list.reason")).click();
  await expect(lead.getByText(say("work.failed.reason"))).toBeVisible();
  expect(await all(lead)).not.toContain(FAMILY);
  await look(lead, "asked why");
  await press(lead, say("work.reason.open"));
  await expect(lead.getByText(say("work.reason.needed"))).toBeVisible();
  await lead.getByLabel(say("work.reason.label")).fill("cover for Siân this week");
  await press(lead, say("work.reason.open"));
  await expect(lead.getByText(CHILD).first()).toBeVisible();
  await link(lead, /^Version 1/).click();
  await expect(lead.getByText(FAMILY, { exact: true })).toBeVisible();
  // Anyone who comes to this page later is asked again.
  await lead.reload();
  await expect(lead.getByText(say("work.failed.reason"))).toBeVisible();

  await toRecord(teacher);
  await link(teacher, say("work.title.log")).click();
  await titled(teacher, "work.title.log");
  await expect(teacher.getByText(say("work.log.why", { reason: "cover for Siân this week" })).first()).toBeVisible();
  await expect(teacher.getByText(say("work.did.read-version")).first()).toBeVisible();
  await look(teacher, "an access log");
});

test("a child is found by a misspelt name, which is in no address (B97)", async ({ someone }) => {
  const page = await someone("teacher");
  await sendCase(page);
  await toWork(page);
  await link(page, say("work.title.search")).click();
  await titled(page, "work.title.search");
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await press(page, say("work.search.button"));
  await expect(page.getByText(say("work.search.needed"))).toBeVisible();
  await page.getByLabel(say("work.search.label")).fill(`${FAMILY} ${GIVEN}`);
  await press(page, say("work.search.button"));
  await expect(page.getByText(say("work.search.one"))).toBeVisible();
  await look(page, "found in a search");
  await page.getByLabel(say("work.search.label")).fill("Zyxwvut Qqq");
  await press(page, say("work.search.button"));
  await expect(page.getByText(say("work.search.none"))).toBeVisible();
  expect(requests.length).toBeGreaterThan(1);
  for (const url of [page.url(), ...requests.map(decodeURIComponent)]) expect(url).not.toContain(FAMILY);
});

test("without a network, without a session and without its part my work says so, and goes on when tried again", async ({ someone }) => {
  const page = await someone("teacher");
  await sendCase(page);
  await toWork(page);
  await expect(link(page, CHILD)).toBeVisible();
  await page.route("**/api/v1/episodes**", (route) => route.abort());
  await goTo(page, "work.list");
  await expect(page.getByRole("alert")).toHaveText(say("work.failed.offline"));
  await look(page, "no network");
  await page.unroute("**/api/v1/episodes**");
  await press(page, say("later.again"));
  await expect(link(page, CHILD)).toBeVisible();
  await expect(heading(page)).toBeFocused();

  const signedOut = { status: 401, contentType: "application/problem+json", body: JSON.stringify({ type: "about:blank", title: "Unauthorized", status: 401, detail: "", code: "session-ended" }) };
  await page.route("**/api/v1/episodes**", (route) => route.fulfill(signedOut));
  await goTo(page, "work.list");
  await expect(page.getByRole("alert")).toContainText(say("work.failed.sign_in"));
  await look(page, "signed out");
  await page.unroute("**/api/v1/episodes**");

  await page.route(/common-assessment-work-/, (route) => route.abort());
  await goTo(page, "work.list");
  await expect(page.getByText(say("later.missing"))).toBeVisible();
  await look(page, "its part is missing");
  await page.unroute(/common-assessment-work-/);
  await press(page, say("later.again"));
  await expect(link(page, CHILD)).toBeVisible();
});

test("while the family can see the screen, my work is not on the page", async ({ someone }) => {
  const page = await someone("teacher");
  await sendCase(page);
  await toRecord(page);
  await page.locator('[id="privacy-switch"]').click();
  await expect(page.getByText(say("mode.whole"))).toBeVisible();
  expect(await all(page)).not.toContain(FAMILY);
  // Nor does the browser's tab say which page it is.
  await expect.poll(() => page.title()).not.toContain(say("work.title.episode"));
  await look(page, "beside the family");
});
