// @vitest-environment jsdom
/** Networks of several sizes: what is asked for, what comes of it, and what is said. */
import { afterAll, describe, expect, it } from "vitest";
import { themes } from "../../../web/src/charts/theme.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import { messagesOf, schemeNames } from "../../../web/src/i18n/index.js";
import { sweepWords } from "../../../web/src/i18n/sweep.js";
import {
  choiceOf,
  placesOf,
  requestAt,
  requestOf,
} from "../../../web/src/labs/propagation/sweep/choice.js";
import type { Along } from "../../../web/src/labs/propagation/sweep/choice.js";
import { sweepChart } from "../../../web/src/labs/propagation/sweep/chart.js";
import {
  decadesBetween,
  linesOf,
  sweepFigure,
} from "../../../web/src/labs/propagation/sweep/figure.js";
import type { Sweep } from "../../../web/src/labs/propagation/sweep/figure.js";
import { runSweep, workOf } from "../../../web/src/labs/propagation/sweep/run.js";
import type { Ending, Point } from "../../../web/src/labs/propagation/sweep/run.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

function requestWith(given: object) {
  const { request, issues } = checkRequest("propagation", given);
  expect(issues).toEqual([]);
  return request;
}

async function swept(given: object, along: Along, networks = 20): Promise<Sweep> {
  const request = requestWith(given);
  const choice = { ...choiceOf(request, along), networks };
  const { signal } = new AbortController();
  const points: Point[] = [];
  const progress: number[] = [];
  const work = await workOf(engine, request, choice, signal);
  const onProgress = (share: number) => progress.push(share);
  const onPoint = (point: Point) => points.push(point);
  await runSweep(engine, request, choice, work, { signal, onProgress, onPoint });
  expect(progress.toSorted((a, b) => a - b)).toEqual(progress);
  expect(points.map(({ place }) => place)).toEqual(placesOf(choice));
  return { request, choice, points, slots: request.schemes.map((_, i) => i) };
}

const figureOf = (sweep: Sweep, ending: Ending, locale: "en" | "zh" = "en", span = false) =>
  sweepFigure(
    sweep,
    { ending, span },
    schemeNames(sweep.request.schemes, locale),
    sweepWords(locale),
    messagesOf(locale),
  );

describe("what is asked for", () => {
  it("is widths that double, and ten depths, up to the network's own size", () => {
    const request = requestWith({ width: 200, depth: 30 });
    expect(placesOf(choiceOf(request, "width"))).toEqual([16, 32, 64, 128, 256]);
    expect(placesOf(choiceOf(request, "depth"))).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
    expect(choiceOf(request, "width").networks).toBe(20);
    expect(choiceOf(requestWith({ repeats: 7 }), "width").networks).toBe(7);
  });

  it("is had again from the request of its last size", () => {
    for (const along of ["width", "depth"] as const)
      for (const given of [{}, { width: 1024, depth: 200 }, { width: 3, repeats: 50 }]) {
        const request = requestWith(given);
        const choice = choiceOf(request, along);
        const whole = requestOf(request, choice);
        expect(choiceOf(whole, along)).toEqual(choice);
        expect(requestOf(whole, choice)).toEqual(whole);
      }
  });

  it("keeps what a network cannot do without", () => {
    const choice = { along: "width", reach: 64, networks: 10 } as const;
    const plain = requestAt(requestWith({ widths: [8, 4], batch: 128 }), choice, 32);
    expect([plain.width, plain.widths, plain.batch, plain.repeats]).toEqual([
      32,
      undefined,
      16,
      10,
    ]);
    const depths = { ...choice, along: "depth" } as const;
    expect(requestAt(requestWith({ widths: [8, 4] }), depths, 20).widths).toEqual([8, 4]);
    const net = requestWith({ net: "depth*(dense,bn,phi)", batch: 128 });
    expect(requestAt(net, choice, 32).batch).toBe(128);
    const data = requestWith({ input: "data", batch: 40, input_width: 2 });
    expect(requestAt(data, choice, 32)).toMatchObject({ batch: 40, input_width: 2 });
  });

  it("has its work counted before, and refused where it cannot be", async () => {
    const { signal } = new AbortController();
    const request = requestWith({ depth: 10, schemes: ["kaiming_normal", "xavier_normal"] });
    const choice = { along: "width", reach: 64, networks: 10 } as const;
    const work = await workOf(engine, request, choice, signal);
    // Forward and back, 16 inputs, 10 networks, 2 schemes, 10 layers.
    expect(work).toEqual([16, 32, 64].map((n) => 2 * 16 * 10 * 2 * 10 * n * n));
    const drawn = requestWith({ depth: 10, schemes: ["orthogonal"] });
    // Q and R of a square matrix are 4/3 n^3 multiplications.
    expect(await workOf(engine, drawn, choice, signal)).toEqual(
      [16, 32, 64].map((n): unknown =>
        expect.closeTo(2 * 10 * 10 * (16 * n * n + (4 / 3) * n ** 3), -1),
      ),
    );
    const wrong = requestWith({ net: "depth*(res(dense;out:24,phi))" });
    await expect(workOf(engine, wrong, choice, signal)).rejects.toMatchObject({
      issues: [{ field: "net" }],
    });
  });
});

const ReLU = { depth: 20, width: 256, schemes: ["kaiming_normal", "xavier_normal"] };

describe("what comes of it", () => {
  it("narrows as theory says, and is what the lab itself finds at that size", async () => {
    const sweep = await swept(ReLU, "width");
    const [he] = linesOf(sweep, "gradient", ["He", "Xavier"]);
    const spans = he?.spots.map(({ least, greatest }) => decadesBetween(least, greatest)) ?? [];
    const bands = he?.spots.map(({ low, high }) => decadesBetween(low, high)) ?? [];
    expect(spans[0]).toBeGreaterThan(3 * (spans.at(-1) ?? NaN));
    // Twice as many standard deviations as a formula of 1/width has: a factor 4 over 16 times the width.
    expect((bands[0] ?? NaN) / (bands.at(-1) ?? NaN)).toBeCloseTo(4, 0);
    const [alone] = await engine.run("propagation", {
      ...ReLU,
      width: 64,
      batch: 16,
      repeats: 20,
    });
    const { gradient, secondMoment } = alone?.result.ranges ?? {};
    const at64 = sweep.points[2];
    expect(at64?.spots.gradient[0]?.median).toBe(gradient?.median[0]);
    expect(at64?.spots.gradient[0]?.greatest).toBe(gradient?.greatest[0]);
    expect(at64?.spots.activation[0]?.least).toBe(secondMoment?.least[19]);
    expect(at64?.spots.activation[0]?.theory).toBe(alone?.result.theory.secondMoment[19]);
  });

  it("widens with depth", async () => {
    const sweep = await swept({ ...ReLU, width: 32 }, "depth");
    const [he] = linesOf(sweep, "activation", ["He", "Xavier"]);
    const spans = he?.spots.map(({ least, greatest }) => decadesBetween(least, greatest)) ?? [];
    expect(spans.at(-1)).toBeGreaterThan(2 * (spans[0] ?? NaN));
  });

  it("is called off with its signal", async () => {
    const request = requestWith(ReLU);
    const choice = { along: "width", reach: 64, networks: 10 } as const;
    const controller = new AbortController();
    const { signal } = controller;
    const points: Point[] = [];
    const run = runSweep(engine, request, choice, [1, 1, 1], {
      signal,
      onProgress: () => undefined,
      onPoint: (point) => {
        points.push(point);
        controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ reason: "cancelled" });
    expect(points).toHaveLength(1);
  });
});

describe("what is said", () => {
  it("states the spans that the table has, in both languages", async () => {
    const sweep = await swept(ReLU, "width");
    for (const locale of ["en", "zh"] as const) {
      const { caption, table, title } = figureOf(sweep, "gradient", locale);
      expect(title).toContain(locale === "en" ? "by width" : "不同宽度");
      const row = (i: number) => (table.rows[i] ?? []).map(Number);
      const span = (i: number, at: number) => {
        const [, , least = NaN, greatest = NaN] = row(i).slice(at);
        return String(Number(Math.log10(greatest / least).toPrecision(2)));
      };
      expect(caption).toContain(span(0, 0));
      expect(caption).toContain(span(4, 0));
      expect(caption).toContain(span(4, 6));
      expect(table.rows.map(([place]) => place)).toEqual([16, 32, 64, 128, 256]);
      expect(table.head).toHaveLength(13);
    }
    expect(figureOf(sweep, "gradient").caption).toMatch(
      /^He normal and Xavier normal span [\d.]+ decades at width 16 \(theory’s band [\d.]+\), [\d.]+ at width 256 \(theory’s band [\d.]+\)\./,
    );
  });

  it("has a figure of the spans alone, which are those of the values", async () => {
    const sweep = await swept(ReLU, "width");
    const values = figureOf(sweep, "gradient").table;
    for (const locale of ["en", "zh"] as const) {
      const { table, caption, title, draw } = figureOf(sweep, "gradient", locale, true);
      expect(title).toMatch(/apart, by width|相差多远/);
      expect(caption).toMatch(/lines the width of theory’s band|细线为理论色带的宽度/);
      expect(table.head).toHaveLength(5);
      table.rows.forEach(([place, he, theory], i) => {
        const [same, , least, greatest, , low, high] = (values.rows[i] ?? []).map(Number);
        expect(place).toBe(same);
        expect(he).toBeCloseTo(Math.log10((greatest ?? NaN) / (least ?? NaN)), 9);
        expect(theory).toBeCloseTo(Math.log10((high ?? NaN) / (low ?? NaN)), 9);
      });
      expect(draw({ width: 480, height: 300, theme: themes.light }).xs).toHaveLength(5);
    }
    const silent = await swept({ ...ReLU, width: 32, schemes: ["orthogonal"] }, "width", 10);
    expect(figureOf(silent, "gradient", "en", true).caption).not.toMatch(/theory|±2/);
  });

  it("has no theory's band where no formula holds, and says what overflows", async () => {
    const normal = { scheme: "normal", std: 4 };
    const given = { depth: 70, width: 64, schemes: [normal, "orthogonal"] };
    const { caption, draw } = figureOf(await swept(given, "width", 10), "activation");
    expect(caption).toContain("Normal: networks overflow at width 16, 32, 64.");
    expect(caption).not.toMatch(/∞|Normal spans|Orthogonal: networks/);
    expect(caption).toMatch(/Orthogonal spans [\d.]+ decades at width 16, /);
    expect(caption).not.toContain("±2");
    const { svg } = draw({ width: 480, height: 300, theme: themes.light });
    expect(svg.textContent).toContain("↑ Normal: overflow at every size so far");
  });

  it("says that all is 0 where it is, and not that it overflows", async () => {
    const sweep = await swept({ depth: 5, width: 32, schemes: ["zeros"] }, "width", 10);
    for (const span of [false, true]) {
      const { table, draw } = figureOf(sweep, "activation", "en", span);
      expect(table.rows.map(([, median]) => median)).toEqual(table.rows.map(() => 0));
      const { svg } = draw({ width: 480, height: 300, theme: themes.light });
      expect(svg.textContent).toContain("↓ Zeros: 0 at every size so far");
      expect(svg.textContent).not.toContain("overflow");
    }
  });

  it("says how much of it there is, as long as that is not all", async () => {
    const sweep = await swept({ depth: 5, width: 64, schemes: ["zeros"] }, "width", 10);
    const partial = { ...sweep, points: sweep.points.slice(0, 2) };
    expect(figureOf(partial, "activation").caption).toMatch(
      /^Partial: 2 of \d sizes are computed\./,
    );
    expect(figureOf(partial, "activation", "zh").caption).toContain("尚不完整");
    expect(figureOf(sweep, "activation").caption).not.toContain("Partial");
  });
});

describe("the drawing", () => {
  const spot = { median: 1, least: 0.5, greatest: 2, theory: 1, low: 0.1, high: 10 };
  const axis = { x: "", y: "", label: ": ", nothingFinite: "", allZero: "" };
  const frame = { width: 480, height: 300, theme: themes.light };
  const lines = [0, 1, 2].map((slot) => ({ slot, name: `S${slot}`, spots: [spot, spot] }));

  it("has schemes side by side, where their networks are alike", () => {
    const { svg } = sweepChart(lines, [16, 32, 64], "width", axis, frame);
    const groups = [...svg.querySelectorAll('g[data-mark="dot"]')];
    expect(new Set(groups.map((g) => g.getAttribute("transform"))).size).toBe(3);
  });

  it("grows point by point on an axis that stays", () => {
    const xs = (count: number) =>
      sweepChart(
        lines.map((line) => ({ ...line, spots: line.spots.slice(0, count) })),
        [16, 32, 64],
        "width",
        axis,
        frame,
      ).xs;
    expect(xs(0)).toEqual([]);
    expect(xs(2).slice(0, 1)).toEqual(xs(1));
    expect(xs(2)[1]).toBeGreaterThan(xs(2)[0] ?? NaN);
  });
});
