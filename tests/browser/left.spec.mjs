// Pages about a record that are left, hidden or locked while a change is on its way: the form goes on, and nothing is sent
// twice or lost. A double-click answers nothing, and what is typed about one person is not for another.

import { AMELIA, ask, expect, goTo, press, send, test, titled } from "./demo_people.mjs";
import { delayed, storedFields } from "./delayed.mjs";
import { say } from "./words.mjs";

test.setTimeout(120_000);

const YOUTH = "Kirkstall Youth Project";
const HEALTH = "Aire Valley Health Visiting";
const link = (page, key) => page.getByRole("link", { name: say(key), exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const said = (page, key) => expect(page.getByText(say(key)).first()).toBeVisible();

/** Sends the story, and gives the id of its record. */
async function record(page) {
  await send(page, AMELIA);
  return (await ask(page, "GET", "episodes")).body.episodes[0].id;
}

/** Adds something to a record over HTTP. */
async function add(page, id, rest, body) {
  const tag = await page.evaluate(async (id) => (await fetch(`/api/v1/episodes/${id}`)).headers.get("etag"), id);
  const reply = await ask(page, "POST", `episodes/${id}/${rest}`, body, { "if-match": tag });
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300);
}

/** Opens a page about a record from the record. */
async function toStep(page, id, step) {
  await goTo(page, `work.episode.${id}`);
  await link(page, `work.title.${step}`).click();
  await titled(page, `work.title.${step}`);
}

/** Hides the page from the family, or shows it again. */
const turn = (page) => page.locator('[id="privacy-switch"]').click();
const isHidden = (page) => expect(page.getByText(say("mode.whole"))).toBeVisible();

test("a page, and my work as a whole, can be left while a change is on its way, and nothing is sent twice", async ({ someone }) => {
  const teacher = await someone("teacher");
  const id = await record(teacher);
  const words = teacher.getByLabel(say("work.note.words"));
  const notes = teacher.locator(".ca-typed");
  const addHeld = async (text) => {
    await words.fill(text);
    await expect.poll(() => storedFields(teacher)).toContain(text);
    const change = await delayed(teacher, /\/notes$/);
    await press(teacher, "work.note.add");
    await change.came;
    return change;
  };
  await toStep(teacher, id, "notes");

  // Another page of my work is open when the answer comes.
  let change = await addHeld("His aunt rang.");
  await link(teacher, "work.back.episode").click();
  await titled(teacher, "work.title.episode");
  expect(await change.letGo()).toBeLessThan(300);
  await link(teacher, "work.title.notes").click();
  await titled(teacher, "work.title.notes");
  await expect(notes).toHaveText("His aunt rang.");
  await expect(words).toHaveValue("");
  await expect.poll(() => storedFields(teacher)).not.toContain("His aunt rang.");
  expect(change.wrong).toEqual([]);

  // My work is hidden from the family when it comes.
  change = await addHeld("His mother rang.");
  await turn(teacher);
  await isHidden(teacher);
  expect(await change.letGo()).toBeLessThan(300);
  await expect.poll(() => storedFields(teacher)).not.toContain("His mother rang.");
  await turn(teacher);
  await titled(teacher, "work.title.notes");
  await expect(notes).toHaveText(["His aunt rang.", "His mother rang."]);
  await expect(words).toHaveValue("");
  expect(change.wrong).toEqual([]);

  // My work is hidden and open again when it comes, with the words in their field, and more was typed in another one.
  change = await addHeld("His nursery rang.");
  await turn(teacher);
  await isHidden(teacher);
  await turn(teacher);
  await titled(teacher, "work.title.notes");
  await expect(words).toHaveValue("His nursery rang.");
  expect(await change.letGo()).toBeLessThan(300);
  await expect(words).toHaveValue("");
  await expect.poll(() => storedFields(teacher)).not.toContain("His nursery rang.");
  await teacher.reload();
  await titled(teacher, "work.title.notes");
  await expect(notes).toHaveCount(3);
  await expect(words).toHaveValue("");
  expect(change.wrong).toEqual([]);
});

test("what is typed while a note is on its way stays", async ({ someone }) => {
  const teacher = await someone("teacher");
  const id = await record(teacher);
  await toStep(teacher, id, "notes");
  const words = teacher.getByLabel(say("work.note.words"));
  await words.fill("His aunt rang.");
  const change = await delayed(teacher, /\/notes$/);
  await press(teacher, "work.note.add");
  await change.came;
  await words.fill("His aunt rang. She rings again at five.");
  expect(await change.letGo()).toBeLessThan(300);
  await said(teacher, "work.note.added");
  await expect(words).toHaveValue("His aunt rang. She rings again at five.");
});

test("the team's page can be left while somebody is let in, or their access ends", async ({ someone }) => {
  const teacher = await someone("teacher");
  // Who has signed in here is shown by name.
  await someone("youth-worker");
  const id = await record(teacher);
  const toTeam = async () => {
    await link(teacher, "work.title.team").click();
    await titled(teacher, "work.title.team");
  };
  const leave = async (change) => {
    await change.came;
    await link(teacher, "work.back.episode").click();
    await titled(teacher, "work.title.episode");
    expect(await change.letGo()).toBeLessThan(300);
    await toTeam();
    expect(change.wrong).toEqual([]);
  };
  await goTo(teacher, `work.episode.${id}`);
  await toTeam();
  await press(teacher, "work.invite");
  await teacher.getByLabel(/^Tomasz Bielak/).check();
  await teacher.getByLabel(say("section.identifying_details"), { exact: true }).check();
  await teacher.getByLabel(say("work.invite.covered")).check();
  await press(teacher, "work.invite.preview");
  let change = await delayed(teacher, /\/members$/);
  await press(teacher, "work.invite.button");
  await leave(change);
  // He is in, and what was typed to let him in is not there to be sent again.
  const end = teacher.getByRole("button", { name: `${say("work.team.end")} Tomasz Bielak` });
  await expect(end).toBeVisible();
  await expect(button(teacher, say("work.invite"))).toBeVisible();

  change = await delayed(teacher, /\/members\/[^/]+$/);
  await end.click();
  await teacher.getByRole("button", { name: say("work.team.end.sure") }).click();
  await leave(change);
  await expect(teacher.getByText("Tomasz Bielak").first()).toBeVisible();
  await expect(end).toHaveCount(0);
});

test("a double-click does not answer what it has just asked", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  await someone("youth-worker");
  const id = await record(teacher);
  const person = { issuer: "urn:common-assessment:demo", subject: "youth-worker", organisation: YOUTH };
  await add(teacher, id, "members", { ...person, role: "tac_member", sections: [0, 1], up_to: "ordinary", is_covered: true });
  const changes = [];
  for (const page of [teacher, coordinator]) {
    page.on("request", (request) => request.url().includes("/episodes/") && request.method() !== "GET" && changes.push(request.url()));
  }
  await goTo(teacher, `work.team.${id}`);
  await teacher.getByRole("button", { name: `${say("work.team.end")} Tomasz Bielak` }).dblclick();
  const sure = teacher.getByRole("button", { name: say("work.team.end.sure") });
  await expect(sure).toBeVisible();
  expect(changes).toEqual([]);
  // The keyboard answers as ever.
  await sure.press("Enter");
  await said(teacher, "work.team.ended");
  expect(changes).toHaveLength(1);

  await toStep(coordinator, id, "hand_over");
  await coordinator.getByLabel(HEALTH).check();
  await button(coordinator, say("work.title.hand_over")).dblclick();
  await expect(coordinator.getByRole("alert")).toContainText(HEALTH);
  await expect(button(coordinator, say("work.after.sure"))).toBeVisible();
  expect(changes).toHaveLength(1);
  await press(coordinator, "work.after.sure");
  await said(coordinator, "work.law.unknown-organisation");
});

test("a reason to let one know again is not offered for another", async ({ someone }) => {
  const teacher = await someone("teacher");
  const id = await record(teacher);
  for (const organisation of [YOUTH, HEALTH]) await add(teacher, id, "exclusions", { organisation });
  await toStep(teacher, id, "kept_out");
  const why = teacher.getByLabel(say("work.kept_out.again.why"));
  const choose = (organisation) =>
    button(teacher, `${say("work.kept_out.again")} ${say("work.kept_out.everybody", { organisation })}`).click();
  await choose(YOUTH);
  await why.fill("It was another project.");
  await choose(HEALTH);
  await expect(why).toHaveValue("");
  await why.fill("She has moved.");
  await press(teacher, "work.kept_out.again");
  await said(teacher, "work.kept_out.lifted");
  await choose(YOUTH);
  await expect(why).toHaveValue("It was another project.");
});
