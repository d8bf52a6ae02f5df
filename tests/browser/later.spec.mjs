// The part of the program that is fetched after the first question: the pages of a record, checking, sending, the receipt,
// copies. It is there before anybody needs it, and a network that fails while it is fetched takes nothing with it.

import { answer, at, cases, fillCase, heading, listed, onDay, open, saved, start, toTasks } from "./journey.mjs";
import { clean } from "./axe.mjs";
import { everyPage } from "./heights.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const PART = /common-assessment-later-.+\.wasm$/;
/** What my work uses too is a file of its own, fetched with the part. */
const FILES = [/common-assessment-later-[0-9a-f]{16}\.wasm$/, /common-assessment-later-shared-.+\.wasm$/];
const again = (page) => page.getByRole("button", { name: say("later.again") });
const missing = (page) => page.getByText(say("later.missing"));
const tasks = (page) => listed(page, "identifying_details");

/** Answers the question about danger; a window may begin with the family looking on, and the question is not for them. */
async function answerDanger(page, title) {
  await expect(heading(page)).toHaveText(new RegExp(`${say(title).replace("?", "[?]")}|${say("mode.title")}`));
  if ((await at(page, "danger_now").count()) === 0) await at(page, "privacy-switch").click();
  await at(page, "danger_now").waitFor();
  await answer(page, "danger_now", "yes");
}

/** Opens the form, and takes the network away once the part has arrived. */
async function offline(page, context) {
  const files = FILES.map((file) => page.waitForResponse((response) => file.test(response.url()) && response.ok()));
  await page.goto("/");
  for (const file of files) await (await file).finished();
  await context.setOffline(true);
}

test("a form that lost its network after it opened still shows every page", async ({ page, context }) => {
  test.setTimeout(120_000);
  await offline(page, context);
  const seen = [];
  await everyPage(page, async (name) => {
    await expect(again(page)).toHaveCount(0);
    seen.push(name);
  });
  expect(seen.length).toBeGreaterThan(30);
  await toTasks(page);
  for (const id of ["check", "refusal", "outputs"]) {
    await listed(page, id).click();
    await expect(heading(page)).toHaveText(say(`title.${id}`));
    await expect(page.getByText(say("later.fetching")).or(missing(page))).toHaveCount(0);
    await toTasks(page);
  }
  await page.getByRole("link", { name: say("sibling.link") }).click();
  await expect(heading(page)).toHaveText(say("title.sibling"));
  await expect(again(page)).toHaveCount(0);
});

const { today, answers } = cases["unborn-baby"];

test.describe(() => {
  test.use({ today, fresh: true });

  test("a form that lost its network after it opened is filled in, checked, read again, and sent when the network is back", async ({ page, context }) => {
    test.setTimeout(180_000);
    await onDay(page, today);
    await offline(page, context);
    await fillCase(page, answers);
    await open(page, "check");
    await page.getByRole("button", { name: say("submit.button") }).click();
    await expect(page.locator(".govuk-notification-banner__heading").filter({ hasText: say("submit.offline") })).toBeVisible();
    await context.setOffline(false);
    await page.locator(".ca-receipt").waitFor();
  });
});

test("where the part cannot be fetched the danger question is answered all the same, and the next page comes when tried again", async ({ page }) => {
  await page.route(PART, (route) => route.abort());
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).click();
  await answerDanger(page, "title.danger");
  await expect(page.locator(".ca-urgent__action").first()).toBeVisible();
  await page.getByRole("button", { name: say("continue") }).click();
  await expect(missing(page)).toBeVisible();
  await expect(heading(page)).toHaveText(say("title.tasks"));
  await expect(heading(page)).toBeFocused();
  await expect(page.locator(".ca-urgent__action").first()).toBeVisible();
  await clean(page, "a part that cannot be fetched");

  await again(page).click();
  await expect(again(page)).toBeVisible();
  await page.unroute(PART);
  await again(page).click();
  await expect(tasks(page)).toBeVisible();
  await expect(heading(page)).toBeFocused();
});

test("where the part cannot be fetched whether to refer is asked and answered all the same", async ({ page }) => {
  await page.route(PART, (route) => route.abort());
  await page.goto("/");
  await page.getByRole("button", { name: say("title.refer") }).click();
  await answerDanger(page, "title.refer");
  await answer(page, "identifying_details.age_band", "5_to_11");
  await expect(page.locator(".ca-refer__theme").first()).toBeVisible();
  await expect(page.locator(".ca-urgent__action").first()).toBeVisible();
});

test("where the part cannot be fetched after a reload the page says so, and has the words when tried again", async ({ page }) => {
  await page.goto("/");
  await start(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.given_names", "Zoë");
  await saved(page);
  await page.route(PART, (route) => route.abort());
  await page.reload();
  await expect(missing(page)).toBeVisible();
  await expect(heading(page)).toHaveText(say("section.identifying_details"));
  await page.unroute(PART);
  await again(page).click();
  await expect(page.locator('[id="identifying_details.given_names"]')).toHaveValue("Zoë");
  await expect(heading(page)).toBeFocused();
});

// A section that any program may have and that means nothing: only the integrity value can tell.
const SECTION = Buffer.from([0, 2, 1, 0x78]);

for (const [what, more, runs] of [["as it was built", Buffer.alloc(0), true], ["with a harmless section more", SECTION, false]]) {
  test(`a part ${what} is ${runs ? "run" : "not run"}`, async ({ page }) => {
    await page.route(FILES[0], async (route) => {
      const body = Buffer.concat([await (await route.fetch()).body(), more]);
      await route.fulfill({ body, contentType: "application/wasm" });
    });
    await page.goto("/");
    await page.getByRole("button", { name: say("start.begin") }).click();
    await page.getByRole("button", { name: say("continue") }).click();
    await expect(runs ? tasks(page) : again(page)).toBeVisible();
  });
}
