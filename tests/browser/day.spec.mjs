// A day in the life of a record, played by people of the demo, each in a browser of their own: a teacher sends it and lets in
// a youth worker, the school's safeguarding lead reads it and gives a second opinion, a health visitor sends another one of the
// same child, and the coordinator finds that. What each sees, and what they must not see, is asserted.

import { AMELIA, all, ask, expect, goTo, link, look, press, send, test, titled, toList, toWork } from "./demo_people.mjs";
import { cases } from "./journey.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(180_000);

const CHILD = "Amelia Hart";
const { answers: ANSWERS } = cases["toddler-with-speech-delay"];
/** What is written about the whole family, which only some may read. */
const HOME = Object.values(ANSWERS.conclusions).filter((value) => typeof value === "string" && value.length > 20);
const WHY_SHE_LOOKS = "The head asked me to look";

test("four people and one child: sent, commented on, shared in part, and found to be there twice", async ({ someone }) => {
  const [teacher, lead, youth, nurse, coordinator] = [
    await someone("teacher"),
    await someone("safeguarding-lead"),
    await someone("youth-worker"),
    await someone("health-visitor"),
    await someone("coordinator"),
  ];

  // Morning: the teacher sends it, and finds it in her work.
  await send(teacher, AMELIA);
  const id = (await ask(teacher, "GET", "episodes")).body.episodes[0].id;
  await toWork(teacher);
  await expect(link(teacher, CHILD).first()).toBeVisible();

  // She lets the youth worker see one section.
  await goTo(teacher, `work.team.${id}`);
  await press(teacher, "work.invite");
  await teacher.getByLabel(/^Tomasz Bielak/).check();
  await teacher.getByLabel(say("section.identifying_details"), { exact: true }).check();
  await teacher.getByLabel(say("work.invite.covered")).check();
  await press(teacher, "work.invite.preview");
  await press(teacher, "work.invite.button");
  await expect(teacher.getByText(say("work.invite.done")).first()).toBeVisible();

  // The safeguarding lead of the same school says why she looks, reads all of it, and gives a second opinion.
  await toWork(lead);
  await expect(link(lead, CHILD)).toHaveCount(0);
  await goTo(lead, `work.version.${id}.1`);
  await lead.getByLabel(say("work.reason.label")).fill(WHY_SHE_LOOKS);
  await press(lead, "work.reason.open");
  await titled(lead, "work.title.version");
  await expect(lead.getByText(say("work.part"))).toHaveCount(0);
  await expect.poll(() => all(lead)).toContain(HOME[0]);
  await goTo(lead, `work.episode.${id}`);
  await lead.getByLabel(say("work.reason.label")).fill(WHY_SHE_LOOKS);
  await press(lead, "work.reason.open");
  await link(lead, say("work.title.notes")).click();
  await lead.getByLabel(say("work.note.kind.second_opinion")).check();
  await lead.getByLabel(say("work.level.L4a")).check();
  await lead.getByLabel(say("work.note.words")).fill("Two services are not enough here.");
  await press(lead, "work.note.add");
  await expect(lead.getByText(say("work.note.added")).first()).toBeVisible();

  // The youth worker sees that section and nothing else, and changes nothing.
  await toWork(youth);
  await link(youth, CHILD).first().click();
  await titled(youth, "work.title.episode");
  await link(youth, /^Version 1/).click();
  await titled(youth, "work.title.version");
  await expect(youth.getByText(say("work.part"))).toBeVisible();
  await expect(youth.getByText("1 Invented Row").first()).toBeVisible();
  for (const text of HOME) expect(await all(youth)).not.toContain(text);
  await expect(link(youth, say("work.amend.link"))).toHaveCount(0);
  await look(youth, "a day, the youth worker");

  // At noon the health visitor sends one of the same child. She is not told what the school wrote.
  await send(nurse, { ...AMELIA, given_names: "Amélia" });
  await toWork(nurse);
  await expect(link(nurse, "Amélia Hart").first()).toBeVisible();
  await expect(link(nurse, CHILD)).toHaveCount(0);
  await goTo(nurse, `work.version.${id}.1`);
  await expect(nurse.getByRole("alert")).toHaveText(say("work.failed.not_found"));
  for (const text of [...HOME, "Two services"]) expect(await all(nurse)).not.toContain(text);

  // The coordinator finds that they may be one child, and reads neither record for it.
  await toList(coordinator, "duplicates");
  const pair = coordinator.locator("section.ca-group");
  await expect(pair).toHaveCount(1);
  await expect(pair).toContainText(CHILD);
  await expect(pair).toContainText("Amélia Hart");
  for (const text of [...HOME, "Two services"]) expect(await all(coordinator)).not.toContain(text);
  await look(coordinator, "a day, the coordinator");
  await pair.getByRole("link").click();
  await titled(coordinator, "work.title.pair");
  await coordinator.getByLabel(say("coordinator.decide.same")).check();
  await coordinator.getByLabel(say("coordinator.first"), { exact: true }).check();
  await coordinator.getByLabel(say("coordinator.decide.reason")).fill("I rang both of them");
  await press(coordinator, "coordinator.decide.button");
  await expect(coordinator.getByText(like("coordinator.decide.joined"))).toBeVisible();

  // In the evening the teacher reads the second opinion, and who has seen the record and why.
  await goTo(teacher, `work.notes.${id}`);
  await expect(teacher.getByText("Two services are not enough here.")).toBeVisible();
  await goTo(teacher, `work.log.${id}`);
  await expect(teacher.getByText("Margaret Ashworth-Lowe", { exact: false }).first()).toBeVisible();
  await expect(teacher.getByText(say("work.log.why", { reason: WHY_SHE_LOOKS })).first()).toBeVisible();
  await expect(teacher.getByText("Tomasz Bielak", { exact: false }).first()).toBeVisible();
  // One child's join opens nothing: each still reads what they did, and no more.
  await goTo(nurse, `work.version.${id}.1`);
  await expect(nurse.getByRole("alert")).toBeVisible();
  for (const text of [...HOME, "Two services"]) expect(await all(nurse)).not.toContain(text);
});
