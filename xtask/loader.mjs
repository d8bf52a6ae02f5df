// The loader as two scripts: `public/common-assessment.js` with what of `loader/` a page needs before anybody opens the form, and
// `loader/lazy.js` with the rest, which the first one fetches. What they fetch is written into them. Used by the build
// (assemble.mjs) and by the tests' stand-in for the program.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

function bundled(entry, values, minify) {
  const define = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
  const options = { bundle: true, write: false, minify, format: "esm", target: "es2022", define };
  return buildSync({ entryPoints: [path.join(ROOT, entry)], ...options }).outputFiles[0].text;
}

/** `build` are the parts, as `loader/parts.js` describes them. */
export const loader = (build, { minify }) => bundled("public/common-assessment.js", { __CA_BUILD__: build }, minify);

/** `start` is the start page for each locale, or null; `rules` are the SHA-256 of the rules that are built in. */
export const lazy = ({ start, rules }, { minify }) => bundled("loader/lazy.js", { __CA_START__: start, __CA_RULES__: rules }, minify);
