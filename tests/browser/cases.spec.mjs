// Every case of tests/cases: typed into the real form, sent, and compared answer by answer with what the server gives
// back and with what is in its database. What the engine makes of the cases is tested elsewhere, without a browser.

import { rows } from "./database.mjs";
import { cases, fillCase, heading, onDay, send } from "./journey.mjs";
import { expect, test } from "./server.mjs";

for (const [name, { title, today, expect: expected, answers, sent }] of Object.entries(cases)) {
  test.describe(name, () => {
    test.use({ today, fresh: true });

    test(title, async ({ page, server }) => {
      test.setTimeout(180_000);
      await onDay(page, today);
      await page.goto("/");
      await fillCase(page, answers);

      const urgent = page.locator(".ca-urgent__action");
      await expect(urgent).toHaveCount(expected.urgent.length + expected.urgent_to_check.length);
      await send(page);
      await expect(heading(page)).toBeFocused();
      await expect(page.locator(".ca-receipt")).toContainText(answers.identifying_details.family_name ?? "");

      const reference = await page.locator(".ca-receipt__reference").textContent();
      const [[id, body, stored, difference, ...codes]] = rows(
        server.database,
        "SELECT id, body, answers, difference, suggestion_certain, suggestion_possible, suggestion_not_ruled_out FROM assessments",
      );
      const read = await (await fetch(`${server.url}api/v1/assessments/${id}`)).json();
      expect(read.reference).toBe(reference);
      // Where the family says no, only what the case's file lists leaves the device.
      const left = sent ?? answers;
      expect(read.answers).toEqual(left);
      expect(JSON.parse(stored)).toEqual(left);
      expect(JSON.parse(body).answers).toEqual(left);
      expect(rows(server.database, "SELECT count(*) FROM assessments")).toEqual([[1]]);
      expect(server.output()).not.toContain(answers.identifying_details.family_name ?? "panicked");
      if (sent) {
        expect(JSON.parse(body).shown).toBeUndefined();
        expect(JSON.parse(body)).toEqual({ form_version: "caf-2026.3", answers: sent, sent_on: today });
        return;
      }

      const { certain, possible, not_ruled_out } = expected.suggestion;
      expect(codes).toEqual([certain, possible, not_ruled_out]);
      expect(read.outcome.suggestion).toMatchObject(expected.suggestion);
      expect(read.outcome.urgent).toEqual(expected.urgent);
      expect(JSON.parse(body).shown.suggestion).toEqual(expected.suggestion);
      expect(JSON.parse(body).shown.urgent).toEqual(expected.urgent);
      expect([difference, read.difference]).toEqual([null, null]);
    });
  });
}
