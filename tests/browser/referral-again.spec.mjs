// Asking social care where something goes wrong: a part of the record cannot be read, the reply is lost, two windows write the
// same answers, another version of the form was here, and a press that comes twice or too late. What goes, and to whom, is
// tested in referral.spec.mjs.

import { delayed, storedFields } from "./delayed.mjs";
import { AMELIA, ask, change, expect, goTo, look, press, send, test, titled } from "./demo_people.mjs";
import { cases, onDay } from "./journey.mjs";
import { begun, episodeOf, field, FIVE, put, saysSo } from "./team.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(120_000);

const preview = (page) => page.getByRole("article", { name: say("team.referral.preview") });
const WHY = "Two bruises on his arm, and he will not say how.";

/** Opens the page, until what it is made from is here. */
async function toReferral(page, id) {
  await goTo(page, `work.together.referral.${id}`);
  await titled(page, "work.title.referral");
  await expect(page.locator("h2 bdi").first()).toBeVisible();
}

/** Answers what is needed. */
async function answers(page) {
  await field(page, "why").fill(WHY);
  await page.locator("input[name=agreement][value=agrees]").check();
  await field(page, "decided_by").fill("Priya Raman, inclusion lead");
  await page.locator("input[name=family_told][value=yes]").check();
}

const sent = async (page, id) => (await ask(page, "GET", `episodes/${id}/referral`)).body.referrals;
const isKept = (page, text) => expect.poll(() => storedFields(page)).toContain(text);

/** What a page does while the server does not answer at an address. */
async function broken(page, at, act) {
  await page.route(at, (route) => route.fulfill({ status: 503, body: "" }));
  await act();
  await page.unroute(at);
}

test("a plan that cannot be read is left out and named, and nothing else of the page goes with it", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await put(teacher, id, "plan", 1, 0, FIVE);
  await broken(teacher, /team-records\/plan\/1$/, async () => {
    await toReferral(teacher, id);
    await expect(teacher.locator("[data-numbers] a[href^='tel:']").first()).toBeVisible();
    await expect(teacher.getByText(say("team.referral.unread"))).toBeVisible();
    await expect(teacher.locator("li", { hasText: say("team.referral.of.plan") })).toBeVisible();
    await expect(preview(teacher).getByText("Hart", { exact: true }).first()).toBeVisible();
    await expect(preview(teacher).getByText("A calm home")).toHaveCount(0);
    await field(teacher, "why").fill(WHY);
    await look(teacher, "asking social care without the plan");
  });
  await press(teacher, "later.again");
  await expect(preview(teacher).getByText("A calm home")).toBeVisible();
  await expect(teacher.getByText(say("team.referral.unread"))).toHaveCount(0);
  await expect(field(teacher, "why")).toHaveValue(WHY);
});

test("without the assessment nobody can tell if an address is protected, and no words of the team go that nobody looked at", async ({ someone }) => {
  const teacher = await someone("teacher");
  await send(teacher, { ...AMELIA, address_confidential: "yes" });
  const id = await episodeOf(teacher);
  const [aim] = FIVE.outcomes;
  await put(teacher, id, "plan", 1, 0, { ...FIVE, outcomes: [{ ...aim, desired_outcome: "To stay at 1 Invented Row" }] });
  await broken(teacher, /versions\/1$/, async () => {
    await toReferral(teacher, id);
    await expect(teacher.getByText(say("team.referral.unread.address"))).toBeVisible();
    await expect(preview(teacher)).toBeVisible();
    for (const words of ["A calm home", "Invented Row"]) await expect(preview(teacher).getByText(words)).toHaveCount(0);
    await answers(teacher);
    await expect(preview(teacher).getByText(WHY)).toBeVisible();
    // A line that somebody has looked at.
    await teacher.getByText(like("outputs.reason.may_give_address_away")).click();
    await teacher.locator("[id='in.plan:long_term_goal']").check();
    await expect(preview(teacher).getByText("A calm home")).toBeVisible();
    await press(teacher, "team.referral.send");
    await expect(teacher.getByText(say("team.referral.address.unread.needed"))).toBeVisible();
    expect(await sent(teacher, id)).toEqual([]);
    await look(teacher, "asking social care without the assessment");
    await teacher.getByLabel(say("team.referral.address.unread")).check();
    await press(teacher, "team.referral.send");
    await saysSo(teacher, "team.referral.done");
  });
  const all = await sent(teacher, id);
  expect(all).toHaveLength(1);
  expect(JSON.stringify(all)).toContain("A calm home");
  expect(JSON.stringify(all)).not.toContain("Invented Row");
});

test("a second press after a lost reply asks social care once, and the page says that it was asked (B10)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toReferral(teacher, id);
  await answers(teacher);
  await isKept(teacher, WHY);
  const bodies = [];
  const at = `**/episodes/${id}/referral`;
  await teacher.route(at, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    bodies.push(route.request().postDataJSON());
    // The server stores the first; its answer never comes.
    if (bodies.length > 1) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.maybe_sent");
  expect(await sent(teacher, id)).toHaveLength(1);
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.done");
  expect(bodies[1], "the same under the same id").toEqual(bodies[0]);
  expect(await sent(teacher, id)).toHaveLength(1);
  await expect.poll(() => storedFields(teacher), "what was used is kept no longer").not.toContain(WHY);
});

test("two windows that write one referral lose nothing, and the same question has both texts beside it (B18)", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toReferral(teacher, id);
  await field(teacher, "why").fill("Bruises on his arm");
  await isKept(teacher, "Bruises on his arm");
  const other = await teacher.context().newPage();
  await onDay(other, cases["toddler-with-speech-delay"].today);
  await toReferral(other, id);
  await expect(field(other, "why")).toHaveValue("Bruises on his arm");
  // Different questions: each window keeps its own, and no window the other's.
  await field(teacher, "spoke_to").fill("Dana on the desk");
  await isKept(teacher, "Dana on the desk");
  await field(other, "where_now").fill("With his grandmother");
  await isKept(other, "With his grandmother");
  await expect(other.getByText(say("work.aside"))).toHaveCount(0);
  // The same question.
  await field(teacher, "why").fill("Bruises on his arm and his back");
  await isKept(teacher, "and his back");
  await field(other, "why").fill("He will not say who did it");
  const box = other.locator(".govuk-inset-text", { hasText: say("work.aside") });
  await expect(box.locator(".ca-typed")).toHaveText("Bruises on his arm and his back");
  await expect(field(other, "why")).toHaveValue("He will not say who did it");
  const below = await other.evaluate(() => {
    const root = document.querySelector("common-assessment").shadowRoot;
    const [box, why, next] = [root.querySelector(".govuk-inset-text .ca-typed"), root.getElementById("why"), root.getElementById("where_now")];
    const follows = (one, two) => Boolean(one.compareDocumentPosition(two) & Node.DOCUMENT_POSITION_FOLLOWING);
    return follows(why, box) && follows(box, next);
  });
  expect(below, "under its question").toBe(true);
  await look(other, "two windows that ask social care");
  for (const text of ["Dana on the desk", "With his grandmother", "and his back", "He will not say"]) await isKept(other, text);
  await box.getByRole("button", { name: say("work.aside.drop") }).click();
  await expect(box).toHaveCount(0);
  await expect.poll(() => storedFields(other)).not.toContain("and his back");
});

test("answers to another version of the form are shown as they are, and never written over", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toReferral(teacher, id);
  await field(teacher, "why").fill(WHY);
  await isKept(teacher, WHY);
  await teacher.goto("about:blank");
  await teacher.goto("/api/v1/health");
  await teacher.evaluate(
    ([name, text]) =>
      new Promise((done) => {
        const opening = indexedDB.open("common-assessment-work", 1);
        opening.onsuccess = () => {
          const store = opening.result.transaction("records", "readwrite").objectStore("records");
          store.openCursor().onsuccess = ({ target: { result: found } }) => {
            const kept = JSON.parse(found.value);
            kept.fields[name] = text;
            store.put(JSON.stringify(kept), found.key).onsuccess = () => (opening.result.close(), done());
          };
        };
      }),
    [`question.referral.${id}.referral-2031.2.why`, "Words of a later release"],
  );
  await toReferral(teacher, id);
  await teacher.getByText(say("team.referral.older"), { exact: true }).click();
  await expect(teacher.getByText("Words of a later release")).toBeVisible();
  await look(teacher, "answers to another version of the form for social care");
  await answers(teacher);
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.done");
  await expect.poll(() => storedFields(teacher)).not.toContain(WHY);
  expect(await storedFields(teacher)).toContain("Words of a later release");
});

test("taking back that the form was sent: a press that comes twice counts once, and somebody else's change is no dead end", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toReferral(teacher, id);
  await answers(teacher);
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.done");
  await change(teacher, id, "POST", "referral/written", { by: "email" });
  await toReferral(teacher, id);
  await teacher.getByText(say("team.referral.not_written.open")).click();
  const reason = teacher.getByLabel(say("team.referral.not_written"), { exact: true });
  await reason.fill("It is still a draft.");
  // Somebody has changed the record since this page was read.
  await change(teacher, id, "POST", "exclusions", { organisation: "Kirkstall Youth Project" });
  await press(teacher, "team.referral.not_written.save");
  await saysSo(teacher, "team.referral.not_written.changed");
  await expect(reason).toHaveValue("It is still a draft.");
  await expect(reason).toBeVisible();
  await look(teacher, "taking back that the form was sent after a change");
  const tries = [];
  teacher.on("request", (request) => request.url().endsWith("/not-written") && tries.push(request.url()));
  const held = await delayed(teacher, /\/not-written$/);
  const save = teacher.getByRole("button", { name: say("team.referral.not_written.save") });
  await save.click();
  await held.came;
  // As a browser presses a button that says it is disabled.
  await save.dispatchEvent("click");
  await save.press("Enter");
  expect(await held.letGo()).toBe(204);
  await saysSo(teacher, "team.referral.not_written.done");
  expect(tries).toHaveLength(1);
  expect(held.wrong).toEqual([]);
  expect((await ask(teacher, "GET", `episodes/${id}`)).body.referral.written).toBeUndefined();
});

test("where the answer to taking it back is lost, the next press does not say that nothing was sent", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toReferral(teacher, id);
  await answers(teacher);
  await press(teacher, "team.referral.send");
  await saysSo(teacher, "team.referral.done");
  await change(teacher, id, "POST", "referral/written", { by: "email" });
  await toReferral(teacher, id);
  await teacher.getByText(say("team.referral.not_written.open")).click();
  await teacher.getByLabel(say("team.referral.not_written"), { exact: true }).fill("It is still a draft.");
  // The server takes it back; its answer never comes.
  await teacher.route(/\/not-written$/, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await press(teacher, "team.referral.not_written.save");
  await expect(teacher.getByText(say("work.failed.offline"))).toBeVisible();
  await teacher.unroute(/\/not-written$/);
  await press(teacher, "team.referral.not_written.save");
  await saysSo(teacher, "team.referral.not_written.maybe");
  await expect(teacher.getByText(say("team.referral.not_written.changed"))).toHaveCount(0);
  expect((await ask(teacher, "GET", `episodes/${id}`)).body.referral.written).toBeUndefined();
});
