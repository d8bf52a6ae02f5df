// Our catalogue as pages of fields, as every rival's form is made from it. Nothing is added and nothing left out.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** More options than this are a list, as in our form. */
const MAX_RADIOS = 7;
/** Options whose labels are shorter than this together share a line, as in our form. */
const ONE_LINE = 20;

/** The catalogue: a file written earlier, or what the engine prints now. */
export function catalogue(root, file) {
  const command = ["run", "--quiet", "--locked", "--package", "assessment-engine", "--example", "catalogue"];
  return JSON.parse(file ? readFileSync(file, "utf8") : execFileSync("cargo", command, { cwd: root, maxBuffer: 1e8 }));
}

/** A name that every library takes: no dots, brackets or hyphens. */
export const idOf = (path) => path.replace(/\[0\]/g, "").replace(/[.-]/g, "_");

/** Pages with their fields; a repeating group holds the fields of a row. */
export function pages({ pages, questions }) {
  const fields = questions.map((question) => field(question));
  const groups = fields.filter((one) => one.type === "rows");
  for (const group of groups) group.rows = fields.filter((one) => one.path.startsWith(`${group.path}[0].`));
  for (const group of groups) for (const row of group.rows) row.when = within(group, row.when);
  const top = fields.filter((one) => !one.path.includes("["));
  const on = (page) => top.filter(({ path }) => path === page.id || path.startsWith(`${page.id}.`));
  const made = pages.map((page) => ({ id: idOf(page.id), path: page.id, title: page.title, fields: on(page) }));
  // The question that comes before all pages in our form is the first of the first page in theirs.
  made[0].fields.unshift(...top.filter(({ path }) => !made.some((page) => page.fields.some((one) => one.path === path))));
  return made;
}

/** The page with the most indicators. */
export const fullest = (pages) => {
  const indicators = (page) => page.fields.filter((one) => one.indicator).length;
  return pages.reduce((most, page) => (indicators(page) > indicators(most) ? page : most));
};

function field({ path, label, hint, control, max, options, when }) {
  const inline = options.reduce((sum, [, text]) => sum + text.length, 0) <= ONE_LINE;
  const type = control !== "choice" ? control : options.length > MAX_RADIOS ? "select" : "radio";
  const conditions = when ? gathered(when.map(({ path, code }) => ({ id: idOf(path), code }))) : undefined;
  const indicator = path.includes(".indicators.");
  return { id: idOf(path), path, label, hint: hint ?? undefined, type, inline, max: max || undefined, options, when: conditions, indicator };
}

/** One condition for each question that opens: the codes that do it, or none where any text does. */
function gathered(when) {
  const ids = [...new Set(when.map(({ id }) => id))];
  return ids.map((id) => ({ id, codes: when.filter((one) => one.id === id && one.code !== null).map((one) => one.code) }));
}

/** A condition inside a row looks at the same row; what opens the group has opened its rows. */
function within(group, when) {
  const inside = when?.filter(({ id }) => group.rows.some((row) => row.id === id));
  return inside?.length ? inside : undefined;
}
