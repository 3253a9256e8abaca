/** After one visit without a network; and never a request to anywhere else. */
import { statSync } from "node:fs";
import { expect, settled, test } from "./support.js";

test.use({ serviceWorkers: "allow" });

test("after one visit every lab and chapter works without a network", async ({
  page,
  site,
  context,
}) => {
  await page.goto(site);
  await settled(page, "init-propagation");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await settled(page, "init-propagation");
  for (const lab of ["training", "symmetry", "phase", "audit", "distribution"] as const) {
    await page.goto("about:blank");
    await page.goto(`${site}#lab=${lab}`);
    await settled(page, `init-${lab}`);
  }
  // The other language has not been asked for while there was a network.
  await page.locator("#language").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await expect(page.locator("init-distribution nav.presets")).toContainText("均匀");
  for (const chapter of ["en/why", "zh/he"]) {
    await page.goto(`${site}learn/${chapter}.html`);
    await expect(page.locator("figure.live init-figure svg").first()).toBeVisible();
  }
  // Asked by a page: of a text alone a browser asks its icon as well, which no site of ours has.
  for (const file of ["LICENSE.txt", "NOTICE.txt"]) {
    const ask = (address: string) => fetch(address).then((response) => response.text());
    expect(await page.evaluate(ask, `${site}${file}`)).toContain("Permission is hereby granted");
  }
  expect(await page.evaluate(() => navigator.onLine)).toBe(false);
});

test("every page says that it works offline, and offers all in one file", async ({
  page,
  site,
}) => {
  for (const [path, said, offered] of [
    ["?lang=en", "Works offline after one visit", "Download as one file (2 MB)"],
    ["?lang=zh", "离线", "下载单文件版（2 MB）"],
    ["learn/en/he.html", "Works offline after one visit", "Download as one file (2 MB)"],
    ["learn/zh/embedding.html", "离线", "下载单文件版（2 MB）"],
  ] as const) {
    await page.goto(site + path);
    await expect(page.locator("footer")).toContainText(said);
    const link = page.getByRole("link", { name: offered });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(download.suggestedFilename()).toBe("initscope.html");
    expect(statSync(await download.path()).size).toBeGreaterThan(1.5e6);
    expect(statSync(await download.path()).size).toBeLessThan(2.5e6);
  }
  await page.goto(`${site}initscope.html`);
  await expect(page.locator("footer a")).toHaveCount(0); // it is that file
});

test("all requests are GETs of the site's own files, and none carries state", async ({
  page,
  site,
}) => {
  const asked: { url: string; method: string }[] = [];
  page.on("request", (request) => asked.push({ url: request.url(), method: request.method() }));
  await page.goto(`${site}#v=1&depth=5&width=32&s=zeros`);
  const lab = await settled(page, "init-propagation");
  await page.getByRole("link", { name: "Training" }).click();
  await settled(page, "init-training");
  await page.getByRole("link", { name: "Learn" }).click();
  await expect(page.locator("figure.live init-figure svg").first()).toBeVisible();
  expect(lab).toBeDefined();
  const remote = asked.filter(({ url }) => !/^(data|blob):/.test(url));
  expect(remote.length).toBeGreaterThan(5);
  for (const { url, method } of remote) {
    expect(method).toBe("GET");
    expect(url.startsWith(site), url).toBe(true);
    expect(new URL(url).search, url).toBe("");
  }
});
