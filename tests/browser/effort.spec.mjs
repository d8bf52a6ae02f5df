// The most that whole journeys may ask of a practitioner's hands. Counts, not times: they are the same on every machine.

import { counted, restart, startCounting } from "./effort/count.mjs";
import { journeys, limits, TODAY } from "./effort/journeys.mjs";
import { onDay } from "./journey.mjs";
import { expect, test } from "./server.mjs";

// A window begins with the family looking on, and one press of the journey says otherwise.
test.use({ today: TODAY, withFamily: true });

for (const journey of journeys) {
  const { name, before, run } = journey;
  test(`${name} takes no more presses and fields than it may`, async ({ page }) => {
    await startCounting(page);
    await onDay(page, TODAY);
    await page.goto("/");
    await before?.(page);
    const from = await counted(page);
    await restart(page);
    await run(page);
    const to = await counted(page);
    const most = limits(journey, from);
    expect(to.clicks).toBeLessThanOrEqual(most.clicks);
    expect(to.fields).toBeLessThanOrEqual(most.fields);
  });
}
