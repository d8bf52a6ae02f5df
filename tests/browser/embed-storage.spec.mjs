// Frames where the browser refuses storage, or keeps a separate one for each portal (case C9): the form works, says once that no
// draft can be kept, never says saved, and promises no draft of another portal.

import { expect, formIn, listening, portalPage, startPortal, test, told } from "./framed.mjs";
import { answer, at, heading, open, saved, start } from "./journey.mjs";
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
  "looking at storage, locks and workers throws": () => {
    if (location.hostname === "localhost") return;
    const refuse = (on, name) => Object.defineProperty(on, name, { get() { throw new DOMException("denied", "SecurityError"); } });
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) refuse(globalThis, name);
    for (const name of ["serviceWorker", "locks", "storage"]) refuse(Navigator.prototype, name);
  },
  "opening a database fails and locks are denied": () => {
    if (location.hostname === "localhost") return;
    const denied = () => new DOMException("The user denied permission to access the database.", "UnknownError");
    IDBFactory.prototype.open = () => {
      const request = new EventTarget();
      setTimeout(() => {
        Object.assign(request, { error: denied(), readyState: "done" });
        const event = new Event("error");
        request.onerror?.(event);
        request.dispatchEvent(event);
      });
      return Object.setPrototypeOf(request, IDBOpenDBRequest.prototype);
    };
    LockManager.prototype.request = async () => { throw new DOMException("denied", "SecurityError"); };
  },
  "only locks are denied": () => {
    if (location.hostname !== "localhost") LockManager.prototype.request = async () => { throw new DOMException("denied", "SecurityError"); };
  },
};

for (const [what, refusal] of Object.entries(REFUSALS)) {
  test(`C9 a frame of another site where ${what}: the form can be written in and says what is kept`, async ({ page, context, framed }) => {
    const errors = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await context.addInitScript(refusal);
    const { form } = await framed(FRAME);
    const inside = await form();
    const isKept = what === "only locks are denied";
    if (what.startsWith("looking")) await expect(inside.getByText("No draft can be kept on this device here.")).toHaveCount(1);
    await start(inside);
    await open(inside, "identifying_details");
    // Not taken for a record that another window is writing.
    await answer(inside, "identifying_details.given_names", "Ada");
    await expect(at(inside, "identifying_details.given_names")).toHaveValue("Ada");
    await expect(at(inside, "identifying_details.given_names")).toBeEditable();
    const status = inside.locator(".ca-child-bar__status");
    if (isKept) await saved(inside);
    else await expect(status).toContainText(/not saved/i);
    expect((await told(page, "saved")).length > 0).toBe(isKept);
    expect(await page.evaluate(() => document.querySelector("common-assessment-frame").save())).toBe(isKept);
    expect((await told(page, "error")).map(([, detail]) => detail.reason)).not.toContain("stopped");
    expect(errors).toEqual([]);
  });
}

test("C9 a draft of one portal is neither shown nor promised in another portal's frame, nor at our own address", async ({ page, framed }) => {
  const { own, origins, form } = await framed(FRAME);
  const inside = await form();
  await start(inside);
  await open(inside, "identifying_details");
  await answer(inside, "identifying_details.given_names", "Ada");
  await saved(inside);
  await page.reload();
  const again = await formIn(page, own);
  await expect(again.locator(".ca-drafts__name")).toHaveText(/Ada/);
  // Another site, whose pages may frame it, too.
  const other = await startPortal((path) => (path === "/" ? { body: portalPage(FRAME).replaceAll("SRC", own.frame) } : undefined));
  const address = `http://portal-b.localhost:${other.port}/`;
  origins.push(new URL(address).origin);
  await page.goto(address);
  const elsewhere = await formIn(page, own);
  await expect(elsewhere.getByRole("button", { name: say("start.begin") })).toBeVisible();
  await expect(elsewhere.locator(".ca-drafts__name")).toHaveCount(0);
  await page.goto(own.url);
  await expect(page.getByRole("button", { name: say("start.begin") })).toBeVisible();
  await expect(page.locator(".ca-drafts__name")).toHaveCount(0);
  await expect(heading(page)).not.toHaveText("");
  await other.stop();
});
