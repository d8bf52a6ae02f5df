// The results as a table: median, lowest and highest of all rounds.

const number = (value, digits) =>
  value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function cell(values, digits) {
  const known = values.filter((value) => value !== undefined);
  if (!known.length) return "";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const range = number(low, digits) === number(high, digits) ? "" : ` (${number(low, digits)} to ${number(high, digits)})`;
  return number(median(known), digits) + range;
}

const total = (bytes) => bytes && Object.values(bytes).reduce((sum, part) => sum + part, 0);
const rest = (bytes) => bytes && total(bytes) - (bytes.js ?? 0) - (bytes.wasm ?? 0) - (bytes.css ?? 0);

const ROWS = [
  ["Bytes of a first visit (brotli)", 0, ({ slow }) => total(slow?.bytes)],
  ["of these: JavaScript", 0, ({ slow }) => slow?.bytes.js],
  ["of these: Wasm", 0, ({ slow }) => slow?.bytes.wasm],
  ["of these: CSS", 0, ({ slow }) => slow?.bytes.css],
  ["of these: the rest", 0, ({ slow }) => rest(slow?.bytes)],
  ["First control usable, slow, ms", 0, ({ slow }) => slow?.control],
  ["First question answered, slow, ms", 0, ({ slow }) => slow?.answered],
  ["First control usable, ms", 0, ({ plain }) => plain?.control],
  ["First question answered, ms", 0, ({ plain }) => plain?.answered],
  ["CPU per key, ms", 1, ({ key }) => key],
  ["CPU per click on an indicator, ms", 1, ({ click }) => click],
];

const line = (cells) => `| ${cells.join(" | ")} |`;
const table = (head, rows) => [line(head), line(head.map((_, at) => (at ? "---:" : "---"))), ...rows.map(line)].join("\n");

export function markdown({ started, ended, node, cores, note, form, who, figures, lighthouse, failures }) {
  const loads = Object.values(figures).flat().map(({ load }) => load);
  const rounds = Math.max(0, ...Object.values(figures).map(({ length }) => length));
  const rows = ROWS.map(([title, digits, read]) => [title, ...who.map(({ name }) => cell((figures[name] ?? []).map(read), digits))]);
  const parts = [
    `${form.questions} questions on ${form.pages} pages; keys and clicks on “${form.fullest}”. ${rounds} interleaved rounds: median (lowest to highest). ` +
      `Slow: CPU at a quarter, 1.6 Mbit/s, 150 ms. Node ${node}, ${cores} cores, load ${cell(loads, 1)}, ${started.slice(0, 16)} to ${ended.slice(11, 16)} UTC.`,
    table(["", ...who.map(({ title }) => title)], rows),
    who.filter(({ versions }) => versions).map(({ title, versions }) => `- ${title}: ${versions}`).join("\n"),
  ];
  if (note) parts.unshift(note);
  if (lighthouse) {
    const audited = Object.entries(lighthouse).map(([name, runs]) => [
      name,
      ...[["slowed", 0], ["lcp", 0], ["cls", 3], ["performance", 0], ["accessibility", 0]].map(([key, digits]) => cell(runs.map((run) => run[key]), digits)),
    ]);
    parts.push(`Lighthouse, mobile, start page, ${Object.values(lighthouse)[0]?.length ?? 0} runs:`);
    parts.push(table(["", "LCP on a slowed line, ms", "LCP, simulated, ms", "CLS", "performance", "accessibility"], audited));
  }
  if (failures.length) parts.push(`Failures:\n\n${failures.map((failure) => `- ${failure}`).join("\n")}`);
  return `${parts.join("\n\n")}\n`;
}
