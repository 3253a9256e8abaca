// @vitest-environment jsdom
/** The propagation figures say what is drawn: one quantity, its course, what lies on what. */
import { afterAll, describe, expect, it } from "vitest";
import { magnitudeChart } from "../../../web/src/charts/by-layer.js";
import { themes } from "../../../web/src/charts/theme.js";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { variesFromZero } from "../../../web/src/labs/propagation/data.js";
import {
  correlationFigure,
  magnitudeFigure,
  seriesOf,
  shareFigure,
} from "../../../web/src/labs/propagation/figures.js";
import { extentOf } from "../../../web/src/charts/by-layer.js";
import type { Quantity } from "../../../web/src/labs/propagation/data.js";
import { propagatedBy } from "./propagated.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());
const en = messagesOf("en");
const zh = messagesOf("zh");

async function lab(given: object, messages = en) {
  const { request, shown } = await propagatedBy(
    engine,
    { width: 128, batch: 32, ...given },
    (scheme) => scheme,
  );
  const figure = (quantity: Quantity) => {
    const all = seriesOf(shown, quantity, request);
    return magnitudeFigure(shown, quantity, all, extentOf(all), request, messages);
  };
  return { request, shown, figure };
}

const cell = (
  table: { head: readonly string[]; rows: readonly (readonly unknown[])[] },
  i: number,
  name: string,
) => table.rows[i]?.[table.head.findIndex((head) => head.endsWith(name))];

describe("the signal", () => {
  it("is E[h^2] from the inputs on, in drawing, table and words", async () => {
    const { figure, shown } = await lab({ depth: 50, schemes: ["xavier_normal"] });
    const { table, caption, title, firstLayer, draw } = figure("activation");
    const { result } = shown[0] ?? expect.fail("no result");
    expect(title).toBe("Signal by layer");
    expect(firstLayer).toBe(0);
    expect(table.rows[0]?.[0]).toBe(0);
    expect(table.rows).toHaveLength(51);
    expect(cell(table, 0, en.figures.columns.secondMoment)).toBe(result.input.secondMoment);
    expect(cell(table, 50, en.figures.columns.secondMoment)).toBe(
      result.activation.secondMoment[49],
    );
    expect(cell(table, 50, en.figures.columns.theory)).toBe(result.theory.secondMoment[49]);
    expect(caption).toMatch(
      /the signal by a factor 0\.(4|5)\d* per layer: [\d.]+×10⁻¹[⁵⁶⁷] at layer 50\./,
    );
    const { svg, xs } = draw({ width: 480, height: 300, theme: themes.light });
    expect(xs).toHaveLength(51);
    expect(svg.outerHTML).toContain("E[h²]");
  });

  it("is the variance where that is asked for, and it is offered where they differ", async () => {
    const { figure, shown } = await lab({
      activation: "sigmoid",
      depth: 6,
      quantity: "variance",
      schemes: ["xavier_normal"],
    });
    const { result } = shown[0] ?? expect.fail("no result");
    const { title, table, caption } = figure("activation");
    expect(title).toContain("Variance");
    expect(caption).toContain("0.0");
    expect(cell(table, 6, en.figures.columns.theory)).toBe(result.theory.variance[5]);
    for (const { id } of catalogue.activations) {
      const one = await lab({ activation: id, depth: 3, width: 256, schemes: ["kaiming_normal"] });
      const odd = ["linear", "tanh", "sin", "erf", "softsign", "hardtanh"].includes(id);
      expect([id, one.shown.some(({ result: r }) => variesFromZero(r))]).toEqual([id, !odd]);
    }
  });
});

describe("captions", () => {
  it.each([
    [
      "torch_linear with its biases is flat after a fall",
      { depth: 30, bias: "torch_linear_bias", schemes: ["torch_linear"] },
    ],
    ["tanh falls as 1/(2l)", { activation: "tanh", depth: 50, schemes: ["xavier_normal"] }],
    ["sigmoid settles", { activation: "sigmoid", depth: 20, schemes: ["xavier_normal"] }],
    ["widths go up and down", { widths: [784, 256, 10], depth: 50, schemes: ["kaiming_normal"] }],
  ])("state no factor per layer where there is none: %s", async (_, given) => {
    for (const messages of [en, zh]) {
      const { figure } = await lab(given, messages);
      const { caption } = figure("activation");
      expect(caption).not.toMatch(/factor|倍/);
      expect(caption).toMatch(/from [\d.]+.* at layer 0 to|从第 0 层的|steady|平稳/);
    }
  });

  it("say that widths repeat", async () => {
    const { figure } = await lab({
      widths: [784, 256, 10],
      depth: 50,
      schemes: ["kaiming_normal"],
    });
    expect(figure("activation").caption).toContain(
      "The widths 784, 256, 10 repeat up to layer 50.",
    );
    const plain = await lab({ depth: 5 });
    expect(plain.figure("activation").caption).not.toContain("repeat");
  });

  it("call nothing steady that leaves a factor of 2", async () => {
    const { figure, shown } = await lab({
      activation: "sigmoid",
      depth: 20,
      schemes: ["xavier_normal"],
    });
    const h2 = shown[0]?.result.activation.secondMoment ?? [];
    // Its layers alone are steady; from the inputs on they are not.
    expect(Math.max(...h2) / Math.min(...h2)).toBeLessThan(2);
    expect(figure("activation").caption).not.toContain("steady");
  });

  it("name bands for what they are", async () => {
    const formula = (await lab({ depth: 10, schemes: ["kaiming_normal"] })).figure("activation");
    expect(formula.caption).toContain("±2 standard deviations");
    expect(formula.caption).not.toContain("95%");
    const drawn = await lab({ depth: 10, repeats: 50, schemes: ["orthogonal"] });
    expect(drawn.figure("gradient").caption).toContain("95% of the 50 networks drawn");
  });

  it("say which schemes coincide, and why", async () => {
    const schemes = ["kaiming_normal", "xavier_normal", "orthogonal"];
    const { shown, request } = await lab({ depth: 20, schemes });
    const { caption, draw } = correlationFigure(shown, request, en);
    expect(caption).toContain("kaiming_normal and xavier_normal coincide: relu is scale-free");
    expect(shareFigure(shown, "dead", request, zh).caption).toContain(
      "kaiming_normal 与 xavier_normal 重合",
    );
    // Each is drawn in its own colour at every other layer.
    const { svg } = draw({ width: 480, height: 300, theme: themes.light });
    const counts = [...svg.querySelectorAll('g[data-mark="dot"]')].map((g) => g.children.length);
    expect(counts).toEqual([10, 10, 20]);
    const biased = await lab({ depth: 20, schemes, bias: { scheme: "normal", std: 0.5 } });
    expect(correlationFigure(biased.shown, biased.request, en).caption).not.toContain("coincide");
  });
});

it("a fault's mark is no scheme's marker", () => {
  const values = Float64Array.of(1, NaN);
  const series = [{ slot: 0, name: "A", first: 1, values, overflow: 2, vanished: undefined }];
  const words = { ...en.figures, x: "", y: "", label: ": " };
  const { svg } = magnitudeChart(series, 2, { from: 1, to: 1 }, words, {
    width: 400,
    height: 300,
    theme: themes.light,
  });
  expect(svg.textContent).toContain("↑ overflow at layer 2");
  expect(svg.textContent).not.toMatch(/[●■▲◆▼]/);
});
