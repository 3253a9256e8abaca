/** The core's catalogue, typed. Everything the page knows about a field it knows from here. */
import { data } from "../generated/catalogue.js";
import type * as ids from "../generated/catalogue.js";

export type ActivationId = ids.ActivationId;
export type ArgumentId = ids.ArgumentId;
export type ChoiceId = ids.ChoiceId;
export type FieldId = ids.FieldId;
export type LibraryLayerId = ids.LayerId;
export type ReasonId = ids.ReasonId;
export type RequestKind = ids.RequestKind;
export type SchemeFamily = ids.SchemeFamily;
export type SchemeId = ids.SchemeId;

type FieldKind = "number" | "integer" | "choice" | "seed" | "shape" | "scheme" | "text";
export type FieldValue = number | string | number[];

/** One field of a request or a scheme. */
export interface Field {
  readonly id: FieldId;
  readonly kind: FieldKind;
  readonly default: FieldValue;
  readonly min?: number;
  readonly max?: number;
  /** The one use of a scheme, "weight" or "bias", that reads this parameter; all unless given. */
  readonly use?: string;
  /** How many extents a shape may have. */
  readonly leastRank?: number;
  readonly mostRank?: number;
  /** Ids of a choice; what a scheme may be used for ("weight", "bias"). */
  readonly choices?: readonly string[];
  /** Whether it must not be left out. */
  readonly required?: boolean;
  /** The field that says what holds when this one is left out. */
  readonly follows?: FieldId;
  readonly symbolMathml?: string;
}

export interface Scheme {
  readonly id: SchemeId;
  readonly family: SchemeFamily;
  readonly uses: readonly string[];
  /** Activations that its derivation is for; none where it is for any or a parameter says which. */
  readonly assumes: readonly ActivationId[];
  readonly fields: readonly Field[];
  readonly formula: string;
  readonly formulaMathml: string;
  readonly substitutedMathml: string;
  readonly source: string;
  /** How many extents its tensors may have. */
  readonly leastRank: number;
  readonly mostRank: number;
  /** Whether every machine draws the same bits; otherwise they agree within 2e-6 of the gain. */
  readonly exact: boolean;
}

/** A layer of PyTorch or Keras, with its arguments. All of them are in library-layers.ts. */
export interface LibraryLayer {
  readonly id: LibraryLayerId;
  readonly framework: "torch" | "keras";
  readonly fields: readonly Field[];
  /** Further arguments of its constructor, a space between them: they draw nothing. */
  readonly inert: string;
}

export interface Activation {
  readonly id: ActivationId;
  readonly saturates: boolean;
  /** Whether phi(a z) = a phi(z) for positive a. */
  readonly scaleFree: boolean;
  /** The field whose text says what it is, of an activation that readers type. */
  readonly needs?: FieldId;
}

export interface Catalogue {
  /** Version of the core that printed it: "0.1.0". */
  readonly version: string;
  readonly algo: number;
  readonly schemes: readonly Scheme[];
  readonly activations: readonly Activation[];
  readonly gains: readonly { readonly id: string; readonly gain: number }[];
  readonly requests: Readonly<Record<RequestKind, readonly Field[]>>;
  readonly limits: Readonly<Record<ids.LimitId, number>>;
  /** Ends of the range of seeds, which no number holds. */
  readonly seed: Readonly<Record<"least" | "most", string>>;
  readonly reasons: readonly { readonly id: ReasonId; readonly text: string }[];
}

export const catalogue = data as unknown as Catalogue;

const schemesById = new Map(catalogue.schemes.map((scheme) => [scheme.id, scheme]));
const activationsById = new Map(catalogue.activations.map((each) => [each.id, each]));

/** The scheme with this id. Throws for an unknown one: validate first. */
export function schemeOf(id: SchemeId): Scheme {
  const scheme = schemesById.get(id);
  if (!scheme) throw new RangeError(`unknown scheme ${id}`);
  return scheme;
}

/** The activation with this id. Throws for an unknown one: validate first. */
export function activationOf(id: ActivationId): Activation {
  const activation = activationsById.get(id);
  if (!activation) throw new RangeError(`unknown activation ${id}`);
  return activation;
}

/** Fields that one activation has to itself. */
const PARAMETERS: Partial<Record<ActivationId, FieldId>> = {
  leaky_relu: "negative_slope",
  sin: "omega_0",
};

/** The field of a request that an activation has to itself; undefined for none. */
export function ownField(id: ActivationId): FieldId | undefined {
  return PARAMETERS[id] ?? activationOf(id).needs;
}

export function isActivationId(id: unknown): id is ActivationId {
  return activationsById.has(id as ActivationId);
}

export function isSchemeId(id: unknown): id is SchemeId {
  return schemesById.has(id as SchemeId);
}

/** Schemes that may stand in a field of kind "scheme". */
export function schemesFor(field: Field): readonly Scheme[] {
  return catalogue.schemes.filter((scheme) =>
    scheme.uses.some((use) => field.choices?.includes(use)),
  );
}

/** The parameters of a scheme that do something where it stands in this field. */
export function parametersFor(scheme: Scheme, field: Field): readonly Field[] {
  return scheme.fields.filter(({ use }) => use === undefined || field.choices?.includes(use));
}

/** The field of a request, by id. Throws for an unknown one. */
export function requestField(kind: RequestKind, id: FieldId): Field {
  const field = catalogue.requests[kind].find((candidate) => candidate.id === id);
  if (!field) throw new RangeError(`unknown field ${id} of ${kind}`);
  return field;
}

/** The most that a field of a request may be. Throws for one that has no range. */
export function mostOf(kind: RequestKind, id: FieldId): number {
  const { max } = requestField(kind, id);
  if (max === undefined) throw new RangeError(`${kind}.${id} has no range`);
  return max;
}
