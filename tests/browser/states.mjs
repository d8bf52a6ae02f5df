// Every page in every state that a practitioner meets, each by its name: `shots.mjs` takes pictures of them and
// `states.spec.mjs` gives them to axe. Records are put on the device rather than typed; what typing does is tested elsewhere.

import { answer, at, cases, heading, listed, onDay, open, toTasks } from "./journey.mjs";
import { expect } from "./server.mjs";
import { everyPage } from "./heights.mjs";
import { openStored, recordOf, store } from "./stored.mjs";
import { say } from "./words.mjs";

/** The day of the cases. */
export const TODAY = "2026-11-23";

const TEENAGER = cases["teenager-going-missing"].answers;
const TODDLER = cases["toddler-with-speech-delay"].answers;
const REFUSAL = cases["family-who-refuse"].answers;

const press = (page, key) => page.getByRole("button", { name: say(key) }).filter({ visible: true }).first().click();

/** Opens a record with these answers at a page. */
async function stored(page, answers, place) {
  await openStored(page, answers, place);
  await heading(page).waitFor();
}

async function fresh(page, look) {
  await page.goto("/");
  await page.locator("dl[data-numbers]").waitFor();
  await everyPage(page, (name) => look(`fresh ${name}`));
  for (const id of ["refusal", "sibling", "outputs"]) {
    if (!(await listed(page, id).count())) await toTasks(page);
    if (id === "sibling") await page.getByRole("link", { name: say("sibling.link") }).click();
    else await listed(page, id).click();
    await listed(page, "identifying_details").waitFor({ state: "detached" });
    await look(`fresh ${id}`);
  }
  await open(page, "check");
  await press(page, "submit.button");
  await page.locator(".govuk-error-summary").waitFor();
  await look("check with problems");
  await page.locator(".govuk-error-summary a").nth(1).click();
  await look("a question with a problem");
}

async function refer(page, look) {
  await page.goto("/");
  await press(page, "title.refer");
  if (!(await at(page, "danger_now").count())) await at(page, "privacy-switch").click();
  await answer(page, "danger_now", "no");
  await answer(page, "identifying_details.age_band", "12_to_17");
  await answer(page, "elements.behavioural.indicators.BE-403", "yes");
  await look("refer, a sign that decides");
}

async function inDanger(page, look) {
  await stored(page, { danger_now: "yes" }, "danger");
  await look("danger, yes");
}

async function whole(page, look) {
  await stored(page, TEENAGER, "tasks");
  await look("whole tasks, nothing read");
  const sections = Object.keys(TEENAGER).filter((name) => !["danger_now", "elements", "sharing"].includes(name));
  for (const section of [...sections, "elements", "check", "outputs"]) {
    await open(page, section);
    await look(`whole ${section}`);
  }
  for (const element of Object.keys(TEENAGER.elements).slice(0, 3)) {
    await open(page, "elements", element);
    await look(`whole element ${element}`);
  }
  await toTasks(page);
  await page.getByRole("link", { name: say("sibling.link") }).click();
  await look("whole sibling");
}

async function copies(page, look) {
  await stored(page, TODDLER, "outputs");
  for (const audience of ["call", "contact", "child", "parent.0", "service.gp", "blank"]) {
    if (!(await at(page, `output.${audience}`).count())) continue;
    await at(page, `output.${audience}`).check();
    const reason = at(page, "output.reason");
    if (await reason.isVisible()) {
      await look(`output ${audience}, blocked`);
      await reason.fill("Agreed with the police on 3 March");
      await press(page, "outputs.block.go_ahead");
    }
    await page.locator(".ca-output").waitFor();
    await look(`output ${audience}`);
  }
}

async function refused(page, look) {
  await stored(page, REFUSAL, "refusal");
  await look("refusal with a person");
  await open(page, "check");
  await look("check of a refusal");
}

async function suggestion(page, look) {
  await stored(page, TODDLER, "section.conclusions");
  await page.locator(".ca-suggestion summary").first().click();
  await look("suggestion with its reasons");
  await at(page, "privacy-switch").click();
  await look("conclusions, the family looks on");
  for (const section of ["elements", "consent", "check"]) {
    await open(page, section);
    await look(`${section}, the family looks on`);
  }
  await open(page, "elements", "speech_language_communication");
  await look("element, the family looks on");
}

async function records(page, look) {
  await page.goto("/");
  await heading(page).waitFor();
  const waiting = { key: "key-1", body: JSON.stringify({ form_version: "caf-2026.3" }) };
  await store(page, [
    recordOf("teenager", TEENAGER),
    recordOf("toddler", TODDLER),
    recordOf("toddler-copy", TODDLER, { copy: true }),
    recordOf("unnamed", { danger_now: "no" }),
    recordOf("refer", { danger_now: "no", identifying_details: { age_band: "5_to_11" } }, { place: "refer" }),
    recordOf("sister", { ...TODDLER, linked_records: [] }, { waiting }),
  ]);
  await page.reload();
  await page.locator(".ca-drafts__name").first().waitFor();
  await look("start with records");
  await press(page, "drafts.delete");
  await look("deletion");
  await press(page, "drafts.delete_now");
  await look("deletion with a wrong name");
  await at(page, "privacy-switch").click();
  await look("start with records, the family looks on");
}

async function sent(page, look) {
  await stored(page, TODDLER, "check");
  await look("check, ready to send");
  await page.route("**/api/v1/assessments", (route) => route.abort());
  await press(page, "submit.button");
  await page.getByRole("button", { name: say("submit.again") }).waitFor();
  await look("waiting to be sent");
  await toTasks(page);
  await look("tasks while it waits");
  await open(page, "check");
  await page.unroute("**/api/v1/assessments");
  // It may be sent by itself before the button is pressed.
  await expect(async () => {
    const again = page.getByRole("button", { name: say("submit.again") });
    if (await again.isVisible()) await again.click({ timeout: 1_000 });
    await expect(page.locator(".ca-receipt")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await look("receipt");
  await page.getByRole("link", { name: say("receipt.answers") }).click();
  await look("answers that were sent");
  await open(page, "identifying_details");
  await look("a section that was sent");
}

async function twoWindows(page, look) {
  await stored(page, TODDLER, "section.identifying_details");
  const second = await page.context().newPage();
  await onDay(second, TODAY);
  await second.goto("/");
  await second.locator(".ca-drafts__name").click();
  await second.getByRole("button", { name: say("tabs.take_over") }).waitFor();
  await look("a window that only reads", second);
  await second.close();
}

async function firstVersion(page, look) {
  const { consent, ...others } = TODDLER;
  await stored(page, { ...others, consent: { status: "given", given_by: ["parent_pr"], explained: "yes", share: "yes" } }, "section.consent");
  await look("consent of the first version");
  await open(page, "check");
  await look("check of the first version");
}

/** Groups of states: each begins on a page with nothing on the device. */
export const groups = { fresh, refer, inDanger, whole, copies, refused, suggestion, records, sent, twoWindows, firstVersion };
