// Two records of one child become one, played by people of the demo: a coordinator makes one part of the other, what comes late
// for it is marked until somebody has looked, and the coordinator undoes it. SHOTS=<folder> keeps pictures.

import { AMELIA, ask, expect, goTo, join, link, look, press, send, test, titled } from "./demo_people.mjs";
import { cases } from "./journey.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(180_000);

const own = async (page) => (await ask(page, "GET", "episodes")).body.episodes[0].id;
/** What has been done is on the page, beside being said aloud. */
const done = (page, key) => expect(page.locator("p.govuk-inset-text", { hasText: say(key) })).toBeVisible();
const record = async (page, id) => (await ask(page, "GET", `episodes/${id}`)).body;

test("a coordinator joins two records of a child, what comes late is looked at, and it is undone (A4, A6)", async ({ someone }) => {
  const [teacher, visitor, coordinator] = [await someone("teacher"), await someone("health-visitor"), await someone("coordinator")];
  const reference = await send(teacher, AMELIA);
  await send(visitor, AMELIA);
  const [kept, merged] = [await own(teacher), await own(visitor)];
  const first = (await ask(visitor, "GET", `episodes/${merged}/versions`)).body.versions[0].id;

  // Until it was settled that it is one child, there is nothing to join.
  await goTo(coordinator, `work.join.${merged}`);
  await titled(coordinator, "work.title.join");
  await expect(coordinator.getByText(say("work.join.none"))).toBeVisible();
  await look(coordinator, "no other record");
  const people = [(await record(coordinator, kept)).child, (await record(coordinator, merged)).child];
  expect(await join(coordinator, ...people)).toBe(201);

  // From the child's page to both records.
  await goTo(coordinator, `work.coordinator.person.${people[0]}`);
  await expect(coordinator.getByText(say("coordinator.person.records"))).toBeVisible();
  for (const number of ["1", "2"]) await expect(link(coordinator, say("coordinator.person.record", { number }))).toBeVisible();
  await look(coordinator, "a child with several records");
  await goTo(coordinator, `work.episode.${merged}`);
  await link(coordinator, say("work.title.join")).click();
  await titled(coordinator, "work.title.join");
  const other = coordinator.getByLabel(new RegExp(`^${reference}`));
  await expect(other).toBeVisible();
  await press(coordinator, "work.title.join");
  await expect(coordinator.getByText(say("work.join.into.needed"))).toBeVisible();
  await look(coordinator, "which record stays, nothing chosen");
  await other.check();
  await press(coordinator, "work.title.join");
  await expect(coordinator.getByText(say("work.join.again"))).toBeVisible();
  await look(coordinator, "joining is asked once more");
  expect((await record(coordinator, merged)).shown.state, "one press does nothing").toBe("shared");
  await press(coordinator, "work.after.sure");
  await done(coordinator, "work.join.done");
  await look(coordinator, "joined");
  await goTo(coordinator, `work.episode.${merged}`);
  await expect(coordinator.getByText(say("work.state.merged"))).toBeVisible();
  await look(coordinator, "a record that is part of another");
  await link(coordinator, say("work.merged.open")).click();
  await expect(coordinator.getByText(reference).first()).toBeVisible();

  // The health visitor's device was offline.
  await goTo(teacher, `work.episode.${kept}`);
  await titled(teacher, "work.title.episode");
  await expect(teacher.getByText(reference).first()).toBeVisible();
  await expect(teacher.getByText(say("work.late"))).toBeHidden();
  const answers = structuredClone(cases["toddler-with-speech-delay"].answers);
  const late = { form_version: "caf-2026.3", answers, episode: { id: merged, started_from: first, kind: "new_version", reason: "zebra-lantern rang" } };
  expect((await ask(visitor, "POST", "assessments", late, { "idempotency-key": "late" })).status).toBe(201);
  await goTo(teacher, `work.episode.${kept}`);
  await expect(teacher.getByText(say("work.late"))).toBeVisible();
  await expect(teacher.getByText(say("work.kind.late_amendment", { reason: "zebra-lantern rang" }))).toBeVisible();
  await look(teacher, "something came late");
  await link(teacher, say("work.title.look")).click();
  await titled(teacher, "work.title.look");
  await look(teacher, "say that it was looked at");
  await press(teacher, "work.title.look");
  await done(teacher, "work.look.done");
  await goTo(teacher, `work.episode.${kept}`);
  await expect(teacher.getByText(reference).first()).toBeVisible();
  await expect(teacher.getByText(say("work.late"))).toBeHidden();

  await goTo(coordinator, `work.episode.${merged}`);
  await link(coordinator, say("work.title.apart")).click();
  await titled(coordinator, "work.title.apart");
  await expect(coordinator.getByText(like("work.apart.until"))).toBeVisible();
  await press(coordinator, "work.title.apart");
  await look(coordinator, "apart is asked once more");
  await press(coordinator, "work.after.sure");
  await done(coordinator, "work.apart.done");
  expect((await record(visitor, merged)).shown.state).toBe("shared");
});

test("the log of a record and of everyone is shown for one day", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  await send(teacher, AMELIA);
  const today = cases["toddler-with-speech-delay"].today.split("-").map(Number);
  const id = await own(teacher);
  const boxes = async (page, [year, month, day]) => {
    for (const [label, value] of [["date.day", day], ["date.month", month], ["date.year", year]])
      await page.getByLabel(say(label), { exact: true }).fill(String(value));
    await press(page, "work.log.day.show");
  };
  for (const [page, place, none] of [
    [teacher, `work.log.${id}`, "work.log.none"],
    [coordinator, "work.coordinator.trail", "coordinator.trail.none"],
  ]) {
    await goTo(page, place);
    const rows = page.locator(".ca-drafts__item");
    await expect(rows.first()).toBeVisible();
    await page.locator("summary", { hasText: say("work.log.day") }).click();
    await boxes(page, [today[0] - 1, today[1], today[2]]);
    await expect(page.getByText(say(none))).toBeVisible();
    await expect(rows).toHaveCount(0);
    await look(page, `a day without entries ${place.split(".")[1]}`);
    await boxes(page, today);
    await expect(rows.first()).toBeVisible();
    await boxes(page, [today[0], 13, 40]);
    await expect(page.getByText(say("work.log.day.wrong"))).toBeVisible();
    await expect(rows.first()).toBeVisible();
    await look(page, `a day that is none ${place.split(".")[1]}`);
    await boxes(page, ["", "", ""]);
    await expect(rows.first()).toBeVisible();
    await expect(page.getByText(say("work.log.day.wrong"))).toBeHidden();
  }
});
