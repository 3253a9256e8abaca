/** Other people's tools in the distribution's versions, and the distribution's Chromium. */
import { defineConfig } from "@playwright/test";
import { launchOptions } from "../../web/scripts/chromium.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/hosts",
  timeout: 180_000,
  expect: { timeout: 30_000 },
  workers: 1,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"]],
  use: { browserName: "chromium", launchOptions, locale: "en-US", serviceWorkers: "block" },
});
