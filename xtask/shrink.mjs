// node xtask/shrink.mjs GLUE WASM OUT-GLUE OUT-WASM
//
// Makes the pair that wasm-bindgen gives small. The crates below bring classes that the form never gives to
// JavaScript; wasm-bindgen exports them all the same, and what is exported stays in the Wasm with all that it needs.
// Here the classes go, then what only they used, on both sides; then the long names on the border between the two
// become short ones, and esbuild writes the glue without white space.
//
// Functions that were only pointed to from there stay in the table of functions. A place in the table that no constant
// of the code and no word of the data names cannot be called, so it gets a function that stays anyway. The places
// begin at a number (`--table-base`, see `wasm_target.rs`) that is seldom used for anything else; a number that is means
// only that something useless stays.
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
  execFileSync(`node_modules/.bin/${program}`, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "inherit"],
  });
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

writeFileSync(`${outWasm}.called`, withoutUselessPlaces(readFileSync(wasmPath)));

// Exports that the glue no longer asks for, and what they alone needed.
const asked = new Set([...glue.matchAll(/\bwasm\.([\w$]+)/g)].map(([, name]) => name));
const graph = [
  { name: "outside", root: true, reaches: [...asked].map((name) => `export ${name}`) },
  ...[...asked].map((name) => ({ name: `export ${name}`, export: name })),
];
writeFileSync(`${outWasm}.graph.json`, JSON.stringify(graph));
run("wasm-metadce", `${outWasm}.called`, ...FEATURES, "-g", "--graph-file", `${outWasm}.graph.json`, "-o", `${outWasm}.named`);

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

function withoutUselessPlaces(file) {
  let at = 8;
  const unsigned = () => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = file[at++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return value >>> 0;
  };
  const wanted = (expected) => {
    if (unsigned() !== expected) throw new Error("the Wasm has a data or element segment of a kind not known here");
  };
  /** Where a segment begins: `i32.const N, end`. Ours are small enough to be read as unsigned numbers. */
  const offset = () => {
    wanted(0);
    wanted(0x41);
    const value = unsigned();
    wanted(0x0b);
    return value;
  };

  const sections = new Map();
  while (at < file.length) {
    const start = at;
    const [id, size] = [file[at++], unsigned()];
    sections.set(id, { start, body: at, end: at + size });
    at += size;
  }
  const named = new Set();
  const text = run("wasm-dis", ...FEATURES, wasmPath);
  for (const [, number] of text.matchAll(/\(i32\.const (-?\d+)\)/g)) named.add(Number(number) >>> 0);
  for (const [, number] of text.matchAll(/\(i64\.const (-?\d+)\)/g)) {
    const bits = BigInt.asUintN(64, BigInt(number));
    named.add(Number(bits & 0xffff_ffffn)).add(Number(bits >> 32n));
  }
  at = sections.get(11).body;
  for (let segments = unsigned(); segments > 0; segments--) {
    const address = offset();
    const size = unsigned();
    for (let word = (4 - (address % 4)) % 4; word + 4 <= size; word += 4) named.add(file.readUInt32LE(at + word));
    at += size;
  }

  const { start, body, end } = sections.get(9);
  at = body;
  wanted(1);
  const first = offset();
  const places = Array.from({ length: unsigned() }, unsigned);
  const stays = places.find((_, place) => named.has(first + place));
  const bytes = (number) => (number < 128 ? [number] : [(number & 127) | 128, ...bytes(number >>> 7)]);
  const content = [
    ...file.subarray(body, at - places.flatMap(bytes).length),
    ...places.flatMap((called, place) => bytes(named.has(first + place) ? called : stays)),
  ];
  return Buffer.concat([file.subarray(0, start), Buffer.from([9, ...bytes(content.length), ...content]), file.subarray(end)]);
}
