// What elements that come and go leave behind in a page: nodes, listeners and memory, as the browser counts them.

/** Gives a function that counts, after collecting what nothing refers to. */
export async function counter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const found = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    // The program's own memory grows in steps of 64 KiB, and never shrinks.
    const wasm = await page.evaluate(() => globalThis.memories?.reduce((all, memory) => all + memory.buffer.byteLength, 0));
    return { nodes: found.Nodes, listeners: found.JSEventListeners, bytes: found.JSHeapUsedSize, wasm };
  };
}

/** What is no script's: machine code that the engine makes of busy functions, its tables, and what the tools of its makers keep. */
const ENGINES = ["code", "native", "hidden", "synthetic"];

/** The bytes of everything that scripts of the page hold: objects, closures, arrays, texts. From a snapshot of the heap. */
export async function heldByScripts(page) {
  const session = await page.context().newCDPSession(page);
  const parts = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => parts.push(chunk));
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  const { snapshot, nodes } = JSON.parse(parts.join(""));
  const { node_fields: fields, node_types: [types] } = snapshot.meta;
  const [type, size] = [fields.indexOf("type"), fields.indexOf("self_size")];
  let held = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (!ENGINES.includes(types[nodes[node + type]])) held += nodes[node + size];
  }
  return held;
}

/** Runs in the page before its scripts: counts what an element opens, for `leftInPage`. */
export function watchPage() {
  globalThis.open = new Map();
  globalThis.memories = [];
  const count = (name, by) => globalThis.open.set(name, (globalThis.open.get(name) ?? 0) + by);
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const kept = new Map();
  const isPages = (target) => target === globalThis || target === document;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? globalThis;
    if (isPages(target) && !options?.once) {
      const key = `${target === document} ${type} ${Boolean(options?.capture ?? options)}`;
      const set = kept.get(key) ?? new Set();
      kept.set(key, set);
      if (!set.has(listener)) count(`listeners of ${type}`, 1);
      set.add(listener);
    }
    return addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this ?? globalThis;
    const key = `${target === document} ${type} ${Boolean(options?.capture ?? options)}`;
    if (isPages(target) && kept.get(key)?.delete(listener)) count(`listeners of ${type}`, -1);
    return removeEventListener.call(target, type, listener, options);
  };
  const { setInterval, clearInterval } = globalThis;
  globalThis.setInterval = (...values) => (count("timers", 1), setInterval(...values));
  globalThis.clearInterval = (id) => (id !== undefined && count("timers", -1), clearInterval(id));
  const Real = BroadcastChannel;
  globalThis.BroadcastChannel = class extends Real {
    constructor(name) { super(name); count("channels", 1); }
    close() { count("channels", -1); super.close(); }
  };
  const { close } = IDBDatabase.prototype;
  const opened = new Set();
  IDBDatabase.prototype.close = function () { opened.delete(this); count("databases", 0); globalThis.open.set("databases", opened.size); return close.call(this); };
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...values) {
    const request = open.apply(this, values);
    addEventListener.call(request, "success", () => { opened.add(request.result); globalThis.open.set("databases", opened.size); });
    return request;
  };
  const { instantiateStreaming, instantiate } = WebAssembly;
  const note = (done) => done.then((made) => {
    for (const one of Object.values((made.instance ?? made).exports)) {
      if (one instanceof WebAssembly.Memory && !globalThis.memories.includes(one)) globalThis.memories.push(one);
    }
    return made;
  });
  WebAssembly.instantiateStreaming = (...values) => note(instantiateStreaming(...values));
  WebAssembly.instantiate = (...values) => note(instantiate(...values));
}

/** Runs in that page: what is open now, and the nodes of head and body. */
export const leftInPage = async () => ({
  ...Object.fromEntries([...globalThis.open].sort()),
  locks: (await navigator.locks.query()).held.length,
  head: document.head.querySelectorAll("*").length,
  body: document.body.querySelectorAll("*").length,
});

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
