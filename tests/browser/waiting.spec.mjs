// What was sent while nobody was signed in: it goes in nobody's name until someone says that it is theirs (A17, S2).

import { clean } from "./axe.mjs";
import { rows } from "./database.mjs";
import { cases } from "./journey.mjs";
import { signInAs } from "./provider.mjs";
import { enter, expect, test } from "./signing_in.mjs";
import { changeStored, openStored, store } from "./stored.mjs";
import { say } from "./words.mjs";

const stored = (server) => rows(server.database, "SELECT count(*) FROM assessments")[0][0];
const senders = (server) => rows(server.database, "SELECT name FROM assessments JOIN practitioners ON practitioners.id = assessments.actor");
const notice = (page) => page.getByRole("region", { name: say("submit.waiting_heading") });
const press = (page, key) => page.getByRole("button", { name: say(key), exact: true }).click();
const details = (page) => page.locator(".ca-drafts__item");
/** What the list says, up to when it was saved. */
const WAITS_FOR_A_PRESS = say("drafts.waiting_for_a_press", { saved: "|" }).split("|")[0];

/** What the server says of a record that belongs to someone else than the one who is signed in. */
const REFUSED = { type: "about:blank", title: "Forbidden", status: 403, detail: "Someone else has signed in.", code: "sent-by-another" };

/** Sends a whole record while nobody is signed in, so that it waits; gives what is then stored. */
async function sendAsNobody(page) {
  await openStored(page, cases["toddler-with-speech-delay"].answers);
  await press(page, "submit.button");
  await expect(notice(page)).toContainText(say("submit.sign_in"));
}

test("what was sent while nobody was signed in goes in no one's name by itself, and says what to do (A17, S2)", async ({ page, signIn }) => {
  const { url, server } = signIn;
  await sendAsNobody(page);
  // The next person at the desk signs in for something else.
  await page.goto("about:blank");
  await enter(page, url, "teacher-8");
  await expect(details(page)).toContainText(WAITS_FOR_A_PRESS);
  await clean(page, "waits for a press");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.reload();
  await expect(details(page)).toContainText(WAITS_FOR_A_PRESS);
  await page.locator(".ca-drafts__name").click();
  await expect(notice(page)).toContainText(say("submit.nobodys"));
  await clean(page, "sent while nobody was signed in");
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/waits-for-a-press.png`, fullPage: true });
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(notice(page).getByRole("button", { name: say("submit.as_mine") })).toBeEnabled();
  expect(stored(server)).toBe(0);
  // The one who opens it and says so sends it.
  await press(page, "submit.as_mine");
  await page.locator(".ca-receipt").waitFor();
  expect(senders(server)).toEqual([["Owen Blythe"]]);
});

test("the list does not say that it goes by itself when the server says that someone else is signed in (A17)", async ({ page, signIn }) => {
  const { url, server } = signIn;
  await enter(page, url, "teacher-8");
  await openStored(page, cases["toddler-with-speech-delay"].answers);
  // Someone else signed in in a window of which this one does not hear.
  await page.route("**/api/v1/assessments", (route) =>
    route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(REFUSED) }),
  );
  await press(page, "submit.button");
  await expect(notice(page)).toContainText(say("submit.other_person"));
  // The start page, and not the record that was open.
  await page.goto("about:blank");
  await page.goto(url);
  const its = say("drafts.waiting_for_its_person", { saved: "|" }).split("|")[0];
  await expect(details(page)).toContainText(its);
  await clean(page, "waits for its person");
  await page.unroute("**/api/v1/assessments");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.getByText(say("submit.others_sent"))).toBeVisible();
  expect(senders(server)).toEqual([["Owen Blythe"]]);
});

test("of two that wait, only the one whose link to sign in was followed goes by itself (A17, S2)", async ({ page, signIn }) => {
  const { server } = signIn;
  await sendAsNobody(page);
  const first = await changeStored(page, () => {});
  const other = { ...first, id: "other", name: "Someone Else", waiting: { ...first.waiting, key: "another-key" } };
  await store(page, [other, first]);
  await page.reload();
  await notice(page).getByRole("link", { name: say("submit.sign_in.link") }).click();
  await signInAs(page, "teacher-7");
  await expect(page.getByText(say("submit.others_sent"))).toBeVisible();
  expect(senders(server)).toEqual([["Priya Raman"]]);
  await page.reload();
  await expect(details(page).filter({ hasText: "Someone Else" })).toContainText(WAITS_FOR_A_PRESS);
  expect(stored(server)).toBe(1);
});

test("someone who signs in in another window does not become the sender of what waits in this one (A17)", async ({ page, context, signIn }) => {
  const { url, server } = signIn;
  await sendAsNobody(page);
  const other = await context.newPage();
  await enter(other, url, "teacher-8");
  // Also before this window has heard of it: the request says that nobody sent it.
  const reply = page.waitForResponse((reply) => reply.request().method() === "POST" && reply.url().endsWith("/assessments"));
  const heard = expect(notice(page)).toContainText(say("submit.nobodys"));
  await Promise.race([reply, heard]);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await heard;
  expect(stored(server)).toBe(0);
});
