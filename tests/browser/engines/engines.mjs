// Tests that run in each engine. Import `test` and `expect` from here; a project of playwright.config.mjs names the engine:
//
//   test("…", async ({ serve, launch }) => { const server = await serve("2026-11-23"); const { page } = await launch(); … });

import { test as base, expect } from "@playwright/test";
import { serve } from "./served.mjs";

export const test = base.extend({
  /** chromium, firefox or webkit. */
  engine: ["chromium", { option: true }],
  /** Opens a browser of the engine, and closes it at the end. */
  launch: async ({ engine }, use, info) => {
    const { launch } = await import(`./${engine}.mjs`);
    const open = [];
    await use(async (options) => {
      const browser = await launch(options);
      open.push(browser);
      info.annotations.push({ type: "version", description: browser.version });
      return browser;
    });
    for (const browser of open) await browser.close();
  },
  /** Starts a server for a day, and removes it at the end. */
  serve: async ({}, use) => {
    const running = [];
    await use(async (...options) => {
      running.push(await serve(...options));
      return running.at(-1);
    });
    for (const server of running) await server.remove();
  },
});

export { expect };
