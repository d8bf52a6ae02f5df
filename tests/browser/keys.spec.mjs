// What a key sets off on a full page, counted: the browser is not asked what it said a moment ago, and nothing is drawn again
// that nobody sees change. Times are for benches/rivals.

import { at, open, saved, start } from "./journey.mjs";
import { expect, test } from "./server.mjs";

const WORDS = "They say so, and we saw.";
const NEEDS = "elements.behavioural.needs";

test("a key asks the browser for no format of dates", async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.formats = 0;
    const counted = { construct: (made, args, as) => ((globalThis.formats += 1), Reflect.construct(made, args, as)) };
    Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, counted);
    const words = Date.prototype.toLocaleString;
    Date.prototype.toLocaleString = function (...args) {
      globalThis.formats += 1;
      return words.apply(this, args);
    };
  });
  await page.goto("/");
  await start(page);
  await open(page, "elements", "behavioural");
  await at(page, NEEDS).focus();
  expect(await page.evaluate(() => globalThis.formats)).toBeGreaterThan(0);
  await page.evaluate(() => (globalThis.formats = 0));
  await at(page, NEEDS).pressSequentially(WORDS, { delay: 20 });
  await saved(page);
  // Two for each minute that has begun: the time in the authority's zone, and the words for the list.
  expect(await page.evaluate(() => globalThis.formats)).toBeLessThanOrEqual(4);
});

test("a key draws nothing again but the field's own words and the status", async ({ page }) => {
  await page.goto("/");
  await start(page);
  await open(page, "elements", "behavioural");
  // The first key makes the status appear.
  await at(page, NEEDS).pressSequentially("T");
  await saved(page);
  await page.locator("common-assessment").evaluate(({ shadowRoot }) => {
    globalThis.drawn = [];
    const place = ({ target }) => (target.closest ? target : target.parentElement).closest("[class]")?.className;
    new MutationObserver((changes) => globalThis.drawn.push(...changes.map(place))).observe(shadowRoot, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
  await at(page, NEEDS).pressSequentially(WORDS, { delay: 20 });
  await saved(page);
  const drawn = await page.evaluate(() => globalThis.drawn);
  expect(drawn.filter((name) => !/^ca-(on-paper|child-bar)/.test(name))).toEqual([]);
  // One for each key, and the status once each time that it begins and ends.
  expect(drawn.length).toBeLessThanOrEqual(WORDS.length + 8);
});
