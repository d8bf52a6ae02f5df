// Finishes what Trunk built: `trunk build` calls this as its post_build hook (Trunk.toml), so that plain Trunk leaves a
// `dist/` that any server can serve. It compiles the style sheet, merges the words of each language, names every part
// after its content, tells the loader those names with integrity values, and in a release puts a brotli copy beside
// each text and Wasm file. It works in Trunk's staging folder: if anything fails, the last good `dist/` stays.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

import { transformSync } from "esbuild";
import { compile } from "sass";

import { lazy, loader } from "./loader.mjs";
import { split } from "./split.mjs";

const RELEASE = process.env.TRUNK_PROFILE === "release";
const DIST = process.env.TRUNK_STAGING_DIR;
if (!DIST) throw new Error("Trunk calls this script: run `trunk build` or `cargo xtask build`.");

/** The loader's name never changes, because portals write it into their pages. */
const LOADER = "common-assessment.js";
/** How the name of what it fetches for itself begins (`loader/lazy.js`). */
const LAZY = "common-assessment-lazy";
/** Scripts of the framed form, whose names never change either: the portal's has the release in it, the frame's has not. */
const FRAME = { "common-assessment-frame.js": "__CA_VERSION__", "embed.js": undefined };
/** The rule pack and profile that are built in. The loader fetches the server's where their digests differ. */
const RULES = ["crates/engine/data/rule_packs/leeds-example.json", "crates/engine/data/profiles/leeds.json"];
/** A folder of word files for each language. */
const LOCALES = "crates/wording/locales";
/** The language of the demonstration page. */
const LANGUAGE = "en-GB";
/** What index.html has where the start page goes. */
const START = "<!-- The start page -->";
const NO_SCRIPT =
  '<noscript><div class="ca-notice"><p>This form needs JavaScript. Turn it on in your browser, or use your agency\'s paper form.</p></div></noscript>';
/** How the files of the parts that are fetched later begin: by decision record 0032, my work, the coordinator's pages, and the team's. What several use is a part of its own. */
const LATER = "common-assessment-later";
const WORK = "common-assessment-work";
const COORDINATOR = "common-assessment-coordinator";
const TEAM = "common-assessment-team";
/** In the order in which they are fetched, so that what several share counts as the first one's. */
const NAMES = { later: LATER, work: WORK, coordinator: COORDINATOR, team: TEAM };
/** Parts that have words of their own, with how the files of those begin. */
const WITH_WORDS = { work: WORK, coordinator: COORDINATOR, team: TEAM };
const COMPRESSED = /\.(html|js|mjs|css|wasm|json|svg|txt)$/;

const inDist = (name) => path.join(DIST, name);
const digest = (algorithm, bytes, encoding) => createHash(algorithm).update(bytes).digest(encoding);

/** Writes a part under a name made from its content; gives what the loader needs to fetch and to check it. */
function part(bytes, ending, name = "common-assessment") {
  const href = `${name}-${digest("sha256", bytes, "hex").slice(0, 16)}${ending}`;
  writeFileSync(inDist(href), bytes);
  return { href, integrity: `sha384-${digest("sha384", bytes, "base64")}` };
}

/** How the glue puts elements that never change into a page: as markup of our own, never of what somebody typed (clippy.toml). */
const MARKUP = /(?<=\.innerHTML ?= ?)[\w$]+\([\w$]+, ?[\w$]+\)/;
/** Short by hand: a minifier would give it names that the glue has. */
const TRUSTED =
  'var ourPolicy;function ourMarkup(t){try{ourPolicy??=globalThis.trustedTypes?.createPolicy("common-assessment-program",{createHTML:t=>t})}catch{}return ourPolicy?.createHTML(t)??t}';

/** The glue as it also works in pages that require trusted types (decision record 0065). */
function trusting(glue) {
  if (glue.split(MARKUP).length !== 2) throw new Error("The glue does not write markup as it used to.");
  return glue.replace(MARKUP, "ourMarkup($&)") + TRUSTED;
}

/** The program: Wasm, glue and the parts that the glue fetches later, each with its integrity value in the glue. */
function program() {
  const { glue, wasm, parts } = split();
  for (const name of readdirSync(DIST)) if (/^common-assessment-.+(_bg\.wasm|\.js)$/.test(name) && !(name in FRAME)) rmSync(inDist(name));
  const named = ([name, { bytes, of }]) => {
    const [, first] = Object.entries(NAMES).find(([known]) => of.includes(known)) ?? [];
    if (!first) throw new Error(`${name} is of ${of}, which has no name here.`);
    return [name, part(bytes, ".wasm", of.length > 1 ? `${first}-shared` : first)];
  };
  const later = [...parts].map(named);
  const linked = later.reduce((text, [name, { href, integrity }]) => {
    const fetched = new RegExp(`new URL\\("\\./${name}", ?import\\.meta\\.url\\)`);
    if (!fetched.test(text)) throw new Error(`The glue does not fetch ${name} as it used to.`);
    return text.replace(fetched, `new URL("./${href}",import.meta.url),{integrity:"${integrity}"}`);
  }, glue);
  const main = part(wasm, "_bg.wasm");
  // The loader passes the Wasm in; the glue's own default must still not point to nothing.
  return { glue: part(trusting(linked.replaceAll("program_bg.wasm", main.href)), ".js"), wasm: main };
}

const small = (script) =>
  RELEASE ? transformSync(script, { minify: true, format: "esm", target: "es2022" }).code : script;

const styles = () =>
  compile("style/main.scss", {
    style: RELEASE ? "compressed" : "expanded",
    loadPaths: ["node_modules"],
    quietDeps: true,
  }).css;

/** Every language's words for the form: one flat JSON object. The words of the command line are not downloaded. */
function words() {
  return Object.fromEntries(
    readdirSync(LOCALES).map((locale) => [locale, part(merged(locale), ".json", `common-assessment-words-${locale}`)]),
  );
}

/** The words of each part that is fetched later, which are fetched with its pages. */
function partWords() {
  const ofPart = ([name, begins]) => {
    const file = (locale) => [locale, part(merged(locale, [`${name}.json`]), ".json", `${begins}-words-${locale}`)];
    return [name, Object.fromEntries(readdirSync(LOCALES).map(file))];
  };
  return Object.fromEntries(Object.entries(WITH_WORDS).map(ofPart));
}

/**
 * The start page as it is until the program has loaded, in the markup of src/pages/start.rs and style/README.md: nothing
 * moves when the program takes over. Its numbers are those that are the same for everybody. "Start" waits for the loader.
 */
function startPage(locale) {
  const words = JSON.parse(merged(locale));
  const text = (key) => words[key].replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const points = ["any_order", "decides"].map((key) => `<li>${text(`start.${key}`)}</li>`);
  // The loader hides the one that is not so.
  points.unshift(`<li data-drafts="device">${text("start.saves")}</li><li data-drafts="none" hidden>${text("page_only.start.saves")}</li>`);
  return [
    // A window begins with the family.
    `<div class="ca-page"><div class="ca-foot ca-foot--family"><span class="ca-blank-button">${text("blank.button")}`,
    `<span class="ca-blank-button__more">${text("blank.more")}</span></span>`,
    `<p class="ca-foot__danger">${text("mode.danger")}</p></div><section class="ca-privacy"><p class="ca-privacy__state">${text("mode.with_family")}</p>`,
    `<span class="ca-privacy__switch">${text("mode.to_own")}</span></section>`,
    '<div class="govuk-visually-hidden" data-announce=""></div>',
    `<h1 part="heading" class="govuk-heading-xl" tabindex="-1">${text("start.heading")}</h1>`,
    '<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">',
    `<p>${text("start.about")}</p><ul class="govuk-list govuk-list--bullet">${points.join("")}</ul>`,
    `<button part="button" type="button" class="govuk-button" data-begin="caf" disabled>${text("start.begin")}</button> `,
    `<button part="button" type="button" class="govuk-button govuk-button--secondary" data-begin="refer" disabled>${text("title.refer")}</button>`,
    `<p class="govuk-hint">${text("start.refer")}</p><p>${text("start.work")}</p></div></div>`,
    `<h2 class="govuk-heading-l" id="who-to-ring" tabindex="-1">${text("help.heading")}</h2><p>${text("help.about")}</p>`,
    `<div class="ca-notice"><p>${ringable(text("help.everywhere"))}</p></div></div>`,
  ].join("");
}

const ringable = (text) => text.replace(/\b\d{3}\b/g, '<a href="tel:$&">$&</a>');

const FORM_WORDS = ["questions.json", "dates.json", "screen.json", "terms.json"];

function merged(locale, names = FORM_WORDS) {
  const files = names.map((name) => path.join(LOCALES, locale, name));
  const all = {};
  for (const file of files) {
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(file, "utf8")))) {
      if (key in all) throw new Error(`${file}: ${key} has words in another file, too.`);
      all[key] = text;
    }
  }
  return JSON.stringify(all);
}

/**
 * The demonstration page without Trunk's tags, refused if the content security policy would break it. It names the parts
 * that the loader will ask for, as Trunk's own page does, so that they are fetched together with the loader.
 */
function page(build, start) {
  // Without integrity: browsers ignore it here and say so. The loader checks each part when it takes it.
  const fetched = [build.words[LANGUAGE], build.wasm];
  const hints = fetched.map(({ href }) => `    <link rel="preload" as="fetch" href="${href}" crossorigin>\n`);
  for (const { href, integrity } of [build.lazy, build.glue]) {
    hints.unshift(`    <link rel="modulepreload" href="${href}" integrity="${integrity}">\n`);
  }
  const lines = readFileSync(inDist("index.html"), "utf8").split("\n");
  const styled = `<link rel="stylesheet" href="${build.css.href}" integrity="${build.css.integrity}">`;
  const shown = `${styled}<div class="ca-root ca-root--loading" lang="${LANGUAGE}">${NO_SCRIPT}<div class="ca-app">${start[LANGUAGE]}</div></div>`;
  const text = lines
    .filter((line) => !line.includes("data-trunk"))
    .join("\n")
    .replace("  </head>", `${hints.join("")}  </head>`)
    .replace(START, shown);
  const inline = ["<style", " style=", "<script>", " onclick=", " onload=", "javascript:"];
  const found = inline.find((markup) => text.includes(markup));
  if (found) throw new Error(`index.html has \`${found.trim()}\`, which the policy blocks. Move it into a file.`);
  writeFileSync(inDist("index.html"), text);
}

function frame(version) {
  for (const [name, place] of Object.entries(FRAME)) {
    const text = readFileSync(path.join("public", name), "utf8");
    if (place && !text.includes(place)) throw new Error(`public/${name} must have ${place}.`);
    writeFileSync(inDist(name), small(place ? text.replace(place, version) : text));
  }
}

function compress() {
  for (const name of readdirSync(DIST, { recursive: true }).filter((name) => COMPRESSED.test(name))) {
    const bytes = readFileSync(inDist(name));
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      // Made for fonts, and fits Wasm, which is binary in the same way (decision record 0017).
      ...(name.endsWith(".wasm") && { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_FONT }),
    };
    writeFileSync(inDist(`${name}.br`), brotliCompressSync(bytes, { params }));
  }
}

const parts = { ...program(), css: part(styles(), ".css") };
const start = Object.fromEntries(readdirSync(LOCALES).map((locale) => [locale, startPage(locale)]));
const rules = RULES.map((file) => digest("sha256", readFileSync(file), "hex"));
const options = { minify: RELEASE };
const build = { ...parts, words: words(), partWords: partWords(), lazy: part(lazy({ start, rules }, options), ".js", LAZY) };
const [, release] = /^version = "(.+)"/m.exec(readFileSync("Cargo.toml", "utf8"));
build.version = `${release}+${digest("sha256", JSON.stringify(build), "hex").slice(0, 12)}`;
writeFileSync(inDist(LOADER), loader(build, options));
frame(build.version);
page(build, start);
if (RELEASE) compress();
