// What a portal takes: `node xtask/package.mjs DIST OUT` makes of a built dist/ the folder `OUT/common-assessment`, ready for
// npm, and `OUT/static`, ready for any web server. The same dist/ gives the same bytes: nothing of this machine or of the day
// is in them. `cargo xtask package` calls it.

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { materials, notices } from "./materials.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const [dist, out] = process.argv.slice(2).map((folder) => path.resolve(folder));
if (!out) throw new Error("Write: node xtask/package.mjs DIST OUT");

/** What only our own pages have: the demonstration, and the page in the frame, which only the server can fill in. */
const OWN_PAGES = /^(index\.html|host\.css|favicon\.svg|embed\.(html|css|js))(\.br)?$/;
/** What a page names, by the name under which it imports it. */
const ENTRIES = { ".": "common-assessment", "./frame": "common-assessment-frame" };
/** Documents that portals need, which come with the package. Links to others become plain text. */
const DOCS = ["embedding.md", "theming.md"];

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

/** What both folders have besides the form: licences of our own and of others, and what the program is made of. */
function papers(folder) {
  copyFileSync(path.join(ROOT, "LICENSE"), path.join(folder, "LICENSE"));
  writeFileSync(path.join(folder, "NOTICES.txt"), others);
  writeFileSync(path.join(folder, "sbom.cdx.json"), json(bom));
}

function docs(folder) {
  mkdirSync(folder);
  const isHere = (to) => /^https?:/.test(to) || DOCS.includes(to.replace(/#.*/, "")) || to.startsWith("#");
  for (const name of DOCS) {
    const text = read(ROOT, "docs", name).replace(/\[([^\]]+)\]\(([^)]+)\)/g, (link, words, to) => (isHere(to) ? link : words));
    writeFileSync(path.join(folder, name), text);
  }
}

function npm() {
  const folder = fresh("common-assessment");
  mkdirSync(path.join(folder, "dist"));
  // A registry and its clients compress by themselves.
  copy(wanted.filter((name) => !name.endsWith(".br")), path.join(folder, "dist"));
  papers(folder);
  docs(path.join(folder, "docs"));
  copyFileSync(path.join(import.meta.dirname, "package/README.md"), path.join(folder, "README.md"));
  const entry = ([name, file]) => {
    const types = existsSync(path.join(folder, "dist", `${file}.d.ts`)) && { types: `./dist/${file}.d.ts` };
    return [name, { ...types, default: `./dist/${file}.js` }];
  };
  const exports = { ...Object.fromEntries(Object.entries(ENTRIES).map(entry)), "./react": { types: "./dist/common-assessment-react.d.ts" }, "./dist/*": "./dist/*", "./package.json": "./package.json" };
  const { types } = exports["."];
  const files = ["dist", "docs", "NOTICES.txt", "sbom.cdx.json", "integrity.json", "SHA384SUMS"];
  const base = JSON.parse(read(import.meta.dirname, "package/package.json"));
  writeFileSync(path.join(folder, "package.json"), json({ ...base, version: release, license: "MIT", ...(types && { types }), exports, files }));
  sums(folder, "dist");
}

/** A folder for each build: a portal's pages name one, and others may be beside it. Its files never change. */
function forServers() {
  const name = `${release}-${build}`;
  const folder = fresh("static", "common-assessment", name);
  copy(wanted.filter((name) => !name.includes(".d.ts")), folder);
  papers(folder);
  docs(path.join(folder, "docs"));
  writeFileSync(path.join(folder, "README.md"), read(import.meta.dirname, "package/static.md").replaceAll("FOLDER", name));
  sums(folder, ".");
}

const [bom, others] = [materials(release), notices()];
fresh("static");
npm();
forServers();
console.log(path.join(out, "common-assessment"));
console.log(path.join(out, "static"));
