// Somebody whose account is closed while they owe actions of a plan: they are still named, looking gives nothing to anybody, and
// what they owe is in the list of the one who leads until a person has chosen who does it (B15).

import { ask, expect, goTo, look, test, titled, toWork } from "./demo_people.mjs";
import { begun, field, FIVE, letIn, put, record, savedAt } from "./team.mjs";
import { say } from "./words.mjs";

test.setTimeout(120_000);

const GONE = "Bernadette Oyelaran";
const HEALTH = "Aire Valley Health Visiting";
const owner = (page, row) => field(page, `outcomes[0].actions[${row}].who`);
const count = (key, count) => say(key, { count: String(count) });

test("who has left is still named with what they owe, until a person chooses somebody else (B15, case_b15)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  // They have to have signed in once to be known by name.
  await someone("health-visitor");
  await letIn(teacher, id, "health-visitor", HEALTH, "practitioner");
  const { members } = (await ask(teacher, "GET", `episodes/${id}/members`)).body;
  const them = members.find(({ name }) => name === GONE);
  const actions = FIVE.outcomes[0].actions.map((one, at) => (at === 0 ? one : { ...one, who: GONE, who_ref: them.id }));
  await put(teacher, id, "plan", 1, 0, { ...FIVE, outcomes: [{ ...FIVE.outcomes[0], actions }] });

  // Before: the team's page says how many.
  await goTo(teacher, `work.team.${id}`);
  await titled(teacher, "work.title.team");
  await expect(teacher.getByText(count("work.team.owes", 4))).toBeVisible();
  const due = teacher.waitForResponse((reply) => reply.url().includes("/me/due?"));
  await toWork(teacher);
  // The record is in the list, and what it owes is known.
  await expect(teacher.getByRole("link", { name: "Amelia Hart" }).first()).toBeVisible();
  await (await due).finished();
  await teacher.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await expect(teacher.getByText(count("work.owner", 4))).toHaveCount(0);

  // Their account is closed, which says what they owe.
  const coordinator = await someone("coordinator");
  const { staff } = (await ask(coordinator, "GET", "staff")).body;
  const { id: account } = staff.find(({ name }) => name === GONE);
  const closed = await ask(coordinator, "POST", `staff/${account}/shut-out`, { reason: "Left on Friday." });
  expect(closed.body, JSON.stringify(closed)).toMatchObject({ open_actions: 4, episodes: 1 });

  // In my work of the one who leads, and on the team's page.
  await toWork(teacher);
  const owed = teacher.getByRole("link", { name: count("work.owner", 4) });
  await expect(owed).toBeVisible();
  await look(teacher, "my work with actions that need another owner");
  await goTo(teacher, `work.team.${id}`);
  await titled(teacher, "work.title.team");
  await expect(teacher.getByText(say("work.team.left", { name: `${GONE}, ${HEALTH}` }))).toBeVisible();
  await expect(teacher.getByText(count("work.team.owes.left", 4))).toBeVisible();
  await look(teacher, "a team with somebody who has left and owes four actions");

  // Looking at one action and then at another gives nothing to anybody.
  await toWork(teacher);
  await owed.click();
  await titled(teacher, "work.title.plan");
  await expect(owner(teacher, 1)).toHaveValue(GONE);
  await expect(teacher.getByText(say("team.has_left", { name: GONE })).first()).toBeVisible();
  await look(teacher, "a plan with actions of somebody who has left");
  await teacher.reload();
  await expect(owner(teacher, 0)).toHaveValue("Priya Raman");
  await expect(owner(teacher, 1)).toHaveValue(GONE);
  // A new day changes the day alone.
  const day = field(teacher, "outcomes[0].actions[1].by_when");
  await day.fill("18");
  await expect(savedAt(teacher)).toBeVisible();
  await expect.poll(async () => (await record(teacher, id)).record.outcomes[0].actions[1].by_when).toBe("2027-01-18");
  const { record: stored } = await record(teacher, id);
  expect(stored.outcomes[0].actions.map(({ who }) => who)).toEqual(["Priya Raman", GONE, GONE, GONE, GONE]);

  // Who is chosen takes it off the list.
  await owner(teacher, 1).fill("Priya Raman");
  await expect.poll(async () => (await record(teacher, id)).record.outcomes[0].actions[1].who).toBe("Priya Raman");
  await toWork(teacher);
  await expect(teacher.getByRole("link", { name: count("work.owner", 3) })).toBeVisible();
});
