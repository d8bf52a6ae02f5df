// Paper in a portal (case C17, B74): our own button prints all of the record and nothing of the portal, wherever the element
// is, and a print of the portal has one line that says how. The real element in a stand-in host, and once the real form.

import { extractText, getMeta } from "unpdf";
import { at, cases } from "./journey.mjs";
import { inRoot, shown, test } from "./opened.mjs";
import { portal } from "./hostile_portal.mjs";
import { expect, test as served } from "./server.mjs";
import { openStored } from "./stored.mjs";

const LINE = /The form is not printed with this page\. To print the record/g;
const REFERENCE = "Reference: CAF-7F3K-2M9Q";
const LINES = 120;

/** The text of a PDF of a page, sheet by sheet. */
async function pdf(page) {
  const data = new Uint8Array(await page.pdf({ format: "A4" }));
  const { info } = await getMeta(data.slice());
  const { text } = await extractText(data, { mergePages: false });
  return { pages: text.map((page) => page.replace(/\s+/g, " ")), title: info.Title };
}

/** Keeps what a frame would print. A browser without a window has no printer for a frame, so the test prints it as a page. */
const keepPrints = (page) =>
  page.addInitScript(() => {
    globalThis.prints = [];
    globalThis.print = () => globalThis.prints.push("page");
    const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow");
    const inside = (view) => {
      const { replaceSync } = view.CSSStyleSheet.prototype;
      view.CSSStyleSheet.prototype.replaceSync = function (text) {
        this.text = text;
        replaceSync.call(this, text);
      };
      view.print = () => {
        const style = ({ text }) => `<style>${text}</style>`;
        const { document } = view;
        const [host] = document.body.children;
        const { shadowRoot } = host;
        globalThis.prints.push(
          `<!doctype html><html lang="${document.documentElement.lang}"><head><title>${document.title}</title>${document.adoptedStyleSheets.map(style).join("")}</head><body>` +
            `<${host.localName}><template shadowrootmode="open">${shadowRoot.adoptedStyleSheets.map(style).join("")}${shadowRoot.innerHTML}</template></${host.localName}></body></html>`,
        );
      };
      view.ready = true;
    };
    Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", {
      get() {
        const view = get.call(this);
        if (this.classList.contains("ca-print") && view && !view.ready) inside(view);
        return view;
      },
    });
  });

const prints = (page) => page.evaluate(() => globalThis.prints);

/** As the program does when its print button is pressed. */
const press = (page) => inRoot(page, (root) => root.querySelector(".ca-app").dispatchEvent(new Event("ca-print")));

/** The sheets that the last print of a frame has. */
async function sheets(page) {
  const [html] = (await prints(page)).slice(-1);
  const paper = await page.context().newPage();
  await paper.setContent(html);
  const all = await pdf(paper);
  await paper.close();
  return all;
}

/** A record of several sheets. */
const long = (page) =>
  inRoot(page, (root) => {
    const lines = root.querySelector(".ca-output__lines");
    for (let line = 1; line <= 120; line += 1) {
      const copy = lines.firstElementChild.cloneNode(true);
      copy.querySelector("dd").textContent = `answer${line}end`;
      copy.querySelector("dt").textContent = "Question";
      lines.append(copy);
    }
  });

const SMALL_CARD = ".card { overflow: hidden; height: 70vh; contain: strict; transform: translateZ(0); } @media print { .card { height: 10cm; } }";
const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; frame-src 'none'; base-uri 'none'; form-action 'none'";

/** All of the record, once, on sheets with reference and number, and nothing of the portal. */
function isWhole({ pages, title }) {
  expect(title).toBe("Common assessment");
  expect(pages.length).toBeGreaterThan(2);
  pages.forEach((text, at) => {
    expect.soft(text).toContain(REFERENCE);
    expect.soft(text).toContain(`${at + 1} of ${pages.length}`);
  });
  const all = pages.join(" ");
  for (let line = 1; line <= LINES; line += 1) expect.soft(all.split(`answer${line}end`).length - 1, `answer ${line}`).toBe(1);
  expect(all).not.toMatch(/Portal|Pupils|Menu|Search|Print this|Left out/);
  expect(all).not.toMatch(LINE);
}

test.describe("C17 our own print button", () => {
  for (const [where, options] of Object.entries({
    "in a card that is cut off": { hostile: SMALL_CARD },
    "where the portal's policy allows no frames": { hostile: SMALL_CARD, policy: STRICT },
    "in a page with styles for paper of its own": { hostile: "@page { size: A6; margin: 0; } @media print { body { display: none; } * { color: red !important; } }" },
  })) {
    test(`prints all of the record and nothing of the portal ${where}`, async ({ open, page }) => {
      const refused = [];
      page.on("console", (message) => /Content Security Policy/.test(message.text()) && refused.push(message.text()));
      await keepPrints(page);
      await open("output", { body: portal(), ...options });
      await shown(page);
      await long(page);
      await press(page);
      await expect.poll(async () => (await prints(page)).length).toBe(1);
      isWhole(await sheets(page));
      expect(refused).toEqual([]);
      // Nothing of it is left in the page afterwards.
      await inRoot(page, (root) => root.querySelector(".ca-print").contentWindow.dispatchEvent(new Event("afterprint")));
      await expect(page.locator(".ca-print")).toHaveCount(0);
    });
  }

  test("has what was chosen from lists, and text in the reader's own size", async ({ open, page }) => {
    await keepPrints(page);
    await open("group", { body: portal(), hostile: "html { font-size: 62.5%; }" });
    await shown(page);
    const list = page.getByLabel("Relationship");
    await list.selectOption({ index: 1 });
    await press(page);
    const copy = await inRoot(page, (root) => {
      const inside = root.querySelector(".ca-print").contentDocument.body.firstElementChild.shadowRoot;
      return [inside.querySelector("select").selectedIndex, inside.querySelector(".ca-root").style.getPropertyValue("--ca-rem")];
    });
    expect(copy).toEqual([1, "16px"]);
  });

  test("prints a page of its own as it is", async ({ open, page }) => {
    await keepPrints(page);
    await open("output");
    await shown(page);
    await long(page);
    await press(page);
    expect(await prints(page)).toEqual(["page"]);
    const { pages } = await pdf(page);
    expect(pages.length).toBeGreaterThan(2);
    for (const [at, text] of pages.entries()) expect(text).toContain(`${at + 1} of ${pages.length}`);
    expect(pages.join()).not.toMatch(LINE);
  });
});

test.describe("C17 the portal's own print", () => {
  test("has one line in the form's place, and its sheets are the portal's", async ({ open, page }) => {
    await open("output", { body: portal() });
    await shown(page);
    await long(page);
    const { pages } = await pdf(page);
    const all = pages.join(" ");
    expect(all.match(LINE)).toHaveLength(1);
    expect(all).toContain("Pupils");
    expect(all).not.toMatch(/CAF-7F3K-2M9Q|answer1end|Amira|1 of 1/);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
    await expect(page.locator("common-assessment .ca-paper")).toBeHidden();
  });

  test("is the portal's also where the form's pages are in its history", async ({ open, page }) => {
    await keepPrints(page);
    await open("output", { body: portal().replace("<common-assessment", '<common-assessment history="page"') });
    await shown(page);
    const { pages } = await pdf(page);
    expect(pages.join(" ")).toContain("Pupils");
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
    await press(page);
    await expect.poll(async () => (await prints(page)).length).toBe(1);
    expect(await prints(page)).not.toContain("page");
  });

  test("has it in a frame, too, and the button in the frame prints everything", async ({ open, page }) => {
    const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'";
    const change = (path, answer) =>
      path === "/portal" ? { status: 200, type: "text/html", body: "<!doctype html><title>Portal</title><h1>Portal</h1><iframe id=form src='/?block=output' width=600 height=400></iframe><p>Pupils</p>" } : answer;
    await keepPrints(page);
    await open("output", { change, policy });
    await page.goto(new URL("/portal", page.url()).href);
    const frame = page.frameLocator("#form");
    await frame.locator(".ca-output").waitFor();
    const all = (await pdf(page)).pages.join(" ");
    expect(all).toContain("Pupils");
    expect(all).not.toContain("CAF-7F3K-2M9Q");
    expect(all.replaceAll("- ", "")).toMatch(/The form is not printed/);
    const inside = page.frames().find((frame) => frame.url().includes("block=output"));
    await inside.evaluate(() => {
      const root = document.querySelector("common-assessment").shadowRoot;
      const lines = root.querySelector(".ca-output__lines");
      for (let line = 1; line <= 120; line += 1) {
        const copy = lines.firstElementChild.cloneNode(true);
        copy.querySelector("dd").textContent = `answer${line}end`;
        lines.append(copy);
      }
      root.querySelector(".ca-app").dispatchEvent(new Event("ca-print"));
    });
    const html = await inside.evaluate(() => globalThis.prints.at(-1));
    const paper = await page.context().newPage();
    await paper.setContent(html);
    isWhole(await pdf(paper));
  });
});

served("C17 the real form's print button prints the copy that was chosen, and nothing of the portal", async ({ page }) => {
  await page.route((url) => url.pathname === "/", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(' print="page"', "").replace("<body>", "<body><h1>Portal</h1>");
    await route.fulfill({ response, body });
  });
  await keepPrints(page);
  await openStored(page, cases["toddler-with-speech-delay"].answers, "outputs");
  await at(page, "output.blank").check();
  await page.locator(".ca-output").waitFor();
  await at(page, "output.print").click();
  await expect.poll(async () => (await prints(page)).length).toBe(1);
  const { pages } = await sheets(page);
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.join(" ")).not.toContain("Portal");
  for (const [index, text] of pages.entries()) expect(text).toContain(`${index + 1} of ${pages.length}`);
});
