// What someone who is responsible for a child finds in my work: what is urgent with whom to ring now; a record from the
// search; and the people of the demo once. Played by people of the demo.

import path from "node:path";

import { clean } from "./axe.mjs";
import { WINDOWS } from "./heights.mjs";
import { cases, heading, onDay } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { openStored } from "./stored.mjs";
import { like, say } from "./words.mjs";

const URGENT = cases["bruise-on-a-baby"];
const PLAIN = cases["toddler-with-speech-delay"];
const nameOf = ({ answers }) => `${answers.identifying_details.given_names} ${answers.identifying_details.family_name}`;

test.use({ fresh: true, today: URGENT.today });

const link = (page, name) => page.getByRole("link", { name });
const press = (page, key) => page.getByRole("button", { name: say(key), exact: true }).click();
const titled = (page, key) => expect(heading(page)).toHaveText(say(key));

/** axe, and pictures where they are wanted. */
async function look(page, state) {
  await clean(page, state);
  if (!process.env.SHOTS) return;
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: path.join(process.env.SHOTS, `${state.replaceAll(/\W+/g, "-")}-${width}.png`), fullPage: true });
  }
}

/** From now on this is one of the demo's people. */
async function become(page, person) {
  await page.goto("/");
  const status = await page.evaluate(async (person) => {
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/v1/demo/session", { method: "POST", headers, body: JSON.stringify({ person }) })).status;
  }, person);
  expect(status).toBeLessThan(300);
  await home(page);
}

async function home(page) {
  await page.goto("about:blank");
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
}

/** Sends a case as the teacher, and goes to my work. */
async function sendCase(page, story) {
  await onDay(page, story.today);
  await become(page, "teacher");
  await openStored(page, story.answers);
  await press(page, "submit.button");
  await page.locator(".ca-receipt").waitFor();
  await toWork(page);
}

async function toWork(page) {
  await home(page);
  await link(page, say("start.work")).click();
  await titled(page, "work.title.list");
}

test("what is urgent is on a record's page, with whom to ring at this hour, and is reached from the list", async ({ page }) => {
  await sendCase(page, URGENT);
  await expect(page.getByText(say("work.urgent"))).toBeVisible();
  await look(page, "a list with something urgent");
  await link(page, new RegExp(`^${say("work.urgent.open")}.*${nameOf(URGENT)}`)).click();
  await titled(page, "work.title.episode");
  const banner = page.getByRole("region", { name: say("urgent.heading"), exact: true });
  await expect(banner.locator('a[href^="tel:"]').first()).toBeVisible();
  await expect(banner.locator(".ca-urgent__hours").first()).not.toBeEmpty();
  await look(page, "a record with something urgent");
  const actions = await banner.locator(".ca-urgent__action").allTextContents();
  expect(actions.length).toBeGreaterThan(0);
  await link(page, /^Version 1/).click();
  await titled(page, "work.title.version");
  await expect(banner.locator(".ca-urgent__action")).toHaveText(actions);
});

test("someone who sees only a part is told whom to ask about what is urgent, with all numbers", async ({ page, browser, server }) => {
  await sendCase(page, URGENT);
  await page.locator(".ca-drafts__name").click();
  await link(page, say("work.title.team")).click();
  await press(page, "work.invite");
  await page.getByLabel(/^Bernadette Oyelaran/).check();
  await page.getByLabel(say("section.elements"), { exact: true }).check();
  await page.getByLabel(say("work.invite.covered")).check();
  await press(page, "work.invite.preview");
  await press(page, "work.invite.button");
  await expect(page.getByText(say("work.invite.done")).first()).toBeVisible();
  const context = await browser.newContext({ baseURL: server.url, locale: "en-GB", timezoneId: "Europe/London" });
  const nurse = await context.newPage();
  await onDay(nurse, URGENT.today);
  await become(nurse, "health-visitor");
  await nurse.locator('[id="privacy-switch"]').click();
  await toWork(nurse);
  await nurse.locator(".ca-drafts__name").first().click();
  await titled(nurse, "work.title.episode");
  await expect(nurse.getByRole("region", { name: say("urgent.heading"), exact: true }).locator('a[href^="tel:"]').first()).toBeVisible();
  await look(nurse, "something urgent that is not seen");
  await context.close();
});

test("someone who was found in a search opens their record from there, and says why where that is asked (B44)", async ({ page }) => {
  await sendCase(page, PLAIN);
  const search = async () => {
    await link(page, say("work.title.search")).click();
    await page.getByLabel(say("work.search.label")).fill(nameOf(PLAIN));
  };
  await search();
  await press(page, "work.search.button");
  await look(page, "found and to be opened");
  await link(page, nameOf(PLAIN)).click();
  await titled(page, "work.title.episode");
  await expect(page.getByText(nameOf(PLAIN)).first()).toBeVisible();
  // Outside one's own work the search says that a reason is needed, and so does the record.
  await become(page, "safeguarding-lead");
  await toWork(page);
  await search();
  await press(page, "work.search.button");
  await expect(page.getByText(say("work.search.with_reason"))).toBeVisible();
  await expect(link(page, nameOf(PLAIN))).toHaveCount(0);
  await page.getByText(say("work.search.why")).click();
  await page.getByLabel(say("work.search.reason")).fill("covering this week");
  await press(page, "work.search.button");
  await link(page, nameOf(PLAIN)).click();
  await titled(page, "work.title.episode");
  await expect(page.getByText(say("work.failed.reason"))).toBeVisible();
  await page.getByLabel(say("work.reason.label")).fill("covering this week");
  await press(page, "work.reason.open");
  await expect(page.getByText(nameOf(PLAIN)).first()).toBeVisible();
});

test("what someone will see is folded, so that the button that lets them in is in view", async ({ page }) => {
  await sendCase(page, PLAIN);
  await link(page, nameOf(PLAIN)).click();
  await link(page, say("work.title.team")).click();
  await press(page, "work.invite");
  await page.getByLabel(/^Bernadette Oyelaran/).check();
  for (const section of ["identifying_details", "elements"]) await page.getByLabel(say(`section.${section}`), { exact: true }).check();
  await press(page, "work.invite.preview");
  const folds = page.locator("details", { has: page.getByText(like("check.section", ".*")) });
  await expect(folds).toHaveCount(2);
  for (const fold of await folds.all()) await expect(fold).not.toHaveAttribute("open", /.*/);
  await look(page, "a folded preview");
  await folds.first().locator("summary").click();
  await expect(page.getByText(PLAIN.answers.identifying_details.family_name, { exact: true })).toBeVisible();
  // Someone of the family opens no version, so none is shown.
  await page.getByLabel(say("work.role.family_viewer")).check();
  await press(page, "work.invite.preview");
  await expect(page.getByText(say("work.invite.preview.family"))).toBeVisible();
  await expect(folds).toHaveCount(0);
});

test("the people of the demo are there once where somebody has to sign in", async ({ page }) => {
  await sendCase(page, PLAIN);
  const signedOut = { status: 401, contentType: "application/problem+json", body: JSON.stringify({ type: "about:blank", title: "Unauthorized", status: 401, detail: "", code: "session-ended" }) };
  await page.route("**/api/v1/episodes**", (route) => route.fulfill(signedOut));
  await page.reload();
  await expect(page.getByRole("alert")).toContainText(say("work.failed.sign_in"));
  await expect(page.getByText(say("work.demo.about"))).toHaveCount(1);
});

test("becoming someone else of the demo shows that one's work, and asks nobody to sign in", async ({ page }) => {
  await sendCase(page, PLAIN);
  await page.getByText(say("work.demo.choose")).click();
  await page.getByRole("button", { name: "Bernadette Oyelaran" }).click();
  await expect(page.getByText(say("work.list.none.mine"))).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(page.getByText(say("work.list.none.mine"))).toBeVisible();
  await titled(page, "work.title.list");
});
