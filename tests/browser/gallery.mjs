// Pictures of every block of style/README.md at three widths, to look at:
//   node tests/browser/gallery.mjs [folder, target/gallery if not given] [look, "plain" if not given] [block…]
// A look is how a portal sets the element up: plain, dark, hospital, school. The checks on the same blocks are in
// components.spec.mjs and portal-looks.spec.mjs.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { blocks, start } from "./stand_in.mjs";

const [folder = fileURLToPath(new URL("../../target/gallery", import.meta.url)), look = "plain", ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const portal = (name, scheme = "light") => `<header class="portal">${name}</header><main><common-assessment scheme="${scheme}"></common-assessment></main>`;
const LOOKS = {
  plain: {},
  dark: {
    body: portal("A dark portal", "dark"),
    hostile: "body { background: #0c0f10; } .portal { padding: 16px; color: #fff; }",
  },
  hospital: {
    body: portal("Anytown hospital"),
    hostile: `body { margin: 0; background: #f0f4f5; } .portal { padding: 16px; color: #fff; background: #005eb8; } main { max-width: 60rem; margin: 24px auto; }
      common-assessment { --ca-brand: #005eb8; --ca-link: #005eb8; --ca-button: #007f3b; --ca-radius: 4px; --ca-font: Arial, sans-serif; box-shadow: 0 1px 4px #0004; }
      ::part(heading) { color: #003087; } ::part(button) { font-weight: 600; }`,
  },
  school: {
    body: portal("Anytown school"),
    hostile: `html { font-size: 62.5%; } body { margin: 0; background: #fdf6e9; font: 1.6rem Georgia, serif; } .portal { padding: 1.6rem; color: #fff; background: #5b1a2e; } main { margin: 16px; }
      common-assessment { --ca-brand: #5b1a2e; --ca-link: #5b1a2e; --ca-button: #7a2340; --ca-radius: 12px; --ca-space: 20px; --ca-font: Georgia, serif; }`,
  },
};

const host = await start(LOOKS[look]);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
const ready = () => page.locator("common-assessment .ca-page").waitFor();

const names = Object.keys(blocks).filter((name) => wanted.length === 0 || wanted.includes(name));
for (const name of names) {
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${host.url}?block=${name}`);
    await ready();
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  if (look !== "plain") continue;
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
process.stdout.write(`Pictures of ${names.length} blocks are in ${folder}\n`);
