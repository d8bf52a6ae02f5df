// A server where people sign in through a real OpenID Connect provider, for tests.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { at } from "./journey.mjs";
import { ROLES, invented, signInAs, startProvider } from "./provider.mjs";
import { expect, freePort, startServer, test as base } from "./server.mjs";

export const test = base.extend({
  /** Further lines of the settings file. */
  settings: [[], { option: true }],
  /** Further lines of its part about the provider. */
  asks: [[], { option: true }],
  baseURL: async ({ signIn }, use) => use(signIn.url),
  /** Server and provider that know each other. */
  signIn: async ({ settings, asks }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "common-assessment-"));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const people = invented();
    const provider = await startProvider(url, people);
    await writeFile(path.join(folder, "secret"), provider.secret);
    const roles = Object.entries(ROLES).map(([group, role]) => `"${group}" = "${role}"`);
    await writeFile(
      path.join(folder, "settings.toml"),
      [
        `public_url = "${url}"`,
        "[sign_in]",
        `issuer = "${provider.issuer}"`,
        'client_id = "common-assessment"',
        `client_secret_file = "${path.join(folder, "secret")}"`,
        ...asks,
        "[sign_in.claims]",
        'roles = "groups"',
        "[sign_in.claims.role_values]",
        ...roles,
        ...settings,
      ].join("\n"),
    );
    const server = await startServer({ port, folder, demo: false, extra: ["--settings", path.join(folder, "settings.toml")] });
    await use({ url, server, provider, people });
    await server.stop();
    await provider.close();
    await rm(folder, { recursive: true });
  },
});

/** Who the server says is asking. */
export const session = (page, url) =>
  page.evaluate(async (url) => {
    const reply = await fetch(`${url}api/v1/session`);
    return { status: reply.status, ...(await reply.json()) };
  }, url);

/** The address that leads to the sign-in page and then to this place. */
export const wanted = (url, place) => `${url}api/v1/sign-in?return_to=${encodeURIComponent(place)}`;

/** Signs in, and waits until the form knows it. */
export async function enter(page, url, subject = "teacher-7") {
  await page.goto(wanted(url, "/"));
  await signInAs(page, subject);
  await expect(at(page, "lock.now")).toBeVisible();
}

/** The provider forgets who was signed in there, as on a shared computer where people sign out. */
export const strangers = (context) => context.clearCookies({ name: /^_/ });

export { expect };
