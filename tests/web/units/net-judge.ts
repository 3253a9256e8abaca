/** A verdict on a net with what was measured beside it, by a way of its own, and what is not so in it. */
import { expect } from "vitest";
import { checkRequest } from "../../../web/src/engine/request.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import type { PropagationResult } from "../../../web/src/engine/results.js";
import { lacks, netVerdict, tryOnNet } from "../../../web/src/labs/propagation/net/figures.js";
import { verdictOf } from "../../../web/src/labs/propagation/verdict/claims.js";
import type { Claim } from "../../../web/src/labs/propagation/verdict/claims.js";
import { checksOf, checkWay, engine, meanSquares, near, numberOf, runOf } from "./judge.js";
import type { Opposites } from "./judge.js";

export interface JudgedNet {
  readonly request: PropagationRequest;
  readonly result: PropagationResult;
  readonly claims: readonly Claim[];
  readonly text: string;
  readonly arriving: { readonly before: number; readonly entering: number };
}

export async function judgeNet(given: Partial<PropagationRequest>): Promise<JudgedNet> {
  const { request, issues } = checkRequest("propagation", given);
  expect(issues).toEqual([]);
  const [answer] = await engine.run("propagation", request);
  const { scheme, result } = answer ?? expect.fail("no answer");
  expect(result.rows).not.toBeNull();
  const trials = lacks(result) ? await tryOnNet(engine, request, [{ scheme, result }]) : [];
  const shown = { slot: 0, name: "It", scheme, result };
  const [claims, chinese] = (["en", "zh"] as const).map((locale) =>
    verdictOf(shown, request, trials, locale, netVerdict(result, locale)),
  );
  if (!claims || !chinese) expect.fail("no verdict");
  expect(chinese.map(({ kind, apply }) => ({ kind, apply }))).toEqual(
    claims.map(({ kind, apply }) => ({ kind, apply })),
  );
  for (const { text } of [...claims, ...chinese])
    expect(text).not.toMatch(/undefined|NaN|—|\[object|χ|ξ|σ_w|\blayer \d|第 \d+ 层/);
  const comes = await arrivingAt(request, result);
  return {
    request,
    result,
    claims,
    arriving: comes,
    text: claims.map(({ text }) => text).join("\n"),
  };
}

/** Along the rows of residual blocks, or of activations, or whatever there is. */
export function measuredNet(result: PropagationResult) {
  const { input, rows } = result;
  const all = rows ?? expect.fail("no rows");
  const kind =
    (all.find(({ block }) => block === "res") ?? all.find(({ block }) => block === "phi") ?? all[0])
      ?.block ?? "";
  const places = [...all.keys()].filter((i) => all[i]?.block === kind);
  const { forward, back: backward } = meanSquares(result);
  const at = (values: readonly number[]) => places.map((i) => values[i] ?? NaN);
  const first = places[0] ?? 0;
  const start = first === 0 ? input.secondMoment : (forward[first - 1] ?? NaN);
  return { places, ...runOf([start, ...at(forward)], at(backward).reverse()) };
}

/** Mean square of what comes to the last row, and of what its layer takes in, behind a norm 1. */
async function arrivingAt(request: PropagationRequest, result: PropagationResult) {
  const { input, activation, rows } = result;
  const place = (rows ?? []).length - 2;
  const before =
    place < 0
      ? input.secondMoment
      : activation.nonfinite[place] === 0
        ? (activation.secondMoment[place] ?? NaN)
        : Infinity;
  const [answer] = await engine.run("plan", request);
  const { blocks, items } = answer?.result ?? expect.fail("no plan");
  const between = blocks.filter(({ row }) => row === place + 1).map(({ item }) => items[item]);
  const normed = between.some((item) => ["ln", "rms", "gn", "bn"].includes(item?.block ?? ""));
  // A norm's epsilon keeps what is next to nothing below 1.
  return { before, entering: normed ? Math.min(1, before / 1e-5) : before };
}

/** Sentences that must not stand beside one another. */
const OPPOSITES: Opposites = [
  [
    /(signal|trunk) keeps its size/,
    /signal is lost|signal explodes|no signal|(signal|trunk)’s mean square/,
  ],
  [/gradient keeps its size/, /gradient is (lost|not finite)|gradient’s mean square/],
  [/Inputs become alike/, /Inputs part/],
  [/Nothing that was tried/, /^Better:/m],
  [/no theory/, /Theory says|Here the measurement holds/],
  [/starts as it should/, /adds|Tried: with|above that|reaches the last layer/],
  [/starts as it should/, /signal is lost|signal explodes|no signal/],
  [/last layer adds/, /above that/],
];

export function netFaults({ result, text, claims, arriving }: JudgedNet): string[] {
  const seen = measuredNet(result);
  const { theory, rows, initialLoss } = result;
  const { faults, has, must, check } = checksOf(text, OPPOSITES);
  must(has(/(signal|trunk) keeps its size/) === seen.signal <= 2, "signal kept");
  must(has(/gradient keeps its size/) === seen.gradient <= 2, "gradient kept");
  must(has(/signal is lost|signal explodes|no signal/) === (seen.signal === Infinity), "lost");
  must(!has(/Better:|Further:|Nothing that/) || seen.worst > 2, "mends what is whole");
  must(has(/no theory/) === (theory.gap !== ""), "gap");
  for (const kind of ["signal", "gradient", "gap", "loss", "nothing"] as const)
    must(claims.filter((claim) => claim.kind === kind).length <= 1, `twice ${kind}`);
  const [first = 0, last = 0] = [seen.places[0], seen.places.at(-1)];
  const start = first === 0 ? theory.input : theory.secondMoment[first - 1];
  const predicted = {
    signal: (theory.secondMoment[last] ?? NaN) / (start ?? NaN),
    gradient: (theory.gradient[first] ?? NaN) / (theory.gradient[last] ?? NaN),
  };
  checkWay(check, "(?:signal|trunk)", seen.signal, seen.change, predicted.signal);
  checkWay(check, "gradient", seen.gradient, seen.backward, predicted.gradient);
  const classes = rows?.at(-1)?.units ?? NaN;
  must(has(/Loss at the start/) === !Number.isNaN(initialLoss), "loss");
  check(
    "Loss at the start: # for # equally likely classes, where ln # = #\\.",
    (x = NaN, n = NaN, m = NaN, y = NaN) =>
      near(x, initialLoss) && n === classes && m === classes && near(y, Math.log(classes)),
  );
  const above = initialLoss - Math.log(classes);
  const { before, entering } = arriving;
  check("last layer adds #\\.", (x = NaN) => near(x, above) && entering <= 8);
  check(
    "# above that: before the last layer the signal has grown to a mean square of #\\.",
    (x = NaN, y = NaN) => near(x, above) && near(y, before) && entering > 4,
  );
  check(
    "reaches the last layer: its mean square is #\\.",
    (x = NaN) => near(x, before) && entering < 0.1,
  );
  must(!has(/No signal reaches/) || before === 0, "a signal reaches the last layer");
  must(
    !has(/starts as it should/) || (entering >= 0.1 && entering <= 100),
    "praise of what no signal reaches",
  );
  return faults;
}

/** What a button of the verdict does, against what its sentence promises. */
export async function keptNetPromise(
  { request }: Pick<JudgedNet, "request">,
  claim: Claim,
): Promise<string[]> {
  const { text, apply } = claim;
  if (!apply) return [];
  const { scheme, ...others } = apply;
  const after = await judgeNet({ ...request, ...others, schemes: [scheme] });
  const seen = measuredNet(after.result);
  const faults = netFaults(after);
  if (claim.kind === "loss") {
    const loss = numberOf(/it starts at ([^ ]+?)\. /.exec(text)?.[1] ?? "");
    const classes = after.result.rows?.at(-1)?.units ?? NaN;
    if (!near(loss, after.result.initialLoss)) faults.push(`loss ${after.result.initialLoss}`);
    if (!(after.result.initialLoss - Math.log(classes) <= 0.1)) faults.push("no better");
  } else if (text.startsWith("Better:")) {
    const said = /within a factor ([\d.]+) over (?:\d+ blocks|the one block)/.exec(text)?.[1];
    const factor = Number(said ?? (text.includes("stay as they are") ? 1 : NaN));
    if (!(seen.worst <= factor && seen.worst > factor * 0.9 - 0.1 && factor <= 10))
      faults.push(`promised ${factor}, became ${seen.worst}`);
  } else {
    const reach = Number(/over (\d+) of \d+ blocks?/.exec(text)?.[1]);
    if (seen.reach !== reach) faults.push(`promised ${reach} blocks, became ${seen.reach}`);
  }
  return faults.map((fault) => `after ${text} ${fault}`);
}
