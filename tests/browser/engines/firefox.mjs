// Firefox ESR, as Debian packages it, over WebDriver BiDi. puppeteer-core is the client; it downloads nothing.

import puppeteer from "puppeteer-core";
import { Page } from "./page.mjs";
import { firefox } from "./installed.mjs";

/** Opens a browser of its own, with a profile that nobody else uses. `preferences` are Firefox's own. */
export async function launch({ preferences = {} } = {}) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: firefox(),
    headless: true,
    defaultViewport: { width: 1280, height: 720 },
    // Its own updates and pages of welcome have nothing to do with the form.
    extraPrefsFirefox: { "intl.accept_languages": "en-GB", ...preferences },
  });
  const [tab] = await browser.pages();
  const keys = (list) => tab.keyboard.type(list.join(""));
  const driver = {
    goto: (url) => tab.goto(url, { waitUntil: "load" }),
    reload: () => tab.reload({ waitUntil: "load" }),
    evaluate: (expression) => tab.evaluate(expression),
    press: (x, y) => tab.mouse.click(x, y),
    keys,
    async chord(modifier, key) {
      await tab.keyboard.down(modifier);
      await tab.keyboard.press(key);
      await tab.keyboard.up(modifier);
    },
  };
  const version = (await browser.version()).replace("firefox/", "Firefox ");
  const pdf = async () => new Uint8Array(await tab.pdf({ format: "A4" }));
  return { page: new Page(driver), version, pdf, close: () => browser.close() };
}
