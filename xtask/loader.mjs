// The loader as one script: `public/common-assessment.js` with the modules of `loader/` in it, and what it fetches written
// into it. Used by the build (assemble.mjs) and by the tests' stand-in for the program.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** `build` are the parts, as `loader/parts.js` describes them. */
export function loader(build, { minify }) {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(ROOT, "public", "common-assessment.js")],
    bundle: true,
    write: false,
    minify,
    format: "esm",
    target: "es2022",
    define: { __CA_BUILD__: JSON.stringify(build) },
  });
  return outputFiles[0].text;
}
