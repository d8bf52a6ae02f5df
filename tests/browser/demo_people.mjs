// People of the demo, each in a browser of their own, on a server whose authority has areas, with records that are sent over
// HTTP: how they are filled in is tested elsewhere. SHOTS=<folder> keeps a picture of each state at three widths.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { clean } from "./axe.mjs";
import { WINDOWS } from "./heights.mjs";
import { cases, heading, onDay } from "./journey.mjs";
import { expect, onOwn, startServer, test as base } from "./server.mjs";
import { say } from "./words.mjs";

const STORY = cases["toddler-with-speech-delay"];
const PROFILE = new URL("../../crates/engine/data/profiles/leeds.json", import.meta.url);
/** The areas of an invented authority. The first name would be a formula in a spreadsheet. */
const AREAS = {
  wedges: [{ code: "west", label: "West" }],
  clusters: [
    { code: "moor", label: "=The Moor", wedge: "west", postcodes: ["LS6"] },
    { code: "mills", label: "The Mills", wedge: "west", postcodes: ["LS7"] },
  ],
};

export const test = base.extend({
  /** What the authority's profile says besides. */
  profile: [{}, { option: true }],
  server: async ({ profile: more }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "common-assessment-profile-"));
    const profile = path.join(folder, "profile.json");
    await writeFile(profile, JSON.stringify({ ...JSON.parse(await readFile(PROFILE, "utf8")), areas: AREAS, ...more }));
    const server = await startServer({ extra: ["--today", STORY.today, "--profile", profile] });
    await use(server);
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  },
  /** `someone(code)` gives the page of an invented person in a browser of their own. */
  someone: async ({ browser, server }, use) => {
    const contexts = [];
    await use(async (person) => {
      const context = await browser.newContext({ baseURL: server.url, locale: "en-GB", timezoneId: "Europe/London" });
      contexts.push(context);
      await context.addInitScript(onOwn);
      const page = await context.newPage();
      await onDay(page, STORY.today);
      await page.goto("/");
      expect((await ask(page, "POST", "demo/session", { person })).status).toBeLessThan(300);
      await page.reload();
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

/** The same server on another day, after it was stopped. */
export const startsAgain = (server, day) => server.again({ extra: server.extra.map((one, at) => (server.extra[at - 1] === "--today" ? day : one)) });

/** A request as the person whose page it is. */
export const ask = (page, method, at, body, more = {}) =>
  page.evaluate(
    async ([method, at, body, more]) => {
      const headers = { ...(body ? { "content-type": "application/json" } : {}), ...more };
      const reply = await fetch(`/api/v1/${at}`, { method, headers, body: body && JSON.stringify(body) });
      const text = await reply.text();
      return { status: reply.status, tag: reply.headers.get("etag"), body: text.startsWith("{") ? JSON.parse(text) : text };
    },
    [method, at, body, more],
  );

/** Changes a record over HTTP. */
export async function change(page, id, method, rest, body) {
  const { tag } = await ask(page, "GET", `episodes/${id}`);
  const reply = await ask(page, method, `episodes/${id}/${rest}`, body, { "if-match": tag });
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300);
  return reply.body;
}

/** Joins two people over HTTP; gives the status. */
export const join = (page, one, other) =>
  page.evaluate(
    async ([one, other]) => {
      const tag = (await fetch(`/api/v1/people/${one}`)).headers.get("etag");
      const headers = { "content-type": "application/json", "if-match": tag };
      return (await fetch(`/api/v1/people/${one}/merges`, { method: "POST", headers, body: JSON.stringify({ merged: other }) })).status;
    },
    [one, other],
  );

let sent = 0;
/** Sends the story with these details of the child. Gives the reference. */
export async function send(page, details) {
  const answers = structuredClone(STORY.answers);
  Object.assign(answers.identifying_details, { preferred_name: "", email: "", phones: [], nhs_number: "" }, details);
  const body = { form_version: "caf-2026.3", answers };
  const reply = await ask(page, "POST", "assessments", body, { "idempotency-key": `coordinator-${(sent += 1)}` });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.reference;
}

export const lives = (line_1, postcode) => ({ address: { line_1, town: "Leeds", postcode } });
export const AMELIA = { given_names: "Amelia", family_name: "Hart", dob: "2019-05-04", ...lives("1 Invented Row", "LS6 1AB") };
export const EMELIA = { ...AMELIA, given_names: "Emelia" };

export const link = (page, name) => page.getByRole("link", { name });
export const press = (page, key) => page.getByRole("button", { name: say(key), exact: true }).click();
export const titled = (page, key) => expect(heading(page)).toHaveText(say(key));
export const all = (page) => page.evaluate(() => document.querySelector("common-assessment").shadowRoot.textContent);

/** axe, and pictures where they are wanted. */
export async function look(page, state) {
  await clean(page, state);
  if (!process.env.SHOTS) return;
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: path.join(process.env.SHOTS, `${state.replaceAll(/\W+/g, "-")}-${width}.png`), fullPage: true });
  }
}

/** Opens the start page: going to the address again comes back to the page that was open. */
export async function home(page) {
  await page.goto("about:blank");
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
}

export async function toWork(page) {
  await home(page);
  await link(page, say("start.work")).click();
  await titled(page, "work.title.list");
}

/** Opens one of the coordinator's lists by its link. */
export async function toList(page, name) {
  await toWork(page);
  await link(page, say(`work.title.${name}`)).click();
  await titled(page, `work.title.${name}`);
  await expect(heading(page)).toBeFocused();
}

/** Goes to a page as a bookmark of the browser's history would. */
export async function goTo(page, place) {
  await home(page);
  await page.evaluate((commonAssessmentPlace) => history.replaceState({ commonAssessmentPlace }, ""), place);
  await page.reload();
}
export { expect };
