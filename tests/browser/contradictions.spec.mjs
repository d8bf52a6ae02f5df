// Answers that do not fit together are asked about under the answer and on the page from which the record is sent, never in
// the way, and closed by a reason that says something.

import { clean } from "./axe.mjs";
import { expect, test } from "./server.mjs";
import { answer, at, open, saved, start } from "./journey.mjs";
import { openStored } from "./stored.mjs";
import { say } from "./words.mjs";

const asked = (page) => page.locator(".ca-contradiction");
const QUESTION = say("contradiction.unsafe-no-action");

async function contradict(page) {
  await page.goto("/");
  await start(page);
  await open(page, "pre_assessment_checklist");
  await answer(page, "pre_assessment_checklist.safe", "no");
  await expect(asked(page)).toHaveCount(0);
  await answer(page, "pre_assessment_checklist.decision", "no_further_action");
  await expect(asked(page)).toHaveCount(1);
}

test("asked once, under the second answer, with both places and no loss of focus", async ({ page }) => {
  await contradict(page);
  await expect(asked(page)).toContainText(QUESTION);
  await expect(page.locator("[data-announce]")).toHaveText(say("contradiction.new"));
  await clean(page, "a contradiction under an answer");
  await asked(page).getByRole("link").first().click();
  await expect(page.locator("input[name='pre_assessment_checklist.safe']").first()).toBeFocused();
  await answer(page, "pre_assessment_checklist.safe", "yes");
  await expect(asked(page)).toHaveCount(0);
});

test("a reason that says nothing is not taken for one; a good one is kept, saved and shown", async ({ page }) => {
  await contradict(page);
  const reason = asked(page).locator("textarea");
  await reason.pressSequentially("n/a");
  await expect(asked(page).locator(".govuk-error-message")).toHaveCount(0);
  await reason.press("Tab");
  await expect(asked(page).locator(".govuk-error-message")).toHaveText(say("contradiction.weak"));
  await clean(page, "a reason that says nothing");
  await reason.fill("");
  await reason.pressSequentially("Social care took over this morning");
  await expect(reason).toBeFocused();
  await expect(asked(page)).toContainText(say("contradiction.explained"));
  await saved(page);
  await page.reload();
  await expect(asked(page).locator("textarea")).toHaveValue("Social care took over this morning");
  await open(page, "check");
  await expect(asked(page).locator("textarea")).toHaveValue("Social care took over this morning");
  // Other answers ask again, and the reason stays to be read.
  await open(page, "pre_assessment_checklist");
  await answer(page, "pre_assessment_checklist.safe", "yes");
  await open(page, "conclusions");
  await expect(asked(page)).toContainText("Social care took over this morning");
  await clean(page, "an old reason");
  await asked(page).getByRole("button").click();
  await expect(asked(page)).toHaveCount(0);
});

test("asked again before sending, beside the other page's answer", async ({ page }) => {
  await openStored(page, {
    danger_now: "no",
    identifying_details: { dob: "2024-06-15", address_confidential: "no" },
    parents_and_carers: [{ name: "Ann", relationship: "mother", dob: "2013-06-15", not_to_be_told: "no_address" }],
  });
  await expect(asked(page)).toHaveCount(2);
  await clean(page, "contradictions before sending");
  await asked(page).last().getByRole("link").last().click();
  await expect(at(page, "parents_and_carers[0].dob")).toBeFocused();
  await expect(asked(page)).toHaveCount(2);
  await open(page, "identifying_details");
  await expect(asked(page)).toHaveCount(2);
});

for (const [danger, is, count] of [["no", "a problem", 1], ["yes", "asked about, and holds nothing up where something is urgent", 0]]) {
  test(`a weak reason for a decision below the suggestion is ${is}`, async ({ page }) => {
    await openStored(page, {
      danger_now: danger,
      elements: { identity: { indicators: { "ID-301": "yes" } } },
      conclusions: { decision: "R0", decision_reason: "ok" },
    });
    const below = asked(page).filter({ hasText: say("contradiction.below_weak") });
    await expect(below).toHaveCount(1);
    await expect(below.getByText(say("contradiction.urgent"))).toHaveCount(count ? 0 : 1);
    await page.getByRole("button", { name: say("submit.button") }).click();
    await page.locator(".govuk-error-summary").waitFor();
    const closed = page.locator(".govuk-error-summary details:not([open]) > summary");
    while (await closed.count()) await closed.first().click();
    await expect(page.locator(".govuk-error-summary").getByText(say("problem.reason-says-nothing"))).toHaveCount(count);
    // It is said once: not beside the two answers as well.
    await expect(below).toHaveCount(count ? 0 : 1);
    await clean(page, "a decision below the suggestion");
  });
}
