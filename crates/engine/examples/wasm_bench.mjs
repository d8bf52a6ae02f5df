// Times the engine in Wasm (wasm_bench.rs, built by `cargo xtask bench`, which calls this with the module's path) and
// prints one line of JSON for each record, as benches/engine.rs does: the median and the shortest time of each
// measurement in microseconds. Nothing is judged; a figure depends on the machine.

import { readFileSync } from "node:fs";

/** Batches whose median counts, after a tenth more that warm up. */
const BATCHES = 200;
/** Microseconds that one batch should take at least, so that the clock's own cost does not show. */
const LONG_ENOUGH = 2_000;

const [, , file] = process.argv;
const { instance } = await WebAssembly.instantiate(readFileSync(file), {});
const { memory, name_at, name_length, prepare, ...rounds } = instance.exports;

/** Microseconds that a call takes. */
function time(call) {
  const begin = process.hrtime.bigint();
  call();
  return Number(process.hrtime.bigint() - begin) / 1_000;
}

/** Median and shortest time of one round. The compiler that makes fast code runs beside the first batches. */
function measure(run) {
  const begin = process.hrtime.bigint();
  let each = Infinity;
  while (process.hrtime.bigint() - begin < 300_000_000n) each = Math.min(each, time(() => run(10)) / 10);
  const size = Math.max(1, Math.ceil(LONG_ENOUGH / each));
  const times = Array.from({ length: BATCHES * 1.1 }, () => time(() => run(size)) / size)
    .slice(BATCHES / 10)
    .sort((a, b) => a - b);
  return [times[BATCHES / 2], times[0]].map((time) => Math.round(time * 100) / 100);
}

for (let record = 0; name_length(record) > 0; record += 1) {
  const name = Buffer.from(memory.buffer, name_at(record), name_length(record)).toString();
  const bytes = prepare(record);
  if (bytes === 0) throw new Error(`The record ${name} could not be made.`);
  const evaluate = measure(rounds.evaluate_rounds);
  const explain = measure(rounds.explain_rounds);
  const what_if = measure(rounds.what_if_rounds);
  const section = measure(rounds.section_rounds);
  const submit = measure(rounds.submit_rounds);
  const both = measure(rounds.both_rounds);
  console.log(JSON.stringify({ record: name, bytes, evaluate, explain, what_if, section, submit, both }));
}
