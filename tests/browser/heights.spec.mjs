// No page of a fresh record is too tall to be read: see heights.mjs for the table.

import { everyPage, screens } from "./heights.mjs";
import { heading } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

/** Windows of 768 by 1024. */
const MAX_SCREENS = 3;
test.use({ viewport: { width: 768, height: 1024 } });

test("no page of a fresh record is taller than three screens", async ({ page }) => {
  test.setTimeout(480_000);
  await page.goto("/");
  await heading(page).waitFor();
  await page.locator("dl[data-numbers]").waitFor();
  await everyPage(page, async (name) => {
    expect.soft(await screens(page), name).toBeLessThanOrEqual(MAX_SCREENS);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(sideways, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  });
});

test("\"Do I need to refer?\" stays near three screens with any of its groups open", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: say("title.refer") }).click();
  for (const age of ["unborn", "under_1", "5_to_11", "12_to_17"]) {
    await page.locator(`input[name="identifying_details.age_band"][value="${age}"]`).check();
    const themes = page.locator(".ca-refer__theme");
    await themes.first().waitFor();
    for (const theme of await themes.all()) {
      await themes.evaluateAll((all) => all.forEach((one) => (one.open = false)));
      await theme.evaluate((one) => (one.open = true));
      expect.soft(await screens(page), `${age}: ${await theme.locator("h2").textContent()}`).toBeLessThanOrEqual(MAX_SCREENS + 0.7);
    }
  }
});

test("what is folded opens for a link from the error summary, and prints", async ({ page }) => {
  await page.goto("/");
  const { answer, at, open, start } = await import("./journey.mjs");
  await start(page, "no");
  await open(page, "identifying_details");
  const fold = page.locator("details.ca-fold", { has: at(page, "identifying_details.nhs_number") });
  await expect(fold).not.toHaveAttribute("open");
  await expect(at(page, "identifying_details.nhs_number")).toBeHidden();
  await page.emulateMedia({ media: "print" });
  expect(await fold.evaluate((element) => getComputedStyle(element, "::details-content").contentVisibility)).toBe("visible");
  await page.emulateMedia({ media: "screen" });
  await answer(page, "identifying_details.nhs_number", "12");
  await fold.locator("> summary").click();
  await expect(fold).not.toHaveAttribute("open");
  await page.getByRole("button", { name: say("save_and_continue") }).click();
  await expect(page.locator(".govuk-error-summary")).toBeFocused();
  await expect(fold).toHaveAttribute("open");
  await fold.locator("> summary").click();
  await page.locator(".govuk-error-summary a").first().click();
  await expect(at(page, "identifying_details.nhs_number")).toBeFocused();
  await expect(fold).toHaveAttribute("open");
});
