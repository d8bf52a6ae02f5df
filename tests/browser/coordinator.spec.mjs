// The coordinator's pages and everybody's own page, played by people of the demo, each in a browser of their own. Records are
// sent over HTTP: how they are filled in is tested elsewhere. SHOTS=<folder> keeps a picture of each state at three widths.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { clean } from "./axe.mjs";
import { WINDOWS } from "./heights.mjs";
import { at, cases, heading, onDay, open, start } from "./journey.mjs";
import { expect, onOwn, startServer, test as base } from "./server.mjs";
import { like, say } from "./words.mjs";

const STORY = cases["toddler-with-speech-delay"];
const PROFILE = new URL("../../crates/engine/data/profiles/leeds.json", import.meta.url);
/** The areas of an invented authority. The first name would be a formula in a spreadsheet. */
const AREAS = {
  wedges: [{ code: "west", label: "West" }],
  clusters: [
    { code: "moor", label: "=The Moor", wedge: "west", postcodes: ["LS6"] },
    { code: "mills", label: "The Mills", wedge: "west", postcodes: ["LS7"] },
  ],
};

const test = base.extend({
  server: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "common-assessment-profile-"));
    const profile = path.join(folder, "profile.json");
    await writeFile(profile, JSON.stringify({ ...JSON.parse(await readFile(PROFILE, "utf8")), areas: AREAS }));
    const server = await startServer({ extra: ["--today", STORY.today, "--profile", profile] });
    await use(server);
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  },
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
      expect((await ask(page, "POST", "demo/session", { person })).status).toBeLessThan(300);
      await page.reload();
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

test.setTimeout(120_000);

/** A request as the person whose page it is. */
const ask = (page, method, at, body, more = {}) =>
  page.evaluate(
    async ([method, at, body, more]) => {
      const headers = { ...(body ? { "content-type": "application/json" } : {}), ...more };
      const reply = await fetch(`/api/v1/${at}`, { method, headers, body: body && JSON.stringify(body) });
      const text = await reply.text();
      return { status: reply.status, body: text.startsWith("{") ? JSON.parse(text) : text };
    },
    [method, at, body, more],
  );

let sent = 0;
/** Sends the story with these details of the child. Gives the reference. */
async function send(page, details) {
  const answers = structuredClone(STORY.answers);
  Object.assign(answers.identifying_details, { preferred_name: "", email: "", phones: [], nhs_number: "" }, details);
  const body = { form_version: "caf-2026.3", answers };
  const reply = await ask(page, "POST", "assessments", body, { "idempotency-key": `coordinator-${(sent += 1)}` });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.reference;
}

const lives = (line_1, postcode) => ({ address: { line_1, town: "Leeds", postcode } });
const AMELIA = { given_names: "Amelia", family_name: "Hart", dob: "2019-05-04", ...lives("1 Invented Row", "LS6 1AB") };
const EMELIA = { ...AMELIA, given_names: "Emelia" };

const link = (page, name) => page.getByRole("link", { name });
const press = (page, key) => page.getByRole("button", { name: say(key), exact: true }).click();
const titled = (page, key) => expect(heading(page)).toHaveText(say(key));
const all = (page) => page.evaluate(() => document.querySelector("common-assessment").shadowRoot.textContent);

/** axe, and pictures where they are wanted. */
async function look(page, state) {
  await clean(page, state);
  if (!process.env.SHOTS) return;
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: path.join(process.env.SHOTS, `${state.replaceAll(/\W+/g, "-")}-${width}.png`), fullPage: true });
  }
}

/** Opens the start page: going to the address again comes back to the page that was open. */
async function home(page) {
  await page.goto("about:blank");
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
}

async function toWork(page) {
  await home(page);
  await link(page, say("start.work")).click();
  await titled(page, "work.title.list");
}

/** Opens one of the coordinator's lists by its link. */
async function toList(page, name) {
  await toWork(page);
  await link(page, say(`work.title.${name}`)).click();
  await titled(page, `work.title.${name}`);
  await expect(heading(page)).toBeFocused();
}

/** Goes to a page as a bookmark of the browser's history would. */
async function goTo(page, place) {
  await home(page);
  await page.evaluate((commonAssessmentPlace) => history.replaceState({ commonAssessmentPlace }, ""), place);
  await page.reload();
}

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
  await expect(coordinator.locator(":focus")).toContainText("Amelia Hart");

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
  await expect(coordinator.locator(":focus")).toContainText(say("coordinator.decide.joined", { day: "23 December 2026" }));
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
  await expect(coordinator.locator(":focus")).toContainText(say("coordinator.apart.done"));
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
  await link(coordinator, "Amelia Hart").first().click();
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
  await expect(coordinator.locator(":focus")).toContainText("Take that join back first.");
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
  await expect(coordinator.locator(":focus")).toContainText(say("coordinator.decide.apart"));
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
  for (let number = 0; number < 20; number += 1) await send(teacher, AMELIA);
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

test("one's own page is typed once, fills a new record in one press, and is never overwritten unseen", async ({ someone }) => {
  const page = await someone("teacher");
  await toWork(page);
  await link(page, say("work.title.own")).click();
  await titled(page, "work.title.own");
  await expect(page.getByText("Woodhouse Moor Primary School")).toBeVisible();
  await look(page, "one's own page");
  const field = (name) => page.locator(`[id="work.own.${name}"]`);
  await field("role").selectOption("Teacher");
  await field("phone").fill("ring me");
  await field("trained_on").fill("31");
  await field("trained_on.month").fill("2");
  await field("trained_on.year").fill("2025");
  await press(page, "work.own.save");
  await expect(page.getByText(say("work.own.wrong.date-not-real"))).toBeVisible();
  await expect(field("trained_on")).toBeFocused();
  await field("trained_on").fill("");
  await field("trained_on.month").fill("March");
  await press(page, "work.own.save");
  await expect(page.getByText(say("work.own.wrong.phone"))).toBeVisible();
  await expect(field("phone")).toBeFocused();
  await expect(field("phone")).toHaveValue("ring me");
  await look(page, "one's own page with a mistake");
  await field("phone").fill("0113 496 0201");
  await field("training_level").fill("Level 2");
  await field("language").selectOption("Polish");
  await field("phone").press("Enter");
  await expect(page.locator(":focus")).toContainText(say("work.own.saved", { time: "" }).split(".")[0].trim().slice(0, 8));
  await look(page, "one's own page saved");
  await page.reload();
  await expect(field("trained_on.month")).toHaveValue("3");
  await expect(field("language")).toHaveValue("pol");

  // Another window was quicker. Nothing typed is lost, and nothing is overwritten before somebody says so.
  const { body } = await ask(page, "GET", "me");
  await ask(page, "PUT", "me", { ...body.page, job_title: "Year 2 lead" }, { "if-match": `"1"` });
  await field("training_level").fill("Level 3");
  await press(page, "work.own.save");
  await expect(page.getByText(say("work.own.overtaken"))).toBeVisible();
  await expect(field("training_level")).toHaveValue("Level 3");
  await look(page, "one's own page changed meanwhile");
  expect((await ask(page, "GET", "me")).body.page).toMatchObject({ job_title: "Year 2 lead", training_level: "Level 2" });
  await press(page, "work.own.mine");
  await expect(page.locator(":focus")).toContainText(say("work.own.saved", { time: "" }).slice(0, 8));
  expect((await ask(page, "GET", "me")).body.page.training_level).toBe("Level 3");

  // It comes first on a new record, and says where it comes from.
  await home(page);
  await start(page);
  await open(page, "assessor");
  await expect(page.getByText(like("own.offer.page"))).toBeVisible();
  await look(page, "details from one's own page");
  await page.locator('[id="own.use"]').press("Enter");
  await expect(at(page, "assessor.name")).toHaveValue("Priya Raman");
  await expect(at(page, "assessor.role")).toHaveValue("teacher");
  await expect(at(page, "assessor.organisation")).toHaveValue("Woodhouse Moor Primary School");
  await expect(at(page, "assessor.phone")).toHaveValue("0113 496 0201");

  // Nobody else sees it.
  const nurse = await someone("health-visitor");
  await goTo(nurse, "work.own");
  await titled(nurse, "work.title.own");
  await expect(nurse.locator('[id="work.own.phone"]')).toHaveValue("");
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
