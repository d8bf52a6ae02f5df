// How long one call takes: the median and the shortest time of many batches, in microseconds.

/** Batches, of which the median counts. */
const BATCHES = 200;
/** The least milliseconds of a batch, so that the clock's own cost does not show. */
const LONG_ENOUGH = 2;
/** Milliseconds of warm-up, in which Node's optimising compiler does its work. */
const WARM = 500;
/** Milliseconds after which no further batch starts; there are always at least twenty. */
const PATIENCE = 8_000;

/** Times a function that may return a promise. */
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
