/** What is computed of an audit for its figures and sentences. */
import type { AcceptedLaw, Audit, Finding, TensorReport, Verdict } from "./types.js";
import { harmOf } from "./rows.js";

/** A finding and the tensor that it is of; "" where it is of the model. */
export interface Found extends Finding {
  readonly tensor: string;
}

/** All findings of a kind. */
export interface Kind {
  readonly id: string;
  /** At least one, the largest number first. */
  readonly found: readonly Found[];
}

/**
 * Kinds of findings, the worst first, then those that stand in most tensors. What is said of the model counts the
 * tensors that have a finding; it stands for itself where none of them says so.
 */
export function inOrderOfHarm(audit: Pick<Audit, "findings" | "tensors">): readonly Kind[] {
  const own: readonly Found[] = audit.tensors.flatMap(({ name, findings }) =>
    findings.map((finding) => ({ ...finding, tensor: name })),
  );
  const rest = audit.findings.filter(({ id }) => !own.some((finding) => finding.id === id));
  const all = [...rest.map((finding) => ({ ...finding, tensor: "" })), ...own];
  const kinds = new Map<string, Found[]>();
  for (const found of all) kinds.set(found.id, [...(kinds.get(found.id) ?? []), found]);
  const worst = ({ found }: Kind) => Math.max(...found.map(harmOf));
  return [...kinds]
    .map(([id, found]) => ({ id, found: found.toSorted((a, b) => harmOf(b) - harmOf(a)) }))
    .sort((a, b) => worst(b) - worst(a) || b.found.length - a.found.length);
}

/** How many tensors have each verdict. */
export function verdictsOf({ tensors }: Pick<Audit, "tensors">): Readonly<Record<Verdict, number>> {
  const counts = { untouched: 0, consistent: 0, not_at_init: 0, trivial: 0, not_judged: 0 };
  for (const { verdict } of tensors) ++counts[verdict];
  return counts;
}

/** sqrt(fan_in) times the std, which He's formula makes sqrt(2); NaN where there is no fan, or nothing random. */
export function scaleOf({ shape, fanIn, statistics, verdict }: TensorReport): number {
  const { std } = statistics;
  const drawn = verdict !== "trivial" && verdict !== "not_judged";
  return drawn && shape.length >= 2 && fanIn >= 1 && std > 0 ? Math.sqrt(fanIn) * std : NaN;
}

/** The tensor that is farthest from its initial values; undefined where none has moved. */
export function farthestOf({ tensors }: Pick<Audit, "tensors">): TensorReport | undefined {
  return tensors
    .filter(({ distance }) => (distance ?? 0) > 0)
    .toSorted((a, b) => (b.distance ?? 0) - (a.distance ?? 0))[0];
}

/** Elements of a row of the matrix that a tensor is: out x rest, and Keras's turned. */
export function columnsOf({ shape, layout }: Pick<TensorReport, "shape" | "layout">): number {
  const count = shape.reduce((product, extent) => product * extent, 1);
  const rows =
    layout === "torch"
      ? (shape[0] ?? 1)
      : shape.slice(0, -1).reduce((product, n) => product * n, 1);
  return rows > 0 ? count / rows : 0;
}

/** A law's density at a value; that of an entry of an orthogonal matrix is nearly normal. */
export function densityOf({ shape, std, bound }: AcceptedLaw, x: number): number {
  if (shape === "uniform") return Math.abs(x) <= bound ? 1 / (2 * bound) : 0;
  const normal = (sigma: number) =>
    Math.exp(-0.5 * (x / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI));
  if (shape === "normal" || shape === "orthogonal") return normal(std);
  // Cut at two standard deviations of the normal law, beyond which a share of .0455 lies.
  return Math.abs(x) <= bound ? normal(bound / 2) / 0.9544997361036416 : 0;
}

/** A part of a stream: a tensor's words, or words that are of no tensor in the file. */
export interface Stretch {
  /** "" for a gap. */
  readonly name: string;
  readonly offset: number;
  readonly words: number;
  readonly proved: boolean;
}

/** The stream from its start to the last tensor's end, gaps named as such. */
export function stretchesOf({
  ledger,
  tensors,
  seed: first,
}: Pick<Audit, "ledger" | "tensors" | "seed">): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { tensor, seed, offset, words, proved } of ledger) {
    if (seed !== first) continue; // of another stream
    const name = tensors[tensor]?.name ?? "";
    if (offset > at) stretches.push({ name: "", offset: at, words: offset - at, proved: false });
    stretches.push({ name, offset, words, proved });
    at = Math.max(at, offset + words);
  }
  return stretches;
}
