// What is typed into the fields of my work is there again after a lock, a sign-out or a reload, for the one who typed it
// and nobody else (B20, B29, B30); and a lock while the server is out of reach shows nothing after a reload.

import { clean } from "./axe.mjs";
import { storedFields } from "./delayed.mjs";
import { at, cases, heading } from "./journey.mjs";
import { signInAs } from "./provider.mjs";
import { enter, expect, strangers, test } from "./signing_in.mjs";
import { openStored } from "./stored.mjs";
import { say } from "./words.mjs";

const STORY = cases["toddler-with-speech-delay"];
const { given_names: GIVEN, family_name: FAMILY } = STORY.answers.identifying_details;
const press = (page, key) => page.getByRole("button", { name: say(key), exact: true }).click();
const again = (page) => page.getByRole("link", { name: say("sign_in.again") });
const titled = (page, key) => expect(heading(page)).toHaveText(say(key));

/** Sends the case and goes to its record in my work. */
async function toRecord(page, url) {
  await enter(page, url);
  await openStored(page, STORY.answers);
  await press(page, "submit.button");
  await page.locator(".ca-receipt").waitFor();
  await home(page, url);
  await page.getByRole("link", { name: say("start.work") }).click();
  await titled(page, "work.title.list");
  await page.getByRole("link", { name: `${GIVEN} ${FAMILY}` }).click();
  await titled(page, "work.title.episode");
  // Everything that is asked for is here.
  await page.getByRole("link", { name: /^Version 1/ }).waitFor();
}

async function home(page, url) {
  await page.goto("about:blank");
  await page.goto(url);
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
}

/** Everything that a reader of the page could read. */
const readable = (page) =>
  page.evaluate(() => {
    const root = document.querySelector("common-assessment").shadowRoot;
    const typed = [...root.querySelectorAll("input, textarea")].map((field) => field.value);
    return document.documentElement.outerHTML + root.innerHTML + document.title + location.href + typed.join();
  });

/** The form is locked, and has nothing of this. */
async function isLocked(page, ...words) {
  await titled(page, "title.locked");
  const text = await readable(page);
  for (const word of words) expect(text).not.toContain(word);
}

test("a reason for a correction is there again after a lock, for the same person only (B20, B29)", async ({ page, context, signIn }) => {
  const { url } = signIn;
  await toRecord(page, url);
  await page.getByRole("link", { name: /^Version 1/ }).click();
  await page.getByRole("link", { name: say("work.amend.link") }).click();
  await page.getByLabel(say("work.amend.kind.correction")).check();
  const reason = page.getByLabel(say("work.amend.reason"));
  await reason.fill("zebra-lantern was miss");
  await page.keyboard.press("F8");
  await isLocked(page, "zebra-lantern", FAMILY);
  // Somebody else has nothing of it, on the same page or another.
  await strangers(context);
  await again(page).click();
  await signInAs(page, "teacher-8");
  await expect(at(page, "lock.now")).toBeVisible();
  await page.getByRole("link", { name: say("start.work") }).click();
  await titled(page, "work.title.list");
  expect(await readable(page)).not.toContain("zebra-lantern");
  await page.keyboard.press("F8");
  await titled(page, "title.locked");
  // Its own person finds it where it was.
  await strangers(context);
  await enter(page, url);
  await page.getByRole("link", { name: say("start.work") }).click();
  await page.getByRole("link", { name: `${GIVEN} ${FAMILY}` }).click();
  await page.getByRole("link", { name: /^Version 1/ }).click();
  await page.getByRole("link", { name: say("work.amend.link") }).click();
  await expect(reason).toHaveValue("zebra-lantern was miss");
  await expect(page.getByLabel(say("work.amend.kind.correction"))).toBeChecked();
  // Once it is used it is kept no longer.
  await press(page, "work.amend.begin");
  await titled(page, "title.tasks");
  await expect.poll(() => storedFields(page)).not.toContain("zebra-lantern");
});

test("an invitation and a search are there again when a session has ended or a page was reloaded (B20)", async ({ page, signIn }) => {
  const { url } = signIn;
  await toRecord(page, url);
  await page.getByRole("link", { name: say("work.title.team") }).click();
  await press(page, "work.invite");
  await page.getByLabel(say("work.invite.subject")).fill("zebra-lantern-77");
  await page.getByLabel(say("section.elements"), { exact: true }).check();
  await page.getByLabel(say("work.invite.days.30"), { exact: true }).check();
  // The server ends the session, and this window finds out.
  await page.evaluate(() => fetch("/api/v1/session", { method: "DELETE" }));
  await page.keyboard.press("F8");
  await isLocked(page, "zebra-lantern");
  await again(page).click();
  await titled(page, "work.title.team");
  await expect(page.getByLabel(say("work.invite.subject"))).toHaveValue("zebra-lantern-77");
  await expect(page.getByLabel(say("section.elements"), { exact: true })).toBeChecked();
  await expect(page.getByLabel(say("work.invite.days.30"), { exact: true })).toBeChecked();

  await home(page, url);
  await page.getByRole("link", { name: say("start.work") }).click();
  await page.getByRole("link", { name: say("work.title.search") }).click();
  const search = page.getByLabel(say("work.search.label"));
  await search.fill("Moss zebra-lan");
  await expect.poll(() => storedFields(page)).toContain("zebra-lan");
  await page.reload();
  await expect(search).toHaveValue("Moss zebra-lan");
});

test("a key in one window takes nothing away that another window keeps (B20)", async ({ page, context, signIn }) => {
  const { url } = signIn;
  await toRecord(page, url);
  await page.getByRole("link", { name: say("work.title.notes"), exact: true }).click();
  const note = page.getByLabel(say("work.note.words"));
  await note.fill("zebra-lantern one");
  await expect.poll(() => storedFields(page)).toContain("zebra-lantern one");
  // The other window has read what was kept by now, and does not know what comes after it.
  const other = await context.newPage();
  await home(other, url);
  await other.getByRole("link", { name: say("start.work") }).click();
  await titled(other, "work.title.list");
  await other.getByRole("link", { name: `${GIVEN} ${FAMILY}` }).click();
  await other.getByRole("link", { name: say("work.title.notes"), exact: true }).click();
  await expect(other.getByLabel(say("work.note.words"))).toHaveValue("zebra-lantern one");
  await note.fill("zebra-lantern two");
  await expect.poll(() => storedFields(page)).toContain("zebra-lantern two");
  await other.getByRole("link", { name: say("work.back.episode"), exact: true }).click();
  await other.getByRole("link", { name: say("work.back.list"), exact: true }).click();
  await other.getByRole("link", { name: say("work.title.search") }).click();
  await other.getByLabel(say("work.search.label")).fill("Moss");
  await expect.poll(() => storedFields(other)).toContain("Moss");
  expect(await storedFields(page)).toContain("zebra-lantern two");
});

test("a form that was locked while the server was out of reach shows nothing of my work after a reload (B29)", async ({ page, context, signIn }) => {
  const { url } = signIn;
  await toRecord(page, url);
  const seen = [];
  page.on("request", (request) => request.url().includes("/api/v1/episodes") && seen.push(request.url()));
  // Signing out does not reach the server, so the session is still good there.
  await page.route("**/api/v1/session", (route) => route.abort());
  await page.keyboard.press("F8");
  await isLocked(page, FAMILY);
  // The page notes each thing that it ever drew.
  await page.addInitScript((name) => {
    addEventListener("DOMContentLoaded", () => {
      const look = () => {
        if (document.querySelector("common-assessment")?.shadowRoot?.innerHTML.includes(name)) globalThis.drawn = true;
        requestAnimationFrame(look);
      };
      look();
    });
  }, FAMILY);
  await page.reload();
  await expect(heading(page)).toBeVisible();
  await expect(again(page).or(page.getByRole("link", { name: say("account.sign_in"), exact: true })).first()).toBeVisible();
  expect(await page.evaluate(() => globalThis.drawn)).toBeUndefined();
  expect(seen).toEqual([]);
  // Its person comes back to it.
  await page.unrouteAll();
  await page.reload();
  await again(page).or(page.getByRole("link", { name: say("account.sign_in"), exact: true })).first().click();
  await titled(page, "work.title.episode");
  await expect(page.getByText(`${GIVEN} ${FAMILY}`)).toBeVisible();
});

test("two windows in one field keep the words of both, and say so (B18)", async ({ page, context, signIn }) => {
  const { url } = signIn;
  await toRecord(page, url);
  await page.getByRole("link", { name: say("work.title.notes"), exact: true }).click();
  const note = page.getByLabel(say("work.note.words"));
  await note.fill("zebra-lantern rang");
  await expect.poll(() => storedFields(page)).toContain("zebra-lantern rang");
  const other = await context.newPage();
  await home(other, url);
  await other.getByRole("link", { name: say("start.work") }).click();
  await other.getByRole("link", { name: `${GIVEN} ${FAMILY}` }).click();
  await other.getByRole("link", { name: say("work.title.notes"), exact: true }).click();
  const theirs = other.getByLabel(say("work.note.words"));
  await expect(theirs).toHaveValue("zebra-lantern rang");
  await note.fill("zebra-lantern rang at noon");
  await expect.poll(() => storedFields(page)).toContain("rang at noon");
  await expect(other.getByText(say("work.aside"))).toBeHidden();
  await theirs.fill("Nobody rang");
  await expect(other.getByText(say("work.aside"))).toBeVisible();
  await expect(other.locator(".govuk-inset-text .ca-typed")).toHaveText("zebra-lantern rang at noon");
  await clean(other, "words of another window");
  await expect(theirs).toHaveValue("Nobody rang");
  await expect.poll(() => storedFields(other)).toContain("rang at noon");
  await expect.poll(() => storedFields(other)).toContain("Nobody rang");
  await other.getByRole("button", { name: say("work.aside.drop") }).click();
  await expect(other.getByText(say("work.aside"))).toBeHidden();
  await expect.poll(() => storedFields(other)).not.toContain("rang at noon");
});

test("words of people who do not come back are kept for thirty days, and the page says so", async ({ page, signIn }) => {
  const { url } = signIn;
  await toRecord(page, url);
  const day = 24 * 60 * 60 * 1000;
  const store = (entries) =>
    page.evaluate(
      (entries) =>
        new Promise((done) => {
          const opening = indexedDB.open("common-assessment-work", 1);
          opening.onsuccess = () => {
            const writing = opening.result.transaction("records", "readwrite");
            for (const [key, text] of entries) writing.objectStore("records").put(text, key);
            writing.oncomplete = () => (opening.result.close(), done());
          };
        }),
      entries,
    );
  const words = (at, text) => JSON.stringify({ at, fields: { "notes.x..words": text } });
  await page.getByRole("link", { name: say("work.title.notes"), exact: true }).click();
  await page.getByLabel(say("work.note.words")).fill("zebra-lantern stays");
  await expect.poll(() => storedFields(page)).toContain("zebra-lantern stays");
  await store([
    ["someone", words(Date.now() - 31 * day, "mauve-umbrella long ago")],
    ["someone else", words(Date.now() - 29 * day, "mauve-umbrella of late")],
    ["older", JSON.stringify({ "notes.x..words": "mauve-umbrella undated" })],
  ]);
  await home(page, url);
  await page.getByRole("link", { name: say("start.work") }).click();
  await expect(page.getByText(say("work.kept", { days: "30" }))).toBeVisible();
  await expect.poll(() => storedFields(page)).not.toContain("long ago");
  for (const left of ["of late", "undated", "zebra-lantern stays"]) expect(await storedFields(page)).toContain(left);
});
