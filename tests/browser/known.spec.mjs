// "Is this child known already?", asked by the form itself before more is typed (B97): once for what somebody typed, with nothing in
// an address; what is found moves no field and takes no focus, says nothing that may not be known, and is silent beside a family,
// without a network, and where nobody was found.

import { AMELIA, ask, change, expect, goTo, home, look, press, send, test } from "./demo_people.mjs";
import { answer, at, open, start } from "./journey.mjs";
import { say } from "./words.mjs";

test.setTimeout(120_000);

const TEACHERS = "Woodhouse Moor Primary School";
const notice = (page) => page.locator(".ca-known");
const answered = (page) => at(page, "known");
const root = (page) => page.locator("common-assessment");
const everything = (page) => root(page).evaluate(({ shadowRoot }) => shadowRoot.textContent);
const isQuestion = (one) => one.url().endsWith("/api/v1/people/matches");

/** Counts the questions, with what was asked. */
function questions(page) {
  const asked = [];
  page.on("request", (request) => isQuestion(request) && asked.push(request.postDataJSON()));
  return asked;
}

/** Begins a record and opens the page that asks who the child is. */
async function begin(page) {
  await home(page);
  await start(page);
  await open(page, "identifying_details");
}

const type = async (page, { given_names, family_name, dob }) => {
  const of = (name) => `identifying_details.${name}`;
  await at(page, of("given_names")).pressSequentially(given_names, { delay: 20 });
  await at(page, of("family_name")).pressSequentially(family_name, { delay: 20 });
  if (dob) await answer(page, of("dob"), dob);
};

test("a child who is known is found once name and birth are there, and nothing moves (B97, B84)", async ({ someone }) => {
  const page = await someone("teacher");
  await send(page, AMELIA);
  const asked = questions(page);
  await begin(page);
  await type(page, { ...AMELIA, dob: undefined });
  await page.waitForTimeout(3_000);
  expect(asked, "a name alone is not enough").toEqual([]);
  await answer(page, "identifying_details.dob", AMELIA.dob);
  const focused = () => root(page).evaluate(({ shadowRoot }) => shadowRoot.activeElement?.id);
  const place = () => at(page, "identifying_details.family_name").boundingBox();
  const [field, before] = [await focused(), await place()];
  await expect(notice(page)).toHaveText(say("known.found"));
  await expect(notice(page)).toBeInViewport();
  expect([await focused(), await place()]).toEqual([field, before]);
  await expect(page.locator("[data-announce]")).toHaveText(say("known.found"));
  await look(page, "a child who may be known");
  // One question for all of it, and all of it in the body.
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ child: { given_names: "Amelia", family_name: "Hart", born: "2019-05-04" } });
  for (const text of [page.url(), await page.evaluate(() => JSON.stringify([history.state, document.title]))]) {
    expect(text).not.toContain("Hart");
  }
  // The way to the answer, which names the record and stops nobody.
  await notice(page).getByRole("link").click();
  await expect(answered(page)).toBeFocused();
  await expect(answered(page).getByRole("link", { name: "Amelia Hart" })).toBeVisible();
  await expect(answered(page)).toContainText(say("work.known.go_on"));
  await look(page, "a child who may be known, the answer");
  // Typing elsewhere asks nothing; another child is another question, and nothing is left of the first.
  await at(page, "identifying_details.pronouns").fill("she and her");
  await at(page, "identifying_details.given_names").fill("Zachary");
  await at(page, "identifying_details.family_name").fill("Nobody-Here");
  await expect(notice(page)).toHaveCount(0);
  await expect(answered(page)).toHaveCount(0);
  await expect.poll(() => asked.length).toBe(2);
  await page.getByRole("button", { name: say("save_and_continue"), exact: true }).click();
  await expect(at(page, "identifying_details.given_names")).toHaveCount(0);
});

test("somebody else's record is no more than whom to ask; one that must not be known is nothing at all (B40, B97)", async ({ someone }) => {
  const [teacher, nurse] = [await someone("teacher"), await someone("health-visitor")];
  await send(teacher, AMELIA);
  await begin(nurse);
  await type(nurse, AMELIA);
  await expect(answered(nurse)).toContainText(say("work.known.ask", { organisations: TEACHERS }));
  await expect(answered(nurse).getByRole("link")).toHaveCount(0);
  const said = await everything(nurse);
  for (const secret of ["1 Invented Row", "LS6 1AB"]) expect(said).not.toContain(secret);

  // The same record, and she is one who must not be told of it.
  const id = (await ask(teacher, "GET", "episodes")).body.episodes[0].id;
  await change(teacher, id, "POST", "exclusions", { organisation: "Aire Valley Health Visiting" });
  const replied = nurse.waitForResponse(isQuestion);
  await begin(nurse);
  await type(nurse, AMELIA);
  expect(await (await replied).json()).toEqual({ people: [], ask: [], more: false, more_with_reason: false });
  await expect(notice(nurse)).toHaveCount(0);
  await expect(answered(nurse)).toHaveCount(0);
});

test("that nobody was found is said only to somebody who asked, and no match is said where nobody looked", async ({ someone }) => {
  const page = await someone("teacher");
  await begin(page);
  await page.context().setOffline(true);
  await type(page, AMELIA);
  await page.waitForTimeout(3_500);
  await expect(notice(page)).toHaveCount(0);
  expect(await everything(page)).not.toContain(say("work.known.nobody"));
  await page.context().setOffline(false);
  const replied = page.waitForResponse(isQuestion);
  await at(page, "identifying_details.given_names").fill("Amelie");
  expect((await replied).status()).toBe(200);
  await expect(notice(page)).toHaveCount(0);
  expect(await everything(page)).not.toContain(say("work.known.nobody"));
  await press(page, "known.ask");
  await expect(answered(page)).toContainText(say("work.known.nobody"));
  // Somebody who may not ask is not told that there is an answer.
  const auditor = await someone("auditor");
  const refused = auditor.waitForResponse(isQuestion);
  await begin(auditor);
  await type(auditor, AMELIA);
  expect((await refused).status()).toBe(403);
  await expect(notice(auditor)).toHaveCount(0);
});

test("beside the family it is said that there is something to read, and nothing of another family is in the page", async ({ someone }) => {
  const teacher = await someone("teacher");
  await send(teacher, AMELIA);
  const page = await someone("health-visitor");
  await begin(page);
  await at(page, "privacy-switch").click();
  await expect(at(page, "privacy-switch")).toHaveText(say("mode.to_own"));
  await type(page, AMELIA);
  await expect(notice(page)).toHaveText(say("mode.something"));
  await expect(page.locator("[data-announce]")).toHaveText(say("mode.something"));
  const heard = await root(page).ariaSnapshot();
  for (const text of [await everything(page), heard]) {
    for (const secret of [TEACHERS, say("known.found"), say("work.known.may_be")]) expect(text).not.toContain(secret);
  }
  await look(page, "a child who may be known, with the family");
  await at(page, "privacy-switch").click();
  await expect(notice(page)).toHaveText(say("known.found"));
  await expect(answered(page)).toContainText(TEACHERS);
});

test("it is asked again before sending, and of a correction never", async ({ someone }) => {
  const page = await someone("teacher");
  await send(page, AMELIA);
  await begin(page);
  await type(page, AMELIA);
  await expect(notice(page)).toBeVisible();
  await open(page, "check");
  await expect(notice(page)).toHaveText(say("known.found"));
  await look(page, "a child who may be known, before sending");
  const id = (await ask(page, "GET", "episodes")).body.episodes[0].id;
  await goTo(page, `work.amend.${id}.1`);
  await page.getByLabel(say("work.amend.kind.correction")).check();
  await page.getByLabel(say("work.amend.reason")).fill("Her name is spelt otherwise.");
  const asked = questions(page);
  await press(page, "work.amend.begin");
  await open(page, "identifying_details");
  await page.waitForTimeout(3_000);
  expect(asked).toEqual([]);
  await expect(notice(page)).toHaveCount(0);
});
