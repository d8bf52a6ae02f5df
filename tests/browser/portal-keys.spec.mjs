// Keys, clicks and the portal's own form (cases C3, C13, C18): what is typed in the form is the form's, and everything else
// is the portal's. The real element, in a stand-in host.

import { expect } from "@playwright/test";
import { inRoot, shown, test } from "./opened.mjs";
import { portal } from "./hostile_portal.mjs";

/** A portal whose shortcuts look at the name of what a key was pressed in, as many do, and which counts what it hears. */
const listening = (page) =>
  page.addInitScript(() => {
    globalThis.ran = [];
    globalThis.heard = [];
    const shortcuts = { "/": "search", e: "edit", s: "save", " ": "play", "?": "help", Escape: "close" };
    for (const type of ["keydown", "keypress", "keyup"]) {
      document.addEventListener(type, (event) => {
        const field = ["INPUT", "TEXTAREA", "SELECT"].includes(event.target.tagName);
        if (!field && !event.ctrlKey && shortcuts[event.key]) {
          globalThis.ran.push(shortcuts[event.key]);
          event.preventDefault();
        }
        globalThis.heard.push(`${type} ${event.ctrlKey ? "Ctrl+" : ""}${event.key}`);
      });
    }
    for (const type of ["submit", "reset", "change", "input", "beforeinput", "invalid", "compositionstart", "compositionupdate", "compositionend", "paste", "copy", "formdata"]) {
      document.addEventListener(type, (event) => globalThis.heard.push(type) && type === "submit" && event.preventDefault());
    }
  });
const heard = (page) => page.evaluate(() => globalThis.heard);
const ran = (page) => page.evaluate(() => globalThis.ran);

test.describe("C3 a portal's shortcuts and typing", () => {
  const SENTENCE = "see 3/4 of days; he ends early? yes";

  test("a sentence arrives whole, and no shortcut runs", async ({ open, page }) => {
    await listening(page);
    await open("box", { body: portal() });
    await shown(page);
    const field = page.getByLabel("Needs");
    await field.click();
    await page.keyboard.type(SENTENCE);
    await page.keyboard.press("Enter");
    await page.keyboard.type("ć é ż");
    await expect(field).toHaveValue(`${SENTENCE}\nć é ż`);
    expect(await ran(page)).toEqual([]);
    expect(await heard(page)).toEqual([]);
  });

  test("without what keeps them apart, the portal takes them", async ({ open, page }) => {
    await listening(page);
    await open("box", { body: portal(), lazy: (text) => text.replace("types(event) &&", "false &&") });
    await shown(page);
    const field = page.getByLabel("Needs");
    await field.click();
    await page.keyboard.type("3/4");
    expect(await ran(page)).toContain("search");
    await expect(field).toHaveValue("34");
  });

  test("keys that type nothing still reach the portal", async ({ open, page }) => {
    await listening(page);
    await open("group", { body: portal() });
    await shown(page);
    await page.getByLabel("Name").click();
    for (const key of ["Shift", "Escape", "ArrowLeft", "F2", "F5", "Control+p", "Control+k", "Enter", "Tab"]) await page.keyboard.press(key);
    const keys = (await heard(page)).filter((line) => line.startsWith("keydown"));
    for (const key of ["Shift", "Escape", "ArrowLeft", "F2", "F5", "Ctrl+p", "Ctrl+k", "Enter", "Tab"]) expect(keys).toContain(`keydown ${key}`);
  });

  test("so do letters where nothing is being written", async ({ open, page }) => {
    await listening(page);
    await open("box", { body: portal() });
    await shown(page);
    await inRoot(page, (root) => root.querySelector("h1").focus());
    await page.keyboard.press("e");
    expect(await ran(page)).toContain("edit");
  });

  test("an input method, dead keys and AltGr type here, too", async ({ open, page }) => {
    await listening(page);
    await open("box", { body: portal() });
    await shown(page);
    const field = page.getByLabel("Needs");
    await field.click();
    // As Chromium's own tests of input methods do it: text that is being composed, and then taken.
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "بچ", selectionStart: 2, selectionEnd: 2 });
    await session.send("Input.insertText", { text: "بچہ" });
    await expect(field).toHaveValue("بچہ");
    const sent = await inRoot(page, (root) => {
      const area = root.querySelector("textarea");
      const keys = [
        { key: "Dead" }, { key: "Process", keyCode: 229 }, { key: "e", isComposing: true }, { key: "Escape", isComposing: true },
        { key: "ł", ctrlKey: true, altKey: true, modifierAltGraph: true }, { key: "@", modifierAltGraph: true }, { key: "𝄞" }, { key: "ی" },
      ];
      for (const key of keys) for (const type of ["keydown", "keyup"]) area.dispatchEvent(new KeyboardEvent(type, { ...key, bubbles: true, composed: true }));
      return keys.length;
    });
    expect(sent).toBe(8);
    expect(await heard(page)).toEqual([]);
    await inRoot(page, (root) => {
      root.querySelector("textarea").dispatchEvent(new KeyboardEvent("keydown", { key: "s", altKey: true, bubbles: true, composed: true }));
    });
    expect(await heard(page)).toEqual(["keydown s"]);
  });

  test("in the portal's own fields nothing changes", async ({ open, page }) => {
    await listening(page);
    await open("box", { body: portal() });
    await shown(page);
    await page.locator("#search").click();
    await page.keyboard.type("a/b");
    await expect(page.locator("#search")).toHaveValue("a/b");
    expect(await heard(page)).toContain("input");
  });
});

test.describe("C18 the portal's form around ours", () => {
  test("is neither sent nor reset nor told anything, and has nothing of ours", async ({ open, page }) => {
    await listening(page);
    await open("group", { body: portal() });
    await shown(page);
    const name = page.getByLabel("Name");
    await name.fill("Amira Test-Yusuf");
    await name.press("Enter");
    await page.getByLabel("Relationship").selectOption({ index: 1 });
    await inRoot(page, (root) => root.querySelector("input[type=radio], button").focus());
    await page.keyboard.press("Enter");
    await inRoot(page, (root) => {
      const field = root.querySelector("input");
      field.required = true;
      field.value = "";
      field.reportValidity();
      field.value = "Amira Test-Yusuf";
    });
    const told = (await heard(page)).filter((line) => !line.startsWith("key"));
    expect(told).toEqual([]);
    expect(await page.evaluate(() => [...new FormData(document.querySelector("#theirs")).keys()])).toEqual(["q"]);
    expect(await page.evaluate(() => [...document.querySelector("#theirs").elements].map(({ localName }) => localName))).toEqual(["input", "button"]);
    await page.evaluate(() => document.querySelector("#theirs").reset());
    await expect(name).toHaveValue("Amira Test-Yusuf");
    expect(new URL(page.url()).hash).toBe("");
  });

  test("what is pasted into a field of ours is not told to the page", async ({ open, page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await listening(page);
    await open("box", { body: portal() });
    await shown(page);
    const field = page.getByLabel("Needs");
    await field.fill("one");
    await field.press("Control+a");
    await field.press("Control+c");
    await field.press("End");
    await field.press("Control+v");
    await expect(field).toHaveValue("oneone");
    expect((await heard(page)).filter((line) => ["paste", "copy", "input"].includes(line))).toEqual([]);
  });
});

test.describe("C13 the portal's links", () => {
  const LINKS = `<nav id="links"><a id="near" href="/caf-old">a</a><a id="far" href="https://example.org/">b</a><a id="hash" href="#x">c</a>
    <a id="file" href="/file.txt" download>d</a><a id="blank" href="/other" target="_blank">e</a><a id="mail" href="mailto:someone@example.org">f</a>
    <a id="done" href="/done">g</a><a id="same" href="/?block=box#y">h</a></nav><other-part></other-part>`;

  test("are never touched: plain, with Ctrl, already handled, and in another shadow root", async ({ open, page }) => {
    await open("box", { body: portal() + LINKS });
    await shown(page);
    const clicks = await page.evaluate(() => {
      const root = document.querySelector("other-part").attachShadow({ mode: "open" });
      root.innerHTML = '<a id="inside" href="/inside">i</a>';
      document.querySelector("#done").addEventListener("click", (event) => event.preventDefault());
      const seen = [];
      // The last to hear of it: nothing of ours may have stopped it or prevented what it does.
      const last = (event) => {
        seen.push([event.composedPath()[0].id, event.ctrlKey, event.defaultPrevented]);
        event.preventDefault();
      };
      addEventListener("click", last);
      for (const link of [...document.querySelectorAll("#links a"), root.querySelector("a")]) {
        for (const ctrlKey of [false, true]) link.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, cancelable: true, ctrlKey }));
      }
      removeEventListener("click", last);
      return seen;
    });
    const ids = ["near", "far", "hash", "file", "blank", "mail", "done", "same", "inside"];
    expect(clicks).toEqual(ids.flatMap((id) => [false, true].map((ctrl) => [id, ctrl, id === "done"])));
    await page.locator("#hash").click();
    expect(new URL(page.url()).hash).toBe("#x");
    await expect(page.locator("common-assessment .ca-page")).toBeVisible();
  });

  test("and a press in the form still reaches the page, which may close its menu", async ({ open, page }) => {
    await open("box", { body: portal() });
    await shown(page);
    await page.evaluate(() => addEventListener("click", () => (globalThis.pressed = true)));
    await page.getByLabel("Needs").click();
    expect(await page.evaluate(() => globalThis.pressed)).toBe(true);
  });
});
