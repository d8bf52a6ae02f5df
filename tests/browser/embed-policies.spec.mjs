// Content security policies of portals (case C15, B32): under each the form works without 'unsafe-inline' and 'unsafe-eval', or
// says in words what stops it. The portal hands out the package itself, as it would.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { makeKeys, startPortal } from "../../examples/portal-server.mjs";
import { expect as expectFramed, listening, test as framedTest, told as toldByFrame } from "./framed.mjs";
import { answer, at, open, start } from "./journey.mjs";
import { expect, freePort, startServer, test as base } from "./server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NONCE = "b3JnYW5pc2F0aW9u";

const test = base.extend({
  baseURL: undefined,
  /** `strict(policy)` opens a portal with the element under that policy; `{ caf, wrong }`, what browsers complain of. */
  strict: async ({ page }, use) => {
    const closing = [];
    await use(async (policy, { api } = {}) => {
      const scratch = await mkdtemp(path.join(tmpdir(), "common-assessment-policy-"));
      closing.push(() => rm(scratch, { recursive: true, force: true }));
      const [port, portalPort] = [await freePort(), await freePort()];
      const [caf, origin] = [`http://127.0.0.1:${port}`, `http://localhost:${portalPort}`];
      const signer = makeKeys();
      const options = { issuer: `${origin}/`, audience: "common-assessment" };
      const keys = path.join(scratch, "keys.json");
      await writeFile(keys, JSON.stringify(signer.keys));
      const file = path.join(scratch, "settings.toml");
      await writeFile(
        file,
        [
          `public_url = "${caf}/"`, "[[bearer]]", `issuer = "${origin}/"`, 'audience = "common-assessment"', `keys = { file = "${keys}" }`,
          "[[partners]]", 'id = "school"', 'name = "Woodhouse Moor Primary School"', `origins = ["${origin}"]`, `issuer = "${origin}/"`,
        ].join("\n"),
      );
      const server = await startServer({ port, folder: scratch, demo: false, extra: ["--settings", file] });
      closing.push(() => server.stop());
      const folder = path.join(scratch, "portal");
      await mkdir(folder);
      await writeFile(path.join(folder, "portal.js"), `globalThis.told = [];
for (const name of ["ready", "error", "submitted"]) addEventListener("assessment-" + name, ({ detail }) => told.push([name, detail?.reason ?? null]));
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => told.push(["violation", violatedDirective + " " + blockedURI]));
document.querySelector("common-assessment").token = async () => (await fetch("/session/token", { method: "POST" })).text();`);
      await writeFile(
        path.join(folder, "index.html"),
        `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Portal</title><style nonce="${NONCE}">h1 { color: rebeccapurple }</style></head>
<body><h1>Portal</h1><common-assessment api="${api ?? caf}/api/v1/"></common-assessment><script src="/portal.js"></script>
<script type="module" src="/caf/common-assessment.js"></script></body></html>`,
      );
      const portal = await startPortal({ folder, caf, package: path.join(ROOT, "dist"), signer, port: portalPort, ...options, policy: policy(caf) });
      closing.push(() => portal.stop());
      const wrong = [];
      page.on("pageerror", ({ message }) => wrong.push(message));
      page.on("console", (message) => message.type() === "error" && !message.location().url.includes("favicon") && wrong.push(message.text()));
      await page.goto(portal.url);
      return { caf, wrong };
    });
    for (const close of closing.reverse()) await close();
  },
});

const told = (page, name) => page.evaluate((name) => globalThis.told.filter(([one]) => one === name).map(([, what]) => what), name);
/** Nothing but what a policy is asked to allow. */
const rest = "img-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'";

for (const [name, policy] of Object.entries({
  "'wasm-unsafe-eval'": (caf) => `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-${NONCE}'; connect-src 'self' ${caf}; ${rest}`,
  "styles with a nonce only": (caf) => `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'nonce-${NONCE}'; connect-src 'self' ${caf}; ${rest}`,
  "trusted types": (caf) =>
    `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-${NONCE}'; connect-src 'self' ${caf}; ${rest}; require-trusted-types-for 'script'`,
  "no frames": (caf) => `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-${NONCE}'; connect-src 'self' ${caf}; frame-src 'none'; ${rest}`,
})) {
  test(`C15 B32 an element under a policy with ${name}: opens, takes answers, and nothing is refused`, async ({ page, strict }) => {
    const { wrong } = await strict(policy);
    await start(page);
    await open(page, "identifying_details");
    await answer(page, "identifying_details.given_names", "Ada");
    await expect(at(page, "identifying_details.given_names")).toHaveValue("Ada");
    // Its own styles are there, whatever the policy says of the portal's.
    await expect(page.locator("common-assessment .govuk-input").first()).toHaveCSS("border-top-width", "2px");
    expect(await told(page, "violation")).toEqual([]);
    expect(wrong).toEqual([]);
  });
}

test("C15 B32 under script-src 'self' alone: the one line to add, our own address, and the numbers to ring", async ({ page, strict }) => {
  const { caf } = await strict((caf) => `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${caf}; ${rest}`);
  const notice = page.locator("common-assessment .ca-notice");
  await expect(notice.locator("code")).toHaveText("script-src 'self' 'wasm-unsafe-eval'");
  await expect(notice.getByRole("link")).toHaveAttribute("href", caf);
  await expect(notice).toContainText("999");
  await expect.poll(() => told(page, "error")).toEqual(["webassembly"]);
});

test("C15 B32 under connect-src 'self' the form opens, says that the numbers may be others and that nothing was sent, and names the reason", async ({ page, strict }) => {
  await strict(() => `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-${NONCE}'; connect-src 'self'; ${rest}`);
  await expect.poll(() => told(page, "error")).toContain("api");
  await start(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.given_names", "Ada");
  await expect(at(page, "identifying_details.given_names")).toHaveValue("Ada");
  await expect(page.locator("common-assessment")).toContainText("999");
  expect((await told(page, "violation")).filter((what) => !what.startsWith("connect-src "))).toEqual([]);
});

framedTest("C15 the frame under frame-src 'none': words, a way to our own address, and 999, not an empty box", async ({ page, framed }) => {
  await page.addInitScript(listening);
  await page.clock.install();
  const { own } = await framed('<common-assessment-frame src="SRC"></common-assessment-frame>', {
    headers: { "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'none'" },
  });
  await page.waitForLoadState();
  await page.clock.runFor(11_000);
  const notice = page.locator("common-assessment-frame").locator("[role=alert]");
  await expectFramed(notice).toContainText("999");
  await expectFramed(notice.getByRole("link", { name: "Open the form in a new window" })).toHaveAttribute("href", new URL(own.url).origin);
  await expectFramed.poll(() => toldByFrame(page, "error")).toEqual([["error", { reason: "frame" }]]);
});
