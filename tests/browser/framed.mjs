// A portal and the form's own origin, for tests of the framed form: two servers of different sites. The portal's pages are
// given by the test. The form's origin has the real embed.html, embed.js and portal's script, filled in for a partner as the
// server does; behind them the real server, or a stand-in of <common-assessment> that shows what reaches it.

import { readFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { fileURLToPath } from "node:url";

import { expect, test as base } from "./server.mjs";

const PUBLIC = fileURLToPath(new URL("../../public/", import.meta.url));
const read = (name) => readFileSync(PUBLIC + name, "utf8");

const TYPES = { html: "text/html", js: "text/javascript", css: "text/css" };
const FILES = ["embed.js", "embed.css", "common-assessment-frame.js"];
/** The policy of the page in the frame: the one of every page, but for who may frame it. */
const policy = (ancestors) =>
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; " +
  `frame-ancestors ${ancestors}`;

/** What a test sees of the element: `globalThis.standIn` in the frame. With `startsLater` the test says when it has started. */
const STAND_IN = `
globalThis.standIn = { made: 0, calls: [], seen: [] };
customElements.define("common-assessment", class extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).innerHTML =
      '<div class="ca-root"><h1 tabindex="-1">A form</h1><p><label for="name">Name</label> <input id="name"></p><ul></ul></div>';
  }
  connectedCallback() {
    standIn.made += 1;
    standIn.attributes = Object.fromEntries(this.getAttributeNames().map((name) => [name, this.getAttribute(name)]));
    standIn.prefill = this.prefill;
    standIn.element = this;
    this.starts();
  }
  starts() { if (!globalThis.startsLater) this.tell("assessment-ready", null); }
  /** With and without a token it is another form. */
  set token(give) {
    const isAnother = this.isConnected && !this.give !== !give;
    this.give = give;
    standIn.given = (standIn.given ?? 0) + 1;
    if (isAnother) queueMicrotask(() => this.starts());
  }
  get token() { return this.give; }
  tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail })); }
  grow(lines) {
    this.shadowRoot.querySelector("ul").replaceChildren(...Array.from({ length: lines }, (_, at) => {
      const line = document.createElement("li");
      line.textContent = "There is a problem " + at;
      return line;
    }));
  }
  async save() { standIn.calls.push("save"); if (standIn.cannot) throw new Error("Ada Example"); return true; }
  lock() { standIn.calls.push("lock"); }
  focus() { standIn.calls.push("focus"); this.shadowRoot.querySelector("h1").focus({ preventScroll: true }); }
});
`;

async function listen(answer) {
  const server = createServer(answer);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: server.address().port,
    stop: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

const write = (response, type, body, headers = {}) => {
  response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store", ...headers });
  response.end(body);
};

/**
 * Starts the form's own origin.
 *
 * @param {{server?: {port: number}, origins: string[], anyParent?: boolean}} options `server` is the real one; `origins` may
 *   be added to later; `anyParent` leaves `frame-ancestors` out, to try what the page does by itself.
 */
export async function startOwn({ server, origins, anyParent = false }) {
  const own = await listen((asked, response) => {
    const path = new URL(asked.url, "http://own").pathname;
    if (path === "/embed/school") {
      const page = read("embed.html").replace('name="portal-origins" content=""', `name="portal-origins" content="${origins.join(" ")}"`);
      return write(response, TYPES.html, page, {
        "content-security-policy": policy(anyParent ? "*" : origins.join(" ")),
        "x-content-type-options": "nosniff",
      });
    }
    if (server) {
      const onward = ask({ port: server.port, path: asked.url, method: asked.method, headers: asked.headers }, (reply) => {
        response.writeHead(reply.statusCode, reply.headers);
        reply.pipe(response);
      });
      onward.on("error", () => response.destroy());
      return asked.pipe(onward);
    }
    const name = path.slice(1);
    if (name === "common-assessment.js") return write(response, TYPES.js, STAND_IN);
    if (FILES.includes(name)) return write(response, TYPES[name.split(".").pop()], read(name).replace("__CA_VERSION__", "1.0.0+own"));
    // The icon, which nobody looks at here.
    response.writeHead(name === "favicon.svg" ? 204 : 404).end();
  });
  return { ...own, url: `http://127.0.0.1:${own.port}/`, frame: `http://127.0.0.1:${own.port}/embed/school` };
}

/**
 * Starts a portal: `pages` gives `{ body, headers?, type? }` or a text for a path. It has its own copy of the script, as a
 * portal that took the package has; `/second.js` is another release of it.
 */
export async function startPortal(pages) {
  const script = (version) => read("common-assessment-frame.js").replace("__CA_VERSION__", version);
  const portal = await listen((asked, response) => {
    const path = new URL(asked.url, "http://portal").pathname;
    if (path === "/common-assessment-frame.js") return write(response, TYPES.js, script("1.0.0+first"));
    if (path === "/favicon.ico") return response.writeHead(204).end();
    if (path === "/second.js") return write(response, TYPES.js, script("1.1.0+second"));
    const page = pages(path);
    if (page === undefined) return response.writeHead(404).end();
    const { body, headers, type = TYPES.html } = typeof page === "string" ? { body: page } : page;
    write(response, type, body, headers);
  });
  return { ...portal, url: `http://localhost:${portal.port}/`, origin: `http://localhost:${portal.port}` };
}

/** A page of a portal with our script. */
export const portalPage = (body, head = "") =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Woodhouse Moor portal</title>${head}` +
  `<script type="module" src="/common-assessment-frame.js"></script></head><body>${body}</body></html>`;

export const test = base.extend({
  // Pages are at the portal, and most tests need no real server.
  baseURL: undefined,
  /** Whether the real form is in the frame. */
  real: [false, { option: true }],
  /** Whether any page may frame it. */
  anyParent: [false, { option: true }],
  /**
   * `framed(body)` starts both origins, opens the portal's page with that body, in which `SRC` is the address of the frame,
   * waits `until` it has loaded or otherwise, and gives `{ own, portal, form }`; `form()` is the frame's Playwright frame once it is there.
   */
  framed: async ({ page, real, anyParent, shared, today }, use) => {
    const started = [];
    await use(async (body = '<common-assessment-frame src="SRC"></common-assessment-frame>', { head = "", headers = {}, more = () => undefined, until = "load" } = {}) => {
      const origins = [];
      const server = real ? await shared(today) : undefined;
      const own = await startOwn({ server, origins, anyParent });
      const filled = portalPage(body, head).replaceAll("SRC", own.frame);
      const portal = await startPortal((path) => (path === "/" ? { body: filled, headers } : more(path, own)));
      origins.push(portal.origin);
      started.push(own, portal);
      await page.goto(portal.url, { waitUntil: until });
      return { own, portal, origins, form: (at = 0) => formIn(page, own, at) };
    });
    await Promise.all(started.map((server) => server.stop()));
  },
});

/** The frame of the form, once it has loaded. */
export async function formIn(page, own, at = 0) {
  const found = () => page.frames().filter((frame) => frame.url().startsWith(own.url));
  await expect.poll(() => found().length).toBeGreaterThan(at);
  const frame = found()[at];
  await frame.waitForSelector("common-assessment", { state: "attached" });
  return frame;
}

/** Runs in the portal before its scripts: keeps what our element tells. */
export function listening() {
  globalThis.told = [];
  for (const name of ["page", "submitted", "error", "ready", "changed", "saved", "outcome", "needs-token"]) {
    addEventListener(`assessment-${name}`, ({ type, detail }) => globalThis.told.push([type.slice("assessment-".length), detail]));
  }
}

/** What it has told. */
export const told = (page, ...names) =>
  page.evaluate((names) => globalThis.told.filter(([name]) => !names.length || names.includes(name)), names);

/** Warnings and errors of all frames of a page, as they come. */
export function complaints(page) {
  const found = [];
  page.on("pageerror", (error) => found.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) found.push(`${message.type()}: ${message.text()}`);
  });
  return found;
}

export { expect };
