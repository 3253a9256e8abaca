/**
 * The room that is kept for each figure of the course is what it takes: nothing moves when it comes, and nothing
 * stays empty. With INITSCOPE_WRITE_ROOMS=1 the measured rooms are written anew, to web/course/rooms.json.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { format } from "prettier";
import type { Page } from "@playwright/test";
import { CHAPTERS, LANGUAGES, readFigures } from "../../../web/scripts/course.mjs";
import { readRooms, WINDOWS } from "../../../web/scripts/rooms.mjs";
import { root, test } from "./support.js";

const web = join(root, "web");
const writing = process.env["INITSCOPE_WRITE_ROOMS"] === "1";
/** Pixels that stay empty at most: one line, and what a sentence may lack of its longest. */
const MOST_EMPTY = 24;

test.describe.configure({ mode: "serial" });

/** What each figure of a page takes beside its plots, once all of them are there. */
async function roomsIn(page: Page): Promise<readonly (readonly [string, number])[]> {
  const figures = page.locator("figure.live[data-figures]");
  for (const figure of await figures.all()) {
    await figure.scrollIntoViewIfNeeded();
    const plots = figure.locator("init-figure svg");
    await expect(plots).toHaveCount(Number(await figure.getAttribute("data-figures")));
    await expect(figure.locator("progress")).toHaveCount(0);
  }
  return figures.evaluateAll((all) =>
    all.map((figure) => {
      const parts = [...(figure.firstElementChild?.shadowRoot?.children ?? [])]
        .map((part) => part.getBoundingClientRect())
        .filter(({ height }) => height > 0);
      const top = Math.min(...parts.map((part) => part.top));
      const height = Math.max(...parts.map((part) => part.bottom)) - top;
      const ruler = document.createElement("div");
      ruler.style.cssText = "position:absolute;height:calc(var(--figures) * 0.62 * var(--across))";
      figure.append(ruler);
      const plots = ruler.getBoundingClientRect().height;
      ruler.remove();
      return [figure.id, Math.ceil(height - plots)] as const;
    }),
  );
}

/** Those that are not measured in this run stay. */
const measured = structuredClone(readRooms(web)) as Record<string, Record<string, number[]>>;

for (const language of LANGUAGES)
  for (const [place, { width }] of WINDOWS.entries())
    test(`figures of the course take the room that is kept for them, ${language}, ${width} wide`, async ({
      page,
      site,
    }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      const found: string[] = [];
      for (const chapter of CHAPTERS) {
        await page.goto(`${site}learn/${language}/${chapter}.html`);
        for (const [id, room] of await roomsIn(page)) {
          found.push(id);
          ((measured[language] ??= {})[id] ??= [])[place] = room;
          if (writing) continue;
          const kept = readRooms(web)[language]?.[id]?.[place] ?? NaN;
          expect.soft(room, `${id} is higher than its room`).toBeLessThanOrEqual(kept);
          expect.soft(room, `${id} leaves room empty`).toBeGreaterThan(kept - MOST_EMPTY);
        }
      }
      const withPlots = Object.entries(readFigures(web)).filter(([, { only }]) => only);
      expect([...new Set(found)].sort()).toEqual(withPlots.map(([id]) => id).sort());
    });

test.afterAll(async () => {
  if (!writing) return;
  const text = await format(JSON.stringify(measured), { parser: "json", printWidth: 100 });
  writeFileSync(join(web, "course/rooms.json"), text);
});
