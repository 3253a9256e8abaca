/** Language and theme: before the first script, at a click, and as the system changes. */
import { expect, settled, test } from "./support.js";

test("the page is there in the reader's language and theme before any script of it", async ({
  page,
  site,
  silent,
}) => {
  await page.route("**/*.js", (route) => route.abort());
  await page.addInitScript(() => localStorage.setItem("initscope-theme", "dark"));
  const words = {
    en: { heading: /^What an initializer does/, tab: "Training", page: "Embed", share: "Share" },
    zh: { heading: /^训练开始之前/, tab: "训练", page: "嵌入", share: "分享" },
  };
  for (const [lang, { heading, tab, page: other, share }] of Object.entries(words)) {
    await page.goto(`${site}?lang=${lang}`);
    await expect(page.locator("html")).toHaveAttribute("lang", lang === "zh" ? "zh-Hans" : "en");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expect(page.getByRole("link", { name: tab, exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: other, exact: true })).toHaveAttribute(
      "href",
      `./learn/${lang}/embedding.html`,
    );
    await expect(page.getByRole("button", { name: share, exact: true })).toBeVisible();
  }
  await expect(page.locator("init-propagation")).toHaveCount(0); // the control
  for (const heard of silent.splice(0)) expect(heard).toContain("ERR_FAILED");
});

test("Chinese and English, light and dark, are a click away and remembered", async ({
  page,
  site,
}) => {
  await page.goto(site);
  await settled(page, "init-propagation");
  await page.getByRole("button", { name: "Language" }).click();
  await expect(page.getByRole("heading", { name: "各层的信号" })).toBeVisible();
  await page.getByRole("combobox", { name: "外观" }).selectOption("dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.getByRole("heading", { name: "各层的信号" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
});

test("every page follows the system's colours while nothing else is chosen", async ({
  page,
  site,
}) => {
  const paths = ["index.html", "embed.html#lab=phase&v=1", "bench.html", "learn/zh/embedding.html"];
  for (const path of paths) {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("about:blank");
    await page.goto(site + path);
    await page.waitForLoadState("networkidle");
    for (const colorScheme of ["light", "dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html"), path).toHaveAttribute("data-theme", colorScheme);
    }
    await page.goto("about:blank");
    await page.goto(site + path.replace(/#|$/, "?theme=dark#"));
    await page.waitForLoadState("networkidle");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.emulateMedia({ colorScheme: "light" });
    await expect(page.locator("html"), path).toHaveAttribute("data-theme", "dark");
  }
});
