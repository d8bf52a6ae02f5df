// A change that is on its way for as long as a test wants, and what the browser keeps of the fields of my work.

/** A promise with the function that keeps it. */
function later() {
  let keep;
  const promise = new Promise((done) => (keep = done));
  return { promise, keep };
}

/**
 * Delays the next change at an address back; what is only read passes.
 *
 * @param {import("@playwright/test").Page} page whose requests they are
 * @param {RegExp} at a pattern of the address
 * @returns {Promise<{came: Promise<void>, letGo: () => Promise<number>, wrong: string[]}>} `came` is once it is on its way;
 *   `letGo` sends it on, and gives the status of the answer that the page has got; `wrong` is what stopped the program.
 */
export async function delayed(page, at) {
  const [came, gate, answered] = [later(), later(), later()];
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => message.text().includes("common-assessment stopped") && wrong.push(message.text()));
  await page.route(at, async (route) => {
    if (route.request().method() === "GET") return route.continue();
    came.keep();
    await gate.promise;
    const reply = await route.fetch();
    await route.fulfill({ response: reply });
    answered.keep(reply.status());
  });
  const letGo = async () => {
    gate.keep();
    const status = await answered.promise;
    await page.unroute(at);
    return status;
  };
  return { came: came.promise, letGo, wrong };
}

/** Everything that is kept of the fields of my work on this device, as text. */
export const storedFields = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open("common-assessment-work", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("records");
        opening.onsuccess = () => {
          const all = opening.result.transaction("records").objectStore("records").getAll();
          all.onsuccess = () => {
            opening.result.close();
            done(JSON.stringify(all.result));
          };
        };
      }),
  );
