// What the server hands out starts: the page, its script, the styles and the Wasm, under the strict policy and
// with integrity. It proves the way from sources to a running element and says nothing about the form itself.

import { expect, test } from "./server.mjs";

test("the page starts without an error, a refused resource or a request elsewhere", async ({ page, server }) => {
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => wrong.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`);
  });
  const elsewhere = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url)) elsewhere.push(request.url());
  });

  await page.goto("/");
  const form = page.locator("common-assessment");
  await expect(form.locator("h1")).toBeVisible();

  expect(wrong).toEqual([]);
  expect(elsewhere).toEqual([]);
});

test("every part arrives compressed, with its own type and for as long as its name allows", async ({ page, server }) => {
  const parts = new Map();
  page.on("response", (response) => parts.set(new URL(response.url()).pathname, response));
  await page.goto("/");
  await expect(page.locator("common-assessment").locator("h1")).toBeVisible();

  const named = (ending) => [...parts].find(([path]) => /-[0-9a-f]{16}(_bg)?\.[a-z]+$/.test(path) && path.endsWith(ending))?.[1];
  for (const [ending, type] of [
    [".js", "text/javascript"],
    [".wasm", "application/wasm"],
    [".css", "text/css"],
  ]) {
    const response = named(ending);
    expect(response, `a ${ending} with a name made of its content`).toBeDefined();
    const headers = await response.allHeaders();
    expect(headers["content-type"]).toContain(type);
    expect(headers["content-encoding"]).toBe("br");
    expect(headers["cache-control"]).toContain("immutable");
  }
  for (const fixed of ["/", "/common-assessment.js"]) {
    const headers = await parts.get(fixed).allHeaders();
    expect(headers["cache-control"], fixed).toContain("no-cache");
  }
  expect(server.output()).not.toContain("panicked");
});
