// What somebody types into a record of the team while the session ends, the server starts again, the page is frozen or the form
// is locked: it says since when it is not saved, keeps every word, and merges it or asks (B20).

import { ask, expect, goTo, look, test } from "./demo_people.mjs";
import { storedFields } from "./delayed.mjs";
import { cases, heading } from "./journey.mjs";
import { enter, strangers, test as withSignIn } from "./signing_in.mjs";
import { openStored } from "./stored.mjs";
import { begun, field, plan, put, record, savedAt, TODAY, toTeam, type } from "./team.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(120_000);
withSignIn.setTimeout(120_000);

const notSaved = (page) => page.locator(".ca-team-saved--not").getByText(like("team.not_saved"));
const GOAL = "long_term_goal";
/** Milliseconds: the page says that something is not saved after two seconds, and a busy machine needs more. */
const SOON = 5_000;

test("a session that ends: the page says since when nothing is saved, keeps the words, and merges them after signing in (B20, case_b20)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  await type(teacher, GOAL, "A calm home");
  await ask(teacher, "DELETE", "session");
  await field(teacher, GOAL).fill("A calm home with words");
  await expect(notSaved(teacher)).toBeVisible({ timeout: SOON });
  await expect(teacher.getByText(say("team.not_saved.kept"))).toBeVisible();
  await expect(savedAt(teacher)).toHaveCount(0);
  await expect.poll(() => storedFields(teacher)).toContain("A calm home with words");
  await look(teacher, "a plan while the session has ended");
  // Somebody else goes on meanwhile.
  const other = await someone("teacher");
  await put(other, id, "plan", 1, 1, { long_term_goal: "A calm home", disagreements: "Nan is not sure" });
  await ask(teacher, "POST", "demo/session", { person: "teacher" });
  // To nobody the demo says that there is no such record, which is not asked again by itself: the next key does.
  await field(teacher, GOAL).press("End");
  await field(teacher, GOAL).pressSequentially(" and play");
  await expect(savedAt(teacher)).toBeVisible();
  await expect(field(teacher, GOAL)).toHaveValue("A calm home with words and play");
  await expect(field(teacher, "disagreements")).toHaveValue("Nan is not sure");
  expect((await record(teacher, id)).record).toMatchObject({ long_term_goal: "A calm home with words and play", disagreements: "Nan is not sure" });
  await expect.poll(() => storedFields(teacher)).not.toContain("A calm home");
});

test("half an hour of typing out of reach while the session ends: nothing is said to be saved, and then every word of it is (B20, case_b20)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  await type(teacher, GOAL, "A calm home.");
  // The server is out of reach of this page, and ends the session meanwhile.
  await teacher.route(/\/api\/v1\//, (route) => route.abort());
  expect((await teacher.context().request.delete("/api/v1/session")).status()).toBeLessThan(300);
  const begin = new Date(`${TODAY}T12:00:00Z`);
  // The page asks each minute whether the session goes on.
  let asked = 0;
  teacher.on("request", (request) => (asked += request.url().includes("/api/v1/session") ? 1 : 0));
  let typed = "A calm home.";
  let said;
  await field(teacher, GOAL).press("End");
  for (let minute = 1; minute <= 30; minute += 1) {
    const before = asked;
    // Only the page's clock goes on by a minute each time; timers go on as ever, and the page looks at the clock each second.
    await teacher.clock.setFixedTime(new Date(begin.getTime() + minute * 60_000));
    const words = ` Word ${minute}.`;
    await field(teacher, GOAL).pressSequentially(words);
    typed += words;
    await expect.poll(() => asked).toBeGreaterThan(before);
    if (minute === 1) {
      await expect(notSaved(teacher)).toBeVisible({ timeout: SOON });
      said = await notSaved(teacher).textContent();
    }
  }
  // Since the first minute, and not since the last.
  await expect(notSaved(teacher)).toHaveText(said);
  await expect(savedAt(teacher)).toHaveCount(0);
  await expect(field(teacher, GOAL)).toHaveValue(typed);
  await expect.poll(() => storedFields(teacher)).toContain("Word 30.");
  await look(teacher, "a plan after half an hour out of reach");
  const other = await someone("teacher");
  expect((await record(other, id)).record.long_term_goal, "nothing of it is on the server").toBe("A calm home.");
  await put(other, id, "plan", 1, 1, { long_term_goal: "A calm home.", disagreements: "Nan is not sure" });
  // In reach again: the same person signs in, and nothing is missing.
  await teacher.unroute(/\/api\/v1\//);
  expect((await ask(teacher, "POST", "demo/session", { person: "teacher" })).status).toBeLessThan(300);
  await goTo(teacher, plan(id));
  await expect(field(teacher, GOAL)).toHaveValue(typed);
  await expect.poll(async () => (await record(teacher, id)).record.long_term_goal).toBe(typed);
  expect((await record(teacher, id)).record.disagreements).toBe("Nan is not sure");
});

test("a server that starts again: the words are kept, and where somebody wrote the same answer both are shown (B18, B20, case_b18, case_b20)", async ({ someone, server }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  await type(teacher, GOAL, "A calm home");
  await server.stop();
  await field(teacher, GOAL).fill("A calm home with words");
  await expect(notSaved(teacher)).toBeVisible({ timeout: SOON });
  await expect(savedAt(teacher)).toHaveCount(0);
  await expect.poll(() => storedFields(teacher)).toContain("A calm home with words");
  // The first to be there again is somebody else.
  await teacher.route(/team-records/, (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
  const again = await server.again();
  try {
    const other = await someone("teacher");
    await put(other, id, "plan", 1, 1, { long_term_goal: "A home without shouting" });
    await teacher.unroute(/team-records/);
    await field(teacher, GOAL).press("End");
    await field(teacher, GOAL).pressSequentially("!");
    await expect(teacher.getByRole("heading", { name: say("team.clash.heading") })).toBeVisible({ timeout: 60_000 });
    for (const text of ["A calm home with words", "A home without shouting"]) {
      await expect(teacher.locator(".ca-typed", { hasText: text }).first()).toBeVisible();
    }
    await expect(savedAt(teacher)).toHaveCount(0);
  } finally {
    await again.stop();
  }
});

test("a page that was frozen keeps what was typed before, and saves it with the next key (B20, case_b20)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  await type(teacher, GOAL, "A calm home");
  const client = await teacher.context().newCDPSession(teacher);
  await field(teacher, GOAL).fill("A calm home with words");
  await client.send("Page.setWebLifecycleState", { state: "frozen" });
  const other = await someone("teacher");
  await put(other, id, "plan", 1, 1, { long_term_goal: "A calm home", disagreements: "Nan is not sure" });
  await client.send("Page.setWebLifecycleState", { state: "active" });
  await field(teacher, GOAL).press("End");
  await field(teacher, GOAL).pressSequentially("!");
  await expect(field(teacher, "disagreements")).toHaveValue("Nan is not sure", { timeout: 30_000 });
  await expect(savedAt(teacher)).toBeVisible();
  expect((await record(teacher, id)).record.long_term_goal).toBe("A calm home with words!");
});

withSignIn("a plan that locks in the middle of a word is there again without a character missing (B20, B29, case_b20)", async ({ page, context, signIn }) => {
  const { url } = signIn;
  const story = cases["toddler-with-speech-delay"];
  await enter(page, url);
  await openStored(page, story.answers);
  await page.getByRole("button", { name: say("submit.button"), exact: true }).click();
  await page.locator(".ca-receipt").waitFor();
  await page.goto("about:blank");
  await page.goto(url);
  await page.getByRole("link", { name: say("start.work") }).click();
  await page.getByRole("link", { name: new RegExp(story.answers.identifying_details.family_name) }).first().click();
  await page.getByRole("link", { name: say("work.title.plan"), exact: true }).click();
  await field(page, GOAL).pressSequentially("A calm home, zebra-lanter");
  await page.keyboard.press("F8");
  await expect(heading(page)).toHaveText(say("title.locked"));
  const text = await page.evaluate(() => document.documentElement.outerHTML + document.querySelector("common-assessment").shadowRoot.innerHTML);
  expect(text).not.toContain("zebra-lanter");
  await strangers(context);
  await enter(page, url);
  // It comes back to the page that was open.
  await expect(field(page, GOAL)).toHaveValue("A calm home, zebra-lanter");
});
