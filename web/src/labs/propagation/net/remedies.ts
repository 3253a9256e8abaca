/**
 * What might mend a net, tried on the net itself: schemes that are made for residual networks, branches of
 * another scale, norms, and a last layer that begins where its loss does. Texts are changed where the plan
 * says that their blocks stand.
 */
import { isSchemeId } from "../../../engine/catalogue.js";
import type { Engine } from "../../../engine/client.js";
import { sameScheme, schemeWith } from "../../../engine/request.js";
import type { PropagationRequest, SchemeRequest } from "../../../engine/request.js";
import type { NetItem, PlanResult, PropagationResult } from "../../../engine/results.js";
import { planOf } from "../plan.js";
import { fittings, isFitting } from "../verdict/fitting.js";
import { HOLDS, reachOf, STEADY, worstOf } from "../verdict/reading.js";
import type { Reading } from "../verdict/reading.js";
import { ails, compare, improves, MOST_OFFERS, propagated } from "../verdict/remedies.js";
import type { Remedy, Trial } from "../verdict/remedies.js";
import { joinedOf } from "./blocks.js";
import { madeFor } from "./presets.js";
import { childrenOf, lastDense, optionPart, spliced } from "./splice.js";

/** Blocks behind which another norm does nothing. */
const NORMS: readonly string[] = ["ln", "rms", "gn", "bn"];
/** Digits of a scale that is no rule. */
const DIGITS = 3;
/** A loss that is above ln C by more is the last layer's. */
export const EXCESS = 0.1;
/** How small the weights of a head are that begins near ln C and passes a gradient on. */
const HEAD_STD = 0.01;

const residual = ({ items }: PlanResult) =>
  items.flatMap(({ block }, i) => (block === "res" ? [i] : []));

/** The net with every branch times a scale. */
export function scaledBranches(plan: PlanResult, scale: string): string {
  const parts = residual(plan).flatMap((i) => optionPart(plan, i, "scale", scale));
  return spliced(plan.text, parts);
}

/** Whether an item stands in the branch or the shortcut of a residual block. */
function inResidual({ items }: PlanResult, { parent }: NetItem): boolean {
  for (let at = items[parent]; at; at = items[at.parent]) if (at.block === "res") return true;
  return false;
}

/**
 * The net with a learned factor of 0 at the end of each branch of its trunk, as ReZero has it. Where a
 * branch is 0 already, another factor of 0 would have no gradient, nor would one within a branch.
 */
export function rezeroed(plan: PlanResult, result: PropagationResult): string {
  const joined = joinedOf(result);
  const adds = (place: number) =>
    plan.blocks.every(({ item, row }) => item !== place || (joined?.branch[row] ?? 0) > 0);
  const parts = residual(plan).flatMap((i) => {
    const item = plan.items[i];
    const last = plan.items[childrenOf(plan, i).at(-1) ?? -1];
    return item && last && !inResidual(plan, item) && adds(i)
      ? [{ begin: last.end, end: last.end, by: ",scale;value:0" }]
      : [];
  });
  return spliced(plan.text, parts);
}

/** The net with a LayerNorm at the start of each branch that has no norm there. */
export function normedBranches(plan: PlanResult): string {
  const parts = residual(plan).flatMap((i) => {
    const first = plan.items[childrenOf(plan, i)[0] ?? -1];
    return first && !NORMS.includes(first.block)
      ? [{ begin: first.begin, end: first.begin, by: "ln," }]
      : [];
  });
  return spliced(plan.text, parts);
}

/** A net without branches with a LayerNorm before each activation that follows none. */
export function normedActivations(plan: PlanResult): string {
  const parts = plan.items.flatMap(({ block, begin, parent }, i) => {
    const before = plan.items.slice(0, i).findLast((item) => item.parent === parent);
    return block === "phi" && before && !NORMS.includes(before.block)
      ? [{ begin, end: begin, by: "ln," }]
      : [];
  });
  return spliced(plan.text, parts);
}

/**
 * The last layer with a scheme of its own, and biases of 0 where it has none of its own; where it is no
 * block with the network's weights, or one of many, there is none.
 */
export function headWith(
  plan: PlanResult,
  weight: string,
  { bias }: PropagationRequest,
): { readonly net: string; readonly head: string } | undefined {
  const item = plan.items[lastDense(plan)];
  if (item?.weight !== null) return undefined;
  const own = item.bias === null && bias.scheme !== "zeros" ? ";bias:zeros" : "";
  const head = `${plan.text.slice(item.begin, item.end)};weight:${weight}${own}`;
  return { net: spliced(plan.text, [{ begin: item.begin, end: item.end, by: head }]), head };
}

/** 1/sqrt of the blocks, or twice as many: by rule where the field `depth` counts them. */
function scales(plan: PlanResult, { depth }: PropagationRequest, blocks: number): string[] {
  const byDepth = blocks === depth && plan.items.some((item) => item.byDepth);
  return [1, 2].map((times) =>
    byDepth
      ? `1/sqrt(${times === 1 ? "" : times}depth)`
      : String(Number((1 / Math.sqrt(times * blocks)).toPrecision(DIGITS))),
  );
}

const PLAIN_SCHEMES = [
  schemeWith("kaiming_normal"),
  schemeWith("xavier_normal"),
  schemeWith("library"),
];
const RESIDUAL_SCHEMES = Object.keys(madeFor)
  .filter(isSchemeId)
  .map((id) => schemeWith(id));

/** What a network did under one of its schemes. */
interface Judged {
  readonly scheme: SchemeRequest;
  readonly result: PropagationResult;
}

/** Changes of the net under one of its schemes. */
function changesFor(
  plan: PlanResult,
  request: PropagationRequest,
  { scheme, result }: Judged,
  blocks: number,
): readonly Remedy[] {
  const base = { scheme, bias: request.bias, chiQ: NaN };
  const changed: Remedy[] =
    blocks > 0
      ? [
          ...scales(plan, request, blocks).map((change): Remedy => ({
            ...base,
            reason: "scale",
            net: scaledBranches(plan, change),
            change,
          })),
          { ...base, reason: "rezero", net: rezeroed(plan, result) },
          { ...base, reason: "norm", net: normedBranches(plan) },
        ]
      : [{ ...base, reason: "normed", net: normedActivations(plan) }];
  return changed.filter(({ net }) => net !== plan.text);
}

/** Heads that might begin at ln C, of which the first is offered and the second told of. */
function headsFor(
  plan: PlanResult,
  request: PropagationRequest,
  scheme: SchemeRequest,
): readonly Remedy[] {
  const base = { scheme, bias: request.bias, chiQ: NaN };
  const small = headWith(plan, `normal[std:${HEAD_STD}]`, request);
  const zeros = headWith(plan, "zeros", request);
  if (!small || !zeros) return [];
  return [
    { ...base, reason: "head", net: small.net, change: small.head },
    { ...base, reason: "zeroHead", net: zeros.net, change: zeros.head },
  ];
}

/** By how much a loss at the start is above that of equal logits; NaN without a head. */
export function excessOf({ initialLoss, rows }: PropagationResult): number {
  return initialLoss - Math.log(rows?.at(-1)?.units ?? NaN);
}

/** Whether there is anything about a net that something might mend. */
export function lacks(result: PropagationResult): boolean {
  return ails(result) || excessOf(result) > EXCESS;
}

/** Tries on a net what might mend it under each of its schemes. Costs a propagation each. */
export async function tryOnNet(
  engine: Engine,
  request: PropagationRequest,
  results: readonly Judged[],
  signal?: AbortSignal,
): Promise<readonly Trial[]> {
  const plan = await planOf(engine, request);
  if (!plan) return [];
  const blocks = plan.rows.filter(({ block }) => block === "res").length;
  const ailing = results.filter(({ result }) => ails(result));
  const schemes = [...PLAIN_SCHEMES, ...(blocks > 0 ? RESIDUAL_SCHEMES : [])].map(
    (scheme): Remedy => ({ reason: "scheme", scheme, bias: request.bias, chiQ: NaN }),
  );
  const own = ailing.map(({ scheme }) => scheme);
  const fitting = await fittings(engine, request, plan, own, signal);
  return propagated(
    engine,
    request,
    [
      ...fitting,
      ...ailing.flatMap((judged) => changesFor(plan, request, judged, blocks)),
      ...(ailing.length > 0 ? schemes : []),
      ...results
        .filter(({ result }) => excessOf(result) > EXCESS)
        .flatMap(({ scheme }) => headsFor(plan, request, scheme)),
    ],
    signal,
  );
}

/** The trial of this reason under a scheme. */
export function trialOf(
  trials: readonly Trial[],
  reason: Remedy["reason"],
  scheme: SchemeRequest,
): Trial | undefined {
  return trials.find(({ remedy }) => remedy.reason === reason && sameScheme(remedy.scheme, scheme));
}

/** Of what was tried, the networks that are others than the one under a scheme; another head is none. */
export function trialsAbout(trials: readonly Trial[], scheme: SchemeRequest): readonly Trial[] {
  return trials
    .filter(({ remedy }) => remedy.reason !== "head" && remedy.reason !== "zeroHead")
    .filter(({ remedy }) =>
      remedy.net === undefined && !isFitting(remedy)
        ? !sameScheme(remedy.scheme, scheme)
        : sameScheme(remedy.scheme, scheme),
    );
}

/**
 * Of what was tried, what a net gains by: the best of each kind, or else the one that comes nearest.
 * Branches that begin at 0 hold whatever is in them, and their weights move from the second step on: they
 * come last.
 */
export function netOffers(
  now: Reading,
  trials: readonly Trial[],
  scheme: SchemeRequest,
): readonly Trial[] {
  if (worstOf(now) <= STEADY) return [];
  const ranked = trialsAbout(trials, scheme)
    .filter(({ reading }) => improves(now, reading))
    .toSorted(
      ({ reading: a, remedy: x }, { reading: b, remedy: y }) =>
        Number(isFitting(y)) - Number(isFitting(x)) ||
        Number(x.reason === "rezero") - Number(y.reason === "rezero") ||
        compare(worstOf(a), worstOf(b)) ||
        reachOf(b) - reachOf(a),
    );
  const holding = ranked
    .filter(({ reading }) => worstOf(reading) <= HOLDS)
    .filter(
      ({ remedy }, i, all) => all.findIndex((other) => other.remedy.reason === remedy.reason) === i,
    );
  return holding.length > 0 ? holding.slice(0, MOST_OFFERS) : ranked.slice(0, 1);
}
