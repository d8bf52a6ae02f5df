// The end of a session: the warning before it (B67), the locked form (B29) and coming back to it without a character missing
// (B20); and that what one person wrote is neither read nor sent by the next (A17). The clock is the page's own.

import { clean } from "./axe.mjs";
import { change, rows } from "./database.mjs";
import { answer, at, cases, heading, open, saved, start, toTasks } from "./journey.mjs";
import { signInAs } from "./provider.mjs";
import { test as plain } from "./server.mjs";
import { enter, expect, session, strangers, test } from "./signing_in.mjs";
import { recordOf, store } from "./stored.mjs";
import { say } from "./words.mjs";

const REASON = "assessment_information.reason";
const WORDS = "zebra-lantern-41 says few words";
const lock = (page) => at(page, "lock.now");
const dialog = (page) => page.getByRole("dialog");
const again = (page) => page.getByRole("link", { name: say("sign_in.again") });
const press = (page, key) => page.getByRole("button", { name: say(key), exact: true }).click();

/** A record of this person, with words in it. */
async function write(page) {
  await start(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.family_name", "Quillfeather");
  await open(page, "assessment_information");
  await answer(page, REASON, WORDS);
  await saved(page);
}

/** Lets time pass until the server has been told that somebody is at work. */
async function told(page) {
  const reply = page.waitForResponse((reply) => reply.request().method() === "POST" && reply.url().endsWith("/session"));
  await page.clock.runFor(46_000);
  return (await reply).status();
}

/** Everything that a reader of the page could read, and what a screen reader has. */
async function readable(page) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  const html = await page.evaluate(() => document.documentElement.outerHTML + document.querySelector("common-assessment").shadowRoot.innerHTML + document.title);
  return html + JSON.stringify(nodes);
}

/** The page is locked, and has nothing of the child. */
async function isLocked(page) {
  await expect(heading(page)).toHaveText(say("title.locked"));
  await expect(heading(page)).toBeFocused();
  await expect(page.getByText(say("lock.safe"))).toBeVisible();
  const text = await readable(page);
  for (const words of ["zebra-lantern", "Quillfeather"]) expect(text).not.toContain(words);
  await expect(page.locator('.ca-app a[href="tel:999"]').first()).toBeVisible();
  await expect(page.locator(".ca-app").getByText(say("mode.danger"))).toBeVisible();
}

/** The same page with the same words, and the focus where it was. */
async function isBack(page, words = WORDS) {
  await expect(at(page, REASON)).toHaveValue(words);
  await expect(at(page, REASON)).toBeFocused();
}

test("somebody is warned two minutes before, hears it four times and stays as often as they want (B67)", async ({
  page,
  signIn,
}) => {
  await page.clock.install();
  await enter(page, signIn.url);
  await write(page);
  for (const [round, key] of ["Enter", "Escape", "Space"].entries()) {
    await at(page, REASON).focus();
    await page.keyboard.press("End");
    expect(await told(page)).toBe(200);
    await expect(dialog(page)).toBeHidden();
    await page.clock.fastForward("13:05");
    await expect(dialog(page)).toBeVisible();
    await expect(dialog(page).getByRole("button", { name: say("lock.stay") })).toBeFocused();
    await expect(dialog(page)).toContainText(say("lock.soon", { left: say("lock.left.120") }));
    await expect(dialog(page)).toContainText(say("lock.nothing_lost"));
    if (round === 0) {
      await clean(page, "warning");
      const status = dialog(page).getByRole("status");
      await expect(status).toBeEmpty();
      for (const [pass, left] of [[60_000, "60"], [30_000, "30"], [10_000, "20"]]) {
        await page.clock.runFor(pass);
        await expect(status).toHaveText(say("lock.soon", { left: say(`lock.left.${left}`) }));
      }
    }
    await page.keyboard.press(key);
    await expect(dialog(page)).toBeHidden();
    await isBack(page);
  }
  expect((await session(page, signIn.url)).status).toBe(200);
});

test("a form that nobody uses locks itself, and the one who wrote comes back to the same place (B20, B29)", async ({ page, signIn }) => {
  const { url } = signIn;
  await page.clock.install();
  await enter(page, url);
  await write(page);
  await at(page, REASON).focus();
  expect(await told(page)).toBe(200);
  await page.clock.fastForward("13:05");
  await expect(dialog(page)).toBeVisible();
  await page.clock.runFor(121_000);
  await isLocked(page);
  await clean(page, "locked");
  await expect.poll(async () => (await session(page, url)).status).toBe(401);
  // Neither "Back" nor loading the page again opens it.
  await page.goBack();
  await isLocked(page);
  await page.reload();
  await expect(page.getByText(say("drafts.kept_for_people", { count: "1", waiting: "0" }))).toBeVisible();
  expect(await readable(page)).not.toContain("Quillfeather");
  await page.getByRole("link", { name: say("account.sign_in"), exact: true }).click();
  await isBack(page);
});

test("a computer that was asleep is locked before anything is shown (B29)", async ({ page, signIn }) => {
  await page.clock.install();
  await enter(page, signIn.url);
  await write(page);
  await page.clock.fastForward("03:00:00");
  await isLocked(page);
});

for (const how of ["F8", "the button"]) {
  test(`${how} locks at once, in the middle of a word (B29)`, async ({ page, signIn }) => {
    await enter(page, signIn.url);
    await write(page);
    await at(page, REASON).focus();
    await page.keyboard.press("End");
    await page.keyboard.type(" and more, until h");
    if (how === "F8") await page.keyboard.press("F8");
    else await lock(page).click();
    await isLocked(page);
    await expect.poll(async () => (await session(page, signIn.url)).status).toBe(401);
    await again(page).click();
    await isBack(page, `${WORDS} and more, until h`);
  });
}

test("a session that ends however busy somebody is says so, and nothing is lost (B20, B67)", async ({ page, signIn }) => {
  await page.clock.install();
  await enter(page, signIn.url);
  await write(page);
  let end;
  await page.route("**/api/v1/session", async (route) => {
    if (route.request().method() === "DELETE") return route.continue();
    const reply = await route.fetch();
    const said = await reply.json();
    end ??= new Date(Date.parse(said.asked_at) + 180_000).toISOString();
    await route.fulfill({ response: reply, json: { ...said, ends_at: end } });
  });
  await at(page, REASON).focus();
  await page.keyboard.press("End");
  await told(page);
  await page.clock.runFor(70_000);
  await expect(dialog(page)).toContainText(say("lock.ends", { left: say("lock.left.120") }));
  await press(page, "lock.until");
  await expect(dialog(page)).toBeHidden();
  await page.keyboard.type(" to the end");
  await page.clock.runFor(125_000);
  await isLocked(page);
  await page.unrouteAll();
  await again(page).click();
  await isBack(page, `${WORDS} to the end`);
});

test("signing out in another window locks this one, and signing in there opens it again (B20)", async ({ page, context, signIn }) => {
  const { url } = signIn;
  await enter(page, url);
  await write(page);
  await at(page, REASON).focus();
  const other = await context.newPage();
  await other.goto(url);
  await press(other, "account.sign_out");
  await expect(other.getByText(say("account.left"))).toBeVisible();
  await isLocked(page);
  expect(await readable(other)).not.toContain("Quillfeather");
  await other.getByRole("link", { name: say("account.sign_in"), exact: true }).click();
  await expect(lock(other)).toBeVisible();
  await isBack(page);
});

test("an account that is switched off locks the form, and its words wait on the device (A17, B20)", async ({ page, signIn }) => {
  const { url, server } = signIn;
  await page.clock.install();
  await enter(page, url);
  await write(page);
  await at(page, REASON).focus();
  change(server.database, "UPDATE practitioners SET disabled_us = 1");
  await page.keyboard.press("End");
  expect(await told(page)).toBe(401);
  await isLocked(page);
  await again(page).click();
  await expect(page.getByRole("alert")).toContainText(say("sign_in.disabled"));
  await expect(page.getByText(say("drafts.kept_for_people", { count: "1", waiting: "0" }))).toBeVisible();
  expect(await readable(page)).not.toContain("Quillfeather");
  change(server.database, "UPDATE practitioners SET disabled_us = NULL");
  await again(page).click();
  await isBack(page);
});

async function toStart(page) {
  await toTasks(page);
  await page.getByRole("link", { name: say("back.start") }).first().click();
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
}

/** Puts a whole record of whom is signed in on the device, and opens it at its last page. */
async function ready(page, url) {
  const { person_digest: owner } = await session(page, url);
  const { answers } = cases["toddler-with-speech-delay"];
  await store(page, [recordOf("mine", answers, { place: "check", owner })]);
  await page.reload();
  await page.locator(".ca-drafts__name").click();
  await page.getByRole("button", { name: say("submit.button") }).waitFor();
}

const stored = (server) => rows(server.database, "SELECT count(*) FROM assessments")[0][0];
const SENT = "**/api/v1/assessments";

test("a session that ends while a record is sent makes one record, after signing in again (B20)", async ({ page, signIn }) => {
  const { url, server } = signIn;
  await enter(page, url);
  await ready(page, url);
  await page.evaluate((url) => fetch(`${url}api/v1/session`, { method: "DELETE" }), url);
  await press(page, "submit.button");
  const notice = page.getByRole("region", { name: say("submit.waiting_heading") });
  await expect(notice).toContainText(say("submit.sign_in"));
  expect(stored(server)).toBe(0);
  await notice.getByRole("link", { name: say("submit.sign_in.link") }).click();
  await expect.poll(() => stored(server)).toBe(1);
  await expect(lock(page)).toBeVisible();
  await page.reload();
  await expect(page.locator(".ca-drafts__detail").last()).toContainText("CAF");
  expect(stored(server)).toBe(1);
});

test("what waits is not sent, opened or named while somebody else is signed in (A17, B30)", async ({ page, context, signIn }) => {
  const { url, server } = signIn;
  await enter(page, url);
  await ready(page, url);
  const name = await page.locator(".ca-child-bar__name").textContent();
  await page.route(SENT, (route) => route.abort());
  await press(page, "submit.button");
  await expect(page.getByRole("region", { name: say("submit.waiting_heading") })).toContainText(say("submit.offline"));
  await toStart(page);
  await press(page, "account.sign_out");
  await expect(page.getByText(say("drafts.kept_for_people", { count: "1", waiting: "1" }))).toBeVisible();
  await strangers(context);
  await page.unrouteAll();
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && request.url().endsWith("/assessments") && sent.push(request));
  await enter(page, url, "teacher-8");
  await expect(page.getByText(say("drafts.others", { count: "1", waiting: "1" }))).toBeVisible();
  await clean(page, "somebody else's record");
  expect(await readable(page)).not.toContain(name);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  // A record of their own goes, and only that.
  await start(page);
  await toStart(page);
  await expect(page.getByText(say("drafts.others", { count: "1", waiting: "1" }))).toBeVisible();
  expect(sent).toEqual([]);
  expect(stored(server)).toBe(0);
  await press(page, "account.sign_out");
  await expect(page.getByText(say("account.left"))).toBeVisible();
  await strangers(context);
  await enter(page, url, "teacher-7");
  await expect.poll(() => stored(server)).toBe(1);
  const who = "SELECT name FROM assessments JOIN practitioners ON practitioners.id = assessments.actor";
  expect(rows(server.database, who)).toEqual([["Priya Raman"]]);
});

test("the way back from a locked window is for the one whose it is (A17)", async ({ page, context, signIn }) => {
  const { url } = signIn;
  await enter(page, url);
  await page.getByRole("link", { name: say("start.work") }).click();
  await expect(heading(page)).toHaveText(say("work.title.list"));
  await page.keyboard.press("F8");
  await expect(heading(page)).toHaveText(say("title.locked"));
  await strangers(context);
  await again(page).click();
  await signInAs(page, "teacher-8");
  await expect(lock(page)).toBeVisible();
  await expect(heading(page)).toHaveText(say("start.heading"));
});

test("a record that is on its way while somebody else signs in is refused by the server (A17)", async ({ page, context, signIn }) => {
  const { url, server } = signIn;
  await enter(page, url);
  await ready(page, url);
  const other = await context.newPage();
  const replies = [];
  await page.route(SENT, async (route) => {
    // Between the check in the browser and the server.
    await other.goto(url);
    await press(other, "account.sign_out");
    await expect(other.getByText(say("account.left"))).toBeVisible();
    await strangers(context);
    await enter(other, url, "teacher-8");
    const cookie = (await context.cookies(url)).find(({ name }) => name === "__Host-session");
    const reply = await route.fetch({ headers: { ...route.request().headers(), cookie: `__Host-session=${cookie.value}` } });
    replies.push([reply.status(), (await reply.json()).code]);
    await route.fulfill({ response: reply });
  }, { times: 1 });
  await press(page, "submit.button");
  await expect.poll(() => replies).toEqual([[403, "sent-by-another"]]);
  await expect(heading(page)).toHaveText(say("title.locked"));
  expect(stored(server)).toBe(0);
  await press(other, "account.sign_out");
  await expect(other.getByText(say("account.left"))).toBeVisible();
  await strangers(context);
  await enter(other, url, "teacher-7");
  await expect.poll(() => stored(server)).toBe(1);
});

plain("without sign-in nothing locks and nobody is asked whether they are there", async ({ page }) => {
  await page.clock.install();
  await page.goto("/");
  await start(page);
  await open(page, "assessment_information");
  await answer(page, REASON, WORDS);
  await page.clock.fastForward("02:00:00");
  await page.keyboard.press("F8");
  await expect(at(page, REASON)).toHaveValue(WORDS);
  await expect(lock(page)).toHaveCount(0);
  await expect(dialog(page)).toBeHidden();
});
