// Chromium by Playwright, with the same flags as in all other browser tests.

import { chromium } from "@playwright/test";
import config from "../playwright.config.mjs";

/** Opens a browser of its own. `forcedColors` is "active" or "none". */
export async function launch({ forcedColors = "none" } = {}) {
  const browser = await chromium.launch(config.use.launchOptions);
  const { locale, timezoneId } = config.use;
  const page = await browser.newPage({ locale, timezoneId, forcedColors });
  const pdf = async () => new Uint8Array(await page.pdf({ format: "A4" }));
  return { page, version: `Chromium ${browser.version()}`, pdf, close: () => browser.close() };
}
