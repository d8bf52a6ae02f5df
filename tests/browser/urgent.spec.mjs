// An urgent action that has not been read comes first on each page, and the page can still be reached: at each width the
// focused heading is visible, with one action and with many.

import { answer, at, heading, open, onDay, start } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { like } from "./words.mjs";

/** An element's upper and lower edge in the window, and the window's height. */
const edges = (locator) =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return { top, bottom, height: innerHeight };
  });

async function isInView(locator, what) {
  await expect
    .poll(async () => {
      const { top, bottom, height } = await edges(locator);
      return top >= 0 && bottom <= height ? "in view" : `${Math.round(top)} to ${Math.round(bottom)} of ${height}`;
    }, what)
    .toBe("in view");
}

for (const [width, height] of [[320, 640], [768, 1024], [1280, 800]]) {
  test(`at ${width} pixels neither the banner nor the heading is out of reach`, async ({ page, server }) => {
    const pack = await (await fetch(`${server.url}api/v1/rule-pack`)).json();
    await page.setViewportSize({ width, height });
    await onDay(page, "2026-11-23");
    await page.goto("/");
    await start(page, "yes");
    const banner = page.locator(".ca-urgent");
    const jump = page.getByRole("link", { name: like("urgent.jump") });

    // One action: what to do, by when and the number are in the window together with the heading.
    await expect(heading(page)).toBeFocused();
    await isInView(heading(page), "heading, one action");
    for (const part of [".ca-urgent__action", ".ca-urgent__when", ".ca-urgent__phone >> nth=0"]) {
      await isInView(banner.locator(part), part);
    }
    await expect(jump).toBeVisible();

    await open(page, "identifying_details");
    await answer(page, "identifying_details.dob", "2012-03-04", "date");
    const codes = new Set(["IA-01"]);
    for (const box of ["basic_care_safety", "general_health", "behavioural"]) {
      await open(page, "elements", box);
      for (const { id, action } of pack.indicators.filter(({ element }) => element === box)) {
        const indicator = at(page, `elements.${box}.indicators.${id}`);
        if (!action || codes.has(action) || codes.size >= 5 || !(await indicator.count())) continue;
        await indicator.check();
        codes.add(action);
      }
    }
    await expect(banner.locator(".ca-urgent__action")).toHaveCount(5);
    for (const section of ["consent", "services_involved", "identifying_details"]) {
      await open(page, section);
      await expect(heading(page)).toBeFocused();
      await isInView(heading(page), `heading of ${section}, five actions`);
      await isInView(jump, `the way to the banner on ${section}`);
      // First on the page: only the bar comes before it.
      const before = await banner.evaluate((element) => {
        const first = element.getRootNode().querySelector("h1");
        return Boolean(element.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING);
      });
      expect(before).toBe(true);
    }
    await jump.click();
    await isInView(at(page, "urgent"), "the banner");
    await expect(banner.getByRole("button", { name: /close|hide/i })).toHaveCount(0);
  });
}
