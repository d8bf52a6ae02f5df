// What the measurements of the browser side share: a line of their table, and what the browser's own counters say. It judges
// nothing.

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values) => [Math.min(...values), Math.max(...values)];

const shown = (figure) => figure.toFixed(figure < 100 ? 1 : 0);

/** One line of the table. */
export function print(name, unit, values, note = "") {
  const spread = `${range(values).map(shown).join("–")} ${unit}`;
  console.log(`${name.padEnd(48)}${shown(median(values)).padStart(10)}${spread.padStart(24)}  ${note}`.trimEnd());
}

/** Times of the page's main thread so far, in seconds of CPU. */
export const metrics = async (cdp) =>
  Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));

/** Counts bytes over the wire, with headers, and requests from now on. What comes from the cache does not count. */
export async function counting(cdp) {
  const traffic = { bytes: 0, requests: 0 };
  const cached = new Set();
  cdp.on("Network.requestServedFromCache", ({ requestId }) => cached.add(requestId));
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.fromDiskCache || response.fromPrefetchCache) cached.add(requestId);
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (cached.has(requestId)) return;
    traffic.bytes += encodedDataLength;
    traffic.requests += 1;
  });
  await cdp.send("Network.enable");
  return traffic;
}
