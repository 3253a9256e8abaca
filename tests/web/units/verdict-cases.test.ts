/** Networks that the verdict was once wrong about, by name, and remedies as such. */
import { describe, expect, it } from "vitest";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import { verdictOf } from "../../../web/src/labs/propagation/verdict/claims.js";
import { candidatesFor, tryRemedies } from "../../../web/src/labs/propagation/verdict/remedies.js";
import { engine, faultsOf, judge, keptPromise } from "./judge.js";
import type { Judged } from "./judge.js";

const remediesOf = ({ claims }: Judged) => claims.filter(({ kind }) => kind === "remedy");
const he = schemeWith("kaiming_normal");

describe("the verdict on", () => {
  it("GELU under He, 60 layers: the half-stable point first, and nothing that repels", async () => {
    const judged = await judge({ activation: "gelu", depth: 60, schemes: [he] });
    const [first, ...others] = remediesOf(judged);
    expect(first?.text).toMatch(
      /^Better: .*σ_w² = 1\.983, σ_b² = 0\.173.* within a factor 2\.\d over 60/,
    );
    expect(others).toEqual([]);
    expect(judged.text).not.toContain("σ_w² = 4");
    expect(judged.text).toContain("made for relu; this network has gelu");
    expect(await keptPromise(judged, first ?? expect.fail("no remedy"))).toEqual([]);
  });

  it("tanh under He for a layer that is no activation: made for none that could be another", async () => {
    const of = async (nonlinearity: string) =>
      (
        await judge({
          activation: "tanh",
          depth: 10,
          schemes: [schemeWith("kaiming_normal", { nonlinearity })],
        })
      ).text;
    expect(await of("conv2d")).not.toContain("made for");
    expect(await of("selu")).toContain("made for selu; this network has tanh");
  });

  it.each(["silu", "mish"] as const)("%s under He: what helps first", async (activation) => {
    const judged = await judge({ activation, depth: 60, schemes: [he] });
    const [first] = remediesOf(judged);
    expect(first?.text).toMatch(/^Better: .* χ₁ = χ_q = 1/);
    expect(await keptPromise(judged, first ?? expect.fail("no remedy"))).toEqual([]);
  });

  it.each([
    ["gelu", "0.5*z*(1+erf(z/sqrt(2)))"],
    ["tanh", "tanh(z)"],
  ] as const)("%s, typed: what it says of the built-in one", async (activation, expression) => {
    const network = { depth: 30, width: 64, schemes: [he] };
    const built = await judge({ ...network, activation });
    const typed = await judge({ ...network, activation: "typed", expression });
    expect(typed.text.replaceAll(expression, activation)).toBe(built.text);
    expect(typed.text).not.toContain("typed");
    expect(remediesOf(typed).length).toBeGreaterThan(0);
    expect(remediesOf(typed).map(({ apply }) => apply?.scheme.scheme)).toEqual(
      remediesOf(built).map(({ apply }) => apply?.scheme.scheme),
    );
  });

  it("ReLU under He, 200 layers of 8 units: neither critical nor without a limit", async () => {
    const { text } = await judge({ depth: 200, width: 8, schemes: [he] });
    expect(text).toMatch(/signal’s mean square shrinks by 3\d/);
    expect(text).toContain("For 200 layers a width of 8 is narrow");
    expect(text).not.toMatch(/Critical|no limit here/);
    expect(text).toContain("Nothing that was tried holds over these 200 layers");
  });

  it("softplus under He: the limit's chi_1 = 1 is not this network's", async () => {
    const { text } = await judge({ activation: "softplus", depth: 20, schemes: [he] });
    expect(text).toMatch(/gradient’s mean square shrinks by 2\.\d+ orders/);
    expect(text).toContain(
      "In the limit of many layers χ₁ = 1; these layers are still on their way",
    );
    expect(text).not.toMatch(/Critical|no limit here|neither/);
  });

  it("He with ReLU: steady, critical, and nothing to mend", async () => {
    const judged = await judge({ schemes: [he], depth: 30 });
    expect(judged.text).toContain("Theory says a factor 1.");
    expect(judged.text).toContain("Critical: χ₁ = 1. Gradients neither vanish nor explode.");
    // Once is enough.
    expect(judged.text.match(/critical/gi)).toHaveLength(1);
    expect(remediesOf(judged)).toEqual([]);
  });

  it("Xavier with ReLU: orders lost as theory says, and He as the cure", async () => {
    const judged = await judge({ schemes: [schemeWith("xavier_normal")], depth: 40 });
    // 2^-40 is 12.04 orders of magnitude.
    expect(judged.text).toMatch(/signal’s mean square shrinks by 1[12](\.\d+)? orders/);
    // On the scale of what was measured.
    expect(judged.text).toMatch(/orders of magnitude .*\. Theory says that it shrinks by 12\.\n/);
    expect(judged.text).not.toContain("Theory says a factor");
    expect(judged.text).toContain("Ordered: χ₁ = 0.5 is below 1");
    expect(judged.text).toContain("About 6ξ = 8.7 layers can be trained; this network has 40.");
    const [cure] = remediesOf(judged);
    expect(cure?.apply?.scheme).toEqual(schemeWith("kaiming_normal", { nonlinearity: "relu" }));
  });

  it("tanh without biases: signals of the same shape fade, they do not become alike", async () => {
    const normal = schemeWith("normal", { std: 0.05 });
    const { text, result } = await judge({
      activation: "tanh",
      schemes: [normal],
      correlation: 0.5,
      depth: 30,
    });
    expect(result.theory.point.sigmaW2).toBeCloseTo(0.64, 6);
    expect(text).toContain("Ordered: χ₁ = 0.64");
    expect(text).not.toContain("alike");
    const biased = await judge({
      activation: "tanh",
      schemes: [normal],
      bias: schemeWith("normal", { std: 0.2236 }),
      correlation: 0.5,
      depth: 30,
    });
    expect(biased.text).toContain("become alike");
  });

  it("ReLU in chaos: scale explodes, and inputs do not part", async () => {
    const normal = schemeWith("normal", { std: 0.15 });
    const { text } = await judge({ schemes: [normal], depth: 30, correlation: 0.5 });
    expect(text).toMatch(/Chaotic: χ₁ = 2\.88/);
    expect(text).not.toContain("part");
  });

  it("N(0, 1): the layer at which float32 fails, measured and expected", async () => {
    const { text, result } = await judge({ schemes: [schemeWith("normal")] });
    const layer = result.activation.nonfinite.findIndex((count) => count > 0) + 1;
    expect(layer).toBeGreaterThan(20);
    expect(text).toContain(`float32 overflows at layer ${layer}.`);
    const expected = Number(/Theory expects layer (\d+)/.exec(text)?.[1]);
    expect(Math.abs(expected - layer)).toBeLessThanOrEqual(1);
    const fading = await judge({ schemes: [schemeWith("normal", { std: 0.001 })], depth: 60 });
    expect(fading.text).toMatch(/float32 loses digits from layer \d+ on.*Theory expects layer \d+/);
  });

  it("widths that differ: no rounding error as a prediction, no phase of one layer for all", async () => {
    const { text } = await judge({ widths: [784, 256, 10], schemes: [he] });
    expect(text).not.toMatch(/×10⁻¹[6-9]|Critical|Ordered|Chaotic/);
  });

  it("SIREN: at home with sin(30 z), told so elsewhere", async () => {
    const siren = schemeWith("siren");
    const home = await judge({ activation: "sin", omega_0: 30, schemes: [siren], depth: 30 });
    expect(home.text).toContain("The signal");
    expect(home.text).not.toContain("is made for");
    expect(home.result.activation.secondMoment.at(-1)).toBeGreaterThan(0.3);
    for (const [network, told] of [
      [{ activation: "sin" }, "It is made for sin(30 z); this network has sin(z)."],
      [{ activation: "relu" }, "It is made for sin(30 z); this network has relu."],
    ] as const)
      expect((await judge({ ...network, schemes: [siren], depth: 5 })).text).toContain(told);
  });

  it("weights that theory has no law for: what was measured, and why there is no theory", async () => {
    const { text } = await judge({ schemes: [schemeWith("lsuv")], depth: 5, width: 64 });
    expect(text).toContain("its weights depend on the data");
    expect(text).not.toMatch(/Theory says|Ordered|Critical:|Chaotic/);
  });

  it("inputs of zeros, and a network of one layer", async () => {
    const data = new Float32Array(4 * 8);
    const own = { input: "data" as const, data, batch: 4, input_width: 8, width: 8, depth: 3 };
    expect((await judge({ ...own, schemes: [he] })).text).toContain("the inputs are 0");
    const one = await judge({ depth: 1, width: 1, input_width: 1, schemes: [he] });
    expect(faultsOf(one)).toEqual([]);
  });

  it("a network while remedies are under way", async () => {
    const { request, issues } = checkRequest("propagation", { schemes: ["xavier_normal"] });
    expect(issues).toEqual([]);
    const [answer] = await engine.run("propagation", request);
    const { scheme, result } = answer ?? expect.fail("no answer");
    const claims = verdictOf({ slot: 0, name: "It", scheme, result }, request, undefined, "en");
    expect(claims.map(({ kind }) => kind)).toContain("trying");
  });
});

describe("remedies", () => {
  it("are nothing that repels, and are not tried where nothing ails", async () => {
    for (const activation of ["gelu", "silu", "mish"] as const) {
      const { request } = checkRequest("propagation", { activation, depth: 5, schemes: ["zeros"] });
      const [answer] = await engine.run("meanField", request);
      const theory = answer?.result ?? expect.fail("no theory");
      const found = candidatesFor(request, theory, undefined).map(({ reason }) => reason);
      expect(found).toEqual(["halfStable"]);
    }
  });

  it("end when the reader goes on", async () => {
    const { request } = checkRequest("propagation", { activation: "tanh", schemes: ["zeros"] });
    const [answer] = await engine.run("meanField", request);
    const abort = new AbortController();
    const trials = tryRemedies(engine, request, answer?.result ?? expect.fail(), abort.signal);
    abort.abort();
    await expect(trials).rejects.toThrow(InitscopeError);
  });
});
