// About a dozen answers are enough: a thin record and a refusal through the real form, what is said of the rest, where the
// focus goes after Send, and an authority that asks for more. What is required when is tested in the engine.

import { fileURLToPath } from "node:url";
import { clean } from "./axe.mjs";
import { startBetween } from "./between.mjs";
import { rows } from "./database.mjs";
import { answer, at, heading, listed, onDay, open, start } from "./journey.mjs";
import { expect, startServer, test } from "./server.mjs";
import { THIN, fillThin } from "./thin.mjs";
import { like, say } from "./words.mjs";

test.use({ fresh: true });
test.setTimeout(120_000);

async function toThin(page) {
  await onDay(page, "2026-11-23");
  await page.goto("/");
  await start(page);
  await fillThin(page);
}

const sendButton = (page) => page.getByRole("button", { name: say("submit.button") });
const stored = (server) => rows(server.database, "SELECT count(*) FROM assessments")[0][0];

test("a dozen answers are sent, and the rest is shown as not recorded", async ({ page, server }) => {
  await toThin(page);
  await open(page, "elements", "identity");
  await answer(page, "elements.identity.strengths", "Proud of her football");
  await open(page, "check");
  await expect(page.getByText(say("check.open.done"))).toBeVisible();
  await expect(page.getByText(/18 of 19 elements not talked about/)).toBeVisible();
  await page.getByRole("button", { name: say("check.answers.show") }).click();
  await expect(page.locator(".ca-gap", { hasText: "Not talked about:" })).toBeVisible();
  await clean(page, "the check page of a thin record, unfolded");
  await sendButton(page).click();
  await expect(heading(page)).toHaveText(say("receipt.heading"));
  await expect(page.locator(".ca-receipt .ca-gap").first()).toBeVisible();
  await clean(page, "receipt of a thin record");
  const [[answers]] = rows(server.database, "SELECT answers FROM assessments");
  expect(JSON.parse(answers).identifying_details.family_name).toBe("Suharto");
  await page.getByRole("link", { name: say("receipt.copies") }).click();
  await at(page, "output.child").check();
  await expect(page.locator(".ca-output").getByRole("heading", { name: say("gap.heading") })).toBeVisible();
});

test("the check page begins with the headline, what is open and Send, and is short", async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  await onDay(page, "2026-11-23");
  await page.goto("/");
  await start(page);
  await open(page, "check");
  const order = await page.getByRole("main").getByRole("heading", { level: 2 }).allTextContents();
  const at = (words) => order.findIndex((text) => text.includes(words));
  expect(at(say("check.open"))).toBeLessThan(at(say("submit.heading")));
  expect(at(say("submit.heading"))).toBeLessThan(at(say("check.answers")));
  expect(await page.evaluate(() => document.documentElement.scrollHeight / innerHeight)).toBeLessThan(3);
  await page.getByRole("link", { name: say("assessor.name.needed") }).click();
  await expect(page.locator("[id='assessor.name']")).toBeFocused();
});

test("a refusal takes few clicks from the start page to sent", async ({ page, server }) => {
  let clicks = 0;
  const click = async (what) => {
    clicks += 1;
    await what.click();
  };
  const choose = (path, value) => click(page.locator(`input[name="${path}"][value="${value}"]`));
  await onDay(page, "2026-11-23");
  await page.setViewportSize({ width: 768, height: 1024 });
  await page.goto("/");
  await click(page.getByRole("button", { name: say("start.begin") }));
  // A practitioner says here that they are on their own; the tests' windows begin like that.
  clicks += 1;
  await choose("danger_now", "no");
  await click(page.getByRole("button", { name: say("continue") }));
  await click(listed(page, "refusal"));
  await click(page.getByRole("button", { name: say("refusal.begin.person") }));
  await expect(heading(page)).toHaveText(say("title.refusal"));
  expect(await page.evaluate(() => document.documentElement.scrollHeight / innerHeight)).toBeLessThan(3.6);
  await clean(page, "the page of a refusal");
  await page.locator("[id='consent.people[0].name']").fill("Mo Suharto");
  await choose("consent.people[0].who", "parent_pr");
  await choose("consent.people[0].refused_how", "phone");
  await answer(page, "consent.people[0].refused_on", "2026-11-23");
  await choose("pre_assessment_checklist.safe", "yes");
  await click(page.getByText(say("refusal.child.open")));
  await answer(page, "identifying_details.family_name", "Suharto");
  await answer(page, "identifying_details.dob", "2018");
  await click(page.getByText(say("refusal.you.open")));
  for (const [path, value] of Object.entries(THIN.assessor)) await answer(page, path, value);
  await choose("sharing.choice", "record_only");
  await clean(page, "the page of a refusal, filled in");
  await click(page.getByRole("button", { name: say("before.record_only.button") }));
  await expect(heading(page)).toHaveText(say("receipt.heading_refusal"));
  expect(clicks).toBeLessThanOrEqual(25);
  const [[body]] = rows(server.database, "SELECT body FROM assessments");
  const { answers, form_version: version } = JSON.parse(body);
  expect(version).toBe("caf-2026.3");
  expect(answers.consent.people).toHaveLength(1);
  expect(answers.conclusions).toBeUndefined();
});

test("what is missing on the page of a refusal is found there", async ({ page, server }) => {
  await onDay(page, "2026-11-23");
  await page.goto("/");
  await start(page);
  await open(page, "consent");
  await page.getByRole("button", { name: say("refusal.begin") }).click();
  await answer(page, "consent.people[0].who", "parent_pr", "radio");
  await page.locator('input[name="sharing.choice"][value="record_only"]').check();
  await page.getByRole("button", { name: say("before.record_only.button") }).click();
  const summary = page.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  // A question in a folded part is opened on the way to it.
  await summary.getByRole("link", { name: say("assessor.name.needed") }).click();
  await expect(at(page, "assessor.name")).toBeFocused();
  await expect(heading(page)).toHaveText(say("title.refusal"));
  expect(stored(server)).toBe(0);
});

test.describe("after Send, focus and view go to what became of it", () => {
  const between = test.extend({
    between: async ({ server }, use) => {
      const between = await startBetween(server);
      await use(between);
      await between.stop();
    },
    baseURL: async ({ between }, use) => use(between.url),
  });

  between("a record that waits, and one that is refused", async ({ page, between }) => {
    await toThin(page);
    await open(page, "check");
    between.meddle = async () => undefined;
    await sendButton(page).click();
    const notice = page.locator("#waiting");
    await expect(notice).toBeFocused();
    await expect(notice).toBeInViewport();
    await expect(page.getByRole("region", { name: say("submit.waiting_heading") })).toContainText(say("submit.offline"));
    await expect(notice).toBeFocused();
    await clean(page, "a record that waits");
    const problems = [{ path: "assessor.name", code: "needed" }];
    const headers = { "content-type": "application/problem+json" };
    const refused = { type: "about:blank", title: "Refused", status: 422, detail: "", code: "answers-refused", problems };
    between.meddle = async () => ({ status: 422, headers, body: JSON.stringify(refused) });
    await page.getByRole("button", { name: say("submit.again") }).click({ timeout: 5_000 }).catch(() => {});
    const summary = page.locator(".govuk-error-summary");
    await expect(summary).toBeFocused({ timeout: 20_000 });
    await expect(summary).toBeInViewport();
  });
});

test("an authority that requires more is asked for more, in the browser and by the server", async ({ page }) => {
  const data = (name) => fileURLToPath(new URL(`../../crates/engine/data/${name}`, import.meta.url));
  const extra = ["--rule-pack", data("rule_packs/northbridge-example.json"), "--profile", data("profiles/northbridge.json")];
  const server = await startServer({ extra: [...extra, "--today", "2026-11-23"] });
  await page.goto(server.url);
  await page.close();
  const other = await page.context().newPage();
  try {
    await other.goto(server.url);
    await onDay(other, "2026-11-23");
    await start(other);
    await fillThin(other);
    await open(other, "check");
    await sendButton(other).click();
    const summary = other.locator(".govuk-error-summary");
    await expect(summary.getByRole("link")).toHaveText([
      like("identifying_details.legal_status.needed", ".*"),
      like("assessor.email.needed", ".*"),
    ]);
    await open(other, "identifying_details");
    await answer(other, "identifying_details.legal_status", "none");
    await open(other, "assessor");
    await answer(other, "assessor.email", "s.sample@example.org");
    await open(other, "check");
    await sendButton(other).click();
    await expect(heading(other)).toHaveText(say("receipt.heading"));
    expect(stored(server)).toBe(1);
  } finally {
    await server.remove();
  }
});
