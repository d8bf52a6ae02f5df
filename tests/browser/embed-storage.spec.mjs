// Frames where the browser refuses storage, or keeps a separate one for each portal (case C9): the form works, says once that no
// draft can be kept, never says saved, and promises no draft of another portal.

import { expect, formIn, listening, test, told } from "./framed.mjs";
import { answer, at, open, saved, start } from "./journey.mjs";
import { onOwn } from "./server.mjs";
import { say } from "./words.mjs";

test.use({ real: true });
test.setTimeout(90_000);
test.beforeEach(async ({ page, context }) => {
  await context.addInitScript(onOwn);
  await page.addInitScript(listening);
});

const FRAME = '<common-assessment-frame src="SRC" drafts="device"></common-assessment-frame>';

/** Each runs in every frame before its scripts, and does nothing in the portal's page. */
const REFUSALS = {
  "this browser keeps other sites' storage away": () => {},
  "looking at storage, locks and workers throws": () => {
    if (location.hostname === "localhost") return;
    const refuse = (on, name) => Object.defineProperty(on, name, { get() { throw new DOMException("denied", "SecurityError"); } });
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) refuse(globalThis, name);
    for (const name of ["serviceWorker", "locks", "storage"]) refuse(Navigator.prototype, name);
  },
  "opening a database fails and locks are denied": () => {
    if (location.hostname === "localhost") return;
    // A database of a later version is there each time, so that a true request ends with an error.
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (name) {
      open.call(this, name, 999).onsuccess = ({ target }) => target.result.close();
      return open.call(this, name, 1);
    };
    LockManager.prototype.request = async () => { throw new DOMException("denied", "SecurityError"); };
  },
};
const CANNOT = "No draft can be kept on this device here.";
/** The same portal on the form's own site, where the browser keeps storage. Gives its address. */
const onOwnSite = ({ portal, origins }) => {
  const address = `http://127.0.0.1:${portal.port}/`;
  origins.push(new URL(address).origin);
  return address;
};

for (const [what, refusal] of Object.entries(REFUSALS)) {
  test(`C9 a frame of another site where ${what}: the form can be written in and says what is kept`, async ({ page, context, framed }) => {
    const errors = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await context.addInitScript(refusal);
    const { form } = await framed(FRAME);
    const inside = await form();
    // Where only opening fails, that is known once something is to be saved.
    if (!what.startsWith("opening")) await expect(inside.getByText(CANNOT)).toHaveCount(1);
    await start(inside);
    await open(inside, "identifying_details");
    // Not taken for a record that another window is writing.
    await answer(inside, "identifying_details.given_names", "Ada");
    await expect(at(inside, "identifying_details.given_names")).toHaveValue("Ada");
    await expect(at(inside, "identifying_details.given_names")).toBeEditable();
    const status = inside.locator(".ca-child-bar__status");
    await expect(status).toContainText(/not saved/i);
    expect(await told(page, "saved")).toEqual([]);
    expect(await page.evaluate(() => document.querySelector("common-assessment-frame").save())).toBe(false);
    expect((await told(page, "error")).map(([, detail]) => detail.reason)).not.toContain("stopped");
    expect(errors).toEqual([]);
  });
}

test("C9 where only locks are denied a record is no other window's: it is written in and saved", async ({ page, context, framed }) => {
  await context.addInitScript(() => {
    LockManager.prototype.request = async () => { throw new DOMException("denied", "SecurityError"); };
  });
  const { own, ...rest } = await framed(FRAME);
  await page.goto(onOwnSite(rest));
  const inside = await formIn(page, own);
  await start(inside);
  await open(inside, "identifying_details");
  await answer(inside, "identifying_details.given_names", "Ada");
  await saved(inside);
  expect(await page.evaluate(() => document.querySelector("common-assessment-frame").save())).toBe(true);
});

test("C9 a draft of one portal is neither shown nor promised in another portal's frame", async ({ page, framed }) => {
  const { own, portal, origins } = await framed(FRAME);
  await page.goto(onOwnSite({ portal, origins }));
  const inside = await formIn(page, own);
  await start(inside);
  await open(inside, "identifying_details");
  await answer(inside, "identifying_details.given_names", "Ada");
  await saved(inside);
  await page.reload();
  await expect((await formIn(page, own)).locator(".ca-drafts__name")).toHaveText(/Ada/);
  // Another site, whose pages may frame it, too.
  await page.goto(portal.url);
  const elsewhere = await formIn(page, own);
  await expect(elsewhere.getByRole("button", { name: say("start.begin") })).toBeVisible();
  await expect(elsewhere.getByText(CANNOT)).toHaveCount(1);
  await expect(elsewhere.locator(".ca-drafts__name")).toHaveCount(0);
});
