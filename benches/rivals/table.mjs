// The one table of `cargo xtask bench engine`. It knows how the programs that measure name their figures, and adds only
// ratios and what a package's answer tells; it judges nothing.

import { brotliCompressSync } from "node:zlib";

/** The record that others get, right and with mistakes, as `crates/engine/benches/timed/mod.rs` names them. */
const [RIGHT, WRONG] = ["disabled-child", "six-mistakes"];
/** Records with packs of several times the indicators. */
const GROWN = [["signs-once", 1], ["signs-8-times", 8], ["signs-80-times", 80]];
/** What a check answers with. */
const CHECKED = [
  ["ajv", "path, keyword, limit, words"],
  ["zod", "path, kind, limit, words; a copy of the record"],
];
/** Rules engines as they are measured: name, figure, how. */
const DECIDED = [
  ["json-logic-engine", "rules", " (built)"],
  ["json-rules-engine", "rules", ""],
  ["zen-engine", "rules", " (native)"],
  ["zen-engine", "traced", " (native, trace)"],
];
/** What the measured answer of each rules engine tells by itself, without a program that asks again. */
const TOLD = `
what the rules' answer tells                      fired  not fired      facts  reference     unsure       open
  engine                                            yes          -        yes        yes        yes        yes
  engine, each rule explained                       yes        yes        yes        yes        yes        yes
  json-logic-engine (built)                       level      level          -          -          -          -
  json-rules-engine                                 yes        yes        yes        own          -          -
  zen-engine                                      level      level          -          -          -          -
  zen-engine (trace)                                yes      level        yes        own          -          -
  fired, not fired: of each rule; \`level\` where only each indicator's level comes out. facts: the answers behind it.
  reference: the source of a rule; \`own\` where a rule carries one if its author adds it.
  unsure: an answer that is unsure or missing is told apart from a no, and gives results of its own (possible, not
  ruled out). The others have no third value beside yes and no: theirs is the certain result only.
  open: which questions would settle the matter.`;

const shown = (figure) => (Number.isFinite(figure) ? figure.toFixed(1) : "-");
const right = (values, width) => values.map((value) => String(value).padStart(width)).join("");

export function table({ native, wasm, others, missing, module }) {
  /** Median and shortest time of one measurement of one record. */
  const ours = (figures, record, key) => figures.rows.find((row) => row.record === record)?.[key] ?? [NaN, NaN];
  const theirs = (who, what) =>
    others.flatMap(({ rows }) => rows).filter((row) => row.who === who && row.what === what);
  const lines = [];

  lines.push("", `${"engine, µs for one record".padEnd(34)}    evaluate, median    evaluate and check, median    the same, at best`);
  lines.push(`${"".padEnd(26)}   bytes ${"  native    Wasm ratio ".repeat(3)}`);
  for (const row of wasm.rows.filter(({ record }) => !GROWN.some(([grown]) => grown === record))) {
    const cells = [["evaluate", 0], ["both", 0], ["both", 1]].map(([key, which]) => {
      const [here, there] = [ours(native, row.record, key)[which], row[key][which]];
      return `${shown(here).padStart(8)}${shown(there).padStart(8)}${shown(there / here).padStart(6)} `;
    });
    lines.push(`${row.record.padEnd(26)}${String(row.bytes).padStart(8)} ${cells.join("")}`);
  }

  lines.push("", `${"the same work, µs".padEnd(44)}   median  at best  times engine's: native, Wasm`);
  /** Rows of one piece of work; ratios are of the shortest times to the first two rows'. */
  const section = (title, rows) => {
    lines.push(title);
    const base = rows.slice(0, 2).map(([, [, best]]) => best);
    for (const [who, [median, best], explains = ""] of rows) {
      const figures = [median, best].map(shown);
      const ratios = base.map((other) => shown(best / other));
      lines.push(`  ${who.padEnd(42)}${right(figures, 9)}${right(ratios, 8)}  ${explains}`.trimEnd());
    }
  };
  const both = (record, key, what, explains) => [
    [`engine, native${what}`, ours(native, record, key), explains],
    [`engine, Wasm${what}`, ours(wasm, record, key), explains],
  ];
  for (const [record, what, title] of [
    [RIGHT, "right", "fields, nothing wrong"],
    [WRONG, "wrong", "fields, six mistakes, all found by each"],
  ]) {
    section(title, [
      ...both(record, "section", "", "path, code, limit; check digits and real dates, too"),
      ...both(record, "submit", ", ready to send?", "and what is missing or does not fit together"),
      ...CHECKED.flatMap(([who, explains]) =>
        theirs(who, what).map(({ version, time }) => [`${who} ${version}`, time, explains]),
      ),
    ]);
  }
  section("threshold rules", [
    ...both(RIGHT, "evaluate", ", three results"),
    ...both(RIGHT, "explain", ", each rule explained"),
    ...both(RIGHT, "what_if", ", what would change it"),
    ...DECIDED.flatMap(([who, what, how]) =>
      theirs(who, what).map(({ version, time }) => [`${who} ${version}${how}`, time]),
    ),
  ]);
  for (const { title, rows } of others) {
    for (const { records } of rows.filter(({ proof }) => proof === "rules")) {
      lines.push(`equal work: ${title} gave the engine's certain suggestion on ${records} records`);
    }
  }
  lines.push(TOLD);

  const indicators = ([record]) => native.rows.find((row) => row.record === record)?.signs ?? NaN;
  lines.push("", `${"more indicators, µs at best".padEnd(44)}   one evaluation (3)    for each indicator (3)    grows`);
  const grows = (who, times) => {
    const each = times.map((time, at) => time / indicators(GROWN[at]));
    const figures = right(times.map(shown), 13) + right(each.map((time) => (Number.isFinite(time) ? time.toFixed(3) : "-")), 9);
    // 1.0: ten times the rules take ten times as long.
    lines.push(`  ${who.padEnd(42)}${figures}${shown(each[2] / each[0]).padStart(8)}`);
  };
  for (const [who, figures] of [["engine, native", native], ["engine, Wasm", wasm]]) {
    grows(who, GROWN.map(([record]) => ours(figures, record, "evaluate")[1]));
  }
  for (const who of ["json-logic-engine", "json-rules-engine", "zen-engine"]) {
    const rows = theirs(who, "grown");
    if (rows.length) grows(who, GROWN.map(([, times]) => rows.find((row) => row.times === times)?.time[1] ?? NaN));
  }

  lines.push("", `engine and data as a Wasm of their own, -Oz: ${module.length} bytes, brotli ${brotliCompressSync(module).length}`, ...missing);
  for (const { title, load } of [native, wasm, ...others]) lines.push(`${title}: ${load}`);
  return lines.join("\n");
}
