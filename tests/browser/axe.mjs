// axe-core on the page as it is, on a wide and on a narrow screen. The tags are those that govuk-frontend tests with.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Everything that axe finds, or cannot decide, in `where` on the page as it is. */
export async function found(page, where) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  return page.evaluate(async ([values, where]) => {
    const { violations, incomplete } = await globalThis.axe.run(where, { runOnly: { type: "tag", values } });
    const short = ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).slice(0, 3).join(" | ")}`;
    const why = ({ nodes }) => [...nodes[0].any, ...nodes[0].all, ...nodes[0].none].map((c) => c.message).join();
    // What is under the sticky bar depends on how far the page is scrolled; the contrast of each part on its own
    // is decided in components.spec.mjs.
    // The order of headings is decided among the violations; all that is undecided is whether the first is in a frame.
    const covered = (result) => result.id === "color-contrast" && /obscured|overlap/.test(why(result));
    // Text that is drawn over shapes, in the triangle: its contrast is worked out in triangle.spec.mjs.
    const drawn = (result) => result.id === "color-contrast" && result.nodes.every(({ html }) => html.startsWith("<tspan"));
    const undecided = incomplete.filter((result) => !covered(result) && !drawn(result) && result.id !== "heading-order");
    return [...violations.map(short), ...undecided.map((result) => `undecided ${short(result)} ${why(result)}`)];
  }, [TAGS, where]);
}

/** Everything that axe finds, or cannot decide, on the page at both widths; `window` is the page around it where it is a frame. */
export async function clean(page, state, window = page) {
  for (const [width, height] of [[1280, 800], [320, 640]]) {
    await window.setViewportSize({ width, height });
    // Where the page is scrolled to decides what the sticky bar covers, and so what axe cannot decide.
    await page.evaluate(() => scrollTo(0, 0));
    // The demonstration page's skip link: axe does not look into the shadow root for the first link after it.
    expect.soft(await found(page, { exclude: [".host-skip"] }), `${state} at ${width}`).toEqual([]);
    const text = await page.evaluate(() => document.querySelector("common-assessment").shadowRoot.textContent);
    expect.soft(text, `${state}: a wording key without words`).not.toMatch(/This text is missing|%\{/);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(sideways, `${state} at ${width} scrolls sideways by`).toBeLessThanOrEqual(0);
  }
}
