// Puts a record on the device as a saved draft, without typing it: for tests of what a record leads to, not of how it is
// filled in.

import { say } from "./words.mjs";

/** A record as it is stored. `more` are other members, such as `waiting`. */
export const recordOf = (id, answers, more = {}) => {
  const { given_names: given = "", family_name: family = "" } = answers.identifying_details ?? {};
  const name = [given, family].filter(Boolean).join(" ");
  return { id, saved: "today", version: 1, revision: 1, name, place: "tasks", acknowledged: {}, answers, ...more };
};

/** Puts these records on the device instead of those that are there. `at` is when each was saved. */
export async function store(page, records, at = () => "2026-11-23T12:00:00.000Z") {
  await page.evaluate(
    async (records) => {
      const settle = (request) =>
        new Promise((done, failed) => {
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        });
      const opening = indexedDB.open("common-assessment", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("records");
      const database = await settle(opening);
      const store = database.transaction("records", "readwrite").objectStore("records");
      await settle(store.clear());
      for (const [id, text, at] of records) await settle(store.put({ text, at, stamp: `${id}-1` }, id));
      database.close();
    },
    records.map((record, index) => [record.id, JSON.stringify(record), at(index)]),
  );
}

/** Stores these answers and opens the record at its "check" page, or at another. */
export async function openStored(page, answers, place = "check") {
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
  await store(page, [{ ...recordOf("stored", answers, { place }), name: "" }]);
  await page.reload();
  await page.locator(".ca-drafts__name").click();
  await page.locator(".ca-child-bar").waitFor();
}

/** Stores several records that are not open, each saved a second after the one before: `{ answers, begun, saved }`. */
export const storeAll = (page, records) =>
  store(
    page,
    records.map((record, index) => recordOf(`stored-${index}`, record.answers, record)),
    (index) => `2026-11-23T12:00:0${index}.000Z`,
  );

/** Changes the one record that is on the device while no page has it open, and gives what is then stored. */
export async function changeStored(page, change) {
  const access = (text) =>
    page.evaluate(async (text) => {
      const settle = (request) =>
        new Promise((done, failed) => {
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        });
      const database = await settle(indexedDB.open("common-assessment", 1));
      const store = database.transaction("records", "readwrite").objectStore("records");
      const [id] = await settle(store.getAllKeys());
      const stored = await settle(store.get(id));
      if (text) await settle(store.put({ ...stored, text }, id));
      database.close();
      return text ?? stored.text;
    }, text);
  const record = JSON.parse(await access(null));
  change(record);
  return JSON.parse(await access(JSON.stringify(record)));
}
