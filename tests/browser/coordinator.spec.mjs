// The coordinator's pages: the register, duplicates to settle, and the access log of everyone; and that they are nobody
// else's.

import { readFile } from "node:fs/promises";

import { AMELIA, EMELIA, all, ask, expect, goTo, link, lives, look, press, send, test, titled, toList, toWork } from "./demo_people.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(180_000);

test("the register is read by area and state, page by page, and downloaded whole with a reason that each record's log has (B48)", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  await toList(coordinator, "register");
  await expect(coordinator.getByRole("heading", { name: say("coordinator.register.none") })).toBeVisible();
  await look(coordinator, "a register with nothing in it");

  await send(teacher, AMELIA);
  await send(teacher, { ...AMELIA, given_names: "=Zoë", family_name: "Quill", ...lives("2 Invented Row", "LS7 1AB") });
  for (let number = 0; number < 25; number += 1) {
    await send(teacher, { ...AMELIA, given_names: "Robin", family_name: `Wren${"abcdefghijklmnopqrstuvwxyz"[number]}`, ...lives("3 Invented Row", "YO1 7HH") });
  }
  const requests = [];
  coordinator.on("request", (request) => requests.push(request.url()));
  await toList(coordinator, "register");
  await expect(coordinator.getByRole("heading", { name: say("coordinator.register.some", { count: "25" }) })).toBeVisible();
  const names = coordinator.locator(".ca-drafts__name");
  await expect(names).toHaveCount(25);
  await look(coordinator, "a register");
  await press(coordinator, "work.more");
  await expect(names).toHaveCount(27);
  await expect(coordinator.locator("common-assessment :focus")).toContainText("Amelia Hart");

  await coordinator.getByLabel(say("coordinator.area"), { exact: true }).selectOption(say("coordinator.area.whole", { wedge: "West" }));
  await press(coordinator, "coordinator.show");
  await expect(coordinator.getByRole("heading", { name: say("coordinator.register.all", { count: "2" }) })).toBeVisible();
  await expect(coordinator.getByText(say("coordinator.in_area", { area: "The Mills" }))).toBeVisible();
  await coordinator.getByLabel(say("coordinator.area"), { exact: true }).selectOption("The Mills");
  await press(coordinator, "coordinator.show");
  await expect(names).toHaveCount(1);
  // Coming back from a record finds the same list.
  await names.click();
  await titled(coordinator, "work.title.episode");
  await coordinator.goBack();
  await titled(coordinator, "work.title.register");
  await expect(names).toHaveCount(1);
  await coordinator.getByLabel(say("coordinator.state"), { exact: true }).selectOption(say("work.state.closed"));
  await press(coordinator, "coordinator.show");
  await expect(coordinator.getByRole("heading", { name: say("coordinator.register.none") })).toBeVisible();
  await coordinator.getByLabel(say("coordinator.state"), { exact: true }).selectOption(say("coordinator.state.all"));
  await press(coordinator, "coordinator.show");
  await expect(names).toHaveCount(1);

  await coordinator.locator("summary", { hasText: say("coordinator.export") }).click();
  await press(coordinator, "coordinator.export.button");
  await expect(coordinator.getByText(say("coordinator.export.needed"))).toBeVisible();
  await expect(coordinator.getByLabel(say("coordinator.export.reason"))).toBeFocused();
  await coordinator.getByLabel(say("coordinator.export.reason")).fill("cluster meeting for Siân");
  await look(coordinator, "before a download");
  const downloading = coordinator.waitForEvent("download");
  await press(coordinator, "coordinator.export.button");
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("register.csv");
  const file = await readFile(await download.path(), "utf8");
  expect(file.startsWith("\ufeff")).toBe(true);
  expect(file.trim().split("\r\n").length).toBe(2);
  expect(file).toContain(`"'=Zoë Quill"`);
  await expect(coordinator.getByText(say("coordinator.export.done"))).toBeVisible();
  await look(coordinator, "after a download");

  const addresses = [coordinator.url(), ...requests.map(decodeURIComponent)].join();
  for (const text of ["Quill", "Amelia", "Siân", "meeting", "LS7"]) expect(addresses).not.toContain(text);
  await toList(coordinator, "trail");
  await expect(coordinator.getByText(say("work.log.why", { reason: "cluster meeting for Siân" })).first()).toBeVisible();
});

test("duplicates are settled by a person, with a reason, and can be taken apart; twins are told apart (A1, A5, A6)", async ({ someone }) => {
  const [teacher, nurse, coordinator] = [await someone("teacher"), await someone("health-visitor"), await someone("coordinator")];
  await toList(coordinator, "duplicates");
  await expect(coordinator.getByText(say("coordinator.duplicates.none"))).toBeVisible();
  await look(coordinator, "no duplicates");

  await send(teacher, { ...AMELIA, phones: ["0113 496 0001"] });
  await send(teacher, EMELIA);
  await send(nurse, { ...AMELIA, phones: ["0113 496 0002"] });
  await send(nurse, { ...AMELIA, given_names: "Amelie", family_name: "Hartley", ...lives("3 Invented Row", "LS6 1AB") });
  await toList(coordinator, "duplicates");
  const pairs = coordinator.locator("section.ca-group");
  // The same name first, then each of them with the twin. The neighbour is in none.
  await expect(pairs).toHaveCount(3);
  await expect(pairs.first()).not.toContainText("Emelia");
  for (const pair of [pairs.nth(1), pairs.nth(2)]) {
    await expect(pair).toContainText("Emelia Hart");
    await expect(pair).toContainText("It may be a twin");
  }
  const said = await all(coordinator);
  expect(said).not.toContain("Hartley");
  expect(said).not.toMatch(/is the same child|are the same child\.(?! )/);
  await look(coordinator, "duplicates");

  // Not before somebody has decided and said why.
  await pairs.first().getByRole("link").click();
  await titled(coordinator, "work.title.pair");
  await press(coordinator, "coordinator.decide.button");
  await expect(coordinator.getByText(say("coordinator.decide.needed"))).toBeVisible();
  await expect(coordinator.getByRole("radio", { checked: true })).toHaveCount(0);
  await look(coordinator, "a pair");
  await coordinator.getByLabel(say("coordinator.decide.same")).check();
  await press(coordinator, "coordinator.decide.button");
  await expect(coordinator.getByText(say("coordinator.decide.main.needed"))).toBeVisible();
  await coordinator.getByLabel(say("coordinator.first"), { exact: true }).check();
  await press(coordinator, "coordinator.decide.button");
  await expect(coordinator.getByText(say("coordinator.decide.reason.needed"))).toBeVisible();
  await expect(coordinator.getByLabel(say("coordinator.decide.reason"))).toBeFocused();
  await coordinator.getByLabel(say("coordinator.decide.reason")).fill("Both schools know her");
  await look(coordinator, "joining");
  await press(coordinator, "coordinator.decide.button");
  await expect(coordinator.getByText(like("coordinator.decide.joined"))).toBeVisible();
  await expect(coordinator.locator("common-assessment :focus")).toContainText(say("coordinator.decide.joined", { day: "23 December 2026" }));
  await look(coordinator, "joined");
  await link(coordinator, say("coordinator.joined.open")).click();
  await titled(coordinator, "work.title.person");
  await expect(coordinator.getByText(say("coordinator.join.made", { day: "23 November 2026", name: "Dewi Pritchard" }))).toBeVisible();

  // Undone, with a reason, at a second press.
  await press(coordinator, "coordinator.apart");
  await expect(coordinator.getByLabel(say("coordinator.apart.reason"))).toBeFocused();
  await press(coordinator, "coordinator.apart.button");
  await expect(coordinator.getByText(say("coordinator.apart.needed"))).toBeVisible();
  await coordinator.getByLabel(say("coordinator.apart.reason")).fill("They are cousins");
  await look(coordinator, "taking apart");
  await press(coordinator, "coordinator.apart.button");
  await expect(coordinator.locator("common-assessment :focus")).toContainText(say("coordinator.apart.done"));
  await expect(coordinator.getByText(say("coordinator.join.undone", { day: "23 November 2026", name: "Dewi Pritchard" }))).toBeVisible();
  await look(coordinator, "taken apart");

  await toList(coordinator, "trail");
  for (const reason of ["Both schools know her", "They are cousins"]) {
    await expect(coordinator.getByText(say("work.log.why", { reason })).first()).toBeVisible();
  }
  // A record that was joined is found again by the child's name, which is in no address.
  await toList(coordinator, "duplicates");
  await coordinator.locator("summary", { hasText: say("coordinator.find") }).click();
  await coordinator.getByLabel(say("work.search.label")).fill("Hart Amelia");
  await press(coordinator, "work.search.button");
  await coordinator.locator("details").getByRole("link", { name: "Amelia Hart" }).first().click();
  await titled(coordinator, "work.title.person");
  expect(coordinator.url()).not.toContain("Hart");
});

test("joins are taken apart last one first, and a refusal is in plain words (A6)", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  for (let number = 0; number < 3; number += 1) await send(teacher, AMELIA);
  const { pairs } = (await ask(coordinator, "GET", "duplicates")).body;
  const [a, b] = [pairs[0].one.id, pairs[0].other.id];
  const c = pairs.flatMap(({ one, other }) => [one.id, other.id]).find((id) => id !== a && id !== b);
  const join = async (kept, merged) => {
    const { revision } = await coordinator.evaluate(async (id) => {
      const reply = await fetch(`/api/v1/people/${id}`);
      return { revision: reply.headers.get("etag") };
    }, kept);
    return (await ask(coordinator, "POST", `people/${kept}/merges`, { merged }, { "if-match": revision })).status;
  };
  expect(await join(b, c)).toBe(201);
  await goTo(coordinator, `work.coordinator.person.${b}`);
  await titled(coordinator, "work.title.person");
  await press(coordinator, "coordinator.apart");
  await coordinator.getByLabel(say("coordinator.apart.reason")).fill("Out of order");
  // Somebody joins it with another one meanwhile.
  expect(await join(a, b)).toBe(201);
  await press(coordinator, "coordinator.apart.button");
  await expect(coordinator.locator("common-assessment :focus")).toContainText("Take that join back first.");
  await expect(coordinator.getByLabel(say("coordinator.apart.reason"))).toHaveValue("Out of order");
  await look(coordinator, "out of order");
});

test("two valid numbers that differ are evidence against, and blank ones are not compared (A2)", async ({ someone }) => {
  const [teacher, nurse, coordinator] = [await someone("teacher"), await someone("health-visitor"), await someone("coordinator")];
  await send(teacher, { ...AMELIA, nhs_number: "999 000 1006" });
  await send(nurse, { ...AMELIA, nhs_number: "999 000 0018" });
  await send(teacher, { ...AMELIA, given_names: "Josef", family_name: "Blank", dob: "2015-01-02", ...lives("8 Far Lane", "LS7 1AB") });
  await send(nurse, { ...AMELIA, given_names: "Mina", family_name: "Nobody", dob: "2013-03-04", ...lives("9 Near Lane", "YO1 7HH") });
  await toList(coordinator, "duplicates");
  const pairs = coordinator.locator("section.ca-group");
  await expect(pairs).toHaveCount(1);
  await expect(pairs).toContainText("Each has a NHS number, and they are not the same");
  await look(coordinator, "different numbers");
});

test("not the same child holds on both sides, and somebody in between is told (A7)", async ({ someone }) => {
  const [teacher, nurse, coordinator] = [await someone("teacher"), await someone("health-visitor"), await someone("coordinator")];
  await send(teacher, AMELIA);
  await send(nurse, EMELIA);
  const other = await someone("coordinator");
  for (const page of [coordinator, other]) {
    await toList(page, "duplicates");
    await page.locator("section.ca-group").getByRole("link").click();
    await titled(page, "work.title.pair");
    await page.getByLabel(say("coordinator.decide.not_same")).check();
    await page.getByLabel(say("coordinator.decide.reason")).fill("Twins, says their nursery");
  }
  await press(coordinator, "coordinator.decide.button");
  await expect(coordinator.locator("common-assessment :focus")).toContainText(say("coordinator.decide.apart"));
  await look(coordinator, "kept apart");
  await link(coordinator, say("coordinator.decide.next")).click();
  await expect(coordinator.getByText(say("coordinator.duplicates.none"))).toBeVisible();
  // The one who was slower finds that it is settled.
  await other.reload();
  await expect(other.getByText(say("coordinator.pair.settled"))).toBeVisible();
  await look(other, "settled meanwhile");
});

test("the access log of everyone shows each entry once, page by page, also while others work (A10)", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  for (let number = 0; number < 30; number += 1) await send(teacher, AMELIA);
  await toList(coordinator, "trail");
  const entries = coordinator.locator("[data-entry]");
  await expect(entries).toHaveCount(25);
  await look(coordinator, "the access log of everyone");
  await send(teacher, EMELIA);
  const more = coordinator.getByRole("button", { name: say("work.log.more") });
  while (await more.count()) {
    const before = await entries.count();
    await more.click();
    await expect.poll(() => entries.count()).toBeGreaterThan(before);
  }
  const numbers = (await entries.evaluateAll((all) => all.map((entry) => Number(entry.dataset.entry))));
  expect(numbers).toEqual(numbers.map((_, index) => numbers[0] - index));
  expect(numbers.at(-1)).toBe(1);
  expect(await all(coordinator)).not.toContain("Hart");
});

test("somebody whose role does not allow it is shown none of these pages, and the server refuses them", async ({ someone }) => {
  const [teacher, auditor] = [await someone("teacher"), await someone("auditor")];
  await send(teacher, AMELIA);
  const routes = ["register", "register/export", "duplicates", "audit", "audit/looks"];
  const places = ["register", "duplicates", "person.4000-a", "pair.a.b", "trail"];
  for (const person of ["teacher", "safeguarding-lead", "health-visitor", "duty-and-advice"]) {
    const page = person === "teacher" ? teacher : await someone(person);
    const parts = [];
    page.on("request", (request) => request.url().includes("common-assessment-coordinator") && parts.push(request.url()));
    for (const route of routes) expect((await ask(page, "GET", route)).status, `${person} ${route}`).toBe(403);
    await toWork(page);
    await link(page, say("work.title.own")).waitFor();
    for (const name of ["register", "duplicates", "trail"]) await expect(link(page, say(`work.title.${name}`))).toHaveCount(0);
    for (const place of places) {
      await goTo(page, `work.coordinator.${place}`);
      await expect(page.getByRole("alert")).toHaveText(say("work.failed.forbidden"));
    }
    await look(page, "not for this role");
    expect(parts, "nothing of the part was fetched").toEqual([]);
  }
  // An auditor reads the log alone.
  for (const route of ["register", "register/export", "duplicates"]) expect((await ask(auditor, "GET", route)).status).toBe(403);
  await toList(auditor, "trail");
  await expect(auditor.locator("[data-entry]").first()).toBeVisible();
  for (const name of ["register", "duplicates"]) await expect(link(auditor, say(`work.title.${name}`))).toHaveCount(0);
  await press(auditor, "coordinator.looks.show");
  await expect(auditor.getByText(say("coordinator.looks.none"))).toBeVisible();
  await look(auditor, "the log as an auditor sees it");
});

test("beside the family none of it is on the page", async ({ someone }) => {
  const [teacher, coordinator] = [await someone("teacher"), await someone("coordinator")];
  await send(teacher, AMELIA);
  await toList(coordinator, "register");
  await expect(link(coordinator, "Amelia Hart")).toBeVisible();
  await coordinator.locator('[id="privacy-switch"]').click();
  await expect(coordinator.getByText(say("mode.whole"))).toBeVisible();
  expect(await all(coordinator)).not.toContain("Hart");
});
