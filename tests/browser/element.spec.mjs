// The element and its loader, against a stand-in program: what the reader sees when a part
// cannot be loaded or the program stops, and what a move in the page does. The styles are
// tested in components.spec.mjs, the form itself elsewhere.

import { expect } from "@playwright/test";
import { inRoot, notice, shown, test } from "./opened.mjs";

const errors = (page) =>
  page.addInitScript(() => {
    globalThis.reasons = [];
    addEventListener("assessment-error", (event) => globalThis.reasons.push(event.detail.reason));
  });
const reasons = (page) => page.evaluate(() => globalThis.reasons);

/** A byte changed on the way, of a kind that is harmless to the part itself. */
const tampered = (body) =>
  typeof body === "string" ? `${body}\n ` : Buffer.concat([body, Buffer.from([0, 2, 1, 0x78])]);

test.describe("loading", () => {
  test("says so at once, with the numbers to ring, and then shows the form", async ({ open, page }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await open("box", {
      change: async (path, answer) => (path.endsWith(".wasm") && (await held), answer),
    });
    await expect(notice(page)).toContainText("Loading the form");
    await expect(notice(page)).toContainText("999");
    await expect(notice(page)).toContainText("101");
    release();
    await shown(page);
    await expect(notice(page)).toBeHidden();
  });

  const broken = {
    "is missing": (answer) => ({ ...answer, status: 404 }),
    "has one byte more": (answer) => ({ ...answer, body: tampered(answer.body) }),
    "is cut off by the network": () => undefined,
  };
  for (const part of ["/lazy.js", "/glue.js", "/program.wasm", "/style.css"]) {
    for (const [what, change] of Object.entries(broken)) {
      test(`a readable message when ${part} ${what}`, async ({ open, page }) => {
        await errors(page);
        await open("box", { change: (path, answer) => (path === part ? change(answer) : answer) });
        await expect(notice(page)).toHaveAttribute("role", "alert");
        await expect(notice(page)).toContainText("The form cannot start");
        await expect(notice(page)).toContainText("999");
        await expect(page.locator("common-assessment .ca-page")).toHaveCount(0);
        expect(await reasons(page)).toEqual(["load"]);
      });
    }
  }

  test("a script of the wrong type gives the message", async ({ open, page }) => {
    await open("box", {
      change: (path, answer) => (path === "/glue.js" ? { ...answer, type: "text/plain" } : answer),
    });
    await expect(notice(page)).toContainText("The form cannot start");
  });

  test("no WebAssembly gives the message", async ({ open, page }) => {
    await page.addInitScript(() => delete globalThis.WebAssembly);
    await open();
    await expect(notice(page)).toContainText("The form cannot start");
  });

  test("a program that fails to mount gives the message", async ({ open, page }) => {
    await open("throws");
    await expect(notice(page)).toContainText("The form cannot start");
  });

  test("a page on which nobody opens the form downloads the loader and nothing else of it", async ({ open, page }) => {
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await open("box", { body: "<main></main>" });
    await page.waitForFunction(() => customElements.get("common-assessment"));
    await page.waitForLoadState("networkidle");
    expect(asked).toEqual(["/", "/host.css", "/common-assessment.js"]);
    await page.evaluate(() => document.querySelector("main").append(document.createElement("common-assessment")));
    await shown(page);
    expect(asked).toEqual(expect.arrayContaining(["/lazy.js", "/glue.js", "/program.wasm", "/style.css", "/words.json"]));
  });

  test("while its lazy module is on its way it says so, with the numbers to ring, and what the page set is kept", async ({ open, page }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await open("box", { change: async (path, answer) => (path === "/lazy.js" && (await held), answer) });
    await expect(notice(page)).toContainText("Loading the form");
    await expect(notice(page)).toContainText("999");
    await page.evaluate(() => {
      const element = document.querySelector("common-assessment");
      element.prefill = { "assessor.name": "Ana Novak" };
      element.token = async ({ reason }) => `token-for-${reason}`;
    });
    release();
    await shown(page);
    const given = await page.evaluate(async () => {
      const { prefill, token } = globalThis.standIn.options[0];
      return [prefill, await token("request")];
    });
    expect(given).toEqual([JSON.stringify({ "assessor.name": "Ana Novak" }), "token-for-request"]);
  });

  test("an element put in again after a failure tries again", async ({ open, page }) => {
    let times = 0;
    await open("box", {
      // Not a connection that breaks: where it was used before, the browser itself asks once more, and nothing fails.
      change: (path, answer) =>
        path === "/program.wasm" && ++times === 1 ? { ...answer, status: 503 } : answer,
    });
    await expect(notice(page)).toContainText("The form cannot start");
    await page.evaluate(() => {
      const element = document.querySelector("common-assessment");
      const parent = element.parentNode;
      element.remove();
      setTimeout(() => parent.append(element));
    });
    await shown(page);
    await expect(notice(page)).toBeHidden();
  });
});

test.describe("life in the page", () => {
  test("a move keeps the same form and its text; leaving drops it; coming back mounts it again", async ({ open, page }) => {
    await open();
    await shown(page);
    const field = page.getByLabel("Needs");
    await field.fill("typed");
    await page.evaluate(() => {
      const section = document.createElement("section");
      document.querySelector("main").append(section);
      section.append(document.querySelector("common-assessment"));
    });
    await expect(field).toHaveValue("typed");
    expect(await page.evaluate(() => globalThis.standIn)).toMatchObject({ mounts: 1, unmounts: 0 });
    await page.evaluate(() => {
      globalThis.kept = document.querySelector("common-assessment");
      globalThis.kept.remove();
    });
    expect(await page.evaluate(() => globalThis.standIn.unmounts)).toBe(1);
    await page.evaluate(() => document.querySelector("main").append(globalThis.kept));
    await shown(page);
    expect(await page.evaluate(() => globalThis.standIn.mounts)).toBe(2);
  });

  test("two elements share one program", async ({ open, page }) => {
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await open();
    await page.evaluate(() => document.querySelector("main").append(document.createElement("common-assessment")));
    await expect(page.locator(".ca-page")).toHaveCount(2);
    expect(asked.filter((path) => path === "/program.wasm")).toHaveLength(1);
  });

  test("attributes become options", async ({ open, page }) => {
    await open();
    await shown(page);
    await page.evaluate(() => {
      const second = document.createElement("common-assessment");
      second.setAttribute("api", "/elsewhere/v1/");
      document.querySelector("main").append(second);
    });
    await expect(page.locator(".ca-page")).toHaveCount(2);
    const [first, second] = await page.evaluate(() =>
      globalThis.standIn.options.map(({ api, pack, profile }) => ({ api, pack, profile })),
    );
    // This server has no rules of its own, so none are passed to the program.
    expect(first).toEqual({ api: "/api/v1/", pack: undefined, profile: undefined });
    expect(second).toEqual({ api: "/elsewhere/v1/", pack: undefined, profile: undefined });
  });
});

test("the host's focus() goes inside", async ({ open, page }) => {
  await open("group");
  await shown(page);
  await page.evaluate(() => document.querySelector("common-assessment").focus());
  expect(await inRoot(page, (root) => root.activeElement.localName)).toBe("h1");
});

test.describe("a stopped program", () => {
  test("keeps every word, takes no more, and says what to do", async ({ open, page }) => {
    await errors(page);
    await open("group");
    await shown(page);
    const name = page.getByLabel("Name");
    await name.fill("Just typed");
    await name.focus();
    await page.evaluate(() => {
      const app = document.querySelector("common-assessment").shadowRoot.querySelector(".ca-page");
      globalThis.reached = 0;
      for (const type of ["input", "click", "keydown"]) app.addEventListener(type, () => (globalThis.reached += 1));
      globalThis.standIn.panic();
    });
    await expect(notice(page)).toHaveAttribute("role", "alert");
    await expect(notice(page)).toContainText("The form has stopped");
    await expect(notice(page)).toContainText("999");
    await expect(notice(page)).toBeFocused();
    await expect(name).toHaveValue("Just typed");
    await expect(name).not.toBeEditable();
    await expect(page.getByLabel("Relationship")).toBeDisabled();
    await name.click();
    await page.keyboard.type("lost");
    await expect(name).toHaveValue("Just typed");
    expect(await page.evaluate(() => globalThis.reached)).toBe(0);
    // This server has no rules of its own to give.
    expect(await reasons(page)).toEqual(["api", "stopped"]);
  });

  test("stops every element, and a new one does not start", async ({ open, page }) => {
    await open();
    await shown(page);
    await page.evaluate(() => document.querySelector("main").append(document.createElement("common-assessment")));
    await expect(page.locator(".ca-page")).toHaveCount(2);
    await page.evaluate(() => globalThis.standIn.panic());
    await expect(notice(page)).toContainText(["The form has stopped", "The form has stopped"]);
    await page.evaluate(() => document.querySelector("main").append(document.createElement("common-assessment")));
    await expect(notice(page).nth(2)).toContainText("The form cannot start");
  });

  test("a panic while mounting is reported once", async ({ open, page }) => {
    await errors(page);
    await open("panics");
    await expect(notice(page)).toContainText("The form has stopped");
    expect(await reasons(page)).toEqual(["stopped"]);
  });
});
