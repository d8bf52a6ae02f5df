// On the narrowest screen no link of an urgent action is cut: each is a way to somebody who helps, or to an answer.

import { cases } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { openStored } from "./stored.mjs";

for (const name of ["bruise-on-a-baby", "teenager-going-missing"]) {
  test(`at 320 px no link in the urgent actions of "${name}" is cut`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await openStored(page, cases[name].answers, "tasks");
    await page.locator(".ca-urgent").first().waitFor();
    const cut = await page.locator("common-assessment").evaluate((element) => {
      const root = element.shadowRoot;
      for (const folded of root.querySelectorAll(".ca-urgent details")) folded.open = true;
      const found = [];
      for (const link of root.querySelectorAll(".ca-urgent a, .ca-urgent button")) {
        for (const { left, right, width, height } of link.getClientRects()) {
          if (width === 0 || height === 0) continue;
          if (left < 0 || right > document.documentElement.clientWidth + 0.5) found.push(`${link.textContent}: ${left} to ${right}`);
        }
      }
      return found;
    });
    expect(cut).toEqual([]);
  });
}
