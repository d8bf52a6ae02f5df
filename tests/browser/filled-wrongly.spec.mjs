// A draft of the first form version in which every field is filled wrongly, opened in the form: nothing typed is lost, and
// each fault has one message. Which message each fault has is tested in the engine, with the same draft.

import { readFileSync } from "node:fs";
import { at, onDay, open, toTasks, unfoldAll } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { changeStored, openStored } from "./stored.mjs";
import { say } from "./words.mjs";

const { answers, problems } = JSON.parse(readFileSync(new URL("../real_families/filled_wrongly.json", import.meta.url), "utf8"));

/** The answers with their long texts, which the file writes as `é*4001`. */
function whole(value) {
  if (typeof value === "string") return /^é\*\d+$/.test(value) ? "é".repeat(Number(value.slice(2))) : value;
  if (Array.isArray(value)) return value.map(whole);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, whole(inner)]));
}
const draft = whole(answers);

test.use({ today: "2026-11-23", fresh: true });

test("every fault of a draft that is wrong everywhere has one message, and every word is kept", async ({ page }) => {
  test.setTimeout(120_000);
  await onDay(page, "2026-11-23");
  await openStored(page, draft);
  await page.getByRole("button", { name: say("submit.button") }).click();
  const summary = page.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  await unfoldAll(page);
  const links = summary.locator("li a");
  const texts = await links.allTextContents();
  expect(texts.length).toBe(problems.length);
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.filter((text) => text.trim() === "" || /missing\.\)/.test(text))).toEqual([]);

  // Each page says its own, once at each question, beside what was typed.
  for (const section of ["identifying_details", "assessor", "consent"]) {
    await open(page, section);
    const here = problems.filter((path) => path.startsWith(`${section}.`));
    await expect(page.locator(".govuk-error-message[id$=-error]")).toHaveCount(here.length);
  }
  await expect(at(page, "consent.assessor_signature")).toHaveValue(draft.consent.assessor_signature);
  await toTasks(page);
  await page.reload();
  const stored = await changeStored(page, () => {});
  expect(stored.answers).toEqual(draft);
});
