// A portal stays on a component for years while the server moves on: what a server says that does not speak the component's version
// any more, and that no word is lost by it. And two elements of one page on the same draft. The gate of portal.mjs passes the
// component's requests on as those of another version; the answers are the real server's.

import { at, open, send, start } from "./journey.mjs";
import { element, expect, test, told } from "./portal.mjs";
import { fillThin } from "./thin.mjs";
import { say } from "./words.mjs";

test.setTimeout(90_000);

const FIELD = "assessment_information.reason";
const DIFFERENT = "This form and its server are of different releases.";

test("a server that has moved on says so before anything is typed, with the numbers, and the portal hears the reason", async ({ page, portal }) => {
  portal.gate.contract = "2";
  await portal.open();
  const notice = element(page).locator(".ca-notice[role=alert]");
  await expect(notice).toContainText("The form cannot start");
  await expect(notice).toContainText("ring 999");
  await expect(notice).toContainText(DIFFERENT);
  expect(await told(page, "error")).toEqual([{ reason: "version", at: "" }]);
  expect(await told(page, "ready")).toEqual([]);
  expect(portal.gate.seen.map(({ contract }) => contract)).toContain("1");
});

/** A record with a reason in it, open there. */
async function written(page, words) {
  await start(page);
  await open(page, "assessment_information");
  await at(page, FIELD).fill(words);
}

test("a draft on the device outlives a server that has moved on, and is there for a component that fits", async ({ page, portal }) => {
  await portal.open({ attributes: 'drafts="device"' });
  await written(page, "She is often tired at school.");
  expect(await page.evaluate(() => document.querySelector("common-assessment").save())).toBe(true);
  portal.gate.contract = "2";
  await page.reload();
  const notice = element(page).locator(".ca-notice[role=alert]");
  await expect(notice).toContainText(DIFFERENT);
  await expect(notice).toContainText("Text that was saved on this device is still there.");
  portal.gate.contract = undefined;
  await page.reload();
  await element(page).locator(".ca-drafts__name").click();
  await expect(at(page, FIELD)).toHaveValue("She is often tired at school.");
});

test("a server that moves on while somebody writes: what cannot be sent is said, stays as it was typed, and is sent later", async ({ page, portal }) => {
  await portal.open();
  await start(page);
  await fillThin(page);
  portal.gate.contract = "2";
  await open(page, "check");
  await page.getByRole("button", { name: say("submit.button") }).click();
  await expect(element(page).locator(".govuk-error-summary")).toContainText("has not been stored. Your answers are still on this page.");
  await open(page, "assessment_information");
  await expect(at(page, FIELD)).toHaveValue("She is often tired at school.");
  portal.gate.contract = undefined;
  await send(page);
});

test("two elements of one page on the same draft: one writes, the other reads and can take over, and no word is lost", async ({ page, portal }) => {
  await portal.open({ attributes: 'drafts="device" id="first"' });
  await written(page, "One.");
  expect(await page.evaluate(() => document.querySelector("#first").save())).toBe(true);
  const stored = () =>
    page.evaluate(
      () =>
        new Promise((done) => {
          indexedDB.open("common-assessment").onsuccess = ({ target: { result: database } }) => {
            const store = database.transaction("records").objectStore("records");
            const [keys, all] = [store.getAllKeys(), store.getAll()];
            store.transaction.oncomplete = () => {
              database.close();
              done(keys.result.map((key, at) => [key, JSON.parse(all.result[at].text).answers.assessment_information.reason]));
            };
          };
        }),
    );
  const [[id, text]] = await stored();
  expect(text).toBe("One.");
  await page.evaluate((id) => {
    const second = document.createElement("common-assessment");
    const { attributes } = document.querySelector("#first");
    for (const [name, value] of Object.entries({ api: attributes.api.value, drafts: "device", assessment: id, id: "second" })) second.setAttribute(name, value);
    document.querySelector("main").append(second);
  }, String(id));
  const [first, second] = [page.locator("#first"), page.locator("#second")];
  await expect(second).toContainText(say("tabs.read_only"));
  await expect(first).not.toContainText(say("tabs.read_only"));
  await at(first, FIELD).press("End");
  await at(first, FIELD).pressSequentially(" Two.");
  await second.getByRole("button", { name: say("tabs.take_over") }).click();
  await expect(first).toContainText(say("tabs.read_only"));
  await expect(second).not.toContainText(say("tabs.read_only"));
  const link = second.locator('a[aria-describedby~="assessment_information-status"]');
  if (await link.count()) await link.click();
  await expect(at(second, FIELD)).toHaveValue("One. Two.");
  await at(second, FIELD).press("End");
  await at(second, FIELD).pressSequentially(" Three.");
  expect(await second.evaluate((element) => element.save())).toBe(true);
  await expect(at(first, FIELD)).not.toBeEditable();
  expect(await stored()).toEqual([[id, "One. Two. Three."]]);
});
