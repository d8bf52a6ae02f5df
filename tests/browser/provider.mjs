// A real OpenID Connect provider on a free port, for tests: the oidc-provider package, with invented people. It signs in
// anyone whose name is among them; it keeps everything in memory.

import { createServer } from "node:http";

import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

import { freePort } from "./server.mjs";

// It says at length that it must not be used like this elsewhere, which drowns what tests say.
for (const name of ["info", "warn"]) {
  const say = console[name];
  console[name] = (...words) => String(words[0]).includes("oidc-provider ") || say(...words);
}

/** The people whom it knows, by subject. A test may change them: the next sign-in tells. */
export function invented() {
  return {
    "teacher-7": { name: "Priya Raman", organisation: "school-7", groups: ["CAF users"], email: "head@school.example" },
    "teacher-8": { name: "Owen Blythe", organisation: "school-7", groups: ["CAF users"], email: "office@school.example" },
    "coordinator-2": { name: "Dewi Pritchard", organisation: "hub-west", groups: ["CAF coordinators"] },
    "caretaker-1": { name: "Sam Ollerton", organisation: "school-7", groups: ["Building"] },
  };
}

/** What the server's settings say about it. */
export const ROLES = { "CAF users": "practitioner", "CAF coordinators": "eh_coordinator" };

/**
 * Starts a provider for a server at `publicUrl`.
 *
 * @param {string} publicUrl where the server under test is
 * @param {Record<string, object>} people as {@link invented}
 * @param {number} [port] the one of a provider that has ended, to come back with other keys
 * @returns {Promise<{issuer: string, secret: string, requests: string[], way: {back?: (address: URL) => URL | undefined},
 *   close: () => Promise<void>}>} `way.back` gets each address to which it sends a browser back, and gives the one to
 *   send it to; without one the browser stays where it is.
 */
export async function startProvider(publicUrl, people = invented(), port = undefined) {
  port ??= await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), use: "sig", alg: "RS256", kid: "test" };
  const secret = "a-secret-of-the-test";
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "common-assessment",
        client_secret: secret,
        redirect_uris: [new URL("api/v1/sign-in/callback", publicUrl).href],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ["a-key-of-the-test"] },
    // The claims are in the ID token itself, as most authorities' providers have them.
    conformIdTokenClaims: false,
    // How somebody signed in is said of the person, since its own pages have only one way.
    acrValues: ["two-factors"],
    claims: { openid: ["sub", "acr"], profile: ["name", "organisation", "groups", "email"] },
    pkce: { required: () => true },
    findAccount: (_, sub) =>
      people[sub] && { accountId: sub, claims: () => ({ sub, email_verified: false, ...people[sub] }) },
    features: { devInteractions: { enabled: true } },
  });
  provider.on("server_error", (_, error) => console.error("provider:", error));
  const requests = [];
  const way = { back: undefined };
  provider.use(async (context, next) => {
    requests.push(`${context.method} ${context.path}`);
    await next();
    const address = context.response.get("location");
    if (!way.back || !address?.includes("/sign-in/callback")) return;
    const spoilt = way.back(new URL(address));
    if (spoilt) return context.response.set("location", spoilt.href);
    context.response.remove("location");
    context.status = 200;
    context.body = "<h1>Held</h1>";
  });
  const server = createServer(provider.callback());
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  return {
    issuer,
    secret,
    requests,
    way,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(done);
      }),
  };
}

/** Fills in the provider's own page as that person, and agrees to what it asks. */
export async function signInAs(page, subject) {
  await page.locator("input[name=login]").fill(subject);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  // It asks for agreement only once.
  if (await page.getByText("Authorize", { exact: true }).isVisible()) await page.locator("button[type=submit]").click();
}
