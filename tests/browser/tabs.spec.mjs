// One record in several windows: one writes and the others read; a window can take over, also from one that has
// crashed or does not answer; and without the browser's locks both copies are kept. Two pages of one browser are
// the two windows. Not tested here: what a window does with a record nobody else has (safe.spec.mjs).

import { answer, at, heading, open, saved, start } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const FIELD = "assessment_information.reason";
const takeOver = (page) => page.getByRole("button", { name: say("tabs.take_over") });
const notice = (page) => page.locator(".govuk-inset-text");
const drafts = (page) => page.locator(".ca-drafts__name");

/** A record with some text, open at that text. */
async function begin(page) {
  await page.goto("/");
  await start(page);
  await open(page, "identifying_details");
  await answer(page, "identifying_details.family_name", "Example");
  await open(page, "assessment_information");
  await at(page, FIELD).fill("One.");
  await saved(page);
}

/** Another window with the same record, as it was saved. */
async function another(context, text) {
  const page = await context.newPage();
  await page.goto("/");
  await drafts(page).click();
  await expect(at(page, FIELD)).toHaveValue(text);
  return page;
}

/** The text of every record on this device, read past the form. */
const stored = (page) =>
  page.evaluate(
    (id) =>
      new Promise((done) => {
        const request = indexedDB.open("common-assessment");
        request.onsuccess = () => {
          const all = request.result.transaction("records").objectStore("records").getAll();
          all.onsuccess = () => {
            request.result.close();
            done(all.result.map(({ text }) => JSON.parse(text).answers?.[id[0]]?.[id[1]] ?? ""));
          };
        };
      }),
    FIELD.split("."),
  );

/** Types into the field at once, without any of the waiting that a driver does, if the field takes it. */
const typeNow = (page, text) =>
  page.locator("common-assessment").evaluate(
    (element, [id, text]) => {
      const field = element.shadowRoot.getElementById(id);
      if (!field || field.readOnly) return false;
      field.value += text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      return true;
    },
    [FIELD, text],
  );

test("a second window reads, takes over with the last words of the first, and gives the record back", async ({ page, context }) => {
  await begin(page);
  const second = await another(context, "One.");
  await expect(takeOver(second)).toBeVisible();
  await expect(at(second, FIELD)).toHaveAttribute("readonly", "");
  await expect(takeOver(page)).toHaveCount(0);
  // It can look around, and what it does is not the record's.
  await open(second, "identifying_details");
  await expect(at(second, "identifying_details.family_name")).toHaveValue("Example");
  await expect(at(second, "identifying_details.sex")).toBeDisabled();
  await second.goBack();
  await second.goBack();
  await expect(at(second, FIELD)).toBeVisible();

  // The last words of the first window are younger than its last save.
  await takeOver(second).focus();
  expect(await typeNow(page, " Two.")).toBe(true);
  await takeOver(second).press("Enter");
  await expect(at(second, FIELD)).toHaveValue("One. Two.");
  await expect(at(second, FIELD)).not.toHaveAttribute("readonly");
  await expect(takeOver(second)).toHaveCount(0);
  await expect(takeOver(page)).toBeVisible();
  await expect(at(page, FIELD)).toHaveAttribute("readonly", "");
  await expect(at(page, FIELD)).toHaveValue("One. Two.");
  await at(second, FIELD).pressSequentially(" Three.");
  await saved(second);

  await takeOver(page).click();
  await expect(at(page, FIELD)).toHaveValue("One. Two. Three.");
  await expect(takeOver(second)).toBeVisible();
  await at(page, FIELD).pressSequentially(" Four.");
  await saved(page);
  expect(await stored(page)).toEqual(["One. Two. Three. Four."]);

  // A window that goes leaves the record to the next, which needs no taking over.
  await page.close();
  await second.reload();
  await expect(at(second, FIELD)).toHaveValue("One. Two. Three. Four.");
  await expect(at(second, FIELD)).not.toHaveAttribute("readonly");
});

test("a reload, and a second start page, do not take the record from its own window", async ({ page, context }) => {
  await begin(page);
  for (let round = 0; round < 3; round += 1) {
    await page.reload();
    await expect(at(page, FIELD)).toHaveValue("One.");
    await expect(takeOver(page)).toHaveCount(0);
  }
  const second = await context.newPage();
  await second.goto("/");
  await drafts(second).waitFor();
  await at(page, FIELD).pressSequentially(" Two.");
  await saved(page);
  await page.goto("/");
  await expect(at(page, FIELD)).toHaveCount(1);
});

test("a window takes over from one that has crashed", async ({ page, context }) => {
  await begin(page);
  const second = await another(context, "One.");
  await expect(takeOver(second)).toBeVisible();
  await at(page, FIELD).pressSequentially(" Two.");
  await saved(page);
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => {});
  await crashed;
  await takeOver(second).click();
  await expect(at(second, FIELD)).toHaveValue("One. Two.");
  await at(second, FIELD).pressSequentially(" Three.");
  await saved(second);
  expect(await stored(second)).toEqual(["One. Two. Three."]);
});

test("a window takes over from one that does not answer, whose last words are kept when it wakes", async ({ page, context }) => {
  await begin(page);
  const second = await another(context, "One.");
  await expect(takeOver(second)).toBeVisible();
  // The last words come in the moment in which the first window hangs, for longer than the second one waits.
  const hanging = page.locator("common-assessment").evaluate((element, id) => {
    const field = element.shadowRoot.getElementById(id);
    field.value += " Last.";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    for (const end = performance.now() + 8_000; performance.now() < end; );
  }, FIELD);
  await takeOver(second).click();
  await expect(at(second, FIELD)).not.toHaveAttribute("readonly");
  await at(second, FIELD).pressSequentially(" Two.");
  await saved(second);
  expect(await stored(second)).toEqual(["One. Two."]);
  await hanging;
  // The first window could not save in time, so its words become a copy, which it goes on with.
  await expect(notice(page)).toContainText(say("tabs.copied"));
  await at(page, FIELD).pressSequentially(" And more.");
  await saved(page);
  expect((await stored(second)).sort()).toEqual(["One. Last. And more.", "One. Two."]);
});

const withoutLocks = async (context) => {
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
  });
};

test("without locks both windows write, and both copies are kept", async ({ page, context }) => {
  await withoutLocks(context);
  await begin(page);
  const second = await another(context, "One.");
  await at(page, FIELD).pressSequentially(" Two.");
  await saved(page);
  await at(second, FIELD).pressSequentially(" Zwei.");
  await expect(notice(second)).toContainText(say("tabs.copied"));
  await saved(second);
  await at(second, FIELD).pressSequentially(" Drei.");
  await saved(second);
  await at(page, FIELD).pressSequentially(" Three.");
  await saved(page);
  expect((await stored(page)).sort()).toEqual(["One. Two. Three.", "One. Zwei. Drei."]);
  await second.reload();
  await expect(at(second, FIELD)).toHaveValue("One. Zwei. Drei.");
  await second.getByRole("link", { name: say("back.tasks") }).first().click();
  await second.getByRole("link", { name: say("back.start") }).first().click();
  await expect(drafts(second)).toHaveCount(2);
  await expect(drafts(second)).toContainText(["Example", "Example"]);
  await expect(second.locator(".ca-drafts__detail").filter({ hasText: say("drafts.copy") })).toHaveCount(1);
});

test("without locks the last words of a window that is closed at once are kept beside the other's", async ({ page, context }) => {
  await withoutLocks(context);
  await begin(page);
  const second = await another(context, "One.");
  await at(page, FIELD).pressSequentially(" Two.");
  await saved(page);
  await typeNow(second, " Zwei.");
  await second.close({ runBeforeUnload: true });
  await expect.poll(async () => (await stored(page)).sort()).toEqual(["One. Two.", "One. Zwei."]);
  // Alone, closing at once leaves one record and no copy.
  await typeNow(page, " Three.");
  await page.reload();
  await heading(page).waitFor();
  const texts = await stored(page);
  expect(texts).toContain("One. Zwei.");
  expect(texts).toContain("One. Two. Three.");
});

/** Keeps every record from being written for a moment, as a slow save of another window does. */
const holdRecords = (page) =>
  page.evaluate(
    () =>
      new Promise((held) => {
        const request = indexedDB.open("common-assessment");
        request.onsuccess = () => {
          const store = request.result.transaction("records", "readwrite").objectStore("records");
          const end = performance.now() + 2_000;
          const again = () => {
            held();
            if (performance.now() < end) store.get("").onsuccess = again;
            else request.result.close();
          };
          store.get("").onsuccess = again;
        };
      }),
  );

// The browser drops what a page writes when it is left if that must wait for another write.
for (const locks of ["with", "without"]) {
  test(`the last words of a window that is left while another one saves are not lost, ${locks} locks`, async ({ page, context }) => {
    if (locks === "without") await withoutLocks(context);
    await begin(page);
    const second = await context.newPage();
    await second.goto("/");
    await drafts(second).waitFor();
    await holdRecords(second);
    expect(await typeNow(page, " Two.")).toBe(true);
    await page.reload();
    await expect(at(page, FIELD)).toHaveValue("One. Two.");
    expect(await stored(second)).toEqual(["One. Two."]);
    await page.reload();
    await expect(at(page, FIELD)).toHaveValue("One. Two.");
    expect(await stored(second)).toEqual(["One. Two."]);
  });
}

// Windows that type, take over, reload and close in an order that a seed decides. Each text is unique, so
// whatever a field accepted must be found on the device at the end.
for (const [locks, seeds] of [["with", [1, 2, 3]], ["without", [4, 5, 6]]]) {
  test(`nothing that a field accepted is lost, ${locks} locks, whatever the windows do`, async ({ page, context }) => {
    test.setTimeout(180_000);
    if (locks === "without") await withoutLocks(context);
    await begin(page);
    const pages = [page, await another(context, "One."), await another(context, "One.")];
    for (const seed of seeds) {
      let state = seed * 2654435761;
      const random = (below) => {
        state = (state * 1664525 + 1013904223) % 4294967296;
        return Math.floor((state / 4294967296) * below);
      };
      const taken = [];
      for (let step = 0; step < 40; step += 1) {
        const which = random(pages.length);
        const one = pages[which];
        const does = random(10);
        if (does < 6) {
          const word = ` w${seed}.${step}.`;
          if (await typeNow(one, word)) taken.push(word);
        } else if (does < 9) {
          if (await takeOver(one).count()) {
            // The button goes when another window gives the record back in this moment.
            const pressed = await takeOver(one).click({ timeout: 2_000 }).then(() => true, () => false);
            if (random(2) && pressed) await expect(at(one, FIELD)).not.toHaveAttribute("readonly");
          }
        } else {
          await one.reload();
          await at(one, FIELD).waitFor();
        }
      }
      expect(taken.length, `seed ${seed}`).toBeGreaterThan(2);
      await expect
        .poll(async () => {
          const all = (await stored(page)).join("\n");
          return taken.filter((word) => !all.includes(word));
        }, `seed ${seed}`)
        .toEqual([]);
    }
  });
}
