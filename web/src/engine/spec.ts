/** Requests as the core's flat specs: one for each scheme. */
import { later } from "../generated/jobs.js";
import type { FieldValue } from "./catalogue.js";
import type { Issue } from "./errors.js";
import type { JobKind, Requests, SchemeRequest } from "./request.js";

export type FlatSpec = Readonly<Record<string, FieldValue>>;

/** A scheme under a field's name: "bias", "bias.std". */
export function flattenScheme(name: string, { scheme, ...parameters }: SchemeRequest): FlatSpec {
  const entries = Object.entries(parameters).map(
    ([id, value]) => [`${name}.${id}`, value] as const,
  );
  return { [name]: scheme, ...(Object.fromEntries(entries) as FlatSpec) };
}

/** What schemes after the first are asked instead, in kinds of jobs where that is something else. */
const LATER: Readonly<Partial<Record<JobKind, FlatSpec>>> = later;

/** The specs of a checked request, one for each scheme; the reader's own numbers are no part of them. */
export function flatten<K extends JobKind>(kind: K, request: Requests[K]): FlatSpec[] {
  const { schemes, ...rest } = request;
  const fields = Object.entries(rest).filter(([id]) => id !== "data");
  const common = fields.map(([id, value]): FlatSpec =>
    typeof value === "object" && !Array.isArray(value)
      ? flattenScheme(id, value as SchemeRequest)
      : { [id]: value as FieldValue },
  );
  return schemes.map((scheme, i) => {
    const own = i > 0 ? LATER[kind] : {};
    return Object.assign({}, ...common, own, flattenScheme("scheme", scheme)) as FlatSpec;
  });
}

/** An issue of the core about scheme `index`, with the field's path in the request. */
export function unflattenIssue(issue: Issue, index: number): Issue {
  return { ...issue, field: issue.field.replace(/^scheme(?=\.|$)/, `schemes.${index}`) };
}

/** An issue of the core about a layer's argument, with the field's path in the request. */
export function unflattenLayerIssue(issue: Issue): Issue {
  return { ...issue, field: issue.field.replace(/^(layers\.\d+)\.(?!layer$)/, "$1.args.") };
}
