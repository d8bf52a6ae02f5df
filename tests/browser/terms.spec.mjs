// Short words and local terms: explained on press beside the text that has them, once on a page, and once on paper.

import { clean } from "./axe.mjs";
import { expect, openDraft, test } from "./filled.mjs";
import { answer, at, heading, open } from "./journey.mjs";
import { say } from "./words.mjs";

const asked = (page, term) => page.getByText(say("terms.ask", { term }), { exact: true });

test("a short word is explained by keyboard, once on a page, and is no part of a control's name", async ({ page }) => {
  await openDraft(page);
  await open(page, "elements", "general_health");
  const [ask] = await asked(page, "A&E").filter({ visible: true }).all();
  await expect(asked(page, "A&E").filter({ visible: true })).toHaveCount(1);
  const meaning = page.getByText(say("term.A&E"));
  await expect(meaning.filter({ visible: true })).toHaveCount(0);
  await ask.focus();
  await page.keyboard.press("Enter");
  await expect(meaning.filter({ visible: true })).toHaveCount(1);
  // Pointing elsewhere does not take it away, and another press does.
  await heading(page).hover();
  await expect(meaning.filter({ visible: true })).toHaveCount(1);
  await clean(page, "an element with a short word explained");
  const names = await page.locator('[role="radiogroup"]').evaluateAll((groups) =>
    groups.map((group) => group.getRootNode().getElementById(group.getAttribute("aria-labelledby")).textContent),
  );
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(name).not.toContain(say("terms.ask", { term: "A&E" }).slice(0, 9));
  await ask.press(" ");
  await expect(meaning.filter({ visible: true })).toHaveCount(0);
});

test("every question of a section explains its short words below its hint", async ({ page }) => {
  await openDraft(page);
  await open(page, "identifying_details");
  const folded = page.locator("details.ca-fold:not([open]) > summary");
  while (await folded.count()) await folded.first().click();
  for (const term of ["NHS number", "UPN"]) {
    await expect(asked(page, term).filter({ visible: true }), term).toHaveCount(1);
  }
  await expect(page.locator("label .ca-terms, legend .ca-terms")).toHaveCount(0);
  for (const ask of await page.locator(".ca-term__ask").filter({ visible: true }).all()) await ask.click();
  await clean(page, "a section with every short word explained");
});

test("an urgent action explains its short words where there is more about it", async ({ page }) => {
  await openDraft(page);
  await open(page, "elements", "basic_care_safety");
  await answer(page, "elements.basic_care_safety.indicators.BC-408", "yes", "radio");
  const action = page.locator(".ca-urgent__item", { hasText: "LADO" }).first();
  await action.locator("summary").first().click();
  await expect(action.getByText(say("term.LADO"))).toBeVisible();
  await expect(asked(page, "LADO").filter({ visible: true })).toHaveCount(1);
});

test("a document ends with what its short words mean, once each and only those that it has", async ({ page }) => {
  await openDraft(page);
  await open(page, "outputs");
  for (const audience of ["contact", "blank"]) {
    await at(page, `output.${audience}`).check();
    const block = page.locator(".ca-output dl").last();
    await expect(page.locator(".ca-output h3").last()).toHaveText(say("terms.heading"));
    const terms = await block.locator("dt").allTextContents();
    expect(new Set(terms).size).toBe(terms.length);
    const before = await page.locator(".ca-output").evaluate((output) => {
      const copy = output.cloneNode(true);
      [...copy.querySelectorAll("dl")].at(-1).remove();
      return copy.textContent.toLowerCase();
    });
    for (const term of terms) expect(before, audience).toContain(term.toLowerCase());
    // The questions are for the screen.
    await page.emulateMedia({ media: "print" });
    await expect(block).toBeVisible();
    await expect(page.locator(".ca-output .ca-terms").filter({ visible: true })).toHaveCount(0);
    await page.emulateMedia({ media: "screen" });
  }
});
