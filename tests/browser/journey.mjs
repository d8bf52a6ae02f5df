// Fills in the real form as a practitioner would, from a record written as a file (tests/cases). No question is named
// here: what a path needs is read off its control. It checks nothing; the tests that use it do.
//
// It also drives Firefox and WebKit, on the part of Playwright's page that engines/page.mjs has: what it calls here must
// be there too, and it waits with `expect.poll`, which needs no locator of Playwright's.

import { readFileSync, readdirSync } from "node:fs";
import { expect } from "@playwright/test";
import { like, say } from "./words.mjs";

const folder = new URL("../cases/", import.meta.url);

/** Every case, by its file's name without the ending. */
export const cases = Object.fromEntries(
  readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name.replace(/\.json$/, ""), JSON.parse(readFileSync(new URL(name, folder), "utf8"))]),
);

/** The element whose id is this path. Paths have dots and brackets, which a `#` selector does not take. */
export const at = (page, path) => page.locator(`[id=${JSON.stringify(path)}]`);

/** The link of the task list to a section, or of the list of elements to an element. */
export const listed = (page, id) => page.locator(`a[aria-describedby~=${JSON.stringify(`${id}-status`)}]`);

/** The page's one heading. */
export const heading = (page) => page.locator("common-assessment").locator("h1");

/** Waits for what an element says, spaces around it aside. */
const text = (locator) => expect.poll(async () => (await locator.textContent()).trim(), { intervals: [20, 50, 100] });

/** What the bar at the top says about the last save. */
export const saveStatus = (page) => page.locator(".ca-child-bar__status");

/** Waits until everything typed is on disk. */
export const saved = (page) => text(saveStatus(page)).toMatch(ON_DISK);
const ON_DISK = new RegExp(`${like("save.saved", "\\d.*").source}|${like("save.sent").source}`);

/** Sets the page's clock to the case's day. Timers go on. */
export const onDay = (page, today) => page.clock.setFixedTime(new Date(`${today}T12:00:00Z`));

/** A date that `2019-02-03` cannot stand for, say because a leading zero was typed, is written field by field. */
const isThreeFields = (value) => Object.keys(value).every((name) => ["day", "month", "year"].includes(name));

/** Leaves of a record in its own order: [path, answer]. Rows that must be added come as [path, null]. */
export function leaves(value, path) {
  if (Array.isArray(value) && typeof value[0] === "object") {
    return value.flatMap((row, index) => [[`${path}[${index}]`, null], ...leaves(row, `${path}[${index}]`)]);
  }
  if (typeof value === "object" && !Array.isArray(value) && !isThreeFields(value)) {
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path ? `${path}.${name}` : name));
  }
  return [[path, value]];
}

/** The control at each of these paths now: `rows`, `radio`, `checkbox`, `date`, `select`, `text`, or nothing. */
const kinds = (page, paths) =>
  page.locator("common-assessment").evaluate((element, paths) => {
    const root = element.shadowRoot;
    return paths.map((path) => {
      const found = root.getElementById(path);
      if (!found) return root.getElementById(`${path.replace(/\[\d+\]$/, "")}.add`) && path.endsWith("]") ? "rows" : "";
      if (found.localName === "select") return "select";
      if (["radio", "checkbox"].includes(found.type)) return found.type;
      if (root.getElementById(`${path}.month`)) return "date";
      return ["input", "textarea"].includes(found.localName) ? "text" : "there";
    });
  }, paths);

/** Opens the folded groups that hold this path's control, from the outside in. */
export async function unfold(page, path) {
  const ids = [path, `${path.replace(/\[\d+\]$/, "")}.add`].map((id) => `[id=${JSON.stringify(id)}]`);
  const folded = page.locator(`details:not([open]):has(${ids}) > summary`);
  for (let left = await folded.count(); left > 0; left -= 1) {
    await folded.first().click();
    await expect.poll(() => folded.count()).toBeLessThan(left);
  }
}

/** Opens everything that is folded on the page, at once: a page of signs has dozens. Each fold by itself is pressed elsewhere. */
export const unfoldAll = (page) =>
  page.locator("common-assessment").evaluate((element) => {
    for (const folded of element.shadowRoot.querySelectorAll("details")) folded.open = true;
  });

/** Answers one question through its control. */
export async function answer(page, path, value, kind) {
  await unfold(page, path);
  switch (kind ?? (await kinds(page, [path]))[0]) {
    case "rows":
      await at(page, `${path.replace(/\[\d+\]$/, "")}.add`).click();
      await at(page, path).waitFor();
      break;
    case "radio":
      await page.locator(`input[name=${JSON.stringify(path)}][value=${JSON.stringify(value)}]`).check();
      break;
    case "checkbox":
      for (const code of value) {
        await page.locator(`input[name=${JSON.stringify(path)}][value=${JSON.stringify(code)}]`).check();
      }
      break;
    case "select":
      await at(page, path).selectOption(value);
      break;
    case "date": {
      const [year, month = "", day = ""] = typeof value === "string" ? value.split("-") : [];
      const unpadded = { day: day.replace(/^0/, ""), month: month.replace(/^0/, ""), year };
      const { day: first, ...others } = typeof value === "string" ? unpadded : value;
      if (first) await at(page, path).fill(first);
      for (const [name, text] of Object.entries(others)) if (text) await at(page, `${path}.${name}`).fill(text);
      break;
    }
    case "text":
      await at(page, path).fill(Array.isArray(value) ? value.join("\n") : value);
      break;
    default:
      throw new Error(`Nothing can be answered at ${path}.`);
  }
}

/**
 * Answers everything of `wanted` that the page asks. An answer may bring further questions, so it goes round until
 * nothing new can be answered; what is left belongs to questions that this page does not ask (yet).
 */
export async function fillPage(page, wanted) {
  let left = wanted;
  for (;;) {
    const found = await kinds(page, left.map(([path]) => path));
    const waiting = [];
    for (const [index, [path, value]] of left.entries()) {
      if (found[index] === "there") continue;
      // A row that was not there when this round began has its questions in the next; an option may follow from an answer
      // on a later page.
      const isOffered = async (code) => (await page.locator(`input[name=${JSON.stringify(path)}][value=${JSON.stringify(code)}]`).count()) > 0;
      const offered = found[index] === "checkbox" ? await Promise.all(value.map(isOffered)) : [];
      if (found[index] === "" || offered.includes(false)) waiting.push([path, value]);
      else await answer(page, path, value, found[index]);
    }
    if (waiting.length === left.length || waiting.length === 0) return waiting;
    left = waiting;
  }
}

/** From the start page to the task list: a new record, and the first question. */
export async function start(page, dangerNow = "no") {
  await page.getByRole("button", { name: say("start.begin") }).click();
  await text(heading(page)).toBe(say("title.danger"));
  // A window begins with the family looking on, and this question is not for them.
  if ((await at(page, "danger_now").count()) === 0) await at(page, "privacy-switch").click();
  await answer(page, "danger_now", dangerNow);
  await page.getByRole("button", { name: say("continue") }).click();
  await listed(page, "identifying_details").waitFor();
}

const TASKS = { name: say("back.tasks"), exact: true };

/** From any page of a record to the task list. */
export async function toTasks(page) {
  // A record that was just opened may still be loading from the disk.
  const ways = page.getByRole("link", TASKS).or(page.getByRole("link", { name: say("back.boxes") }));
  await listed(page, "identifying_details").or(ways).first().waitFor();
  if (await listed(page, "identifying_details").count()) return;
  // An element leads back to the list of elements, and that to the task list.
  if (!(await page.getByRole("link", TASKS).count())) await page.getByRole("link", { name: say("back.boxes") }).first().click();
  await page.getByRole("link", TASKS).first().click();
  await listed(page, "identifying_details").waitFor();
}

/** From the task list to a section, or to an element. */
export async function open(page, section, box) {
  await toTasks(page);
  const before = await heading(page).textContent();
  await listed(page, section).click();
  await text(heading(page)).not.toBe(before.trim());
  if (box) {
    await listed(page, box).click();
    await at(page, `elements.${box}.status`).waitFor();
  }
}

/**
 * Fills in a whole record, section by section, element by element. `onPage(name)` is called on each page once it is filled in.
 * A question that appears only after a later section is answered on a second round.
 */
export async function fillCase(page, answers, onPage = async () => {}) {
  const { danger_now: dangerNow, sharing, ...sections } = answers;
  await start(page, dangerNow);
  let todo = Object.entries(sections);
  for (let round = 0; round < 3 && todo.length > 0; round += 1) {
    const again = [];
    for (const [section, content] of todo) {
      const left = [];
      if (section === "elements") {
        for (const [box, inside] of Object.entries(content)) {
          const wanted = Array.isArray(inside) ? inside : leaves(inside, `elements.${box}`);
          if (wanted.length === 0) continue;
          await open(page, section, box);
          left.push([box, await fillPage(page, wanted)]);
          await onPage(box);
          await page.getByRole("link", { name: say("back.boxes") }).first().click();
          await listed(page, box).waitFor();
        }
        const boxes = left.filter(([, paths]) => paths.length > 0);
        if (boxes.length > 0) again.push([section, Object.fromEntries(boxes)]);
        continue;
      }
      await open(page, section);
      const wanted = round > 0 ? content : leaves(content, section);
      const missing = await fillPage(page, wanted);
      await onPage(section);
      await toTasks(page);
      if (missing.length > 0) again.push([section, missing]);
    }
    todo = again;
  }
  if (sharing) {
    // Asked just before sending.
    await open(page, "check");
    todo.push(...(await fillPage(page, leaves(sharing, "sharing"))));
    await toTasks(page);
  }
  expect(todo, "answers whose questions are never asked").toEqual([]);
}

/** From the task list to the receipt. */
export async function send(page) {
  await open(page, "check");
  const only = page.getByRole("button", { name: say("before.record_only.button") });
  await page.getByRole("button", { name: say("submit.button") }).or(only).click();
  await page.locator(".ca-receipt").waitFor();
}
