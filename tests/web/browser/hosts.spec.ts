/** A frame of one figure in hosts that strip the script by which frames grow: it fills the height that it is given. */
import type { Frame } from "@playwright/test";
import { snippetFor } from "../../../web/src/pages/snippets.js";
import { SANITIZERS } from "./sanitizers.js";
import { expect, framed, framedCleaned, test } from "./support.js";

const WIDTHS = [320, 480, 700, 960, 1200];
const HIDDEN = "presets,schemes,controls,text";

function snippet(site: string, host: "lms" | "iframe", only: string, hide = HIDDEN) {
  const state = "v=1&depth=20&width=64&batch=32&s=kaiming_normal&s=xavier_normal";
  const embedded = { lab: "propagation", state, hide, only, lang: "en", theme: "light" } as const;
  return snippetFor(host, embedded, { address: `${site}index.html`, single: false }, "A figure");
}

/** Sizes within the frame, in pixels. */
const measured = (frame: Frame) =>
  frame.evaluate(() => {
    const lab = document.querySelector("init-propagation")?.shadowRoot;
    // Figures of sweeps stand in an element of their own.
    const sweep = lab?.querySelector("init-sweep")?.shadowRoot;
    const figure = (sweep ?? lab)?.querySelector("init-figure");
    const drawing = figure?.shadowRoot?.querySelector(".drawing");
    const sizeOf = (element: Element | null | undefined) => {
      const { width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
      return { width, height };
    };
    const { scrollHeight, scrollWidth } = document.documentElement;
    return {
      over: Math.max(scrollHeight - innerHeight, scrollWidth - innerWidth),
      filled: sizeOf(figure).height / innerHeight,
      drawing: sizeOf(drawing),
      svg: sizeOf(drawing?.querySelector("svg")),
    };
  });

for (const [name, rules] of Object.entries(SANITIZERS))
  for (const only of ["activation", "flow", "gradientByWidth"])
    test(`${name}: a frame of ${only} has no scrollbar and no empty half at any width`, async ({
      page,
      hosts,
      site,
    }) => {
      const frame = await framedCleaned(page, hosts, snippet(site, "lms", only), rules);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width: width + 16, height: 800 });
        await expect
          .poll(
            async () => {
              const { over, filled, drawing, svg } = await measured(frame);
              const across = svg.width / drawing.width;
              const down = svg.height / drawing.height;
              // As large as it can be, and no more: one of its sides is that of its place.
              return (
                over <= 0 &&
                filled >= 0.8 &&
                Math.max(across, down) > 0.95 &&
                Math.min(across, down) > 0.55
              );
            },
            `${width}: ${JSON.stringify(await measured(frame))}`,
          )
          .toBe(true);
      }
    });

test("without what makes it fill its frame, a figure would not (control)", async ({
  page,
  hosts,
  site,
}) => {
  const text = snippet(site, "lms", "activation", "presets,schemes,controls");
  const [rules] = Object.values(SANITIZERS);
  if (!rules) throw new Error("no rules");
  const frame = await framedCleaned(page, hosts, text, rules);
  await expect.poll(async () => (await measured(frame)).over).toBeGreaterThan(50);
});

test("where the script runs, a figure that fills its frame has its own shape again", async ({
  page,
  hosts,
  site,
}) => {
  await page.setViewportSize({ width: 716, height: 800 });
  await page.goto(`${hosts}blank.html`);
  await page.evaluate(
    (text) => {
      const range = document.createRange();
      document.body.replaceChildren(range.createContextualFragment(text));
    },
    snippet(site, "iframe", "activation"),
  );
  const frame = await framed(page);
  for (const width of [700, 900]) {
    await page.setViewportSize({ width: width + 16, height: 800 });
    await expect
      .poll(async () => {
        const { over, drawing } = await measured(frame);
        return over <= 0 && Math.abs(drawing.width / drawing.height - 1.6) < 0.02;
      })
      .toBe(true);
  }
});
