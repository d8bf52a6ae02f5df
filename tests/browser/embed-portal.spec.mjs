// Our element in a partner's portal, on another origin than the server: it keeps out of the portal's way, keeps nothing on
// the device, and says plainly what it cannot do. Numbers C… name the cases of others' mistakes that each test is about.

import { begin, element, expect, onOwn, test, token, told } from "./portal.mjs";

const start = (page) => element(page).getByRole("button", { name: "Start a new assessment" });
const no = (page) => element(page).locator('input[name="danger_now"][value=no]');

test("C1 in a portal nothing is put into the history, and the title and address stay", async ({ page, portal }) => {
  await portal.open();
  await expect(start(page)).toBeVisible();
  const before = await page.evaluate(() => [history.length, history.state, location.href, document.title]);
  await begin(page);
  await element(page).getByRole("button", { name: "Save and continue" }).click();
  await expect(element(page).getByRole("heading", { level: 1 })).not.toContainText("danger");
  expect(await page.evaluate(() => [history.length, history.state, location.href, document.title])).toEqual(before);
  expect((await told(page, "page")).length).toBeGreaterThan(2);
});

test("C1 of two elements that ask for the history only the first has it", async ({ page, portal }) => {
  await portal.open({ attributes: 'history="page"', after: (care) => `<common-assessment api="${care}/api/v1/" history="page" id="second"></common-assessment>` });
  const at = () => page.evaluate(() => [history.length, history.state?.commonAssessmentPlace]);
  const before = await at();
  await page.locator("#second").getByRole("button", { name: "Start a new assessment" }).click();
  await expect(page.locator("#second").getByRole("heading", { name: "Before you start" })).toBeVisible();
  expect(await at()).toEqual(before);
  await page.locator("common-assessment").first().getByRole("button", { name: "Start a new assessment" }).click();
  await expect.poll(async () => (await at())[1]).toBe("danger");
});

test("B36 nothing is kept on the device unless the portal says so, and the page never says saved", async ({ page, portal }) => {
  await portal.open();
  await expect(element(page).getByText("Send it before you leave.")).toBeVisible();
  await begin(page);
  await expect(element(page).locator(".ca-child-bar__status")).toHaveText("Not saved on this device. Send it before you leave");
  const kept = await page.evaluate(async () => [
    // What the test itself has set is not ours.
    { ...localStorage }, Object.keys(sessionStorage).filter((name) => name !== "common-assessment-mode"), await indexedDB.databases(), (await navigator.locks.query()).held,
  ]);
  expect(kept).toEqual([{}, [], [], []]);
  await expect(element(page)).not.toContainText(/(?<!Not )saved on this device/i);
  expect(await told(page, "saved")).toEqual([]);
  expect((await told(page, "changed")).length).toBeGreaterThan(0);
});

test("with drafts on the device the record is kept there, and save() says so", async ({ page, portal }) => {
  await portal.open({ attributes: 'drafts="device"' });
  await begin(page);
  expect(await page.evaluate(() => document.querySelector("common-assessment").save())).toBe(true);
  expect((await told(page, "saved")).length).toBeGreaterThan(0);
  await page.reload();
  await expect(element(page).getByRole("heading", { name: "Assessments on this device" })).toBeVisible();
});

for (const attributes of ["", 'drafts="device"']) {
  test(`C9 where looking at storage throws the form works and says so once${attributes && ", also with drafts"}`, async ({ page, portal }) => {
    await page.addInitScript(() => {
      globalThis.looked = [];
      for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
        Object.defineProperty(globalThis, name, { get() { globalThis.looked.push(name); throw new DOMException("no", "SecurityError"); } });
      }
      Object.defineProperty(Navigator.prototype, "serviceWorker", { get() { throw new DOMException("no", "SecurityError"); } });
    });
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await portal.open({ attributes });
    await expect(element(page).getByText("No draft can be kept on this device here.")).toHaveCount(1);
    await begin(page);
    await expect(element(page).locator(".ca-child-bar__status")).toContainText("Not saved on this device");
    expect(await page.evaluate(() => document.querySelector("common-assessment").save())).toBe(false);
    const looked = await page.evaluate(() => globalThis.looked.filter((name) => name !== "sessionStorage"));
    expect(attributes ? looked.filter((name) => name !== "indexedDB") : looked).toEqual([]);
    expect(errors).toEqual([]);
  });
}

test("the browser asks before something is lost, and only then", async ({ page, portal }) => {
  await portal.open();
  await expect(start(page)).toBeVisible();
  const asks = () =>
    page.evaluate(() => {
      const event = new Event("beforeunload", { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    });
  expect(await asks()).toBe(false);
  await begin(page);
  expect(await asks()).toBe(true);
  await page.evaluate(() => document.querySelector("common-assessment").remove());
  expect(await asks()).toBe(true);
});

for (const [who, script] of [
  ["nobody signs in", ""],
  ["a token says who is there", `document.addEventListener("DOMContentLoaded", () => { document.querySelector("common-assessment").token = () => "${token("teacher-7")}"; });`],
])
test(`taken out and put in again, moved and moved again, it has every character, where ${who}`, async ({ page, portal }) => {
  portal.gate.needsToken = script !== "";
  await portal.open({ script });
  await begin(page);
  await element(page).getByRole("button", { name: "Save and continue" }).click();
  await element(page).getByRole("link", { name: "About the child" }).first().click();
  const name = element(page).locator('[id="identifying_details.given_names"]');
  await name.fill("Zebedee");
  await name.press("End");
  await page.keyboard.type("!");
  await page.evaluate(() => {
    globalThis.kept = document.querySelector("common-assessment");
    globalThis.kept.remove();
  });
  await page.waitForTimeout(50);
  await page.evaluate(() => document.body.append(globalThis.kept));
  await expect(element(page).locator(".ca-child-bar")).toBeVisible();
  await onOwn(element(page));
  await expect(name).toHaveValue("Zebedee!");
  await page.evaluate(() => document.querySelector("main").append(globalThis.kept));
  await expect(name).toHaveValue("Zebedee!");
});

test("C4 a form that loads below takes neither focus nor scroll position", async ({ page, portal }) => {
  const text = Array.from({ length: 120 }, () => "<p>News of the portal</p>").join("");
  await portal.open({ before: text, attributes: 'mode="read" assessment="0198c0de-0000-7000-8000-000000000001"' });
  await page.locator("#search").focus();
  await page.keyboard.type("ilac ");
  await expect.poll(() => told(page, "ready")).toHaveLength(1);
  await page.keyboard.type("school");
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => [document.activeElement.id, document.querySelector("#search").value, scrollY])).toEqual(["search", "ilac school", 0]);
});

test("C15 a page that forbids WebAssembly gets the line to add, our address and the numbers to ring", async ({ page, portal }) => {
  await portal.open({ policy: (care) => `default-src 'self'; script-src 'self' ${care}; connect-src 'self' ${care}; style-src 'self'` });
  const notice = element(page).locator(".ca-notice");
  await expect(notice).toContainText("The form cannot start");
  await expect(notice).toContainText(`script-src 'self' ${portal.care.url} 'wasm-unsafe-eval'`);
  await expect(notice).toContainText("999");
  await expect(notice.getByRole("link", { name: portal.care.url })).toHaveAttribute("href", portal.care.url);
  expect(await told(page, "error")).toEqual([{ reason: "webassembly", at: "" }]);
});

test("C14 loaded twice, in two addresses, it says once which one counts", async ({ page, portal }) => {
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  const tag = (care) => ["", "?again", ""].map((query) => `<script type="module" src="${care}/common-assessment.js${query}"></script>`).join("");
  await portal.open({ tag });
  await expect(start(page)).toBeVisible();
  expect(errors).toEqual([]);
  expect(said.filter((text) => text.includes("is on this page already"))).toHaveLength(1);
  expect(await page.evaluate(() => document.querySelector("common-assessment").version)).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/);
});

for (const order of [["", "?next"], ["?next", ""]]) {
  test(`C14 two releases, ${order.map((query) => (query ? "the later" : "the earlier")).join(" before ")}: the first one counts, says so, and can be read`, async ({ page, portal }) => {
    const [said, errors] = [[], []];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => errors.push(error.message));
    await page.route("**/common-assessment.js?next", async (route) => {
      const reply = await route.fetch({ maxRetries: 2 });
      const body = (await reply.text()).replace(/(?<=version:\s*"|"version":\s*")\d+\.\d+\.\d+/, "9.9.9");
      await route.fulfill({ response: reply, body });
    });
    await portal.open({ tag: (care) => order.map((query) => `<script type="module" src="${care}/common-assessment.js${query}"></script>`).join("") });
    await expect(start(page)).toBeVisible();
    const version = await page.evaluate(() => document.querySelector("common-assessment").version);
    expect(version.startsWith("9.9.9")).toBe(order[0] === "?next");
    expect(said.filter((text) => text.includes("is on this page already"))).toEqual([expect.stringContaining(`common-assessment ${version} is on this page already`)]);
    expect(errors).toEqual([]);
  });
}

test("C14 a draft with an answer that this release does not know is opened, and an edit harms nothing of it", async ({ page, portal }) => {
  await portal.open({ attributes: 'drafts="device"' });
  await begin(page);
  await page.evaluate(() => document.querySelector("common-assessment").save());
  /** Reads the record; `future` is put among its answers first. */
  const record = (future) =>
    page.evaluate(
      (future) =>
        new Promise((done, fail) => {
          const opening = indexedDB.open("common-assessment");
          opening.onerror = fail;
          opening.onsuccess = () => {
            const store = opening.result.transaction("records", "readwrite").objectStore("records");
            store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
              const record = JSON.parse(cursor.value.text);
              if (future) record.answers.from_the_future = future;
              cursor.update({ ...cursor.value, text: JSON.stringify(record) }).onsuccess = () => {
                opening.result.close();
                done(record);
              };
            };
          };
        }),
      future,
    );
  await record({ x: [1] });
  await page.reload();
  await element(page).locator(".ca-drafts__name").click();
  await onOwn(element(page));
  await element(page).locator('input[name="danger_now"][value=unsure]').check();
  expect(await page.evaluate(() => document.querySelector("common-assessment").save())).toBe(true);
  const { answers, not_understood: kept } = await record();
  expect([answers.danger_now, kept.from_the_future]).toEqual(["unsure", { x: [1] }]);
});

test("a token that is set once the form is ready begins it again, once", async ({ page, portal }) => {
  await portal.open({
    script: `globalThis.mounts = 0;
      addEventListener("assessment-ready", ({ target }) => {
        mounts += 1;
        if (mounts > 1) return;
        target.token = () => "${token("teacher-7")}";
        // Moved while it begins again.
        queueMicrotask(() => document.querySelector("main").append(target));
      });`,
  });
  await expect.poll(() => page.evaluate(() => globalThis.mounts)).toBe(2);
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => globalThis.mounts)).toBe(2);
  await expect(element(page).locator(".ca-page")).toHaveCount(1);
  await expect(element(page).locator(".ca-root--loading")).toHaveCount(0);
});

for (const [what, attributes, reason] of [
  ["another authority's profile", 'profile="nowhere"', "profile"],
  ["a mode that there is not", 'mode="edit"', "mode"],
  ["a plan of no assessment", 'mode="plan"', "assessment"],
  ["an id that cannot be one", 'mode="read" assessment="../x"', "assessment"],
]) {
  test(`${what} is refused in words, and never an empty box`, async ({ page, portal }) => {
    await portal.open({ attributes });
    await expect(element(page).locator(".ca-notice")).toContainText("Tell the people who look after this page.");
    await expect(element(page).locator(".ca-notice")).toContainText("999");
    expect(await told(page, "error")).toEqual([{ reason, at: "" }]);
  });
}

test("what the portal knows is filled in once, marked, and refused by path where it may not be", async ({ page, portal }) => {
  const prefill = {
    "identifying_details.given_names": "Zebedee",
    "identifying_details.family_name": "Quill",
    danger_now: "no",
    "identifying_details.nickname": "Zeb",
  };
  await portal.open({
    script: `document.addEventListener("DOMContentLoaded", () => (document.querySelector("common-assessment").prefill = ${JSON.stringify(prefill)}));`,
  });
  await begin(page);
  const [{ reason, paths }] = await told(page, "error");
  expect([reason, paths.toSorted()]).toEqual(["prefill", ["danger_now", "identifying_details.nickname"]]);
  await element(page).getByRole("button", { name: "Save and continue" }).click();
  await element(page).getByRole("link", { name: "About the child" }).first().click();
  await expect(element(page).locator('[id="identifying_details.given_names"]')).toHaveValue("Zebedee");
  await expect(element(page)).toContainText("filled in by your portal");
  await element(page).getByRole("button", { name: "I have checked these answers" }).click();
  await expect(element(page)).not.toContainText("filled in by your portal");
});

test("C8 two elements have their own answers", async ({ page, portal }) => {
  await portal.open({ after: (care) => `<common-assessment api="${care}/api/v1/"></common-assessment>` });
  const second = element(page).nth(1);
  for (const [one, answer] of [[element(page).first(), "no"], [second, "unsure"]]) {
    await one.getByRole("button", { name: "Start a new assessment" }).click();
    await onOwn(one);
    await one.locator(`input[name="danger_now"][value=${answer}]`).check();
  }
  await expect(element(page).first().locator('input[name="danger_now"][value=no]')).toBeChecked();
  await expect(second.locator('input[name="danger_now"][value=unsure]')).toBeChecked();
});

test("C11 removed while it loads and while it saves, it raises no error, and is whole when it comes back", async ({ page, portal }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await portal.open();
  for (const wait of [0, 1, 5, 20, 60, 150]) {
    await page.evaluate(async (wait) => {
      const element = document.querySelector("common-assessment");
      element.remove();
      await new Promise((done) => setTimeout(done, 5));
      document.querySelector("main").append(element);
      await new Promise((done) => setTimeout(done, wait));
    }, wait);
  }
  await begin(page);
  await page.evaluate(async () => {
    const element = document.querySelector("common-assessment");
    element.save();
    element.remove();
    await new Promise((done) => setTimeout(done, 5));
    document.querySelector("main").append(element);
  });
  await expect(element(page).locator(".ca-child-bar")).toBeVisible();
  await onOwn(element(page));
  await expect(no(page)).toBeChecked();
  expect(errors).toEqual([]);
});
