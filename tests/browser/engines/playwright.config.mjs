// The same journeys in three engines. `cargo xtask engines` sets everything up first; by hand:
// npm run engines -- --project firefox -g bruise-on-a-baby
// SHORT=1 runs the case with the fewest answers and what has lost words once, no more.

import { defineConfig } from "@playwright/test";
import config from "../playwright.config.mjs";

export default defineConfig({
  ...config,
  testDir: ".",
  testIgnore: [],
  grep: process.env.SHORT ? /@short/ : /./,
  outputDir: "../../../test-results/engines",
  // Whole families are typed key by key.
  timeout: 180_000,
  reporter: [["list"], ["./table.mjs"]],
  projects: ["chromium", "firefox", "webkit"].map((engine) => ({ name: engine, use: { engine } })),
});
