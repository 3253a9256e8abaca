/** The table of all activations: what it says of an error is what an error does, and a typed activation is what it spells. */
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { catalogue, ownField } from "../../../web/src/engine/catalogue.js";
import type { ActivationId } from "../../../web/src/engine/catalogue.js";
import { standardRequest } from "../../../web/src/engine/request.js";
import { stabilityWords } from "../../../web/src/i18n/stability.js";
import {
  askStability,
  compared,
  StabilityRows,
  verdictOf,
} from "../../../web/src/labs/phase/stability.js";
import type { Activated, Stability } from "../../../web/src/labs/phase/stability.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());
const standard = standardRequest("phase");

async function stability(activation: ActivationId, expression = "z"): Promise<Stability> {
  const row = await askStability(engine, activation, { ...standard, activation, expression });
  return row ?? expect.fail("no answer");
}

/** How many layers it takes until Var(z) - 1 is ten times, or a tenth of, what it was: theory layer by layer. */
async function layersToTenfold(
  given: Pick<Activated, "activation" | "expression">,
  gain: number,
): Promise<number> {
  const depth = 200;
  const [answer] = await engine.run("meanField", {
    ...given,
    depth,
    width: 1,
    input_width: 1,
    batch: 1,
    input: "data",
    // The first layer's Var(z) is gain^2 times this one's square: a little more than 1.
    data: Float32Array.of(Math.sqrt(1 + 1e-4) / gain),
    schemes: [{ scheme: "xavier_normal", gain }],
  });
  const errors = [...(answer?.result.preactivation ?? [])].map((q) => Math.abs(q - 1));
  const [first = NaN] = errors;
  expect(first).toBeGreaterThan(5e-5);
  const grows = (errors[1] ?? NaN) > first;
  const end = errors.findIndex((error) => (grows ? error >= 10 * first : error <= first / 10));
  // Between two layers an error goes as its logarithm.
  const [before = NaN, there = NaN] = [errors[end - 1], errors[end]];
  const wanted = grows ? 10 * first : first / 10;
  return end - 1 + Math.log(wanted / before) / Math.log(there / before);
}

describe("the table", () => {
  const given = [
    ...catalogue.activations
      .filter(({ needs, scaleFree }) => needs === undefined && !scaleFree)
      .map(({ id }) => ({ activation: id, expression: "z" })),
    { activation: "typed" as const, expression: "relu(z)^2" },
    { activation: "typed" as const, expression: "z+sin(z)^2" },
    { activation: "typed" as const, expression: "z*sigmoid(1.5*z)" },
    { activation: "typed" as const, expression: "exp(-z^2)" },
  ];

  it.each(given)("says when an error is tenfold: $activation $expression", async (each) => {
    const { gain, tenfold } = await stability(each.activation, each.expression);
    expect(Math.abs((await layersToTenfold(each, gain)) / tenfold - 1)).toBeLessThan(0.01);
  });

  it("would be seen to say it wrongly", async () => {
    const { gain, tenfold } = await stability("gelu");
    // From a gain that is a thousandth off an error goes elsewhere.
    const off = await layersToTenfold({ activation: "gelu", expression: "z" }, 1.001 * gain);
    expect(Math.abs(off / tenfold - 1)).toBeGreaterThan(0.02);
  });

  it("calls what it is: attracting, repelling, or neither, in whichever way a sign turns", () => {
    expect(verdictOf(1)).toEqual({ verdict: "neither", tenfold: Infinity });
    expect(verdictOf(-1)).toEqual({ verdict: "neither", tenfold: Infinity });
    for (const chiQ of [0.1, -0.1, 10]) {
      const { verdict, tenfold } = verdictOf(chiQ);
      expect(verdict).toBe(chiQ === 10 ? "repels" : "attracts");
      expect(tenfold).toBeCloseTo(1, 12);
    }
    expect(verdictOf(0)).toEqual({ verdict: "attracts", tenfold: 0 });
  });

  it.each(["en", "zh"] as const)("says in %s when errors grow, of either sign", async (locale) => {
    const { chiQ, verdict, tenfold } = await stability("typed", "exp(-z^2)");
    expect(chiQ).toBeLessThan(-0.1);
    expect(verdict).toBe("attracts");
    expect(tenfold).toBeCloseTo(Math.LN10 / Math.abs(Math.log(Math.abs(chiQ))), 9);
    const { meaning } = stabilityWords(locale);
    expect(meaning).toContain("ln 10/|ln |χ_q||");
    expect(meaning).toMatch(/where \|χ_q\| is above 1|\|χ_q\| 大于 1 时/);
  });

  it("has every activation with a name, and the typed one where it is chosen", () => {
    const named = catalogue.activations.length - 1;
    expect(compared({ ...standard, activation: "tanh" })).toHaveLength(named);
    expect(compared({ ...standard, activation: "typed" })).toHaveLength(named + 1);
  });

  it("has no critical point without biases for what is flat at 0", async () => {
    expect((await stability("typed", "relu(z)^2")).critical).toBeNaN();
    expect((await stability("typed", "relu(z)")).critical).toBeCloseTo(2, 9);
  });
});

describe("rows of the table", () => {
  /** Which activations are asked for when the rows of a request are wanted. */
  function watched() {
    const rows = new StabilityRows();
    const asked: unknown[] = [];
    const run = vi.spyOn(engine, "run").mockImplementation((kind, request, options) => {
      asked.push((request as Activated).activation);
      return original(kind, request, options);
    });
    const of = async (given: Partial<Activated>, signal?: AbortSignal) => {
      asked.length = 0;
      return rows.of(engine, { ...standard, ...given }, signal);
    };
    return { of, asked, run };
  }
  const original = engine.run.bind(engine);
  afterEach(() => vi.restoreAllMocks());

  it("are asked for where an edit has made them others, and are what they are anew", async () => {
    const { of, asked } = watched();
    expect(await of({})).toHaveLength(15);
    expect(asked).toHaveLength(15);
    const dragged = await of({ omega_0: 3 });
    expect(asked).toEqual(["sin"]);
    expect(dragged).toEqual(await new StabilityRows().of(engine, { ...standard, omega_0: 3 }));
    await of({ omega_0: 3, negative_slope: 0.2, activation: "tanh" });
    expect(asked).toEqual(["leaky_relu"]);
    await of({ omega_0: 3, negative_slope: 0.2, expression: "z^3" });
    expect(asked).toEqual([]);
    const typed = { omega_0: 3, negative_slope: 0.2, activation: "typed" } as const;
    expect(await of({ ...typed, expression: "z+sin(z)" })).toHaveLength(16);
    expect(asked).toEqual(["typed"]);
    await of({ ...typed, expression: "z" });
    expect(asked).toEqual(["typed"]);
  });

  it("that came before the question was called off are not asked for again", async () => {
    const { of, asked, run } = watched();
    const abort = new AbortController();
    const first = of({}, abort.signal);
    await run.mock.results[0]?.value;
    abort.abort();
    await expect(first).rejects.toThrow();
    await of({});
    expect(asked).toHaveLength(14);
  });
});

describe("an activation", () => {
  const others = { negative_slope: 0.3, omega_0: 3, expression: "z+sin(z)^2" } as const;

  it.each(catalogue.activations)("depends on its own field alone: $id", async ({ id }) => {
    const before = await stability(id);
    for (const [field, value] of Object.entries(others)) {
      const given = { ...standard, expression: "z", [field]: value };
      const row = await askStability(engine, id, { ...given, activation: id });
      if (field === ownField(id)) expect(row?.gain).not.toBe(before.gain);
      else expect(row).toEqual(before);
    }
  });
});

describe("a typed activation is what it spells", () => {
  const twins = [
    ["mish", "x*tanh(softplus(x))"],
    ["gelu", "0.5*z*(1+erf(z/sqrt(2)))"],
    ["silu", "z*sigmoid(z)"],
    ["relu", "max(z,0)"],
    ["tanh", "(exp(z)-exp(-z))/(exp(z)+exp(-z))"],
    ["hardtanh", "min(max(z,-1),1)"],
    ["softsign", "z/(1+abs(z))"],
    ["elu", "where(z>0,z,exp(z)-1)"],
  ] as const;

  const near = (a: number, b: number, relative: number, text: string) => {
    if (Number.isNaN(b)) expect(a, text).toBeNaN();
    else expect(Math.abs(a - b), text).toBeLessThanOrEqual(relative * Math.abs(b));
  };

  it.each(twins)("%s: gain, stability and critical point to 1e-9", async (activation, text) => {
    const [spelled, built] = [await stability("typed", text), await stability(activation)];
    for (const what of ["gain", "chi1", "chiQ", "critical"] as const)
      near(spelled[what], built[what], 1e-9, what);
    expect(spelled.verdict).toBe(built.verdict);
    if (built.halfStable)
      near(spelled.halfStable?.sigmaW2 ?? NaN, built.halfStable.sigmaW2, 1e-7, "");
    else expect(spelled.halfStable).toBeUndefined();
  });

  it.each(twins)("%s: propagation, and the phase plane with its edge", async (activation, text) => {
    const own = { activation: "typed", expression: text };
    const ask = async (given: object) => {
      const network = { depth: 12, width: 96, batch: 32, bias: "torch_linear_bias", ...given };
      const [measured] = await engine.run("propagation", network);
      const [phase] = await engine.run("phase", given);
      return { ...measured?.result, ...phase?.result };
    };
    const [a, b] = [await ask(own), await ask({ activation })];
    const { preactivation, activation: signal, gradient, map, theory } = b;
    if (!map || !theory || !preactivation || !signal || !gradient) return expect.fail("no answer");
    for (let layer = 0; layer < 12; ++layer) {
      // float32's last places, layer after layer.
      near(at(a.activation, layer), at(signal, layer), 1e-5, `signal ${layer}`);
      near(at(a.preactivation, layer), at(preactivation, layer), 1e-5, `z ${layer}`);
      near(at(a.gradient, layer), at(gradient, layer), 1e-5, `gradient ${layer}`);
    }
    for (const [i, chi] of map.chi1.entries()) near(a.map?.chi1[i] ?? NaN, chi, 1e-6, `cell ${i}`);
    near(a.theory?.state.chi1 ?? NaN, theory.state.chi1, 1e-8, "chi_1");
    near(a.theory?.state.q ?? NaN, theory.state.q, 1e-8, "q*");
    near(
      a.theory?.advice.critical.sigmaW2 ?? NaN,
      theory.advice.critical.sigmaW2,
      1e-9,
      "critical",
    );
    expect(b.python).toBeNull();
    expect(a.python?.torch).toContain("z");
  });

  it("would be seen to be another: a slope of 1.001", async () => {
    const [spelled, built] = [
      await stability("typed", "x*tanh(softplus(1.001*x))"),
      await stability("mish"),
    ];
    expect(Math.abs(spelled.gain / built.gain - 1)).toBeGreaterThan(1e-5);
  });
});

const at = (signal: { readonly secondMoment: Float64Array } | undefined, layer: number): number =>
  signal?.secondMoment[layer] ?? NaN;
