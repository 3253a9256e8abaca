/** The section of the course that explains a claim of the verdict. */
import { whyLink } from "../../../controls/why.js";
import type { Section } from "../../../generated/terms.js";
import type { Locale } from "../../../i18n/index.js";
import type { ClaimKind } from "./case.js";

type Whys = Readonly<Partial<Record<ClaimKind, Section>>>;

const MEAN_FIELD = "beyond#mean-field-two-numbers-for-a-deep-network";
const WANDERS = "beyond#orthogonal-weights";

const ofStacks: Whys = {
  signal: "why#a-product-of-many-factors",
  gradient: "why#a-product-of-many-factors",
  range: "random#questions",
  correlation: MEAN_FIELD,
  assumes: "choosing#by-activation",
  home: "choosing#by-architecture",
  gap: "beyond#where-theory-has-no-answer",
  departs: WANDERS,
  narrow: WANDERS,
  phase: MEAN_FIELD,
  depth: MEAN_FIELD,
  critical: MEAN_FIELD,
  remedy: "choosing#by-activation",
  nothing: "choosing#by-architecture",
  loss: "debugging#the-loss-before-the-first-step",
};

const ofNets: Whys = {
  ...ofStacks,
  signal: "beyond#residual-branches",
  gradient: "beyond#residual-branches",
  correlation: "beyond#normalization-before-the-branch-or-after-the-sum",
  remedy: "beyond#the-scale-of-a-branch",
};

/** Those of stacks of layers, and of nets. */
export const whys = { ofStacks, ofNets } as const;

export function whyOf(kind: ClaimKind, net: boolean, locale: Locale): unknown {
  return whyLink((net ? ofNets : ofStacks)[kind], locale);
}
