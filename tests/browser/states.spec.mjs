// Every state of states.mjs on paper; and axe-core in those that axe.spec.mjs does not reach by typing: "Do I need to refer?", a
// refusal, a brother or sister, many records, the family looking on, a window that only reads, a record of the first version.

import { clean } from "./axe.mjs";
import { onDay } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { groups, TODAY } from "./states.mjs";

/** Typed and given to axe in axe.spec.mjs. */
const TYPED = ["whole", "copies"];
/** What an A4 page leaves between its margins, in CSS pixels. */
const A4 = 680;
/** The 19 pages of elements are of one kind. */
const isOfAKind = (name) => name.startsWith("fresh element ") && !name.endsWith(" general_health");

/** What is wider than paper is cut off there. */
async function fitsOnPaper(page, name) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: A4, height: 1000 });
  await page.emulateMedia({ media: "print" });
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(sideways, `${name} is wider than paper by`).toBeLessThanOrEqual(0);
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize(before);
}

for (const [group, go] of Object.entries(groups)) {
  test.describe(group, () => {
    test.use({ today: TODAY });

    test("axe finds nothing in any state, and paper cuts nothing off", async ({ page }) => {
      test.setTimeout(240_000);
      await onDay(page, TODAY);
      let looked = 0;
      await go(page, async (name, other = page) => {
        if (isOfAKind(name)) return;
        if (!TYPED.includes(group)) await clean(other, name);
        await fitsOnPaper(other, name);
        looked += 1;
      });
      expect(looked).toBeGreaterThan(0);
    });
  });
}
