// Writes what fuzzing begins with into the folder given: the families of tests/cases, the rule packs and the other data
// files, each for the targets that read its kind, and a dictionary of the names in them. They are made for each run, so
// that no copy grows old. What no file of the project has is written by hand in fuzz/seeds/.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const [, , folder] = process.argv;
const names = new Set();
const below = (place) =>
  readdirSync(place, { recursive: true })
    .filter((name) => name.endsWith(".json") && !/(^|\/)(tests|node_modules|target)\//.test(name))
    .map((name) => path.join(place, name));

/** Names of members, and short plain strings, which are mostly codes. */
function collect(value) {
  if (typeof value === "string" && /^[\w-]{2,30}$/.test(value)) names.add(value);
  if (value && typeof value === "object") {
    if (!Array.isArray(value)) Object.keys(value).forEach(collect);
    Object.values(value).forEach(collect);
  }
}

function seed(target, file, text) {
  mkdirSync(path.join(folder, "seeds", target), { recursive: true });
  writeFileSync(path.join(folder, "seeds", target, path.basename(file)), text);
}

rmSync(path.join(folder, "seeds"), { recursive: true, force: true });
const shown = {
  pack_version: "leeds-example 1",
  suggestion: { certain: "R1", possible: "R2", not_ruled_out: "R4" },
  urgent: ["IA-02"],
};
for (const file of below("tests/cases")) {
  const { answers } = JSON.parse(readFileSync(file, "utf8"));
  collect(answers);
  seed("answers", file, JSON.stringify(answers));
  seed("bodies", file, JSON.stringify({ form_version: "1", answers, shown }));
}
for (const file of below("crates")) {
  const text = readFileSync(file, "utf8");
  collect(JSON.parse(text));
  seed(file.includes("/rule_packs/") ? "rule_pack" : "data_files", file, text);
}
writeFileSync(path.join(folder, "words.dict"), [...names].map((name) => `"\\"${name}\\""\n`).join(""));
