// What was read is one record's and one answer's: never another record's, and what was read at "not sure" has to be read
// again at "yes".

import { answer, at, heading, start } from "./journey.mjs";
import { expect, test } from "./server.mjs";

const banner = (page) => page.locator(".ca-urgent");
const acknowledge = (page) => page.getByRole("button", { name: /^I have read this/ });
const begin = async (page, dangerNow) => {
  await page.getByRole("button", { name: "Start a new assessment" }).click();
  await answer(page, "danger_now", dangerNow, "radio");
};

test("a jump in the browser's history shows the acknowledgements of the record that it leads to", async ({ page }) => {
  await page.clock.setFixedTime(new Date("2026-11-23T14:03:00Z"));
  await page.goto("/");
  await begin(page, "yes");
  await acknowledge(page).click();
  await expect(banner(page)).toContainText("Read 14:03");
  await page.getByRole("link", { name: "Start page" }).first().click();
  await page.clock.setFixedTime(new Date("2026-11-23T14:47:00Z"));
  await begin(page, "yes");
  await acknowledge(page).click();
  await expect(banner(page)).toContainText("Read 14:47");
  // Straight from one record to the other, without the start page between them.
  await page.evaluate(() => history.go(-2));
  await expect(banner(page)).toContainText("Read 14:03");
  await page.evaluate(() => history.go(2));
  await expect(banner(page)).toContainText("Read 14:47");
});

test("an action read at \"not sure\" is unread once the answer is \"yes\"", async ({ page }) => {
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
