// What was read is one record's and one answer's: never another record's, and what was read at "not sure" has to be read
// again at "yes".

import { answer, heading, listed, open, saved, start } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const banner = (page) => page.locator(".ca-urgent");
const acknowledge = (page) => page.getByRole("button", { name: /^I have read this/ });
const begin = async (page, dangerNow) => {
  await page.getByRole("button", { name: "Start a new assessment" }).click();
  await answer(page, "danger_now", dangerNow, "radio");
};

/** Goes on to so many pages of the record that is open. */
async function visit(page, count) {
  for (let at = 1; at <= count; at += 1) {
    if (at === 1) await page.getByRole("button", { name: say("continue") }).click();
    else if (at % 2 === 0) await listed(page, "consent").click();
    else await page.getByRole("link", { name: say("back.tasks"), exact: true }).first().click();
    await expect(heading(page)).toHaveText(say(at % 2 === 0 ? "section.consent" : "tasks.heading"));
  }
}

// The way to the start page is on the task list.
for (const count of [0, 1, 3, 5]) {
  test(`P11 a jump over ${2 + 2 * count} pages of the browser's history shows the acknowledgements of the record that it leads to`, async ({ page }) => {
    await page.clock.setFixedTime(new Date("2026-11-23T14:03:00Z"));
    await page.goto("/");
    await begin(page, "yes");
    await acknowledge(page).click();
    await expect(banner(page)).toContainText("Read 14:03");
    await visit(page, count);
    await page.getByRole("link", { name: "Start page" }).first().click();
    await page.clock.setFixedTime(new Date("2026-11-23T14:47:00Z"));
    await begin(page, "yes");
    await acknowledge(page).click();
    await expect(banner(page)).toContainText("Read 14:47");
    await visit(page, count);
    // Straight from one record to the other, without the start page between them.
    await page.evaluate((by) => history.go(by), -2 - 2 * count);
    await expect(banner(page)).toContainText("Read 14:03");
    await expect(banner(page)).not.toContainText("Read 14:47");
    await page.evaluate((by) => history.go(by), 2 + 2 * count);
    await expect(banner(page)).toContainText("Read 14:47");
    await expect(banner(page)).not.toContainText("Read 14:03");
  });
}

test("P10 an action read at \"not sure\" is unread once the answer is \"yes\"", async ({ page }) => {
  await page.goto("/");
  await begin(page, "unsure");
  await expect(banner(page)).toContainText("Check now");
  await acknowledge(page).first().click();
  await expect(banner(page)).toContainText(/Read \d/);
  await answer(page, "danger_now", "yes", "radio");
  await expect(banner(page)).toContainText("Act now");
  await expect(banner(page)).not.toContainText(/Read \d/);
  await expect(page.getByRole("link", { name: /^Act now: Ring 999\./ })).toBeVisible();
  await acknowledge(page).first().click();
  await expect(banner(page)).toContainText(/Read \d/);
  await expect(page.getByRole("link", { name: /^Act now/ })).toHaveCount(0);
});

/** Signs that are to be checked at "not sure" and call for something at once at "yes": element and id. */
const SIGNS = [
  ["basic_care_safety", "BC-404"],
  ["general_health", "GH-402"],
  ["behavioural", "BE-409"],
];
for (const [element, id] of SIGNS) {
  test(`P10 what was read of ${id} at "not sure" is unread at "yes", and again after a reload`, async ({ page }) => {
    await page.goto("/");
    await start(page, "no");
    await open(page, "elements", element);
    const path = `elements.${element}.indicators.${id}`;
    await answer(page, path, "unsure", "radio");
    const unread = banner(page).getByRole("button", { name: /^I have read this/ });
    while (await unread.count()) await unread.first().click();
    await expect(page.getByRole("link", { name: /^Check now/ })).toHaveCount(0);
    await answer(page, path, "yes", "radio");
    await expect(page.getByRole("link", { name: /^Act now/ })).toBeVisible();
    await saved(page);
    await page.reload();
    await expect(page.getByRole("link", { name: /^Act now/ })).toBeVisible();
    await unread.first().click();
    await expect(page.getByRole("link", { name: /^Act now/ })).toHaveCount(0);
  });
}
