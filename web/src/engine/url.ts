/**
 * Requests as text, for the URL's hash and the elements' `state` attribute: flat keys in canonical
 * order, defaults left out, a key for each scheme:
 * `v=1&depth=50&s=kaiming_normal;a:0.1&s=xavier_uniform`.
 */
import { catalogue, isSchemeId, schemeOf } from "./catalogue.js";
import type { Field } from "./catalogue.js";
import type { Issue } from "./errors.js";
import { checkRequest, fieldsOf, MOST_SCHEMES } from "./request.js";
import type { Checked, JobKind, Requests, SchemeRequest } from "./request.js";

const STATE_VERSION = 1;
/** Longer text is refused before it is parsed. */
export const MOST_STATE_LENGTH = 2048;

const RESERVED = ["v", "algo"];

/** Text as a field's value; text that is no number stays text, for the check to refuse. */
export function parseValue(field: Field, text: string): unknown {
  if (field.kind === "shape")
    return /^\s*(\[\])?\s*$/.test(text) && field.leastRank === 0
      ? []
      : text.split(/[,x×]/).map(toNumber);
  return field.kind === "number" || field.kind === "integer" ? toNumber(text) : text;
}

/** What is no finite number stays as it was written. */
function toNumber(text: string): number | string {
  const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : text;
}

function parseScheme(text: string): Record<string, unknown> {
  const [id = "", ...parameters] = text.split(";");
  const fields = isSchemeId(id) ? schemeOf(id).fields : [];
  const scheme = new Map<string, unknown>([["scheme", id]]);
  for (const parameter of parameters) {
    const colon = parameter.indexOf(":");
    const name = colon < 0 ? parameter : parameter.slice(0, colon);
    const value = colon < 0 ? "" : parameter.slice(colon + 1);
    const field = fields.find((candidate) => candidate.id === name);
    scheme.set(name, field ? parseValue(field, value) : value);
  }
  return Object.fromEntries(scheme);
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
    return { request: checkRequest(kind, {}).request, issues: [issue] };
  }
  const given = new Map<string, unknown>();
  const issues: Issue[] = [];
  for (const [key, value] of new URLSearchParams(text.replace(/^#/, ""))) {
    const field = fieldsOf(kind).find((candidate) => candidate.id === key);
    if (key === "s") {
      const schemes = (given.get("schemes") ?? []) as unknown[];
      if (schemes.length <= MOST_SCHEMES) schemes.push(parseScheme(value));
      given.set("schemes", schemes);
    } else if (RESERVED.includes(key)) {
      const expected = String(key === "v" ? STATE_VERSION : catalogue.algo);
      if (value !== expected)
        issues.push({ field: key, value, reason: "not_a_choice", allowed: expected });
    } else if (field?.kind === "scheme") {
      given.set(key, parseScheme(value));
    } else {
      given.set(key, field ? parseValue(field, value) : value);
    }
  }
  const checked = checkRequest(kind, Object.fromEntries(given));
  return { request: checked.request, issues: [...issues, ...checked.issues] };
}

/** The canonical text of a complete request. */
export function formatState<K extends JobKind>(kind: K, request: Requests[K]): string {
  const standard = checkRequest(kind, {}).request;
  const defaults = standard as unknown as Record<string, unknown>;
  const object = request as unknown as Record<string, unknown>;
  const parts = [`v=${STATE_VERSION}`];
  const text = (field: Field, value: unknown) => {
    if (field.kind === "scheme") return formatScheme(value as SchemeRequest);
    return String(value);
  };
  for (const field of fieldsOf(kind)) {
    if (field.id === "scheme" || object[field.id] === undefined) continue;
    const value = text(field, object[field.id]);
    if (defaults[field.id] === undefined || value !== text(field, defaults[field.id]))
      parts.push(`${field.id}=${value}`);
  }
  const listed = (schemes: readonly SchemeRequest[]) =>
    schemes.map((scheme) => `s=${formatScheme(scheme)}`).join("&");
  const schemes = listed(request.schemes);
  if (schemes !== listed(standard.schemes)) parts.push(schemes);
  return parts.join("&");
}
