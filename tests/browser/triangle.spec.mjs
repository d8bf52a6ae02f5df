// The assessment triangle by mouse, keyboard, screen reader tree, print, forced colours and on a narrow screen; the list
// beside it says the same.

import { extractText } from "unpdf";
import { clean } from "./axe.mjs";
import { answer, at, heading, listed, open, start } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const triangle = (page) => page.locator("svg.ca-triangle");
const link = (page, name) => triangle(page).getByRole("link", { name });

/** A record in which each state occurs, at the list of elements. */
async function filled(page) {
  await page.goto("/");
  await start(page, "no");
  const answers = {
    general_health: { strengths: "Sleeps well", needs: "Teeth hurt", "indicators.GH-401": "yes" },
    physical_development: { strengths: "Runs and climbs" },
    emotional_social: { needs: "Cries at night" },
    behavioural: { "indicators.BE-401": "unsure" },
    identity: { status: "no_concern" },
    self_care: { status: "not_discussed" },
    wider_family: { child_words: "Nan is nice" },
  };
  for (const [element, inside] of Object.entries(answers)) {
    await open(page, "elements", element);
    for (const [name, value] of Object.entries(inside)) await answer(page, `elements.${element}.${name}`, value);
  }
  await page.getByRole("link", { name: say("back.boxes") }).first().click();
  await listed(page, "identity").waitFor();
}

const SAID = {
  general_health: "Strength, need, worry",
  physical_development: "Strength",
  emotional_social: "Need",
  behavioural: "Worry: not sure",
  identity: "Talked about, no concern",
  self_care: "Not talked about",
  wider_family: "Talked about",
  housing_employment_finance: "Nothing yet",
};

test("picture and list say the same of every element, in words and shapes", async ({ page }) => {
  await filled(page);
  for (const [element, words] of Object.entries(SAID)) {
    const name = await listed(page, element).textContent();
    await expect(link(page, `${name}: ${words}`)).toHaveCount(1);
    await expect(at(page, `${element}-status`)).toHaveText(words);
  }
  await expect(page.getByText(say("triangle.count_in_words", { done: "6", count: "19" })).first()).toBeVisible();
  // A shape of its own for each state: no two have the same outline and the same inside.
  const shapes = await page.locator(".ca-key svg").evaluateAll((signs) =>
    signs.map((sign) => [...sign.querySelectorAll("path")].map((path) => path.getAttribute("d")).join(" ")),
  );
  expect(new Set(shapes).size).toBe(8);
});

test("a screen reader hears three lists with every element once, in form order", async ({ page }) => {
  await filled(page);
  await expect(triangle(page)).toHaveAttribute("role", "group");
  const lists = triangle(page).getByRole("list");
  await expect(lists).toHaveCount(3);
  const counts = [];
  for (const list of await lists.all()) counts.push(await list.getByRole("listitem").count());
  expect(counts).toEqual([12, 3, 4]);
  const names = await triangle(page).getByRole("link").evaluateAll((links) => links.map((one) => one.getAttribute("aria-label").split(":")[0]));
  const inList = await page.locator(".ca-element-lists a").allTextContents();
  expect(names).toEqual(inList);
  // The whole tree: three named lists of links, each with its words, and nothing of the drawing.
  const side = (list, links) => [`  - list ${JSON.stringify(list)}:`, ...links.flatMap((link) => ["    - listitem:", `      - link ${JSON.stringify(link)}`])];
  const tree = (await triangle(page).ariaSnapshot()).replaceAll("'", "").split("\n").filter((line) => !line.includes("/url"));
  const labels = await triangle(page).getByRole("link").evaluateAll((links) => links.map((one) => one.getAttribute("aria-label")));
  const titles = await page.locator(".ca-element-list h2").allTextContents();
  expect(tree.map((line) => line.replace(/(link "[^"]*"):$/, "$1"))).toEqual([
    `- group ${JSON.stringify(say("triangle.label"))}:`,
    ...side(titles[0], labels.slice(0, 12)),
    ...side(titles[1], labels.slice(12, 15)),
    ...side(titles[2], labels.slice(15)),
  ]);
});

test("by mouse and by keyboard to the element and back, with the focus in view", async ({ page }) => {
  await filled(page);
  await link(page, /^General health/).click();
  await expect(heading(page)).toContainText("General health");
  await page.goBack();
  await link(page, /^General health/).focus();
  await page.keyboard.press("Tab");
  await expect(link(page, /^Physical development/)).toBeFocused();
  const cell = link(page, /^Physical development/).locator(".ca-triangle__cell");
  await expect(cell).toHaveCSS("fill", "rgb(255, 221, 0)");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toContainText("Physical development");
  await expect(heading(page)).toBeFocused();
});

test("by keyboard through all of it, forwards and back, each with the focus in view", async ({ page }) => {
  await filled(page);
  const links = triangle(page).getByRole("link");
  const count = await links.count();
  const isInView = () =>
    page.locator("common-assessment").evaluate((element) => {
      const { top, bottom } = element.shadowRoot.activeElement.getBoundingClientRect();
      const bar = element.shadowRoot.querySelector(".ca-child-bar").getBoundingClientRect();
      return top >= bar.bottom && bottom <= innerHeight;
    });
  await links.first().focus();
  for (let at = 0; at < count; at += 1) {
    await expect(links.nth(at)).toBeFocused();
    await expect.poll(isInView, `link ${at}`).toBe(true);
    if (at < count - 1) await page.keyboard.press("Tab");
  }
  for (let at = count - 2; at >= 0; at -= 1) {
    await page.keyboard.press("Shift+Tab");
    await expect(links.nth(at)).toBeFocused();
    await expect.poll(isInView, `link ${at}, going back`).toBe(true);
  }
});

test("with the mouse, all of a cell can be pressed and shows that it can", async ({ page }) => {
  await filled(page);
  const cell = link(page, /^Wider family/).locator(".ca-triangle__cell");
  await cell.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await cell.boundingBox();
  expect(width).toBeGreaterThan(44);
  expect(height).toBeGreaterThan(24);
  // A corner, where there is neither text nor a sign.
  await page.mouse.move(x + width - 4, y + height - 4);
  await expect(cell).toHaveCSS("stroke-width", "3px");
  await page.mouse.down();
  await page.mouse.up();
  await expect(heading(page)).toContainText("Wider family");
});

test("no name in it is cut, and none runs out of its cell", async ({ page }) => {
  await filled(page);
  const found = await triangle(page).getByRole("link").evaluateAll((links) =>
    links.map((one) => {
      const cell = one.querySelector("rect").getBoundingClientRect();
      const text = one.querySelector("text").getBoundingClientRect();
      const isIn = text.left >= cell.left && text.right <= cell.right && text.top >= cell.top - 2 && text.bottom <= cell.bottom + 2;
      const words = [...one.querySelectorAll("tspan")].map((line) => line.textContent).join(" ");
      return { name: one.getAttribute("aria-label").split(":")[0], words, isIn };
    }),
  );
  for (const { name, words, isIn } of found) {
    expect.soft(words).toBe(name);
    expect.soft(isIn, name).toBe(true);
  }
});

test("the family sees no worry", async ({ page }) => {
  await filled(page);
  await at(page, "privacy-switch").click();
  await expect(link(page, "General health: Strength, need")).toHaveCount(1);
  await expect(link(page, "Behavioural development: Nothing yet")).toHaveCount(1);
  const text = await page.locator("common-assessment").evaluate((element) => element.shadowRoot.textContent);
  expect(text).not.toContain(say("triangle.worry"));
});

test("the text of the picture can be read on what it is drawn on", async ({ page }) => {
  await filled(page);
  const [text, ...fills] = await triangle(page).evaluate((svg) => [
    getComputedStyle(svg.querySelector("text")).fill,
    ...[".ca-triangle__cell", ".ca-triangle__sides"].map((part) => getComputedStyle(svg.querySelector(part)).fill),
  ]);
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/\d+/g).map((part) => part / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const fill of fills) expect((luminance(fill) + 0.05) / (luminance(text) + 0.05)).toBeGreaterThan(4.5);
});

test("in forced colours the shapes are drawn in the reader's colours", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await filled(page);
  const [shape, inside, text] = await triangle(page).evaluate((svg) =>
    [".ca-sign__shape--strength", ".ca-sign__inside--strength", "text"].map((part) => {
      const { fill, stroke } = getComputedStyle(svg.querySelector(part));
      return part.includes("inside") ? stroke : fill;
    }),
  );
  expect(shape, "a sign is not the colour of what is in it").not.toBe(inside);
  expect(text).not.toBe(inside);
  // The cell that has the focus has an edge of its own there: its fill is the page's.
  await link(page, /^General health/).focus();
  const [focused, other] = await Promise.all(
    [/^General health/, /^Wider family/].map((name) => link(page, name).locator(".ca-triangle__cell").evaluate((cell) => getComputedStyle(cell).stroke)),
  );
  expect(focused).not.toBe(other);
});

test("on paper the picture is whole on one page, with its key", async ({ page }) => {
  await filled(page);
  await page.emulateMedia({ media: "print" });
  await expect(triangle(page)).toBeVisible();
  const names = await triangle(page).getByRole("link").evaluateAll((links) => links.map((one) => one.getAttribute("aria-label").split(":")[0]));
  const { text } = await extractText(new Uint8Array(await page.pdf({ format: "A4" })), { mergePages: false });
  // A PDF breaks a name where the picture does.
  const bare = (words) => words.replaceAll(/\s+/g, "").toLowerCase();
  const [sheet] = text.filter((words) => bare(words).includes(bare(names[0])));
  for (const name of names) expect.soft(bare(sheet), name).toContain(bare(name));
  for (const code of ["strength", "need", "worry", "not_discussed"]) {
    expect.soft(bare(sheet)).toContain(bare(say(`triangle.${code}`)));
  }
});

test("on a narrow screen the list takes the place of the picture, for the eye, the keyboard and a screen reader", async ({ page }) => {
  await filled(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(triangle(page)).toBeHidden();
  await expect(page.getByRole("group", { name: say("triangle.label") })).toHaveCount(0);
  // The words of the list are in the description of each link.
  for (const [element, words] of Object.entries(SAID)) {
    await expect(listed(page, element)).toBeVisible();
    await expect(listed(page, element)).toHaveAccessibleDescription(words);
  }
  await listed(page, "general_health").focus();
  await page.keyboard.press("Tab");
  await expect(listed(page, "physical_development")).toBeFocused();
  await expect(at(page, "general_health-status").locator("svg")).toHaveCount(3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await clean(page, "elements with every state");
});

test("a copy shows what is in it, and says nothing of the rest", async ({ page }) => {
  await filled(page);
  await open(page, "outputs");
  await at(page, "output.child").check();
  const reason = at(page, "output.reason");
  if (await reason.isVisible()) {
    await reason.fill("Agreed with the police on 3 March");
    await page.getByRole("button", { name: say("outputs.block.go_ahead") }).click();
  }
  const picture = page.locator(".ca-output svg.ca-triangle");
  await expect(picture).toBeVisible();
  await expect(picture.getByRole("listitem", { name: /^Housing.*: Nothing in this copy$/ })).toHaveCount(1);
  await expect(picture.getByRole("link")).toHaveCount(0);
  await expect(picture.getByRole("listitem", { name: /[Ww]orry/ })).toHaveCount(0);
});
