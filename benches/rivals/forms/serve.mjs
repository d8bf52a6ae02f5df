// Serves a folder with brotli on a free port of loopback, and counts the bytes of the bodies that it sends.
// Requests to `/api/` go to a server of ours, or get 404: the form then uses the rules that it brought along.

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { extname, join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml",
};

const packed = (body) =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });

/** Every file is compressed before the first request, so that no visit waits for it. */
function files(folder) {
  const found = new Map();
  for (const entry of readdirSync(folder, { recursive: true })) {
    const path = join(folder, entry);
    if (!statSync(path).isFile() || /\.(br|gz)$/.test(path)) continue;
    const body = existsSync(`${path}.br`) ? readFileSync(`${path}.br`) : packed(readFileSync(path));
    found.set(`/${relative(folder, path)}`, { body, type: TYPES[extname(path)] ?? "application/octet-stream" });
  }
  found.set("/", found.get("/index.html"));
  return found;
}

/**
 * A slow line for sites that share it: each answer begins after `latency` milliseconds, and all of them together get `rate`
 * bytes a second. For pages whose frames are of another site: what the DevTools slow is one page.
 */
export function slowLine({ latency, rate }) {
  let free = 0;
  const until = (moment) => new Promise((done) => setTimeout(done, moment - performance.now()));
  return {
    begin: () => until(performance.now() + latency),
    async send(reply, body, arrived) {
      for (let at = 0; at < body.length && !reply.destroyed; at += PACKET) {
        const packet = body.subarray(at, at + PACKET);
        free = Math.max(free, performance.now()) + (packet.length / rate) * 1000;
        await until(free);
        reply.write(packet);
        arrived(packet.length);
      }
      reply.end();
    },
  };
}
const PACKET = 4096;

/** As our server has it: a name with a hash in it is always the same file. */
const rule = (path) => (/-[0-9a-f]{16}(_bg)?\.\w+$/.test(path) ? "public, max-age=31536000, immutable" : "no-cache");

/** `api` is the origin of a running server of ours, if there is one. */
export async function serve(folder, api) {
  const found = files(folder);
  let sent = {};
  const server = createServer(async (asked, reply) => {
    const path = new URL(asked.url, "http://localhost").pathname;
    await site.line?.begin();
    const file = found.get(path);
    if (api && path.startsWith("/api/")) {
      const onward = request(api + asked.url, { method: asked.method, headers: asked.headers }, (answer) => {
        reply.writeHead(answer.statusCode, answer.headers);
        answer.on("data", (part) => { sent.api = (sent.api ?? 0) + part.length; });
        answer.pipe(reply);
      });
      onward.on("error", () => reply.writeHead(502).end());
      asked.pipe(onward);
    } else if (file && asked.method !== "HEAD") {
      const part = path === "/" ? "html" : extname(path).slice(1);
      const count = (length) => { sent[part] = (sent[part] ?? 0) + length; };
      reply.writeHead(200, { "content-type": file.type, "content-encoding": "br", "content-length": file.body.length, "cache-control": rule(path) });
      if (site.line) return site.line.send(reply, file.body, count);
      count(file.body.length);
      reply.end(file.body);
    } else {
      reply.writeHead(file ? 200 : 404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const site = {
    /** The `slowLine` that its answers share; none is full speed. */
    line: undefined,
    url: `http://127.0.0.1:${server.address().port}/`,
    /** The bytes by kind of file since the last call. */
    counted() {
      const before = sent;
      sent = {};
      return before;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return site;
}
