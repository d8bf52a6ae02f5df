// The form's threshold rules as plain data that belongs to no package, made from the lists that the rule pack was made
// from (crates/engine/tests/data/). `languages.mjs` writes the same rules in each package's language.
//
// A condition is { all: [...] }, { any: [...] } or { fact, is, value }, where `is` is "equal", "below", "least" (at
// least) or "holds" (a list holds the value). Facts are what crates/engine/examples/material.rs prints.

import { readFileSync } from "node:fs";

const list = (name) =>
  JSON.parse(readFileSync(new URL(`../../crates/engine/tests/data/${name}.json`, import.meta.url))).items;

/** Levels by rank; 0 is an indicator that does not count. */
export const LEVELS = { L1: 1, L2: 2, L3: 3, L4a: 4, L4b: 5 };
/** In how many elements needs at L2 lead to a team around the child. */
export const ELEMENTS = 3;

const fact = (name, is, value) => ({ fact: name, is, value });
/** A fact's name: languages read a hyphen as a minus. */
export const nameOf = (id) => id.replaceAll("-", "_");

/** Whether an indicator counts: yes, and the child is of an age to which it applies. */
function counts(id, { from, below, unborn_only: unbornOnly } = {}, belowIfDisabled) {
  const all = [fact(nameOf(id), "equal", "yes")];
  if (from !== undefined) all.push(fact("oldest", "least", from));
  if (unbornOnly) all.push(fact("born", "equal", false));
  if (below !== undefined && belowIfDisabled !== undefined) {
    const disabled = { all: [fact("disabled", "equal", "yes"), fact("youngest", "below", belowIfDisabled)] };
    all.push({ any: [fact("youngest", "below", below), disabled] });
  } else if (below !== undefined) {
    all.push(fact("youngest", "below", below));
  }
  return { all };
}

/** What raises an indicator, the highest first. Two are in the text of the rules and not in the list of indicators. */
function raised(item, others) {
  const all = (item.age_modifiers ?? []).map(({ level, below_months: below, unborn }) => ({
    to: LEVELS[level],
    when: unborn
      ? fact("unborn", "equal", true)
      : { all: [fact("born", "equal", true), fact("youngest", "below", below)] },
  }));
  if (item.id === "BE-306") all.push({ to: LEVELS.L4b, when: fact("disability", "holds", "LD") });
  if (item.id === "BE-401") {
    const any = ["BE-306", "BE-402", "BE-403"].map((id) =>
      counts(id, others.find((other) => other.id === id).applies_age_months),
    );
    all.push({ to: LEVELS.L4b, when: { any } });
  }
  return all.sort((one, other) => other.to - one.to);
}

/** The rules, with each indicator of concern `times` times: `GH-201`, `GH-201-1`, `GH-201-2`… */
export function rules(times = 1) {
  const concerns = list("indicators").filter((item) => item.polarity === "concern");
  const indicators = Array.from({ length: times }, (_, copy) => concerns.map((item) => indicator(item, copy))).flat();
  function indicator(item, copy) {
    const id = copy === 0 ? item.id : `${item.id}-${copy}`;
    return {
      id,
      name: nameOf(id),
      element: item.element,
      level: LEVELS[item.level],
      counts: counts(id, item.applies_age_months, item.id === "FR-402" ? 216 : undefined),
      raised: raised(item, concerns),
      // Severe absence alone counts as a need for targeted help.
      lowerAlone: item.id === "PL-401",
      danger: item.immediate_action === "IA-01",
    };
  }
  return {
    indicators,
    danger: { any: [fact("danger_now", "equal", "yes"), ...indicators.filter((s) => s.danger).map((s) => s.counts)] },
    socialWorker: {
      any: list("legal_status")
        .filter((item) => item.open)
        .map((item) => fact("legal_status", "equal", item.code)),
    },
  };
}

/** What is decided once the level of each indicator is known, the first that fits: [suggestion, condition]. */
export const DECISIONS = [
  ["R5", fact("danger", "equal", true)],
  ["R2", { all: [fact("counted", "equal", 1), fact("lower_alone", "equal", 1)] }],
  ["R4", fact("highest", "equal", LEVELS.L4b)],
  ["R3", fact("highest", "equal", LEVELS.L4a)],
  ["R2", { any: [fact("highest", "equal", LEVELS.L3), fact("elements", "least", ELEMENTS)] }],
  ["R1", fact("elements", "least", 1)],
  ["R0", { all: [] }],
];
/** Suggestions that are replaced where the child has a social worker. */
export const REPLACED = ["R1", "R2", "R3"];
