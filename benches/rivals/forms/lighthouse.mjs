// Lighthouse with its mobile preset on the start page, in a new browser for each run, in turn.

import lighthouse from "lighthouse";
import { chromium } from "playwright-core";

import { CHROMIUM, FLAGS } from "./browser.mjs";

const RUNS = 5;
const PORT = 9_222 + (process.pid % 10_000);

/** The browser opens its port some time after it has started. */
async function ready() {
  while (!(await fetch(`http://127.0.0.1:${PORT}/json/version`).then(({ ok }) => ok, () => false))) {
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * `method` is `simulate`, Lighthouse's own: it loads the page at full speed and computes what a telephone would take, as if
 * everything that had arrived by then had been waited for. Or `devtools`: the line and the processor are slowed for real.
 */
async function audit(url, method) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, `--remote-debugging-port=${PORT}`] });
  try {
    await ready();
    const { lhr } = await lighthouse(url, {
      port: PORT,
      logLevel: "error",
      onlyCategories: ["performance", "accessibility"],
      throttlingMethod: method,
    });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return {
      lcp: lhr.audits["largest-contentful-paint"].numericValue,
      cls: lhr.audits["cumulative-layout-shift"].numericValue,
      performance: lhr.categories.performance.score * 100,
      accessibility: lhr.categories.accessibility.score * 100,
    };
  } finally {
    await browser.close();
  }
}

/** The figures of each run for each participant. */
export async function audits(all) {
  const found = Object.fromEntries(all.map(({ title }) => [title, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const { title, url } of all) {
      const { lcp: slowed } = await audit(url, "devtools");
      found[title].push({ ...(await audit(url, "simulate")), slowed });
    }
  }
  return found;
}
