// Signing in through a real OpenID Connect provider (B38): the page that was wanted, two tabs, "Back", a bookmark, the
// same callback twice, codes of others, people without a role; and that no secret is where it could be read.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { clean } from "./axe.mjs";
import { cases } from "./journey.mjs";
import { signInAs, startProvider } from "./provider.mjs";
import { expect, session, test, wanted } from "./signing_in.mjs";
import { openStored } from "./stored.mjs";
import { say } from "./words.mjs";

test("somebody signs in, is returned to the page that they wanted, and signs out", async ({ page, signIn }) => {
  const { url } = signIn;
  await page.goto(url);
  expect(await session(page, url)).toMatchObject({ status: 401, code: "sign-in-needed" });
  await page.goto(wanted(url, "/#/help"));
  await signInAs(page, "teacher-7");
  await expect(page).toHaveURL(`${url}#/help`);
  expect(await session(page, url)).toMatchObject({
    status: 200,
    name: "Priya Raman",
    organisation: "school-7",
    roles: ["practitioner"],
    via: "session",
  });
  const out = await page.evaluate((url) => fetch(`${url}api/v1/session`, { method: "DELETE" }).then((r) => r.status), url);
  expect(out).toBe(204);
  expect(await session(page, url)).toMatchObject({ status: 401 });
});

test("the start page says who is signed in, and signs them out (A17)", async ({ page, signIn }) => {
  const { url } = signIn;
  await page.goto(url);
  await expect(page.getByText(say("account.nobody"))).toBeVisible();
  await page.getByRole("link", { name: say("account.sign_in"), exact: true }).click();
  await signInAs(page, "teacher-7");
  await expect(page.getByText(say("account.somebody", { name: "Priya Raman", organisation: "school-7" }))).toBeVisible();
  await clean(page);
  await page.route("**/api/v1/session", (route) => (route.request().method() === "DELETE" ? route.abort() : route.continue()));
  await page.getByRole("button", { name: say("account.sign_out") }).click();
  await expect(page.locator("#account .govuk-error-message")).toHaveText(say("account.failed"));
  expect((await session(page, url)).status).toBe(200);
  await page.unrouteAll();
  await page.getByRole("button", { name: say("account.sign_out") }).click();
  await expect(page.getByText(say("account.left"))).toBeVisible();
  await expect(page.locator("#account")).toBeFocused();
  expect((await session(page, url)).status).toBe(401);
});

test("no code, token or session is anywhere that a script, a log or a colleague could read", async ({
  page,
  context,
  signIn,
}) => {
  const { url, server } = signIn;
  await page.goto(wanted(url, "/"));
  await signInAs(page, "teacher-7");
  await expect(page).toHaveURL(url);
  const cookies = await context.cookies(url);
  const mine = cookies.find((cookie) => cookie.name === "__Host-session");
  expect(mine).toMatchObject({ httpOnly: true, secure: true, sameSite: "Strict", path: "/" });
  expect(cookies.filter((cookie) => cookie.name.startsWith("__Host-sign-in-"))).toEqual([]);
  const readable = await page.evaluate(async () => [
    document.cookie,
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    JSON.stringify(await indexedDB.databases()),
    location.href,
    document.referrer,
  ]);
  // The newest rows are in the log beside the file.
  const stored = ["", "-wal"].map((end) => path.join(server.folder, `assessments.sqlite3${end}`));
  const database = Buffer.concat(await Promise.all(stored.map((file) => readFile(file)))).toString("latin1");
  expect(database, "the session is stored").toContain(createHash("sha256").update(mine.value).digest("hex"));
  for (const text of [...readable, server.output(), database]) expect(text).not.toContain(mine.value);
  expect(server.output()).not.toMatch(/code=|state=|Bearer/);
});

test("two tabs sign in one after the other, and each gets its own page (A18)", async ({ context, signIn }) => {
  const { url } = signIn;
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto(wanted(url, "/#/help"));
  await two.goto(wanted(url, "/#/refer"));
  await signInAs(one, "teacher-7");
  await expect(one).toHaveURL(`${url}#/help`);
  // The provider knows the person by now, whatever page the second tab shows.
  await two.goto(wanted(url, "/#/refer"));
  await expect(two).toHaveURL(`${url}#/refer`);
  expect((await session(two, url)).status).toBe(200);
});

test("a second tab that began before the first one finished still finishes (A18)", async ({ context, signIn }) => {
  const { url } = signIn;
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto(wanted(url, "/#/help"));
  await two.goto(wanted(url, "/#/refer"));
  for (const [page, place] of [[one, "#/help"], [two, "#/refer"]]) {
    await signInAs(page, "teacher-7");
    await expect(page).toHaveURL(`${url}${place}`);
    expect((await session(page, url)).status).toBe(200);
  }
});

/** Signs in and gives the callback's address as the browser was sent to it. */
async function callback(page, url) {
  const seen = page.waitForRequest((request) => request.url().includes("/sign-in/callback"));
  await page.goto(wanted(url, "/#/help"));
  await signInAs(page, "teacher-7");
  await expect(page).toHaveURL(`${url}#/help`);
  return (await seen).url();
}

test("a callback that was used leads to the page that was wanted, and for a stranger to a fresh start (A18)", async ({
  page,
  browser,
  signIn,
}) => {
  const { url, provider } = signIn;
  const address = await callback(page, url);
  await page.goto(address);
  await expect(page).toHaveURL(`${url}#/help`);
  const before = provider.requests.filter((request) => request === "POST /token").length;
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(address);
  await expect(other.locator("input[name=login]")).toBeVisible();
  expect(provider.requests.filter((request) => request === "POST /token").length).toBe(before);
  await stranger.close();
});

/** Signs in up to the callback, which is not followed; gives its address. */
async function held(page, provider, start, subject) {
  let address;
  provider.way.back = (back) => void (address = back.href);
  await page.goto(start);
  await signInAs(page, subject);
  await expect(page.getByRole("heading", { name: "Held" })).toBeVisible();
  provider.way.back = undefined;
  return address;
}

test("the same callback twice at once is used once, and nobody sees an error (A18)", async ({ page, context, signIn }) => {
  const { url, provider } = signIn;
  const address = await held(page, provider, wanted(url, "/#/help"), "teacher-7");
  const [one, two] = [await context.newPage(), await context.newPage()];
  await Promise.all([one.goto(address), two.goto(address)]);
  for (const tab of [one, two]) {
    await expect(tab).toHaveURL(`${url}#/help`);
    expect((await session(tab, url)).status).toBe(200);
  }
  // The second came in by an attempt of its own, or found the first one's session: never by the same code.
  const codes = provider.requests.filter((request) => request === "POST /token").length;
  expect(codes).toBeLessThanOrEqual(2);
});

test("a callback in another person's browser signs nobody in (B38)", async ({ page, browser, signIn }) => {
  const { url, provider } = signIn;
  const address = await held(page, provider, wanted(url, "/"), "coordinator-2");
  const victim = await browser.newContext();
  const theirs = await victim.newPage();
  await theirs.goto(address);
  await expect(theirs.locator("input[name=login]")).toBeVisible();
  await theirs.goto(url);
  expect((await session(theirs, url)).status).toBe(401);
  await victim.close();
});

test("an answer that names another issuer, or a code that is made up, signs nobody in (B38)", async ({ page, signIn }) => {
  const { url, provider } = signIn;
  for (const spoil of [
    (address) => address.searchParams.set("iss", "https://evil.example"),
    (address) => address.searchParams.set("code", "made-up"),
    (address) => address.searchParams.delete("code"),
    (address) => address.searchParams.set("state", "made-up"),
    (address) => address.searchParams.delete("state"),
    (address) => address.searchParams.set("error", "access_denied"),
  ]) {
    await page.context().clearCookies();
    let spoilt;
    // The first answer is spoilt; a fresh start after it would be answered at once, so it is held.
    provider.way.back = (address) => {
      if (spoilt) return undefined;
      spoil(address);
      return (spoilt = address);
    };
    await page.goto(wanted(url, "/"));
    await signInAs(page, "teacher-7");
    await expect.poll(() => spoilt).toBeTruthy();
    await page.waitForLoadState();
    await page.goto(`${url}api/v1/health`);
    expect((await session(page, url)).status).toBe(401);
  }
});

test.describe("where the settings ask how people sign in", () => {
  test.use({ asks: ['acr_values = ["two-factors"]'] });

  test("the provider is asked for it, and somebody who signed in another way is not let in (B38)", async ({ page, signIn }) => {
    const { url } = signIn;
    const asked = page.waitForRequest((request) => request.url().includes("acr_values="));
    await page.goto(wanted(url, "/"));
    expect(new URL((await asked).url()).searchParams.get("acr_values")).toBe("two-factors");
    await signInAs(page, "teacher-7");
    await expect(page).toHaveURL(/#\/sign-in\/refused$/);
    expect((await session(page, url)).status).toBe(401);
  });
});

test("roles are read again at each sign-in, and somebody without one is told so (A17)", async ({ page, signIn }) => {
  const { url, people } = signIn;
  await page.goto(wanted(url, "/"));
  await signInAs(page, "teacher-7");
  await expect(page).toHaveURL(url);
  people["teacher-7"].groups = ["CAF coordinators"];
  await page.goto(wanted(url, "/"));
  await expect(page).toHaveURL(url);
  expect((await session(page, url)).roles).toEqual(["eh_coordinator"]);
  people["teacher-7"].groups = [];
  await page.goto(wanted(url, "/"));
  await expect(page).toHaveURL(`${url}#/sign-in/no-access`);
  // The session of before ends with it: what that role opened is closed.
  expect((await session(page, url)).status).toBe(401);
  await expect(page.getByRole("alert")).toContainText(say("sign_in.no_access"));
  await expect(page.getByRole("link", { name: say("sign_in.again") })).toBeVisible();
  // Said once, with one way on.
  await expect(page.getByRole("link", { name: say("account.sign_in"), exact: true })).toHaveCount(0);
  await clean(page);
});

test("a provider that has changed its keys still signs people in (B38)", async ({ browser, signIn }) => {
  const { url, provider } = signIn;
  const inAs = async (subject) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(wanted(url, "/"));
    await signInAs(page, subject);
    await expect(page).toHaveURL(url);
    const { status } = await session(page, url);
    await context.close();
    return status;
  };
  expect(await inAs("teacher-7")).toBe(200);
  await provider.close();
  // The server still has the keys of before.
  const changed = await startProvider(url, signIn.people, Number(new URL(provider.issuer).port));
  expect(await inAs("coordinator-2")).toBe(200);
  await changed.close();
});

test("a provider that is away is said to be away, and nothing is lost", async ({ page, signIn }) => {
  const { url, provider } = signIn;
  await provider.close();
  const reply = await page.goto(wanted(url, "/"));
  expect(reply.status()).toBe(503);
  expect(reply.headers()["retry-after"]).toBe("30");
  await page.goto(url);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("what waits because nobody is signed in is sent after signing in, with the same key (B20)", async ({ page, signIn }) => {
  const { url } = signIn;
  await openStored(page, cases["toddler-with-speech-delay"].answers);
  const keys = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/v1/assessments"))
      keys.push(request.headers()["idempotency-key"]);
  });
  await page.getByRole("button", { name: say("submit.button") }).click();
  const notice = page.getByRole("region", { name: say("submit.waiting_heading") });
  await expect(notice).toContainText(say("submit.sign_in"));
  await notice.getByRole("link", { name: say("submit.sign_in.link") }).click();
  await signInAs(page, "teacher-7");
  await expect(page).toHaveURL(url);
  await expect(page.getByText(say("submit.others_sent"))).toBeVisible();
  expect(keys.length).toBeGreaterThanOrEqual(2);
  expect(new Set(keys).size).toBe(1);
});
