// Times the JavaScript packages on the material that `cargo xtask bench engine` writes, and writes the decisions for `zen/`:
//
//   node measure.mjs MATERIAL FOLDER
//
// First it proves that each package does the same work: the same mistakes at the same paths, the same certain suggestion
// for every record. If one differs it says which, and measures nothing. It prints one line of JSON for each figure.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { measure } from "./clock.mjs";
import { jsonLogic, rulesEngine, zen } from "./languages.mjs";
import { rules } from "./rules.mjs";
import { ajvCheck, zodCheck } from "./validators.mjs";

const [, , file, folder] = process.argv;
const material = JSON.parse(readFileSync(file, "utf8"));

function same(who, what, given, wanted) {
  if (JSON.stringify(given) !== JSON.stringify(wanted)) {
    console.error(`${who} does not do the same work. ${what}: it says ${JSON.stringify(given)}, the engine ${JSON.stringify(wanted)}.`);
    process.exit(1);
  }
}

const version = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;
const tell = (figure) => console.log(JSON.stringify(figure));

// --- Proof.

const checks = [
  ["zod", zodCheck(material.fields)],
  ["ajv", ajvCheck(material.fields)],
];
for (const [name, check] of checks) {
  for (const which of ["right", "wrong"]) {
    const { answers, problems } = material[which];
    same(name, `The ${which} record`, check(answers).sort(), [...problems].sort());
  }
}

/** Facts with a blank for each indicator without an answer, since these packages know no missing fact. */
const whole = (facts, made) => ({ ...Object.fromEntries(made.indicators.map((indicator) => [indicator.name, ""])), ...facts });

const languages = [
  ["json-rules-engine", rulesEngine],
  ["json-logic-engine", jsonLogic],
];
const once = rules();
for (const [name, made] of languages) {
  const decide = made(once);
  for (const { name: record, facts, certain } of material.proof) {
    same(name, record, await decide(whole(facts, once)), certain);
  }
}
tell({ proof: "rules", records: material.proof.length });
tell({ proof: "checks", mistakes: material.wrong.problems.length });

// --- Documents for ZEN.

for (const { times } of material.grown) {
  const made = rules(times);
  writeFileSync(join(folder, `zen-${times}.json`), JSON.stringify(zen(made)));
  writeFileSync(join(folder, `blank-${times}.json`), JSON.stringify(whole({}, made)));
}

// --- Figures.

for (const [name, check] of checks) {
  for (const which of ["right", "wrong"]) {
    const { answers } = material[which];
    tell({ who: name, version: version(name), what: which, time: await measure(() => check(answers)) });
  }
}
const facts = whole(material.cases.find((record) => record.name === material.compared).facts, once);
for (const [name, made] of languages) {
  const decide = made(once);
  tell({ who: name, version: version(name), what: "rules", time: await measure(() => decide(facts)) });
  for (const { times, record } of material.grown) {
    const grown = rules(times);
    const [decideGrown, grownFacts] = [made(grown), whole(record.facts, grown)];
    same(name, `${times} times the indicators`, await decideGrown(grownFacts), record.certain);
    tell({ who: name, what: "grown", times, time: await measure(() => decideGrown(grownFacts)) });
  }
}
