// The part of the program that is fetched later: checking, sending, the receipt, copies. It is there before anybody needs
// it, and a network that fails while it is fetched takes nothing with it.

import { answer, heading, open, saved, start, toTasks } from "./journey.mjs";
import { clean } from "./axe.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const PART = /common-assessment-later-.+\.wasm$/;
const check = (page) => page.getByRole("link", { name: say("title.check") }).first();
const again = (page) => page.getByRole("button", { name: say("later.again") });
const send = (page) => page.getByRole("heading", { name: say("submit.heading") });

test("a form that lost its network after it opened still shows every page", async ({ page, context }) => {
  const part = page.waitForResponse((response) => PART.test(response.url()) && response.ok());
  await page.goto("/");
  await part;
  await start(page);
  await context.setOffline(true);
  await toTasks(page);
  await check(page).click();
  await expect(heading(page)).toHaveText(say("title.check"));
  await expect(send(page)).toBeVisible();
});

test("where the part cannot be fetched the page says so, keeps the words, and works when tried again", async ({ page }) => {
  await page.route(PART, (route) => route.abort());
  await page.goto("/");
  await start(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.given_names", "Zoë");
  await saved(page);
  await toTasks(page);
  await check(page).click();
  await expect(page.getByText(say("later.missing"))).toBeVisible();
  await expect(heading(page)).toHaveText(say("title.check"));
  await expect(heading(page)).toBeFocused();
  await clean(page, "a part that cannot be fetched");

  await again(page).click();
  await expect(again(page)).toBeVisible();
  await page.unroute(PART);
  await again(page).click();
  await expect(send(page)).toBeVisible();
  await expect(heading(page)).toBeFocused();
  const typed = page.locator(".ca-typed").filter({ hasText: "Zoë" });
  await page.locator(".ca-folded", { has: typed }).locator("summary").click();
  await expect(typed).toBeVisible();
});

// A section that any program may have and that means nothing: only the integrity value can tell.
const SECTION = Buffer.from([0, 2, 1, 0x78]);

for (const [what, more, runs] of [["as it was built", Buffer.alloc(0), true], ["with a harmless section more", SECTION, false]]) {
  test(`a part ${what} is ${runs ? "run" : "not run"}`, async ({ page }) => {
    await page.route(PART, async (route) => {
      const body = Buffer.concat([await (await route.fetch()).body(), more]);
      await route.fulfill({ body, contentType: "application/wasm" });
    });
    await page.goto("/");
    await start(page);
    await toTasks(page);
    await check(page).click();
    await expect(runs ? send(page) : again(page)).toBeVisible();
  });
}
