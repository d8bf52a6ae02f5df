// The headline of every kind, as the vignettes have it, on the page: it says what it should, nothing but "everyday"
// reassures, and there is always somebody to ring where it says to ring.

import { readFileSync, readdirSync } from "node:fs";
import { clean } from "./axe.mjs";
import { expect, test } from "./server.mjs";
import { openStored } from "./stored.mjs";
import { say } from "./words.mjs";

const folder = new URL("../vignettes/", import.meta.url);
const vignettes = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")));
const named = Object.fromEntries(vignettes.map((vignette) => [vignette.id, vignette]));

/** What may only be said where nothing left blank could lead further. */
const REASSURING = [say("suggestion.R0"), say("suggestion.R0.text"), "There is no sign of an extra need."];
const KINDS = ["act", "check_first", "worry_recorded", "at_least", "may_be", "not_enough_known", "everyday"];
const STATES = [
  "nothing-answered-but-the-birth-date",
  "not-in-danger-and-nothing-else-asked",
  "one-blank-for-services-together",
  "one-blank-for-a-single-service",
  "everything-asked-and-nothing-found",
  "perhaps-a-single-service",
  "perhaps-a-child-in-need",
  "perhaps-a-need-with-a-social-worker",
  "at-least-one-service-and-more-left-open",
  "perhaps-abused",
  "perhaps-in-danger-now",
  "says-she-is-abused",
  "missing-now",
  "checklist-not-safe",
  "written-at-the-end",
  "worry-above-a-need",
  "guessed-and-thirteen-for-certain",
];
const panel = (page) => page.locator(".ca-suggestion");

test("the states below show every kind of headline", () => {
  const shown = new Set(STATES.map((id) => named[id].expected.headline.kind));
  expect([...shown].sort()).toEqual([...KINDS].sort());
});

for (const id of STATES) {
  const { on, answers, expected } = named[id];
  const { kind } = expected.headline;
  test(`${id}: ${kind}`, async ({ page }) => {
    await page.clock.setFixedTime(new Date(`${on}T12:00:00Z`));
    await openStored(page, answers);
    await expect(panel(page).locator(".ca-suggestion__headline")).toBeVisible();
    const text = await page.locator("common-assessment").evaluate((element) => element.shadowRoot.textContent);
    for (const words of REASSURING) {
      // The ladder names its lowest rung; the words beside it do, too.
      if (kind !== "everyday" || expected.urgent_to_check) expect(text, id).not.toContain(words);
    }
    const numbers = panel(page).locator("a[href^='tel:']");
    if (["act", "check_first", "worry_recorded"].includes(kind)) {
      expect(await numbers.count()).toBeGreaterThan(0);
    }
    if (kind === "not_enough_known") {
      const links = panel(page).locator(".govuk-list--bullet a");
      expect(await links.count()).toBeGreaterThan(0);
      expect(await links.count()).toBeLessThanOrEqual(3);
      await expect(links.first()).not.toHaveText("");
    }
    await expect(panel(page).locator(".ca-ladder__rung")).toHaveCount(6);
    await clean(page, id);
  });
}

test("a link of what would help most leads to its question", async ({ page }) => {
  await openStored(page, named["one-blank-for-services-together"].answers);
  await panel(page).locator(".govuk-list--bullet a").first().click();
  const focused = () =>
    page.locator("common-assessment").evaluate((element) => element.shadowRoot.activeElement?.getAttribute("name") ?? "");
  await expect.poll(focused).toContain("PL-301");
});

test("not sure about a serious indicator: the action stands under it, in amber in the bar, and says why", async ({ page }) => {
  await openStored(page, named["perhaps-abused"].answers, "element.family_social_relationships");
  const under = page.locator(".ca-indicator__action");
  await expect(under).toHaveCount(1);
  await expect(under).toContainText(say("urgent.check_heading"));
  await expect(under.locator("a[href^='tel:']").first()).toBeVisible();
  // The bar announces the action itself, not a count.
  const jump = page.locator(".ca-child-bar__urgent--check");
  await expect(jump).toContainText("Speak to your safeguarding lead now.");
  await jump.click();
  await page.locator(".ca-urgent__more summary").click();
  await expect(page.locator(".ca-urgent")).toContainText(say("urgent.because_not_sure"));
});

test("an indicator that only the child's age makes harm has its action under it", async ({ page }) => {
  const { on, answers } = named["medical-advice-not-followed-the-day-before-one"];
  await page.clock.setFixedTime(new Date(`${on}T12:00:00Z`));
  await openStored(page, answers, "element.general_health");
  const under = page.locator(".ca-indicator__action");
  await expect(under).toHaveCount(1);
  await expect(under).toContainText(say("urgent.heading"));
  await expect(under.locator("a[href^='tel:']").first()).toBeVisible();
});

test("a yes that age set aside is to be checked, under the indicator as in the banner", async ({ page }) => {
  const { on, answers } = named["guessed-and-thirteen-for-certain"];
  await page.clock.setFixedTime(new Date(`${on}T12:00:00Z`));
  await openStored(page, answers, "element.behavioural");
  const under = page.locator(".ca-indicator__action");
  await expect(under).toHaveCount(1);
  await expect(under).toContainText(say("urgent.check_heading"));
  await expect(under).not.toContainText(say("urgent.heading"));
});

test("where answers turn out serious and were set aside by age, the warning is still there", async ({ page }) => {
  const { on, answers } = named["guessed-and-thirteen-for-certain"];
  await page.clock.setFixedTime(new Date(`${on}T12:00:00Z`));
  await openStored(page, answers);
  await expect(page.locator(".ca-urgent--check .ca-urgent__action")).toHaveCount(1);
});
