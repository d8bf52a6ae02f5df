// Sending when something goes wrong on the way: nothing is lost, nothing is stored twice, and only the server's own
// receipt for exactly these bytes counts as sent. The error summary leads to each problem.

import { startBetween } from "./between.mjs";
import { rows } from "./database.mjs";
import { expect, openDraft, test as base } from "./filled.mjs";
import { answer, at, heading, onDay, open, start, toTasks } from "./journey.mjs";
import { startServer, test as blank } from "./server.mjs";
import { say } from "./words.mjs";

const test = base.extend({
  between: async ({ server }, use) => {
    const between = await startBetween(server);
    await use(between);
    await between.stop();
  },
  address: async ({ between }, use) => use(between.url),
});

test.use({ fresh: true });

const stored = (server) => rows(server.database, "SELECT count(*) FROM assessments")[0][0];
const waiting = (page) => page.getByRole("region", { name: say("submit.waiting_heading") });
const again = (page) => page.getByRole("button", { name: say("submit.again") });
const receipt = (page) => expect(heading(page)).toHaveText(say("receipt.heading"), { timeout: 20_000 });

const announced = (page) => page.locator("[data-announce]");

async function toStart(page) {
  await toTasks(page);
  await page.getByRole("link", { name: say("back.start") }).first().click();
}

async function pressSend(page) {
  await openDraft(page);
  await open(page, "check");
  await page.getByRole("button", { name: say("submit.button") }).click();
}

/** Asks again; it may be that the form does so by itself at this moment. */
const retry = (page) => again(page).click({ timeout: 1_000 }).catch(() => {});

/** Every try carried the same key and the same bytes. */
function expectOneSubmission(between) {
  expect(new Set(between.posts.map(({ key }) => key)).size).toBe(1);
  expect(new Set(between.posts.map(({ body }) => body)).size).toBe(1);
}

test("with the server stopped it waits, through a reload, and is stored once when the server is back", async ({
  page,
  server,
  between,
  today,
}) => {
  await openDraft(page);
  await open(page, "check");
  await server.stop();
  await page.getByRole("button", { name: say("submit.button") }).click();
  await expect(waiting(page)).toContainText(say("submit.offline"));
  await expect(page.locator(".ca-child-bar__status")).toHaveText(say("save.waiting"));

  // The page itself comes from a server that is back; nothing but the draft knows of the sending.
  const back = await startServer({ folder: server.folder, port: server.port, extra: ["--today", today] });
  between.meddle = async () => undefined;
  await page.reload();
  await expect(waiting(page)).toBeVisible();
  between.meddle = (_request, truth) => truth();
  await retry(page);
  await receipt(page);
  expect(stored(back)).toBe(1);
  expectOneSubmission(between);
  await back.stop();
});

/** Where somebody may be when the network comes back. */
const ELSEWHERE = {
  "the start page": async () => {},
  "the start page, after a reload": (page) => page.reload(),
  "another record": (page) => start(page),
  "an element of another record": async (page) => {
    await start(page);
    await open(page, "elements", "identity");
  },
  "\"Do I need to refer?\"": (page) => page.getByRole("button", { name: say("title.refer") }).click(),
};

for (const [place, go] of Object.entries(ELSEWHERE)) {
  test(`S2 a record that waits is sent from ${place}`, async ({ page, server, between }) => {
    between.meddle = async () => undefined;
    await pressSend(page);
    await expect(waiting(page)).toBeVisible();
    await toStart(page);
    const line = page.locator(".ca-drafts__item");
    await expect(line).toContainText("Not sent yet");
    await go(page);
    between.meddle = (_request, truth) => truth();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect.poll(() => stored(server)).toBe(1);
    await expect(announced(page)).toHaveText(say("submit.others_sent"));
    expectOneSubmission(between);
  });
}

test("a reply that is lost after storing ends in one record and its receipt", async ({ page, server, between }) => {
  let lost = 0;
  between.meddle = async (_request, truth) => {
    const reply = await truth();
    lost += 1;
    return lost > 2 ? reply : undefined;
  };
  await pressSend(page);
  await receipt(page);
  expect(lost).toBeGreaterThan(2);
  expect(stored(server)).toBe(1);
  expectOneSubmission(between);
  const [[reference]] = rows(server.database, "SELECT reference FROM assessments");
  await expect(page.locator(".ca-receipt__reference")).toHaveText(reference);
});

const json = { "content-type": "application/json" };
const html = { "content-type": "text/html" };
const FORGERIES = {
  "200 with a page": () => ({ status: 200, headers: html, body: "<p>Sign in to the guest network</p>" }),
  "201 with a page": () => ({ status: 201, headers: html, body: "<p>Created</p>" }),
  "an empty 200": () => ({ status: 200, headers: {}, body: "" }),
  "an empty 201": () => ({ status: 201, headers: json, body: "" }),
  "JSON without a receipt": () => ({ status: 201, headers: json, body: '{"ok":true}' }),
  "a portal's redirect": () => ({ status: 302, headers: { location: "/index.html" }, body: "" }),
  "511": () => ({ status: 511, headers: html, body: "" }),
  "500": () => ({ status: 500, headers: json, body: "{}" }),
  "403": () => ({ status: 403, headers: json, body: "{}" }),
  "a receipt for other bytes": async (truth) => {
    const reply = await truth();
    const altered = { ...JSON.parse(reply.body), sha256: "0".repeat(64) };
    return { status: 201, headers: json, body: JSON.stringify(altered) };
  },
  "a receipt that is cut off": async (truth) => {
    const reply = await truth();
    return { status: 201, headers: json, body: reply.body.subarray(0, 200) };
  },
};

test("no forged reply counts as sent", async ({ page, server, between }) => {
  let [forgery, told] = ["", new Map()];
  between.meddle = async (_request, truth) => {
    const now = forgery;
    if (!now) return truth();
    const reply = await FORGERIES[now](truth);
    told.set(now, (told.get(now) ?? 0) + 1);
    return reply;
  };
  forgery = Object.keys(FORGERIES)[0];
  await pressSend(page);
  for (forgery of Object.keys(FORGERIES)) {
    await expect(async () => {
      await retry(page);
      expect(told.get(forgery), forgery).toBeGreaterThan(0);
    }).toPass();
    await expect(waiting(page), forgery).toBeVisible();
    await expect(again(page), forgery).toBeEnabled();
    await expect(page.locator(".ca-receipt"), forgery).toHaveCount(0);
    if (!forgery.startsWith("a receipt")) expect(stored(server), forgery).toBe(0);
  }
  forgery = "";
  await retry(page);
  await receipt(page);
  expect(stored(server)).toBe(1);
  expectOneSubmission(between);
});

test("what the server refuses is shown as a problem at the question, and the record can be changed again", async ({
  page,
  server,
  between,
}) => {
  between.meddle = async () => ({
    status: 422,
    headers: { "content-type": "application/problem+json" },
    body: JSON.stringify({
      code: "answers-refused",
      problems: [{ path: "identifying_details.family_name", code: "needed" }],
    }),
  });
  await pressSend(page);
  const summary = page.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  await expect(waiting(page)).toHaveCount(0);
  await summary.getByRole("link").click();
  await expect(at(page, "identifying_details.family_name")).toBeFocused();
  await answer(page, "identifying_details.family_name", "Hartnell-Stubbs");
  between.meddle = (_request, truth) => truth();
  await open(page, "check");
  await page.getByRole("button", { name: say("submit.button") }).click();
  await receipt(page);
  const [[answers]] = rows(server.database, "SELECT answers FROM assessments");
  expect(JSON.parse(answers).identifying_details.family_name).toBe("Hartnell-Stubbs");
  expect(new Set(between.posts.map(({ key }) => key)).size).toBe(2);
});

blank("an empty record is not sent: each problem leads to its question", async ({ page, server }) => {
  blank.setTimeout(120_000);
  await onDay(page, "2026-11-23");
  await page.goto("/");
  await start(page);
  await open(page, "check");
  await page.getByRole("button", { name: say("submit.button") }).click();
  const summary = page.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  const links = summary.getByRole("link");
  const texts = await links.allTextContents();
  // About a dozen answers; danger was answered.
  expect(texts.length).toBe(9);
  expect(new Set(texts).size).toBe(texts.length);
  const reached = [];
  for (const [index, text] of texts.entries()) {
    if (index > 0) {
      // Nothing was fixed, so the way back leads to the same list.
      await page.getByRole("link", { name: say("error.back") }).click();
      await expect(summary).toBeFocused();
      await expect(links).toHaveCount(texts.length);
    }
    await links.nth(index).click();
    await expect(heading(page)).not.toHaveText(say("title.check"));
    const focused = () =>
      page.locator("common-assessment").evaluate((element) => {
        const active = element.shadowRoot.activeElement;
        return active?.localName === "h1" ? "" : (active?.id ?? "");
      });
    await expect.poll(focused, { message: text }).not.toBe("");
    reached.push(await focused());
  }
  expect(new Set(reached).size).toBe(texts.length);
  expect(stored(server)).toBe(0);

  // What is fixed leaves the list, and the page of a section shows its own problems only.
  await open(page, "identifying_details");
  await expect(summary.getByRole("link")).toHaveCount(texts.filter((_, at) => reached[at].startsWith("identifying_details")).length);
  await answer(page, "identifying_details.given_names", "Zoë");
  await page.getByRole("link", { name: say("error.back") }).click();
  await expect(summary).toBeFocused();
  await expect(links).toHaveCount(texts.length - 1);
});
