// Agreement of each person, and what is known and chosen before anything is sent: by eye, by keyboard, by axe and by
// the bytes that leave. What agreement comes to is tested in the engine.

import { readFileSync } from "node:fs";
import { clean } from "./axe.mjs";
import { rows } from "./database.mjs";
import { expect, openDraft, test } from "./filled.mjs";
import { answer, at, cases, heading, open, toTasks } from "./journey.mjs";
import { openStored } from "./stored.mjs";
import { like, say } from "./words.mjs";

const REFUSE = "family-who-refuse";
const choice = (page, code) => page.locator(`input[name="sharing.choice"][value="${code}"]`);
const sendButton = (page) => page.getByRole("button", { name: say("submit.button") });

test.describe("a family who say no", () => {
  test.use({ story: REFUSE, fresh: true });

  test("nothing is sent before somebody has chosen, and each choice says what leaves", async ({ page, server }) => {
    await openDraft(page);
    await open(page, "check");
    const before = page.locator(".ca-before");
    await expect(page.getByText("Leeds City Council")).toBeVisible();
    await expect(page.getByText(say("before.phone"))).toBeVisible();
    await expect(page.getByText(/Daniel Oyelade .*No, they do not agree, 16 November 2026/)).toBeVisible();
    await expect(before.getByText(say("before.conflict.refused"))).toBeVisible();
    await clean(page, "record the refusal only");

    await choice(page, "do_not_send").check();
    await expect(before.getByText(say("before.do_not_send"))).toBeVisible();
    await expect(sendButton(page)).toHaveCount(0);
    await clean(page, "do not send");

    await choice(page, "share").check();
    await sendButton(page).click();
    await expect(page.locator(".govuk-error-summary")).toBeFocused();
    const link = page.locator(".govuk-error-summary a").first();
    await link.click();
    await expect(at(page, "sharing.lawful_reason")).toBeFocused();
    await clean(page, "share, with errors");
    expect(rows(server.database, "SELECT count(*) FROM assessments")).toEqual([[0]]);

    await answer(page, "sharing.lawful_reason", "risk_sig_harm");
    await answer(page, "sharing.decided_by", "Harriet Voss, safeguarding lead");
    await answer(page, "sharing.family_told", "yes");
    await answer(page, "sharing.reason", "ok");
    await sendButton(page).click();
    await expect(page.locator(".govuk-error-summary a")).toHaveText([like("problem.weak-reason", ".*")]);
  });

  test("only the refusal leaves, and the rest goes on here", async ({ page, server }) => {
    await openDraft(page);
    await open(page, "check");
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await page.getByRole("button", { name: say("before.record_only.button") }).click();
    expect(JSON.parse((await sent).postData())).toEqual({
      form_version: "caf-2026.3",
      answers: cases[REFUSE].sent,
      sent_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    await expect(heading(page)).toHaveText(say("receipt.heading_refusal"));
    await clean(page, "receipt of a refusal");
    await page.getByRole("button", { name: say("receipt.refusal.carry_on") }).click();
    await open(page, "elements", "behavioural");
    await expect(at(page, "elements.behavioural.needs")).toHaveValue(cases[REFUSE].answers.elements.behavioural.needs);
    await open(page, "check");
    await expect(choice(page, "record_only")).not.toBeChecked();
    expect(rows(server.database, "SELECT count(*) FROM assessments")).toEqual([[1]]);
    await toTasks(page);
    await page.getByRole("link", { name: say("back.start") }).first().click();
    await expect(page.locator(".ca-drafts__name")).toHaveCount(2);
  });
});

test.describe("a mother who says no and a daughter who says yes", () => {
  test.use({ story: "teenager-going-missing", fresh: true });

  test("both are shown with the law, and an emergency is one press away", async ({ page, server }) => {
    test.setTimeout(240_000);
    await openDraft(page);
    await open(page, "consent");
    await answer(page, "consent.people[0].says", "refuses", "radio");
    await answer(page, "consent.people[0].refused_on", "2026-11-23");
    await answer(page, "consent.people[0].refused_how", "phone", "radio");
    for (const asked of ["weighs_options", "free_choice"]) {
      await answer(page, `consent.people[1].competence.${asked}`, "yes", "radio");
    }
    await open(page, "check");
    await expect(page.getByText(say("before.agreed.differs"))).toBeVisible();
    await expect(page.getByText(like("before.law.competent", "Maisie.*"))).toBeVisible();
    // What belonged to her mother's agreement is marked.
    await expect(page.locator(".ca-superseded").first()).toHaveText(say("superseded.person"));
    await clean(page, "people who differ");

    await page.getByRole("button", { name: say("before.emergency.button") }).focus();
    await page.keyboard.press("Enter");
    await expect(choice(page, "share")).toBeChecked();
    await expect(at(page, "before.send")).toBeFocused();
    await page.keyboard.press("Enter");
    await page.locator(".ca-receipt").waitFor();
    const [[body]] = rows(server.database, "SELECT body FROM assessments");
    const { answers, superseded } = JSON.parse(body);
    expect(answers.sharing).toEqual({ choice: "share", lawful_reason: "risk_sig_harm" });
    expect(superseded).toContain("consent.people[0].agreed_on");
    await page.getByRole("link", { name: say("receipt.answers") }).click();
    await expect(page.getByText(say("section.sharing"), { exact: true })).toBeVisible();
  });
});

test.describe("a record of the first version", () => {
  test.use({ storageState: undefined, fresh: true, story: REFUSE });
  const old = JSON.parse(
    readFileSync(new URL("../../crates/server/tests/server/fixtures/complete_first_version.json", import.meta.url), "utf8"),
  );

  test("opens as it was, is asked the questions it was asked, and can be sent", async ({ page, server }) => {
    await openStored(page, old);
    await expect(page.getByText(say("before.agreed.agreed"))).toBeVisible();
    await expect(page.locator(".ca-before")).toHaveCount(0);
    await open(page, "consent");
    await expect(at(page, "consent.status")).toBeChecked();
    await expect(at(page, "consent.sought")).toHaveCount(0);
    await clean(page, "section 11 of an old record");

    // The family says no: what was agreed is out of date, and nothing goes before somebody has chosen.
    await answer(page, "consent.status", "refused", "radio");
    await open(page, "check");
    await expect(page.locator(".ca-superseded").first()).toBeVisible();
    await page.getByRole("button", { name: say("submit.button") }).click();
    await expect(page.locator(".govuk-error-summary a")).toHaveText([say("sharing.choice.needed")]);
    expect(rows(server.database, "SELECT count(*) FROM assessments")).toEqual([[0]]);
    await choice(page, "record_only").check();
    await page.getByRole("button", { name: say("before.record_only.button") }).click();
    await expect(heading(page)).toHaveText(say("receipt.heading_refusal"));
    const [[body]] = rows(server.database, "SELECT body FROM assessments");
    const { form_version: version, answers } = JSON.parse(body);
    expect(version).toBe("caf-2026.3");
    expect(answers.consent.status).toBe("refused");
    expect(Object.keys(answers.consent)).not.toContain("services");
  });
});
