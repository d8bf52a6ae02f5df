// The rules of `rules.mjs` in three languages: json-rules-engine, JSON Logic and ZEN's JSON decision model. Each gives a
// function (or, for ZEN, a document for `zen/`) from facts to the certain suggestion. All of them look at every indicator.

import { Engine } from "json-rules-engine";
import { LogicEngine } from "json-logic-engine";

import { DECISIONS, LEVELS, REPLACED } from "./rules.mjs";

/** Writes a condition in a language that has a word for each comparison, for "all" and for "any". */
function write(condition, words) {
  if (condition.all) return words.all(condition.all.map((each) => write(each, words)));
  if (condition.any) return words.any(condition.any.map((each) => write(each, words)));
  return words[condition.is](condition.fact, condition.value);
}

const elementsOf = (rules) => [...new Set(rules.indicators.map((indicator) => indicator.element))];

// --- json-rules-engine: a rule for each indicator and for each thing that raises it, then the decision, of lower priority.

const operator = (name) => (fact, value) => ({ fact, operator: name, value });
const RULES_ENGINE = {
  all: (all) => ({ all }),
  any: (any) => ({ any }),
  equal: operator("equal"),
  below: operator("lessThan"),
  least: operator("greaterThanInclusive"),
  holds: operator("contains"),
};

export function rulesEngine(rules) {
  const engine = new Engine();
  const add = (name, priority, condition, event, more = {}) => {
    const written = write(condition, RULES_ENGINE);
    const conditions = written.all || written.any ? written : { all: [written] };
    engine.addRule({ name, priority, conditions, event, ...more });
  };
  for (const { id, element, level, counts, raised, lowerAlone } of rules.indicators) {
    add(id, 100, counts, { type: "indicator", params: { id, element, level, lowerAlone } });
    raised.forEach(({ to, when }, nth) =>
      add(`${id} raised ${nth}`, 100, { all: [counts, when] }, { type: "raised", params: { level: to } }),
    );
  }
  // What the decision looks at follows from what fired.
  engine.addFact("tally", (_, almanac) => {
    const tally = { counted: 0, lower_alone: 0, highest: 0 };
    const elements = new Set();
    for (const { type, params } of almanac.getEvents("success")) {
      tally.highest = Math.max(tally.highest, params.level);
      if (type !== "indicator") continue;
      tally.counted += 1;
      if (params.lowerAlone) tally.lower_alone += 1;
      if (params.level === LEVELS.L2) elements.add(params.element);
    }
    return { ...tally, elements: elements.size };
  });
  for (const name of ["counted", "lower_alone", "highest", "elements"]) {
    engine.addFact(name, async (_, almanac) => (await almanac.factValue("tally"))[name]);
  }
  DECISIONS.forEach(([suggestion, condition], place) => {
    const all = condition.fact === "danger" ? rules.danger : condition;
    const end = () => engine.stop();
    add(`decision ${place}`, 50 - place, all, { type: "decision", params: { suggestion, level: 0 } }, { onSuccess: end });
  });
  add("social worker", 101, rules.socialWorker, { type: "social worker", params: { level: 0 } });
  return async (facts) => {
    const { events } = await engine.run(facts);
    const { suggestion } = events.find((event) => event.type === "decision").params;
    const replaced = REPLACED.includes(suggestion) && events.some((event) => event.type === "social worker");
    return replaced ? "IA-23" : suggestion;
  };
}

// --- JSON Logic: a built function for each indicator, which gives its level; one that counts; one that decides.

const variable = (name) => ({ var: name });
const JSON_LOGIC = {
  all: (all) => (all.length === 0 ? true : { and: all }),
  any: (any) => ({ or: any }),
  equal: (fact, value) => ({ "===": [variable(fact), value] }),
  below: (fact, value) => ({ "<": [variable(fact), value] }),
  least: (fact, value) => ({ ">=": [variable(fact), value] }),
  holds: (fact, value) => ({ in: [value, variable(fact)] }),
};

export function jsonLogic(rules) {
  const engine = new LogicEngine();
  const build = (condition) => engine.build(condition);
  const logic = (condition) => write(condition, JSON_LOGIC);
  const elements = elementsOf(rules);
  const indicators = rules.indicators.map(({ element, level, counts, raised, lowerAlone }) => {
    const levels = raised.flatMap(({ to, when }) => [logic(when), to]);
    const whenCounted = levels.length === 0 ? level : { if: [...levels, level] };
    return { element: elements.indexOf(element), lowerAlone, level: build({ if: [logic(counts), whenCounted, 0] }) };
  });
  const danger = build(logic(rules.danger));
  const socialWorker = build(logic(rules.socialWorker));
  const overAll = (list, each) => ({ reduce: [variable(list), each, 0] });
  const more = { "+": [variable("accumulator"), { if: [{ ">": [variable("current"), 0] }, 1, 0] }] };
  const tally = build({
    eachKey: {
      danger: variable("danger"),
      counted: overAll("levels", more),
      lower_alone: overAll("alone", more),
      highest: overAll("levels", { max: [variable("accumulator"), variable("current")] }),
      elements: { "+": elements.map((_, element) => ({ if: [{ in: [LEVELS.L2, variable(`elements.${element}`)] }, 1, 0] })) },
    },
  });
  const decide = build({ if: DECISIONS.flatMap(([suggestion, when]) => [logic(when), suggestion]) });
  return (facts) => {
    // JSON Logic has no way to group, so the levels are put into lists here.
    const found = { danger: danger(facts), levels: [], alone: [], elements: elements.map(() => []) };
    for (const indicator of indicators) {
      const level = indicator.level(facts);
      found.levels.push(level);
      found.elements[indicator.element].push(level);
      if (indicator.lowerAlone) found.alone.push(level);
    }
    const suggestion = decide(tally(found));
    return REPLACED.includes(suggestion) && socialWorker(facts) ? "IA-23" : suggestion;
  };
}

// --- ZEN: an expression for each indicator, expressions that count, a decision table, and an expression for RU-10.

const quoted = (value) => (typeof value === "string" ? `'${value}'` : String(value));
const ZEN = {
  all: (all) => (all.length === 0 ? "true" : `(${all.join(" and ")})`),
  any: (any) => `(${any.join(" or ")})`,
  equal: (fact, value) => `${fact} == ${quoted(value)}`,
  below: (fact, value) => `${fact} < ${value}`,
  least: (fact, value) => `${fact} >= ${value}`,
  holds: (fact, value) => `${quoted(value)} in ${fact}`,
};

export function zen(rules) {
  const expression = (condition) => write(condition, ZEN);
  const elements = elementsOf(rules);
  const level = ({ level: base, counts, raised }) => {
    const whenCounted = raised.reduceRight((rest, { to, when }) => `${expression(when)} ? ${to} : (${rest})`, base);
    return `${expression(counts)} ? (${whenCounted}) : 0`;
  };
  const expressions = (id, name, list) => ({
    id,
    name,
    type: "expressionNode",
    content: {
      passThrough: true,
      inputField: null,
      outputPath: null,
      executionMode: "single",
      expressions: list.map(([key, value], at) => ({ id: `${id}-${at}`, key, value })),
    },
  });
  const total = (parts) => `sum([${parts.join(", ")}])`;
  const alone = rules.indicators.filter((indicator) => indicator.lowerAlone);
  const columns = ["danger", "counted", "lower_alone", "highest", "elements"];
  const nodes = [
    { id: "in", name: "in", type: "inputNode" },
    expressions("indicators", "indicators", rules.indicators.map((indicator) => [`level.${indicator.element}.${indicator.name}`, level(indicator)])),
    expressions("tally", "tally", [
      ["danger", expression(rules.danger)],
      ["counted", total(elements.map((element) => `count(values(level.${element}), # > 0)`))],
      ["lower_alone", total(alone.map((indicator) => `level.${indicator.element}.${indicator.name} > 0 ? 1 : 0`))],
      ["highest", `max([${elements.map((element) => `max(values(level.${element}))`).join(", ")}])`],
      ["elements", total(elements.map((element) => `some(values(level.${element}), # == ${LEVELS.L2}) ? 1 : 0`))],
      ["social_worker", expression(rules.socialWorker)],
    ]),
    {
      id: "decision",
      name: "decision",
      type: "decisionTableNode",
      content: {
        hitPolicy: "first",
        passThrough: true,
        inputField: null,
        outputPath: null,
        executionMode: "single",
        inputs: [{ id: "when", name: "when" }, ...columns.map((field) => ({ id: field, name: field, field }))],
        outputs: [{ id: "suggestion", name: "suggestion", field: "suggestion" }],
        rules: DECISIONS.map(([suggestion, when], at) => ({
          _id: `decision-${at}`,
          when: expression(when),
          ...Object.fromEntries(columns.map((field) => [field, ""])),
          suggestion: quoted(suggestion),
        })),
      },
    },
    expressions("replaced", "replaced", [
      ["result", `(social_worker and suggestion in [${REPLACED.map(quoted)}]) ? 'IA-23' : suggestion`],
    ]),
    { id: "out", name: "out", type: "outputNode" },
  ];
  const edges = nodes.slice(1).map((node, at) => ({
    id: `edge-${at}`,
    type: "edge",
    sourceId: nodes[at].id,
    targetId: node.id,
  }));
  return { contentType: "application/vnd.gorules.decision", nodes, edges };
}
