/** An audit's numbers as sentences. Careful: "untouched" stands for a certificate, and nothing else. */
import type { AuditMessages } from "../../i18n/audit.js";
import { formatCount, formatNumber, formatShare } from "../../i18n/numbers.js";
import type { Found } from "./facts.js";
import type { AcceptedLaw, TensorReport } from "./types.js";

/** Names of laws that a sentence lists; the table of a tensor has all. */
const MOST_NAMES = 2;

/** A law by the first of its names; one without a name by its shape and scale. */
export function lawName(
  { names, shape, std, bound }: AcceptedLaw,
  { audit, between }: AuditMessages,
) {
  const [name] = names;
  if (name !== undefined) return name;
  const scale =
    shape === "uniform"
      ? audit.opened.bound(formatNumber(bound))
      : audit.opened.formula(formatNumber(std));
  return audit.shapes[shape] + between.items + scale;
}

/** The first laws that remain, and how many more. */
function remaining(laws: readonly AcceptedLaw[], messages: AuditMessages): string {
  const { audit, between } = messages;
  const names = [
    ...new Set(
      laws.flatMap((law) => (law.names.length > 0 ? law.names : [lawName(law, messages)])),
    ),
  ];
  const rest = names.length - MOST_NAMES;
  return [...names.slice(0, MOST_NAMES), ...(rest > 0 ? [audit.said.moreNames(rest)] : [])].join(
    between.items,
  );
}

/** Words of an id that the core gave; the id itself where none are known. */
export const whyText = (why: string, { audit }: AuditMessages): string =>
  (Object.hasOwn(audit.why, why) ? audit.why[why] : undefined) ?? why;

/** What seeds PyTorch's generator, as it is written. */
export const seedCall = (seed: number): string => `torch.manual_seed(${seed})`;

/** What is said of a tensor: its certificate, or the careful words instead of one. */
export function verdictText(report: TensorReport, messages: AuditMessages): string {
  const { said, verdicts } = messages.audit;
  const { verdict, why, laws, seed, certificate, distance } = report;
  const { sentences, label } = messages.between;
  const reason = whyText(why, messages);
  switch (verdict) {
    case "untouched": {
      if (seed) return said.untouchedSeed(seedCall(seed.seed), formatCount(seed.offset));
      const bound = laws.find(({ shape }) => shape === "uniform")?.bound;
      return certificate === "lattice" && bound !== undefined
        ? said.untouchedLattice(formatNumber(bound))
        : said.untouchedPhase;
    }
    case "consistent":
      return said.consistent(remaining(laws, messages), reason);
    case "not_at_init":
      return [
        why === "no_law" ? said.notAtInit : said.notAtInitBy(reason),
        ...(distance === null ? [] : [said.moved(formatNumber(distance))]),
      ].join(sentences);
    case "trivial":
    case "not_judged":
      return verdicts[verdict] + label + reason;
  }
}

/** Findings whose number is a share of the values. */
const SHARES: readonly string[] = ["underflow_f16", "subnormal_f16", "never_trained"];
/** And those that count. */
const COUNTS: readonly string[] = [
  "nonfinite",
  "zeros",
  "duplicate_rows",
  "dead_rows",
  "symmetric",
  "copied",
];

export function findingNumber({ id, number }: Pick<Found, "id" | "number">): string {
  if (SHARES.includes(id)) return formatShare(number);
  return COUNTS.includes(id) ? formatCount(number) : formatNumber(number);
}

/** A finding as a sentence; one that is not known by its id. */
export function findingText(
  { id, number, place }: Pick<Found, "id" | "number" | "place">,
  { audit }: AuditMessages,
): string {
  const { texts, other } = audit.findings;
  const said = findingNumber({ id, number });
  const say = Object.hasOwn(texts, id) ? texts[id] : undefined;
  return say ? say(said, place) : other(id, said, place);
}

/** A shape as Python writes it. */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
