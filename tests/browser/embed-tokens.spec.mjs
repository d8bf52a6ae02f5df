// The portal's token, by itself: when it is asked for, how often, and what counts as one.

import { expect, test } from "@playwright/test";

import { Tokens } from "../../loader/tokens.js";
import { token } from "./portal.mjs";

const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Time that a test moves. */
function clock() {
  const real = Date.now;
  let ahead = 0;
  Date.now = () => real() + ahead;
  return { on: (milliseconds) => (ahead += milliseconds), back: () => (Date.now = real) };
}

test("B36 it is asked for once, however many requests wait for it", async () => {
  let asked = 0;
  const tokens = new Tokens(async () => (await later(20), `token-${(asked += 1)}`), () => {});
  expect(await Promise.all(Array.from({ length: 50 }, () => tokens.get("request")))).toEqual(Array(50).fill("token-1"));
  expect(asked).toBe(1);
});

for (const [what, ends, before, after] of [
  ["80 % of its life", { exp: 300 }, 239_000, 2_000],
  ["four minutes where it does not say when it ends", undefined, 239_000, 2_000],
  ["80 % of the time it has, by a clock that is wrong", { iat: 7200, exp: 7500 }, 239_000, 2_000],
]) {
  test(`B36 it is asked for again after ${what}`, async () => {
    const time = clock();
    try {
      let asked = 0;
      const made = () => (asked += 1, ends ? `${token("teacher-7", ends)}${asked}` : `plain-${asked}`);
      const tokens = new Tokens(made, () => {});
      await tokens.get("request");
      time.on(before);
      await tokens.get("request");
      expect(asked).toBe(1);
      time.on(after);
      await tokens.get("request");
      expect(asked).toBe(2);
    } finally {
      time.back();
    }
  });
}

test("B36 one that was refused is asked for again, and those who unlock are always asked", async () => {
  let asked = 0;
  const tokens = new Tokens(({ reason }) => `${reason}-${(asked += 1)}`, () => {});
  const first = await tokens.get("request");
  expect(await tokens.get("refused", first)).toBe("refused-2");
  expect(await tokens.get("refused", first)).toBe("refused-2");
  expect(await tokens.get("unlock")).toBe("unlock-3");
});

test("the token that counted when the form was locked is the one by which that is found out, and no later one", async () => {
  let [asked, answer] = [0, undefined];
  const tokens = new Tokens(async () => (asked += 1) && (answer ?? "before"), () => {});
  expect(await tokens.get("lock")).toBe("");
  await tokens.get("request");
  // Asked for another one that comes only after the lock.
  let come;
  answer = new Promise((done) => (come = done));
  const waits = tokens.get("unlock");
  await later(1);
  const before = tokens.get("lock");
  come("after");
  expect([await before, await waits]).toEqual(["before", "after"]);
  expect(await tokens.get("locked")).toBe("before");
  answer = "still-later";
  expect(await tokens.get("unlock")).toBe("still-later");
  expect(await tokens.get("locked")).toBe("before");
  expect(asked).toBe(3);
  // Of another callback nobody knows what it gave before.
  tokens.callback = () => "another";
  expect(await tokens.get("lock")).toBe("");
});

for (const [what, late] of [
  ["answers late", () => later(30).then(() => "of-the-one-before")],
  ["never answers", () => new Promise(() => {})],
  ["fails late", () => later(30).then(() => Promise.reject(new Error("Zebedee")))],
]) {
  test(`B36 another callback is set while the one before is asked, which ${what}: nobody gets that token, and the new one is asked at once`, async () => {
    const told = [];
    let [before, after] = [0, 0];
    const tokens = new Tokens(() => ((before += 1), late()), (came) => told.push(came));
    const waits = [tokens.get("request"), tokens.get("unlock")];
    await later(5);
    tokens.callback = async ({ reason }) => (await later(5), `of-the-next-${reason}-${(after += 1)}`);
    expect(await tokens.get("request")).toBe("of-the-next-request-1");
    expect(await waits[0]).toBe("of-the-next-request-1");
    expect(await waits[1]).toBe("of-the-next-unlock-2");
    await later(60);
    expect(await tokens.get("request")).toBe("of-the-next-unlock-2");
    expect(await tokens.get("lock")).toBe("of-the-next-unlock-2");
    expect({ before, after, told }).toEqual({ before: 1, after: 2, told: [true, true] });
  });
}

test("B36 an answer that came just before another callback was set does not count", async () => {
  let answer;
  const tokens = new Tokens(() => new Promise((done) => (answer = done)), () => {});
  const waits = tokens.get("request");
  await later(1);
  answer("of-the-one-before");
  tokens.callback = () => "of-the-next";
  expect(await waits).toBe("of-the-next");
  expect(await tokens.get("request")).toBe("of-the-next");
});

for (const [what, callback] of [
  ["throws", () => { throw new Error("Zebedee"); }],
  ["is refused", () => Promise.reject(new Error("Zebedee"))],
  ["gives nothing", () => undefined],
  ["gives an object", () => ({ token: "x" })],
  ["gives an empty text", () => ""],
  ["gives a text that no header can carry", () => "a\r\nset-cookie: b"],
]) {
  test(`B36 a callback that ${what} gives no token, and the next one may`, async () => {
    const told = [];
    const tokens = new Tokens(callback, (came) => told.push(came));
    await expect(tokens.get("request")).rejects.toThrow("The portal gave no token.");
    tokens.callback = () => "good";
    expect(await tokens.get("request")).toBe("good");
    expect(told).toEqual([false, true]);
  });
}

test("B36 a callback that never answers is given up after ten seconds", async () => {
  test.setTimeout(20_000);
  const begun = Date.now();
  await expect(new Tokens(() => new Promise(() => {}), () => {}).get("request")).rejects.toThrow();
  expect(Date.now() - begun).toBeGreaterThan(9_500);
});
