// Back in a portal (case C1): the same rule for frame and element. With history="page" Back steps through the form's pages and
// then leaves; without it Back is the portal's alone. No press does nothing, and what was typed is still there.

import { expect as expectFramed, listening, test as framedTest } from "./framed.mjs";
import { answer, at, heading, open, start } from "./journey.mjs";
import { element, expect, onOwn, test } from "./portal.mjs";
import { onOwn as onOwnWindow } from "./server.mjs";
import { say } from "./words.mjs";

const SECTIONS = ["identifying_details", "assessment_information", "voices", "conclusions"];

/** Visits four sections from the task list on. The headings that were seen, the newest last. */
async function visitFour(form) {
  await start(form);
  const tasks = (await heading(form).textContent()).trim();
  const seen = [tasks];
  for (const section of SECTIONS) {
    await open(form, section);
    seen.push((await heading(form).textContent()).trim());
    await form.getByRole("link", { name: say("back.tasks"), exact: true }).first().click();
    await expect(heading(form)).toHaveText(tasks);
    seen.push(tasks);
  }
  return seen;
}

/** Presses Back until the page before the portal's form is shown. Each press has to change something. */
async function backUntilLeft(page, shown) {
  for (let press = 0; press < 30; press += 1) {
    const before = await shown();
    await page.evaluate(() => history.back());
    await expect.poll(shown, `press ${press + 1} does something`).not.toBe(before);
    if ((await shown()) === "left") return press + 1;
  }
  throw new Error("Back never leaves");
}

const other = "<!doctype html><title>Other page</title><a href='/'>To the form</a>";

test("C1 an element with history=page: Back once, then four times, then out of the portal's page, and no press is dead", async ({ page, portal }) => {
  const { url } = await portal.open({ attributes: 'history="page"', pages: { "/other": other } });
  await page.goto(`${url}/other`);
  await page.getByRole("link").click();
  const seen = await visitFour(page);
  for (const before of seen.toReversed().slice(1, 6)) {
    await page.evaluate(() => history.back());
    await expect(heading(page)).toHaveText(before);
  }
  page.on("dialog", (dialog) => dialog.accept());
  const shown = async () => {
    try {
      return (await page.title()) === "Other page" ? "left" : `${page.url()} ${await heading(page).textContent({ timeout: 1_000 })}`;
    } catch {
      return "between two pages";
    }
  };
  await backUntilLeft(page, shown);
});

test("C1 an element in a portal with a router of its own: Back is the router's, and the words are still in the form", async ({ page, portal }) => {
  await portal.open({
    before: '<nav><a href="/list">List</a> <a href="/pupil">Pupil</a></nav><p id="route"></p>',
    script: `
      const show = () => {
        document.querySelector("#route").textContent = location.pathname;
        document.querySelector("main").hidden = location.pathname !== "/pupil";
      };
      addEventListener("click", (event) => {
        const link = event.target.closest?.("nav a");
        if (!link) return;
        event.preventDefault();
        history.pushState({ portals: true }, "", link.href);
        show();
      });
      addEventListener("popstate", show);`,
  });
  const to = (name) => page.locator("nav").getByRole("link", { name }).click();
  const route = page.locator("#route");
  await to("List");
  await to("Pupil");
  const before = await page.evaluate(() => [history.length, JSON.stringify(history.state)]);
  await visitFour(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.given_names", "Ada");
  expect(await page.evaluate(() => [history.length, JSON.stringify(history.state)])).toEqual(before);
  await page.evaluate(() => history.back());
  await expect(route).toHaveText("/list");
  await expect(page.locator("main")).toBeHidden();
  await page.evaluate(() => history.forward());
  await expect(route).toHaveText("/pupil");
  await expect(at(page, "identifying_details.given_names")).toHaveValue("Ada");
});

test("C1 a router that takes the element out and puts it in again: it is where it was, with every word", async ({ page, portal }) => {
  await portal.open();
  await start(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.given_names", "Ada");
  await page.evaluate(() => {
    const main = document.querySelector("main");
    const form = main.firstElementChild;
    addEventListener("popstate", ({ state }) => (state ? form.remove() : main.append(form)));
    history.pushState({ elsewhere: true }, "", "/elsewhere");
    form.remove();
  });
  await expect(element(page)).toHaveCount(0);
  await page.evaluate(() => history.back());
  // It begins again as if the family looked on.
  await onOwn(element(page));
  await expect(at(page, "identifying_details.given_names")).toHaveValue("Ada");
});

framedTest.describe("C1 Back and frames", () => {
  framedTest.use({ real: true });
  framedTest.setTimeout(120_000);
  framedTest.beforeEach(async ({ page, context }) => {
    await context.addInitScript(onOwnWindow);
    await page.addInitScript(listening);
    page.on("dialog", (dialog) => dialog.accept());
  });
  const FRAME = '<common-assessment-frame src="SRC" history="page"></common-assessment-frame>';
  const pages = (path) => (path === "/other" ? other : undefined);
  const title = async (page) => {
    try {
      return (await page.title()) === "Other page" ? "left" : "";
    } catch {
      return "between two pages";
    }
  };

  framedTest("four sections: Back once, then four times, then out, and no press is dead", async ({ page, framed }) => {
    const { portal, form } = await framed(FRAME, { more: pages });
    await page.goto(`${portal.url}other`);
    await page.getByRole("link").click();
    const inside = await form();
    const seen = await visitFour(inside);
    for (const before of seen.toReversed().slice(1, 6)) {
      await page.evaluate(() => history.back());
      await expect(heading(inside)).toHaveText(before);
    }
    const shown = async () => (await title(page)) || (await heading(inside).textContent({ timeout: 1_000 }).catch(() => "between two pages"));
    await backUntilLeft(page, shown);
  });

  framedTest("two frames, and one that was loaded again: Back undoes the newest step of either, and no press is dead", async ({ page, framed }) => {
    const { portal, form } = await framed(FRAME + FRAME, { more: pages });
    await page.goto(`${portal.url}other`);
    await page.getByRole("link").click();
    const [first, second] = [await form(0), await form(1)];
    const entries = await page.evaluate(() => history.length);
    await start(first);
    await open(first, "identifying_details");
    await start(second);
    await open(second, "voices");
    const shown = async () =>
      (await title(page)) ||
      (await Promise.all([first, second].map((inside) => heading(inside).textContent({ timeout: 1_000 }).catch(() => "between two pages")))).join(" | ");
    const steps = (await page.evaluate(() => history.length)) - entries;
    const [inFirst, inSecond] = (await shown()).split(" | ");
    await page.evaluate(() => history.back());
    await expect.poll(async () => (await shown()).split(" | ")[1]).not.toBe(inSecond);
    expectFramed((await shown()).split(" | ")[0]).toBe(inFirst);
    // One press for each step, and one to leave: the portal's page is not lost on the way.
    expectFramed(1 + (await backUntilLeft(page, shown))).toBe(steps + 1);
  });
});
