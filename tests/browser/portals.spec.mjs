// The worked portals (examples/): plain, React, and a frame, each on another origin than the form. Somebody is signed in by
// the portal's token, finds prefilled what the portal knows, completes and sends; the portal's page hears of it by an event
// and its server by a signed webhook. All under strict content security policies; then without WebAssembly (C15, B32).

import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { makeKeys, makeToken, startPortal } from "../../examples/portal-server.mjs";
import { found } from "./axe.mjs";
import { complaints, formIn } from "./framed.mjs";
import { HOSTILE } from "./hostile_portal.mjs";
import { at, open, send, start } from "./journey.mjs";
import { expect, freePort, onOwn, startServer, test as base } from "./server.mjs";
import { fillThin } from "./thin.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const example = (name) => path.join(ROOT, "examples", name);
const AUDIENCE = "common-assessment";

/** The portals: where their pages are, whether the form is in a frame, and the strictest policy that each needs. */
const PORTALS = {
  plain: { folder: example("portal-plain") },
  react: { build: example("portal-react") },
  frame: { folder: example("portal-frame"), isFramed: true },
};
const REST = "style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'";
const POLICIES = {
  element: (caf) => `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${caf}; ${REST}`,
  refused: (caf) => `default-src 'none'; script-src 'self'; connect-src 'self' ${caf}; ${REST}`,
  frame: (caf) =>
    `default-src 'none'; script-src 'self'; connect-src 'self'; frame-src ${caf}; ${REST}; require-trusted-types-for 'script'; trusted-types 'none'`,
};

const test = base.extend({
  /** All that goes over the wire is recorded, with bodies; it is written when the context is closed. */
  har: async ({}, use, info) => use(info.outputPath("all.har")),
  contextOptions: async ({ har }, use) => use({ recordHar: { path: har, content: "embed" } }),
  /** `embedded(name, policy)` starts the form's server with that portal as its partner, and opens the portal. */
  embedded: async ({ page, context }, use) => {
    const closing = [];
    await use(async (name, policy, { token } = {}) => {
      const scratch = await mkdtemp(path.join(tmpdir(), "common-assessment-portal-"));
      closing.push(() => rm(scratch, { recursive: true, force: true }));
      const { build, folder = path.join(scratch, "portal") } = PORTALS[name];
      // Each test has a copy of its own: two at once would take each other's files away.
      if (build) execFileSync("npm", ["run", "build", "--", "--outDir", folder], { cwd: build, stdio: "ignore" });
      const [port, portalPort] = [await freePort(), await freePort()];
      const caf = `http://127.0.0.1:${port}`;
      const origin = `http://localhost:${portalPort}`;
      const signer = makeKeys();
      const secret = `whsec_${randomBytes(32).toString("base64")}`;
      const file = async (name, text) => {
        await writeFile(path.join(scratch, name), text, { mode: 0o600 });
        return path.join(scratch, name);
      };
      const settings = [
        `public_url = "${caf}/"`,
        "[[bearer]]",
        `issuer = "${origin}/"`,
        `audience = "${AUDIENCE}"`,
        `keys = { file = "${await file("keys.json", JSON.stringify(signer.keys))}" }`,
        "[[partners]]",
        'id = "school"',
        'name = "Woodhouse Moor Primary School"',
        `origins = ["${origin}"]`,
        `issuer = "${origin}/"`,
        "[partners.webhook]",
        `url = "${origin.replace("localhost", "127.0.0.1")}/webhooks"`,
        `secret_file = "${await file("secret", secret)}"`,
        'kinds = ["assessment.received"]',
      ];
      const server = await startServer({ port, folder: scratch, demo: false, extra: ["--settings", await file("settings.toml", settings.join("\n"))] });
      closing.push(() => server.stop());
      const options = { issuer: `${origin}/`, audience: AUDIENCE };
      const portal = await startPortal({
        ...{ folder, caf, package: path.join(ROOT, "dist"), signer, secret, port: portalPort, ...options },
        policy: policy && POLICIES[policy](caf),
      });
      closing.push(() => portal.stop());
      // Every token that was given, to look for them where they must not be.
      const given = [];
      portal.way.token = () => {
        const made = token?.() ?? makeToken(signer, options);
        given.push(made);
        return made;
      };
      await context.addInitScript(onOwn);
      await page.goto(portal.url);
      const form = PORTALS[name].isFramed ? await formIn(page, { url: `${caf}/` }) : page;
      return { portal, server, form, given, caf };
    });
    for (const close of closing.reverse()) await close();
  },
});

test.setTimeout(120_000);

/** All that a script of this page could read. */
const readable = (frame) =>
  frame.evaluate(() => {
    const markup = [document.documentElement.outerHTML];
    for (const element of document.querySelectorAll("*")) if (element.shadowRoot) markup.push(element.shadowRoot.innerHTML);
    // In a frame of another site, a browser may refuse to name its storage.
    const stored = (name) => {
      try {
        return { ...globalThis[name] };
      } catch {
        return {};
      }
    };
    return JSON.stringify([markup, location.href, history.state, stored("localStorage"), stored("sessionStorage"), document.cookie, name, performance.getEntries().map((entry) => entry.name)]);
  });

/**
 * Takes the access tokens out of a recording where they may be: in a request's header to the form's server, and in what the
 * portal's own server answers its page. Gives how many there were, and the whole rest as a text.
 */
function withoutTokens(har, { caf, portal }) {
  const counts = { headers: 0, answers: 0 };
  for (const { request, response } of har.log.entries) {
    if (request.url.startsWith(`${caf}/api/v1/`)) {
      const others = request.headers.filter(({ name }) => name.toLowerCase() !== "authorization");
      counts.headers += request.headers.length - others.length;
      request.headers = others;
    }
    if (request.url === `${portal.url}session/token`) {
      counts.answers += 1;
      response.content = {};
    }
    const { content } = response;
    if (content.encoding === "base64") content.text = Buffer.from(content.text, "base64").toString("latin1");
  }
  return { ...counts, rest: JSON.stringify(har) };
}

for (const [name, { isFramed }] of Object.entries(PORTALS)) {
  test(`B32 B36 the portal ${name}: signed in by token, prefilled, completed, sent, and told`, async ({ page, context, har, embedded }) => {
    const wrong = complaints(page);
    const said = [];
    page.on("console", (message) => said.push(message.text()));
    const addresses = [];
    page.on("request", (request) => addresses.push(request.url(), request.headers().referer ?? ""));
    const { portal, server, form, given, caf } = await embedded(name, isFramed ? "frame" : "element");
    await start(form);
    await open(form, "identifying_details");
    await expect(at(form, "identifying_details.given_names")).toHaveValue("Ada");
    await expect(at(form, "identifying_details.family_name")).toHaveValue("Example");
    await fillThin(form, ["identifying_details"]);
    await send(form);
    await expect(page.locator("#news")).toHaveText("The assessment was sent.");
    await expect.poll(() => portal.deliveries, { timeout: 20_000 }).toEqual([expect.objectContaining({ kind: "assessment.received" })]);
    expect(portal.refused).toBe(0);
    expect(JSON.stringify(portal.deliveries)).not.toMatch(/Ada|Example|Suharto|tired/);

    // The token is in the header of requests, and nowhere else.
    expect(given.length).toBeGreaterThan(0);
    const seen = [...addresses, server.output(), ...(await Promise.all(page.frames().map(readable)))].join("\n");
    for (const token of given) for (const part of token.split(".").slice(1)) expect(seen).not.toContain(part);
    if (isFramed) expect(await readable(page.mainFrame())).not.toMatch(/Suharto|tired at school/);
    expect(wrong).toEqual([]);

    // Nor in anything else that went over the wire, either way, on the console or to the portal's server.
    await context.close();
    const recorded = JSON.parse(await readFile(har, "utf8"));
    const toPortal = recorded.log.entries.filter(({ request }) => request.url.startsWith(portal.url)).map(({ request }) => request);
    expect(toPortal.length).toBeGreaterThan(1);
    expect(JSON.stringify(toPortal)).not.toMatch(/Suharto|tired at school/);
    const { headers, answers, rest } = withoutTokens(recorded, { caf, portal });
    expect(headers).toBeGreaterThan(0);
    expect(answers).toBe(given.length);
    // Chromium does not tell what a request of the program carries: what came of it is in the server's own files.
    const files = (await readdir(server.folder, { withFileTypes: true })).filter((entry) => entry.isFile());
    const stored = await Promise.all(files.map(({ name }) => readFile(path.join(server.folder, name), "latin1")));
    expect(stored.join(), "the record is among what is searched").toContain("tired at school");
    const everywhere = [rest, ...said, ...stored, JSON.stringify(portal.deliveries)].join("\n");
    for (const token of given) for (const part of token.split(".").slice(1)) expect(everywhere).not.toContain(part);
  });
}

/** Every portal with its own styles, and with those of careless and hostile ones after them. */
const STYLES = { "its own styles": "", "hostile styles": `${HOSTILE["all together"]}\n${HOSTILE["all together"].replaceAll("common-assessment", "common-assessment-frame")}` };

for (const [name, { isFramed }] of Object.entries(PORTALS)) {
  for (const [styles, hostile] of Object.entries(STYLES)) {
    test(`C18 the portal ${name} with ${styles}: axe finds nothing in the form at 320 and at 400 %, light and dark, and nothing is cut off`, async ({ page, embedded }) => {
      const { form } = await embedded(name, isFramed ? "frame" : "element");
      await page.evaluate((styles) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(styles);
        document.adoptedStyleSheets.push(sheet);
      }, hostile);
      const looked = async (state) => {
        for (const scheme of ["light", "dark"]) {
          await form.locator("common-assessment").evaluate((element, scheme) => element.setAttribute("scheme", scheme), scheme);
          // 400 % of a window of 1280 is one of 320.
          for (const [width, height] of [[320, 640], [320, 200]]) {
            await page.setViewportSize({ width, height });
            expect.soft(await found(form, { include: [["common-assessment"]] }), `${state}, ${scheme}, ${width} x ${height}`).toEqual([]);
            const cut = await form.locator("common-assessment").evaluate(({ shadowRoot }) =>
              [...shadowRoot.querySelectorAll("p, h1, h2, button, label, input")]
                .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
                .map((node) => node.outerHTML.slice(0, 80)),
            );
            expect.soft(cut, `${state}, ${scheme}, ${width} x ${height}: out of the window`).toEqual([]);
          }
        }
        await page.setViewportSize({ width: 1280, height: 800 });
      };
      await expect(form.locator("common-assessment [data-begin=caf], common-assessment .govuk-button").first()).toBeEnabled();
      await looked("the start page");
      await start(form, "yes");
      await looked("the task list, with an urgent action");
      await open(form, "identifying_details");
      await looked("a page of questions");
    });
  }
}

for (const name of ["plain", "react"]) {
  test(`C15 the portal ${name} without 'wasm-unsafe-eval': the line to add, another way in, and 999`, async ({ page, embedded }) => {
    const { caf } = await embedded(name, "refused");
    const notice = page.locator("common-assessment .ca-notice");
    await expect(notice).toContainText("'wasm-unsafe-eval'");
    await expect(notice).toContainText("999");
    await expect(notice.getByRole("link")).toHaveAttribute("href", caf);
    await expect(page.locator("#news")).toHaveText("The form has a problem: webassembly.");
  });
}

test("a portal that gives a wrong token is told, and the words on the page stay", async ({ page, embedded }) => {
  const stranger = makeKeys();
  const { form } = await embedded("plain", "element", { token: () => makeToken(stranger, { issuer: "http://localhost/", audience: AUDIENCE }) });
  await expect(page.locator("#news")).toContainText(/sign in to the portal again|problem: token/);
  await expect(form.locator("common-assessment")).toContainText("999");
});

test("B36 a framed portal that locks the form while it loads gets a locked form, and is told so only then", async ({ page, embedded }) => {
  await page.addInitScript(() => {
    customElements.whenDefined("common-assessment-frame").then(async () => {
      await document.querySelector("common-assessment-frame").lock();
      document.querySelector("#news").textContent = "Locked";
    });
  });
  const { form } = await embedded("frame", "frame");
  await expect(page.locator("#news")).toHaveText("Locked");
  const locked = form.locator("common-assessment").getByRole("heading", { name: "The form is locked" });
  await expect(locked).toBeVisible();
  await expect(form.locator("common-assessment")).toContainText("999");
  // Nor does it open by itself where the portal then signs the person out.
  await page.locator("common-assessment-frame").evaluate((element) => (element.token = undefined));
  await page.waitForTimeout(500);
  await expect(locked).toBeVisible();
});

test("in React's StrictMode the form is one, and what was typed is there after it was closed and opened", async ({ page, embedded }) => {
  const wrong = complaints(page);
  const { form } = await embedded("react", "element");
  await start(form);
  await open(form, "identifying_details");
  await at(form, "identifying_details.preferred_name").fill("Zebedee");
  for (let time = 0; time < 5; time += 1) {
    await page.getByRole("button", { name: "Close the form" }).click();
    await expect(page.locator("common-assessment")).toBeHidden();
    await page.getByRole("button", { name: "Open the form" }).click();
    await expect(page.locator("common-assessment .ca-page h1")).toHaveCount(1);
    await expect(at(form, "identifying_details.preferred_name")).toHaveValue("Zebedee");
  }
  expect(wrong).toEqual([]);
});
