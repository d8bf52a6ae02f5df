// Each block of style/README.md in the real stylesheet: axe, size of targets, reflow, text
// spacing, doubled text, focus under the sticky bar, hostile host pages, paper.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "@playwright/test";
import { inRoot, shown, test } from "./opened.mjs";
import { blocks } from "./stand_in.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Pairs of [what, problem]: sideways scrolling, targets, text that is cut off. */
function ruler(root) {
  const found = [];
  const name = (node) => `${node.localName}.${node.className} ${node.textContent.trim().slice(0, 30)}`;
  if (document.documentElement.scrollWidth > innerWidth) found.push(["page", "scrolls sideways"]);
  for (const node of root.querySelectorAll("a, button, input, select, summary, textarea")) {
    const box = node.getBoundingClientRect();
    if (box.width === 0) continue;
    const large = node.matches("button, input[type=radio], input[type=checkbox], summary, li a, .govuk-back-link");
    // Five actions that were read leave room for the page on a phone: see deadlines.spec.mjs.
    const isLow = node.closest(".ca-suggestion__source") || (node.closest(".ca-urgent__one") && innerWidth < 640);
    const least = large && !isLow ? 44 : 24;
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
      test(`${block} at ${width}: axe, targets, reflow`, async ({ open, page }) => {
        await page.setViewportSize({ width, height });
        await open(block);
        await shown(page);
        expect(await inRoot(page, ruler)).toEqual([]);
        await page.evaluate(axe);
        const result = await page.evaluate(() => globalThis.axe.run());
        expect(result.violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([]);
        await inRoot(page, spaced);
        expect(await inRoot(page, ruler)).toEqual([]);
      });
    }

    test(`${block}: text of twice the size still fits 320`, async ({ open, page }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await open(block);
      await shown(page);
      await inRoot(page, (root) => root.querySelector(".ca-root").style.setProperty("--ca-rem", "32px"));
      expect(await inRoot(page, ruler)).toEqual([]);
    });
  }
});

test.describe("the keyboard", () => {
  for (const [width, height] of [[1280, 700], [320, 256]]) {
    test(`focus is never under the child bar at ${width} x ${height}`, async ({ open, page }) => {
      await page.setViewportSize({ width, height });
      await open("indicators");
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

  test("changes nothing that can be read", async ({ open, page }) => {
    const styles = (root) =>
      ["h1", "p", ".ca-urgent", ".ca-urgent__action", ".ca-urgent__phone", "button"].map((selector) => {
        const style = getComputedStyle(root.querySelector(selector));
        return [
          "fontSize", "lineHeight", "color", "backgroundColor", "borderTopColor", "borderTopWidth", "letterSpacing",
          "wordSpacing", "textTransform", "textAlign", "textIndent", "whiteSpace", "fontStyle", "fontFamily",
          "display", "visibility", "userSelect", "cursor",
        ].map((name) => `${selector} ${name}: ${style[name]}`);
      }).flat();
    await open("urgent");
    await shown(page);
    const alone = await inRoot(page, styles);
    await open("urgent", { hostile });
    await shown(page);
    expect(await inRoot(page, styles)).toEqual(alone);
  });

  test("text follows the reader's own size, not the host's", async ({ open, page }) => {
    await open("box", { hostile: "html { font-size: 62.5%; }" });
    await shown(page);
    const size = () => inRoot(page, (root) => getComputedStyle(root.querySelector("label")).fontSize);
    expect(await size()).toBe("24px");
  });
});

for (const block of ["box", "box-error"]) {
  for (const width of [320, 1280]) {
    test(`strengths and needs in ${block} keep one size at ${width}, whichever is longer`, async ({ open, page }) => {
      await page.setViewportSize({ width, height: 800 });
      await open(block);
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

test("print has the child's name on each sheet, what was folded away, and nothing to press", async ({ open, page }) => {
  await open("receipt");
  await shown(page);
  await page.emulateMedia({ media: "print" });
  const looks = await inRoot(page, (root) => ({
    bar: getComputedStyle(root.querySelector(".ca-child-bar")).display,
    whole: getComputedStyle(root.querySelector(".ca-child-bar")).breakInside,
    status: root.querySelector(".ca-child-bar__status").checkVisibility(),
    buttons: [...root.querySelectorAll("button")].filter((button) => button.checkVisibility()).length,
  }));
  expect(looks).toEqual({ bar: "table-header-group", whole: "avoid", status: false, buttons: 0 });
  await open("urgent");
  await shown(page);
  await expect(page.getByText("A child is in danger, or a crime is happening now")).toBeVisible();
});

test("nothing moves, and no policy is broken", async ({ open, page }) => {
  const refused = [];
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && refused.push(message.text()));
  await open("urgent");
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
