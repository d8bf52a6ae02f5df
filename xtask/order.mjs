// node xtask/order.mjs WASM OUT
//
// Puts functions that look alike beside each other and takes the names away. Nothing else changes: the order of
// functions means nothing to a program, but brotli writes what it has just seen with fewer bits. Same bytes in, same
// bytes out.

import { readFileSync, writeFileSync } from "node:fs";
import { FEATURES, Reader, number, run, sections } from "./wasm.mjs";

/** How many bytes in a row are compared, and into how many bits they are gathered. */
const RUN = 4;
const WORDS = 256;
/** How much functions of one type count as alike for that alone: the list of their types is then short too. */
const SAME_TYPE = 0.12;

const [wasmPath, out] = process.argv.slice(2);
const file = readFileSync(wasmPath);
const parts = sections(file);
const part = (id) => new Reader(file, parts.find((section) => section.id === id).body);

/** The runs of bytes of a function, as a set of bits. */
function look(body) {
  const bits = new Uint32Array(WORDS);
  for (let at = 0; at + RUN <= body.length; at++) {
    let hash = 2166136261;
    for (let next = 0; next < RUN; next++) hash = Math.imul(hash ^ body[at + next], 16777619);
    hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
    hash = (hash ^ (hash >>> 13)) >>> 0;
    bits[(hash >>> 5) % WORDS] |= 1 << (hash & 31);
  }
  return bits;
}

function ones(word) {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** From the longest function on, always to the one that is most alike. */
function order(bodies) {
  const looks = bodies.map(look);
  const sizes = looks.map((bits) => bits.reduce((sum, word) => sum + ones(word), 0));
  const left = new Set(bodies.keys());
  let here = 0;
  for (const one of left) if (bodies[one].length > bodies[here].length) here = one;
  const found = [];
  for (;;) {
    found.push(here);
    left.delete(here);
    if (left.size === 0) return found;
    let [best, most] = [-1, -1];
    for (const one of left) {
      let both = 0;
      for (let word = 0; word < WORDS; word++) both += ones(looks[here][word] & looks[one][word]);
      const alike = both / (sizes[here] + sizes[one] - both + 1) + (types[here] === types[one] ? SAME_TYPE : 0);
      if (alike > most) [best, most] = [one, alike];
    }
    here = best;
  }
}

const imports = part(2);
let imported = 0;
for (let left = imports.number(); left > 0; left--) {
  imports.block();
  imports.block();
  if (imports.byte() !== 0) throw new Error("the Wasm imports something that is no function");
  imports.number();
  imported++;
}
const code = part(10);
const bodies = Array.from({ length: code.number() }, () => code.block());

const declared = part(3);
const types = Array.from({ length: declared.number() }, () => declared.number());

// Binaryen can sort functions by their names, so each gets its place for a name.
const names = order(bodies).flatMap((one, place) => [[one, `f${String(place).padStart(6, "0")}`]]);
names.sort(([one], [other]) => one - other);
const listed = names.flatMap(([one, name]) => [...number(one + imported), name.length, ...Buffer.from(name)]);
const functions = [...number(names.length), ...listed];
const section = [4, ...Buffer.from("name"), 1, ...number(functions.length), ...functions];
const kept = parts.filter(({ id }) => id !== 0).map(({ start, end }) => file.subarray(start, end));
const renamed = Buffer.from([0, ...number(section.length), ...section]);
writeFileSync(`${out}.renamed`, Buffer.concat([file.subarray(0, 8), ...kept, renamed]));
run("wasm-opt", ...FEATURES, "--reorder-functions-by-name", "--strip-debug", `${out}.renamed`, "-o", out);
