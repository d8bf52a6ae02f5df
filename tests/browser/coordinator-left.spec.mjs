// The coordinator's pages that are left or hidden while a change is on its way, and reasons that could not be sent.

import { AMELIA, ask, expect, goTo, join, link, press, send, test, titled, toList } from "./demo_people.mjs";
import { delayed, storedFields } from "./delayed.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(180_000);

/** Hides the page from the family, or shows it again. */
const turn = (page) => page.locator('[id="privacy-switch"]').click();
const isHidden = (page) => expect(page.getByText(say("mode.whole"))).toBeVisible();

test("a reason that could not be sent is there again, and one that was sent is kept no longer", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  for (let number = 0; number < 3; number += 1) await send(teacher, AMELIA);
  const { pairs } = (await ask(coordinator, "GET", "duplicates")).body;
  const [one, other] = [pairs[0].one.id, pairs[0].other.id];
  const isKept = (text) => expect.poll(() => storedFields(coordinator)).toContain(text);
  const isGone = (text) => expect.poll(() => storedFields(coordinator)).not.toContain(text);
  /** The server is out of reach for this, my work is left and opened again, and then it is in reach. */
  const outOfReach = async (at, name, act) => {
    await coordinator.route(at, (route) => route.abort());
    await act();
    await expect(coordinator.getByText(say("work.failed.offline"))).toBeVisible();
    await turn(coordinator);
    await isHidden(coordinator);
    await turn(coordinator);
    await titled(coordinator, `work.title.${name}`);
    await coordinator.unroute(at);
  };

  await goTo(coordinator, `work.coordinator.pair.${one}.${other}`);
  const why = coordinator.getByLabel(say("coordinator.decide.reason"));
  const decide = async () => {
    await coordinator.getByLabel(say("coordinator.decide.same")).check();
    await coordinator.getByLabel(say("coordinator.first"), { exact: true }).check();
    await press(coordinator, "coordinator.decide.button");
  };
  await why.fill("zebra-lantern knows her");
  await isKept("zebra-lantern");
  await outOfReach(/\/merges$/, "pair", decide);
  await expect(why).toHaveValue("zebra-lantern knows her");
  await decide();
  await expect(coordinator.getByText(like("coordinator.decide.joined"))).toBeVisible();
  await isGone("zebra-lantern");

  await link(coordinator, say("coordinator.joined.open")).click();
  await titled(coordinator, "work.title.person");
  const reason = coordinator.getByLabel(say("coordinator.apart.reason"));
  await press(coordinator, "coordinator.apart");
  await reason.fill("zebra-lantern was wrong");
  await isKept("zebra-lantern");
  await outOfReach(/\/merges\/[^/]+$/, "person", () => press(coordinator, "coordinator.apart.button"));
  await press(coordinator, "coordinator.apart");
  await expect(reason).toHaveValue("zebra-lantern was wrong");
  await press(coordinator, "coordinator.apart.button");
  await expect(coordinator.getByText(say("coordinator.apart.done"))).toBeVisible();
  await isGone("zebra-lantern");

  await toList(coordinator, "register");
  const what = coordinator.getByLabel(say("coordinator.export.reason"));
  const open = () => coordinator.locator("summary", { hasText: say("coordinator.export") }).click();
  await open();
  await what.fill("zebra-lantern meets");
  await isKept("zebra-lantern");
  await outOfReach(/\/register\/export/, "register", () => press(coordinator, "coordinator.export.button"));
  await open();
  await expect(what).toHaveValue("zebra-lantern meets");
  const downloading = coordinator.waitForEvent("download");
  await press(coordinator, "coordinator.export.button");
  await downloading;
  await expect(coordinator.getByText(say("coordinator.export.done"))).toBeVisible();
  await expect(what).toHaveValue("");
  await expect(coordinator.getByText(say("coordinator.export.needed"))).toHaveCount(0);
  await isGone("zebra-lantern");
});

test("the coordinator's pages can be left while a change is on its way", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  for (let number = 0; number < 3; number += 1) await send(teacher, AMELIA);
  const { pairs } = (await ask(coordinator, "GET", "duplicates")).body;
  const [one, other] = [pairs[0].one.id, pairs[0].other.id];
  expect(await join(coordinator, one, other)).toBe(201);

  // My work is hidden when it turns out that the decision comes too late.
  const third = pairs.flatMap((pair) => [pair.one.id, pair.other.id]).find((id) => id !== one && id !== other);
  await goTo(coordinator, `work.coordinator.person.${one}`);
  await titled(coordinator, "work.title.person");
  await press(coordinator, "coordinator.apart");
  await coordinator.getByLabel(say("coordinator.apart.reason")).fill("zebra-lantern was wrong");
  let change = await delayed(coordinator, /\/merges\/[^/]+$/);
  await press(coordinator, "coordinator.apart.button");
  await change.came;
  expect(await join(coordinator, one, third)).toBe(201);
  await turn(coordinator);
  await isHidden(coordinator);
  expect(await change.letGo()).toBeGreaterThanOrEqual(400);
  await turn(coordinator);
  await titled(coordinator, "work.title.person");
  expect(change.wrong).toEqual([]);

  // Two joins can be opened at once, and no two things on the page are called the same.
  const apart = coordinator.getByRole("button", { name: say("coordinator.apart"), exact: true });
  for (const left of [1, 0]) {
    await apart.first().click();
    await expect(apart).toHaveCount(left);
  }
  const reasons = coordinator.getByLabel(say("coordinator.apart.reason"));
  await expect(reasons).toHaveCount(2);
  await expect(reasons.nth(1)).toHaveValue("zebra-lantern was wrong");
  const ids = await coordinator.evaluate(() => [...document.querySelector("common-assessment").shadowRoot.querySelectorAll("[id]")].map(({ id }) => id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);

  // Another page of my work is open when the records are two again.
  await reasons.nth(0).fill("They are cousins");
  change = await delayed(coordinator, /\/merges\/[^/]+$/);
  await coordinator.getByRole("button", { name: say("coordinator.apart.button"), exact: true }).first().click();
  await change.came;
  await link(coordinator, say("work.title.duplicates")).click();
  await titled(coordinator, "work.title.duplicates");
  expect(await change.letGo()).toBeLessThan(300);
  await expect.poll(() => storedFields(coordinator)).not.toContain("They are cousins");
  expect(await storedFields(coordinator)).toContain("zebra-lantern was wrong");

  // The download is refused while my work is hidden, and again while another page is open.
  await toList(coordinator, "register");
  await coordinator.locator("summary", { hasText: say("coordinator.export") }).click();
  await coordinator.getByLabel(say("coordinator.export.reason")).fill("the meeting");
  let letGo;
  const gate = new Promise((done) => (letGo = done));
  await coordinator.route(/\/register\/export/, async (route) => {
    await gate;
    await route.abort();
  });
  const asked = coordinator.waitForRequest(/\/register\/export/);
  await press(coordinator, "coordinator.export.button");
  const failed = coordinator.waitForEvent("requestfailed");
  await asked;
  await turn(coordinator);
  await isHidden(coordinator);
  letGo();
  await failed;
  await turn(coordinator);
  await titled(coordinator, "work.title.register");
  await toList(coordinator, "duplicates");
  expect(change.wrong).toEqual([]);
});
