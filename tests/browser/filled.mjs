// A page whose device has a whole case as a draft, typed once in each worker through the real form. Import `test` from
// here, call `openDraft(page)`, and the record is open at its task list. `test.use({ story: "…" })` gives another case.

import { expect, startServer, test as base } from "./server.mjs";
import { cases, fillCase, listed, onDay, saved } from "./journey.mjs";
import { say } from "./words.mjs";

/** What a browser stores belongs to an address; each server has its own. */
const moved = (state, url) => ({
  ...state,
  origins: state.origins.map((origin) => ({ ...origin, origin: new URL(url).origin })),
});

const typed = new Map();

/** Types a case into a browser of its own, and gives what that browser then has stored. */
async function typeOnce(browser, name) {
  const server = await startServer();
  const context = await browser.newContext({ baseURL: server.url, locale: "en-GB", timezoneId: "Europe/London" });
  const page = await context.newPage();
  await onDay(page, cases[name].today);
  await page.goto("/");
  await fillCase(page, cases[name].answers);
  await saved(page);
  const state = await context.storageState({ indexedDB: true });
  await context.close();
  await server.remove();
  return state;
}

export const test = base.extend({
  /** The case. */
  story: ["bruise-on-a-baby", { option: true }],
  today: async ({ story }, use) => use(cases[story].today),
  /** The address that the page is opened at; a test that puts something before the server changes it. */
  address: async ({ server }, use) => use(server.url),
  storageState: async ({ browser, story, address }, use) => {
    if (!typed.has(story)) typed.set(story, await typeOnce(browser, story));
    await use(moved(typed.get(story), address));
  },
  page: async ({ page, story }, use) => {
    await onDay(page, cases[story].today);
    await use(page);
  },
  baseURL: async ({ address }, use) => use(address),
});

// The first test in a worker also types the case.
test.setTimeout(180_000);

/** Opens the draft that is on the device. */
export async function openDraft(page) {
  await page.goto("/");
  await page.locator(".ca-drafts__name").click();
  await page.getByRole("link", { name: say("back.tasks") }).first().or(listed(page, "check")).first().waitFor();
}

export { expect };
