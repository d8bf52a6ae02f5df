// What a practitioner's hands do on a page: presses, typing, "today". Steps name questions by path, as the catalogue does.

import { expect } from "@playwright/test";
import { answer, at, heading } from "../journey.mjs";
import { say } from "../words.mjs";

/** Presses a button or follows a link by its words. */
export const press = (page, key, values) => named(page, say(key, values)).first().click();

const named = (page, name) =>
  page.getByRole("button", { name, exact: true }).or(page.getByRole("link", { name, exact: true }));

/** Presses what begins with these words; more may be said to who hears the page. */
export const pressLike = (page, text) =>
  page.locator("button, a").filter({ visible: true, hasText: text }).first().click();

/** "Today" beside a date. */
export const today = (page, path) =>
  page.locator(".govuk-date-input").filter({ has: at(page, path) }).getByRole("button").click();

/** One of a few options. */
export const choose = (page, path, code) => answer(page, path, code);

/** Answers by path, in this order. A date that is `today` is one press. */
export async function fill(page, answers) {
  for (const [path, value] of Object.entries(answers)) {
    if (value === "today") await today(page, path);
    else await answer(page, path, value);
  }
}

/** Adds a row, by the button under the rows. */
export async function addRow(page, rows, row = 0) {
  await at(page, `${rows}.add`).click();
  await at(page, `${rows}[${row}]`).waitFor();
}

/** Saves, and goes on to the next page. */
export async function next(page, section, key = "save_and_continue") {
  await press(page, key);
  await expect(heading(page)).toHaveText(say(section));
}
