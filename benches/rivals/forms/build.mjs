// A production build of each rival's form: one script, one style sheet, one page.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { build } from "esbuild";

import * as definitions from "./definitions.mjs";

const HERE = import.meta.dirname;
/** Fonts and their SVG twins are left out: no page shows an icon of theirs. */
const FONTS = { ".woff": "empty", ".woff2": "empty", ".ttf": "empty", ".eot": "empty", ".svg": "empty" };

/** Name, entry, and the packages whose versions are told. */
export const RIVALS = [
  { name: "surveyjs", title: "SurveyJS", entry: "surveyjs.js", packages: ["survey-core", "survey-js-ui"] },
  { name: "formio", title: "Form.io", entry: "formio.js", packages: ["@formio/js", "bootstrap"] },
  { name: "jsonforms", title: "JSON Forms", entry: "jsonforms.jsx", packages: ["@jsonforms/react", "@jsonforms/vanilla-renderers", "react"] },
  { name: "rjsf", title: "rjsf", entry: "rjsf.jsx", packages: ["@rjsf/core", "@rjsf/validator-ajv8", "react"] },
];

/** The version of an installed package. */
export const version = (name) =>
  JSON.parse(readFileSync(join(HERE, "../node_modules", name, "package.json"), "utf8")).version;

const page = (tags, body) =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Common assessment</title>${tags}</head><body>${body}</body></html>`;

/** Builds one rival into `folder` and returns the folder. */
export async function rival({ name, entry }, pages, folder) {
  const out = join(folder, name);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const definition = join(folder, `${name}.json`);
  writeFileSync(definition, JSON.stringify(definitions[name](pages)));
  const { outputFiles } = await build({
    entryPoints: [join(HERE, "apps", entry)],
    outdir: out,
    entryNames: "app",
    alias: { "#definition": definition },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    loader: { ...FONTS, ".png": "dataurl", ".gif": "dataurl" },
    logLevel: "error",
  });
  const tags = outputFiles.map(({ path, contents }) => {
    const css = extname(path) === ".css";
    writeFileSync(join(out, css ? "app.css" : "app.js"), contents);
    return css ? '<link rel="stylesheet" href="app.css">' : '<script type="module" src="app.js"></script>';
  });
  writeFileSync(join(out, "index.html"), page(tags.join(""), '<main id="app"></main>'));
  return out;
}

/** The floor: a textarea and three radios without any script of their own. */
export function bare(folder) {
  const out = join(folder, "bare");
  mkdirSync(out, { recursive: true });
  const radio = (value) => `<label><input type="radio" name="r" value="${value}"> ${value}</label> `;
  const controls = `<textarea rows="5" cols="60"></textarea><p>${["yes", "unsure", "no"].map(radio).join("")}</p>`;
  writeFileSync(join(out, "index.html"), page("", controls));
  return out;
}
