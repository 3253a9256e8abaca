/**
 * How the tests and measurements start the distribution's Chromium: headless, without the browser's own
 * traffic, and in its sandbox, which Chromium refuses to set up for root alone.
 */
export const launchOptionsFor = (uid) => ({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Playwright passes --no-sandbox unless this is true.
  chromiumSandbox: uid !== 0,
  args: [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

export const launchOptions = launchOptionsFor(process.getuid?.());

/** The same for Puppeteer, which knows of the sandbox no word but Chromium's own. */
export function puppeteerOptionsFor(uid) {
  const { executablePath, chromiumSandbox, args } = launchOptionsFor(uid);
  return { executablePath, args: chromiumSandbox ? args : [...args, "--no-sandbox"] };
}

export const puppeteerOptions = puppeteerOptionsFor(process.getuid?.());
