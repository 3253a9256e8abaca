/** The npm API's `initialize` argument as the core's flat spec. */
import { catalogue } from "./catalogue.js";
import type { FieldValue } from "./catalogue.js";
import { issuesError } from "./errors.js";
import type { Issue } from "./errors.js";
import { checkRequestFields } from "./request.js";
import type { SchemeRequest } from "./request.js";
import { flattenScheme } from "./spec.js";
import type { FlatSpec } from "./spec.js";

/** Parameters of the scheme stand beside the other fields. Throws an InitscopeError. */
export function flattenInitialize(given: object): FlatSpec {
  const own = catalogue.requests.initialize.map(({ id }) => id as string);
  const scheme: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given))
    if (key === "scheme" || !own.includes(key)) scheme[key] = value;
    else rest[key] = value;
  const issues: Issue[] = [];
  const checked = checkRequestFields(catalogue.requests.initialize, { ...rest, scheme }, issues);
  if (issues.length > 0) throw issuesError(issues, catalogue.reasons);
  const { scheme: complete, ...others } = checked;
  return {
    ...(others as Record<string, FieldValue>),
    ...flattenScheme("scheme", complete as SchemeRequest),
  };
}

/** Tensors of one torch generator: each as `initialize` takes it, but for seed and generator. */
export function flattenSequence(tensors: readonly object[], seed: unknown): FlatSpec[] {
  return tensors.map((tensor) =>
    flattenInitialize({ ...tensor, generator: "torch", ...(seed == null ? {} : { seed }) }),
  );
}

/** Throws an InitscopeError where an array cannot take what a complete spec describes. */
export function checkTarget(into: Float32Array, spec: FlatSpec): void {
  const elements = (spec["shape"] as number[]).reduce((product, extent) => product * extent, 1);
  const count = Number(spec["count"]) || elements - Number(spec["first"]);
  if (into.length === count && into.byteLength === into.buffer.byteLength) return;
  const allowed = `${count}, in a buffer of their own`;
  throw issuesError(
    [{ field: "into", value: `${into.length} elements`, reason: "out_of_range", allowed }],
    catalogue.reasons,
  );
}
