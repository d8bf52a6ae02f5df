// What a practitioner's hands do on a page: presses, typing, "today". Steps name questions by path, as the catalogue does.

import { expect } from "@playwright/test";
import { answer, at, heading } from "../journey.mjs";
import { say } from "../words.mjs";

/** Presses the button or follows the link with these words, in view; more may be said to who hears the page. */
export const press = (page, text) =>
  page.locator("button, a").filter({ visible: true, hasText: text }).first().click();

/** "Today" beside a date. */
const today = (page, path) =>
  page.locator(".govuk-date-input").filter({ has: at(page, path) }).getByRole("button").click();

/** Answers by path, in this order. A date that is `today` is one press. */
export async function fill(page, answers) {
  for (const [path, value] of Object.entries(answers)) {
    if (value === "today") await today(page, path);
    else await answer(page, path, value);
  }
}

/** Saves, and goes on to the next page. */
export async function next(page, title, key = "save_and_continue") {
  await press(page, say(key));
  await expect(heading(page)).toHaveText(say(title));
}
