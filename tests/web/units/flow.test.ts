// @vitest-environment jsdom
/** The network drawn: where its strips lie, how dark they are, and what it says in both languages. */
import { afterAll, describe, expect, it } from "vitest";
import { themes } from "../../../web/src/charts/theme.js";
import { plainSeries } from "../../../web/src/charts/series.js";
import type { Drawing } from "../../../web/src/charts/plot.js";
import type { Histogram, PropagationResult } from "../../../web/src/engine/results.js";
import { parseState } from "../../../web/src/engine/url.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { seriesFor } from "../../../web/src/labs/propagation/data.js";
import { flowCaption } from "../../../web/src/labs/propagation/flow/caption.js";
import { countsOf, levelsOf, LEVELS } from "../../../web/src/labs/propagation/flow/density.js";
import { layerFigures } from "../../../web/src/labs/propagation/layers/index.js";
import { flowHeight } from "../../../web/src/labs/propagation/flow/drawing.js";
import { flowFigure } from "../../../web/src/labs/propagation/flow/figure.js";
import {
  heightOf,
  sizesOf,
  startOf,
  stripsOf,
} from "../../../web/src/labs/propagation/flow/geometry.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const MOST = 88;
const series = (values: readonly number[], first = 0) =>
  plainSeries(0, "He", values, first === 0 ? "forward" : "backward", first);
const heights = (values: readonly number[], backward = false) => {
  const sizes = sizesOf(series(values, backward ? 1 : 0), backward);
  return values.map((value) => heightOf(value, sizes, MOST));
};

describe("heights of strips", () => {
  it("are larger for larger sizes, and never beyond the band", () => {
    const rising = Array.from({ length: 80 }, (_, i) => 10 ** (i - 40));
    const all = heights(rising);
    all.forEach((height, i) => expect(height).toBeGreaterThan(all[i - 1] ?? 0));
    expect(Math.max(...all)).toBeLessThanOrEqual(MOST);
  });

  it("show growth, decay and steadiness at once", () => {
    const [start = 0, ...steady] = heights([1, 1.4, 0.7, 1.1]);
    expect(start).toBeGreaterThan(0.6 * MOST);
    for (const height of steady) expect(Math.abs(height - start)).toBeLessThan(0.08 * MOST);
    const grown = heights([1, 1e30, 1e60]);
    expect(grown[0]).toBeLessThan(0.1 * MOST);
    expect(grown[2]).toBeGreaterThan(0.95 * MOST);
    const shrunk = heights([1, 1e-8, 1e-15]);
    expect(shrunk[0]).toBeGreaterThan(0.9 * MOST);
    expect(shrunk[2]).toBeLessThan(0.1 * MOST);
    expect(shrunk[2]).toBeGreaterThan(0); // what is there is seen
  });

  it("are 0 for 0, and none for what is not finite", () => {
    expect(heights([1, 0, NaN, Infinity])).toEqual([expect.any(Number), 0, NaN, NaN]);
    expect(heights([0, 0])).toEqual([0, 0]);
    expect(heights([NaN, NaN])).toEqual([NaN, NaN]);
    expect(heights([5e-324, 1e308]).every((height) => height > 0 && height <= MOST)).toBe(true);
  });

  it("of gradients start at the last layer", () => {
    expect(startOf(series([8, 4, 2], 1), true)).toBe(2);
    expect(startOf(series([8, 4, 2]), false)).toBe(8);
    const back = heights([1e-12, 1e-6, 1], true);
    expect(back[2]).toBeGreaterThan(0.9 * MOST);
  });
});

describe("strips", () => {
  const at = (width: number, depth: number) => (layer: number) =>
    (layer / Math.max(1, depth)) * width;

  it("are one a layer while there is room, and apart", () => {
    const strips = stripsOf(0, 50, at(800, 50));
    expect(strips.map(({ layer }) => layer)).toEqual(Array.from({ length: 51 }, (_, l) => l));
    strips.forEach(({ x, width }, i) =>
      expect(x + width).toBeLessThan(strips[i + 1]?.x ?? Infinity),
    );
    expect(stripsOf(0, 1, at(800, 1))[0]?.width).toBeLessThan(40);
  });

  it("merge into an area where layers are near each other, and leave none out between", () => {
    const strips = stripsOf(0, 2000, at(800, 2000));
    expect(strips.length).toBeLessThanOrEqual(201);
    strips.forEach(({ x, width }, i) => {
      const next = strips[i + 1];
      if (next) expect(x + width).toBeCloseTo(next.x);
    });
  });
});

describe("how dark a strip is", () => {
  const histogram = (from: number, to: number, counts: number[], zeroBin = -1): Histogram => ({
    from,
    to,
    counts: Float64Array.from(counts),
    below: 0,
    above: 0,
    zeroBin,
  });

  it("follows the density, from the greatest activations down", () => {
    const levels = levelsOf(histogram(0, 2, [2, 1]), 0, 0.5, 8);
    expect(levels.slice(4)).toEqual([0, 0, 0, 0]); // nothing is below 0
    expect(levels[3]).toBeGreaterThan(levels[0] ?? 0);
    expect(levels[0]).toBeGreaterThan(0);
    expect(Math.max(...levels)).toBeLessThanOrEqual(LEVELS);
  });

  it("is the same for a layer of another scale", () => {
    const small = levelsOf(histogram(-2, 2, [1, 3, 3, 1]), 0, 1, 12);
    const large = levelsOf(histogram(-2e9, 2e9, [1, 3, 3, 1]), 0, 1e9, 12);
    expect(large).toEqual(small);
    expect(small).toEqual(small.toReversed());
  });

  it("leaves out what is exactly 0, and stands a layer of which all is", () => {
    expect(countsOf(histogram(0, 1, [6, 4], 0), 0.5)).toEqual([expect.closeTo(0.1), 0.4]);
    expect(levelsOf(histogram(0, 0, [4], 0), 1, 0, 6).every((level) => level === 0)).toBe(true);
  });
});

/** The figure of a state's first scheme, as the lab has it made. */
async function figureOf(state: string, locale: Locale = "en") {
  const { request, issues } = parseState("propagation", state);
  expect(issues).toEqual([]);
  const [answer] = await engine.run("propagation", request);
  if (!answer) return expect.fail("no answer");
  const { scheme, result } = answer;
  return { ...drawn(result, request, locale), scheme };
}

function drawn(
  result: PropagationResult,
  request: Parameters<typeof flowFigure>[1]["request"],
  locale: Locale,
) {
  const of = (quantity: "activation" | "gradient") =>
    seriesFor(quantity, 1, "Xavier", result, request.repeats, "second_moment");
  const content = flowFigure(
    { slot: 1, name: "Xavier", scheme: { scheme: "xavier_normal" }, result },
    {
      request,
      forward: of("activation"),
      backward: of("gradient"),
      layers: layerFigures(locale),
      steadyAxis: (_, needed) => needed,
    },
    messagesOf(locale),
  );
  const at = (width: number): Drawing =>
    content.draw({ width, height: flowHeight(width), theme: themes.light });
  return { content, at, result };
}

const textsOf = ({ svg }: Drawing) => [...svg.querySelectorAll("text")].map((t) => t.textContent);

describe("what it says", () => {
  const caption = (forward: readonly number[], backward: readonly number[], faults = {}) =>
    flowCaption(
      "He",
      { ...series(forward), ...faults },
      { ...series(backward, 1), ...faults },
      messagesOf("en"),
    );

  it("is what the picture shows: halves, doubles, factors, steadiness and ends", () => {
    const powers = (factor: number) => Array.from({ length: 6 }, (_, i) => factor ** i);
    const text = caption(powers(0.5), powers(2).slice(0, 5));
    expect(text).toBe(
      "He: the signal halves every layer, and 0.0313 is left at layer 5. The gradient halves every layer on its way back, and 1 is left at layer 1.",
    );
    expect(caption(powers(2), powers(0.7))).toBe(
      "He: the signal doubles every layer, up to 32 at layer 5. The gradient changes by a factor 1.43 every layer on its way back, up to 1 at layer 1.",
    );
    expect(caption([1, 1.2, 0.9], [3, 3, 3])).toBe(
      "He: the signal keeps its size, between 0.9 and 1.2. The gradient keeps its size, at 3.",
    );
    expect(caption([1, 9, 1, 9, 2], [1, 5, 1])).toBe(
      "He: the signal goes from 1 at layer 0 to 2 at layer 4, on the way between 1 and 9. The gradient goes from 1 at layer 3 to 1 at layer 1, on the way between 1 and 5.",
    );
  });

  it("says where the signal leaves float32, and never a number that is none", () => {
    expect(caption([1, 1e30], [1, 1], { overflow: 2 })).toBe(
      "He: the signal exceeds float32 from layer 2 on. The gradient exceeds float32 up to layer 2.",
    );
    expect(caption([1, 0], [0, 0], { vanished: 1 })).toBe(
      "He: the signal is exactly 0 from layer 1 on. The gradient is not finite, or 0, in every layer.",
    );
  });
});

describe("the figure", () => {
  it("has a position a layer, few elements, its scheme's colour and no other's", async () => {
    for (const [depth, width] of [
      [1, 320],
      [12, 360],
      [200, 320],
      [200, 1400],
    ] as const) {
      const { at } = await figureOf(`v=1&depth=${depth}&width=8&batch=8&s=xavier_normal`);
      const { svg, xs } = at(width);
      expect(xs).toHaveLength(depth + 1);
      xs.forEach((x, i) => expect(x).toBeGreaterThan(xs[i - 1] ?? 0));
      expect(xs.at(-1)).toBeLessThanOrEqual(width);
      expect(svg.querySelectorAll("*").length).toBeLessThan(200);
      expect(svg.outerHTML).not.toContain("NaN");
      const text = svg.outerHTML;
      themes.light.slots.forEach((color, slot) => expect(text.includes(color)).toBe(slot === 1));
    }
  });

  it("says signal, gradient and their sizes at both ends, in either language", async () => {
    const state = "v=1&depth=10&width=64&batch=16&s=xavier_normal";
    const en = await figureOf(state);
    const texts = textsOf(en.at(900)).join("|");
    expect(texts).toMatch(/signal → {2}E\[h²\] (1|0\.9)/);
    expect(texts).toMatch(/E\[\(∂E\/∂z\)²\] [\d.]+ {2}← gradient/);
    expect(texts).toContain("Layer 10");
    expect(en.content.title).toBe("Through the network, Xavier");
    expect(en.content.caption).toMatch(
      /^Xavier: the signal halves every layer, and [\d.×⁻⁰¹²³⁴-⁹]+ is left at layer 10. The gradient .* on its way back, .* at layer 1\.$/,
    );
    expect(en.content.how).toContain("log scale");
    const zh = await figureOf(state, "zh");
    expect(zh.content.title).toContain("网络");
    expect(zh.content.caption).toMatch(/^Xavier：信号每过一层减半，到第 10 层只剩 .*。梯度往回/);
    expect(zh.content.how).toContain("对数刻度");
    expect(textsOf(zh.at(900)).join("|")).toContain("信号 →");
    expect(textsOf(zh.at(900)).join("|")).not.toMatch(/signal|gradient|Layer/);
  });

  it("has all that it draws as a table, a row a layer", async () => {
    const { content, result } = await figureOf("v=1&depth=6&width=32&batch=16&s=xavier_normal");
    const { head, rows } = content.table;
    expect(head.slice(0, 9)).toEqual([
      "Layer",
      "E[h²]",
      "E[(∂E/∂z)²]",
      "dead units",
      ...["5%", "25%", "50%", "75%", "95%"].map((p) => `h ${p}`),
    ]);
    expect(rows).toHaveLength(7);
    expect(rows[0]?.slice(0, 3)).toEqual([0, result.input.secondMoment, NaN]);
    expect(head.slice(9)).toEqual([
      "h standard deviation",
      "h share of 0",
      "∂E/∂z standard deviation",
      "∂E/∂z share of 0",
      "W standard deviation",
      "W share of 0",
    ]);
    expect(rows[6]).toEqual([
      6,
      result.activation.secondMoment[5],
      result.gradient.secondMoment[5],
      result.deadFraction[5],
      ...result.quantiles.map((values) => values[5]),
      Math.sqrt(result.activation.variance[5] ?? NaN),
      result.zeroFraction[5],
      Math.sqrt(result.gradient.variance[5] ?? NaN),
      result.gradientZeroFraction[5],
      Math.sqrt(result.weight.variance[5] ?? NaN),
      0,
    ]);
  });

  it("marks overflow where it begins, and looks into the last layer that is finite", async () => {
    const { at, result, content } = await figureOf("v=1&depth=50&width=256&batch=16&s=normal");
    const first = result.activation.nonfinite.findIndex((count) => count > 0) + 1;
    expect(first).toBeGreaterThan(20);
    const drawing = at(900);
    const texts = textsOf(drawing);
    expect(texts).toContain(`↑ overflow at layer ${first}`);
    expect(texts).toContain("↑ not finite in any layer");
    expect(texts).toContain(`Layer ${first - 1}`);
    expect(drawing.detail?.(first).textContent).toContain("not finite");
    expect(drawing.detail?.(0).textContent).toBe("Inputsnot in a histogram");
    expect(content.describe?.(3)).toMatch(/^Layer 3: E\[h²\]/);
    expect(drawing.svg.outerHTML).not.toContain("NaN");
  });

  it("says where all is 0, and what of a layer is", async () => {
    const { at } = await figureOf("v=1&depth=3&width=16&batch=8&s=zeros");
    const texts = textsOf(at(900));
    expect(texts).toContain("↓ 0 from layer 1");
    expect(texts.join(" ")).toContain("100% are 0");
  });

  it("speaks of saturation where the activation saturates, else of dead units", async () => {
    const tanh = await figureOf("v=1&depth=4&width=64&batch=16&activation=tanh&s=normal");
    expect(tanh.content.table.head[3]).toBe("saturated activations");
    expect(tanh.content.how).toContain("share of saturated activations");
    const linear = await figureOf("v=1&depth=4&width=64&batch=16&activation=linear&s=lecun_normal");
    expect(linear.content.how).not.toContain("Grey");
  });
});
