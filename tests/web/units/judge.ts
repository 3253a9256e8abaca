/** A verdict with what was measured beside it, and what is not so in its sentences and numbers. */
import { afterAll, expect } from "vitest";
import type { Engine } from "../../../web/src/engine/client.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import type { PropagationResult } from "../../../web/src/engine/results.js";
import type { Claim } from "../../../web/src/labs/propagation/verdict/claims.js";
import { verdictOf } from "../../../web/src/labs/propagation/verdict/claims.js";
import { ails, tryRemedies } from "../../../web/src/labs/propagation/verdict/remedies.js";
import { localEngine } from "./support.js";

export const engine: Engine = localEngine();
afterAll(() => engine.close());

export interface Judged {
  readonly request: PropagationRequest;
  readonly result: PropagationResult;
  readonly claims: readonly Claim[];
  readonly text: string;
}

export async function judge(given: Partial<PropagationRequest>): Promise<Judged> {
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

/** The largest of some values over the least; Infinity where one is 0, or no number. */
const spread = (values: readonly number[]) =>
  values.every((value) => value > 0 && value < Infinity)
    ? Math.max(...values) / Math.min(...values)
    : Infinity;

/** How many of the first values stay within a factor 10. */
function within(values: readonly number[]): number {
  let count = 0;
  while (count < values.length && spread(values.slice(0, count + 1)) <= 10) ++count;
  return count;
}

/** How values run from the inputs on, and back from the last layer. */
export function runOf(signal: readonly number[], back: readonly number[]) {
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

/** Values, and Infinity where not all numbers that they are of are finite. */
export const clean = (values: Float64Array, bad: Float64Array) =>
  [...values].map((value, i) => ((bad[i] ?? 0) > 0 ? Infinity : value));

/** Mean squares forward, and of the gradient, by place; of many networks the median's. */
export function meanSquares({ activation, gradient, ranges }: PropagationResult) {
  const finite = (values: Float64Array) =>
    [...values].map((value) => (Number.isNaN(value) ? Infinity : value));
  return ranges
    ? { forward: finite(ranges.secondMoment.median), back: finite(ranges.gradient.median) }
    : {
        forward: clean(activation.secondMoment, activation.nonfinite),
        back: clean(gradient.secondMoment, gradient.nonfinite),
      };
}

/** What was measured, by a way of its own: values from the inputs on, and from the last layer back. */
export function measured(result: PropagationResult) {
  const { forward, back } = meanSquares(result);
  return runOf([result.input.secondMoment, ...forward], back.reverse());
}

/** "3.1×10⁻¹⁵" as a number. */
export function numberOf(text: string): number {
  const plain = text.replaceAll("−", "-");
  const [mantissa = "", power = ""] = plain.split(/×?10(?=[⁻⁰-⁹¹²³])/);
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const exponent = Array.from(power, (c) => (c === "⁻" ? "-" : String(digits.indexOf(c)))).join("");
  return (mantissa === "" ? 1 : Number(mantissa)) * 10 ** Number(exponent || "0");
}

const NUMBER = "(−?\\d+(?:\\.\\d+)?(?:×10[⁻⁰¹²³⁴-⁹]+)?|10[⁻⁰¹²³⁴-⁹]+)";

export const near = (a: number, b: number) => Math.abs(a - b) <= 0.0051 * Math.abs(b) + 1e-12;

/** Whether a factor that is printed bounds what it is of, and not by far. */
const bound = (printed: number, is: number) => printed >= is * (1 - 1e-9) && printed <= is * 1.11;

/** Sentences that must not stand beside one another. */
export type Opposites = readonly (readonly [RegExp, RegExp])[];

/** Finds faults of a text: sentences beside their opposites, and by its checks what is not so. */
export function checksOf(text: string, opposites: Opposites = []) {
  const faults = opposites
    .filter(([a, b]) => a.test(text) && b.test(text))
    .map(([a, b]) => `${a} beside ${b}`);
  return {
    faults,
    has: (pattern: RegExp) => pattern.test(text),
    must: (holds: boolean, what: string) => {
      if (!holds) faults.push(what);
    },
    /** Every sentence of a pattern, whose # are numbers. */
    check: (pattern: string, holds: (...numbers: number[]) => boolean) => {
      for (const [all, ...groups] of text.matchAll(
        new RegExp(pattern.replaceAll("#", NUMBER), "g"),
      ))
        if (!holds(...groups.map((group: string | undefined) => (group ? numberOf(group) : NaN))))
          faults.push(`not so: ${all}`);
    },
  };
}

/** By how much a change is off from none, whichever way. */
const spreadOfTwo = (change: number) => Math.max(change, 1 / change);

/** Checks the numbers of the sentences that begin with `what`, the signal or the gradient. */
export function checkWay(
  check: ReturnType<typeof checksOf>["check"],
  what: string,
  spreads: number,
  change: number,
  predicted: number,
): void {
  check(`${what} keeps its size: its mean square stays within a factor #`, (x = NaN) =>
    bound(x, spreads),
  );
  check(
    `${what}’s mean square changes by a factor # .*?, and stays within a factor # on`,
    (x = NaN, y = NaN) => near(x, change) && bound(y, spreads),
  );
  check(`${what}’s mean square (?:grows|shrinks) by # orders`, (x = NaN) =>
    near(x, Math.abs(Math.log10(change))),
  );
  check(`${what}.*Theory says a factor #\\.(?:\\n|$)`, (x = NaN) => near(x, predicted));
  for (const [verb, sign] of [
    ["grows", 1],
    ["shrinks", -1],
  ] as const)
    check(`${what}.*Theory says that it ${verb} by #\\.(?:\\n|$)`, (x = NaN) =>
      near(x, sign * Math.log10(predicted)),
    );
  check(`(${what}).*Theory says that it keeps its size\\.`, () => spreadOfTwo(predicted) <= 2);
  check(
    `(${what}).*(orders of magnitude.*says a factor|a factor.*says that it (?:grows|shrinks))`,
    () => false,
  );
  check(
    `${what} changes by a factor # instead of #`,
    (x = NaN, y = NaN) => near(x, change) && near(y, predicted),
  );
}

const OPPOSITES: Opposites = [
  [/The signal keeps its size/, /The signal (is lost|explodes)|There is no signal/],
  [/The signal keeps its size/, /The signal’s mean square (grows|shrinks|changes)/],
  [/The gradient keeps its size/, /The gradient (is lost|is not finite)/],
  [/The gradient keeps its size/, /The gradient’s mean square (grows|shrinks|changes)/],
  [/Critical:/, /Ordered:|Chaotic:|gradient’s mean square (grows|shrinks)/],
  [/Ordered:/, /Chaotic:/],
  [/The gradient keeps its size/, /gradients (grow|shrink) backward/],
  [/neither vanish nor explode/, /gradient’s mean square (grows|shrinks)|gradient is (lost|not)/],
  [/no limit here/, /explodes|is lost|orders of magnitude|can be trained/],
  [/Inputs become alike/, /Inputs part/],
  [/Nothing that was tried/, /^Better:/m],
  [/Here the measurement holds/, /Critical:|Ordered:|Chaotic:|no limit here/],
  [/is narrow/, /Critical:|Ordered:|Chaotic:|no limit here/],
];

export function faultsOf({ result, text, claims }: Judged): string[] {
  const seen = measured(result);
  const { faults, has, must } = checksOf(text, OPPOSITES);
  must(has(/The signal keeps its size/) === seen.signal <= 2, "signal kept");
  must(has(/The gradient keeps its size/) === seen.gradient <= 2, "gradient kept");
  must(has(/signal is lost|signal explodes|no signal/) === (seen.signal === Infinity), "lost");
  must(!has(/signal’s mean square grows/) || seen.change >= 10, "signal grows");
  must(!has(/signal’s mean square shrinks/) || seen.change <= 0.1, "signal shrinks");
  must(!has(/gradient’s mean square grows/) || seen.backward >= 10, "gradient grows");
  must(!has(/gradient’s mean square shrinks/) || seen.backward <= 0.1, "gradient shrinks");
  must(!has(/no limit here|neither vanish/) || seen.worst <= 10, "no limit");
  // A gradient that is 0 from the last layer on has no factor.
  must(!has(/Ordered:/) || !(seen.backward >= 10), "ordered, and the gradient grows");
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

/** Every number of the sentences about signal, gradient, correlation and theory, and what it must be. */
export function numberFaults({ result, text, request }: Judged): string[] {
  const seen = measured(result);
  const { theory } = result;
  const depth = result.activation.secondMoment.length;
  const { faults, check } = checksOf(text);
  const predicted = {
    signal: (theory.secondMoment.at(-1) ?? NaN) / theory.input,
    gradient: (theory.gradient[0] ?? NaN) / (theory.gradient.at(-1) ?? NaN),
  };
  checkWay(check, "[Tt]he signal", seen.signal, seen.change, predicted.signal);
  checkWay(check, "[Tt]he gradient", seen.gradient, seen.backward, predicted.gradient);
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
export async function keptPromise({ request }: Judged, { text, apply }: Claim): Promise<string[]> {
  const { scheme, ...others } = apply ?? expect.fail();
  const after = await judge({ ...request, ...others, schemes: [scheme] });
  const seen = measured(after.result);
  const faults = faultsOf(after);
  const said = /within a factor ([\d.]+) over \d+ layers/.exec(text)?.[1];
  const factor = Number(said ?? (text.includes("stay as they are") ? 1 : NaN));
  const reach = Number(/over (\d+) of \d+ layers/.exec(text)?.[1]);
  if (text.startsWith("Better:")) {
    if (!(seen.worst <= factor && seen.worst > factor * 0.9 - 0.1 && factor <= 10))
      faults.push(`promised ${factor}, became ${seen.worst}`);
  } else if (seen.reach !== reach) faults.push(`promised ${reach} layers, became ${seen.reach}`);
  return faults.map((fault) => `after ${text} ${fault}`);
}
