// A portal's own server, for the worked portals: its pages, tokens for the person who is signed in there, and what the form's
// server tells it. Node and nothing else. An example: who is signed in is made up, and its key is its own only while it runs.
//
//   CAF=http://127.0.0.1:8080 node examples/portal-server.mjs examples/portal-plain

import { createHmac, generateKeyPairSync, randomUUID, sign, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml",
};
/** Seconds for which a token is good: as short as the form allows, since it asks again by itself. */
const TOKEN_LIFE = 300;
/** Seconds by which the clock of the form's server may be out. */
const LEEWAY = 300;
/** The most that a delivery has. They hold ids only. */
const MAX_DELIVERY = 16_384;
/** Who is signed in at the portal. Invented. */
const PERSON = { sub: "staff-7", name: "Priya Raman", organisation: "Woodhouse Moor Primary School", roles: ["practitioner"] };

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A key pair, and its public half as the form's server reads it. */
export function makeKeys() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const kid = randomUUID();
  const keys = { keys: [{ ...publicKey.export({ format: "jwk" }), kid, alg: "EdDSA", use: "sig" }] };
  return { privateKey, kid, keys };
}

/** A short-lived access token for the form's server (RFC 9068). */
export function makeToken({ privateKey, kid }, { issuer, audience, person = PERSON, life = TOKEN_LIFE }) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: audience, iat: now, exp: now + life, jti: randomUUID(), ...person };
  const text = `${encoded({ alg: "EdDSA", typ: "at+jwt", kid })}.${encoded(claims)}`;
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString("base64url")}`;
}

/** Whether a delivery is from the form's server, after the Standard Webhooks convention. `secret` is `whsec_` and base64. */
export function isFromForm(secret, headers, body, now = Date.now() / 1000) {
  const [id, at, signatures] = ["id", "timestamp", "signature"].map((name) => headers[`webhook-${name}`] ?? "");
  if (!id || !(Math.abs(now - Number(at)) <= LEEWAY)) return false;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest();
  return signatures.split(" ").some((signature) => {
    const [version, given] = signature.split(",");
    const bytes = Buffer.from(given ?? "", "base64");
    return version === "v1" && bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}

/**
 * Starts a portal.
 *
 * @param {{folder: string, caf: string, package: string, signer: object, issuer: string, audience: string, secret?: string,
 *   policy?: string, port?: number}} options `folder` has its pages, in which `https://caf.example` is written for `caf`, the
 *   form's origin; `package` is the `dist` of the package, handed out below /caf/; `policy` is its content security policy
 * @returns {Promise<{url: string, deliveries: object[], refused: number, way: {token?: () => unknown}, stop: () => Promise<void>}>}
 */
export async function startPortal({ folder, caf, package: dist, signer, issuer, audience, secret, policy, port = 0 }) {
  const portal = { deliveries: [], refused: 0, asked: 0, way: {} };

  async function deliver(request, response) {
    let body = "";
    for await (const part of request) {
      body += part;
      if (body.length > MAX_DELIVERY) return response.writeHead(413).end();
    }
    if (!secret || !isFromForm(secret, request.headers, body)) {
      portal.refused += 1;
      return response.writeHead(401).end();
    }
    // The same delivery may come twice: its id says so.
    const id = request.headers["webhook-id"];
    if (!portal.deliveries.some((known) => known.delivery === id)) portal.deliveries.push({ delivery: id, ...JSON.parse(body) });
    return response.writeHead(204).end();
  }

  async function file(address, response) {
    const [from, name] = address.startsWith("/caf/") ? [dist, address.slice(5)] : [folder, address === "/" ? "index.html" : address.slice(1)];
    const found = path.resolve(from, name);
    if (!found.startsWith(path.resolve(from) + path.sep)) return response.writeHead(404).end();
    const type = TYPES[path.extname(found)] ?? "application/octet-stream";
    const bytes = await readFile(found).catch(() => undefined);
    if (!bytes) return response.writeHead(404).end();
    const isOwn = from === folder && /^text/.test(type);
    response.writeHead(200, { "content-type": type, "cache-control": "no-cache", ...(policy && { "content-security-policy": policy }) });
    return response.end(isOwn ? bytes.toString("utf8").replaceAll("https://caf.example", caf) : bytes);
  }

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://portal");
    if (request.method === "POST" && pathname === "/session/token") {
      // Only a page of the portal itself gets one; a real portal also looks at its own session here.
      if (request.headers["sec-fetch-site"] !== "same-origin") return response.writeHead(403).end();
      portal.asked += 1;
      const given = portal.way.token ? portal.way.token() : makeToken(signer, { issuer, audience });
      response.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" });
      return response.end(String(given));
    }
    if (request.method === "POST" && pathname === "/webhooks") return deliver(request, response);
    return file(pathname, response);
  });
  await new Promise((done, fail) => server.once("error", fail).listen(port, "127.0.0.1", done));
  const own = server.address().port;
  return Object.assign(portal, {
    url: `http://localhost:${own}/`,
    stop: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  });
}

// Started by hand: prints what the form's server has to be told.
if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { CAF = "http://127.0.0.1:8080", PORT = "8090", PACKAGE = "target/package/common-assessment/dist", SECRET } = process.env;
  const signer = makeKeys();
  const options = { issuer: `http://localhost:${PORT}/`, audience: "common-assessment" };
  const { url } = await startPortal({ ...options, folder: process.argv[2], caf: CAF, package: PACKAGE, signer, secret: SECRET, port: Number(PORT) });
  console.log(`Portal: ${url}\nIssuer: ${options.issuer}\nAudience: ${options.audience}\nKeys:\n${JSON.stringify(signer.keys)}`);
}
