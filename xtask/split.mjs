// The program in parts: `assemble.mjs` calls this. The part of `#[wasm_split(later)]` (src/pages/later.rs) is fetched
// later than the rest. wasm-split-cli cuts what rustc left, before wasm-bindgen and wasm-opt; Trunk has no place for it
// between the two, so this runs them again and what Trunk made of the whole program is not used.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { buildSync } from "esbuild";

const RELEASE = process.env.TRUNK_PROFILE === "release";
/** As index.html says. */
const PROFILE = RELEASE ? "wasm-release" : "debug";
// `-O1` and this list make less than `-Oz` (decision record 0017).
const OPTIMISE = ["-O1", "--converge", "--dae-optimizing", "--rse", "--strip-target-features", "--reorder-functions-by-name"];
const FEATURES = ["bulk-memory", "bulk-memory-opt", "nontrapping-float-to-int", "reference-types", "sign-ext", "mutable-globals", "multivalue"];

/**
 * @returns {{ glue: string, wasm: Buffer, parts: Map<string, { bytes: Buffer, of: string[] }> }} the parts by the names that
 * the glue has for them, each with what is loaded with it: itself, or several that share it
 */
export function split() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "common-assessment-split-"));
  try {
    const metadata = run("cargo", ["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    const { target_directory: target } = JSON.parse(metadata);
    const compiled = path.join(target, "wasm32-unknown-unknown", PROFILE, "common_assessment.wasm");
    run("wasm-split-cli", ["--out-name", "program", compiled, folder]);
    const bound = path.join(folder, "bound");
    const options = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "program"];
    run("wasm-bindgen", [...options, "--out-dir", bound, path.join(folder, "program.wasm")]);
    return {
      glue: bundled(folder, bound),
      wasm: optimised(path.join(bound, "program_bg.wasm")),
      parts: new Map(partsIn(folder).map(([name, of]) => [name, { bytes: optimised(path.join(folder, name)), of }])),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What wasm-split-cli calls the module that fetches the parts. */
const LINK = "__wasm_split.js";

const run = (program, args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 });

/** The glue and the links between the parts, two modules that import each other, as one. */
function bundled(folder, bound) {
  copyFileSync(path.join(folder, LINK), path.join(bound, LINK));
  const entryPoints = [path.join(bound, "program.js")];
  const options = { bundle: true, format: "esm", target: "es2022", minify: RELEASE, write: false };
  return buildSync({ entryPoints, ...options }).outputFiles[0].text;
}

/** The files of the parts. What several share is called `chunk_` and a number, and a comment before it says who they are. */
const partsIn = (folder) => {
  const text = readFileSync(path.join(folder, LINK), "utf8");
  const shared = new Map([...text.matchAll(/\/\* ([\w, ]+) \*\/\s*const __(chunk_\d+) =/g)].map(([, names, chunk]) => [chunk, names.split(", ")]));
  return [...text.matchAll(/"\.\/([\w-]+)\.wasm"/g)].map(([, name]) => [`${name}.wasm`, shared.get(name) ?? [name.replace("split_", "")]]);
};

function optimised(file) {
  if (RELEASE) {
    const features = FEATURES.map((name) => `--enable-${name}`);
    run("wasm-opt", [...OPTIMISE, ...features, file, "-o", file]);
  }
  return readFileSync(file);
}
