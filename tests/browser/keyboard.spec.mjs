// A whole assessment with the keyboard alone, from the start page to the receipt. At every stop the focus must be on
// something of the form, be visible, and not be under the bar at the top.

import { rows } from "./database.mjs";
import { cases, leaves, listed, onDay } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const { today, answers } = cases["bruise-on-a-baby"];
test.use({ today, fresh: true });

/** Where the focus is, and whether it can be seen. */
const stop = (page) =>
  page.evaluate(() => {
    const at = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    const style = getComputedStyle(at);
    const item = at.matches("input[type=radio], input[type=checkbox]")
      ? getComputedStyle(at.nextElementSibling, "::before")
      : at.matches("summary") ? getComputedStyle(at.firstElementChild ?? at) : style;
    const seen = [style, item].some(
      (s) => (s.outlineStyle !== "none" && Number.parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none",
    );
    const bar = at.getRootNode().querySelector?.(".ca-child-bar");
    const stuck = bar && getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().bottom : 0;
    const box = at.getBoundingClientRect();
    return {
      id: at.id,
      path: at.type === "radio" || at.type === "checkbox" ? at.name : at.id,
      tag: at.localName,
      type: at.type ?? "",
      value: at.value ?? "",
      checked: at.checked ?? false,
      text: at.textContent.trim().replace(/\s+/g, " ").slice(0, 60),
      index: at.type === "radio" ? [...at.getRootNode().querySelectorAll(`[name="${at.name}"]`)].map((o) => o.value) : [],
      seen,
      where: [box.top, box.bottom, stuck, innerHeight].map(Math.round).join(" "),
      // A large text area is scrolled to until its first line can be seen.
      under:
        !bar?.contains(at) &&
        (box.top < stuck - 1 || (at.localName === "textarea" ? box.top + 24 : box.bottom) > innerHeight + 1),
    };
  });

test("start to receipt", async ({ page, server }) => {
  test.setTimeout(240_000);
  await onDay(page, today);
  await page.goto("/");
  await page.locator("common-assessment h1").waitFor();

  const wanted = new Map(leaves(answers, "").map(([path, value]) => [path, value]));
  const rowsWanted = new Map();
  for (const [path, value] of wanted) {
    if (value === null) rowsWanted.set(path.replace(/\[\d+\]$/, ""), (rowsWanted.get(path.replace(/\[\d+\]$/, "")) ?? 0) + 1);
  }
  const rowsAdded = new Map();
  const dates = (path) => path.replace(/\.(month|year)$/, "");
  const unseen = new Set();
  const key = (name) => page.keyboard.press(name);

  /** Answers the question that the focus is on, if the case answers it. */
  async function act(here) {
    if (here.tag === "summary") {
      // A folded run is opened where the case answers something in it.
      const inside = await page.evaluate(() => {
        const at = document.activeElement.shadowRoot.activeElement;
        const fold = at.closest("details.ca-fold:not([open])");
        return fold ? [...fold.querySelectorAll("[id]")].map((one) => one.name || one.id) : [];
      });
      if (inside.some((path) => wanted.has(dates(path)) || rowsWanted.has(path.replace(/\.add$/, "")))) await key("Enter");
      return;
    }
    if (here.tag === "button" && here.id.endsWith(".add")) {
      const group = here.id.replace(/\.add$/, "");
      const added = rowsAdded.get(group) ?? 0;
      if (added >= (rowsWanted.get(group) ?? 0)) return;
      await key("Enter");
      rowsAdded.set(group, added + 1);
      await expect.poll(async () => (await stop(page)).id).toBe(`${group}[${added}]`);
      return;
    }
    const answer = wanted.get(here.path);
    if (here.type === "radio" && !here.checked) {
      if (answer === undefined) return;
      if (here.value === answer) await key("Space");
      else for (let step = here.index.indexOf(here.value); here.index[step] !== answer; step += 1) await key("ArrowDown");
    } else if (here.type === "checkbox") {
      if (answer?.includes(here.value) && !here.checked) await key("Space");
    } else if (here.tag === "select") {
      if (answer === undefined || here.value === answer) return;
      const label = await page.locator(`[id=${JSON.stringify(here.id)}] option[value=${JSON.stringify(answer)}]`).textContent();
      await page.keyboard.type(label);
      expect((await stop(page)).value, here.id).toBe(answer);
    } else if (["text", "textarea"].includes(here.type) && here.value === "") {
      const date = wanted.get(dates(here.id));
      const isDate = here.id !== dates(here.id) || (await page.locator(`[id=${JSON.stringify(`${here.id}.month`)}]`).count()) > 0;
      if (isDate && date) {
        const [year, month = "", day = ""] = date.split("-");
        const part = here.id.endsWith(".month") ? month : here.id.endsWith(".year") ? year : day;
        await page.keyboard.type(part.replace(/^0/, ""));
      } else if (answer !== undefined) {
        await page.keyboard.insertText(Array.isArray(answer) ? answer.join("\n") : answer);
      }
    }
  }

  /** Tabs to what `found` accepts, answering on the way, and presses Enter there. */
  async function tabTo(found, name) {
    for (let presses = 0; presses < 700; presses += 1) {
      const here = await stop(page);
      expect(here.tag, `focus fell to the page before ${name}`).not.toBe("body");
      // Headings are focused by the form, not by the reader; the demonstration page's skip link shows by appearing.
      if (!here.seen && !/^h[12]$/.test(here.tag) && here.text !== "Skip to the form") unseen.add(`${here.tag} ${here.id} ${here.text}`);
      expect.soft(here.under, `${here.tag} ${here.id} ${here.text} is under the bar or off the screen: ${here.where}`).toBe(false);
      if (found(here)) {
        const title = await page.locator("common-assessment h1").textContent();
        await key("Enter");
        return title;
      }
      await act(here);
      await key("Tab");
    }
    throw new Error(`${name} was not reached`);
  }
  const named = (tag, text) => (here) => here.tag === tag && here.text.startsWith(text);
  const newPage = (before) => expect(page.locator("common-assessment h1")).not.toHaveText(before ?? "");
  const onHeading = () => expect(page.locator("common-assessment h1")).toBeFocused();

  await key("Tab");
  await newPage(await tabTo(named("button", say("start.begin")), "start"));
  await onHeading();
  await newPage(await tabTo(named("button", say("continue")), "the first question"));
  await onHeading();
  const isListOfElements = async () => (await listed(page, "general_health").count()) > 0;
  await newPage(await tabTo(named("a", "Checklist"), "the first section"));
  for (;;) {
    await onHeading();
    const title = await page.locator("common-assessment h1").textContent();
    if (title.includes("Check the answers")) break;
    if (await isListOfElements()) {
      await newPage(await tabTo(named("a", "General health"), "the first box"));
      do {
        await onHeading();
        const box = await page.locator("common-assessment h1").textContent();
        await newPage(await tabTo(named("button", say("box.next")), box));
      } while (!(await isListOfElements()));
      await onHeading();
      await newPage(await tabTo(named("button", say("continue")), "after the boxes"));
      continue;
    }
    await newPage(await tabTo(named("button", say("save_and_continue")), title));
  }
  await newPage(await tabTo(named("button", say("submit.button")), "sending"));
  await expect(page.locator("common-assessment h1")).toHaveText(say("receipt.heading"));
  await onHeading();
  const [[stored]] = rows(server.database, "SELECT answers FROM assessments");
  expect(JSON.parse(stored)).toEqual(answers);
  expect([...unseen]).toEqual([]);
});
