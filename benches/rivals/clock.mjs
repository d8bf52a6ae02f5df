// How long one call takes: the median and the shortest time of many batches, in microseconds.

/** Batches whose median counts. */
const BATCHES = 200;
/** Milliseconds that one batch should take at least, so that the clock's own cost does not show. */
const LONG_ENOUGH = 2;
/** Milliseconds for warming up; Node's compiler that makes fast code runs beside it. */
const WARM = 500;
/** Milliseconds after which no further batch is begun; at least twenty count. */
const PATIENCE = 8_000;

/** Times a function that may give a promise. */
export async function measure(run) {
  const batch = async (size) => {
    const begin = performance.now();
    for (let at = 0; at < size; at += 1) {
      const given = run();
      if (given instanceof Promise) await given;
    }
    return performance.now() - begin;
  };
  let each = Infinity;
  for (const begin = performance.now(); performance.now() - begin < WARM; ) each = Math.min(each, await batch(1));
  const size = Math.max(1, Math.ceil(LONG_ENOUGH / Math.max(each, 1e-6)));
  const times = [];
  const begin = performance.now();
  while (times.length < BATCHES && (times.length < 20 || performance.now() - begin < PATIENCE)) {
    times.push(((await batch(size)) / size) * 1_000);
  }
  times.sort((one, other) => one - other);
  return [times[times.length >> 1], times[0]].map((time) => Math.round(time * 100) / 100);
}
