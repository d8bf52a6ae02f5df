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
const details = (status, detail) => ({
  status,
  headers: { "content-type": "application/problem+json" },
  body: JSON.stringify({ type: "about:blank", title: "Refused", status, detail, code: "refused" }),
});
const REFUSALS = {
  413: [() => details(413, "The assessment is larger than this server accepts."), "larger than this server accepts"],
  404: [() => ({ status: 404, headers: { "content-type": "text/html" }, body: "<p>Not found</p>" }), "error 404"],
  422: [() => ({ status: 422, headers: { "content-type": "application/json" }, body: '{"code":"other"}' }), "error 422"],
};

for (const [status, [refuse, said]] of Object.entries(REFUSALS)) {
  test(`a record that is refused with ${status} can be changed and sent again`, async ({ page, server, between }) => {
    between.meddle = async () => refuse();
    await openDraft(page);
    await open(page, "check");
    await page.getByRole("button", { name: "Send the assessment" }).click();
    const summary = page.locator(".govuk-error-summary");
    await expect(summary).toBeFocused();
    await expect(summary).toContainText("The server did not accept the assessment");
    await expect(summary).toContainText(said);
    await expect(page.locator(".ca-receipt")).toHaveCount(0);
    expect(stored(server)).toBe(0);

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
    expect(new Set(between.posts.map(({ key }) => key)).size).toBe(2);
  });
}
