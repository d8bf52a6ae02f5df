// The parts of the form and how they are fetched: the browser refuses each unless it has the hash that was written into the
// loader when it was built. Limit: a browser without <link rel=modulepreload> (before 2023) checks one copy of the glue
// scripts and runs a second one, normally the same from its cache.

import { because } from "./because.js";
import { sheet } from "./sheets.js";

// Replaced at build time: { glue, wasm, css, words, partWords, lazy, version }. Each part is { href, integrity }, with href
// relative to the loader; `words` and each of `partWords` have one for each locale.
export const BUILD = __CA_BUILD__;

export const part = ({ href, integrity }) => ({ url: new URL(href, import.meta.url).href, integrity });

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
  // `rem` would follow the host page's <html>; see sheets.js.
  return sheet(text.replace(/(\d*\.?\d+)rem\b/g, "calc($1*var(--ca-rem))"));
}

/** A part that is a script, as a module. A checked preload and the import share one copy. */
async function imported(which) {
  const { url, integrity } = part(which);
  const link = document.createElement("link");
  if (link.relList.supports("modulepreload")) {
    await new Promise((resolve, reject) => {
      Object.assign(link, { rel: "modulepreload", href: url, integrity, onload: resolve });
      link.onerror = () => reject(new Error(`${url}: not loaded, or not the expected bytes`));
      document.head.append(link);
    }).finally(() => link.remove());
  } else {
    await (await fetched(which)).arrayBuffer();
  }
  return import(url);
}

/** The program, started. A policy of the page that forbids WebAssembly shows as an error while it is compiled. */
async function program() {
  if (typeof WebAssembly !== "object") throw because("webassembly", "no WebAssembly");
  const [module, response] = await Promise.all([imported(BUILD.glue), fetched(BUILD.wasm)]);
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
/** What an element needs by the time that it shows something of the form: `lazy.js`. */
export const loadLazy = once(() => imported(BUILD.lazy));
export const loadProgram = once(program);
const loadEach = (files) =>
  Object.fromEntries(Object.entries(files).map(([locale, file]) => [locale, once(async () => (await fetched(file)).text())]));
export const loadWords = loadEach(BUILD.words);
// Those of parts wait until somebody opens one.
export const loadPartWords = Object.fromEntries(
  Object.entries(BUILD.partWords ?? {}).map(([part, files]) => [part, loadEach(files)]),
);

/**
 * Has the browser fetch the parts that a form begins with and keep them, each checked by its hash. None of them runs, and nothing is
 * held here; a part that cannot be fetched now is fetched when a form needs it.
 */
export const fetchAhead = (locale) =>
  [BUILD.lazy, BUILD.glue, BUILD.wasm, BUILD.css, BUILD.words[locale]].map((which) =>
    fetched(which).then((response) => response.arrayBuffer()).catch(() => {}),
  );
