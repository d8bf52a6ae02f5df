// The parts of the form and how they are fetched: the browser refuses each unless it has the hash that was written into the
// loader when it was built. Limit: a browser without <link rel=modulepreload> (before 2023) checks one copy of the glue
// script and runs a second one, normally the same from its cache.

import { sheetOf } from "./portal.js";

// Replaced at build time: { glue, wasm, css, words, partWords, start, rules, version }. Each part is { href, integrity },
// with href relative to the loader; `words` and each of `partWords` have one for each locale; `rules` are SHA-256 values.
export const BUILD = __CA_BUILD__;

/** The version of the interface that this component speaks; `Common-Assessment-Contract` in a request. */
const CONTRACT = "1";
const RULES_MS = 3000;

let policy;
/** Marks markup that the build made for pages that require trusted types. */
export const markup = (text) =>
  (policy ??= globalThis.trustedTypes?.createPolicy("common-assessment", { createHTML: (text) => text }))?.createHTML(text) ?? text;

export const part = ({ href, integrity }) => ({ url: new URL(href, import.meta.url).href, integrity });

/** An error that the element reports to the portal under its own reason. */
export const because = (reason, message) => Object.assign(new Error(message), { name: reason });

/** Fetches one part; the browser refuses it unless its bytes have the expected hash. */
async function fetched(which, cache = "default") {
  const { url, integrity } = part(which);
  const response = await fetch(url, { integrity, cache });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response;
}

async function styleSheet() {
  // Where index.html has asked for it already, this is the copy in the cache. A failure that is cached is asked for again.
  const response = await fetched(BUILD.css, "force-cache").catch(() => fetched(BUILD.css, "no-cache"));
  const text = await response.text();
  // `rem` would follow the host page's <html>; see firstSheet().
  return sheetOf(text.replace(/(\d*\.?\d+)rem\b/g, "calc($1*var(--ca-rem))"));
}

/** The glue script as a module. A checked preload and the import share one copy. */
async function glue() {
  const { url, integrity } = part(BUILD.glue);
  const link = document.createElement("link");
  if (link.relList.supports("modulepreload")) {
    await new Promise((resolve, reject) => {
      Object.assign(link, { rel: "modulepreload", href: url, integrity, onload: resolve });
      link.onerror = () => reject(new Error(`${url}: not loaded, or not the expected bytes`));
      document.head.append(link);
    }).finally(() => link.remove());
  } else {
    await (await fetched(BUILD.glue)).arrayBuffer();
  }
  return import(url);
}

/** The program, started. A policy of the page that forbids WebAssembly shows as an error while it is compiled. */
async function program() {
  if (typeof WebAssembly !== "object") throw because("webassembly", "no WebAssembly");
  const [module, response] = await Promise.all([glue(), fetched(BUILD.wasm)]);
  try {
    await module.default({ module_or_path: response });
  } catch (error) {
    throw error instanceof WebAssembly.CompileError ? because("webassembly", error.message) : error;
  }
  return module;
}

/** Once for the page, however many elements there are; a failure may be tried again. */
const once = (load) => {
  let running;
  return () => (running ??= load().catch((error) => {
    running = undefined;
    throw error;
  }));
};
export const loadStyle = once(styleSheet);
export const loadProgram = once(program);
const loadEach = (files) =>
  Object.fromEntries(Object.entries(files).map(([locale, file]) => [locale, once(async () => (await fetched(file)).text())]));
export const loadWords = loadEach(BUILD.words);
// Those of parts wait until somebody opens one.
export const loadPartWords = Object.fromEntries(
  Object.entries(BUILD.partWords ?? {}).map(([part, files]) => [part, loadEach(files)]),
);

/**
 * The rule pack and profile of an element's server, where they are not those built in. Without
 * a network the ones that this browser has cached; nothing at all means the built-in ones, and
 * `unknown` that nobody could find out: every page then says that the numbers may be others.
 */
export async function rules(api) {
  const base = new URL(api, document.baseURI);
  // What a browser has cached it gives without asking only to its own site.
  const mode = base.origin === location.origin ? "same-origin" : "cors";
  const ask = async (name, options) => {
    const reply = await fetch(new URL(name, base), {
      mode,
      credentials: mode === "cors" ? "omit" : "same-origin",
      headers: { "common-assessment-contract": CONTRACT },
      signal: AbortSignal.timeout(RULES_MS),
      ...options,
    });
    if (reply.ok) return reply;
    const code = await reply.json().then((problem) => problem.code, () => "");
    throw code === "contract-not-spoken" ? because("version", code) : new Error(`${name}: HTTP ${reply.status}`);
  };
  const both = async (cache) => {
    const replies = await Promise.all(["rule-pack", "profile"].map((name) => ask(name, { cache })));
    const [pack, profile] = await Promise.all(replies.map((reply) => reply.text()));
    return { pack, profile };
  };
  try {
    const head = await ask("rule-pack", { method: "HEAD", cache: "no-store" });
    // A reply that is not read to its end, even an empty one, counts as broken off.
    await head.arrayBuffer();
    const known = ["etag", "profile-etag"].every((name, at) => head.headers.get(name) === `"${BUILD.rules[at]}"`);
    return known ? {} : await both("no-cache");
  } catch (error) {
    if (error.name === "version") throw error;
    return both(mode === "cors" ? "no-cache" : "only-if-cached").catch((error) => {
      if (error.name === "version") throw error;
      return { unknown: true };
    });
  }
}
