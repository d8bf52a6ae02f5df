// What the program in the browser is made of, for those who hand it on: a list of materials, and the licences of others. Facts are
// cargo's and npm's own; nothing of this machine or of the day is in them. Used by package.mjs. It does not decide which licences
// are allowed: deny.toml does.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const TARGET = "wasm32-unknown-unknown";
const PROGRAM = "common-assessment";
/** A crate that depends on this one reads or writes Rust: it works while something is built, and the linker leaves it out. */
const READS_RUST = "proc-macro2";
/** Files with a licence or a notice, as crates name them. */
const LICENCE = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;
/** Nobody's crate, and in every program. */
const STANDARD_LIBRARY = "The Rust standard library (MIT OR Apache-2.0): https://github.com/rust-lang/rust/blob/master/COPYRIGHT";

const read = (...parts) => readFileSync(path.join(ROOT, ...parts), "utf8");
const cargo = (...parts) => execFileSync(process.env.CARGO ?? "cargo", parts, { cwd: ROOT, maxBuffer: 2 ** 28, encoding: "utf8" });
const byName = (one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1);

/** The packages whose code is compiled into the program, with the features that it uses: no macros, and nothing that works on Rust. */
function packages() {
  const facts = JSON.parse(cargo("metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", TARGET));
  const known = new Map(facts.packages.map((one) => [one.id, one]));
  const nodes = new Map(facts.resolve.nodes.map((node) => [node.id, node]));
  // Metadata has what some feature of some package would need; the tree, what this program does.
  const options = ["--package", PROGRAM, "--target", TARGET, "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"];
  const used = new Set(cargo("tree", "--locked", "--offline", ...options).split("\n").map((line) => /^(\S+) v(\S+)/.exec(line)?.slice(1).join(" ")));
  const isOurs = (id) => known.get(id).name === PROGRAM && known.get(id).source === null;
  const needs = (id) => nodes.get(id).deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind === null)).map(({ pkg }) => known.get(pkg));
  const found = new Map();
  const visit = ({ id, name, version }) => {
    if (found.has(id) || !used.has(`${name} ${version}`)) return;
    if (name === READS_RUST || needs(id).some((one) => one.name === READS_RUST)) return;
    found.set(id, known.get(id));
    needs(id).forEach(visit);
  };
  const [root] = [...known.keys()].filter(isOurs);
  needs(root).forEach(visit);
  return [...found.values()].sort(byName);
}

/** The one package of npm of which something reaches the browser: its styles. */
function styles() {
  const { version, license, integrity } = JSON.parse(read("package-lock.json")).packages["node_modules/govuk-frontend"];
  const content = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
  const purl = `pkg:npm/govuk-frontend@${version}`;
  const hashes = [{ alg: "SHA-512", content }];
  return { type: "library", "bom-ref": purl, name: "govuk-frontend", version, hashes, licenses: [{ expression: license }], purl };
}

const expression = ({ license }) => license?.replaceAll("/", " OR ");

/** The list of materials (CycloneDX) of a release. */
export function materials(release) {
  const sums = new Map(Array.from(read("Cargo.lock").matchAll(/name = "(.+)"\nversion = "(.+)"\n(?:source = .+\nchecksum = "(.+)")?/g), ([, name, version, sum]) => [`${name} ${version}`, sum]));
  const crates = packages().map((one) => {
    const { name, version, source } = one;
    const sum = sums.get(`${name} ${version}`);
    return {
      ...{ type: "library", "bom-ref": `pkg:cargo/${name}@${version}`, name, version },
      ...(sum && { hashes: [{ alg: "SHA-256", content: sum }] }),
      ...(expression(one) && { licenses: [{ expression: expression(one) }] }),
      // Ours are not in a registry.
      ...(source && { purl: `pkg:cargo/${name}@${version}` }),
    };
  });
  const order = (one, other) => (one["bom-ref"] < other["bom-ref"] ? -1 : 1);
  const components = [...crates, styles()].sort(order);
  const us = { type: "library", "bom-ref": PROGRAM, name: PROGRAM, version: release };
  return {
    ...{ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 },
    metadata: { component: { ...us, licenses: [{ expression: "MIT" }] } },
    components,
    dependencies: [{ ref: us["bom-ref"], dependsOn: components.map((one) => one["bom-ref"]) }],
  };
}

/** The licences of others whose code or styles are in the program: each text once, with those that carry it. */
export function notices() {
  const crates = packages().filter(({ source }) => source).map((one) => ({ ...one, license: expression(one), folder: path.dirname(one.manifest_path) }));
  const parts = [...crates, { ...styles(), license: styles().licenses[0].expression, folder: path.join(ROOT, "node_modules/govuk-frontend") }].sort(byName);
  const texts = new Map();
  const bare = [];
  for (const { name, version, license, folder, authors = ["Crown copyright (Government Digital Service)"] } of parts) {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && LICENCE.test(entry.name));
    const line = `${name} ${version} (${license})`;
    if (files.length === 0) bare.push(`${line}: ${authors.map((author) => author.replace(/ <.*/, "")).join(", ") || "its authors"}`);
    for (const file of files.map((entry) => entry.name).sort()) {
      const text = readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
      // The same words are often wrapped in another way.
      const key = text.replace(/\s+/g, " ");
      texts.set(key, { text, names: [...(texts.get(key)?.names ?? []), line] });
    }
  }
  const block = ({ text, names }) => `${[...new Set(names)].join("\n")}\n\n${text}`;
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  const head = [
    "What others wrote that is in the form, and under which licence. Our own licence is in LICENSE.",
    STANDARD_LIBRARY,
    `These publish no text of their licence with their code. Each is copyright of those named, under the words of the MIT License as in LICENSE:\n${bare.join("\n")}`,
  ].join("\n\n");
  return `${[head, ...[...texts.values()].map(block)].join(rule)}\n`;
}
