// The words of the screen, by key, from the files that the form itself is built with: tests name what they expect, and a
// word that is changed changes in one place. It merges the same files as `xtask/assemble.mjs`.

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FILES = ["questions.json", "dates.json", "screen.json", "terms.json", "work.json", "coordinator.json", "team.json"].map((name) => path.join(ROOT, "crates/wording/locales/en-GB", name));
const words = Object.assign({}, ...FILES.map((file) => JSON.parse(readFileSync(file, "utf8"))));

const filled = (key, value) => {
  if (!(key in words)) throw new Error(`There are no words for ${key}.`);
  return words[key].split(/%\{(\w+)\}/).map((part, at) => (at % 2 ? value(part) : part));
};

/** The words for a key, with values for its places, such as `{ name: "Zoë" }`. */
export const say = (key, values = {}) =>
  filled(key, (place) => {
    if (!(place in values)) throw new Error(`${key} needs a value for ${place}.`);
    return values[place];
  }).join("");

/** The words for a key as a pattern; `place` is the pattern of what is put into its places. */
export const like = (key, place = ".+") =>
  new RegExp(
    `^${filled(key, () => "")
      .map((part, at) => (at % 2 ? place : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
      .join("")}$`,
  );
