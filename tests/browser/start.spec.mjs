// The start page before the program has loaded: it can be read at once and used a moment later, and nothing moves when the
// program takes over.

import { heading, listed, open, start, toTasks } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const WASM = /_bg\.wasm$/;
const begin = (page) => page.getByRole("button", { name: say("start.begin"), exact: true });

/** Holds the program back until the function that it gives is called. */
async function held(page) {
  let release;
  const waiting = new Promise((resolve) => (release = resolve));
  await page.route(WASM, async (route) => {
    await waiting;
    await route.continue();
  });
  return release;
}

// The page that is there at once is that of a window that begins.
test.use({ withFamily: true });

/** Text and place of everything that both pages have. */
const placed = (page) =>
  page.locator("common-assessment").evaluate((element) =>
    [...element.shadowRoot.querySelectorAll("h1, h2, p:not(.ca-notice p, dd p), li, button.govuk-button")].filter((part) => part.getClientRects().length).map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect();
      return [part.textContent.trim(), x, y, width, height].join(" | ");
    }),
  );

for (const width of [320, 768, 1280]) {
  test(`nothing moves when the program takes over, at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.addInitScript(() => {
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.shifts.push(entry.value);
      }).observe({ type: "layout-shift", buffered: true });
    });
    const release = await held(page);
    await page.goto("/", { waitUntil: "domcontentloaded" });
    await expect(begin(page)).toBeEnabled();
    const before = await placed(page);
    expect(before).toHaveLength(13);
    release();
    await page.locator("dl[data-numbers]").waitFor();
    expect(await placed(page)).toEqual(before);
    expect(await page.evaluate(() => globalThis.shifts.reduce((sum, shift) => sum + shift, 0))).toBeLessThanOrEqual(0.02);
  });
}

test("Start can be pressed while the program is loading", async ({ page }) => {
  const release = await held(page);
  await page.goto("/", { waitUntil: "domcontentloaded" });
  await begin(page).click();
  await expect(page.locator(".ca-notice")).toContainText("opens as soon as the form has loaded");
  await expect(page.locator(".ca-notice")).toContainText("999");
  release();
  await expect(heading(page)).toHaveText(say("title.danger"));
  await expect(heading(page)).toBeFocused();
});

test("a press on Start that is not over when the program takes over still counts", async ({ page }) => {
  await page.addInitScript(() => {
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given) => {
      const made = await instantiate.apply(WebAssembly, given);
      setTimeout(() => (globalThis.loaded = true));
      return made;
    };
  });
  const release = await held(page);
  await page.goto("/", { waitUntil: "domcontentloaded" });
  await begin(page).hover();
  await expect(begin(page)).toBeEnabled();
  await page.mouse.down();
  release();
  await page.waitForFunction(() => globalThis.loaded);
  await page.mouse.up();
  await expect(heading(page)).toHaveText(say("title.danger"));
});

test("\"Do I need to refer?\" can be pressed while the program is loading", async ({ page }) => {
  const release = await held(page);
  await page.goto("/", { waitUntil: "domcontentloaded" });
  await page.getByRole("button", { name: say("title.refer") }).click();
  await expect(page.locator(".ca-notice")).toContainText("opens as soon as the form has loaded");
  release();
  // The page is the practitioner's own, and a window begins with the family.
  await expect(heading(page)).toHaveText(say("mode.title"));
  await expect(heading(page)).toBeFocused();
});

test("a reload that comes back to a record never shows the start page", async ({ page }) => {
  await page.goto("/");
  await start(page);
  await open(page, "assessment_information");
  const title = await heading(page).textContent();
  const release = await held(page);
  await page.reload({ waitUntil: "domcontentloaded" });
  await expect(page.locator(".ca-notice")).toContainText("Loading the form");
  await expect(begin(page)).toBeHidden();
  release();
  await expect(heading(page)).toHaveText(title);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says what is missing, and whom to ring", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("noscript .ca-notice")).toBeVisible();
    await expect(page.getByRole("link", { name: "999" }).first()).toBeVisible();
    await expect(begin(page)).toBeDisabled();
  });
});

test("P6 Ctrl and the middle button open a page in a new tab, and this one stays where it is", async ({ page, context }) => {
  await page.goto("/");
  await start(page);
  await toTasks(page);
  for (const how of [{ modifiers: ["Control"] }, { button: "middle" }]) {
    const [tab] = await Promise.all([context.waitForEvent("page"), listed(page, "consent").click(how)]);
    await expect(heading(tab)).toHaveText(say("section.consent"));
    await expect(heading(page)).toHaveText(say("tasks.heading"));
    expect(new URL(tab.url()).hash + new URL(tab.url()).search).toBe("");
    await tab.close();
  }
  await page.getByRole("link", { name: say("back.start") }).first().click();
  const [tab] = await Promise.all([
    context.waitForEvent("page"),
    page.locator(".ca-drafts__name").click({ modifiers: ["Control"] }),
  ]);
  await expect(heading(tab)).toHaveText(say("tasks.heading"));
  await expect(heading(page)).toHaveText(say("start.heading"));
});

/** Ways on from pages of a record: where it is, and the page that it leads to. */
const WAYS = {
  "an element": [["elements"], (page) => listed(page, "identity"), "elements.identity.status"],
  "a section from the check page": [["check"], (page) => page.getByRole("link", { name: new RegExp(`^${say("check.change")} `) }).first(), ""],
  "the way back": [["consent"], (page) => page.getByRole("link", { name: say("back.tasks"), exact: true }).first(), ""],
};
for (const [name, [place, link, id]] of Object.entries(WAYS)) {
  test(`P6 Ctrl and the middle button open ${name} in a new tab, with that place`, async ({ page, context }) => {
    await page.goto("/");
    await start(page);
    await open(page, ...place);
    const here = await heading(page).textContent();
    if (place[0] === "check") await page.getByRole("button", { name: say("check.answers.show") }).click();
    for (const how of [{ modifiers: ["Control"] }, { button: "middle" }]) {
      const [tab] = await Promise.all([context.waitForEvent("page"), link(page).click(how)]);
      await expect(heading(tab)).not.toHaveText(here);
      await expect(heading(tab)).not.toHaveText(say("start.heading"));
      if (id) await expect(tab.locator(`[id=${JSON.stringify(id)}]`)).toBeVisible();
      await expect(heading(page)).toHaveText(here);
      await tab.close();
    }
  });
}
