// A small server with the real element, loader and styles, and a stand-in for the Wasm program: its `mount` draws one
// block of style/README.md. The styles and the loader's guard are tested without building the form, on the page that
// documents them. It is not the product's server: see server.mjs for that.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

import * as bundles from "../../xtask/loader.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path) => readFileSync(root + path, "utf8");

/** The same policy as the product's server. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const GLUE = `
import blocks from "./blocks.js";
let options = [];
export default async function ({ module_or_path }) {
  await WebAssembly.instantiateStreaming(module_or_path, {});
}
export function mount(host, given) {
  options.push(given);
  const name = new URL(location.href).searchParams.get("block") ?? "box";
  if (name === "panics") throw new WebAssembly.RuntimeError("unreachable");
  if (name === "throws") throw new Error("mount failed");
  host.innerHTML = blocks[name];
  globalThis.standIn = { mounts: options.length, options, panic: () => reportError(new WebAssembly.RuntimeError("unreachable")), unmounts: 0 };
  return { prefill() {}, token_came() {}, lock() {}, save: async () => true, unmount() { globalThis.standIn.unmounts += 1; host.replaceChildren(); } };
}
`;

/** The named html blocks of style/README.md. */
export const blocks = Object.fromEntries(
  [...read("style/README.md").matchAll(/^```html (\S+)\n(.*?)^```$/gms)].map(([, name, html]) => [name, html]),
);

const stylesheet = compile(root + "style/main.scss", {
  style: "compressed",
  loadPaths: [root + "node_modules"],
  quietDeps: true,
}).css;

const hostPage = (head, body) => `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gallery</title><link rel="stylesheet" href="/host.css">${head}
<script type="module" src="/common-assessment.js"></script></head>
<body>${body}</body></html>`;

/** The element on a page of its own, as in index.html. */
const OWN = '<main><common-assessment history="page" print="page"></common-assessment></main>';

/**
 * Starts it on a free port of loopback.
 * `change(path, answer)` may alter what is answered ({ status, type, body }), to break a part on purpose;
 * it may return a promise, to answer late. `lazy(text)` alters the module that the loader fetches for itself, before its hash
 * is written into the loader. `hostile` is the host page's own stylesheet, `body` what is in the host page,
 * and `policy` its content security policy.
 */
export async function start({ change = (_path, answer) => answer, lazy = (text) => text, hostile = "", body = OWN, policy = POLICY } = {}) {
  const parts = {
    "/glue.js": ["text/javascript", GLUE],
    "/program.wasm": ["application/wasm", Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
    "/style.css": ["text/css", stylesheet],
    "/words.json": ["application/json", "{}"],
    // This server has no rules, and no start page.
    "/lazy.js": ["text/javascript", lazy(bundles.lazy({ start: null, rules: [] }, { minify: false }))],
  };
  const integrity = (path) => "sha384-" + createHash("sha384").update(parts[path][1]).digest("base64");
  const build = {
    glue: { href: "glue.js", integrity: integrity("/glue.js") },
    wasm: { href: "program.wasm", integrity: integrity("/program.wasm") },
    css: { href: "style.css", integrity: integrity("/style.css") },
    words: { "en-GB": { href: "words.json", integrity: integrity("/words.json") } },
    lazy: { href: "lazy.js", integrity: integrity("/lazy.js") },
    version: "0",
  };
  const files = {
    ...parts,
    "/": ["text/html", hostPage(hostile ? '<link rel="stylesheet" href="/hostile.css">' : "", body)],
    "/host.css": ["text/css", read("public/host.css")],
    "/hostile.css": ["text/css", hostile],
    "/blocks.js": ["text/javascript", `export default ${JSON.stringify(blocks)}`],
    "/common-assessment.js": [
      "text/javascript",
      bundles.loader(build, { minify: false }),
    ],
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    const [type, body] = files[path] ?? ["text/plain", "nothing here"];
    const answer = await change(path, { status: files[path] ? 200 : 404, type, body });
    if (!answer) return request.socket.destroy();
    const text = answer.type.startsWith("text/") ? "; charset=utf-8" : "";
    response.writeHead(answer.status, {
      "content-type": answer.type + text,
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
    });
    response.end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
