// The real form with dark colours: axe-core in the states of states.mjs, contrast above all. The documented blocks, at more
// widths and with hostile portals, are in portal-looks.spec.mjs.

import { clean } from "./axe.mjs";
import { onDay } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { groups, TODAY } from "./states.mjs";

/** With every kind of page and warning among them. */
const GROUPS = ["refer", "inDanger", "refused", "suggestion", "records", "sent"];

for (const group of GROUPS) {
  test.describe(group, () => {
    test.use({ today: TODAY });

    test("B65 axe finds nothing in the dark", async ({ page }) => {
      test.setTimeout(240_000);
      await onDay(page, TODAY);
      let looked = 0;
      await groups[group](page, async (name, other = page) => {
        await other.locator("common-assessment").evaluate((element) => element.setAttribute("scheme", "dark"));
        await clean(other, `${name}, dark`);
        looked += 1;
      });
      expect(looked).toBeGreaterThan(0);
    });
  });
}
