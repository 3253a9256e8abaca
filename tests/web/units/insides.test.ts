// @vitest-environment jsdom
/** What is in a layer: its three histograms beside one another, and those of every scheme. */
import { afterAll, describe, expect, it } from "vitest";
import { labelWidth } from "../../../web/src/charts/labels.js";
import { themes } from "../../../web/src/charts/theme.js";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { toCsv } from "../../../web/src/figures/export.js";
import { parseState } from "../../../web/src/engine/url.js";
import { messagesOf, schemeNames } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { layerFigures } from "../../../web/src/labs/propagation/layers/index.js";
import {
  columnLayers,
  multiplesHeight,
} from "../../../web/src/labs/propagation/layers/multiples.js";
import { netFigures } from "../../../web/src/labs/propagation/net/figures.js";
import { drawPanel } from "../../../web/src/labs/propagation/layers/panel.js";
import { partOf, PARTS } from "../../../web/src/labs/propagation/layers/parts.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const STATE = "v=1&depth=9&width=48&batch=32&s=kaiming_normal&s=xavier_normal&s=normal";

async function shownOf(state: string, locale: Locale = "en") {
  const { request, issues } = parseState("propagation", state);
  expect(issues).toEqual([]);
  const answers = await engine.run("propagation", request);
  const names = schemeNames(request.schemes, locale);
  return answers.map(({ scheme, result }, slot) => ({
    slot,
    name: names[slot] ?? "",
    scheme,
    result,
  }));
}

const textsOf = (of: Element) => [...of.querySelectorAll("text")].map((t) => t.textContent);
/** Texts of a group that begin less than a space behind another in their line. */
function meeting(group: Element): string[] {
  const all = [...group.querySelectorAll("text")].map((text) => {
    const wide = labelWidth(text.textContent);
    const share = { middle: 0.5, end: 1 }[text.getAttribute("text-anchor") ?? ""] ?? 0;
    const from = Number(text.getAttribute("x")) - wide * share;
    return { text: text.textContent, y: text.getAttribute("y"), from, to: from + wide };
  });
  return all
    .filter((a) => all.some((b) => b !== a && a.y === b.y && b.from <= a.from && b.to + 4 > a.from))
    .map(({ text }) => text);
}
const BESIDE = { x: 500, y: 0, width: 430, height: 200 };
const BELOW = { x: 3, y: 200, width: 340, height: 124 };
const NARROW = { x: 400, y: 0, width: 200, height: 200 };

describe("a layer that is picked", () => {
  it("shows activations, gradient and weights, each with a sentence, within its room", async () => {
    const [first] = await shownOf(STATE);
    if (!first) return expect.fail("no answer");
    const { result, slot } = first;
    const { draw, say } = layerFigures("en").insides(result, messagesOf("en"));
    const color = themes.light.slots[slot] ?? "";
    for (const box of [BESIDE, BELOW, NARROW]) {
      const group = draw(7, box, color, themes.light);
      const texts = textsOf(group);
      expect(texts[0]).toBe("Layer 7");
      for (const name of ["activations", "gradient", "weights"]) expect(texts).toContain(name);
      expect(texts.filter((text) => text.endsWith("σ")).length).toBeGreaterThanOrEqual(3); // axes
      expect(texts.filter((text) => /^σ [\d.]+/.test(text))).toHaveLength(PARTS.length);
      const rising = [...group.querySelectorAll("path[fill-opacity]")];
      expect(rising).toHaveLength(3);
      for (const text of group.querySelectorAll("text")) {
        const [x, y] = ["x", "y"].map((name) => Number(text.getAttribute(name)));
        expect(x).toBeGreaterThanOrEqual(box.x);
        expect(x).toBeLessThanOrEqual(box.x + box.width);
        expect(y).toBeLessThanOrEqual(box.y + box.height);
      }
      expect(group.outerHTML).not.toContain("NaN");
    }
    const [activation, gradient, weight] = say(7);
    expect(activation).toMatch(/^activations: σ [\d.]+, [\d.]+% are 0$/);
    expect(gradient).toMatch(/^gradient: σ [\d.]+, [\d.]+ × the last’s$/);
    expect(weight).toMatch(/^weights: σ 0\.2\d*, −[\d.]+ to [\d.]+$/); // sqrt(2 / 48)
    expect(say(0)).toEqual([]);
  });

  it.each(["en", "zh"] as const)(
    "has ticks apart and whole words if narrow, in %s",
    async (locale) => {
      const wider = STATE.replace("width=48&batch=32", "width=96&batch=96");
      const shown = await shownOf(wider, locale);
      const seen = new Set<string>();
      // From the narrowest in which parts stand side by side.
      for (const { result } of shown)
        for (let width = 300; width <= 480; width += 12)
          for (let layer = 1; layer <= 9; ++layer) {
            const { draw } = layerFigures(locale).insides(result, messagesOf(locale));
            const group = draw(layer, { x: 0, y: 0, width, height: 200 }, "red", themes.light);
            textsOf(group).forEach((text) => seen.add(text));
            expect(meeting(group)).toEqual([]);
          }
      // A range has the sign between its numbers.
      expect([...seen].filter((text) => /[^\d]…|…$/.test(text))).toEqual([]);
    },
  );

  it("has no two ticks on one another, however far its numbers reach", () => {
    const text = { name: "gradient", said: [], stacked: false, lack: "" };
    const rest = { broken: false, std: 1, least: -1, most: 1, zeros: 0 };
    let ticks = 0;
    for (let from = -60; from < 0; from += 0.1)
      for (const to of [0, 0.5, 2.4, 30]) {
        const into = document.createElementNS("http://www.w3.org/2000/svg", "g");
        const counts = Float64Array.of(1, 2, 3, 2, 1);
        const part = { ...rest, histogram: { from, to, counts, below: 0, above: 0, zeroBin: -1 } };
        drawPanel(into, part, text, { x: 10, y: 0, width: 92, height: 150 }, "red", themes.light);
        expect(meeting(into), `${from} to ${to}`).toEqual([]);
        expect(textsOf(into)).toContain("0");
        ticks = Math.max(ticks, into.querySelectorAll("text").length - 1);
      }
    expect(ticks).toBeGreaterThanOrEqual(3);
  });

  it("says what is not finite, and what has no weight", async () => {
    const [broken] = await shownOf("v=1&depth=60&width=256&batch=8&s=normal");
    if (!broken) return expect.fail("no answer");
    const insides = layerFigures("en").insides(broken.result, messagesOf("en"));
    const text = insides.draw(60, BESIDE, "red", themes.light).textContent;
    expect(text).toContain("activations↑ not finite");
    expect(text).toMatch(/weightsσ (0\.999|1)−4/); // the weights are what they are
    const [net] = await shownOf("v=1&net=depth*(dense,phi),phi&depth=2&width=24&batch=8&s=ones");
    if (!net) return expect.fail("no answer");
    const rows = layerFigures("zh").insides(net.result, messagesOf("zh"));
    expect(rows.draw(3, BELOW, "red", themes.dark).textContent).toContain("没有自己的权重");
    expect(rows.draw(3, BELOW, "red", themes.dark).outerHTML).not.toContain("NaN");
  });

  it("has every bin in its file: all gradients of a layer are in it", async () => {
    const [first] = await shownOf(STATE);
    if (!first) return expect.fail("no answer");
    const { columns, numbers } = layerFigures("en").insides(first.result, messagesOf("en"));
    const head = columns(true);
    const row = numbers(7, true);
    expect(row).toHaveLength(head.length);
    const of = (symbol: string) =>
      row
        .filter((_, i) => new RegExp(`^${symbol} (bin \\d|below|above)`).test(head[i] ?? ""))
        .reduce((sum, count) => sum + count, 0);
    expect(head.filter((name) => name.startsWith("W bin "))).toHaveLength(
      catalogue.limits.layerBins,
    );
    expect(row[head.indexOf("W bins from")]).toBeLessThan(0);
    expect(of("∂E/∂z")).toBe(48 * 32);
    expect(of("W")).toBe(48 * 48);
    expect(of("h")).toBe(48 * 32);
    expect(numbers(0, true)).toHaveLength(head.length);
  });
});

describe("every scheme", () => {
  it("has a row, its layers are columns, all on one axis", async () => {
    const shown = await shownOf(STATE);
    for (const part of ["activation", "gradient"] as const)
      for (const width of [328, 900]) {
        const content = layerFigures("en").multiples(shown, part, messagesOf("en"));
        const frame = { width, height: multiplesHeight(3), theme: themes.light };
        const { svg } = content.draw(frame);
        const texts = textsOf(svg);
        for (const { name } of shown) expect(texts).toContain(name);
        expect(texts.slice(0, columnLayers(9, width).length)).toEqual(
          columnLayers(9, width).map((layer) => (layer === 1 ? "Layer 1" : String(layer))),
        );
        expect(texts.filter((text) => text === "−2")).toHaveLength(columnLayers(9, width).length);
        expect(svg.outerHTML).not.toContain("NaN");
        expect(svg.querySelectorAll("*").length).toBeLessThan(250);
      }
  });

  it("is told apart by its widths: what keeps, what shrinks and what grows", async () => {
    const shown = await shownOf(STATE);
    const { caption, table, csv } = layerFigures("en").multiples(
      shown,
      "activation",
      messagesOf("en"),
    );
    for (const { name } of shown) expect(caption).toContain(`${name}: σ `);
    expect(table.rows).toHaveLength(27);
    expect(table.rows[8]?.slice(0, 3)).toEqual([
      "He normal",
      9,
      partOf(shown[0]?.result ?? expect.fail("none"), "activation", 9).std,
    ]);
    const file = toCsv(csv?.() ?? expect.fail("no file"));
    expect(file.split("\n")[0]).toContain("h bin 64");
    expect(file.trim().split("\n")).toHaveLength(28);
  });

  it.each(["en", "zh"] as const)("of a net has blocks and no layers, in %s", async (locale) => {
    const state =
      "v=1&net=dense,depth*(res(ln,dense,phi,dense)),ln,dense;out:10&depth=4&width=24&batch=8&s=kaiming_normal&s=fixup";
    const shown = await shownOf(state, locale);
    const { request } = parseState("propagation", state);
    const parts = {
      request,
      chosen: shown[0],
      steadyAxis: <T>(_: string, needed: T): T => needed,
      layers: layerFigures(locale),
    };
    const { activationHistograms, gradientHistograms, flow } = netFigures(shown, parts, locale);
    for (const figure of [activationHistograms, gradientHistograms]) {
      if (!figure) return expect.fail("no figure");
      const { svg } = figure.draw({ width: 900, height: multiplesHeight(2), theme: themes.dark });
      const said = [figure.title, figure.caption, ...figure.table.head, ...textsOf(svg)].join("\n");
      expect(said).toContain("res 3");
      expect(said).not.toMatch(/\b[Ll]ayers?\b|层|undefined|NaN/);
    }
    expect(flow?.describe?.(3)).toMatch(/σ/);
    expect(flow?.describe?.(3)).not.toMatch(/\b[Ll]ayers?\b|层|undefined|NaN/);
  });

  it("chooses layers evenly, both ends among them", () => {
    expect(columnLayers(1, 900)).toEqual([1]);
    expect(columnLayers(3, 900)).toEqual([1, 2, 3]);
    expect(columnLayers(50, 900)).toEqual([1, 13, 26, 38, 50]);
    expect(columnLayers(50, 328)).toEqual([1, 17, 34, 50]);
  });
});
