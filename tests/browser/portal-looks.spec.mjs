// How the form looks in a portal: what tokens, parts and schemes can and cannot do (docs/theming.md), hostile styles of the
// page around it (case C18), and that nothing of ours reaches that page. The real styles and element, in a stand-in host.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "@playwright/test";
import { inRoot, shown, test } from "./opened.mjs";
import { HOSTILE, portal, seen } from "./hostile_portal.mjs";
import { blocks } from "./stand_in.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every token that a portal can set, with values that could hide something. */
const TOKENS = ["brand", "brand-dark", "link", "link-dark", "button", "font", "measure", "radius", "space", "top"].map((name) => `--ca-${name}`);
/** Names that are ours alone; a portal may try. */
const OURS = ["--ca-rem", "--ca-bar", "--ca-side", "--ca-line", "--ca-corner", "--ca-view-start", "--ca-view-end", "--ca-quiet", "--ca-edge", "--ca-alarm"].concat(
  ["text", "body-background", "error", "focus", "focus-text", "link", "secondary-text", "inverse-text"].map((name) => `--govuk-${name}-colour`),
);
const VALUES = ["transparent", "0", "0px", "-999px", "#fff", "#000", "99999px", "none", "inherit", "'Nothing Here', fantasy", "var(--loop)", "url(#)"];

const PARTS = `::part(heading), ::part(button) { display: none; visibility: hidden; opacity: 0; position: fixed; inset: 0; z-index: 9999;
  margin: -500px; box-shadow: 0 0 0 9999px #fff; outline: 9999px solid #fff; transform: scale(50); background: #fff; color: #fff; }`;

/** What must be seen in the documented blocks. */
const MUST = {
  urgent: [".ca-urgent", ".ca-urgent__action", ".ca-urgent__phone", ".ca-urgent__acknowledge", ".ca-urgent__due"],
  "child-bar-failed": [".ca-child-bar__status--failed"],
  indicators: [".ca-indicator__action"],
  "errors-by-section": [".govuk-error-summary__title", ".govuk-error-summary__list a"],
  "box-error": [".govuk-error-message"],
  "privacy-with-family": [".ca-foot__danger"],
};

const check = (page, selectors) => seen(page.locator("common-assessment"), selectors);

test.describe("B79 a theme never hides or weakens what must be seen", () => {
  test("the measure finds what a theme would do to an ordinary element", async ({ open, page }) => {
    await open("urgent");
    await shown(page);
    await inRoot(page, (root) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(".ca-urgent__action{color:#eee!important}.ca-urgent__phone{font-size:9px!important}.ca-urgent__acknowledge{opacity:.3}");
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    });
    const problems = await check(page, MUST.urgent);
    for (const selector of [".ca-urgent__action", ".ca-urgent__phone", ".ca-urgent__acknowledge"]) {
      expect(problems.map(([name]) => name)).toContain(selector);
    }
  });

  for (const [block, selectors] of Object.entries(MUST)) {
    test(`${block}: every token with every hostile value, every part, every scheme`, async ({ open, page }) => {
      await page.emulateMedia({ colorScheme: "dark" });
      await open(block, { body: portal(), hostile: PARTS });
      await shown(page);
      expect(await check(page, selectors)).toEqual([]);
      for (const scheme of ["light", "dark", "auto"]) {
        for (const value of VALUES) {
          await page.evaluate(
            ([names, value, scheme]) => {
              const element = document.querySelector("common-assessment");
              element.setAttribute("scheme", scheme);
              for (const name of names) element.style.setProperty(name, value);
            },
            [[...TOKENS, ...OURS], value, scheme],
          );
          expect.soft(await check(page, selectors), `${scheme}, ${value}`).toEqual([]);
        }
      }
    });
  }

  test("the element itself cannot be made faint, small or cut", async ({ open, page }) => {
    await open("urgent", {
      body: portal(),
      hostile: "common-assessment { opacity: .1 !important; filter: blur(9px) !important; zoom: .2 !important; clip-path: inset(50%) !important; mask: linear-gradient(#0000, #0000) !important; mix-blend-mode: screen !important; }",
    });
    await shown(page);
    expect(await check(page, MUST.urgent)).toEqual([]);
    const { clipPath, maskImage, mixBlendMode } = await page.locator("common-assessment").evaluate((element) => {
      const { clipPath, maskImage, mixBlendMode } = getComputedStyle(element);
      return { clipPath, maskImage, mixBlendMode };
    });
    expect([clipPath, maskImage, mixBlendMode]).toEqual(["none", "none", "normal"]);
  });

  test("the focus and its place look the same under any theme", async ({ open, page }) => {
    const rings = [];
    for (const hostile of ["", `common-assessment { ${[...TOKENS, ...OURS].map((name) => `${name}: #fff;`).join("")} }`]) {
      await open("group", { body: portal(), hostile });
      await shown(page);
      await page.getByLabel("Name").focus();
      rings.push(
        await inRoot(page, (root) => {
          const { outlineColor, outlineWidth, boxShadow, color } = getComputedStyle(root.activeElement);
          return [outlineColor, outlineWidth, boxShadow, color];
        }),
      );
    }
    expect(rings[1]).toEqual(rings[0]);
  });
});

test("tokens and parts do what they are for", async ({ open, page }) => {
  await open("group", {
    body: portal(),
    hostile: `common-assessment { --ca-font: Georgia, serif; --ca-button: rgb(0, 94, 184); --ca-radius: 6px; --ca-space: 50px; --ca-link: rgb(0, 48, 135); }
      common-assessment::part(heading) { color: rgb(0, 48, 135); text-transform: none; } ::part(button) { font-weight: 700; }`,
  });
  await shown(page);
  const looks = await inRoot(page, (root) => {
    const of = (selector) => getComputedStyle(root.querySelector(selector));
    return {
      font: of("h1").fontFamily,
      heading: of("h1").color,
      side: of(".ca-page").paddingInlineStart,
      corner: of("input").borderRadius,
      weight: of("button").fontWeight,
    };
  });
  expect(looks).toEqual({ font: "Georgia, serif", heading: "rgb(0, 48, 135)", side: "50px", corner: "6px", weight: "700" });
});

test.describe("a dark page", () => {
  const looks = (root) => {
    const { backgroundColor, color, colorScheme } = getComputedStyle(root.querySelector(".ca-root"));
    return [backgroundColor, color, colorScheme];
  };
  test("is dark only where the portal says so", async ({ open, page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await open("box", { body: portal() });
    await shown(page);
    const light = await inRoot(page, looks);
    expect(light[0]).toBe("rgb(255, 255, 255)");
    const as = async (scheme) => {
      await page.locator("common-assessment").evaluate((element, scheme) => element.setAttribute("scheme", scheme), scheme);
      return inRoot(page, looks);
    };
    expect(await as("light")).toEqual(light);
    expect(await as("nonsense")).toEqual(light);
    const dark = await as("dark");
    expect(dark).toEqual(["rgb(20, 24, 26)", "rgb(243, 243, 243)", "dark"]);
    expect(await as("auto")).toEqual(dark);
    await page.emulateMedia({ colorScheme: "light" });
    expect(await as("auto")).toEqual(light);
    expect(await as("dark")).toEqual(dark);
    await page.emulateMedia({ media: "print" });
    expect((await inRoot(page, looks))[1]).toBe(light[1]);
  });

  for (const block of Object.keys(blocks)) {
    test(`${block}: axe finds nothing at 320 and 1280`, async ({ open, page }) => {
      await open(block, { body: '<main><common-assessment scheme="dark" history="page" print="page"></common-assessment></main>' });
      await shown(page);
      await page.evaluate(axe);
      for (const [width, height] of [[1280, 800], [320, 640]]) {
        await page.setViewportSize({ width, height });
        await inRoot(page, (root) => root.querySelectorAll("details").forEach((details) => (details.open = true)));
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        expect.soft(violations.map(({ id, nodes }) => [id, nodes[0].html, nodes[0].any[0]?.message]), `${width}`).toEqual([]);
      }
    });
  }
});

test.describe("C18 hostile styles of the page change nothing inside", () => {
  const PROPERTIES = [
    "fontSize", "fontFamily", "fontStyle", "fontVariantCaps", "lineHeight", "color", "webkitTextFillColor", "backgroundColor", "borderTopColor", "borderTopWidth",
    "letterSpacing", "wordSpacing", "wordBreak", "hyphens", "tabSize", "textTransform", "textAlign", "textIndent", "textShadow", "textWrap", "whiteSpace", "display",
    "visibility", "pointerEvents", "userSelect", "cursor", "caretColor", "direction", "unicodeBidi", "writingMode", "quotes", "listStyleType", "colorScheme", "opacity",
  ];
  const styles = (page) =>
    page.locator("common-assessment").evaluate((element, names) => {
      const all = [];
      for (const node of element.shadowRoot.querySelectorAll("*")) {
        const style = getComputedStyle(node);
        for (const name of names) all.push(`${node.localName}.${node.className.baseVal ?? node.className} ${name}: ${style[name]}`);
      }
      return all;
    }, PROPERTIES);
  for (const block of ["urgent", "group", "triangle"]) {
    test(block, async ({ open, page }) => {
      await open(block, { body: portal() });
      await shown(page);
      const alone = await styles(page);
      const width = await inRoot(page, (root) => root.querySelector(".ca-page").clientWidth);
      for (const [name, hostile] of Object.entries(HOSTILE)) {
        await open(block, { body: portal(), hostile });
        await shown(page);
        const changed = (await styles(page)).filter((line, at) => line !== alone[at]);
        expect.soft(changed.slice(0, 5), name).toEqual([]);
        const now = await inRoot(page, (root) => root.querySelector(".ca-page").clientWidth);
        expect.soft(Math.abs(now - width), `${name}: as wide as before`).toBeLessThanOrEqual(20);
      }
    });
  }

  test("while it loads the numbers to ring can be read", async ({ open, page }) => {
    await open("box", { body: portal(), hostile: HOSTILE["all together"], change: (path, answer) => (path.endsWith(".wasm") ? { ...answer, status: 404 } : answer) });
    await page.locator("common-assessment .ca-notice[role=alert]").waitFor();
    expect(await check(page, [".ca-notice__heading", ".ca-notice p"])).toEqual([]);
  });

  test("direction follows the language of our text", async ({ open, page }) => {
    await open("box", { body: portal(), hostile: HOSTILE.words });
    await shown(page);
    const direction = () => inRoot(page, (root) => getComputedStyle(root.querySelector("label")).direction);
    expect(await direction()).toBe("ltr");
    await inRoot(page, (root) => (root.querySelector(".ca-root").lang = "ur"));
    expect(await direction()).toBe("rtl");
  });

  for (const block of Object.keys(blocks)) {
    test(`${block}: axe finds nothing under all of it at 320 and at 400 %`, async ({ open, page }) => {
      await open(block, { body: `<main>${portal()}</main>`, hostile: `${HOSTILE["all together"]} form * { visibility: visible !important; } common-assessment { color: white; }` });
      await shown(page);
      await page.evaluate(axe);
      // 400 % of a window of 1280 is one of 320.
      for (const [width, height] of [[320, 640], [320, 200]]) {
        await page.setViewportSize({ width, height });
        const { violations } = await page.evaluate(() => globalThis.axe.run({ include: [["common-assessment"]] }));
        expect.soft(violations.map(({ id, nodes }) => [id, nodes[0].html]), `${width} x ${height}`).toEqual([]);
        const wide = await inRoot(page, (root) => [...root.querySelectorAll("p, h1, h2, button, label")].filter((node) => node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.textContent.slice(0, 40)));
        expect.soft(wide, `${width} x ${height}: out of the window`).toEqual([]);
      }
    });
  }
});

test("nothing of ours reaches the page: styles, sheets, names, nodes", async ({ open, page }) => {
  const state = () =>
    page.evaluate(() => ({
      styles: [...document.querySelectorAll("body *:not(common-assessment, script)")].map((node) => {
        const style = getComputedStyle(node);
        return [node.localName, ...["color", "font", "padding", "margin", "border", "background", "display", "listStyle", "outline"].map((name) => style[name])].join("|");
      }),
      sheets: document.adoptedStyleSheets.length,
      head: [...document.head.children].filter((node) => !node.matches("script")).map((node) => node.outerHTML),
      ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
      globals: Object.keys(globalThis).filter((name) => name !== "standIn").sort(),
      attributes: document.documentElement.getAttributeNames().concat(document.body.getAttributeNames()),
    }));
  await open("urgent", { body: portal(), change: (path, answer) => (path === "/common-assessment.js" ? { ...answer, status: 404 } : answer) });
  const before = await state();
  await open("urgent", { body: portal() });
  await shown(page);
  expect(await state()).toEqual(before);
});

test("C8 two elements and somebody else's frame on one page leave each other alone", async ({ open, page }) => {
  const two = '<common-assessment></common-assessment><iframe class="map" width="300" height="150" scrolling="auto"></iframe><common-assessment scheme="dark"></common-assessment>';
  await open("indicators", { body: portal(two), hostile: ".map { border: 3px solid red; }" });
  await expect(page.locator("common-assessment .ca-page")).toHaveCount(2);
  const map = () => page.locator(".map").evaluate((frame) => [frame.outerHTML, frame.offsetWidth, frame.offsetHeight]);
  const before = await map();
  const inEach = (script) => page.locator("common-assessment").evaluateAll((elements, source) => elements.map(({ shadowRoot }) => new Function(`return (${source})`)()(shadowRoot)), script.toString());
  const [first, second] = [page.locator("common-assessment").first(), page.locator("common-assessment").last()];
  await first.getByLabel("Not sure").first().check();
  await second.getByLabel("No", { exact: true }).first().check();
  const chosen = await inEach((root) => [...root.querySelectorAll("input:checked")].map(({ value }) => value));
  expect(chosen).toEqual([["unsure"], ["no"]]);
  const strays = await inEach((root) =>
    [...root.querySelectorAll("[for], [aria-labelledby], [aria-describedby]")].filter((node) => {
      const ids = [node.htmlFor, node.getAttribute("aria-labelledby"), node.getAttribute("aria-describedby")].filter(Boolean).join(" ").split(" ");
      return ids.some((id) => !root.getElementById(id));
    }).length,
  );
  expect(strays).toEqual([0, 0]);
  expect(await inEach((root) => getComputedStyle(root.querySelector(".ca-root")).backgroundColor)).toEqual(["rgb(255, 255, 255)", "rgb(20, 24, 26)"]);
  await first.evaluate((element) => element.remove());
  expect(await map()).toEqual(before);
  await expect(second.getByLabel("No", { exact: true }).first()).toBeChecked();
});

test("in a narrow column of a wide window nothing leaves the form", async ({ open, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const block of ["urgent", "child-bar-failed", "group", "errors-by-section", "check", "box"]) {
    await open(block, { body: portal(), hostile: "common-assessment { width: 340px; }" });
    await shown(page);
    const out = await inRoot(page, (root) => {
      const edge = root.host.getBoundingClientRect().right + 1;
      return [...root.querySelectorAll(".ca-page *")].filter((node) => !node.closest(".govuk-visually-hidden, .ca-foot") && node.getBoundingClientRect().right > edge).map((node) => `${node.localName}.${node.className}`);
    });
    expect.soft(out, block).toEqual([]);
  }
});
