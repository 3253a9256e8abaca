/** The npm API's requests for tensors as the core's flat specs. */
import { catalogue, schemeOf } from "./catalogue.js";
import type { TensorFields } from "../generated/request-types.js";
import type { Field, FieldId, FieldValue, SchemeId } from "./catalogue.js";
import { takeTarget } from "./caller/floats.js";
import { recordsOf } from "./caller/records.js";
import { refusal } from "./caller/refusal.js";
import type { Issue } from "./errors.js";
import { checkFields, checkRequestFields, unknownFields } from "./request.js";
import type { SchemeRequest } from "./request.js";
import { flattenScheme } from "./spec.js";
import type { FlatSpec } from "./spec.js";

/** A tensor to draw: a scheme, its parameters, and where in the stream. */
export interface InitializeRequest extends TensorFields {
  readonly scheme: SchemeId;
  /** In every request, null stands for undefined: a field that is left out. */
  readonly [parameter: string]: FieldValue | bigint | readonly number[] | null | undefined;
}

/** What a tensor of a sequence has beside its scheme; of the others, the torch generator has one for all, or none. */
const OWN = ["shape", "in_axis", "out_axis", "batch_axis"] as const satisfies readonly FieldId[];

/** A tensor of a sequence, drawn whole. */
export interface SequenceTensor extends Pick<TensorFields, (typeof OWN)[number]> {
  readonly scheme: SchemeId;
  readonly [parameter: string]: FieldValue | readonly number[] | null | undefined;
}

/** Calls on one generator: `torch.manual_seed(seed)`, then each tensor by its scheme. */
export interface SequenceRequest {
  readonly tensors: readonly SequenceTensor[];
  readonly seed?: string | number | bigint | null;
}

/** What a field of a flat spec is called in a request, where parameters stand beside the others. */
export function besideScheme(field: string): string {
  return field.replace(/^(tensors\.\d+\.)?scheme\./, "$1");
}

/** A tensor's spec, and what is wrong with the tensor. */
function flattenTensor(given: object, fields: readonly Field[], issues: Issue[]): FlatSpec {
  const own = fields.map(({ id }) => id as string).filter((id) => id !== "scheme");
  const entries = Object.entries(given);
  const rest = entries.filter(([key]) => own.includes(key));
  const scheme = Object.fromEntries(entries.filter(([key]) => !own.includes(key)));
  const found: Issue[] = [];
  const checked = checkRequestFields(
    fields,
    Object.fromEntries([...rest, ["scheme", scheme]]),
    found,
  );
  const { scheme: complete, ...others } = checked as { scheme: SchemeRequest };
  const parameters = schemeOf(complete.scheme).fields.map(({ id }) => id);
  const known = ["scheme", ...own, ...parameters].join(", ");
  for (const issue of found) {
    const allowed = issue.reason === "unknown_field" ? known : issue.allowed;
    issues.push({ ...issue, field: besideScheme(issue.field), allowed });
  }
  return { ...(others as Record<string, FieldValue>), ...flattenScheme("scheme", complete) };
}

/** Parameters of the scheme stand beside the other fields. Throws an InitscopeError. */
export function flattenInitialize(given: object): FlatSpec {
  const issues: Issue[] = [];
  const spec = flattenTensor(given, catalogue.requests.initialize, issues);
  if (issues.length > 0) throw refusal(issues);
  return spec;
}

/** Tensors of one torch generator, one after the other. Throws an InitscopeError. */
export function flattenSequence(given: object): FlatSpec[] {
  const all = catalogue.requests.initialize;
  const issues: Issue[] = [];
  const { seed } = checkFields(
    all.filter(({ id }) => id === "seed"),
    given,
    "",
    issues,
  );
  unknownFields(given, ["tensors", "seed"], "", issues);
  const own: readonly FieldId[] = ["scheme", ...OWN];
  const fields = all.filter(({ id }) => own.includes(id));
  const specs = recordsOf(given, "tensors").map((tensor, i) => {
    const found: Issue[] = [];
    const spec = flattenTensor(tensor, fields, found);
    issues.push(...found.map((issue) => ({ ...issue, field: `tensors.${i}.${issue.field}` })));
    return { ...spec, generator: "torch", seed } as FlatSpec;
  });
  if (issues.length > 0) throw refusal(issues);
  return specs;
}

/**
 * The array to write into, taken from the caller, for a complete spec; undefined where none is given,
 * or where the spec has no such part, which is the core's to refuse. Throws an InitscopeError.
 */
export function targetOf(into: unknown, spec: FlatSpec): Float32Array<ArrayBuffer> | undefined {
  if (into === undefined) return undefined;
  const elements = (spec["shape"] as number[]).reduce((product, extent) => product * extent, 1);
  const count = Number(spec["count"]) || elements - Number(spec["first"]);
  return count < 0 ? undefined : takeTarget(into, count);
}
