// The types of both elements for portals in TypeScript (`public/*.d.ts`), and those for JSX: a portal is right by them, and
// each slip is found. No browser takes part; it is here because it needs the programs of npm.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, test } from "@playwright/test";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TSC = path.join(ROOT, "node_modules/.bin/tsc");

const RIGHT = [
  'import type { Prefill } from "../../public/common-assessment";',
  'import type { CommonAssessmentFrameAttributes } from "../../public/common-assessment-frame";',
  'const form = document.querySelector("common-assessment")!;',
  "form.token = async ({ reason }) => `token for ${reason}`;",
  'const known: Prefill = { "assessor.name": "Cy Marsh", "identifying_details.dob": "2019-02-03" };',
  "form.prefill = known;",
  'form.addEventListener("assessment-error", ({ detail }) => (detail.reason === "prefill" ? detail.paths : detail.at));',
  "const kept: boolean = await form.save();",
  "form.lock();",
  'const framed = document.querySelector("common-assessment-frame")!;',
  "framed.token = async ({ reason }) => (reason === \"unlock\" ? \"one\" : \"another\");",
  "framed.prefill = known;",
  'framed.addEventListener("assessment-error", ({ detail }) => (detail.reason === "frame" ? [] : detail.paths));',
  'framed.addEventListener("assessment-page", ({ detail }) => detail.trim());',
  'framed.addEventListener("click", ({ clientX }) => clientX);',
  "const locked: Promise<void> = framed.lock();",
  "framed.focus({ preventScroll: true });",
  'const attributes: CommonAssessmentFrameAttributes = { src: "https://caf.example/embed/school", fit: "none", scheme: "dark" };',
  "export { attributes, kept, locked };",
];
const WRONG = [
  "form.token = async () => 7;",
  'form.version = "2";',
  'form.addEventListener("assessment-error", ({ detail }) => detail.answers);',
  'form.addEventListener("assessment-outcome", ({ detail }) => detail.level);',
  'form.prefill = { "assessor.name": 7 };',
  "framed.token = async () => 7;",
  'framed.addEventListener("assessment-error", ({ detail }) => detail.answers);',
  'framed.addEventListener("assessment-error", ({ detail }) => detail.reason === "nonsense");',
  'framed.addEventListener("assessment-outcome", ({ detail }) => detail.level);',
  'framed.prefill = { "assessor.name": 7 };',
  'const wrong: CommonAssessmentFrameAttributes = { src: "", fit: "all" };',
];

test("a portal is right by the elements' types, and a slip is not", async () => {
  const folder = await mkdtemp(path.join(ROOT, "tests", ".types-"));
  try {
    const options = { target: "es2022", module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom", "dom.iterable"], strict: true, noEmit: true, types: [] };
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
    await writeFile(path.join(folder, "portal.ts"), [...RIGHT, ...WRONG].join("\n"));
    const { stdout } = await promisify(execFile)(TSC, ["--project", folder], { cwd: ROOT }).catch((error) => error);
    const lines = Array.from(stdout.matchAll(/portal\.ts\((\d+),/g), ([, line]) => Number(line));
    expect([...new Set(lines)], stdout).toEqual(WRONG.map((_, index) => RIGHT.length + index + 1));
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** What the types say that there is, the script has. */
test("each event and reason of the types is one of the script's or the program's", async () => {
  const read = (file) => readFile(path.join(ROOT, file), "utf8");
  const [types, ...parts] = await Promise.all(
    ["public/common-assessment.d.ts", "public/common-assessment.js", "loader/parts.js", "loader/rules.js", "loader/trouble.js", "src/io/host.rs", "src/form/effects.rs", "src/form/records.rs", "src/state/update/sending.rs", "src/form/setup.rs"].map(read),
  );
  const source = parts.join("\n");
  const events = new Set(Array.from(types.matchAll(/"(assessment-[a-z-]+)"/g), ([, name]) => name));
  expect(events.size).toBe(8);
  for (const event of events) expect(source, event).toContain(event);
  const [, reasons] = /type AssessmentErrorReason =([^;]+);/.exec(types);
  for (const [, reason] of reasons.matchAll(/"([a-z]+)"/g)) expect(source, reason).toMatch(new RegExp(`\\b${reason}\\b`));
});
