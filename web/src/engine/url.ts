/**
 * Requests as text, for the URL's hash and the elements' `state` attribute: flat keys in canonical
 * order, defaults left out, a key for each scheme:
 * `v=1&depth=50&s=kaiming_normal;a:0.1&s=xavier_uniform`.
 */
import { catalogue, isSchemeId, schemeOf } from "./catalogue.js";
import type { Field } from "./catalogue.js";
import { decimal } from "./decimal.js";
import type { Issue } from "./errors.js";
import { checkRequest, fieldsOf, MOST_SCHEMES, standardRequest } from "./request.js";
import type { Checked, JobKind, Requests, SchemeRequest } from "./request.js";
import { shown } from "./shown.js";
import { MOST_STATE_LENGTH } from "./state-length.js";

const STATE_VERSION = 1;

/** Keys that stand for the state as a whole, and what they must say where they are given. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ["v", String(STATE_VERSION)],
  ["algo", String(catalogue.algo)],
]);
/** The key of each scheme that is compared. */
const SCHEME_KEY = "s";

/** Text as a field's value; text that is no number stays text, for the check to refuse. */
export function parseValue(field: Field, text: string): unknown {
  if (field.kind === "shape")
    return field.leastRank === 0 && ["", "[]"].includes(text.trim())
      ? []
      : text.split(/[,x×]/).map(toNumber);
  return field.kind === "number" || field.kind === "integer" ? toNumber(text) : text;
}

/** What is no finite number stays as it was written. */
function toNumber(text: string): number | string {
  return decimal(text) ?? text;
}

/** A key that the grammar does not have. What is no word stands in quotes, so that it is no path. */
function unknownKey(prefix: string, key: string, value: string, allowed: readonly string[]): Issue {
  return {
    field: prefix + (/^\w+$/.test(key) ? shown(key) : `"${shown(key)}"`),
    value: shown(value),
    reason: "unknown_field",
    allowed: allowed.join(", "),
  };
}

/** A scheme whose parameters are its own; the others become issues. */
function parseScheme(text: string, path: string, issues: Issue[]): Record<string, unknown> {
  const [id = "", ...parameters] = text.split(";");
  const scheme: Record<string, unknown> = { scheme: id };
  if (!isSchemeId(id)) return scheme; // which the check refuses
  const { fields } = schemeOf(id);
  for (const parameter of parameters) {
    const colon = parameter.indexOf(":");
    const name = colon < 0 ? parameter : parameter.slice(0, colon);
    const value = colon < 0 ? "" : parameter.slice(colon + 1);
    const field = fields.find((candidate) => candidate.id === name);
    if (field) scheme[field.id] = parseValue(field, value);
    else issues.push(unknownKey(`${path}.`, name, value, [id, ...fields.map((f) => f.id)]));
  }
  return scheme;
}

function formatScheme({ scheme, ...parameters }: SchemeRequest): string {
  const shown = schemeOf(scheme).fields.filter((f) => parameters[f.id] !== f.default);
  return [scheme, ...shown.map((f) => `${f.id}:${parameters[f.id]}`)].join(";");
}

/** Reads state text (with or without "#"). Never throws; what is wrong comes back as issues. */
export function parseState<K extends JobKind>(kind: K, text: string): Checked<Requests[K]> {
  if (text.length > MOST_STATE_LENGTH) {
    const issue: Issue = {
      field: "state",
      value: `${text.length} characters`,
      reason: "too_many",
      allowed: `${MOST_STATE_LENGTH} characters`,
    };
    return { request: standardRequest(kind), issues: [issue] };
  }
  const fields = fieldsOf(kind).filter(({ id }) => id !== "scheme");
  const keys = [SCHEME_KEY, ...fields.map(({ id }) => id), ...RESERVED.keys()];
  const given: Record<string, unknown> = {};
  const schemes: unknown[] = [];
  const issues: Issue[] = [];
  for (const [key, value] of new URLSearchParams(text.replace(/^#/, ""))) {
    const field = fields.find((candidate) => candidate.id === key);
    const reserved = RESERVED.get(key);
    if (key === SCHEME_KEY) {
      if (schemes.length <= MOST_SCHEMES)
        schemes.push(parseScheme(value, `schemes.${schemes.length}`, issues));
    } else if (field) {
      given[field.id] =
        field.kind === "scheme" ? parseScheme(value, field.id, issues) : parseValue(field, value);
    } else if (reserved === undefined) {
      issues.push(unknownKey("", key, value, keys));
    } else if (value !== reserved) {
      issues.push({ field: key, value: shown(value), reason: "not_a_choice", allowed: reserved });
    }
  }
  if (schemes.length > 0) given["schemes"] = schemes;
  const checked = checkRequest(kind, given);
  return { request: checked.request, issues: [...issues, ...checked.issues] };
}

/** The canonical text of a complete request. */
export function formatState<K extends JobKind>(kind: K, request: Requests[K]): string {
  const standard = standardRequest(kind);
  const defaults = standard as unknown as Record<string, unknown>;
  const object = request as unknown as Record<string, unknown>;
  const parts = [`v=${STATE_VERSION}`];
  const text = (field: Field, value: unknown) => {
    if (field.kind === "scheme") return formatScheme(value as SchemeRequest);
    // What an address would take for its own signs; what grammars are made of stays readable.
    if (field.kind === "text") return String(value).replace(/[%&+#\s]/g, encodeURIComponent);
    return String(value);
  };
  for (const field of fieldsOf(kind)) {
    if (field.id === "scheme" || object[field.id] === undefined) continue;
    const value = text(field, object[field.id]);
    if (defaults[field.id] === undefined || value !== text(field, defaults[field.id]))
      parts.push(`${field.id}=${value}`);
  }
  const listed = (schemes: readonly SchemeRequest[]) =>
    schemes.map((scheme) => `${SCHEME_KEY}=${formatScheme(scheme)}`).join("&");
  const schemes = listed(request.schemes);
  if (schemes !== listed(standard.schemes)) parts.push(schemes);
  return parts.join("&");
}

const canonical = new Map<string, string>();

/** A state as states are written. What is asked for at every render, of states that are few, is read once. */
export function canonicalState(kind: JobKind, text: string): string {
  const key = `${kind}#${text}`;
  const known = canonical.get(key) ?? formatState(kind, parseState(kind, text).request);
  canonical.set(key, known);
  return known;
}
