// Records of a later release, which this one neither opens nor writes over (C14, B15), and records as files: where the browser
// keeps nothing (C9), and as the way out of a device for what cannot be opened here.

import { readFile, writeFile } from "node:fs/promises";

import { clean } from "./axe.mjs";
import { begin, element, expect, onOwn, test } from "./portal.mjs";
import { changeStored, openStored, recordOf, store } from "./stored.mjs";
import { say } from "./words.mjs";

/** What is on the device under an id: text and stamp. */
const stored = (page, id) =>
  page.evaluate(
    (id) =>
      new Promise((done) => {
        const opening = indexedDB.open("common-assessment");
        opening.onsuccess = () => {
          const request = opening.result.transaction("records").objectStore("records").get(id);
          request.onsuccess = () => (opening.result.close(), done(request.result));
        };
      }),
    id,
  );
/** Pictures of it at three widths, where somebody asks for them. */
async function shot(page, name) {
  for (const width of process.env.SHOTS ? [320, 768, 1280] : []) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png`, fullPage: true });
  }
}
const item = (page, name) => page.locator(".ca-drafts__item", { hasText: name });
/** Presses a button that saves a file, and gives its path. */
async function saved(page, within) {
  const downloading = page.waitForEvent("download");
  await within.getByRole("button", { name: say("file.save") }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("common-assessment-record.json");
  return download.path();
}
const take = async (page, file) => {
  await page.getByText(say("file.open"), { exact: true }).click();
  await page.getByLabel(say("file.choose")).setInputFiles(file);
};

test("C14 B15 a draft of a later release is listed and refused in words, is saved as a file as it is, and is not written over", async ({ page, portal }) => {
  await portal.open({ attributes: 'drafts="device"' });
  await expect(element(page).getByRole("button", { name: say("start.begin") })).toBeVisible();
  const newer = { ...recordOf("newer", { danger_now: "yes", later: { x: [1.5] } }, { version: 2, later: true }), name: "Zebedee Quill" };
  await store(page, [newer, { ...recordOf("known", { danger_now: "no" }), name: "Ada Example" }]);
  const before = await stored(page, "newer");
  await page.reload();
  const line = item(page, "Zebedee Quill");
  await expect(line).toContainText(say("drafts.newer"));
  await expect(line.getByRole("link")).toHaveCount(0);
  await expect(line.getByRole("button", { name: say("sibling.link") })).toHaveCount(0);
  expect(await readFile(await saved(page, line), "utf8")).toBe(before.text);
  await expect(line).toContainText(say("file.saved"));
  await shot(page, "later-release");

  // Another record, and a new one, are as ever.
  await item(page, "Ada Example").getByRole("link").click();
  await onOwn(element(page));
  await element(page).locator(".ca-child-bar").waitFor();
  expect(await page.evaluate(() => document.querySelector("common-assessment").save())).toBe(true);
  await page.reload();
  await begin(page);
  expect(await page.evaluate(() => document.querySelector("common-assessment").save())).toBe(true);
  expect(await stored(page, "newer")).toEqual(before);
});

test("C14 B15 a page that is loaded again at a record that a later release has written since says so, and the record stays as that wrote it", async ({ page, server }) => {
  void server;
  await openStored(page, { danger_now: "no", identifying_details: { given_names: "Zebedee" } }, "tasks");
  // While no page has it open, a later release writes it.
  await page.goto("/favicon.svg");
  const text = JSON.stringify(await changeStored(page, (record) => (record.form = "caf-2099.1")));
  await page.goBack();
  await expect(page.getByRole("alert").filter({ hasText: say("drafts.newer") })).toBeVisible();
  await expect(page.locator(".ca-child-bar")).toHaveCount(0);
  await page.getByText(say("file.open"), { exact: true }).click();
  await clean(page, "start page that says why a record is not opened");
  await shot(page, "not-opened");
  await page.getByRole("button", { name: say("start.begin") }).click();
  await expect(page.getByText(say("drafts.newer"))).toHaveCount(0);
  expect((await stored(page, "stored")).text).toBe(text);
});

const REFUSED = `for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
  Object.defineProperty(globalThis, name, { get() { throw new DOMException("denied", "SecurityError"); } });`;

test("C9 where the browser keeps nothing a record is offered as a file, and opened from it", async ({ page, portal }, info) => {
  page.on("dialog", (dialog) => dialog.accept());
  await portal.open({ attributes: 'drafts="device"', script: REFUSED });
  await begin(page);
  const file = await saved(page, page.locator(".ca-child-bar"));
  await expect(page.locator(".ca-child-bar")).toContainText(say("file.saved"));
  await shot(page, "as-a-file");
  await page.reload();
  await expect(page.locator(".ca-drafts__item")).toHaveCount(0);
  for (const [text, key] of [["%PDF-1.7", "file.damaged"], [JSON.stringify(recordOf("x", {}, { version: 9 })), "file.newer"]]) {
    const wrong = info.outputPath("wrong.json");
    await writeFile(wrong, text);
    await take(page, wrong);
    // Beside the field, which stays open for the next try.
    const field = page.getByLabel(say("file.choose"));
    await expect(page.getByRole("alert").filter({ hasText: say(key) })).toBeVisible();
    await expect(field).toHaveAccessibleDescription(new RegExp(say(key).slice(0, 30)));
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await page.getByText(say("file.open"), { exact: true }).click();
  }
  await take(page, file);
  await expect(page.locator(".ca-child-bar")).toBeVisible();
  await onOwn(element(page));
  await expect(page.locator('input[name="danger_now"][value=no]')).toBeChecked();
});

test("C9 where the portal keeps nothing on the device no file is offered", async ({ page, portal }) => {
  await portal.open();
  await expect(page.getByText(say("file.open"))).toHaveCount(0);
  await begin(page);
  await expect(page.locator(".ca-child-bar__status")).toBeVisible();
  await expect(page.getByRole("button", { name: say("file.save") })).toHaveCount(0);
});
