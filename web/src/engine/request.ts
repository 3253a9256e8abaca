/**
 * Requests: plain objects that say what to compute. The same object is a lab's state, what the URL
 * holds, the engine's message and the npm API's argument. This is the one schema, read off the
 * catalogue; the core checks once more, and checks what concerns several fields at once.
 */
import { jobs } from "../generated/jobs.js";
import type { JobKind, Requests, SchemeRequest } from "../generated/request-types.js";
import { catalogue, isSchemeId, schemeOf, schemesFor } from "./catalogue.js";
import type { Field, FieldValue, RequestKind, SchemeId } from "./catalogue.js";
import type { Issue } from "./errors.js";
import { shown } from "./shown.js";

export type * from "../generated/request-types.js";

/** A scheme by its id, or with parameters that are not its defaults. */
type Given = SchemeId | { readonly scheme: SchemeId; readonly [parameter: string]: unknown };

/** What the core says of the kinds of jobs. */
const kinds: Readonly<
  Record<
    JobKind,
    {
      readonly request: RequestKind;
      /** Whether numbers of the reader's own may go with the request. */
      readonly takesData: boolean;
      /** Those that are compared unless others are given. */
      readonly schemes: readonly Given[];
    }
  >
> = jobs;

/** Fields of the request that a kind of job answers. */
export function fieldsOf(kind: JobKind): readonly Field[] {
  return catalogue.requests[kinds[kind].request];
}

/** A figure compares at most this many schemes: it has that many colours. */
export const MOST_SCHEMES = catalogue.limits.mostSchemes;

/** A scheme with its defaults, but for the parameters given. */
export function schemeWith(
  id: SchemeId,
  parameters: Readonly<Record<string, number | string>> = {},
): SchemeRequest {
  const defaults = schemeOf(id).fields.map((field) => [field.id, field.default] as const);
  return { ...Object.fromEntries(defaults), ...parameters, scheme: id };
}

/** Whether two that are complete, as a checked request has them, are the same with all parameters. */
export const sameScheme = (a: SchemeRequest, b: SchemeRequest): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

export interface Checked<T> {
  /** Complete; where a field was wrong it holds the fallback. Use it only without issues. */
  readonly request: T;
  readonly issues: readonly Issue[];
}

/** Those that torch.manual_seed takes; a negative one counts from 2^64. */
const SEED_LEAST = BigInt(catalogue.seed.least);
export const SEED_MOST = BigInt(catalogue.seed.most);

function rangeText(field: Field): string {
  if (field.kind === "seed") return `${SEED_LEAST}..${SEED_MOST}`;
  if (field.kind === "choice") return (field.choices ?? []).join(", ");
  if (field.kind === "scheme")
    return schemesFor(field)
      .map(({ id }) => id)
      .join(", ");
  if (field.kind === "shape")
    return `${field.leastRank}..${field.mostRank} of ${field.min}..${field.max}`;
  if (field.kind === "text") return `${field.max} bytes`;
  return `${field.min}..${field.max}`;
}

/** A field of an object, and none that its prototype has. */
export function ownField(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}

/** Checks one value against its field. `path` is what the issue calls it. */
function checkValue(
  field: Field,
  value: unknown,
  path: string,
  issues: Issue[],
): FieldValue | undefined {
  const wrong = (reason: Issue["reason"]): undefined => {
    issues.push({ field: path, value: shown(value), reason, allowed: rangeText(field) });
    return undefined;
  };
  const inRange = (x: number) => x >= (field.min ?? -Infinity) && x <= (field.max ?? Infinity);
  switch (field.kind) {
    case "number":
    case "integer": {
      const whole = field.kind === "integer";
      if (typeof value !== "number" || !Number.isFinite(value))
        return wrong(whole ? "not_an_integer" : "not_a_number");
      if (whole && !Number.isInteger(value)) return wrong("not_an_integer");
      return inRange(value) ? value : wrong("out_of_range");
    }
    case "choice": {
      const text = typeof value === "boolean" ? String(value) : value;
      return typeof text === "string" && field.choices?.includes(text)
        ? text
        : wrong("not_a_choice");
    }
    case "seed": {
      const exact =
        typeof value === "string" ||
        typeof value === "bigint" ||
        (typeof value === "number" && Number.isSafeInteger(value));
      const text = exact ? String(value) : "";
      if (!/^-?\d{1,20}$/.test(text)) return wrong("not_a_seed");
      const seed = BigInt(text);
      return seed >= SEED_LEAST && seed <= SEED_MOST
        ? String(BigInt.asUintN(64, seed))
        : wrong("not_a_seed");
    }
    case "shape": {
      const extents: readonly unknown[] = Array.isArray(value) ? value : [value];
      const good =
        extents.length >= (field.leastRank ?? 1) &&
        extents.length <= (field.mostRank ?? 8) &&
        extents.every((extent) => Number.isInteger(extent) && inRange(extent as number));
      return good ? ([...extents] as number[]) : wrong("not_a_shape");
    }
    case "text":
      if (typeof value !== "string") return wrong("not_a_text");
      // Every character takes a byte at least, and its reader in the core counts them.
      return value.length <= (field.max ?? Infinity) ? value : wrong("too_many");
    case "scheme":
      throw new Error("a scheme is checked by checkScheme");
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Completes values with the fields' defaults; each one that is wrong becomes an issue. Null is
 * undefined, an absent field.
 */
export function checkFields(
  fields: readonly Field[],
  given: object,
  prefix: string,
  issues: Issue[],
): Record<string, FieldValue> {
  const complete: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = ownField(given, field.id) ?? undefined;
    if (value === undefined && field.follows) continue;
    if (value === undefined && field.required) {
      const at = { field: `${prefix}${field.id}`, value: "" };
      issues.push({ ...at, reason: "missing", allowed: rangeText(field) });
    }
    const checked =
      value === undefined
        ? field.default
        : checkValue(field, value, `${prefix}${field.id}`, issues);
    complete[field.id] = checked ?? field.default;
  }
  return complete;
}

export function unknownFields(
  given: object,
  known: readonly string[],
  prefix: string,
  issues: Issue[],
) {
  for (const key of Object.keys(given))
    if (!known.includes(key))
      issues.push({
        field: prefix + shown(key),
        value: shown(ownField(given, key)),
        reason: "unknown_field",
        allowed: known.join(", "),
      });
}

/** Checks a scheme: its id alone, or an object with `scheme` and parameters. */
function checkScheme(field: Field, given: unknown, path: string, issues: Issue[]): SchemeRequest {
  const object = isRecord(given) ? given : { scheme: given };
  const id = ownField(object, "scheme");
  const fits = isSchemeId(id) && schemesFor(field).some((scheme) => scheme.id === id);
  if (!fits)
    issues.push({
      field: path,
      value: shown(id),
      reason: "not_a_choice",
      allowed: rangeText(field),
    });
  const scheme = schemeOf(fits ? id : (field.default as SchemeId));
  const complete = checkFields(scheme.fields, object, `${path}.`, issues);
  if (fits)
    unknownFields(object, ["scheme", ...scheme.fields.map((f) => f.id)], `${path}.`, issues);
  return { ...complete, scheme: scheme.id };
}

/** Checks the list of schemes that a figure compares. */
function checkSchemes(kind: JobKind, field: Field, given: unknown, issues: Issue[]) {
  const list = given ?? kinds[kind].schemes;
  const sized = Array.isArray(list) && list.length >= 1 && list.length <= MOST_SCHEMES;
  if (!sized)
    issues.push({
      field: "schemes",
      value: Array.isArray(list) ? String(list.length) : shown(list),
      reason: "out_of_range",
      allowed: `1..${MOST_SCHEMES}`,
    });
  const usable: readonly unknown[] = sized ? (list as unknown[]) : kinds[kind].schemes;
  return usable.map((item, i) => checkScheme(field, item, `schemes.${i}`, issues));
}

/** Checks each field of a request but a job's list of schemes, and completes it with defaults. */
export function checkRequestFields(
  fields: readonly Field[],
  given: object,
  issues: Issue[],
  known: string[] = [],
): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  for (const field of fields) {
    if (known.includes(field.id)) continue;
    known.push(field.id);
    if (field.kind === "scheme")
      request[field.id] = checkScheme(
        field,
        ownField(given, field.id) ?? field.default,
        field.id,
        issues,
      );
    else Object.assign(request, checkFields([field], given, "", issues));
  }
  unknownFields(given, known, "", issues);
  return request;
}

/** The core compares its length with other fields, and refuses values that are not finite. */
function checkData(data: unknown, issues: Issue[]): { data?: Float32Array } {
  if (data === undefined || data === null) return {};
  if (data instanceof Float32Array) return { data };
  issues.push({
    field: "data",
    value: shown(data),
    reason: "not_a_choice",
    allowed: "Float32Array",
  });
  return {};
}

/** Completes a request with defaults and says what is wrong with it. Never throws. */
export function checkRequest<K extends JobKind>(kind: K, given: unknown): Checked<Requests[K]> {
  const issues: Issue[] = [];
  const object = isRecord(given) ? given : {};
  const { takesData } = kinds[kind];
  const apart = takesData ? ["schemes", "data"] : ["schemes"];
  const rest = Object.fromEntries(Object.entries(object).filter(([key]) => !apart.includes(key)));
  const allFields = fieldsOf(kind);
  const field = allFields.find(({ id }) => id === "scheme");
  if (!field) throw new Error(`${kind} compares no schemes`);
  const schemes = checkSchemes(kind, field, ownField(object, "schemes"), issues);
  const fields = checkRequestFields(allFields, rest, issues, ["scheme"]);
  const kept = takesData ? checkData(ownField(object, "data"), issues) : {};
  const single = ownField(rest, "scheme") ?? undefined;
  if (single !== undefined) unknownFields({ scheme: single }, ["schemes"], "", issues);
  return { request: { ...fields, ...kept, schemes } as unknown as Requests[K], issues };
}

const standards = new Map<JobKind, unknown>();

/** The request of which every field is left out; made once for each kind. */
export function standardRequest<K extends JobKind>(kind: K): Requests[K] {
  if (!standards.has(kind)) standards.set(kind, checkRequest(kind, {}).request);
  return standards.get(kind) as Requests[K];
}
