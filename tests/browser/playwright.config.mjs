// Browser tests: the system's Chromium against the real server, which tests start for themselves (server.mjs).
// `cargo xtask test` sets everything up first; by hand: npx playwright test --config tests/browser/playwright.config.mjs
// TRACE=1 keeps a trace of each test that fails; recording them all the time takes longer than the tests.

import { defineConfig } from "@playwright/test";

/** Switches off what has nothing to do with the page; as root Chromium has no sandbox to offer. */
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
if (process.getuid?.() === 0) FLAGS.push("--no-sandbox");

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.mjs",
  // They have a configuration of their own.
  testIgnore: "engines/**",
  outputDir: "../../test-results",
  // Two cores: half of a test's time is waiting for frames, timers and the disk.
  workers: Number(process.env.WORKERS ?? 2),
  fullyParallel: true,
  // `cargo xtask test` gives each test a second try, names those that needed it, and fails when there are more than two: now
  // and then Chromium without a graphics card stops painting (xtask/src/check.rs). By hand there is none.
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS },
    locale: "en-GB",
    timezoneId: "Europe/London",
    screenshot: "only-on-failure",
    trace: process.env.TRACE ? "retain-on-failure" : "off",
  },
});
