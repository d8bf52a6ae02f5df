// A server to try the description of the interface against: it takes tokens of a portal that we sign ourselves, limits
// nobody, and has some records, so that what is asked for exists.

import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { SignJWT, exportJWK, generateKeyPair } from "jose";

import { startServer } from "../browser/server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ISSUER = "https://portal.example/";
const AUDIENCE = "common-assessment";
/** Nobody is held up: what is tried is what the server says, not how often it says it. */
const OFTEN = 1_000_000_000;

/** The invented people who ask, by name: what their tokens say of them. */
export const PEOPLE = {
  // One role in another organisation: most requests are refused.
  one: { name: "Tomasz Bielak", roles: ["practitioner"], organisation: "Kirkstall Youth Project" },
  // No form of their own, and the audit trail.
  auditor: { name: "Hamish Drummond-Vale", roles: ["auditor"], organisation: "Children's Services Quality Team" },
  // Everything that somebody can do who works in early help: most requests get through. The last, since they may shut the
  // others out.
  all: { name: "Bernadette Oyelaran", roles: ["practitioner", "lead_professional", "safeguarding_lead", "eh_coordinator"] },
};

/**
 * Starts a server that takes our tokens.
 *
 * @param {{server: string, owner: string}} [postgres] the database; a new SQLite file without it
 * @param {(server: object) => Promise<unknown>} use gets `{url, token(person)}`
 */
export async function serving(postgres, use) {
  const folder = await mkdtemp(path.join(tmpdir(), "common-assessment-"));
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "contract", alg: "EdDSA", use: "sig" }] };
  await writeFile(path.join(folder, "keys.json"), JSON.stringify(keys));
  const settings = [
    ...(postgres ? [`database = "${postgres.server}"`, `database_owner = "${postgres.owner}"`] : []),
    "[[bearer]]",
    `issuer = "${ISSUER}"`,
    `audience = "${AUDIENCE}"`,
    `keys = { file = "${path.join(folder, "keys.json")}" }`,
    "longest_minutes = 1440",
    "[limits]",
    `requests_a_minute = ${OFTEN}`,
    `requests_a_minute_from_an_address = ${OFTEN}`,
    `searches_a_minute = ${OFTEN}`,
    `look_ups_a_day = ${OFTEN}`,
  ];
  await writeFile(path.join(folder, "settings.toml"), settings.join("\n"));
  const server = await startServer({
    folder,
    demo: false,
    database: !postgres,
    extra: ["--settings", path.join(folder, "settings.toml")],
  });
  const token = (person) =>
    new SignJWT({ organisation: "Aire Valley Health Visiting", ...PEOPLE[person] })
      .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: "contract" })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(`contract-${person}`)
      .setIssuedAt()
      .setExpirationTime("23h")
      .sign(privateKey);
  try {
    return await use({ url: server.url, token, output: server.output });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Complete, invented answers, with the dates that must be ahead moved there. */
export async function complete() {
  const file = path.join(ROOT, "crates/server/tests/server/fixtures/complete.json");
  const answers = JSON.parse(await readFile(file, "utf8"));
  const ahead = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  answers.agreed_actions.review_date = ahead(60);
  answers.agreed_actions.actions[0].by_when = ahead(20);
  return answers;
}

/**
 * Sends some records as that person.
 *
 * @returns {Promise<Record<string, string[]>>} the ids of what exists now, by the name of the collection in addresses
 */
export async function filled({ url, token }, person = "all") {
  const authorization = `Bearer ${await token(person)}`;
  const ask = async (method, address, headers = {}, body = undefined) => {
    const json = body && { "content-type": "application/json" };
    const request = { method, headers: { authorization, ...json, ...headers }, body: body && JSON.stringify(body) };
    const reply = await fetch(new URL(`api/v1/${address}`, url), request);
    if (!reply.ok) throw new Error(`${method} ${address}: ${reply.status} ${await reply.text()}`);
    return { etag: reply.headers.get("etag"), ...(reply.status === 204 ? {} : await reply.json()) };
  };
  const answers = await complete();
  const found = { assessments: [], drafts: [], people: [], episodes: [], holds: [], requests: [], members: [] };
  for (const number of [1, 2, 3, 4]) {
    answers.assessment_information.reason = `Few words at his review, visit ${number}.`;
    const body = { form_version: "caf-2026.3", answers };
    const receipt = await ask("POST", "assessments", { "idempotency-key": randomUUID() }, body);
    found.assessments.push(receipt.id);
    const draft = randomUUID();
    await ask("PUT", `drafts/${draft}`, { "if-none-match": "*" }, { form_version: "caf-2026.3", answers: {} });
    found.drafts.push(draft);
  }
  for (const { id } of (await ask("GET", "episodes?limit=4")).episodes) {
    const opened = await ask("GET", `episodes/${id}`);
    found.episodes.push(id);
    found.people.push(opened.child);
    const members = await ask("GET", `episodes/${id}/members`);
    found.members.push(...members.members.map((member) => member.id));
    const because = { "access-reason": "Somebody%20asked.", "if-match": opened.etag };
    found.holds.push((await ask("POST", `episodes/${id}/holds`, because, {})).id);
    const asked = { ...because, "if-match": (await ask("GET", `episodes/${id}`)).etag };
    const body = { received_on: "2026-11-20" };
    found.requests.push((await ask("POST", `episodes/${id}/subject-access`, asked, body)).id);
  }
  return found;
}
