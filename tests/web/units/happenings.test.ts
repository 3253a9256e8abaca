// @vitest-environment jsdom
/** What is marked on curves: where it happens, in words that have room, and nowhere else. */
import { afterAll, describe, expect, it } from "vitest";
import { annotated } from "../../../web/src/charts/annotate.js";
import { extentOf } from "../../../web/src/charts/by-layer.js";
import { labelWidth } from "../../../web/src/charts/labels.js";
import { themes } from "../../../web/src/charts/theme.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import {
  correlationFigure,
  magnitudeFigure,
  seriesOf,
  shareFigure,
} from "../../../web/src/labs/propagation/figures.js";
import { faintAt, shareHappenings } from "../../../web/src/labs/propagation/happenings.js";
import { FLOOR } from "../../../web/src/labs/propagation/data.js";
import { propagatedBy } from "./propagated.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());
const words = messagesOf("en").figures.happenings;

const run = (given: object) => propagatedBy(engine, { width: 32, batch: 16, ...given });

const frameOf = (width: number) => ({ width, height: 300, theme: themes.light });
const drawnOf = (
  figure: { draw: (frame: ReturnType<typeof frameOf>) => { svg: SVGSVGElement } },
  width = 560,
) => figure.draw(frameOf(width)).svg;
const rings = (svg: SVGSVGElement) => svg.querySelectorAll("circle.happens").length;

const TINY = { depth: 105, width: 128, schemes: ["torch_linear"] };

describe("numbers that float32 has not with all digits", () => {
  it("are marked at the first layer that has them, forward and back", async () => {
    const { request, shown } = await run(TINY);
    const { activation, gradient } = shown[0]?.result ?? expect.fail("no result");
    const tiny = (h2: number) => h2 > 0 && Math.sqrt(h2) < 1.1754943508222875e-38;
    const first = activation.secondMoment.findIndex(tiny) + 1;
    const last = gradient.secondMoment.findLastIndex(tiny) + 1;
    expect(first).toBeGreaterThan(90);
    expect(last).toBeGreaterThan(5);
    const text = (quantity: "activation" | "gradient" | "ratio", locale: Locale) => {
      const all = seriesOf(shown, quantity, request);
      return drawnOf(
        magnitudeFigure(shown, quantity, all, extentOf(all), request, messagesOf(locale)),
      );
    };
    expect(text("activation", "en").textContent).toContain(
      `float32 loses digits from layer ${first}`,
    );
    expect(text("gradient", "en").textContent).toContain(
      `float32 loses digits up to layer ${last}`,
    );
    expect(text("activation", "zh").textContent).toContain(`第 ${first} 层起 float32 精度下降`);
    expect(text("ratio", "en").textContent).not.toContain("float32");
  });

  it("are not where all numbers are normal, or 0", async () => {
    const { request, shown } = await run({ depth: 40, schemes: ["kaiming_normal", "zeros"] });
    const all = seriesOf(shown, "activation", request);
    const svg = drawnOf(
      magnitudeFigure(shown, "activation", all, extentOf(all), request, messagesOf("en")),
    );
    expect(rings(svg)).toBe(0);
    expect(svg.textContent).toContain("0 from layer 1");
    expect(faintAt({ values: Float64Array.of(1, 0, 2 * FLOOR) }, false)).toBe(-1);
    expect(faintAt({ values: Float64Array.of(1, FLOOR / 2, FLOOR / 4) }, false)).toBe(1);
    expect(faintAt({ values: Float64Array.of(FLOOR / 4, FLOOR / 2, 1) }, true)).toBe(1);
  });
});

/** What the reader starts with, by the side of the field's default of another kind. */
const GPT2 = { depth: 50, width: 256, batch: 64, schemes: ["xavier_normal", "gpt2"] };

describe("correlation", () => {
  it("is none of numbers that have lost digits", async () => {
    const { request, shown } = await run(GPT2);
    const { activation, correlation } = shown[1]?.result ?? expect.fail("no result");
    const tiny = [...activation.secondMoment].map((h2) => h2 < FLOOR);
    const lost = tiny.map((is, i) => is && Number.isFinite(correlation[i]));
    expect(lost).toContain(true); // the control: the core gives one
    const { table, byLayer } = correlationFigure(shown, request, messagesOf("en"));
    expect([...(byLayer.all[1]?.values ?? [])].map(Number.isNaN)).toEqual(tiny);
    expect(table.rows.map((row) => Number.isNaN(row[3]))).toEqual(tiny);
    expect([...(byLayer.all[0]?.values ?? [])].every(Number.isFinite)).toBe(true);
  });
});

describe("shares", () => {
  it("are marked from the layer on at which nothing is left", () => {
    const of = (values: number[], kind: "dead" | "saturated" | "alike", shown = values.length) =>
      shareHappenings(
        [{ slot: 0, name: "", values: Float64Array.from(values), shown }],
        kind,
        words,
      );
    expect(of([0, 0.5, 1, 1], "dead")).toMatchObject([{ place: 2, text: "all dead from layer 3" }]);
    expect(of([1, 0.5, 0.999], "dead")).toEqual([]);
    expect(of([1, 1], "saturated")).toMatchObject([{ place: 0 }]);
    expect(of([0.1, 0.995, 0.98, 0.995], "alike")).toMatchObject([{ place: 3 }]);
    expect(of([0.1, NaN, NaN], "alike")).toEqual([]);
    // What overflows is not shown, and nothing happens there.
    expect(of([0, 1, 1], "dead", 1)).toEqual([]);
  });

  it("of inputs that become alike are marked once for schemes that coincide", async () => {
    const { request, shown } = await run({
      depth: 45,
      correlation: 0.98,
      width: 128,
      schemes: ["kaiming_normal", "xavier_normal"],
    });
    const svg = drawnOf(correlationFigure(shown, request, messagesOf("en")));
    const { correlation } = shown[0]?.result ?? expect.fail("no result");
    const layer = correlation.findLastIndex((c) => c <= 0.99) + 2;
    expect(svg.textContent.match(/c > 0\.99/g)).toHaveLength(1);
    expect(svg.textContent).toContain(`c > 0.99 from layer ${layer}`);
    const apart = await run({ depth: 5, schemes: ["kaiming_normal"] });
    expect(rings(drawnOf(correlationFigure(apart.shown, apart.request, messagesOf("en"))))).toBe(0);
    expect(rings(drawnOf(shareFigure(shown, "dead", request, messagesOf("en"))))).toBe(0);
  });
});

describe("words beside the curves", () => {
  const happenings = [0, 1, 2, 3].map((slot) => ({
    slot,
    place: 4,
    value: 0.3 - slot / 100,
    text: `all dead from layer ${slot}`,
  }));
  const chart = async (width: number) => {
    const { request, shown } = await run({ depth: 5, schemes: ["kaiming_normal"] });
    return annotated(
      correlationFigure(shown, request, messagesOf("en")).draw(frameOf(width)),
      happenings,
      frameOf(width),
    );
  };

  it("have room: three at most, and one where the figure is narrow", async () => {
    expect(rings((await chart(560)).svg)).toBe(3);
    expect(rings((await chart(330)).svg)).toBe(1);
  });

  it("cover no dot and no other words, and stay in the plot", async () => {
    const { svg, xs, top, bottom } = await chart(560);
    const boxes = [...svg.querySelectorAll("text")]
      .filter((text) => text.textContent.startsWith("all dead"))
      .map((text) => {
        const [x, y] = [Number(text.getAttribute("x")), Number(text.getAttribute("y"))];
        return { left: x, right: x + labelWidth(text.textContent), top: y - 10, bottom: y };
      });
    expect(boxes).toHaveLength(3);
    const dots = [...svg.querySelectorAll('[data-mark="dot"] > *')].map((dot) => ({
      x: Number(dot.getAttribute("cx")),
      y: Number(dot.getAttribute("cy")),
    }));
    expect(dots.length).toBeGreaterThan(3);
    boxes.forEach((box, i) => {
      expect(box.right).toBeLessThanOrEqual(xs.at(-1) ?? NaN);
      expect(box.top).toBeGreaterThanOrEqual(top);
      expect(box.bottom).toBeLessThanOrEqual(bottom);
      const covered = dots.filter(
        ({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom,
      );
      expect(covered).toEqual([]);
      for (const other of boxes.slice(0, i))
        expect(
          box.top >= other.bottom ||
            other.top >= box.bottom ||
            box.left >= other.right ||
            other.left >= box.right,
        ).toBe(true);
    });
  });

  it.each(["en", "zh"] as const)("lie on no dot of a steep curve, in %s", async (locale) => {
    for (const given of [GPT2, TINY]) {
      const { request, shown } = await run(given);
      for (const quantity of ["activation", "gradient"] as const)
        for (const [width, height] of [
          [366, 229],
          [440, 275],
          [620, 388],
          [900, 400],
        ] as const) {
          const all = seriesOf(shown, quantity, request);
          const words = messagesOf(locale);
          const figure = magnitudeFigure(shown, quantity, all, extentOf(all), request, words);
          const { svg } = figure.draw({ width, height, theme: themes.light });
          const faint = all.some((series) => faintAt(series, quantity === "gradient") >= 0);
          expect(rings(svg), `${quantity} ${width}`).toBe(faint ? 1 : 0);
          if (!faint) continue; // GPT-2's gradient is 0 where its signal is
          const said = [...svg.querySelectorAll("circle.happens ~ text")];
          expect(said.map(({ textContent }) => textContent).join(" ")).toContain("float32");
          for (const dot of svg.querySelectorAll('[data-mark="dot"] > *')) {
            const moved = /translate\(([-\d.]+),([-\d.]+)\)/.exec(
              dot.getAttribute("transform") ?? "",
            );
            const x = Number(moved?.[1] ?? dot.getAttribute("cx"));
            const y = Number(moved?.[2] ?? dot.getAttribute("cy"));
            for (const text of said) {
              const [left, base] = [Number(text.getAttribute("x")), Number(text.getAttribute("y"))];
              const right = left + labelWidth(text.textContent);
              const on = x + 3 > left && x - 3 < right && y + 3 > base - 11 && y - 3 < base + 3;
              expect(on, `${quantity} ${width} ${text.textContent}`).toBe(false);
            }
          }
        }
    }
  });

  it("are left out where there is no room for them", async () => {
    const long = [{ slot: 0, place: 2, value: 0.5, text: "far too long for it ".repeat(9) }];
    const { request, shown } = await run({ depth: 5, schemes: ["kaiming_normal"] });
    const figure = correlationFigure(shown, request, messagesOf("en"));
    expect(rings(annotated(figure.draw(frameOf(560)), long, frameOf(560)).svg)).toBe(0);
  });
});
