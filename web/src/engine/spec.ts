/** Requests as the core's flat specs: one for each scheme. */
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

/** The specs of a checked request, one for each scheme; the reader's own numbers are no part of them. */
export function flatten(request: Requests[JobKind]): FlatSpec[] {
  const { schemes, ...rest } = request;
  const fields = Object.entries(rest).filter(([id]) => id !== "data");
  const common = fields.map(([id, value]): FlatSpec =>
    typeof value === "object" && !Array.isArray(value)
      ? flattenScheme(id, value as SchemeRequest)
      : { [id]: value as FieldValue },
  );
  return schemes.map((scheme, i) => {
    const spec = Object.assign({}, ...common, flattenScheme("scheme", scheme)) as FlatSpec;
    // The point and the map are the same for every scheme: the first brings them.
    return "detail" in spec && i > 0 ? { ...spec, detail: "place" } : spec;
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
