// The same form in SurveyJS, JSON Forms, rjsf and Form.io beside ours, in one run:
//
//   node benches/rivals/run.mjs [--ours NAME=DIST[,SERVER]]... [--rounds 7] [--only NAME,NAME] [--lighthouse [NAME,NAME]]
//                               [--catalogue FILE] [--note TEXT] [--out FOLDER]
//
// SERVER is an `assessment-server` that answers `/api/` for that dist; without it `/api/` is not found, and the form uses
// the rules that it brought along. Rounds are interleaved: each measures everybody once, in turn. It prints a table, and writes
// that and every figure as JSON into FOLDER. README.md says what is compared and what is not.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { amiss, input, visit } from "./forms/browser.mjs";
import { RIVALS, bare, rival, version } from "./forms/build.mjs";
import { audits } from "./forms/lighthouse.mjs";
import { catalogue, fullest, pages } from "./forms/questions.mjs";
import { serve } from "./forms/serve.mjs";
import { markdown } from "./forms/table.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const text = { type: "string" };
const { values: options } = parseArgs({
  options: {
    ours: { ...text, multiple: true, default: [`ours=${join(ROOT, "dist")}`] },
    rounds: { ...text, default: "7" },
    only: text,
    lighthouse: { type: "boolean", default: false },
    catalogue: text,
    note: text,
    out: { ...text, default: join(ROOT, "target/rivals-forms") },
  },
});

const out = resolve(options.out);
const scratch = mkdtempSync(join(tmpdir(), "rivals-"));
const closing = [() => rmSync(scratch, { recursive: true, force: true })];
const results = { started: new Date().toISOString(), node: process.version, cores: cpus().length, note: options.note, figures: {}, failures: [] };

/** Starts a server of ours on a free port with an empty database. What it prints first names its address. */
async function started(program, name, dist) {
  const flags = ["--demo-identity", "--listen", "127.0.0.1:0", "--database", join(scratch, `${name}.sqlite3`), "--assets", dist];
  const server = spawn(program, flags, { stdio: ["ignore", "pipe", "ignore"] });
  closing.push(() => server.kill());
  const greeting = await new Promise((done, fail) => {
    server.once("error", fail).once("exit", () => fail(new Error(`${program} did not start`)));
    server.stdout.once("data", (text) => done(String(text)));
  });
  return /http:\/\/[^\s/]+/.exec(greeting)[0];
}

async function participants(made) {
  const folder = join(out, "built");
  mkdirSync(folder, { recursive: true });
  const wanted = (name) => !options.only || options.only.split(",").includes(name);
  const found = [];
  const add = async (who, directory, api) => {
    const site = await serve(directory, api);
    closing.push(() => site.close());
    found.push({ url: site.url, site, ours: false, ...who });
  };
  for (const given of options.ours) {
    const [, name, dist, server] = /^([^=]+)=([^,]+)(?:,(.+))?$/.exec(given) ?? [];
    if (!dist) throw new Error(`--ours ${given}: write NAME=DIST`);
    if (!wanted(name)) continue;
    if (!existsSync(join(dist, "index.html"))) throw new Error(`--ours ${given}: ${dist} holds no built form`);
    const api = server && (await started(resolve(server), name, resolve(dist)));
    await add({ name, title: name, ours: true, visits: true }, resolve(dist), api);
  }
  for (const one of RIVALS.filter(({ name }) => wanted(name))) {
    const versions = one.packages.map((name) => `${name} ${version(name)}`).join(", ");
    await add({ name: one.name, title: one.title, versions, visits: true }, await rival(one, made, folder));
    // SurveyJS reads a text when the field is left; only this way does it do what the others do on each key.
    const { url, site } = found.at(-1);
    if (one.name === "surveyjs") found.push({ name: "surveyjs-typing", title: "SurveyJS, reads keys", ours: false, url: `${url}?typing`, site });
  }
  if (wanted("bare")) await add({ name: "bare", title: "bare textarea", bare: true }, bare(folder));
  return found;
}

async function round(who, first, page) {
  const figures = (results.figures[who.name] ??= []);
  const figure = { load: loadavg()[0] };
  try {
    if (who.visits) {
      figure.slow = await visit(who, first, true);
      figure.plain = await visit(who, first, false);
    }
    Object.assign(figure, await input(who, first, page));
    figures.push(figure);
    console.error(`${who.name}: first answer ${Math.round(figure.slow?.answered ?? 0)} ms slow, ${Math.round(figure.plain?.answered ?? 0)} plain, key ${figure.key.toFixed(2)} ms, click ${figure.click.toFixed(2)}, load ${figure.load.toFixed(1)}`);
  } catch (error) {
    results.failures.push(`${who.title}: ${error.message.split("\n")[0]}`);
    console.error(results.failures.at(-1));
  }
}

/** Called after each part, so that a failure later loses no figure. */
function save() {
  results.ended = new Date().toISOString();
  writeFileSync(join(out, "results.json"), `${JSON.stringify(results, null, 1)}\n`);
  writeFileSync(join(out, "results.md"), markdown(results));
}

try {
  const made = pages(catalogue(ROOT, options.catalogue));
  const first = { ...made[0].fields[0], no: made[0].fields[0].options.findIndex(([code]) => code === "no") };
  const page = fullest(made);
  const all = await participants(made);
  const count = made.flatMap(({ fields }) => fields.flatMap(({ rows }) => rows ?? [1])).length;
  results.form = { pages: made.length, questions: count, fullest: page.title };
  results.who = all.map(({ name, title, versions }) => ({ name, title, versions }));
  for (const who of all.filter(({ ours, visits }) => visits && !ours)) {
    const wrong = await amiss(who, first, made);
    if (wrong.length) throw new Error(`${who.title} is not the same form: ${wrong.join(", ")}`);
  }
  for (let at = 0; at < Number(options.rounds); at += 1) {
    for (const who of all) await round(who, first, page);
  }
  save();
  if (options.lighthouse) {
    results.lighthouse = await audits(all.filter(({ ours }) => ours));
    save();
  }
  console.log(markdown(results));
  process.exitCode = results.failures.length ? 1 : 0;
} finally {
  for (const close of closing.reverse()) close();
}
