// axe-core in every state of states.mjs that axe.spec.mjs does not reach by typing: "Do I need to refer?", a refusal, a
// brother or sister, many records, the family looking on, a window that only reads, a record of the first version.

import { clean } from "./axe.mjs";
import { onDay } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { groups, TODAY } from "./states.mjs";

/** Typed and looked at in axe.spec.mjs. */
const ELSEWHERE = ["whole", "copies"];
/** The 19 pages of elements are of one kind. */
const isOfAKind = (name) => name.startsWith("fresh element ") && !name.endsWith(" general_health");

for (const [group, go] of Object.entries(groups).filter(([group]) => !ELSEWHERE.includes(group))) {
  test.describe(group, () => {
    test.use({ today: TODAY });

    test("axe finds nothing in any state", async ({ page }) => {
      test.setTimeout(240_000);
      await onDay(page, TODAY);
      let looked = 0;
      await go(page, async (name, other = page) => {
        if (isOfAKind(name)) return;
        await clean(other, name);
        looked += 1;
      });
      expect(looked).toBeGreaterThan(0);
    });
  });
}
