// A Playwright test that opens one documented block in a stand-in host and looks into the shadow root.

import { test as base } from "@playwright/test";
import { start } from "./stand_in.mjs";

export const test = base.extend({
  /** `open(block, options)` starts a host with stand_in.mjs's options and goes to it; all are stopped at the end. */
  open: async ({ page }, use) => {
    const hosts = [];
    await use(async (block = "box", options = {}) => {
      hosts.push(await start(options));
      await page.goto(`${hosts.at(-1).url}?block=${block}`);
    });
    await Promise.all(hosts.map((host) => host.stop()));
  },
});

export const notice = (page) => page.locator("common-assessment .ca-notice");

/** Waits for the block to be drawn. */
export const shown = (page) => page.locator("common-assessment .ca-page").waitFor();

/** Runs a function in the page, with the shadow root as its argument. */
export const inRoot = (page, script) =>
  page.locator("common-assessment").evaluate(
    (element, source) => new Function(`return (${source})`)()(element.shadowRoot),
    script.toString(),
  );
