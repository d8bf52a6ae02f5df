// `cargo xtask bench engine`: the engine, native and as Wasm, beside other packages that do the same work, in one run on
// one machine. Builds everything first, because a build would disturb. What cannot be installed is left out and named;
// what does not do the same work ends it with an error. README.md says what is compared.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { table } from "./table.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const TARGET = process.env.CARGO_TARGET_DIR ?? "target";
const WORK = path.join(TARGET, "xtask", "bench");
const EXAMPLES = path.join(TARGET, "wasm32-unknown-unknown", "wasm-release", "examples");
const MATERIAL = path.join(WORK, "material.json");

const run = (program, args, options) =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 28, ...options });

/** The rows that a program prints as lines of JSON, with how busy the machine was. */
function measure(title, program, ...args) {
  const load = () => loadavg().map((value) => value.toFixed(2)).join(" ");
  const before = load();
  const lines = run(program, args).split("\n").filter((line) => line.startsWith("{"));
  return { title, rows: lines.map((line) => JSON.parse(line)), load: `load ${before} before, ${load()} after` };
}

/** Prepares a package, or says why it is left out. */
function attempt(missing, who, prepare) {
  try {
    prepare();
    return true;
  } catch (error) {
    missing.push(`${who}: not measured. ${error.message.split("\n")[0]}`);
    return false;
  }
}

const BENCH = ["bench", "--package", "assessment-engine", "--bench", "engine"];
mkdirSync(WORK, { recursive: true });
run("cargo", [...BENCH, "--no-run"]);
const wasm = ["--no-default-features", "--target", "wasm32-unknown-unknown", "--profile", "wasm-release"];
run("cargo", ["build", "--package", "assessment-engine", "--example", "wasm_bench", "--example", "engine_alone", ...wasm]);
run("cargo", ["run", "--package", "assessment-engine", "--example", "material", "--profile", "bench", "--", MATERIAL]);
const missing = [];
const javascript = attempt(missing, "zod, ajv, json-rules-engine and json-logic-engine", () => {
  const kept = existsSync(path.join(HERE, "node_modules"));
  if (!kept) run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: HERE });
});
const zen = attempt(missing, "zen-engine", () => {
  if (!javascript) throw new Error("The JavaScript side writes its rules.");
  const env = { ...process.env, CARGO_TARGET_DIR: path.resolve(TARGET, "rivals") };
  run("cargo", ["build", "--release", "--locked", "--manifest-path", path.join(HERE, "zen/Cargo.toml")], { env });
});

const native = measure("the engine, native", "cargo", ...BENCH);
const inNode = measure("the engine, Wasm in Node", "node", "crates/engine/examples/wasm_bench.mjs", path.join(EXAMPLES, "wasm_bench.wasm"));
const others = [];
if (javascript) others.push(measure("JavaScript packages", "node", path.join(HERE, "measure.mjs"), MATERIAL, WORK));
if (zen) others.push(measure("ZEN", path.join(TARGET, "rivals/release/rival-zen"), MATERIAL, WORK));
const small = path.join(WORK, "engine.wasm");
run("wasm-opt", ["-Oz", "--strip-debug", "--strip-producers", path.join(EXAMPLES, "engine_alone.wasm"), "--output", small]);
console.log(table({ native, wasm: inNode, others, missing, module: readFileSync(small) }));
