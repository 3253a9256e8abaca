// @vitest-environment jsdom
/** What figures of trainings show and say, of runs that end early too. */
import { afterAll, describe, expect, it } from "vitest";
import { curveChart } from "../../../web/src/charts/curves.js";
import { panelLayout, panelsAspect } from "../../../web/src/charts/panels.js";
import { themes } from "../../../web/src/charts/theme.js";
import { queueDrawing } from "../../../web/src/controls/draw-queue.js";
import { raceMessagesOf } from "../../../web/src/i18n/race-messages.js";
import { formatNumber } from "../../../web/src/i18n/numbers.js";
import { unitExtents } from "../../../web/src/labs/symmetry/figures.js";
import { factsOf } from "../../../web/src/labs/symmetry/facts.js";
import {
  boundaryFigure,
  digitsFigure,
  mapShades,
} from "../../../web/src/labs/training/boundaries.js";
import {
  BY_LAYER,
  idleFigure,
  layerExtent,
  layerFigure,
  lossExtent,
  progressFigure,
} from "../../../web/src/labs/training/figures.js";
import type { ByLayer } from "../../../web/src/labs/training/figures.js";
import { racesOf } from "./race-runs.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());
const { race } = racesOf(engine);
const en = raceMessagesOf("en");
const frame = { width: 480, height: 300, theme: themes.light };

describe("figures", () => {
  it("of progress end where a run ends, and say so", async () => {
    const shown = await race({
      schemes: [{ scheme: "normal" }, { scheme: "kaiming_normal" }],
      depth: 8,
      width: 64,
    });
    const extent = lossExtent(shown);
    const content = progressFigure(shown, "loss", 60, 120, extent, en);
    expect(content.caption).toMatch(/normal: diverged at step \d+\./);
    const text = content.draw(frame).svg.outerHTML;
    expect(text).toMatch(/× diverged at step \d+/);
    expect(content.table.rows).toHaveLength(61);
    // An explosion does not flatten the others.
    expect(extent.to).toBeLessThan(1e4);
    expect(shown[0]?.result.frames[0]?.loss).toBeGreaterThan(1e4);
    const half = progressFigure(shown, "score", 30, 120, { from: 0, to: 1 }, en);
    expect(half.caption).toContain("at step 60");
  });

  it("of later steps mark a run that is over with its own last step", async () => {
    const shown = await race({
      depth: 10,
      width: 64,
      schemes: [{ scheme: "normal" }, { scheme: "kaiming_normal" }],
    });
    const step = shown[0]?.result.diverged ?? 0;
    const last = shown[0]?.result.frames.at(-1)?.step ?? 0;
    const all = { from: 1e-6, to: 1e6 };
    for (const [locale, marked, said] of [
      ["en", `normal (at step ${last})`, `normal: diverged at step ${step}.`],
      ["zh", `normal（第 ${last} 步）`, `normal：第 ${step} 步发散。`],
    ] as const) {
      const messages = raceMessagesOf(locale);
      const at = (place: number) => [
        layerFigure(shown, "activation", place, all, messages),
        idleFigure(shown, "dead", place, messages),
        boundaryFigure(shown, place, messages) ?? expect.fail("no boundaries"),
      ];
      for (const { caption, draw, table } of at(60)) {
        expect(caption).toContain(said);
        expect(draw(frame).svg.textContent).toContain(marked);
        expect(table.head).toContain(marked);
      }
      for (const { caption, draw, table } of at(0)) {
        expect(caption).not.toContain(said);
        expect(draw(frame).svg.textContent).not.toContain(marked);
        expect(table.head).toContain("normal");
      }
      const opacities = (place: number) =>
        [...(at(place)[2]?.draw(frame).svg.querySelectorAll("image") ?? [])].map((image) =>
          Number(image.getAttribute("opacity")),
        );
      const [pale = 1, full = 0] = opacities(60);
      expect(pale).toBeLessThan(full / 2);
      expect(new Set(opacities(0)).size).toBe(1);
    }
  });

  it("of layers have a row for each, the output's included", async () => {
    const shown = await race({ schemes: [{ scheme: "zeros" }, { scheme: "kaiming_normal" }] });
    const content = layerFigure(shown, "ratio", 10, { from: 1e-6, to: 1 }, en);
    expect(content.table.rows).toHaveLength(3);
    // Weights of 0 that do not move have the ratio 0, not one that is no number.
    expect(content.table.rows[0]?.[1]).toBe(0);
    expect(content.draw(frame).svg.outerHTML).toContain("0 up to layer 3");
  });

  it("of the signal begin at layer 0, the inputs, in rows, drawing, cursor and words", async () => {
    // A batch of all samples: its inputs are those that the first frame brings.
    const shown = await race({
      samples: 64,
      batch: 64,
      depth: 12,
      steps: 2,
      schemes: [{ scheme: "xavier_normal" }],
    });
    const { result } = shown[0] ?? expect.fail("no result");
    const { input, activation, samples } = result.frames[0] ?? expect.fail("no frame");
    const x = samples?.x ?? expect.fail("no samples");
    expect(input).toBeCloseTo(x.reduce((sum, value) => sum + value ** 2, 0) / x.length, 9);
    const figure = layerFigure(shown, "activation", 0, { from: 1e-6, to: 1 }, en);
    expect(figure.firstLayer).toBe(0);
    expect(figure.table.rows).toEqual([input, ...activation].map((h2, layer) => [layer, h2]));
    expect(figure.describe?.(0)).toMatch(/^Layer 0: /);
    expect(figure.draw(frame).xs).toHaveLength(14);
    expect(figure.title).toBe(en.figures.magnitudes.second_moment.title);
    const said = (messages = en) =>
      layerFigure(shown, "activation", 0, { from: 1e-6, to: 1 }, messages).caption;
    const [first, last] = [formatNumber(input), formatNumber(activation[12] ?? NaN)];
    expect(said()).toContain(`xavier_normal: from ${first} at layer 0 to ${last} at layer 13`);
    expect(said(raceMessagesOf("zh"))).toContain(`从第 0 层的 ${first} 变为第 13 层的 ${last}`);
    // Control: the inputs are no layer of the gradient, nor of the weights' steps.
    for (const quantity of ["gradient", "ratio"] as const) {
      const other = layerFigure(shown, quantity, 0, { from: 1e-6, to: 1 }, en);
      expect(other.firstLayer).toBe(1);
      expect(other.table.rows.map(([layer]) => layer)).toEqual(
        [...activation.keys()].map((l) => l + 1),
      );
      expect(other.describe?.(0)).toMatch(/^Layer 1: /);
      expect(other.draw(frame).xs).toHaveLength(13);
    }
  });

  it("of layers say where all is 0, and of a step only that it is", async () => {
    const shown = await race({ steps: 2, schemes: [{ scheme: "zeros" }] });
    const said = (quantity: ByLayer) =>
      layerFigure(shown, quantity, 0, { from: 1e-6, to: 1 }, en).caption;
    expect(said("activation")).toContain("zeros vanishes: all values are 0 from layer 1 on.");
    expect(said("gradient")).toContain("zeros: the gradient is exactly 0 up to layer 2.");
    expect(said("ratio")).toContain("zeros: from 0 at layer 3 to 0 at layer 1.");
  });

  it("by layer keep a run that diverges from flattening the others", async () => {
    const shown = await race({
      depth: 10,
      width: 64,
      schemes: [{ scheme: "normal" }, { scheme: "kaiming_normal" }],
    });
    const [lost, kept] = shown;
    if (!lost || !kept) expect.fail("no results");
    expect([lost.result.diverged > 0, kept.result.diverged]).toEqual([true, 0]);
    for (const quantity of BY_LAYER) {
      const alone = layerExtent([kept], quantity);
      const both = layerExtent(shown, quantity);
      expect(both.to).toBeLessThanOrEqual(1000 * alone.to);
      expect(both.from).toBeLessThanOrEqual(alone.from);
    }
    // It is drawn at the axis's edge, pale; without it nothing is.
    const pale = (races: typeof shown) => {
      const extent = layerExtent(races, "activation");
      const { svg } = layerFigure(races, "activation", 0, extent, en).draw(frame);
      return [...svg.querySelectorAll('[fill-opacity="0.4"]')].map(
        (dot) =>
          /,([\d.]+)\)/.exec(dot.getAttribute("transform") ?? "")?.[1] ?? dot.getAttribute("cy"),
      );
    };
    const marks = pale(shown);
    expect(marks.length).toBeGreaterThan(3);
    expect(new Set(marks).size).toBe(1);
    expect(pale([kept])).toEqual([]);
    // Controls: alone, or beside what has nothing to draw, its start is held whole; and what explodes
    // but learns is.
    const start = Math.max(...(lost.result.frames[0]?.activation ?? []));
    expect(start).toBeGreaterThan(1e9);
    expect(layerExtent([lost], "activation").to).toBeGreaterThanOrEqual(start);
    const going = { ...lost, result: { ...lost.result, diverged: 0 } };
    expect(layerExtent([going, kept], "activation").to).toBeGreaterThanOrEqual(start);
  });

  it("of boundaries show each network's map and the samples; digits show themselves", async () => {
    const shown = await race({ schemes: [{ scheme: "zeros" }, { scheme: "kaiming_normal" }] });
    const content = boundaryFigure(shown, 60, en) ?? expect.fail("no boundaries");
    const { svg } = content.draw(frame);
    expect(svg.querySelectorAll("image")).toHaveLength(2);
    expect(svg.querySelectorAll("path").length).toBeGreaterThanOrEqual(6); // a rim and two colours each
    expect(content.table.rows).toHaveLength(1024);
    expect(new Set(mapShades(new Float32Array([0, 0.5, 1, NaN]), false))).toEqual(
      new Set([0, 127, 254]),
    );
    const digits = await race({ data_set: "digits", steps: 1 });
    expect(boundaryFigure(digits, 0, en)).toBeUndefined();
    const samples = digits[0]?.result.frames[0]?.samples ?? expect.fail("no samples");
    const figure = digitsFigure(samples, en) ?? expect.fail("no digits");
    expect(figure.draw(frame).svg.querySelectorAll("image")).toHaveLength(40);
  });

  it("of curves mark what lies beyond the axis at its edge", () => {
    const { svg } = curveChart(
      [{ slot: 0, name: "A", steps: [0, 10], values: [1e9, 1] }],
      10,
      { type: "log", extent: { from: 0.1, to: 100 } },
      { x: "Step", y: "Loss" },
      frame,
    );
    expect(svg.outerHTML).toContain('fill-opacity="0.4"');
    expect(svg.outerHTML).toContain(">A<");
  });

  it("of units stand in rows that fit", () => {
    expect(panelLayout(4, 900)).toEqual({ columns: 4, width: 213 });
    expect(panelLayout(4, 330).columns).toBe(2);
    expect(panelLayout(3, 320).columns).toBe(2);
    expect(panelLayout(3, 290).columns).toBe(1);
    for (const width of [300, 480, 900])
      for (const count of [1, 2, 3, 4]) {
        const layout = panelLayout(count, width);
        expect(layout.columns * layout.width).toBeLessThanOrEqual(width);
        expect(panelsAspect(Array<string>(count).fill("He normal"), 1)(width)).toBeGreaterThan(0);
      }
  });

  it("are drawn once each, at once or in a task to come", async () => {
    const drawn: number[] = [];
    const owners = [{}, {}, {}];
    const slow = (i: number) => () => {
      drawn.push(i);
      const until = performance.now() + 20;
      while (performance.now() < until);
    };
    owners.forEach((owner, i) => queueDrawing(owner, slow(i)));
    queueDrawing(owners[2] ?? {}, slow(9)); // a newer drawing takes the place of the one that waits
    expect(drawn).toEqual([0]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(drawn.toSorted()).toEqual([0, 1, 9]);
    owners.forEach((owner, i) => queueDrawing(owner, slow(i)));
    expect(drawn).toHaveLength(4);
    dispatchEvent(new Event("beforeprint")); // which waits for nothing
    expect(drawn.slice(3)).toEqual([0, 1, 2]);
    dispatchEvent(new Event("afterprint"));
  });
});

it("units' extents hold whole runs, and facts tell equal units from others", async () => {
  const answers = await engine.run("symmetry", { steps: 60 });
  const shown = answers.map(({ scheme, result }, slot) => ({ slot, name: "", scheme, result }));
  const extents = unitExtents(shown);
  const [constant, noisy] = shown;
  if (!constant || !noisy) expect.fail("no answers");
  expect(factsOf(constant.result, 60)).toMatchObject({ units: 8, distinct: 1, layers: 3 });
  expect(factsOf(noisy.result, 60)?.distinct).toBe(8);
  const gradients = factsOf(constant.result, 60)?.gradients ?? [];
  expect(new Set(gradients).size).toBe(1);
  const { from, to } = extents.lines;
  for (const { result } of shown)
    for (const { units } of result.frames) {
      expect(Math.min(...(units?.preactivation ?? []))).toBeGreaterThan(from);
      expect(Math.max(...(units?.preactivation ?? []))).toBeLessThan(to);
    }
  expect(extents.weights).toBeGreaterThanOrEqual(0.5);
});
