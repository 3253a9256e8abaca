/** The verdict: no two sentences contradict, each agrees with what was measured, each remedy was tried. */
import { afterAll, describe, expect, it } from "vitest";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import type { PropagationResult } from "../../../web/src/engine/results.js";
import type { Claim } from "../../../web/src/labs/propagation/verdict/claims.js";
import { verdictOf } from "../../../web/src/labs/propagation/verdict/claims.js";
import {
  ails,
  candidatesFor,
  tryRemedies,
} from "../../../web/src/labs/propagation/verdict/remedies.js";
import { Networks } from "./networks.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

/** At least as many as the issue of the verdict asks for. */
const NETWORKS = 2000;
const SEED = 14;

interface Judged {
  readonly request: PropagationRequest;
  readonly result: PropagationResult;
  readonly claims: readonly Claim[];
  readonly text: string;
}

async function judge(given: Partial<PropagationRequest>): Promise<Judged> {
  const { request, issues } = checkRequest("propagation", given);
  expect(issues).toEqual([]);
  const [answer] = await engine.run("propagation", request);
  const { scheme, result } = answer ?? expect.fail("no answer");
  const trials = ails(result) ? await tryRemedies(engine, request, result.theory) : [];
  const shown = { slot: 0, name: "It", scheme, result };
  const claims = verdictOf(shown, request, trials, "en");
  const chinese = verdictOf(shown, request, trials, "zh");
  expect(chinese.map(({ kind, apply }) => ({ kind, apply }))).toEqual(
    claims.map(({ kind, apply }) => ({ kind, apply })),
  );
  for (const { text } of [...claims, ...chinese])
    expect(text).not.toMatch(/undefined|NaN|—|\[object/);
  return { request, result, claims, text: claims.map(({ text }) => text).join("\n") };
}

/** What was measured, by a way of its own: values from the inputs on, and from the last layer back. */
function measured({ input, activation, gradient, ranges }: PropagationResult) {
  const clean = (values: Float64Array, bad: Float64Array) =>
    [...values].map((value, i) => ((bad[i] ?? 0) > 0 ? Infinity : value));
  const spread = (values: readonly number[]) =>
    values.some((value) => value === 0 || value === Infinity)
      ? Infinity
      : Math.max(...values) / Math.min(...values);
  // Of many networks the median counts.
  const forward = ranges
    ? [...ranges.secondMoment.median].map((value) => (Number.isNaN(value) ? Infinity : value))
    : clean(activation.secondMoment, activation.nonfinite);
  const signal = [input.secondMoment, ...forward];
  const back = ranges
    ? [...ranges.gradient.median].map((value) => (Number.isNaN(value) ? Infinity : value)).reverse()
    : clean(gradient.secondMoment, gradient.nonfinite).reverse();
  const within = (values: readonly number[]) => {
    let count = 0;
    while (count < values.length && spread(values.slice(0, count + 1)) <= 10) ++count;
    return count;
  };
  return {
    signal: spread(signal),
    gradient: spread(back),
    worst: Math.max(spread(signal), spread(back)),
    change: (signal.at(-1) ?? NaN) / (signal[0] ?? NaN),
    backward: (back.at(-1) ?? NaN) / (back[0] ?? NaN),
    last: back.at(-1) ?? NaN,
    reach: Math.min(within(signal) - 1, within(back)),
  };
}

/** Sentences that must not stand beside one another. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [/The signal keeps its size/, /The signal (is lost|explodes)|There is no signal/],
  [/The signal keeps its size/, /The signal’s mean square (grows|shrinks|changes)/],
  [/The gradient keeps its size/, /The gradient (is lost|is not finite)/],
  [/The gradient keeps its size/, /The gradient’s mean square (grows|shrinks|changes)/],
  [/Critical:/, /Ordered:|Chaotic:|gradient’s mean square (grows|shrinks)/],
  [/Ordered:/, /Chaotic:/],
  [/The gradient keeps its size/, /gradients (grow|shrink) backward/],
  [/neither vanish nor explode/, /gradient’s mean square (grows|shrinks)|gradient is (lost|not)/],
  [/It is critical already/, /signal explodes|is lost|No σ_w²/],
  [/no limit here/, /explodes|is lost|orders of magnitude|can be trained/],
  [/Inputs become alike/, /Inputs part/],
  [/Nothing that was tried/, /^Better:/m],
  [/Here the measurement holds/, /Critical:|Ordered:|Chaotic:|no limit here/],
  [/is narrow/, /Critical:|Ordered:|Chaotic:|no limit here/],
];

function faultsOf({ result, text, claims }: Judged): string[] {
  const seen = measured(result);
  const faults = OPPOSITES.filter(([a, b]) => a.test(text) && b.test(text)).map(
    ([a, b]) => `${a} beside ${b}`,
  );
  const must = (holds: boolean, what: string) => {
    if (!holds) faults.push(what);
  };
  const has = (pattern: RegExp) => pattern.test(text);
  must(has(/The signal keeps its size/) === seen.signal <= 2, "signal kept");
  must(has(/The gradient keeps its size/) === seen.gradient <= 2, "gradient kept");
  must(has(/signal is lost|signal explodes|no signal/) === (seen.signal === Infinity), "lost");
  must(!has(/signal’s mean square grows/) || seen.change >= 10, "signal grows");
  must(!has(/signal’s mean square shrinks/) || seen.change <= 0.1, "signal shrinks");
  must(!has(/gradient’s mean square grows/) || seen.backward >= 10, "gradient grows");
  must(!has(/gradient’s mean square shrinks/) || seen.backward <= 0.1, "gradient shrinks");
  must(!has(/no limit here|neither vanish/) || seen.worst <= 10, "no limit");
  must(!has(/It is critical already/) || seen.worst <= 10, "critical already");
  must(!has(/Ordered:/) || seen.backward < 10, "ordered, and the gradient grows");
  // A gradient that is not finite has exploded.
  must(
    !has(/Chaotic:/) || !Number.isFinite(seen.last) || seen.backward > 0.1,
    "chaotic, and the gradient shrinks",
  );
  const correlation = result.ranges?.correlation.median ?? result.correlation;
  const [from = NaN, to = NaN] = [correlation[0], correlation.at(-1)];
  must(!has(/Inputs become alike/) || (to > from && to > 0.9), "alike");
  must(!has(/Inputs part:/) || to < from, "part");
  const kinds = claims.map(({ kind }) => kind);
  for (const kind of ["signal", "gradient", "phase", "depth", "critical"] as const)
    must(kinds.filter((other) => other === kind).length <= 1, `twice ${kind}`);
  return faults;
}

/** "3.1×10⁻¹⁵" as a number. */
function numberOf(text: string): number {
  const plain = text.replaceAll("−", "-");
  const [mantissa = "", power = ""] = plain.split(/×?10(?=[⁻⁰-⁹¹²³])/);
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const exponent = Array.from(power, (c) => (c === "⁻" ? "-" : String(digits.indexOf(c)))).join("");
  return (mantissa === "" ? 1 : Number(mantissa)) * 10 ** Number(exponent || "0");
}

const NUMBER = "(−?\\d+(?:\\.\\d+)?(?:×10[⁻⁰¹²³⁴-⁹]+)?|10[⁻⁰¹²³⁴-⁹]+)";

/** Every number of the sentences about signal, gradient, correlation and theory, and what it must be. */
function numberFaults({ result, text, request }: Judged): string[] {
  const seen = measured(result);
  const { theory } = result;
  const depth = result.activation.secondMoment.length;
  const faults: string[] = [];
  const near = (a: number, b: number) => Math.abs(a - b) <= 0.0051 * Math.abs(b) + 1e-12;
  const check = (pattern: string, holds: (...numbers: number[]) => boolean) => {
    for (const [all, ...groups] of text.matchAll(new RegExp(pattern.replaceAll("#", NUMBER), "g")))
      if (!holds(...groups.map((group: string | undefined) => (group ? numberOf(group) : NaN))))
        faults.push(`not so: ${all}`);
  };
  const bound = (printed: number, spread: number) =>
    printed >= spread * (1 - 1e-9) && printed <= spread * 1.11;
  const ways = [
    ["The signal", seen.signal, seen.change, (theory.secondMoment.at(-1) ?? NaN) / theory.input],
    [
      "The gradient",
      seen.gradient,
      seen.backward,
      (theory.gradient[0] ?? NaN) / (theory.gradient.at(-1) ?? NaN),
    ],
  ] as const;
  for (const [what, spread, change, predicted] of ways) {
    check(`${what} keeps its size: its mean square stays within a factor #`, (x = NaN) =>
      bound(x, spread),
    );
    check(
      `${what}’s mean square changes by a factor # .*?, and stays within a factor # on`,
      (x = NaN, y = NaN) => near(x, change) && bound(y, spread),
    );
    check(`${what}’s mean square (?:grows|shrinks) by # orders`, (x = NaN) =>
      near(x, Math.abs(Math.log10(change))),
    );
    check(`${what}.*Theory says a factor #\\.(?:\\n|$)`, (x = NaN) => near(x, predicted));
    check(
      `${what.toLowerCase()} changes by a factor # instead of #`,
      (x = NaN, y = NaN) => near(x, change) && near(y, predicted),
    );
  }
  const correlation = result.ranges?.correlation.median ?? result.correlation;
  check("goes from # at layer 1 to # at layer #", (x = NaN, y = NaN, l = NaN) => {
    const [from = NaN, to = NaN] = [correlation[0], correlation.at(-1)];
    return near(x, from) && near(y, to) && l === depth;
  });
  const { state } = theory;
  check("χ₁ = # is (?:below|above) 1|Critical: χ₁ = #\\. Grad", (x = NaN, y = NaN) =>
    near(Number.isNaN(x) ? y : x, state.chi1),
  );
  check("6ξ = # layers can be trained; this network has #", (x = NaN, l = NaN) => {
    const scales = [state.xiGradient, state.xiC].filter((xi) => !Number.isNaN(xi));
    return Math.abs(x / (6 * Math.min(...scales)) - 1) < 0.051 && l === depth;
  });
  check("settles at q\\* = #", (x = NaN) => near(x, state.q));
  check(
    "a width of # is narrow",
    (x = NaN) => x === Math.min(...(request.widths ?? [request.width])),
  );
  return faults;
}

/** A remedy applied, as the button does it, against its own promise. */
async function keptPromise({ request }: Judged, { text, apply }: Claim): Promise<string[]> {
  const applied = { ...request, schemes: [apply?.scheme ?? expect.fail()], bias: apply?.bias };
  const after = await judge(applied as PropagationRequest);
  const seen = measured(after.result);
  const faults = faultsOf(after);
  const factor = Number(/within a factor ([\d.]+) over \d+ layers/.exec(text)?.[1]);
  const reach = Number(/over (\d+) of \d+ layers/.exec(text)?.[1]);
  if (text.startsWith("Better:")) {
    if (!(seen.worst <= factor && seen.worst > factor * 0.9 - 0.1 && factor <= 10))
      faults.push(`promised ${factor}, became ${seen.worst}`);
  } else if (seen.reach !== reach) faults.push(`promised ${reach} layers, became ${seen.reach}`);
  return faults.map((fault) => `after ${text} ${fault}`);
}

describe("the verdict", () => {
  it(`over ${NETWORKS} random networks contradicts neither itself nor what was measured, and keeps its promises`, async () => {
    const networks = new Networks(SEED);
    const faults: string[] = [];
    const counts = { judged: 0, ailing: 0, better: 0, further: 0, none: 0 };
    while (counts.judged < NETWORKS) {
      const request = networks.draw();
      let judged: Judged;
      try {
        judged = await judge(request);
      } catch (error) {
        if (error instanceof InitscopeError && error.issues.length > 0) continue;
        throw error;
      }
      ++counts.judged;
      const remedies = judged.claims.filter(({ kind }) => kind === "remedy");
      const found = [...faultsOf(judged), ...numberFaults(judged)];
      for (const remedy of remedies) found.push(...(await keptPromise(judged, remedy)));
      if (measured(judged.result).worst > 2) {
        ++counts.ailing;
        if (judged.text.includes("Better:")) ++counts.better;
        else if (judged.text.includes("Further:")) ++counts.further;
        else ++counts.none;
      }
      if (found.length > 0) {
        const { data, ...rest } = judged.request;
        faults.push(JSON.stringify({ ...rest, data: data && "own" }), judged.text, ...found);
      }
    }
    expect(faults.slice(0, 60).join("\n")).toBe("");
    // The property is not empty: networks ail, and most are mended.
    expect(counts.ailing).toBeGreaterThan(NETWORKS / 2);
    expect(counts.better).toBeGreaterThan(counts.ailing / 3);
  }, 1_800_000);

  it("is found out where it lies: a changed sentence is a fault", async () => {
    const he = await judge({ schemes: [schemeWith("kaiming_normal")], depth: 30, width: 64 });
    expect(faultsOf(he)).toEqual([]);
    const lost = he.text.replace(/The signal.*/, "The signal’s mean square shrinks by 3 orders");
    expect(faultsOf({ ...he, text: lost })).not.toEqual([]);
    expect(faultsOf({ ...he, text: `${he.text}\nChaotic: χ₁ = 2` })).not.toEqual([]);
  });

  it("is found out where a number lies", async () => {
    const networks = [
      { schemes: [schemeWith("kaiming_normal")], depth: 30, width: 64 },
      { schemes: [schemeWith("xavier_normal")], depth: 30, width: 64 },
      { schemes: [schemeWith("torch_linear")], bias: schemeWith("torch_linear_bias"), depth: 9 },
    ];
    let changed = 0;
    for (const network of networks) {
      const judged = await judge(network);
      expect(numberFaults(judged)).toEqual([]);
      const lines = judged.text
        .split("\n")
        .filter((line) => !/^(Better|Further|Nothing)/.test(line));
      for (const line of lines)
        for (const { index, 0: digit } of line.matchAll(
          /(?<=[ =]\d?\.?)\d(?=[\d.]* ?(?:on|orders|at|is|layers|\.|,))/g,
        )) {
          if (/layer $/.test(line.slice(0, index))) continue;
          const lie =
            line.slice(0, index) + String((Number(digit) + 3) % 10) + line.slice(index + 1);
          const text = judged.text.replace(line, lie);
          if (numberFaults({ ...judged, text }).length > 0) ++changed;
        }
    }
    expect(changed).toBeGreaterThan(15);
  });
});

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

  it.each(["silu", "mish"] as const)("%s under He: what helps first", async (activation) => {
    const judged = await judge({ activation, depth: 60, schemes: [he] });
    const [first] = remediesOf(judged);
    expect(first?.text).toMatch(/^Better: .* χ₁ = χ_q = 1/);
    expect(await keptPromise(judged, first ?? expect.fail("no remedy"))).toEqual([]);
  });

  it("ReLU under He, 200 layers of 8 units: neither critical nor without a limit", async () => {
    const { text } = await judge({ depth: 200, width: 8, schemes: [he] });
    expect(text).toMatch(/signal’s mean square shrinks by 3\d/);
    expect(text).toContain("For 200 layers a width of 8 is narrow");
    expect(text).not.toMatch(/Critical|no limit here|critical already/);
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
    expect(judged.text).toContain("It is critical already.");
    expect(remediesOf(judged)).toEqual([]);
  });

  it("Xavier with ReLU: orders lost as theory says, and He as the cure", async () => {
    const judged = await judge({ schemes: [schemeWith("xavier_normal")], depth: 40 });
    // 2^-40 is 12.04 orders of magnitude.
    expect(judged.text).toMatch(/signal’s mean square shrinks by 1[12](\.\d+)? orders/);
    expect(judged.text).toContain("Theory says a factor 9.09×10⁻¹³.");
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
    const own = { input: "data", data, batch: 4, input_width: 8, width: 8, depth: 3 };
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
