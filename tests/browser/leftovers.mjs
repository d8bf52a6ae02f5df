// What elements that come and go leave behind in a page: nodes, listeners and memory, as the browser counts them.

/** Gives a function that counts, after collecting what nothing refers to. */
export async function counter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const found = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    return { nodes: found.Nodes, listeners: found.JSEventListeners, bytes: found.JSHeapUsedSize };
  };
}

/** Puts an element in, waits for its page and takes it out, so many times. */
export const comeAndGo = (page, times, attributes = {}) =>
  page.evaluate(
    async ([times, attributes]) => {
      for (let round = 0; round < times; round += 1) {
        const element = document.createElement("common-assessment");
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        document.querySelector("main").append(element);
        while (!element.shadowRoot.querySelector(".ca-page button")) await new Promise((done) => setTimeout(done, 5));
        element.remove();
        await new Promise((done) => setTimeout(done, 20));
      }
    },
    [times, attributes],
  );
