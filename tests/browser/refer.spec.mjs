// "Do I need to refer?": the right headline in at most ten presses from the start page, with what to do now, on a record
// that a CAF carries on with.

import { at, heading, listed, saved } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

// As a practitioner's window begins.
test.use({ withFamily: true });

const MAX_PRESSES = 10;
const soFar = (page) => page.locator(".ca-refer__so-far [role=status]");
const themes = (page) => page.locator(".ca-refer__theme");

/** Presses, and counts them. */
function presser(page) {
  const count = { presses: 0 };
  const press = async (locator) => {
    await locator.click();
    count.presses += 1;
  };
  const radio = (path, code) => page.locator(`input[name="${path}"][value="${code}"]`);
  return {
    count,
    press,
    async begin(danger, age) {
      await page.goto("/");
      await press(page.getByRole("button", { name: say("title.refer") }));
      await press(page.locator("#privacy-switch"));
      if (danger) await press(radio("danger_now", danger));
      if (age) await press(radio("identifying_details.age_band", age));
    },
    /** Opens the theme of a sign, if it is not, and answers it. */
    async mark(id, mark) {
      const sign = page.locator(`input[name$=".indicators.${id}"][value="${mark}"]`);
      if (!(await sign.isVisible())) await press(themes(page).filter({ has: sign }).locator("> summary"));
      await press(sign);
    },
    /** Reads down the page: the marks where they are, and "none of these" in each theme that has none of them. */
    async goThrough(marks) {
      for (const theme of await themes(page).all()) {
        let isFound = false;
        for (const [id, mark] of Object.entries(marks)) {
          const sign = theme.locator(`input[name$=".indicators.${id}"][value="${mark}"]`);
          if ((await sign.count()) === 0) continue;
          await press(sign);
          isFound = true;
        }
        if (!isFound) await press(theme.getByRole("button", { name: say("refer.none_of_these") }));
      }
    },
  };
}

const act = (code) => say(`suggestion.${code}`, { front_door: "Duty and Advice" });

/** What somebody meets: danger, age, answers, "none of these" for the rest, the headline, and the first urgent action. */
const SITUATIONS = [
  ["a child who is being hit now", "yes", "5_to_11", {}, false, say("suggestion.R5"), true],
  ["somebody may be in danger", "unsure", "1_to_4", {}, false, say("headline.check_first.R5"), true],
  ["a bruise on a baby", "no", "under_1", { "GH-404": "yes" }, false, "R4", true],
  ["perhaps a bruise on a baby", "no", "under_1", { "GH-404": "unsure" }, false, say("headline.check_first"), true],
  ["a boy says that he is hit", "no", "5_to_11", { "FR-404": "yes" }, false, "R4", true],
  ["county lines", "no", "12_to_17", { "BE-403": "yes" }, false, "R4", true],
  ["missing now", "no", "12_to_17", { "BE-409": "yes" }, false, "R4", true],
  ["violence at home goes on", "no", "5_to_11", { "FH-401": "yes" }, true, "R3", false],
  ["neglect that does not change", "no", "1_to_4", { "BC-401": "yes" }, false, "R3", false],
  ["an earlier child was removed", "no", "unborn", { "BC-407": "yes" }, false, "R4", true],
  ["lives with neighbours", "no", "5_to_11", { "FR-402": "yes" }, true, "R3", true],
  ["a tired mother, nothing else", "no", "under_1", {}, true, say("headline.not_enough_known"), false],
  ["age not known, a plan to die", "no", "unknown", { "ES-402": "yes" }, false, "R4", true],
  ["a teenager with none of it", "no", "12_to_17", {}, true, say("headline.not_enough_known"), false],
];

for (const [name, danger, age, marks, none, headline, isUrgent] of SITUATIONS) {
  test(`${name}: the right headline in at most ${MAX_PRESSES} presses`, async ({ page }) => {
    const user = presser(page);
    await user.begin(danger, age);
    if (none) await user.goThrough(marks);
    else for (const [id, mark] of Object.entries(marks)) await user.mark(id, mark);
    // Within a sentence it loses its capital.
    const expected = new RegExp({ R4: act("R4"), R3: act("R3") }[headline] ?? headline, "i");
    await expect(soFar(page)).toContainText(expected);
    await expect(page.locator(".ca-suggestion__headline")).toContainText(expected);
    await expect(page.locator(".ca-urgent")).toHaveCount(isUrgent ? 1 : 0);
    if (isUrgent) await expect(page.locator(".ca-urgent a[href^='tel:']").first()).toBeVisible();
    expect(user.count.presses).toBeLessThanOrEqual(MAX_PRESSES);
  });
}

test("none of these answers what is open, touches nothing else, and can be taken back", async ({ page }) => {
  const user = presser(page);
  await user.begin("no", "5_to_11");
  const theme = themes(page).first();
  const path = "elements.basic_care_safety.indicators.BC-404";
  await user.mark("BC-404", "unsure");
  await theme.getByRole("button", { name: say("refer.none_of_these") }).click();
  await expect(theme.locator(".ca-refer__open")).toHaveText(say("refer.found", { count: "1" }));
  await expect(page.locator(`input[name="${path}"]:checked`)).toHaveValue("unsure");
  // It goes on with the next theme; what was found stays in view, with the way back.
  await expect(themes(page).nth(1).locator("> summary")).toBeFocused();
  await expect(themes(page).nth(1)).toHaveAttribute("open");
  await expect(theme).toHaveAttribute("open");
  await theme.getByRole("button", { name: say("refer.take_back") }).press("Enter");
  await expect(theme.locator("input:checked")).toHaveCount(1);
  await expect(theme.locator(".ca-refer__open")).toContainText("not known");
  await expect(theme.getByRole("button", { name: say("refer.none_of_these") })).toBeFocused();
});

test("blank is not known and says so; every no says what it does not mean", async ({ page }) => {
  const user = presser(page);
  await user.begin("no", "5_to_11");
  await expect(themes(page).first().locator(".ca-refer__open")).toContainText("not known");
  await expect(page.getByText(say("refer.none_found"))).toHaveCount(0);
  await user.goThrough({});
  await expect(page.locator("#refer-result")).toBeFocused();
  await expect(page.getByText(say("refer.none_found"))).toBeVisible();
  await page.locator('input[name="danger_now"][value="unsure"]').check();
  await expect(page.getByText(say("refer.none_found"))).toHaveCount(0);
});

test("one theme is open at a time, what is found opens the next, and one press opens all", async ({ page }) => {
  const user = presser(page);
  await user.begin("no", "12_to_17");
  const open = async () => (await themes(page).evaluateAll((all) => all.map((theme) => theme.open)));
  expect(await open()).toEqual([true, false, false, false, false, false]);
  await themes(page).first().getByRole("button", { name: say("refer.none_of_these") }).click();
  await expect.poll(open).toEqual([false, true, false, false, false, false]);
  // A closed one says how far it is, and what is in it.
  await expect(themes(page).first().locator("> summary")).toContainText(say("refer.all_answered"));
  await expect(themes(page).nth(3).locator("> summary")).toContainText("not known");
  await expect(page.getByText(say("refer.theme.behaviour.about"))).toBeVisible();
  await user.mark("BE-403", "yes");
  await expect.poll(open).toEqual([false, true, false, false, true, true]);
  await page.getByRole("button", { name: say("refer.open_all") }).click();
  expect(await open()).toEqual([true, true, true, true, true, true]);
  await expect(page.getByRole("button", { name: say("refer.open_all") })).toBeHidden();
  // Drawn again, what was found is open, and the first theme that was not gone through.
  await page.getByRole("link", { name: say("back.start") }).first().click();
  await page.locator(".ca-drafts__name").click();
  await themes(page).first().waitFor();
  expect(await open()).toEqual([false, true, false, false, true, false]);
  await page.emulateMedia({ media: "print" });
  const shown = await themes(page).evaluateAll((all) => all.map((theme) => getComputedStyle(theme, "::details-content").contentVisibility));
  expect(new Set(shown)).toEqual(new Set(["visible"]));
});

test("what would help most is a link to the question on this page", async ({ page }) => {
  const user = presser(page);
  await user.begin();
  const help = page.locator(".ca-suggestion li a");
  await help.nth(1).click();
  await expect(page.locator('input[name="identifying_details.age_band"]').first()).toBeFocused();
  await page.locator('input[name="identifying_details.age_band"][value="5_to_11"]').check();
  const outside = page.getByRole("link", { name: /^A live threat/ });
  await outside.click();
  await expect(page.locator('input[name$=".indicators.CO-401"]').first()).toBeFocused();
  await expect(heading(page)).toHaveText(say("title.refer"));
});

test("the family sees nothing of it", async ({ page }) => {
  const user = presser(page);
  await user.begin("no", "12_to_17");
  await user.mark("BE-403", "yes");
  await page.locator("#privacy-switch").click();
  await expect(heading(page)).toHaveText(say("mode.title"));
  await expect(page.locator(".ca-refer")).toHaveCount(0);
  const text = await page.locator("common-assessment").evaluate((element) => element.shadowRoot.textContent);
  expect(text).not.toContain(say("title.refer"));
});

test("a CAF carries on with what was answered, and the start page knows the check until then", async ({ page }) => {
  const user = presser(page);
  await user.begin("no", "5_to_11");
  await user.mark("FH-401", "yes");
  await saved(page);
  await page.getByRole("link", { name: say("back.start") }).first().click();
  const line = page.locator(".ca-drafts__name");
  await expect(line).toContainText(say("title.refer"));
  await page.reload();
  await line.click();
  await expect(page.locator('input[name$=".indicators.FH-401"]:checked')).toHaveValue("yes");
  await page.getByRole("button", { name: say("refer.carry_on") }).click();
  await expect(heading(page)).toHaveText(say("tasks.heading"));
  await listed(page, "elements").click();
  await listed(page, "family_history_functioning").click();
  await expect(page.locator('input[name$=".indicators.FH-401"]:checked')).toHaveValue("yes");
  await page.getByRole("link", { name: say("back.boxes") }).first().click();
  await page.getByRole("link", { name: say("back.tasks") }).first().click();
  await listed(page, "identifying_details").click();
  await expect(page.locator('input[name="identifying_details.age_band"]:checked')).toHaveValue("5_to_11");
  await at(page, "identifying_details.given_names").fill("Robin");
  await saved(page);
  await page.getByRole("link", { name: say("back.tasks") }).first().click();
  await page.getByRole("link", { name: say("back.start") }).first().click();
  await expect(line).toContainText("Robin");
});

test("by keyboard, and at 320 px nothing runs out of the page", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const user = presser(page);
  await user.begin("no", "1_to_4");
  await page.locator('input[name="identifying_details.age_band"]:checked').focus();
  // "Open all", the first theme's fold, its first sign.
  for (let times = 0; times < 3; times += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(themes(page).first().locator("input:checked")).toHaveCount(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
