// What a form costs the page around it: ours as an element and in a frame, beside SurveyJS, Form.io and LHC-Forms, in one
// run on one machine:
//
//   node benches/rivals/embed.mjs [--rounds 3] [--catalogue FILE] [--dist DIST] [--only NAME,NAME]
//
// Each is on a page that somebody else wrote, put there as its own documents say: tags in the head. The page is opened with an
// empty cache; when it is at rest, the form is put into it. Counted are bytes of bodies (brotli 11) and the page's own long
// tasks (50 ms and more), before and from then on, and the time until the first question can be answered: plain, and with the
// CPU at a quarter and 1.6 Mbit/s. README.md says what is not equal.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "playwright-core";

import { CHROMIUM, FLAGS, SLOW_CPU, SLOW_LINE } from "./forms/browser.mjs";
import { rival } from "./forms/build.mjs";
import * as definitions from "./forms/definitions.mjs";
import { catalogue, pages } from "./forms/questions.mjs";
import { serve, slowLine } from "./forms/serve.mjs";
import { median } from "./forms/table.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const text = { type: "string" };
const { values: options } = parseArgs({
  options: { rounds: { ...text, default: "3" }, catalogue: text, dist: { ...text, default: join(ROOT, "dist") }, only: text },
});
const out = join(ROOT, "target/rivals-embed");
mkdirSync(out, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), "rivals-embed-"));

/** LHC-Forms needs Angular's packages only to be built, and they do not agree with ours: its package alone, by its hash. */
const LFORMS = {
  name: "lforms@40.1.3",
  sha512: "WLruTm+BcVnafC0rSAQ3/cNqhxvclBUxyBG68aub/uha2NaK9H8ZZcEXTTuORuGzzCt0wa7fvhuieZtcDIdPzQ==",
};
/** The files of it that its own documents have a page load, for one release of FHIR. */
const LFORMS_FILES = ["webcomponent/styles.css", "webcomponent/assets/lib/zone.min.js", "webcomponent/lhc-forms.js", "fhir/R4/lformsFHIR.min.js"];

const host = (head, body) =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Portal</title>${head}</head><body><h1>Portal</h1><p>News</p><main id="app"></main>${body ?? ""}</body></html>`;
const PATIENCE = 60_000;
/** Milliseconds between two looks at whether the question is there. */
const LOOK = 20;
/** Milliseconds without a request and a long task until a page counts as at rest. */
const REST = 1_000;

function lforms(made, folder) {
  const packed = join(out, "lforms.tgz");
  if (!existsSync(packed)) {
    const [{ filename }] = JSON.parse(execFileSync("npm", ["pack", LFORMS.name, "--json", "--pack-destination", out], { encoding: "utf8" }));
    copyFileSync(join(out, filename), packed);
  }
  const found = createHash("sha512").update(readFileSync(packed)).digest("base64");
  if (found !== LFORMS.sha512) throw new Error(`${packed} is not ${LFORMS.name}: remove it and try again`);
  execFileSync("tar", ["-xzf", packed, "-C", scratch]);
  for (const file of LFORMS_FILES) copyFileSync(join(scratch, "package/dist/lforms", file), join(folder, file.split("/").pop()));
  const open = `globalThis.openForm = () => LForms.Util.addFormToPage(${JSON.stringify(definitions.lforms(made))}, "app", { fhirVersion: "R4" });`;
  writeFileSync(join(folder, "open.js"), open);
  const [style, ...scripts] = LFORMS_FILES.map((file) => file.split("/").pop());
  // Its scripts look for the body.
  const tags = [...scripts, "open.js"].map((name) => `<script src="${name}"></script>`).join("");
  writeFileSync(join(folder, "index.html"), host(`<link rel="stylesheet" href="${style}">`, tags));
}

const element = (tag, attributes) => `globalThis.openForm = () => {
  const form = document.createElement("${tag}");
  for (const [name, value] of Object.entries(${attributes})) form.setAttribute(name, value);
  document.getElementById("app").append(form);
};`;

async function participants(made) {
  const folder = (name) => {
    const made = join(scratch, name);
    mkdirSync(made, { recursive: true });
    return made;
  };
  const all = [];
  const add = (name, title, directory, more) => serve(directory).then((site) => all.push({ name, title, sites: [site], url: site.url, ...more }));

  const own = folder("element");
  cpSync(options.dist, own, { recursive: true });
  rmSync(join(own, "index.html.br"));
  writeFileSync(join(own, "open.js"), element("common-assessment", "{}"));
  writeFileSync(join(own, "index.html"), host('<script type="module" src="common-assessment.js"></script><script src="open.js"></script>'));
  await add("element", "ours, element", own, { ours: true });
  const ahead = folder("ahead");
  cpSync(own, ahead, { recursive: true });
  writeFileSync(join(ahead, "index.html"), host('<script type="module" src="common-assessment.js" data-prefetch></script><script src="open.js"></script>'));
  await add("ahead", "ours, element with data-prefetch", ahead, { ours: true });

  const portal = folder("portal");
  copyFileSync(join(options.dist, "common-assessment-frame.js"), join(portal, "common-assessment-frame.js"));
  writeFileSync(join(portal, "open.js"), element("common-assessment-frame", '{ src: decodeURIComponent(location.search.slice(1)) }'));
  writeFileSync(join(portal, "index.html"), host('<script type="module" src="common-assessment-frame.js"></script><script src="open.js"></script>'));
  await add("frame", "ours, frame", portal, { ours: true });
  const frame = all.at(-1);
  // Another site than the form's, as a portal is.
  const outside = frame.url.replace("127.0.0.1", "localhost");
  const inside = folder("inside");
  cpSync(options.dist, inside, { recursive: true });
  mkdirSync(join(inside, "embed"));
  const page = readFileSync(join(inside, "embed.html"), "utf8").replace('name="portal-origins" content=""', `name="portal-origins" content="${new URL(outside).origin}"`);
  writeFileSync(join(inside, "embed/school.html"), page);
  const site = await serve(inside);
  frame.sites.push(site);
  frame.url = `${outside}?${encodeURIComponent(`${site.url}embed/school.html`)}`;

  for (const [name, title] of [["surveyjs", "SurveyJS"], ["formio", "Form.io"]]) {
    await add(name, title, await rival({ name, entry: `embed-${name}.js` }, made, folder("built")));
  }
  const other = folder("lforms");
  lforms(made, other);
  await add("lforms", "LHC-Forms", other);
  const isWanted = ({ name }) => !options.only || options.only.split(",").includes(name);
  // A server that nobody asks would keep this program running.
  for (const { sites } of all.filter((one) => !isWanted(one))) for (const site of sites) site.close();
  return all.filter(isWanted);
}

/**
 * Runs in the page or the frame of the form: the moment at which the first question can be answered, or false. Ours comes after
 * a start page, whose button it presses as soon as it can be.
 */
function usable(isOurs) {
  const root = isOurs ? document.querySelector("common-assessment")?.shadowRoot : document.querySelector("#app");
  const seen = (one) => !one.disabled && one.getClientRects().length > 0 && one.checkVisibility({ visibilityProperty: true });
  const wanted = isOurs ? 'input[name="danger_now"]' : 'input[type="radio"], input[type="text"], textarea, select';
  // Where a library hides the radio, its label is what a person presses.
  const found = [...(root?.querySelectorAll(wanted) ?? [])].some((one) => seen(one) || (one.type === "radio" && one.closest("label") && seen(one.closest("label"))));
  if (found) return performance.timeOrigin + performance.now();
  if (isOurs) [...(root?.querySelectorAll("button.govuk-button") ?? [])].find(seen)?.click();
  return false;
}

/** Bytes sent since the last call; the page around the form, which is the same for all, is not counted. */
const bytes = ({ sites: [portal, ...others] }) => {
  const { html: _, ...parts } = portal.counted();
  return [parts, ...others.map((site) => site.counted())].flatMap(Object.values).reduce((sum, part) => sum + part, 0);
};
const sum = (tasks) => tasks.reduce((all, one) => all + one, 0);

/** The frame of the form: the page's own, or the one that the page has by now. */
async function frameOf(who, page) {
  if (who.name !== "frame") return page.mainFrame();
  while (!page.frames()[1]) await new Promise((done) => setTimeout(done, LOOK));
  return page.frames()[1];
}

async function visit(who, slow) {
  const line = slow ? slowLine({ latency: SLOW_LINE.latency, rate: SLOW_LINE.downloadThroughput }) : undefined;
  for (const site of who.sites) site.line = line;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
    await page.addInitScript(() => {
      try {
        sessionStorage.setItem("common-assessment-mode", "on-own");
      } catch {
        // A page that is not there yet has no storage.
      }
      globalThis.long = [];
      new PerformanceObserver((list) => globalThis.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });
    });
    if (slow) {
      const throttled = async (target) => (await page.context().newCDPSession(target)).send("Emulation.setCPUThrottlingRate", { rate: SLOW_CPU });
      await throttled(page);
      // A frame of another site is another process, which has to be slowed by itself.
      page.on("framenavigated", (frame) => frame.parentFrame() && throttled(frame).catch((error) => console.error(`${who.title}: the frame is not slowed: ${error.message}`)));
    }
    bytes(who);
    const long = () => page.evaluate(() => globalThis.long.splice(0));
    await page.goto(who.url, { waitUntil: "networkidle" });
    await page.waitForTimeout(REST);
    const before = { bytes: bytes(who), long: await long() };
    const begin = await page.evaluate(() => {
      const now = performance.timeOrigin + performance.now();
      globalThis.openForm();
      return now;
    });
    const frame = await frameOf(who, page);
    const moment = await frame.waitForFunction(usable, Boolean(who.ours), { polling: LOOK, timeout: PATIENCE });
    const until = bytes(who);
    const took = (await moment.jsonValue()) - begin;
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(REST);
    const after = { bytes: until + bytes(who), long: await long() };
    return {
      ...{ load: loadavg()[0], before: before.bytes, usable: before.bytes + until, all: before.bytes + after.bytes, took },
      ...{ longBefore: sum(before.long), countBefore: before.long.length, longAfter: sum(after.long), countAfter: after.long.length },
    };
  } finally {
    await browser.close();
  }
}

const round = async (who) => ({ slow: await visit(who, true), plain: await visit(who, false) });

const ROWS = [
  ["Bytes before the form is opened (brotli)", ({ slow }) => slow.before],
  ["Bytes until the first question, with those", ({ slow }) => slow.usable],
  ["Bytes until all is at rest, with those", ({ slow }) => slow.all],
  ["From opening to the first question, slow, ms", ({ slow }) => slow.took],
  ["From opening to the first question, plain, ms", ({ plain }) => plain.took],
  ["Long tasks of the page before it is opened, slow", ({ slow }) => slow.countBefore],
  ["– milliseconds", ({ slow }) => slow.longBefore],
  ["Long tasks of the page from opening on, slow", ({ slow }) => slow.countAfter],
  ["– milliseconds", ({ slow }) => slow.longAfter],
  ["Long tasks of the page before it is opened, plain", ({ plain }) => plain.countBefore],
  ["– milliseconds", ({ plain }) => plain.longBefore],
  ["Long tasks of the page from opening on, plain", ({ plain }) => plain.countAfter],
  ["– milliseconds", ({ plain }) => plain.longAfter],
];

const started = new Date().toISOString();
const all = await participants(pages(catalogue(ROOT, options.catalogue)));
const figures = Object.fromEntries(all.map(({ name }) => [name, []]));
try {
  for (let at = 0; at < Number(options.rounds); at += 1) {
    for (const who of all) {
      figures[who.name].push(await round(who));
      console.error(`${who.name}: ${JSON.stringify(figures[who.name].at(-1))}`);
    }
  }
} finally {
  for (const { sites } of all) for (const site of sites) site.close();
  rmSync(scratch, { recursive: true, force: true });
}
const cell = (values) => {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(Math.round);
  const middle = Math.round(median(values)).toLocaleString("en-GB");
  return low === high ? middle : `${middle} (${low.toLocaleString("en-GB")} to ${high.toLocaleString("en-GB")})`;
};
const line = (cells) => `| ${cells.join(" | ")} |`;
const loads = Object.values(figures).flat().flatMap(({ slow, plain }) => [slow.load, plain.load]);
const table = [
  `${options.rounds} interleaved rounds: median (lowest to highest). Slow: CPU at a quarter, 1.6 Mbit/s, 150 ms. ${cpus().length} cores, load ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}, ${started.slice(0, 16)} UTC.`,
  "",
  line(["", ...all.map(({ title }) => title)]),
  line(["---", ...all.map(() => "---:")]),
  ...ROWS.map(([title, figure]) => line([title, ...all.map(({ name }) => cell(figures[name].map(figure)))])),
].join("\n");
writeFileSync(join(out, "results.json"), `${JSON.stringify({ started, figures }, null, 1)}\n`);
writeFileSync(join(out, "results.md"), `${table}\n`);
console.log(table);
