// A server that will never accept a submission does not lock the record: it can be changed again, with what the server
// said, and nothing is lost.

import { startBetween } from "./between.mjs";
import { rows } from "./database.mjs";
import { expect, openDraft, test as base } from "./filled.mjs";
import { answer, at, heading, open } from "./journey.mjs";

const test = base.extend({
  between: async ({ server }, use) => {
    const between = await startBetween(server);
    await use(between);
    await between.stop();
  },
  address: async ({ between }, use) => use(between.url),
});

// Counts what is stored, so each test has a server of its own.
test.use({ fresh: true });

const stored = (server) => rows(server.database, "SELECT count(*) FROM assessments")[0][0];
const details = (status, detail, more = {}) => ({
  status,
  headers: { "content-type": "application/problem+json" },
  body: JSON.stringify({ type: "about:blank", title: "Refused", status, detail, code: "refused", ...more }),
});
const page404 = { status: 404, headers: { "content-type": "text/html" }, body: "<p>Not found</p>" };
const other422 = { status: 422, headers: { "content-type": "application/json" }, body: '{"code":"other"}' };
const unknownVersion = { problems: [{ path: "form_version", code: "unknown-form-version" }], code: "unknown-form-version" };
const KEY = { code: "idempotency-key-reused" };
const REFUSALS = {
  "413": [details(413, "The assessment is larger than this server accepts."), "larger than this server accepts"],
  "404, as a page": [page404, "error 404"],
  "422 without a place": [other422, "error 422"],
  "400": [details(400, "It is not JSON."), "It is not JSON."],
  "415": [details(415, "Send it as JSON."), "Send it as JSON."],
  "409, because the key was used": [details(409, "Send this one with a new key.", KEY), "Send this one with a new key."],
  "422, because the key was used": [details(422, "Send this one with a new key.", KEY), "Send this one with a new key."],
  "422, because the version is not known": [details(422, "Reload the page.", unknownVersion), "Reload the page."],
};

for (const [status, [refusal, said]] of Object.entries(REFUSALS)) {
  const isKeySpent = status.includes("the key was used");
  test(`S1 a record that is refused with ${status} says why, and can be changed and sent again`, async ({ page, server, between }) => {
    between.meddle = async () => refusal;
    await openDraft(page);
    await open(page, "check");
    await page.getByRole("button", { name: "Send the assessment" }).click();
    const summary = page.locator(".govuk-error-summary");
    await expect(summary).toBeFocused();
    await expect(summary).toContainText("The server did not accept the assessment");
    await expect(summary).toContainText(said);
    await expect(page.locator(".ca-receipt")).toHaveCount(0);
    await expect(summary.getByRole("link")).toHaveCount(0);
    expect(stored(server)).toBe(0);
    if (isKeySpent) {
      // Not a word was changed, and yet the next attempt has another key.
      await page.getByRole("button", { name: "Send the assessment" }).click();
      await expect.poll(() => new Set(between.posts.map(({ key }) => key)).size).toBe(2);
      await expect(summary).toContainText(said);
    }

    // It is open again after a reload too.
    await page.reload();
    await open(page, "identifying_details");
    const name = at(page, "identifying_details.family_name");
    await expect(name).not.toHaveValue("");
    await answer(page, "identifying_details.family_name", "Hartnell-Stubbs");
    between.meddle = (_request, truth) => truth();
    await open(page, "check");
    await page.getByRole("button", { name: "Send the assessment" }).click();
    await expect(heading(page)).toHaveText("Assessment sent and stored", { timeout: 20_000 });
    expect(stored(server)).toBe(1);
    expect(new Set(between.posts.map(({ key }) => key)).size).toBe(isKeySpent ? 3 : 2);
  });
}
