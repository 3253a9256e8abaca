// @vitest-environment jsdom
/** Theory through the module: series, the phase plane, and inputs from a reader's file. */
import { afterAll, describe, expect, it, vi } from "vitest";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { flatten } from "../../../web/src/engine/spec.js";
import { formatState } from "../../../web/src/engine/url.js";
import { readCsv } from "../../../web/src/files/read-csv.js";
import { readNpy } from "../../../web/src/files/read-npy.js";
import { toNpy } from "../../../web/src/files/tensors.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { themes } from "../../../web/src/charts/theme.js";
import * as png from "../../../web/src/charts/png.js";
import { seriesFor } from "../../../web/src/labs/propagation/data.js";
import { mapShades, planeChart } from "../../../web/src/labs/phase/plane.js";
import { stateText } from "../../../web/src/labs/phase/figures.js";
import { networkAt } from "../../../web/src/labs/phase/state.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());
const en = messagesOf("en");

describe("series", () => {
  it("have theory's line, the formula's band, or the band of many networks", async () => {
    const run = async (given: Partial<PropagationRequest>) =>
      (await engine.run("propagation", { depth: 6, width: 64, batch: 8, ...given }))[0]?.result ??
      expect.fail("no result");
    const plain = await run({ schemes: [schemeWith("kaiming_normal")] });
    const formula = seriesFor("activation", 0, "", plain, 1, "second_moment");
    expect(formula.first).toBe(0);
    expect([...formula.values]).toEqual([
      plain.input.secondMoment,
      ...plain.activation.secondMoment,
    ]);
    expect([...(formula.theory ?? [])]).toEqual([plain.theory.input, ...plain.theory.secondMoment]);
    for (let i = 1; i <= 6; ++i) {
      expect(formula.band?.low[i]).toBeLessThan(formula.values[i] ?? NaN);
      expect(formula.band?.high[i]).toBeGreaterThan(formula.values[i] ?? NaN);
    }
    expect(formula.range).toBeUndefined();
    const orthogonal = { schemes: [schemeWith("orthogonal")] };
    expect(
      seriesFor("gradient", 0, "", await run(orthogonal), 1, "second_moment").band,
    ).toBeUndefined();
    const many = await run({ ...orthogonal, repeats: 50 });
    const simulated = seriesFor("gradient", 0, "", many, 50, "second_moment");
    expect(simulated.band).toEqual({
      low: many.ranges?.gradient.low,
      high: many.ranges?.gradient.high,
      drawn: true,
    });
    const variance = seriesFor("activation", 0, "", plain, 1, "variance");
    expect([...variance.values]).toEqual([plain.input.variance, ...plain.activation.variance]);
    expect(variance.theory?.[6]).toBe(plain.theory.variance[5]);
    expect(simulated.values).toEqual(many.ranges?.gradient.median);
    expect(
      seriesFor(
        "activation",
        0,
        "",
        await run({ schemes: [schemeWith("ones")] }),
        1,
        "second_moment",
      ).theory,
    ).toBeUndefined();
  });
});

describe("the phase plane", () => {
  const point = { sigma_w2: 1.760955, sigma_b2: 0.05 };

  it("has the schemes' places, theory at the point, and the map once", async () => {
    const answers = await engine.run("phase", point);
    expect(answers.map(({ result }) => result.place.sigmaW2)).toEqual([
      expect.closeTo(1, 9),
      expect.closeTo(2, 9),
      expect.closeTo(1 / 3, 9),
    ]);
    const [first, ...others] = answers.map(({ result }) => result);
    expect(first?.theory?.state.phase).toBe("critical");
    expect(first?.theory?.preactivation).toHaveLength(20);
    const map = first?.map ?? expect.fail("no map");
    expect(map.chi1).toHaveLength(map.sigmaW2.length * map.sigmaB2.length);
    for (const other of others) expect([other.theory, other.map]).toEqual([null, null]);
    const { request } = checkRequest("phase", point);
    expect(flatten("phase", request).map((spec) => spec["detail"])).toEqual([
      "all",
      "place",
      "place",
    ]);
  });

  it("is drawn with the map's image as it is given, whatever the point", async () => {
    const [answer] = await engine.run("phase", point);
    const map = answer?.result.map ?? expect.fail("no map");
    const encode = vi.spyOn(png, "toPngAddress");
    const frame = { width: 480, height: 360, theme: themes.light };
    const most = { sigmaW2: 4, sigmaB2: 0.3 };
    const draw = (sigmaW2: number) =>
      planeChart(
        map,
        "data:image/png,",
        "chi_1",
        most,
        [],
        { sigmaW2, sigmaB2: 0.1 },
        en.phase,
        frame,
      );
    const { svg, invert } = draw(1);
    const calls = encode.mock.calls.length;
    draw(2);
    expect(encode.mock.calls.length - calls).toBeLessThanOrEqual(1); // the colour bar
    encode.mockRestore();
    expect(svg.querySelectorAll("circle").length).toBeGreaterThan(0);
    // A pixel and back: the plot's corners, and beyond them.
    expect(invert?.(-100, 1e4)).toEqual({ x: 0, y: 0 });
    expect(invert?.(1e4, -100)).toEqual({ x: 4, y: 0.3 });
  });

  it("has colours that change sign at chi_1 = 1, lowest sigma_b^2 at the bottom", () => {
    const none = new Float64Array();
    const map = {
      sigmaW2: Float64Array.of(1, 3),
      sigmaB2: Float64Array.of(1, 3),
      chi1: Float64Array.of(0.5, 1, 2, 1),
      criticalSigmaW2: none,
      criticalSigmaB2: none,
      criticalQ: none,
      criticalChiQ: none,
    };
    expect([...mapShades(map, "chi_1")]).toEqual([254, 127, 0, 127]);
    expect([...mapShades(map, "depth")]).toEqual([...mapShades(map, "depth")]);
    expect(mapShades(map, "depth")[3]).toBe(254); // infinite depth
    const wide = {
      ...map,
      sigmaW2: Float64Array.of(1, 2, 3),
      chi1: Float64Array.of(0.5, 1, 2, 1, 1, 2),
    };
    expect([...mapShades(wide, "chi_1")]).toEqual([127, 127, 254, 0, 127, 254]);
  });

  it("says in words what holds at the point", async () => {
    const at = async (given: object) => {
      const [answer] = await engine.run("phase", given);
      return stateText(answer?.result.theory ?? expect.fail("no theory"), en);
    };
    expect(await at(point)).toMatch(/^Critical/);
    expect(await at({ sigma_w2: 3, sigma_b2: 0.05 })).toContain("correlation 0.299");
    expect(await at({ activation: "relu", sigma_w2: 3, sigma_b2: 0 })).toContain("without bound");
    expect(await at({ activation: "gelu", sigma_w2: 1, sigma_b2: 0.05 })).toContain(
      "below 3.56 repel",
    );
  });

  it("gives the network that stands at the point", async () => {
    const { request } = checkRequest("phase", { ...point, depth: 7, width: 32 });
    const network = checkRequest("propagation", networkAt(request));
    expect(network.issues).toEqual([]);
    expect(formatState("propagation", network.request)).toContain("edge_of_chaos");
    const [answer] = await engine.run("meanField", network.request);
    expect(answer?.result.point.sigmaW2).toBeCloseTo(point.sigma_w2, 4);
    expect(answer?.result.point.sigmaB2).toBeCloseTo(point.sigma_b2, 5);
    expect(answer?.result.secondMoment).toHaveLength(7);
  });
});

describe("inputs of one's own", () => {
  const data = Float32Array.of(1, 2, 2, 0, 3, 4);
  const request = { depth: 2, width: 8, batch: 2, input_width: 3, input: "data", data };

  it("reach the network, and theory takes their mean square", async () => {
    const [answer] = await engine.run("meanField", {
      ...request,
      schemes: [{ scheme: "xavier_normal", gain: 1 }],
    });
    // sigma_w^2 = 2 * 3 / (3 + 8) and |x|^2 / n_0 = 34 / 6.
    expect(answer?.result.preactivation[0]).toBeCloseTo((6 / 11) * (34 / 6), 5);
    const [other] = await engine.run("propagation", { ...request, data: data.map((x) => 2 * x) });
    const [same] = await engine.run("propagation", request);
    const moment = (of: typeof same) => of?.result.activation.secondMoment[0] ?? NaN;
    expect(moment(other) / moment(same)).toBeCloseTo(4, 5);
  });

  it("are refused where they do not fit, and are no part of a link", async () => {
    const refused = async (given: object, field: string) =>
      expect(engine.run("propagation", { ...request, ...given })).rejects.toMatchObject({ field });
    await refused({ data: Float32Array.of(1, 2) }, "input");
    await refused({ data: Float32Array.of(1, 2, 2, 0, 3, Infinity) }, "input");
    await refused({ data: [1, 2, 2, 0, 3, 4] }, "data");
    await refused({ correlation: 0.5 }, "correlation");
    await expect(engine.run("propagation", { ...request, data: undefined })).rejects.toMatchObject({
      field: "input",
    });
    const { request: complete } = checkRequest("propagation", request);
    expect(formatState("propagation", complete)).not.toContain("data=");
  });

  it("are read from .npy and CSV", () => {
    const npy = toNpy({ shape: [2, 3], values: data });
    expect(readNpy(npy.buffer)).toEqual({ rows: 2, columns: 3, values: data });
    for (const text of ["1,2,2\n0,3,4\n", "\ufeffa;b;c\r\n1;2;2\r\n0;3;4", "1\t2\t2\n\n0\t3\t4"])
      expect(readCsv(text)).toEqual({ rows: 2, columns: 3, values: data });
  });
});
