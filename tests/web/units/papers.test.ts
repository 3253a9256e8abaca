/** Schemes on the networks of their papers: the paper's number, within a stated sampling error. */
import { afterAll, describe, expect, it } from "vitest";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { DistributionRequest, PropagationRequest } from "../../../web/src/engine/request.js";
import type { PropagationResult } from "../../../web/src/engine/results.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

async function propagate(given: Partial<PropagationRequest>): Promise<PropagationResult> {
  const { request, issues } = checkRequest("propagation", given);
  expect(issues).toEqual([]);
  const [answer] = await engine.run("propagation", request);
  return answer?.result ?? expect.fail("no result");
}

/** The largest distance of any layer from `value`, from layer `from` on. */
const strays = (layers: Float64Array, value: number, from = 1) =>
  Math.max(...layers.slice(from - 1).map((x) => Math.abs(x - value)));

describe("lecun_normal on SELU (Klambauer et al. 2017): mean 0 and variance 1 stay, 32 layers", () => {
  const network = { activation: "selu", depth: 32, width: 512, batch: 128 } as const;

  it("holds", async () => {
    const { activation, theory } = await propagate({
      ...network,
      schemes: [schemeWith("lecun_normal")],
    });
    // Theory's variance is that of the paper's fixed point; one network of width 512 strays from it
    // by a logarithm of this std, of which 4 leave a false alarm in 16000 for each layer.
    const { secondMoment, secondMomentSpread } = theory;
    expect(strays(secondMoment, 1)).toBeLessThan(1e-9);
    activation.variance.forEach((variance, l) => {
      const std = Math.sqrt(secondMomentSpread[l] ?? 0);
      expect(std).toBeLessThan(0.1);
      expect(Math.abs(Math.log(variance))).toBeLessThan(4 * std);
    });
    // The mean over 512 units has std 0.044 for one input; over 128 independent inputs less.
    expect(strays(activation.mean, 0)).toBeLessThan(0.044);
  });

  it("does not hold for He's weights, of twice the variance", async () => {
    const { activation } = await propagate({ ...network, schemes: [schemeWith("he_normal")] });
    expect(strays(activation.variance, 1)).toBeGreaterThan(1);
  });
});

describe("siren on sin(30 z) (Sitzmann et al. 2020)", () => {
  const sine = { activation: "sin", omega_0: 30 } as const;

  it("gives sin of N(0, 1): E[h^2] = 1/2 after layer 1, Var(30 z) = 1 in layer 2", async () => {
    // The paper's network of one coordinate, over whose range layer 1 has many periods.
    const { preactivation, activation, theory } = await propagate({
      ...sine,
      depth: 8,
      input_width: 1,
      input: "uniform",
      width: 1024,
      batch: 512,
      schemes: [schemeWith("siren")],
    });
    // Less than 1/2 by Si(a) / 2a, a = 60 sqrt 3, since the periods are not infinitely many; over
    // 1024 units of one coordinate the std is 0.0027.
    expect(Math.abs((activation.secondMoment[0] ?? 0) - 0.4924)).toBeLessThan(5 * 0.0027);
    // The std over 1024 units is at most sqrt(2 / 1024) = 0.044.
    expect(Math.abs(900 * (preactivation.secondMoment[1] ?? 0) - 1)).toBeLessThan(3 * 0.044);
    // sin of N(0, 1) has the mean square (1 - e^-2) / 2 = 0.4323, which the paper takes for the
    // arcsine law's 1/2. The following layers settle where q = 1 - e^(-2 q): at 0.7968 / 2.
    expect(Math.abs((activation.secondMoment[1] ?? 0) - 0.4323)).toBeLessThan(0.01);
    expect(900 * theory.state.q).toBeCloseTo(0.7968, 4);
    expect(strays(activation.secondMoment, 0.3984, 4)).toBeLessThan(0.02);
  });

  // The paper's code leaves nn.Linear's biases, which bring E[h^2] to (1 - e^(-2 q)) / 2 = 0.4933.
  const code = { ...sine, depth: 20, width: 256, bias: schemeWith("torch_linear_bias") };

  it("keeps E[h^2] near 1/2 and the gradient within a factor 2 in 20 layers", async () => {
    const { activation, gradient, theory } = await propagate({
      ...code,
      schemes: [schemeWith("siren")],
    });
    expect(strays(theory.secondMoment, 0.4933, 2)).toBeLessThan(1e-3);
    // Biases make the inputs alike, so that what is averaged are 256 units: sin^2 of a wide law has
    // variance 1/8, the mean std 0.022.
    expect(strays(activation.secondMoment, 0.4933)).toBeLessThan(4 * 0.022);
    expect(theory.state.chi1).toBeCloseTo(1.0133, 4);
    const { 0: first = 0, 19: last = 0 } = gradient.secondMoment;
    expect(Math.max(first / last, last / first)).toBeLessThan(2);
  });

  it("is told from He's and Xavier's by the gradient: 900 and 450 times as large each layer", async () => {
    for (const [scheme, factor] of [
      ["kaiming_normal", 900],
      ["xavier_normal", 450],
    ] as const) {
      const { activation, gradient, preactivation } = await propagate({
        ...code,
        schemes: [schemeWith(scheme)],
      });
      // Phases of std 30 and 21 are as good as uniform: the signal is 1/2 as well, and says nothing.
      expect(strays(activation.secondMoment, 0.5)).toBeLessThan(0.02);
      expect(900 * (preactivation.secondMoment[10] ?? 0)).toBeGreaterThan(400);
      const { 0: first = 0, 19: last = 0 } = gradient.secondMoment;
      // The logarithm of a layer's factor has the variance 5 / 256 or so.
      expect((first / last) ** (1 / 19) / factor).toBeCloseTo(1, 1);
    }
  });
});

it("xavier with gain 5/3 on tanh: std 0.65 and 5 % saturated, as in makemore's fourth lecture", async () => {
  const { activation, saturatedFraction, theory } = await propagate({
    activation: "tanh",
    depth: 30,
    width: 512,
    schemes: [schemeWith("xavier_normal", { gain: 5 / 3 })],
  });
  expect(Math.sqrt(theory.secondMoment[29] ?? 0)).toBeCloseTo(0.6513, 4);
  // One network: the logarithm of its mean square has a std of at most 0.06.
  for (const spread of theory.secondMomentSpread.slice(6)) expect(spread).toBeLessThan(0.06 ** 2);
  const stds = activation.variance.map(Math.sqrt);
  expect(strays(stds, 0.6513, 7)).toBeLessThan(0.6513 * 2 * 0.06);
  // P(|z| > atanh 0.97) at q* = 1.1785 is 0.0540; it moves by 2.5 % for 1 % of the variance.
  expect(strays(saturatedFraction, 0.054, 7)).toBeLessThan(0.054 * 2.5 * 4 * 0.03);
});

describe("gpt2 (Radford et al. 2019)", () => {
  async function stdOf(parameters: Record<string, number | string>): Promise<number> {
    const { request, issues } = checkRequest("distribution", {
      schemes: [schemeWith("gpt2", parameters)],
      shape: [768, 3072],
      samples: 768 * 3072,
    } satisfies Partial<DistributionRequest>);
    expect(issues).toEqual([]);
    const [answer] = await engine.run("distribution", request);
    return answer?.result.moments.std ?? NaN;
  }
  // Of 2.4 million normal numbers: five standard errors of a std.
  const error = 5 / Math.sqrt(2 * 768 * 3072);

  it.each([12, 24, 36, 48])(
    "a residual projection of %i layers has std 0.02 / sqrt(2 N)",
    async (n) => {
      const std = await stdOf({ n_layer: n, projection: "residual" });
      expect(Math.abs((std / 0.02) * Math.sqrt(2 * n) - 1)).toBeLessThan(error);
    },
  );

  it("any other weight has std 0.02", async () => {
    expect(Math.abs((await stdOf({ n_layer: 12, projection: "other" })) / 0.02 - 1)).toBeLessThan(
      error,
    );
  });
});
