// @vitest-environment jsdom
/** Theory through the module: the verdict, the phase plane, and inputs from a reader's file. */
import { afterAll, describe, expect, it, vi } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { flatten } from "../../../web/src/engine/spec.js";
import { formatState } from "../../../web/src/engine/url.js";
import { readCsv, readNpy, readTable, TableError } from "../../../web/src/files/read-table.js";
import { toNpy } from "../../../web/src/files/tensors.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { themes } from "../../../web/src/charts/theme.js";
import * as png from "../../../web/src/charts/png.js";
import { seriesFor } from "../../../web/src/labs/propagation/data.js";
import { verdictOf } from "../../../web/src/labs/propagation/verdict.js";
import { mapShades, planeChart } from "../../../web/src/labs/phase/plane.js";
import { stateText } from "../../../web/src/labs/phase/figures.js";
import { networkAt } from "../../../web/src/labs/phase/state.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());
const en = messagesOf("en");

/** The verdict on the first scheme of a request, and what was simulated. */
async function judge(given: Partial<PropagationRequest>) {
  const { request, issues } = checkRequest("propagation", given);
  expect(issues).toEqual([]);
  const [answer] = await engine.run("propagation", request);
  const { scheme, result } = answer ?? expect.fail("no answer");
  const claims = verdictOf({ slot: 0, name: "It", scheme, result }, request, en);
  return { request, result, claims, text: claims.map((claim) => claim.text).join("\n") };
}

/** chi_1 of the network that a button gives. */
async function afterApplying(
  request: PropagationRequest,
  apply: NonNullable<Awaited<ReturnType<typeof judge>>["claims"][number]["apply"]>,
) {
  const [answer] = await engine.run("meanField", {
    ...request,
    schemes: [apply.scheme],
    bias: apply.bias,
  });
  return answer?.result ?? expect.fail("no theory");
}

describe("the verdict", () => {
  it("on He with relu: steady, critical, and nothing to mend", async () => {
    const { text, claims } = await judge({ schemes: [schemeWith("kaiming_normal")], depth: 30 });
    expect(text).toContain("The signal keeps its size from layer 1 to 30");
    expect(text).toContain("Theory says 1.");
    expect(text).toContain("float32 holds the values of every layer.");
    expect(text).toContain("Critical: χ₁ = 1.");
    expect(text).toContain("It is critical already.");
    expect(claims.some(({ apply }) => apply)).toBe(false);
  });

  it("on Xavier with relu: orders lost as theory says, ordered, and He as the cure", async () => {
    const { text, request, claims } = await judge({
      schemes: [schemeWith("xavier_normal")],
      depth: 41,
    });
    // 2^-40 is 12.04 orders of magnitude.
    expect(text).toMatch(/signal’s mean square shrinks by 1[12]\.?\d* orders .* layer 1 to 41/);
    expect(text).toContain("Theory says 12.");
    expect(text).toMatch(/gradient’s mean square shrinks by .* from layer 41 to 1/);
    expect(text).toContain("Ordered: χ₁ = 0.5 is below 1.");
    expect(text).toContain("About 6ξ = 8.7 layers can be trained; this network has 41.");
    const cure = claims.find(({ apply }) => apply)?.apply ?? expect.fail("no cure");
    expect(cure.scheme).toEqual(schemeWith("kaiming_normal", { nonlinearity: "relu" }));
    const theory = await afterApplying(request, cure);
    expect(theory.state.chi1).toBeCloseTo(1, 6);
  });

  it("says at which layer float32 fails, measured and expected", async () => {
    const { text, result } = await judge({ schemes: [schemeWith("normal")] });
    const layer = result.activation.nonfinite.findIndex((count) => count > 0) + 1;
    expect(layer).toBeGreaterThan(20);
    expect(text).toContain(`float32 overflows at layer ${layer}.`);
    const expected = Number(/Theory expects layer (\d+)/.exec(text)?.[1]);
    expect(Math.abs(expected - layer)).toBeLessThanOrEqual(1);
    const fading = await judge({ schemes: [schemeWith("normal", { std: 0.001 })], depth: 60 });
    expect(fading.text).toMatch(/float32 loses digits from layer \d+ on.*Theory expects layer \d+/);
  });

  it("gives every other activation a point where chi_1 is 1, and a gain that keeps E[phi^2]", async () => {
    for (const { id, scaleFree } of catalogue.activations) {
      if (scaleFree) continue;
      const { request, claims, result } = await judge({
        activation: id,
        schemes: [schemeWith("torch_linear")],
        bias: schemeWith("edge_of_chaos", { sigma_b: 0.2 }),
        depth: 4,
        width: 64,
        batch: 4,
      });
      const cures = claims.flatMap(({ apply }) => (apply ? [apply] : []));
      const [first] = cures;
      const gain = cures.at(-1)?.scheme ?? expect.fail("no gain");
      // torch's own gains are never inferred: the gain is a number.
      expect(gain.scheme).toBe("xavier_normal");
      expect(gain["gain"]).toBeCloseTo(result.theory.advice.unitVarianceGain, 5);
      const kept = await afterApplying(
        { ...request, depth: 1 },
        cures.at(-1) ?? expect.fail("no gain"),
      );
      // One layer of inputs of mean square 1 / gain^2 has q = 1, and E[phi^2] = 1 / gain^2.
      expect(kept.point.sigmaW2).toBeCloseTo(result.theory.advice.unitVarianceGain ** 2, 4);
      if (id === "softplus") {
        expect(cures).toHaveLength(1); // it has no critical point
        continue;
      }
      const theory = await afterApplying(request, first ?? expect.fail("no cure"));
      const { advice } = result.theory;
      const found = Number.isNaN(advice.critical.sigmaW2) ? advice.withoutBias : advice.critical;
      expect(theory.point.sigmaW2 / found.sigmaW2, id).toBeCloseTo(1, 4);
      if (found.chiQ < 0.99) expect(theory.state.chi1, id).toBeCloseTo(1, 2);
    }
  });

  it("warns of critical points that repel, and names the half-stable one", async () => {
    const { text } = await judge({
      activation: "gelu",
      schemes: [schemeWith("kaiming_normal")],
      bias: schemeWith("edge_of_chaos", { sigma_b: 0.22360679 }),
      depth: 10,
    });
    expect(text).toContain("σ_w² = 2.303 and σ_b² = 0.05");
    expect(text).toContain("But that point repels (χ_q = 1.085");
    expect(text).toContain(
      "Critical points below q* = 3.56 repel; at it, σ_w² = 1.983 and σ_b² = 0.173.",
    );
  });

  it("says why there is no theory, and still what was measured", async () => {
    const { text, claims } = await judge({ schemes: [schemeWith("lsuv")], depth: 5, width: 64 });
    expect(text).toContain("its weights depend on the data");
    expect(claims).toHaveLength(4);
  });

  it("has no claim in one language that is not in the other", async () => {
    const { result, request } = await judge({ activation: "silu", depth: 8 });
    const shown = { slot: 0, name: "It", scheme: schemeWith("zeros"), result };
    const zh = verdictOf(shown, request, messagesOf("zh"));
    expect(zh).toHaveLength(verdictOf(shown, request, en).length);
    for (const { text } of zh) expect(text).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe("series", () => {
  it("have theory's line, the formula's band, or the band of many networks", async () => {
    const run = async (given: Partial<PropagationRequest>) =>
      (await engine.run("propagation", { depth: 6, width: 64, batch: 8, ...given }))[0]?.result ??
      expect.fail("no result");
    const plain = await run({ schemes: [schemeWith("kaiming_normal")] });
    const formula = seriesFor("activation", 0, "", plain, 1);
    expect(formula.theory).toEqual(plain.theory.variance);
    for (let i = 0; i < 6; ++i) {
      expect(formula.band?.low[i]).toBeLessThan(formula.values[i] ?? NaN);
      expect(formula.band?.high[i]).toBeGreaterThan(formula.values[i] ?? NaN);
    }
    expect(formula.range).toBeUndefined();
    const orthogonal = { schemes: [schemeWith("orthogonal")] };
    expect(seriesFor("gradient", 0, "", await run(orthogonal), 1).band).toBeUndefined();
    const many = await run({ ...orthogonal, repeats: 50 });
    const simulated = seriesFor("gradient", 0, "", many, 50);
    expect(simulated.band).toEqual({
      low: many.ranges?.gradient.low,
      high: many.ranges?.gradient.high,
    });
    expect(simulated.values).toEqual(many.ranges?.gradient.median);
    expect(
      seriesFor("activation", 0, "", await run({ schemes: [schemeWith("ones")] }), 1).theory,
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
    expect(first?.map?.chi1).toHaveLength(catalogue.limits.mapCells ** 2);
    for (const { theory, map } of others) expect([theory, map]).toEqual([null, null]);
    const { request } = checkRequest("phase", point);
    expect(flatten(request).map((spec) => spec["detail"])).toEqual(["all", "place", "place"]);
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
      chi1: Float64Array.of(0.5, 1, 2, 1),
      criticalSigmaW2: none,
      criticalSigmaB2: none,
      criticalQ: none,
      criticalChiQ: none,
    };
    expect([...mapShades(map, 2, "chi_1")]).toEqual([254, 127, 0, 127]);
    expect([...mapShades(map, 2, "depth")]).toEqual([...mapShades(map, 2, "depth")]);
    expect(mapShades(map, 2, "depth")[3]).toBe(254); // infinite depth
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

  it("are not read where the file is too large", async () => {
    const file = (size: number) =>
      ({ name: "x.csv", size, text: () => Promise.resolve("1,2\n3,4") }) as unknown as File;
    await expect(readTable(file(1e9))).rejects.toMatchObject({ fault: "large" });
    expect((await readTable(file(7))).rows).toBe(2);
  });

  it("that are no table are refused, each with its own reason, in both languages", () => {
    const bytes = (text: string) => new TextEncoder().encode(text).buffer;
    const header = (dictionary: string, body = 24) => {
      const text = dictionary.padEnd(117) + "\n";
      const file = new Uint8Array(10 + text.length + body);
      file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0]);
      file.set(new TextEncoder().encode(text), 10);
      return file.buffer;
    };
    const good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    const cases: readonly [string, () => unknown][] = [
      ["not_npy", () => readNpy(bytes("1,2,3 and so on"))],
      ["not_npy", () => readNpy(bytes(""))],
      ["dtype", () => readNpy(header(good.replace("<f4", "<c8")))],
      ["order", () => readNpy(header(good.replace("False", "True")))],
      ["rank", () => readNpy(header(good.replace("(2, 3)", "(6,)")))],
      ["size", () => readNpy(header(good, 20))],
      ["large", () => readNpy(header(good.replace("(2, 3)", "(1025, 3)")))],
      ["empty", () => readNpy(header(good.replace("(2, 3)", "(0, 3)")))],
      ["empty", () => readCsv("")],
      ["empty", () => readCsv("a,b\n")],
      ["ragged", () => readCsv("1,2\n3\n")],
      ["number", () => readCsv("1,2\n3,x\n")],
      ["number", () => readCsv("1,2\n3,1e99\n")],
      ["large", () => readCsv(Array(1026).fill("1").join("\n"))],
    ];
    for (const [fault, read] of cases) {
      try {
        read();
        expect.fail(`${fault} was not refused`);
      } catch (error) {
        if (!(error instanceof TableError)) throw error;
        expect(error.fault).toBe(fault);
        expect(error.detail).not.toBe("");
        for (const locale of ["en", "zh"] as const)
          expect(messagesOf(locale).tableFaults[error.fault](error.detail)).toContain(error.detail);
      }
    }
  });
});
