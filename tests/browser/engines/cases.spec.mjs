// The families of tests/cases in each engine: typed into the real form, opened again as a draft after a reload, sent, and
// compared with what the server has stored. What the engine of the assessment makes of them is tested elsewhere.

import { rows } from "../database.mjs";
import { cases, fillCase, leaves, listed, saved, send } from "../journey.mjs";
import { expect, test } from "./engines.mjs";

/** Those with the fewest answers first. */
const ordered = Object.entries(cases)
  .map(([name, content]) => ({ name, ...content, size: leaves(content.answers, "").length }))
  .sort((one, other) => one.size - other.size);

for (const [at, { name, title, today, expect: expected, answers, sent }] of ordered.entries()) {
  // A short run takes the first.
  const tag = at === 0 ? "@short" : [];
  test(`${name}: ${title}`, { tag }, async ({ serve, launch }, info) => {
    const server = await serve(today);
    const { page } = await launch();
    await page.goto(server.url);
    await fillCase(page, answers);
    await saved(page);

    await page.reload();
    await listed(page, "check").waitFor();
    // A new visit finds it among the drafts of the device. Going to the address that is open may count as a reload.
    await page.goto("about:blank");
    await page.goto(server.url);
    await page.locator(".ca-drafts__name").click();
    await listed(page, "check").waitFor();
    const warnings = expected.urgent.length + expected.urgent_to_check.length;
    await expect.poll(() => page.locator(".ca-urgent__action").count()).toBe(warnings);

    await send(page);
    const receipt = await page.locator(".ca-receipt__reference").textContent();
    const [[id, stored]] = rows(server.database, "SELECT id, answers FROM assessments");
    const read = await (await fetch(`${server.url}api/v1/assessments/${id}`)).json();
    const left = sent ?? answers;
    expect(read.reference).toBe(receipt);
    expect(read.answers).toEqual(left);
    expect(JSON.parse(stored)).toEqual(left);
    expect(rows(server.database, "SELECT count(*) FROM assessments")).toEqual([[1]]);
    info.annotations.push({ type: "receipt", description: receipt });
  });
}
