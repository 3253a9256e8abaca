/** The built page in the distribution's Chromium, under its own CSP. */
import { defineConfig } from "@playwright/test";
import { launchOptions } from "../../web/scripts/chromium.mjs";

export default defineConfig({
  testDir: "browser",
  outputDir: "../../test-results",
  timeout: 120_000,
  // Generous, because machines are slow at times; nothing waits longer than it must.
  expect: { timeout: 30_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions,
    locale: "en-US",
    // A page that comes from a cache says little of the build; offline.spec.ts has its own.
    serviceWorkers: "block",
  },
});
