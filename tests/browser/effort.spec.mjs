// The most that whole journeys may ask of a practitioner's hands. Counts, not times: they are the same on every machine.

import { counted, startCounting } from "./effort/count.mjs";
import { journeys, TODAY } from "./effort/journeys.mjs";
import { onDay } from "./journey.mjs";
import { expect, test } from "./server.mjs";

// A window begins with the family looking on, and one press of the journey says otherwise.
test.use({ today: TODAY, withFamily: true });

for (const { name, before, run, most } of journeys) {
  test(`${name}: at most ${most.clicks} clicks and ${most.fields} fields`, async ({ page }) => {
    await startCounting(page);
    await onDay(page, TODAY);
    await page.goto("/");
    await before?.(page);
    const from = await counted(page);
    await run(page);
    const to = await counted(page);
    expect(to.clicks - from.clicks).toBeLessThanOrEqual(most.clicks);
    expect(to.fields - from.fields).toBeLessThanOrEqual(most.fields);
  });
}
