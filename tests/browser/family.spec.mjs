// The family of a child, played by people of the demo: what was typed is proposed, somebody who works with both children says
// what is so, another who does not sees nothing of it, and two who change it at once are told. SHOTS=<folder> keeps pictures.

import { AMELIA, all, ask, expect, goTo, link, look, press, send, test, titled } from "./demo_people.mjs";
import { say } from "./words.mjs";

test.setTimeout(180_000);

const BEN = { ...AMELIA, given_names: "Benedict", dob: "2017-02-03" };

const episodes = async (page) => (await ask(page, "GET", "episodes")).body.episodes;
/** The id of the episode of the child of that name. */
const own = async (page, name) => (await episodes(page)).find((one) => one.shown?.child_name === name || one.child_name === name).id;
const families = (page, child) => ask(page, "GET", `people/${child}/families`);

test("what was typed is proposed, a person says what is so, and a stranger to one of two sees nothing of it (B40)", async ({ someone }) => {
  const [teacher, visitor] = [await someone("teacher"), await someone("health-visitor")];
  await send(teacher, AMELIA);
  await send(teacher, BEN);
  const [amelia, ben] = [await own(teacher, "Amelia Hart"), await own(teacher, "Benedict Hart")];
  const child = (await ask(teacher, "GET", `episodes/${amelia}`)).body.child;

  await goTo(teacher, `work.episode.${amelia}`);
  await titled(teacher, "work.title.episode");
  await teacher.getByRole("link", { name: say("work.title.families"), exact: true }).click();
  await titled(teacher, "work.title.families");
  await expect(teacher.getByText(say("work.family.none"))).toBeVisible();
  const brother = teacher.getByLabel(/^Benedict Hart/);
  await expect(brother).toBeVisible();
  await look(teacher, "a family that nobody has confirmed");
  expect((await families(teacher, child)).body.families, "nothing is linked by itself").toEqual([]);

  await press(teacher, "work.family.may_be.add");
  await expect(teacher.getByText(say("work.family.may_be.needed"))).toBeVisible();
  await brother.check();
  await press(teacher, "work.family.may_be.add");
  await expect(link(teacher, new RegExp(`^${say("work.family.record")}`))).toBeVisible();
  await look(teacher, "a family with a brother");

  // Somebody else, by name. What is missing is said, and nothing goes before.
  await press(teacher, "work.family.add.button");
  await expect(teacher.getByText(say("work.family.name.needed"))).toBeVisible();
  await teacher.getByLabel(say("work.family.name"), { exact: true }).fill("Ida Invented");
  await teacher.getByLabel(say("work.family.relationship", { name: "Amelia Hart" })).selectOption("grandparent");
  await teacher.getByLabel(say("work.family.keep.ordinary")).last().check();
  await teacher.getByRole("group", { name: say("work.family.which") }).last().getByRole("radio").first().check();

  // Meanwhile a colleague has added somebody.
  const { tag, body } = await families(teacher, child);
  const other = { family: body.families[0].id, add: [{ name: "Otto Invented", relationship: "aunt_uncle" }] };
  expect((await ask(teacher, "POST", `people/${child}/families`, other, { "if-match": tag })).status).toBe(200);
  await press(teacher, "work.family.add.button");
  await expect(teacher.getByText(say("work.family.changed"))).toBeVisible();
  await expect(teacher.getByText(say("work.family.changed.in", { names: "Otto Invented" }))).toBeVisible();
  await look(teacher, "somebody else changed the family");
  await expect(teacher.getByLabel(say("work.family.name"), { exact: true })).toHaveValue("Ida Invented");
  await press(teacher, "work.family.add.button");
  await expect(teacher.getByText("Ida Invented", { exact: true }).first()).toBeVisible();

  // Taking somebody out asks why.
  await teacher.getByRole("button", { name: `${say("work.family.leave")} Otto Invented` }).click();
  await press(teacher, "work.family.end");
  await expect(teacher.getByText(say("work.family.why.needed"))).toBeVisible();
  await look(teacher, "taking somebody out of a family");
  await teacher.getByLabel(say("work.family.why.leave", { name: "Otto Invented" })).fill("zebra-lantern was another child");
  await press(teacher, "work.family.end");
  await expect(teacher.getByText("Otto Invented")).toHaveCount(0);

  // From the brother's record the same family, and to his sister.
  await link(teacher, new RegExp(`^${say("work.family.record")}`)).click();
  await titled(teacher, "work.title.episode");
  await expect(teacher.getByText("Benedict Hart").first()).toBeVisible();
  await goTo(teacher, `work.families.${ben}`);
  await expect(teacher.getByText("Amelia Hart", { exact: true }).first()).toBeVisible();

  // Who is let into one of the two sees the other nowhere.
  const { tag: revision } = await ask(teacher, "GET", `episodes/${amelia}`);
  const member = {
    issuer: "urn:common-assessment:demo", subject: "health-visitor", organisation: "Aire Valley Health Visiting", role: "practitioner",
    sections: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], up_to: "ordinary", until: null, is_covered: true,
  };
  const invited = await ask(teacher, "POST", `episodes/${amelia}/members`, member, { "if-match": revision });
  expect(invited.status, JSON.stringify(invited.body)).toBeLessThan(300);
  await goTo(visitor, `work.families.${amelia}`);
  await titled(visitor, "work.title.families");
  await expect(visitor.getByText("Ida Invented", { exact: true }).first()).toBeVisible();
  expect(await all(visitor)).not.toContain("Benedict");
  expect(JSON.stringify((await families(visitor, child)).body)).not.toContain("Benedict");
  await look(visitor, "a family without a record that must not be known of");
});

test("two who are there are related, fewer people may know of one, and ticks outlive a change by somebody else", async ({ someone }) => {
  const teacher = await someone("teacher");
  await send(teacher, AMELIA);
  await send(teacher, BEN);
  const amelia = await own(teacher, "Amelia Hart");
  const child = (await ask(teacher, "GET", `episodes/${amelia}`)).body.child;
  await goTo(teacher, `work.families.${amelia}`);
  await titled(teacher, "work.title.families");
  const brother = teacher.getByLabel(/^Benedict Hart/);
  await brother.check();

  // Meanwhile a colleague has begun the family.
  const { tag } = await families(teacher, child);
  const otto = { add: [{ name: "Otto Invented", relationship: "aunt_uncle" }, { name: "Ida Invented", relationship: "grandparent" }] };
  expect((await ask(teacher, "POST", `people/${child}/families`, otto, { "if-match": tag })).status).toBe(200);
  await press(teacher, "work.family.may_be.add");
  await expect(teacher.getByText(say("work.family.changed"))).toBeVisible();
  await expect(brother, "what was ticked is ticked").toBeChecked();
  await look(teacher, "ticks after somebody else changed the family");
  await teacher.getByRole("group", { name: say("work.family.which") }).first().getByRole("radio").first().check();
  await press(teacher, "work.family.may_be.add");
  await expect(link(teacher, new RegExp(`^${say("work.family.record")}`))).toBeVisible();

  // How two are related who are there already.
  const [person, is, to] = ["person", "is", "to"].map((part) => teacher.getByLabel(say(`work.family.relate.${part}`), { exact: true }));
  await press(teacher, "work.family.relate.button");
  await expect(teacher.getByText(say("work.family.relate.person.needed"))).toBeVisible();
  await person.selectOption({ label: "Otto Invented" });
  await is.selectOption("mother");
  await to.selectOption({ label: "Otto Invented" });
  await press(teacher, "work.family.relate.button");
  await expect(teacher.getByText(say("work.family.relate.same"))).toBeVisible();
  await to.selectOption({ label: "Ida Invented" });
  await press(teacher, "work.family.relate.button");
  const said = (name) => teacher.getByText(new RegExp(`^Mother of ${name}`));
  await expect(said("Ida Invented")).toBeVisible();

  // What cannot be is said of its line, with a way to the field.
  await person.selectOption({ label: "Ida Invented" });
  await is.selectOption("mother");
  await to.selectOption({ label: "Otto Invented" });
  await press(teacher, "work.family.relate.button");
  const summary = teacher.getByRole("alert").filter({ hasText: say("error.heading") });
  await expect(summary).toBeVisible();
  await look(teacher, "a relationship that cannot be");
  await summary.getByRole("link", { name: new RegExp(say("work.family.wrong.parent-of-each-other").slice(0, 30)) }).click();
  await expect(is).toBeFocused();

  // Fewer people may know that somebody belongs to it.
  await teacher.getByRole("button", { name: new RegExp(`^${say("work.family.closer")} ?: Otto Invented$`) }).click();
  await press(teacher, "work.family.end");
  await expect(teacher.getByText(say("work.family.keep.needed"))).toBeVisible();
  await look(teacher, "fewer people may know of a member");
  await teacher.getByLabel(say("work.family.keep.confidential")).check();
  await press(teacher, "work.family.end");
  await expect(teacher.getByText(say("work.family.closely.confidential")).first()).toBeVisible();
  const { body } = await families(teacher, child);
  const members = body.families.flatMap((one) => one.members);
  expect(members.find((one) => one.name === "Otto Invented").protection).toBe("confidential");
});
