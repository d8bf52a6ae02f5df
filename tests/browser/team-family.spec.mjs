// What the family reads, and the minutes for each recipient: played by the mother, by the teacher who shows the child his page,
// and on paper. SHOTS=<folder> keeps what they look like.

import { ask, expect, goTo, link, look, press, toWork } from "./demo_people.mjs";
import { episodeOf } from "./team.mjs";
import { DAYS, MEETING, MOTHER, PLAN, amend, answers, letColleagueIn, letIn, put, reviewed, send, test, titled } from "./team_made.mjs";
import { say } from "./words.mjs";

test.setTimeout(180_000);

const all = (page) => page.evaluate(() => document.querySelector("common-assessment").shadowRoot.textContent);
const paper = (page) => page.locator("article.ca-output");

async function open(page, episode, name, number = "") {
  await goTo(page, `work.together.${name}.${episode}${number}`);
  await titled(page, `work.title.${name}`);
}

/** What is on paper, as text. */
async function printed(page) {
  await page.emulateMedia({ media: "print" });
  const text = await page.evaluate(() => document.querySelector("common-assessment").shadowRoot.querySelector("main, .ca-page").innerText);
  await page.emulateMedia({ media: "screen" });
  return text;
}

test("the mother reads her own page from her own sign-in, and nothing of anybody else", async ({ made }) => {
  const { episode } = await reviewed(made);
  const mother = await made.someone("parent");
  await toWork(mother);
  await link(mother, /Zielonka/).first().click();
  await titled(mother, "work.title.episode");
  await look(mother, "the mother's record");
  await mother.getByRole("link", { name: say("work.title.family"), exact: true }).click();
  await titled(mother, "work.title.family");
  await expect(paper(mother).getByRole("heading", { level: 2 })).toHaveText(say("team.family.title_of", { name: MOTHER }));
  for (const words of ["A calm home where everybody sleeps", "He asks for what he wants", "Do the thing called a each week", "I am so tired at night", "It is quieter now", "29 January 2027"]) {
    await expect(paper(mother)).toContainText(words);
  }
  const shown = await all(mother);
  for (const words of ["I want my ball", "Ball!", "I want to help from here", "four hours", "rows at night", "Skelder Mount", "LS99"]) {
    expect(shown, words).not.toContain(words);
  }
  await look(mother, "the mother's page");
  const onPaper = await printed(mother);
  expect(onPaper).toContain("Do the thing called a each week");
  expect(onPaper).not.toContain(say("team.print"));
  // Paper is read at night: no number is said to answer now, and one always does.
  expect(onPaper).toContain("999");
  expect(onPaper).toContain(say("team.family.hours.always"));
  expect(onPaper).not.toMatch(/open now|closed now/i);
  // Her page has no way to anybody else's.
  await expect(mother.getByLabel(say("team.family.whose"))).toHaveCount(0);
  expect((await ask(mother, "GET", `episodes/${episode}/family-page?reader=child`)).status).toBe(403);
});

test("the child's page has the child's words and Childline, and is exactly what is printed", async ({ made }) => {
  const { teacher, episode } = await reviewed(made);
  await open(teacher, episode, "family");
  const whose = teacher.getByLabel(say("team.family.whose"));
  await whose.selectOption("child");
  await expect(paper(teacher)).toContainText("I want my ball");
  for (const words of ["Ball!", "0800 1111", say("team.family.intro.child"), say("team.family.help.child")]) {
    await expect(paper(teacher)).toContainText(words);
  }
  for (const words of ["tired at night", "help from here", "quieter", "four hours", "rows"]) {
    expect(await paper(teacher).textContent(), words).not.toContain(words);
  }
  await look(teacher, "the child's page");
  const onPaper = await printed(teacher);
  expect(onPaper).not.toContain(say("team.family.whose"));
  expect(onPaper).not.toContain(say("team.family.exactly"));
  expect(onPaper).toContain("I want my ball");
  await whose.selectOption("parent.1");
  await expect(paper(teacher)).toContainText("I want to help from here");
  expect(await paper(teacher).textContent()).not.toContain("tired at night");
});

test("to the family a page that is kept back looks like one that is not there yet; the lead professional is told why", async ({ made }) => {
  const teacher = await made.someone("teacher");
  await send(teacher, answers());
  const episode = await episodeOf(teacher);
  await letIn(teacher, episode);
  const mother = await made.someone("parent");
  await open(mother, episode, "family");
  await expect(mother.getByText(say("team.family.why_not.none_yet"))).toBeVisible();
  const before = await all(mother);
  await look(mother, "no page yet");
  await open(teacher, episode, "family");
  await teacher.getByLabel(say("team.family.whose")).selectOption("parent.0");
  await expect(teacher.getByText(say("team.family.why_not.no_plan"))).toBeVisible();
  await amend(teacher, episode, (copy) => {
    copy.elements.identity = { ...copy.elements.identity, status: "recorded", indicators: { "ID-401": "yes" } };
    copy.conclusions.decision_reason = "We asked the police first, and do what they say";
  });
  await open(mother, episode, "family");
  await expect(mother.getByText(say("team.family.why_not.none_yet"))).toBeVisible();
  expect(await all(mother)).toBe(before);
  // Nor does her record say that anything is urgent.
  await goTo(mother, `work.episode.${episode}`);
  await titled(mother, "work.title.episode");
  await expect(mother.getByText(say("work.urgent"))).toHaveCount(0);
  await expect(mother.locator(".ca-urgent")).toHaveCount(0);
  await open(teacher, episode, "family");
  await teacher.getByLabel(say("team.family.whose")).selectOption("child");
  await expect(teacher.getByText(say("team.family.why_not.telling"))).toBeVisible();
  await expect(paper(teacher)).toHaveCount(0);
});

test("minutes are made for one recipient, say what they leave out and why, and who got them is written down", async ({ made }) => {
  const { teacher, episode } = await reviewed(made);
  await open(teacher, episode, "copies", ".1");
  const whose = teacher.getByLabel(say("team.copies.whose"));
  await whose.selectOption("parent.0");
  await expect(paper(teacher)).toContainText("I am so tired at night");
  const copy = await paper(teacher).textContent();
  expect(copy).toContain("A plan for words and a dry room");
  for (const words of ["I want my ball", "help from here", "four hours", "rows at night"]) expect(copy, words).not.toContain(words);
  const out = teacher.locator("section", { has: teacher.getByRole("heading", { name: say("team.copies.left_out") }) });
  await expect(out).toContainText(say("meeting.child_voice"));
  await expect(out).toContainText(say("meeting.risk_factors"));
  expect(await out.textContent(), "questions, never answers").not.toMatch(/my ball|rows at night|four hours/);
  await look(teacher, "minutes for the mother");
  const onPaper = await printed(teacher);
  expect(onPaper).toContain("I am so tired at night");
  for (const words of [say("team.copies.left_out"), say("team.copies.whose"), say("team.circulation.note")]) {
    expect(onPaper).not.toContain(words);
  }
  await expect(teacher.getByLabel(say("team.copies.to"))).toHaveValue(MOTHER);
  await press(teacher, "team.circulation.note");
  await expect(teacher.getByText(say("team.circulation.done"))).toBeFocused();
  const { circulations } = (await ask(teacher, "GET", `episodes/${episode}/team-records/meeting/1`)).body;
  expect(circulations.map(({ to, revision, sent_on }) => [to, revision, sent_on])).toEqual([[[MOTHER], 1, DAYS.reviewed]]);
  // A service that the family agreed to has the whole of it, and another one none.
  await whose.selectOption("service.gp");
  await expect(paper(teacher)).toContainText("He sleeps four hours");
  await expect(teacher.getByLabel(say("team.copies.to"))).toHaveValue("");
  await press(teacher, "team.circulation.note");
  await expect(teacher.getByText(say("team.copies.to.needed"))).toBeVisible();
  await look(teacher, "minutes for a service");
  await amend(teacher, episode, (copy) => {
    copy.parents_and_carers[1].not_to_be_told = "not_told";
  });
  await open(teacher, episode, "copies", ".1");
  await whose.selectOption("parent.1");
  await expect(teacher.getByText(say("team.family.why_not.kept_from"))).toBeVisible();
  await expect(paper(teacher)).toHaveCount(0);
});

test("a protected address is on no paper, also where somebody typed it", async ({ made }) => {
  let teacher = await made.someone("teacher");
  await send(
    teacher,
    answers((copy) => {
      copy.identifying_details.address_confidential = "yes";
    }),
  );
  const episode = await episodeOf(teacher);
  await letColleagueIn(made, teacher, episode);
  await made.on(DAYS.agreed);
  teacher = await made.someone("teacher");
  const plan = structuredClone(PLAN);
  plan.outcomes[0].actions[0].action = "Bring the form to Flat 4, 118 Skelder Mount";
  await put(teacher, episode, "plan/1", plan);
  await put(teacher, episode, "meeting/1", { ...MEETING, place: "At home, 118 Skelder Mount" });
  await open(teacher, episode, "family");
  for (const reader of ["child", "parent.0", "parent.1"]) {
    await teacher.getByLabel(say("team.family.whose")).selectOption(reader);
    await expect(paper(teacher)).toContainText("The bedroom is dry");
    expect(await all(teacher), reader).not.toContain("Skelder Mount");
  }
  await open(teacher, episode, "copies", ".1");
  for (const reader of ["child", "parent.0", "service.gp"]) {
    await teacher.getByLabel(say("team.copies.whose")).selectOption(reader);
    await expect(paper(teacher)).toContainText(say("team.copies.withheld"));
    expect(await all(teacher), reader).not.toContain("Skelder Mount");
  }
});
