// axe-core on every page of the form in the states that a practitioner meets, on a wide and on a narrow screen. The
// tags are those that govuk-frontend tests with. Keyboard and reflow are tested elsewhere.

import { clean } from "./axe.mjs";
import { expect, openDraft, test } from "./filled.mjs";
import { answer, at, cases, heading, listed, open, start, toTasks, unfoldAll } from "./journey.mjs";
import { say } from "./words.mjs";

const STORY = "teenager-going-missing";
const SECTIONS = Object.keys(cases[STORY].answers).filter((name) => !["danger_now", "elements"].includes(name));
const ELEMENTS = Object.keys(cases[STORY].answers.elements);

test.use({ story: STORY });

test.describe("nothing typed", () => {
  test.use({ storageState: undefined });

  test("every page", async ({ page }) => {
    await page.goto("/");
    await heading(page).waitFor();
    await clean(page, "start");
    await page.getByRole("button", { name: say("start.begin") }).click();
    await expect(heading(page)).toHaveText(say("title.danger"));
    await clean(page, "danger");
    await answer(page, "danger_now", "no");
    await page.getByRole("button", { name: say("continue") }).click();
    await listed(page, "check").waitFor();
    await clean(page, "tasks");
    for (const section of SECTIONS) {
      await open(page, section);
      await clean(page, section);
    }
    await open(page, "elements");
    await clean(page, "list of elements");
    await open(page, "elements", ELEMENTS[0]);
    await clean(page, ELEMENTS[0]);
  });

  test("errors, and rows about to be removed", async ({ page }) => {
    await page.goto("/");
    await start(page, "no");
    await open(page, "check");
    await page.getByRole("button", { name: say("submit.button") }).click();
    await expect(page.locator(".govuk-error-summary")).toBeFocused();
    await clean(page, "check with errors");

    await open(page, "identifying_details");
    await answer(page, "identifying_details.nhs_number", "12");
    await answer(page, "identifying_details.dob", "2030-13-45");
    await answer(page, "identifying_details.email", "nobody");
    await answer(page, "identifying_details.given_names", "x".repeat(400));
    await page.getByRole("button", { name: say("save_and_continue") }).click();
    await expect(page.locator(".govuk-error-summary")).toBeFocused();
    await clean(page, "identifying details with errors");

    await open(page, "parents_and_carers");
    await answer(page, "parents_and_carers[0]", null);
    await clean(page, "an empty row");
    await answer(page, "parents_and_carers[0].name", "Somebody");
    await at(page, "parents_and_carers[0].remove").click();
    await expect(at(page, "parents_and_carers[0].confirm")).toBeFocused();
    await clean(page, "a row about to be removed");
  });
});

test.describe("a whole record", () => {
  test("every section, with urgent actions not read", async ({ page }) => {
    test.setTimeout(240_000);
    await openDraft(page);
    await clean(page, "tasks, urgent actions not read");
    for (const section of [...SECTIONS, "check"]) {
      await open(page, section);
      await unfoldAll(page);
      await clean(page, section);
    }
    await open(page, "elements");
    await clean(page, "list of elements");
  });

  test("every element, with urgent actions read", async ({ page }) => {
    test.setTimeout(240_000);
    await openDraft(page);
    await open(page, "elements");
    const acknowledge = page.getByRole("button", { name: say("urgent.acknowledge") });
    while (await acknowledge.count()) await acknowledge.first().click();
    await clean(page, "list of elements, urgent actions read");
    for (const element of ELEMENTS) {
      await open(page, "elements", element);
      await clean(page, element);
    }
  });

  test("every copy and form, and one that is blocked", async ({ page }) => {
    test.setTimeout(240_000);
    await openDraft(page);
    await open(page, "outputs");
    await clean(page, "copies and forms");
    let blocked = 0;
    for (const audience of ["call", "contact", "child", "parent.2", "service.school", "blank"]) {
      await at(page, `output.${audience}`).check();
      const reason = at(page, "output.reason");
      if (await reason.isVisible()) {
        blocked += 1;
        const goAhead = page.getByRole("button", { name: say("outputs.block.go_ahead") });
        await goAhead.click();
        await clean(page, `${audience}, blocked`);
        await reason.fill("Agreed with the police on 3 March");
        await goAhead.click();
      }
      await page.locator(".ca-output").waitFor();
      await unfoldAll(page);
      await clean(page, audience);
    }
    expect(blocked, "one that is blocked").toBeGreaterThan(0);
  });

  test("waiting, sent, and about to be deleted", async ({ page, server }) => {
    await openDraft(page);
    await page.route("**/api/v1/assessments", (route) => route.abort());
    await open(page, "check");
    await page.getByRole("button", { name: say("submit.button") }).click();
    await page.getByRole("button", { name: say("submit.again") }).waitFor();
    await expect(page.getByRole("button", { name: say("submit.again") })).toBeEnabled();
    await clean(page, "waiting");
    await page.unroute("**/api/v1/assessments");
    await page.getByRole("button", { name: say("submit.again") }).click({ timeout: 1_000 }).catch(() => {});
    await expect(heading(page)).toHaveText(say("receipt.heading"), { timeout: 30_000 });
    await clean(page, "receipt");
    await page.getByRole("link", { name: say("receipt.answers") }).click();
    await clean(page, "answers that were sent");
    await toTasks(page);
    await page.getByRole("link", { name: say("back.start") }).first().click();
    await page.getByRole("button", { name: say("drafts.delete") }).click();
    await clean(page, "deletion");
    await page.getByRole("button", { name: say("drafts.delete_now") }).click();
    await clean(page, "deletion with a wrong name");
    expect(server.output()).not.toContain("panicked");
  });
});
