// Who can see the screen: in "with the family" nothing of the practitioner's own is on any page or in what a screen reader
// gets, and no warning is lost. A blanked screen shows nothing of the form, and comes back as it was.
// Long because every page is walked for the same question, who may see it, with one list of secrets for each record.

import { readFileSync } from "node:fs";
import { clean } from "./axe.mjs";
import { expect, openDraft, test } from "./filled.mjs";
import { at, cases, heading, listed, onDay, open, saved, start, toTasks } from "./journey.mjs";
import { openStored } from "./stored.mjs";
import { like, say } from "./words.mjs";

const STORY = "teenager-going-missing";
const { answers } = cases[STORY];
const SECTIONS = Object.keys(answers).filter((name) => !["danger_now", "elements"].includes(name));
const WHOLE = ["pre_assessment_checklist", "exceptional_circumstances"];

test.use({ story: STORY, withFamily: true });

const onOwn = (page) => at(page, "privacy-switch").click();
const root = (page) => page.locator("common-assessment");
/** Everything in the form's tree, hidden or not: what is not there can be neither seen nor heard. */
const everything = (page) =>
  root(page).evaluate(({ shadowRoot }) => {
    const fields = [...shadowRoot.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea, select")];
    return [shadowRoot.textContent, ...fields.map((field) => field.value)].join("\n");
  });
const unspaced = (text) => text.replace(/\s+/g, " ");

/** Words of the record that only the practitioner may see, and of the rules that it leads to. */
async function secrets(page) {
  const kept = answers.parents_and_carers.flatMap((parent) => parent.not_to_be_told_reason ?? []);
  const own = [
    answers.identifying_details.safe_to_contact,
    answers.consent.exclusions,
    answers.conclusions.decision_reason,
    answers.pre_assessment_checklist.evidence,
    answers.pre_assessment_checklist.decision_reason,
    ...Object.values(answers.exceptional_circumstances ?? {}),
    ...kept,
  ];
  const pack = await page.evaluate(() => fetch("/api/v1/rule-pack").then((reply) => reply.json()));
  const actions = pack.actions.flatMap((action) => [action.action, action.not_sure, action.trigger]);
  const words = [
    say("urgent.heading"), say("urgent.check_heading"), say("suggestion.heading"), say("signs.concerns"),
    ...["R3", "R4", "R5"].map((code) => say(`suggestion.${code}`, { front_door: "Duty and Advice" })), say("ladder.R4"), say("ladder.R3"),
    say("contradiction.heading"),
  ];
  const found = [...own, ...pack.indicators.map(({ text }) => text), ...actions, ...words];
  return found.filter((text) => typeof text === "string" && text.length > 6).map(unspaced);
}

/** Every page that there is, one after the other. */
async function eachPage(page, look) {
  await toTasks(page);
  await look("tasks");
  for (const section of SECTIONS.filter((name) => !WHOLE.includes(name))) {
    await open(page, section);
    await look(section);
  }
  await open(page, "elements");
  await look("list of elements");
  for (const element of Object.keys(answers.elements)) {
    await listed(page, element).click();
    await at(page, `elements.${element}.status`).waitFor();
    await look(element);
    await page.getByRole("link", { name: say("back.boxes") }).first().click();
    await listed(page, element).waitFor();
  }
  for (const name of ["check", "outputs"]) {
    await open(page, name);
    await look(name);
  }
}

test("with the family, nothing of the practitioner's own is on any page", async ({ page }) => {
  test.setTimeout(300_000);
  await openDraft(page);
  const kept = await secrets(page);
  expect(kept.length).toBeGreaterThan(150);
  await eachPage(page, async (name) => {
    const text = unspaced(await everything(page));
    expect.soft(kept.filter((secret) => text.includes(secret)), name).toEqual([]);
    const heard = unspaced(await root(page).ariaSnapshot());
    expect.soft(kept.filter((secret) => heard.includes(secret)), `${name}, heard`).toEqual([]);
    // No warning is lost, and the emergency number is always in view.
    await expect.soft(page.locator(".ca-privacy__read"), name).toContainText("things to read when you are on your own");
    await expect.soft(page.locator(".ca-foot__danger"), name).toBeInViewport();
  });
});

test("on your own, everything is one press away and nothing was cleared", async ({ page }) => {
  await openDraft(page);
  await open(page, "identifying_details");
  await expect(at(page, "identifying_details.safe_to_contact")).toHaveCount(0);
  await onOwn(page);
  await expect(at(page, "privacy-switch")).toBeFocused();
  await expect(at(page, "identifying_details.safe_to_contact")).toHaveValue(answers.identifying_details.safe_to_contact);
  await expect(page.locator(".ca-urgent").first()).toBeVisible();
  // A window keeps it when the page is loaded again.
  await page.reload();
  await expect(page.locator(".ca-urgent").first()).toBeVisible();
  await onOwn(page);
  await expect(page.locator(".ca-urgent")).toHaveCount(0);
});

test("a new record begins with the family, and a press leads to the first question", async ({ page, context }) => {
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).click();
  await expect(heading(page)).toHaveText(say("title.danger"));
  await expect(at(page, "danger_now")).toHaveCount(0);
  await clean(page, "before you start, with the family");
  await page.getByRole("button", { name: say("mode.to_own") }).last().click();
  await expect(heading(page)).toBeFocused();
  await expect(at(page, "danger_now")).toBeVisible();
  // Another window asks again.
  const second = await context.newPage();
  await second.goto("/");
  await expect(at(second, "privacy-switch")).toHaveText(say("mode.to_own"));
});

test("a new warning is announced without its words", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => {
    globalThis.said = [];
    const host = document.querySelector("common-assessment").shadowRoot;
    const note = () => globalThis.said.push(...[...host.querySelectorAll("[data-announce], [role=alert]")].map((one) => one.textContent.trim()));
    new MutationObserver(note).observe(host, { subtree: true, childList: true, characterData: true });
  });
  await start(page);
  await onOwn(page);
  await page.evaluate(() => void globalThis.said.splice(0));
  // What makes it serious is typed where the family can see it.
  await open(page, "conclusions");
  await page.evaluate(() => void globalThis.said.splice(0));
  await open(page, "consent");
  await page.locator("input[name='consent.sought'][value=yes]").check();
  await at(page, "consent.people.add").click();
  await page.locator("input[name='consent.people[0].says'][value=refuses]").check();
  await open(page, "services_involved");
  await at(page, "services_involved.add").click();
  await page.locator("input[name='services_involved[0].may_share'][value=yes]").check();
  await expect(page.locator(".ca-privacy__read")).toHaveText(say("mode.to_read_one"));
  const said = await page.evaluate(() => globalThis.said);
  expect(said.filter((text) => text === say("mode.something")).length).toBeGreaterThan(0);
  expect([...new Set(said)].filter((text) => text && ![say("mode.something"), say("mode.ready")].includes(text))).toEqual([]);
});

test("axe on pages with the family, at both widths", async ({ page }) => {
  test.setTimeout(240_000);
  await openDraft(page);
  await clean(page, "tasks, with the family");
  for (const section of ["identifying_details", "conclusions", "check", "outputs"]) {
    await open(page, section);
    await clean(page, `${section}, with the family`);
  }
  await open(page, "elements", "identity");
  await clean(page, "an element, with the family");
});

test.describe("a record that is urgent, logged and refused", () => {
  test.use({ storageState: undefined, fresh: true });

  const WRITTEN = {
    spoke_to: "Priya Naylor on the duty desk",
    reference: "DA-1123-77",
    said: "They will visit the school at two.",
    what: "Phone about her going missing, as the form said then.",
  };
  const LAWFUL = { decided_by: "Bea Lund, safeguarding lead", reason: "She was missing for two nights and nobody can say where." };
  const record = {
    ...answers,
    urgent_log: [{ action: "IA-24", certainty: "yes", result: "done", done_on: "2026-11-23", done_at: "10:05", ...WRITTEN }],
    consent: {
      ...answers.consent,
      people: [
        { name: "Dawn Thackrah", who: "parent_pr", says: "refuses", refused_on: "2026-11-22", refused_how: "phone" },
        { ...answers.consent.people[1], agreed_on: "2026-11-21" },
      ],
    },
    sharing: { choice: "share", lawful_reason: "risk_sig_harm", family_told: "not_safe", ...LAWFUL },
  };
  const lists = JSON.parse(readFileSync(new URL("../../crates/engine/data/code_lists.json", import.meta.url), "utf8"));
  const labels = (name) => lists[name].map(({ label }) => label);
  /** Everything that the log, the notice, the refusal and the lawful reason could be known by. */
  const hidden = [
    ...Object.values(WRITTEN),
    ...Object.values(LAWFUL),
    ...["person_says", "sharing_choice", "reason_to_share", "family_told", "urgent_result"].flatMap(labels),
    ...["section.urgent_log", "section.exceptional_circumstances", "section.pre_assessment_checklist", "section.sharing"].map((key) => say(key)),
    ...["log.begin", "log.none", "log.gone_heading", "log.about_heading", "gone.heading", "gone.about", "gone.because"].map((key) => say(key)),
    ...["refused", "withdrawn", "differs", "nobody", "heading"].map((key) => say(`before.conflict.${key}`)),
    ...["differs", "refused", "withdrawn"].map((key) => say(`before.agreed.${key}`)),
    ...["before.agreed", "before.emergency", "superseded.person", "superseded.refused", "receipt.heading_refusal"].map((key) => say(key)),
    ...["Known since", "Overdue", "overdue", "No longer holds", "Urgent", "urgent", "21 November 2026", "22 November 2026"],
  ].map(unspaced);

  /** Nothing of it can be seen or heard. */
  async function nothing(page, name) {
    const text = unspaced(await everything(page));
    expect.soft(hidden.filter((secret) => text.includes(secret)), name).toEqual([]);
    const heard = unspaced(await root(page).ariaSnapshot());
    expect.soft(hidden.filter((secret) => heard.includes(secret)), `${name}, heard`).toEqual([]);
  }

  test("with the family, nothing of it is on any page, in a title or said aloud", async ({ page }) => {
    test.setTimeout(150_000);
    await page.clock.install({ time: new Date("2026-11-23T12:00:00Z") });
    await page.addInitScript(() => {
      globalThis.said = [];
      globalThis.titles = [];
      addEventListener("assessment-page", ({ detail }) => globalThis.titles.push(detail));
    });
    await openStored(page, record, "tasks");
    await page.evaluate(() => {
      const host = document.querySelector("common-assessment").shadowRoot;
      const note = () => globalThis.said.push(...[...host.querySelectorAll("[data-announce], [role=alert], [role=status]")].map((one) => one.textContent.trim()));
      new MutationObserver(note).observe(host, { subtree: true, childList: true, characterData: true });
    });
    // A warning that went: the practitioner had seen it.
    await onOwn(page);
    await listed(page, "danger").click();
    await page.locator("input[name=danger_now][value=yes]").check();
    await page.clock.fastForward("00:00:30");
    await page.locator("input[name=danger_now][value=no]").check();
    // At once: what was about to be announced is not said to the room.
    await onOwn(page);
    await page.evaluate(() => { globalThis.said.length = 0; globalThis.titles.length = 0; });
    await page.clock.runFor(3_000);
    await onOwn(page);
    await expect(page.locator(".ca-gone")).toBeVisible();
    await expect(page.locator(".ca-privacy__read")).toHaveCount(0);
    await page.evaluate(() => { globalThis.said.length = 0; globalThis.titles.length = 0; });
    await onOwn(page);
    await nothing(page, "before you start");
    await onOwn(page);
    await page.getByRole("button", { name: say("continue") }).click();
    await listed(page, "check").waitFor();
    await onOwn(page);
    await eachPage(page, async (name) => {
      await nothing(page, name);
      await expect.soft(page.locator(".ca-privacy__read"), name).toContainText("to read when you are on your own");
    });
    const heard = await page.evaluate(() => [...globalThis.said, ...globalThis.titles]);
    expect(heard.length).toBeGreaterThan(0);
    expect([...new Set(heard)].filter((text) => hidden.some((secret) => text.includes(secret)))).toEqual([]);

    // The family comes in while a page is open that is all the practitioner's own.
    for (const section of ["urgent_log", "exceptional_circumstances", "pre_assessment_checklist"]) {
      await toTasks(page);
      await onOwn(page);
      await listed(page, section).click();
      await expect(heading(page)).toHaveText(say(`section.${section}`));
      await onOwn(page);
      await expect(heading(page)).toHaveText(say("mode.title"));
      await expect.poll(() => page.evaluate(() => globalThis.titles.at(-1))).toBe(say("mode.title"));
      await nothing(page, section);
      await clean(page, `${section}, with the family`);
    }

    // The list of records says that there is something to read, and no more.
    await toTasks(page);
    await page.getByRole("link", { name: say("back.start") }).first().click();
    await expect(page.locator(".ca-drafts__urgent")).toHaveText(say("saved.to_read"));
    await nothing(page, "the list of records");
    await onOwn(page);
    await expect(page.locator(".ca-drafts__urgent")).toContainText("Urgent");
  });

  test("sending needs the practitioner on their own, and the receipt says nothing of who refused", async ({ page }) => {
    test.setTimeout(120_000);
    await onDay(page, cases[STORY].today);
    await openStored(page, record, "check");
    await expect(page.getByText(say("mode.sending"))).toBeVisible();
    await expect(page.getByRole("button", { name: say("submit.button") })).toHaveCount(0);
    await nothing(page, "check");
    await clean(page, "check, with the family");
    await page.getByRole("button", { name: say("mode.to_own") }).last().click();
    await expect(at(page, "sending")).toBeFocused();
    await expect(page.locator(".ca-before")).toBeVisible();
    await page.locator("input[name='sharing.choice'][value=record_only]").check();
    await expect(page.getByText(WRITTEN.said)).toHaveCount(1);
    await expect(page.getByText(like("before.record_only.log"))).toBeVisible();
    await page.getByRole("button", { name: say("before.record_only.button") }).click();
    await expect(heading(page)).toHaveText(say("receipt.heading_refusal"));
    await onOwn(page);
    await expect(heading(page)).toHaveText(say("receipt.heading"));
    await nothing(page, "receipt");
    await page.getByRole("link", { name: say("receipt.answers") }).click();
    await expect(heading(page)).toHaveText(say("title.check.sent"));
    await nothing(page, "answers that were sent");
  });

  test("what one person said folds before the next is asked", async ({ page }) => {
    await onDay(page, cases[STORY].today);
    await openStored(page, record, "tasks");
    await open(page, "consent");
    await expect(page.getByText(say("mode.folded"))).toHaveCount(2);
    await clean(page, "section 11, with the family");
    await at(page, "consent.people.add").click();
    // What is typed now stays in view until it is the turn of somebody else.
    await page.locator("input[name='consent.people[2].says'][value=agrees]").check();
    await expect(at(page, "consent.people[2].agreed_on")).toBeVisible();
    await at(page, "consent.people.add").click();
    await expect(page.getByText(say("mode.folded"))).toHaveCount(3);
    await expect(at(page, "consent.people[2].agreed_on")).toHaveCount(0);
    await onOwn(page);
    await expect(page.locator("input[name='consent.people[0].says'][value=refuses]")).toBeChecked();
    await onOwn(page);
    await expect(page.getByText(say("mode.folded"))).toHaveCount(3);
  });
});

/** Shift, three times. */
async function shift(page) {
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Shift");
}
const blank = (page) => page.locator(".ca-blank");

for (const way of ["key", "button"]) {
  test(`blanked and shown again by ${way}: text, caret, focus and scrolling are as they were`, async ({ page }) => {
    await page.goto("/");
    await start(page);
    await open(page, "assessment_information");
    const field = at(page, "assessment_information.reason");
    await field.fill("line\n".repeat(30));
    await field.pressSequentially("Sister's phone: not saved yet");
    const place = () =>
      root(page).evaluate(({ shadowRoot }) => {
        const field = shadowRoot.getElementById("assessment_information.reason");
        const { selectionStart, selectionEnd, scrollTop, value } = field;
        return { selectionStart, selectionEnd, scrollTop, value, focused: shadowRoot.activeElement?.id, y: scrollY };
      });
    await field.evaluate((field) => field.setSelectionRange(7, 12));
    await page.evaluate(() => scrollBy(0, 37));
    const before = await place();
    if (way === "key") await shift(page);
    else await page.locator(".ca-blank-button").evaluate((button) => button.click());
    await expect(blank(page).locator("h1")).toBeFocused();
    await expect(root(page).getByText("Sister's phone").first()).toBeHidden();
    expect(await root(page).ariaSnapshot()).not.toMatch(/reason|Sister|assessment/i);
    await expect(field).toBeHidden();
    // Keys that somebody goes on to press change nothing.
    await page.keyboard.type("abc ");
    await page.keyboard.press("Enter");
    await expect(blank(page)).toBeVisible();
    if (way === "key") await shift(page);
    else await page.getByRole("button", { name: say("blank.show") }).click();
    await expect(blank(page)).toHaveCount(0);
    await expect(field).toBeFocused();
    expect(await place()).toEqual(before);
    await page.keyboard.type("again");
    await saved(page);
    await expect(field).toHaveValue(before.value.slice(0, 7) + "again" + before.value.slice(12));
  });
}

test("a blank screen goes on saving, and loading the page again leaves it blank", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => addEventListener("assessment-page", ({ detail }) => (globalThis.title = detail)));
  await start(page);
  await open(page, "assessment_information");
  await at(page, "assessment_information.reason").fill("Typed just before.");
  await shift(page);
  await expect.poll(() => page.evaluate(() => globalThis.title)).toBe(say("title.blank"));
  await expect(page.locator(".ca-child-bar__status")).toContainText("Saved");
  await page.reload();
  await expect(blank(page)).toBeVisible();
  await expect(root(page).getByText("Typed just before.")).toBeHidden();
  await clean(page, "blank");
  await page.getByRole("button", { name: say("blank.show") }).click();
  await expect(at(page, "assessment_information.reason")).toHaveValue("Typed just before.");
  await expect(heading(page)).toBeFocused();
});

test("blanked with something open, while sending, and from a page of the portal", async ({ page }) => {
  test.setTimeout(120_000);
  await openDraft(page);
  await onOwn(page);
  await open(page, "check");
  const details = page.locator(".ca-suggestion details").first();
  await details.locator("summary").click();
  // The focus is outside the form.
  await page.locator(".host-skip").focus();
  await shift(page);
  await expect(blank(page)).toBeVisible();
  await expect(page.locator(".ca-suggestion")).toBeHidden();
  await shift(page);
  await expect(details).toHaveAttribute("open", "");
  let release;
  const held = new Promise((done) => (release = done));
  await page.route("**/api/v1/assessments", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("button", { name: say("submit.button") }).click();
  await page.getByRole("button", { name: say("submit.sending") }).waitFor();
  await shift(page);
  await expect(blank(page).locator("h1")).toBeFocused();
  release();
  await expect(page.locator(".ca-receipt")).toBeAttached({ timeout: 30_000 });
  await expect(page.locator(".ca-receipt")).toBeHidden();
  await shift(page);
  await expect(heading(page)).toHaveText(say("receipt.heading"));
  await expect(heading(page)).toBeFocused();
});

test("capital letters and shortcuts do not blank the screen", async ({ page }) => {
  await page.goto("/");
  await start(page);
  await open(page, "assessment_information");
  await at(page, "assessment_information.reason").focus();
  for (const letter of "NHS GP") await page.keyboard.press(`Shift+${letter}`);
  await page.keyboard.press("Shift");
  await page.keyboard.press("Shift");
  await page.keyboard.press("a");
  await page.keyboard.press("Shift");
  await expect(blank(page)).toHaveCount(0);
});

test("the button is the first stop in the form, large enough, and in view wherever the page is", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/");
  // Before the program runs there is only a picture of the button, which takes no focus.
  const button = page.locator("button.ca-blank-button");
  await button.waitFor();
  await page.locator("#form").focus();
  await page.keyboard.press("Tab");
  await expect(button).toBeFocused();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const box = await button.boundingBox();
  expect(box.height).toBeGreaterThanOrEqual(44);
  expect(box.width).toBeGreaterThanOrEqual(44);
  expect(box.y + box.height).toBeLessThanOrEqual(640);
  await page.keyboard.press("Enter");
  await expect(blank(page)).toBeVisible();
});
