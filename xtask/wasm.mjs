// What `shrink.mjs` and `order.mjs` share: calling Binaryen, and reading and writing the few parts of a Wasm file that
// they look at. It validates nothing.

import { execFileSync } from "node:child_process";

/** What rustc turns on by itself and no more. */
export const FEATURES = [
  "--enable-bulk-memory",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];

/** Runs a program of node_modules and gives what it prints. */
export const run = (program, ...args) =>
  execFileSync(`node_modules/.bin/${program}`, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "inherit"],
  });

/** An unsigned LEB128 number. */
export const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)]);

/** Reads a file from a place onwards. */
export class Reader {
  constructor(file, at = 8) {
    this.file = file;
    this.at = at;
  }

  byte() {
    return this.file[this.at++];
  }

  number() {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.byte();
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return value >>> 0;
  }

  /** A length and that many bytes. */
  block() {
    const size = this.number();
    this.at += size;
    return this.file.subarray(this.at - size, this.at);
  }
}

/** The sections: number, where each starts, where its content starts, and where it ends. */
export function sections(file) {
  const reader = new Reader(file);
  const found = [];
  while (reader.at < file.length) {
    const start = reader.at;
    const id = reader.byte();
    const size = reader.number();
    found.push({ id, start, body: reader.at, end: reader.at + size });
    reader.at += size;
  }
  return found;
}
