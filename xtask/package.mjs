// What a portal takes: `node xtask/package.mjs DIST OUT` makes of a built dist/ the folder `OUT/common-assessment`, ready for
// npm, and `OUT/static`, ready for any web server. The same dist/ gives the same bytes: nothing of this machine or of the day
// is in them. `cargo xtask package` calls it.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const [dist, out] = process.argv.slice(2).map((folder) => path.resolve(folder));
if (!out) throw new Error("Write: node xtask/package.mjs DIST OUT");

const TARGET = "wasm32-unknown-unknown";
/** What only our own pages have: the demonstration, and the page in the frame, which only the server can fill in. */
const OWN_PAGES = /^(index\.html|host\.css|favicon\.svg|embed\.(html|css|js))(\.br)?$/;
/** What a page names, by the name under which it imports it. */
const ENTRIES = { ".": "common-assessment", "./frame": "common-assessment-frame" };

const read = (...parts) => readFileSync(path.join(...parts), "utf8");
const hash = (algorithm, file, encoding) => createHash(algorithm).update(readFileSync(file)).digest(encoding);
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

const [, release] = /^version = "(.+)"/m.exec(read(ROOT, "Cargo.toml"));
// The loader has the release and the digest of all parts: two builds that differ have two names.
const [, build] = new RegExp(`${release.replaceAll(".", "\\.")}\\+([0-9a-f]{12})`).exec(read(dist, "common-assessment.js")) ?? [];
if (!build) throw new Error(`${dist} has no built form. Run \`cargo xtask build\` first.`);

function fresh(...parts) {
  const folder = path.join(out, ...parts);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The crates in the program, as cargo resolves them for WebAssembly: without what only builds, such as macros. */
function crates() {
  const options = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", TARGET];
  const facts = JSON.parse(execFileSync(process.env.CARGO ?? "cargo", options, { cwd: ROOT, maxBuffer: 2 ** 28, encoding: "utf8" }));
  const packages = new Map(facts.packages.map((one) => [one.id, one]));
  const nodes = new Map(facts.resolve.nodes.map((node) => [node.id, node]));
  const sums = new Map(Array.from(read(ROOT, "Cargo.lock").matchAll(/name = "(.+)"\nversion = "(.+)"\n(?:source = .+\nchecksum = "(.+)")?/g), ([, name, version, sum]) => [`${name} ${version}`, sum]));
  const [root] = facts.packages.filter(({ name, source }) => name === "common-assessment" && source === null);
  const found = new Set();
  const visit = (id) => {
    if (found.has(id) || packages.get(id).targets.some(({ kind }) => kind.includes("proc-macro"))) return;
    found.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) if (kinds.some(({ kind }) => kind === null)) visit(pkg);
  };
  visit(root.id);
  found.delete(root.id);
  return [...found].map((id) => {
    const { name, version, license, source } = packages.get(id);
    const sum = sums.get(`${name} ${version}`);
    return {
      ...{ type: "library", "bom-ref": `pkg:cargo/${name}@${version}`, name, version },
      ...(sum && { hashes: [{ alg: "SHA-256", content: sum }] }),
      ...(license && { licenses: [{ expression: license.replaceAll("/", " OR ") }] }),
      // Ours are not in a registry.
      ...(source && { purl: `pkg:cargo/${name}@${version}` }),
    };
  });
}

/** The one package of npm of which something reaches the browser: its styles. */
function styles() {
  const { version, license, integrity } = JSON.parse(read(ROOT, "package-lock.json")).packages["node_modules/govuk-frontend"];
  const content = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
  const purl = `pkg:npm/govuk-frontend@${version}`;
  const hashes = [{ alg: "SHA-512", content }];
  return { type: "library", "bom-ref": purl, name: "govuk-frontend", version, hashes, licenses: [{ expression: license }], purl };
}

function materials() {
  const order = (one, other) => (one["bom-ref"] < other["bom-ref"] ? -1 : 1);
  const components = [...crates(), styles()].sort(order);
  const us = { type: "library", "bom-ref": "common-assessment", name: "common-assessment", version: release };
  return {
    ...{ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 },
    metadata: { component: { ...us, licenses: [{ expression: "MIT" }] } },
    components,
    dependencies: [{ ref: us["bom-ref"], dependsOn: components.map((one) => one["bom-ref"]) }],
  };
}

const wanted = readdirSync(dist, { withFileTypes: true })
  .filter((entry) => entry.isFile() && !OWN_PAGES.test(entry.name))
  .map(({ name }) => name)
  .sort();
const copy = (names, folder) => names.forEach((name) => copyFileSync(path.join(dist, name), path.join(folder, name)));

/** Lists every file of a folder with its hash, and the scripts that a page names with what it writes beside them. */
function sums(folder, inside) {
  const integrity = Object.fromEntries(
    Object.values(ENTRIES).map((name) => [`${name}.js`, `sha384-${hash("sha384", path.join(folder, inside, `${name}.js`), "base64")}`]),
  );
  writeFileSync(path.join(folder, "integrity.json"), json({ version: `${release}+${build}`, integrity }));
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .sort();
  writeFileSync(path.join(folder, "SHA384SUMS"), names.map((name) => `${hash("sha384", path.join(folder, name), "hex")}  ${name}\n`).join(""));
}

function npm(bom) {
  const folder = fresh("common-assessment");
  mkdirSync(path.join(folder, "dist"));
  // A registry and its clients compress by themselves.
  copy(wanted.filter((name) => !name.endsWith(".br")), path.join(folder, "dist"));
  copyFileSync(path.join(ROOT, "LICENSE"), path.join(folder, "LICENSE"));
  copyFileSync(path.join(import.meta.dirname, "package/README.md"), path.join(folder, "README.md"));
  writeFileSync(path.join(folder, "sbom.cdx.json"), json(bom));
  const entry = ([name, file]) => {
    const types = existsSync(path.join(folder, "dist", `${file}.d.ts`)) && { types: `./dist/${file}.d.ts` };
    return [name, { ...types, default: `./dist/${file}.js` }];
  };
  const exports = { ...Object.fromEntries(Object.entries(ENTRIES).map(entry)), "./dist/*": "./dist/*", "./package.json": "./package.json" };
  const { types } = exports["."];
  const files = ["dist", "sbom.cdx.json", "integrity.json", "SHA384SUMS"];
  const base = JSON.parse(read(import.meta.dirname, "package/package.json"));
  writeFileSync(path.join(folder, "package.json"), json({ ...base, version: release, license: "MIT", ...(types && { types }), exports, files }));
  sums(folder, "dist");
}

/** A folder for each build: a portal's pages name one, and others may be beside it. Its files never change. */
function forServers(bom) {
  const name = `${release}-${build}`;
  const folder = fresh("static", "common-assessment", name);
  copy(wanted.filter((name) => !name.includes(".d.ts")), folder);
  copyFileSync(path.join(ROOT, "LICENSE"), path.join(folder, "LICENSE"));
  writeFileSync(path.join(folder, "sbom.cdx.json"), json(bom));
  sums(folder, ".");
}

const bom = materials();
fresh("static");
npm(bom);
forServers(bom);
console.log(path.join(out, "common-assessment"));
console.log(path.join(out, "static"));
