// Pictures of every block of style/README.md at three widths, to look at:
//   node tests/browser/gallery.mjs [folder, target/gallery if not given]
// The checks on the same blocks are in components.spec.mjs.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { blocks, start } from "./stand_in.mjs";

const folder = process.argv[2] ?? fileURLToPath(new URL("../../target/gallery", import.meta.url));
mkdirSync(folder, { recursive: true });

const host = await start();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
const ready = () => page.locator("common-assessment .ca-page").waitFor();

for (const name of Object.keys(blocks)) {
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${host.url}?block=${name}`);
    await ready();
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  await page.pdf({ path: `${folder}/${name}.pdf`, format: "A4" });
  await page.emulateMedia({ forcedColors: "active" });
  await page.screenshot({ path: `${folder}/${name}-forced.png`, fullPage: true });
  await page.emulateMedia({ forcedColors: null });
}

await page.setViewportSize({ width: 768, height: 800 });
await page.goto(`${host.url}?block=box`);
await ready();
await page.evaluate(() => globalThis.standIn.panic());
await page.screenshot({ path: `${folder}/stopped-768.png` });

await browser.close();
await host.stop();
process.stdout.write(`Pictures of ${Object.keys(blocks).length} blocks are in ${folder}\n`);
