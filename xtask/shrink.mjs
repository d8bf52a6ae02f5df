// node xtask/shrink.mjs GLUE WASM OUT-GLUE OUT-WASM
//
// Makes the pair that wasm-bindgen gives small. The crates below bring classes that the form never gives to
// JavaScript; wasm-bindgen exports them all the same, and what is exported stays in the Wasm with all that it needs.
// Here the classes go, then what only they used, on both sides; then the long names on the border between the two
// become short ones, and esbuild writes the glue without white space.
//
// It looks for what wasm-bindgen writes in the version of Cargo.lock. Where that looks different one day, less is
// taken out or the form does not start in the browser tests; nothing is guessed.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const FEATURES = [
  "--enable-bulk-memory",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];
// What the element's script uses.
const CLASSES = ["Handle"];
const ENTRY = "mount";

const [gluePath, wasmPath, outGlue, outWasm] = process.argv.slice(2);
const run = (program, ...args) =>
  execFileSync(`node_modules/.bin/${program}`, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const literal = (text) => text.replace(/[$]/g, "\\$&");

let glue = readFileSync(gluePath, "utf8");

// Classes, with what registers them.
for (const [, name] of glue.matchAll(/^export class (\w+) \{/gm)) {
  if (CLASSES.includes(name)) continue;
  glue = glue
    .replace(new RegExp(`^export class ${name} \\{\\n[^]*?^\\}\\n`, "m"), "")
    .replace(new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\..*\\n`, "m"), "")
    .replace(new RegExp(`^const ${name}Finalization = [^;]*;\\n`, "m"), "");
}

// Exports that the glue no longer asks for, and what they alone needed.
const asked = new Set([...glue.matchAll(/\bwasm\.([\w$]+)/g)].map(([, name]) => name));
const graph = [
  { name: "outside", root: true, reaches: [...asked].map((name) => `export ${name}`) },
  ...[...asked].map((name) => ({ name: `export ${name}`, export: name })),
];
writeFileSync(`${outWasm}.graph.json`, JSON.stringify(graph));
run("wasm-metadce", wasmPath, ...FEATURES, "-g", "--graph-file", `${outWasm}.graph.json`, "-o", `${outWasm}.named`);

// Short names for what is left.
const names = JSON.parse(
  run("wasm-opt", ...FEATURES, "-g", "--minify-imports-and-exports-and-modules", `${outWasm}.named`, "-o", outWasm),
);
const imports = new Map(names.imports.map(([, name, short]) => [name, short]));
const [[module]] = names.imports;
let missing = imports.size;
glue = glue.replace(/^ {8}(\w+): function\([^]*?\},(?: arguments\); \},)?\n(?= {8}\w+: | {4}\};)/gm, (all, name) => {
  if (!imports.has(name)) return "";
  missing -= 1;
  return all.replace(name, imports.get(name));
});
if (missing) throw new Error(`${missing} imports of the Wasm were not found in the glue that wasm-bindgen wrote`);
glue = glue.replace(`${JSON.stringify(module)}: import0`, "a: import0");
for (const [name, short] of names.exports) {
  glue = glue.replace(new RegExp(`\\bwasm\\.${literal(name)}(?![\\w$])`, "g"), `wasm.${short}`);
}
writeFileSync(`${outGlue}.long.js`, glue);
writeFileSync(
  `${outGlue}.entry.js`,
  `export { default, ${ENTRY} } from ${JSON.stringify(`./${outGlue.split("/").pop()}.long.js`)};\n`,
);
run("esbuild", `${outGlue}.entry.js`, "--bundle", "--minify", "--format=esm", "--log-level=warning",
  "--target=es2022", `--outfile=${outGlue}`);
