// A partner's portal on another origin, for tests: a page of its own with our element in it, and in front of the real server
// a gate that says what a browser asks of one on another origin and takes the portal's tokens. The gate acts for the
// server's own list of partners; what comes through is answered by the real server.

import { createServer, request as ask } from "node:http";

import { expect, test as base } from "./server.mjs";

const listen = async (handler) => {
  const server = createServer(handler);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const stop = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
};

/** A token as a provider makes it, unsigned: `exp` and `iat` are seconds from now. */
export function token(name, { iat = 0, exp = 300 } = {}) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  return [part({ alg: "none" }), part({ sub: name, iat: now + iat, exp: now + exp }), "signature"].join(".");
}

/** Who a token is of, for the server's answer about the session. */
const digest = (authorization) => {
  const [, claims] = authorization.split(".");
  const { sub } = JSON.parse(Buffer.from(claims, "base64url"));
  return Buffer.from(sub).toString("hex").padEnd(32, "0").slice(0, 32);
};

async function startGate(target, gate) {
  return listen((asked, reply) => {
    const cors = {
      "access-control-allow-origin": asked.headers.origin ?? "*",
      "access-control-allow-headers":
        "authorization, content-type, idempotency-key, sent-by, common-assessment-contract, access-reason, if-match, if-none-match",
      "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE",
      "access-control-expose-headers": "etag, profile-etag",
    };
    if (asked.method === "OPTIONS") return reply.writeHead(204, cors).end();
    const { pathname } = new URL(asked.url, "http://gate");
    const { authorization, cookie } = asked.headers;
    gate.seen.push({ method: asked.method, path: pathname, authorization, cookie, contract: asked.headers["common-assessment-contract"] });
    const isOpen = !pathname.startsWith("/api/") || /\/(rule-pack|profile|health)$/.test(pathname);
    const say = (status, body) =>
      reply.writeHead(status, { ...cors, "content-type": "application/json" }).end(JSON.stringify(body));
    if (gate.needsToken && !isOpen && !gate.takes(authorization?.replace("Bearer ", ""))) {
      return say(401, { type: "about:blank", title: "Sign in", status: 401, code: "not-signed-in", detail: "", problems: [] });
    }
    if (gate.needsToken && pathname === "/api/v1/session") {
      return say(200, { name: "Priya Raman", organisation: "school-7", roles: ["practitioner"], via: "token", person_digest: digest(authorization) });
    }
    const headers = { ...asked.headers };
    // A server of another release, which does not speak the version that our component says.
    if (gate.contract && headers["common-assessment-contract"]) headers["common-assessment-contract"] = gate.contract;
    for (const name of ["origin", "authorization", "sent-by", "referer", ...Object.keys(headers).filter((name) => name.startsWith("sec-"))]) delete headers[name];
    const passed = ask(new URL(asked.url, target), { method: asked.method, headers }, (answer) => {
      const { "content-security-policy": _, ...rest } = answer.headers;
      reply.writeHead(answer.statusCode, { ...rest, ...cors, "cross-origin-resource-policy": "cross-origin" });
      answer.pipe(reply);
    });
    passed.on("error", () => reply.destroy());
    asked.pipe(passed);
  });
}

const PAGE = (care, { attributes, before, after, tag }) => `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Portal</title><script src="/portal.js"></script>
${tag ?? `<script type="module" src="${care}/common-assessment.js"></script>`}</head>
<body><header><input aria-label="Search the portal" id="search"></header>${before}
<main><common-assessment api="${care}/api/v1/" ${attributes}></common-assessment></main>${after}</body></html>`;

export const test = base.extend({
  /** `open(options)` starts a portal and goes to it: `attributes` of the element, `script` that runs in the portal's head, `policy`, other `pages` by path. */
  portal: async ({ page, server }, use) => {
    const gate = { seen: [], needsToken: false, contract: undefined, takes: (token) => Boolean(token) };
    const care = await startGate(server.url, gate);
    const portals = [];
    const open = async ({ attributes = "", script = "", before = "", after = () => "", policy, tag, pages = {} } = {}) => {
      const csp = policy?.(care.url) ?? `default-src 'self'; script-src 'self' ${care.url} 'wasm-unsafe-eval'; connect-src 'self' ${care.url}; style-src 'self'`;
      const portal = await listen((asked, reply) => {
        const other = pages[asked.url];
        if (other) return reply.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(other);
        const isScript = asked.url.startsWith("/portal.js");
        const type = isScript ? "text/javascript" : "text/html";
        const body = isScript ? `globalThis.told = [];
for (const name of ["ready", "changed", "saved", "outcome", "submitted", "needs-token", "error", "page"])
  addEventListener("assessment-" + name, (event) => told.push([name, event.detail]));
${script}` : PAGE(care.url, { attributes, before, after: after(care.url), tag: tag?.(care.url) });
        reply.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-security-policy": csp }).end(body);
      });
      portals.push(portal);
      await page.goto(portal.url);
      return portal;
    };
    await use({ open, gate, care });
    for (const { stop } of [...portals, care]) await stop();
  },
});

export const element = (page) => page.locator("common-assessment");
/** Says that the family cannot see the screen, where the form begins as if they could: it remembers nothing of a window. */
export async function onOwn(element) {
  const button = element.locator(".ca-privacy").getByRole("button", { name: "I am on my own" });
  // While it draws there may be neither.
  await expect(button.or(element.locator(".ca-privacy").getByRole("button", { name: "The family is here" })).first()).toBeVisible();
  if (await button.isVisible()) await button.click();
}
/** Begins a record and answers the first question. */
export async function begin(page) {
  await element(page).getByRole("button", { name: "Start a new assessment" }).click();
  await onOwn(element(page));
  await element(page).locator('input[name="danger_now"][value=no]').check();
}
/** The events that the portal was told, by name. */
export const told = (page, name) =>
  page.evaluate((name) => globalThis.told.filter(([one]) => one === name).map(([, detail]) => detail), name);
export { expect };
