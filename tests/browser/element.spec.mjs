// The element, its loader and its styles, against a stand-in program: what the reader sees
// when a part cannot be loaded or the program stops, and whether each documented block is
// accessible, reflows, and survives a hostile host page. The form itself is tested elsewhere.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "@playwright/test";
import { blocks, start } from "./stand_in.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let host;
test.afterEach(async () => {
  await host?.stop();
  host = undefined;
});

/** Opens one block, with the host and the changes given. */
async function open(page, block = "box", options = {}) {
  host = await start(options);
  await page.goto(`${host.url}?block=${block}`);
}

const notice = (page) => page.locator("common-assessment .ca-notice");
const shown = (page) => page.locator("common-assessment .ca-page").waitFor();
/** Runs in the page with the shadow root as its first argument. */
const inRoot = (page, script, argument) =>
  page.locator("common-assessment").evaluate(
    (element, [source, given]) => new Function(`return (${source})`)()(element.shadowRoot, given),
    [script.toString(), argument],
  );
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
  test("says so at once, with the numbers to ring, and then gives way to the form", async ({ page }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await open(page, "box", {
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
  for (const part of ["/glue.js", "/program.wasm", "/style.css"]) {
    for (const [what, change] of Object.entries(broken)) {
      test(`a readable message when ${part} ${what}`, async ({ page }) => {
        await errors(page);
        await open(page, "box", { change: (path, answer) => (path === part ? change(answer) : answer) });
        await expect(notice(page)).toHaveAttribute("role", "alert");
        await expect(notice(page)).toContainText("The form cannot start");
        await expect(notice(page)).toContainText("999");
        await expect(page.locator("common-assessment .ca-page")).toHaveCount(0);
        expect(await reasons(page)).toEqual(["load"]);
      });
    }
  }

  test("a script of the wrong type gives the message", async ({ page }) => {
    await open(page, "box", {
      change: (path, answer) => (path === "/glue.js" ? { ...answer, type: "text/plain" } : answer),
    });
    await expect(notice(page)).toContainText("The form cannot start");
  });

  test("no WebAssembly gives the message", async ({ page }) => {
    await page.addInitScript(() => delete globalThis.WebAssembly);
    await open(page);
    await expect(notice(page)).toContainText("The form cannot start");
  });

  test("a program that fails to mount gives the message", async ({ page }) => {
    await open(page, "throws");
    await expect(notice(page)).toContainText("The form cannot start");
  });

  test("an element put in again after a failure tries again", async ({ page }) => {
    let times = 0;
    await open(page, "box", {
      change: (path, answer) => (path === "/program.wasm" && ++times === 1 ? undefined : answer),
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
  test("a move keeps the same form and its text; leaving drops it; coming back mounts anew", async ({ page }) => {
    await open(page);
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

  test("two elements share one program", async ({ page }) => {
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await open(page);
    await page.evaluate(() => document.querySelector("main").append(document.createElement("common-assessment")));
    await expect(page.locator(".ca-page")).toHaveCount(2);
    expect(asked.filter((path) => path === "/program.wasm")).toHaveLength(1);
  });

  test("attributes become options", async ({ page }) => {
    host = await start();
    await page.goto(`${host.url}?block=box`);
    await shown(page);
    await page.evaluate(() => {
      const second = document.createElement("common-assessment");
      second.setAttribute("api", "/api/v1/");
      second.setAttribute("profile", "leeds");
      document.querySelector("main").append(second);
    });
    await expect(page.locator(".ca-page")).toHaveCount(2);
    const [first, second] = await page.evaluate(() =>
      globalThis.standIn.options.map(({ api, profile, locale }) => ({ api, profile, locale })),
    );
    expect(first).toEqual({ api: undefined, profile: undefined, locale: undefined });
    expect(second).toEqual({ api: "/api/v1/", profile: "leeds", locale: undefined });
  });
});

test.describe("a stopped program", () => {
  test("keeps every word, takes no more, and says what to do", async ({ page }) => {
    await errors(page);
    await open(page, "group");
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
    expect(await reasons(page)).toEqual(["stopped"]);
  });

  test("stops every element, and a new one does not start", async ({ page }) => {
    await open(page);
    await shown(page);
    await page.evaluate(() => document.querySelector("main").append(document.createElement("common-assessment")));
    await expect(page.locator(".ca-page")).toHaveCount(2);
    await page.evaluate(() => globalThis.standIn.panic());
    await expect(notice(page)).toContainText(["The form has stopped", "The form has stopped"]);
    await page.evaluate(() => document.querySelector("main").append(document.createElement("common-assessment")));
    await expect(notice(page).nth(2)).toContainText("The form cannot start");
  });

  test("a panic while mounting is said once", async ({ page }) => {
    await errors(page);
    await open(page, "panics");
    await expect(notice(page)).toContainText("The form has stopped");
    expect(await reasons(page)).toEqual(["stopped"]);
  });
});

/** Pairs of [what, problem]: sideways scrolling, targets, text that is cut off. */
function ruler(root) {
  const found = [];
  const name = (node) => `${node.localName}.${node.className} ${node.textContent.trim().slice(0, 30)}`;
  if (document.documentElement.scrollWidth > innerWidth) found.push(["page", "scrolls sideways"]);
  for (const node of root.querySelectorAll("a, button, input, select, summary, textarea")) {
    const box = node.getBoundingClientRect();
    if (box.width === 0) continue;
    const large = node.matches("button, input[type=radio], input[type=checkbox], summary, li a, .govuk-back-link");
    const least = large && !node.closest(".ca-suggestion__source") ? 44 : 24;
    if (box.height < least - 0.5 || box.width < least - 0.5) {
      found.push([name(node), `${box.width.toFixed(0)} x ${box.height.toFixed(0)}, not ${least}`]);
    }
  }
  for (const node of root.querySelectorAll("p, dd, dt, label, h1, h2, strong, span, button")) {
    const box = node.getBoundingClientRect();
    if (node.closest(".govuk-visually-hidden, details:not([open]) .govuk-details__text")) continue;
    if (box.right > innerWidth + 0.5 || box.left < -0.5) found.push([name(node), "is cut off"]);
  }
  return found;
}

/** Text spacing of WCAG 1.4.12, as a reader's own style would set it. */
function spaced(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}",
  );
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

test.describe("each documented block", () => {
  for (const block of Object.keys(blocks)) {
    for (const [width, height] of [[320, 256], [768, 1024], [1280, 800]]) {
      test(`${block} at ${width}: axe, targets, reflow`, async ({ page }) => {
        await page.setViewportSize({ width, height });
        await open(page, block);
        await shown(page);
        expect(await inRoot(page, ruler)).toEqual([]);
        await page.evaluate(axe);
        const result = await page.evaluate(() => globalThis.axe.run());
        expect(result.violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([]);
        await inRoot(page, spaced);
        expect(await inRoot(page, ruler)).toEqual([]);
      });
    }

    test(`${block}: text of twice the size still fits 320`, async ({ browser }) => {
      const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
      await page.addInitScript(() => {
        // The reader's setting, as the element sees it: a registered length starts from it.
        const register = CSS.registerProperty.bind(CSS);
        CSS.registerProperty = (given) => register({ ...given, initialValue: "32px", inherits: true });
      });
      await open(page, block);
      await shown(page);
      await inRoot(page, (root) => root.querySelector(".ca-root").style.setProperty("--ca-rem", "32px"));
      expect(await inRoot(page, ruler)).toEqual([]);
      await page.close();
    });
  }
});

test.describe("the keyboard", () => {
  for (const [width, height] of [[1280, 700], [320, 256]]) {
    test(`focus is never under the child bar at ${width} x ${height}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await open(page, "indicators");
      await shown(page);
      await inRoot(page, (root) => {
        const list = root.querySelector(".ca-indicators__list");
        const bar = document.createElement("section");
        bar.className = "ca-child-bar";
        bar.append(Object.assign(document.createElement("p"), { className: "ca-child-bar__who", textContent: "A child" }));
        root.querySelector(".ca-page").prepend(bar);
        for (let copy = 0; copy < 12; copy += 1) {
          const item = list.firstElementChild.cloneNode(true);
          for (const input of item.querySelectorAll("input")) {
            input.name += copy;
            input.id += copy;
          }
          list.append(item);
        }
      });
      const hidden = () =>
        inRoot(page, (root) => {
          const at = root.activeElement;
          if (!at) return "nothing";
          const bar = root.querySelector(".ca-child-bar");
          const [box, over] = [at.getBoundingClientRect(), bar.getBoundingClientRect()];
          const stuck = getComputedStyle(bar).position === "sticky";
          return (stuck && box.top < over.bottom) || box.top < -1 || box.bottom > innerHeight + 1
            ? `${at.id} ${box.top}`
            : "";
        });
      for (const key of [...Array(24).fill("Tab"), ...Array(22).fill("Shift+Tab")]) {
        await page.keyboard.press(key);
        expect(await hidden()).toBe("");
      }
    });
  }

  test("the host's focus() goes inside", async ({ page }) => {
    await open(page, "group");
    await shown(page);
    await page.evaluate(() => document.querySelector("common-assessment").focus());
    expect(await inRoot(page, (root) => root.activeElement.localName)).toBe("h1");
  });
});

test.describe("a hostile host page", () => {
  const hostile = `
    html { font-size: 5px; }
    :root { --govuk-text-colour: #fff; --govuk-focus-colour: #fff; --ca-rem: 3px; }
    * { letter-spacing: 1em; }
    body, main, common-assessment { color: #fff !important; background: #000; text-transform: uppercase;
      line-height: .5; letter-spacing: 1em; word-spacing: 3em; text-align: end; visibility: visible;
      white-space: nowrap; cursor: none; font: italic 6px fantasy; text-indent: 5em; user-select: none; }
    common-assessment { --ca-brand: #fff; }
    .ca-urgent, .govuk-button, h1, p { display: none !important; }`;

  test("changes nothing that can be read", async ({ page }) => {
    const styles = (root) =>
      ["h1", "p", ".ca-urgent", ".ca-urgent__action", ".ca-urgent__phone", "button"].map((selector) => {
        const style = getComputedStyle(root.querySelector(selector));
        return [
          "fontSize", "lineHeight", "color", "backgroundColor", "borderTopColor", "borderTopWidth", "letterSpacing",
          "wordSpacing", "textTransform", "textAlign", "textIndent", "whiteSpace", "fontStyle", "fontFamily",
          "display", "visibility", "userSelect", "cursor",
        ].map((name) => `${selector} ${name}: ${style[name]}`);
      }).flat();
    await open(page, "urgent");
    await shown(page);
    const alone = await inRoot(page, styles);
    await host.stop();
    await open(page, "urgent", { hostile });
    await shown(page);
    expect(await inRoot(page, styles)).toEqual(alone);
  });

  test("text follows the reader's own size, not the host's", async ({ page }) => {
    await open(page, "box", { hostile: "html { font-size: 62.5%; }" });
    await shown(page);
    const size = () => inRoot(page, (root) => getComputedStyle(root.querySelector("label")).fontSize);
    expect(await size()).toBe("24px");
  });
});

for (const block of ["box", "box-error"]) {
  for (const width of [320, 1280]) {
    test(`strengths and needs in ${block} keep one size at ${width}, whichever is longer`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await open(page, block);
      await shown(page);
      await page.getByLabel("Needs").fill("A line of text.\n".repeat(20));
      const heights = await inRoot(page, (root) =>
        [...root.querySelectorAll(".ca-box__half textarea")].map((area) => area.getBoundingClientRect().height),
      );
      // Stacked, an error takes its own line from one of them; side by side it does not.
      const line = block === "box-error" && width === 320 ? 80 : 1;
      expect(Math.abs(heights[0] - heights[1])).toBeLessThan(line);
      expect(heights[0]).toBeGreaterThan(400);
    });
  }
}

test("paper has whose it is on each sheet, what was folded away, and nothing to press", async ({ page }) => {
  await open(page, "receipt");
  await shown(page);
  await page.emulateMedia({ media: "print" });
  const looks = await inRoot(page, (root) => ({
    bar: getComputedStyle(root.querySelector(".ca-child-bar")).display,
    whole: getComputedStyle(root.querySelector(".ca-child-bar")).breakInside,
    status: root.querySelector(".ca-child-bar__status").checkVisibility(),
    buttons: [...root.querySelectorAll("button")].filter((button) => button.checkVisibility()).length,
  }));
  expect(looks).toEqual({ bar: "table-header-group", whole: "avoid", status: false, buttons: 0 });
  await host.stop();
  await open(page, "urgent");
  await shown(page);
  await expect(page.getByText("A child is in danger, or a crime is happening now")).toBeVisible();
});

test("nothing moves, and no policy is broken", async ({ page }) => {
  const refused = [];
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && refused.push(message.text()));
  await open(page, "urgent");
  await shown(page);
  const moving = await inRoot(page, (root) =>
    [...root.querySelectorAll("*")].filter((node) => {
      const style = getComputedStyle(node);
      return style.animationName !== "none" || Number.parseFloat(style.transitionDuration) > 0;
    }).length,
  );
  expect(moving).toBe(0);
  expect(refused).toEqual([]);
});
