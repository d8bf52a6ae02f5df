// node xtask/shrink.mjs GLUE WASM OUT-GLUE OUT-WASM
//
// Makes the pair that wasm-bindgen gives small. The crates below bring classes that the form never gives to
// JavaScript; wasm-bindgen exports them all the same, and what is exported stays in the Wasm with all that it needs.
// Here the classes go, then what only they used, on both sides; then the long names on the border between the two
// become short ones, and esbuild writes the glue without white space.
//
// Functions that were only pointed to from there stay in the table of functions. A place in the table that no constant
// of the code and no word of the data names cannot be called, and neither can what belongs to a crate whose only doors
// were those classes: such places become empty. Should one be called after all, the program stops there, and the
// element's script says so. The places begin at a number (`--table-base`, see `wasm_target.rs`) that is seldom used for
// anything else; a number that is means only that something useless stays.
//
// It looks for what wasm-bindgen writes in the version of Cargo.lock. Where that looks different one day, less is
// taken out or the form does not start in the browser tests; nothing is guessed.

import { readFileSync, writeFileSync } from "node:fs";
import { FEATURES, Reader, number, run, sections } from "./wasm.mjs";

// What the element's script uses.
const CLASSES = ["Handle"];
// What Leptos brings along for server functions, which the form does not have; nothing else calls it.
const CRATES = /\bwasm_streams\b/;
const ENTRY = "mount";

const [gluePath, wasmPath, outGlue, outWasm] = process.argv.slice(2);
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
  const parts = sections(file);
  const part = (wanted) => parts.find(({ id }) => id === wanted);
  /** Where a segment begins: `i32.const N, end`. Ours are small enough to be read as unsigned numbers. */
  const offset = (reader) => {
    const [kind, op, value, end] = [reader.number(), reader.byte(), reader.number(), reader.byte()];
    if (kind !== 0 || op !== 0x41 || end !== 0x0b) throw new Error("the Wasm has a segment of a kind not known here");
    return value;
  };

  const named = new Set();
  const text = run("wasm-dis", ...FEATURES, wasmPath);
  for (const [, digits] of text.matchAll(/\(i32\.const (-?\d+)\)/g)) named.add(Number(digits) >>> 0);
  for (const [, digits] of text.matchAll(/\(i64\.const (-?\d+)\)/g)) {
    // Two pointers may have been put into one number.
    const bits = BigInt.asUintN(64, BigInt(digits));
    named.add(Number(bits & 0xffff_ffffn)).add(Number(bits >> 32n));
  }
  const data = new Reader(file, part(11).body);
  for (let left = data.number(); left > 0; left--) {
    const address = offset(data);
    const bytes = data.block();
    for (let at = (4 - (address % 4)) % 4; at + 4 <= bytes.length; at += 4) named.add(bytes.readUInt32LE(at));
  }

  const names = functionNames(file, parts);
  const { start, body, end } = part(9);
  const table = new Reader(file, body);
  if (table.number() !== 1) throw new Error("the Wasm has more than one table segment");
  const first = offset(table);
  const places = Array.from({ length: table.number() }, () => table.number());
  const segments = [];
  places.forEach((called, place) => {
    if (!named.has(first + place) || CRATES.test(names.get(called))) return;
    const last = segments.at(-1);
    if (last && last.from + last.calls.length === place) last.calls.push(called);
    else segments.push({ from: place, calls: [called] });
  });
  const content = [
    ...number(segments.length),
    ...segments.flatMap(({ from, calls }) => [
      ...[0, 0x41, ...signed(first + from), 0x0b],
      ...[...number(calls.length), ...calls.flatMap(number)],
    ]),
  ];
  return Buffer.concat([
    file.subarray(0, start),
    Buffer.from([9, ...number(content.length), ...content]),
    file.subarray(end),
  ]);
}

/** A signed LEB128 number that is not below zero. */
function signed(value) {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}

function functionNames(file, parts) {
  const names = new Map();
  for (const { id, body, end } of parts) {
    const section = new Reader(file, body);
    if (id !== 0 || section.block().toString() !== "name") continue;
    while (section.at < end) {
      const kind = section.byte();
      const content = new Reader(section.block(), 0);
      if (kind !== 1) continue;
      for (let left = content.number(); left > 0; left--) names.set(content.number(), content.block().toString());
    }
  }
  return names;
}
