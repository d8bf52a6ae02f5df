// Puts a record on the device as a saved draft, without typing it: for tests of what a record leads to, not of how it is
// filled in.

import { say } from "./words.mjs";

/** Stores these answers and opens the record at its "check" page. */
export async function openStored(page, answers, place = "check") {
  await page.goto("/");
  await page.getByRole("button", { name: say("start.begin") }).waitFor();
  await page.evaluate(
    async (text) => {
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
      await settle(store.put({ text, at: "2026-11-23T12:00:00.000Z", stamp: "stored-1" }, "stored"));
      database.close();
    },
    JSON.stringify({ id: "stored", saved: "today", version: 1, revision: 1, name: "", place, acknowledged: {}, answers }),
  );
  await page.reload();
  await page.locator(".ca-drafts__name").click();
  await page.locator(".ca-child-bar").waitFor();
}
