// Ways of using the form that depend on the browser rather than on the form, once in each engine. docs/browsers.md says
// what they found.

import { extractText } from "unpdf";
import { at, fillPage, heading, leaves, open, saved, start, toTasks, unfold } from "../journey.mjs";
import { say } from "../words.mjs";
import { expect, test } from "./engines.mjs";

const TODAY = "2026-11-23";
/** What makes each engine use the person's colours. WebKit has no such thing. */
const FORCED = {
  chromium: { forcedColors: "active" },
  firefox: { preferences: { "browser.display.document_color_use": 2 } },
};

/** Puts the focus on a control without the mouse. */
async function focus(page, path) {
  await unfold(page, path);
  await at(page, path).evaluate((control) => control.focus());
}

/** The path of what has the focus. */
const focused = (page) => page.locator("common-assessment").evaluate((element) => element.shadowRoot.activeElement?.id);

/** The id of the radio that is chosen. */
const chosen = (page, path) =>
  page.locator("common-assessment").evaluate((element, path) => {
    const radios = [...element.shadowRoot.querySelectorAll("input[type=radio]")];
    return radios.find((radio) => radio.name === path && radio.checked)?.value;
  }, path);

/** A new visit, and the draft that it finds. */
async function reopen(page, url) {
  await page.goto("about:blank");
  await page.goto(url);
  await page.locator(".ca-drafts__name").click();
  await page.locator(".ca-child-bar").waitFor();
}

test("the start page is drawn, with styles and numbers, where the program never arrives", async ({ serve, launch }) => {
  const without = (html) => html.replace(/<script .*<\/script>/, "").replace(/<link rel="(modulepreload|preload)".*>/g, "");
  const server = await serve(TODAY, without);
  const { page } = await launch();
  await page.goto(server.url);
  await heading(page).waitFor();
  const seen = await page.locator("common-assessment").evaluate((element) => {
    const root = element.shadowRoot;
    const { fontSize, display } = getComputedStyle(root.querySelector("h1"));
    return {
      loading: root.querySelector(".ca-root--loading") !== null,
      disabled: root.querySelector(".govuk-button").disabled,
      emergency: root.querySelector('a[href="tel:999"]').checkVisibility(),
      large: Number.parseFloat(fontSize) > 30,
      display,
    };
  });
  expect(seen).toEqual({ loading: true, disabled: true, emergency: true, large: true, display: "block" });
});

test("the part that is loaded later comes by itself and shows the check page", async ({ serve, launch }) => {
  const server = await serve(TODAY);
  const { page } = await launch();
  await page.goto(server.url);
  const parts = () =>
    page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /-later-.*\.wasm$/.test(name)).length);
  await expect.poll(parts).toBeGreaterThan(0);
  await start(page);
  await open(page, "check");
  await page.getByRole("button", { name: say("submit.button") }).waitFor();
});

test("a date is typed from field to field with Tab, its month by name, and kept as it was typed", async ({ serve, launch }) => {
  const server = await serve(TODAY);
  const { page } = await launch();
  await page.goto(server.url);
  await start(page);
  await open(page, "identifying_details");
  const path = "identifying_details.dob";
  await unfold(page, path);
  await at(page, path).click();
  await page.keyboard.type("3");
  expect(await focused(page), "the focus never jumps").toBe(path);
  await page.keyboard.press("Tab");
  await page.keyboard.type("February");
  await page.keyboard.press("Tab");
  await page.keyboard.type("2019");
  await saved(page);
  await reopen(page, server.url);
  await open(page, "identifying_details");
  const values = [path, `${path}.month`, `${path}.year`].map((id) => at(page, id).inputValue());
  expect(await Promise.all(values)).toEqual(["3", "February", "2019"]);
});

test("radios, boxes to tick and lists answer to the keyboard", async ({ serve, launch, engine }) => {
  const server = await serve(TODAY);
  const { page } = await launch();
  await page.goto(server.url);
  await start(page);
  await open(page, "identifying_details");

  // A page that opens puts the focus on its heading.
  const onHeading = () => heading(page).evaluate((h1) => h1.getRootNode().activeElement === h1);
  await expect.poll(onHeading).toBe(true);

  const radio = "identifying_details.disabled";
  // A window of Firefox without a screen never has the focus, and Space then presses nothing; its arrow keys choose.
  const choose = (path) => (engine === "firefox" ? at(page, path).check() : page.keyboard.press("Space"));
  await focus(page, radio);
  await choose(radio);
  await expect.poll(() => chosen(page, radio)).toBeTruthy();
  const first = await chosen(page, radio);
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => chosen(page, radio)).not.toBe(first);
  expect(await chosen(page, radio)).toBeTruthy();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => chosen(page, radio)).toBe(first);

  const list = "identifying_details.sex";
  await focus(page, list);
  await page.keyboard.press("ArrowDown");
  const value = await at(page, list).inputValue();
  expect(value).not.toBe("");

  await focus(page, "identifying_details.disability");
  await choose("identifying_details.disability");

  await saved(page);
  await reopen(page, server.url);
  await open(page, "identifying_details");
  expect(await chosen(page, radio)).toBe(first);
  expect(await at(page, list).inputValue()).toBe(value);
  expect(await at(page, "identifying_details.disability").evaluate((box) => box.checked)).toBe(true);
});

test("words typed in the moment before a reload are kept", { tag: "@short" }, async ({ serve, launch }) => {
  const server = await serve(TODAY);
  const { page } = await launch();
  await page.goto(server.url);
  await start(page);
  await open(page, "assessment_information");
  await unfold(page, "assessment_information.reason");
  const words = "Typed a moment ago, Zoë said “no” – łódź 🙂";
  await at(page, "assessment_information.reason").fill(words);
  await page.reload();
  // Until its part has arrived the page only says that it is loading, and what is pressed then goes with it.
  await page.getByRole("button", { name: say("save_and_continue") }).waitFor();
  await toTasks(page);
  await open(page, "assessment_information");
  expect(await at(page, "assessment_information.reason").inputValue()).toBe(words);
});

test("on paper there is no protected address and nothing to press", async ({ serve, launch }) => {
  const server = await serve(TODAY);
  const { page, pdf } = await launch();
  await page.goto(server.url);
  await start(page);
  await open(page, "identifying_details");
  const details = {
    given_names: "Testa",
    address_status: "has_address",
    address: { line_1: "14 Quillmarsh Road", postcode: "ZZ9 9ZZ" },
    address_confidential: "yes",
  };
  expect(await fillPage(page, leaves(details, "identifying_details"))).toEqual([]);
  // Where an engine's driver cannot print, the rules for paper are at least followed by its own styles.
  if (pdf) {
    const { text } = await extractText(await pdf(), { mergePages: true });
    expect(text).toContain("Testa");
    expect(text).not.toMatch(/Quillmarsh|ZZ9/i);
    expect(text).toContain(say("protected.paper"));
    expect(text).not.toContain(say("continue"));
  }
  const seen = await page.locator("common-assessment").evaluate((element) => {
    const root = element.shadowRoot;
    for (const rule of root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules])) {
      if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
    }
    const visible = (css) => [...root.querySelectorAll(css)].filter((node) => node.checkVisibility()).length;
    return { bar: getComputedStyle(root.querySelector(".ca-child-bar")).display, typed: visible(".govuk-input:not(.govuk-date-input__input)"), buttons: visible("button") };
  });
  expect(seen).toEqual({ bar: "table-header-group", typed: 0, buttons: 0 });
});

test("with colours forced, a warning keeps its edges", async ({ serve, launch, engine }) => {
  const server = await serve(TODAY);
  const { page } = await launch(FORCED[engine]);
  await page.goto(server.url);
  await start(page, "yes");
  expect(await page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(engine in FORCED);
  await page.locator(".ca-urgent__action").first().waitFor();
  const width = await page.locator(".ca-urgent").evaluate((banner) => {
    const { borderLeftStyle, borderLeftWidth } = getComputedStyle(banner);
    return borderLeftStyle === "none" ? 0 : Number.parseFloat(borderLeftWidth);
  });
  expect(width).toBeGreaterThan(0);
});
