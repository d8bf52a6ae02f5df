// What people type comes back as it was typed, whatever it is, and never runs; and what is urgent is shown at
// once.

import { answer, at, cases, listed, onDay, open, saved, start, toTasks, unfoldAll } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const TODAY = "2026-11-23";
test.use({ today: TODAY });

const TEXTS = [
  `<script>globalThis.ran = 1</script><img src=x onerror="globalThis.ran = 1"><svg onload=globalThis.ran=1>`,
  `"'\`><a href="javascript:globalThis.ran=1">{{7*7}}\${7*7}</textarea></option></dd>&lt;b&gt;&amp;`,
  "Zoë 👩‍👩‍👧‍👦 👍🏽 D’Arcy O'Neill e\u0301 ﬁ 𝔄",
  "مريم עברית \u202Egnp.exe\u202C \u2066isolated\u2069",
  "zero\u200Bwidth\u200Djoiner\u2060\uFEFF nul-like \u0001\u001F, soft\u00ADhyphen, \u00A0nbsp  two  spaces ",
];
const SECTIONS = ["identifying_details", "assessment_information"];

/** Opens a section, and gives the ids of all its text fields. */
async function fields(page, section) {
  await open(page, section);
  if (section === "assessment_information") await answer(page, "assessment_information.people_present[0]", null);
  // The expected date is asked only while there is no date of birth.
  else await at(page, "identifying_details.dob").fill("1");
  await unfoldAll(page);
  return page.locator("common-assessment").evaluate((element) =>
    [...element.shadowRoot.querySelectorAll("textarea, input[type=text]")].map((field) => field.id),
  );
}

const values = (page, ids) =>
  page
    .locator("common-assessment")
    .evaluate((element, ids) => ids.map((id) => element.shadowRoot.getElementById(id)?.value), ids);

test("text of every kind is shown as typed in every field, does not run, and is there after a reload", async ({ page }) => {
  test.setTimeout(120_000);
  const wrong = [];
  page.on("dialog", (dialog) => (wrong.push(dialog.message()), dialog.dismiss()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  await onDay(page, TODAY);
  await page.goto("/");
  await start(page);
  for (const section of SECTIONS) {
    const ids = await fields(page, section);
    expect(ids.length).toBeGreaterThan(4);
    for (const [index, text] of TEXTS.entries()) {
      for (const id of ids) await at(page, id).fill(text);
      expect(await values(page, ids), `text ${index}`).toEqual(ids.map(() => text));
    }
    await saved(page);
    await page.reload();
    await at(page, ids[0]).waitFor();
    const last = TEXTS.at(-1);
    expect(await values(page, ids)).toEqual(ids.map(() => last));

    // The first is the worst: it is shown in the bar, the list, the title and on the page of answers.
    for (const id of ids) await at(page, id).fill(TEXTS[0]);
    await saved(page);
    await open(page, "check");
    const shown = await page.locator("dd.ca-typed").allTextContents();
    expect(shown.filter((text) => text.includes("<script>")).length).toBeGreaterThan(3);
    expect(await page.title()).not.toContain("script");
    await toTasks(page);
  }
  await page.getByRole("link", { name: say("back.start") }).first().click();
  await expect(page.locator(".ca-drafts__name")).toContainText("<script>");
  expect(await page.evaluate(() => globalThis.ran)).toBeUndefined();
  expect(wrong).toEqual([]);
});

test("20,000 characters in every field are kept whole and reported as too many", async ({ page }) => {
  await onDay(page, TODAY);
  await page.goto("/");
  await start(page);
  for (const section of SECTIONS) {
    const ids = await fields(page, section);
    const long = "Mum says é. ".repeat(1667).slice(0, 20_000);
    for (const id of ids) await at(page, id).fill(long);
    await saved(page);
    await page.getByRole("button", { name: say("save_and_continue") }).click();
    await expect(page.locator(".govuk-error-summary")).toBeFocused();
    for (const id of ids) {
      // A date of three boxes has one message for the three.
      const about = id.replace(/\.(day|month|year)$/, "");
      await expect(at(page, `${about}-error`), id).toBeVisible();
    }
    await page.reload();
    await at(page, ids[0]).waitFor();
    expect(await values(page, ids)).toEqual(ids.map(() => long));
  }
});

test("an emoji that a keyboard sends in two halves is kept whole", async ({ page }) => {
  await page.goto("/");
  await start(page);
  await open(page, "assessment_information");
  for (const path of ["assessment_information.reason", "assessment_information.people_present[0].name"]) {
    if ((await at(page, path).count()) === 0) await answer(page, "assessment_information.people_present[0]", null, "rows");
    for (const half of ["a\ud83d", "\ude42", "b"]) {
      await at(page, path).evaluate((field, half) => {
        field.setRangeText(half, field.value.length, field.value.length, "end");
        field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, data: half }));
      }, half);
      // What the form makes of it is drawn in the next frame.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    }
    await expect(at(page, path)).toHaveValue("a🙂b");
  }
  await saved(page);
  await page.reload();
  await expect(at(page, "assessment_information.reason")).toHaveValue("a🙂b");
});

// Elements with many urgent indicators, for a child of an age at which all of them count.
const ELEMENTS = ["basic_care_safety", "general_health", "behavioural"];

test("an urgent action is shown within one frame of its answer, with all that is needed, and stays", async ({
  page,
  server,
}) => {
  const pack = await (await fetch(`${server.url}api/v1/rule-pack`)).json();
  const words = new Map(pack.time_scales.map((scale) => [scale.id, scale.words]));
  const actions = new Map(
    pack.actions.map((action) => [action.id, { ...action, deadline: words.get(action.time_scale) }]),
  );
  await onDay(page, TODAY);
  await page.goto("/");
  await start(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.dob", "2012-03-04", "date");
  let tried = 0;
  for (const box of ELEMENTS) {
    const indicators = pack.indicators.filter(({ element, action }) => element === box && action);
    expect(indicators.length, box).toBeGreaterThan(0);
    await open(page, "elements", box);
    for (const { id, action: code } of indicators) {
      const path = `elements.${box}.indicators.${id}`;
      if (!(await at(page, path).count())) continue;
      tried += 1;
      const after = await page.locator("common-assessment").evaluate(async (element, path) => {
        const root = element.shadowRoot;
        root.getElementById(path).click();
        await new Promise(requestAnimationFrame);
        return root.querySelector(".ca-urgent")?.textContent ?? "";
      }, path);
      const { action, deadline } = actions.get(code);
      expect(after, id).toContain(action);
      expect(after, id).toContain(deadline);
      expect(after, id).toContain(say("urgent.telling"));
      expect(after, id).toMatch(/\d{3}/);
      await page.getByRole("radiogroup").filter({ has: at(page, path) }).getByRole("button", { name: new RegExp(`^${say("clear")}`) }).click();
      await expect(page.locator(".ca-urgent"), id).toHaveCount(0);
      await expect(at(page, path), id).toBeFocused();
    }
  }
  expect(tried).toBeGreaterThan(5);
});

test("an urgent action that was read is still there on every page and after a reload", async ({ page }) => {
  await onDay(page, TODAY);
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).click();
  await answer(page, "danger_now", "yes");
  const banner = page.locator(".ca-urgent");
  await expect(banner).toContainText("Ring 999");
  await page.getByRole("button", { name: new RegExp(`^${say("urgent.acknowledge")}`) }).click();
  await expect(banner).toContainText(say("urgent.read_at", { time: "12:00" }));
  await expect(at(page, "urgent-IA-01")).toBeFocused();
  await saved(page);
  await page.getByRole("button", { name: say("continue") }).click();
  await listed(page, "check").waitFor();
  const there = async (where) => {
    await expect(banner, where).toBeVisible();
    await expect(banner, where).toContainText("Ring 999");
    await expect(banner.getByRole("link", { name: "999" }).first(), where).toBeVisible();
  };
  await there("tasks");
  for (const section of Object.keys(cases["disabled-child"].answers).filter((name) => name !== "danger_now")) {
    await open(page, section);
    await there(section);
  }
  await open(page, "elements", "identity");
  await there("identity");
  await open(page, "check");
  await there("check");
  await page.reload();
  await there("check after a reload");
  await expect(banner).toContainText(say("urgent.read_at", { time: "12:00" }));
});
