/** What a program is made of, checked by the catalogue: see code.ts. Throws InitscopeErrors. */
import { catalogue } from "../engine/catalogue.js";
import { refusal } from "../engine/caller/refusal.js";
import type { Issue } from "../engine/errors.js";
import { checkRequestFields } from "../engine/request.js";
import type { SchemeRequest } from "../engine/request.js";
import { shown } from "../engine/shown.js";
import type { Locale } from "../i18n/locale.js";
import { checkedId, fieldsOfGiven } from "./check.js";

export type Language = "torch" | "keras" | "jax" | "cpp";
export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: "torch", name: "PyTorch" },
  { id: "keras", name: "Keras" },
  { id: "jax", name: "JAX, Flax" },
  { id: "cpp", name: "C++" },
];

/** What a program is made of. */
export interface CodeSource {
  readonly scheme: SchemeRequest;
  readonly shape: readonly number[];
  readonly layout: string;
  /** Axes that the request gave, an empty list as well; the layout's where it gave none. */
  readonly in_axis?: readonly number[] | undefined;
  readonly out_axis?: readonly number[] | undefined;
  readonly batch_axis?: readonly number[] | undefined;
  readonly generator: string;
  readonly seed: string;
  /** Numbers that the scheme's formula names, as the core computed them. */
  readonly facts: Readonly<Record<string, number>>;
}

const LOCALES: readonly Locale[] = ["en", "zh"];

/** What every program needs, and what is written where it is given. */
const NEEDED = ["scheme", "shape", "layout", "generator", "seed"];
const AXES = ["in_axis", "out_axis", "batch_axis"];

export function checkLanguage(given: unknown): Language {
  return checkedId(
    "language",
    given,
    LANGUAGES.map(({ id }) => id),
  );
}

export function checkLocale(given: unknown): Locale {
  return checkedId("locale", given, LOCALES);
}

/** Facts are numbers, which may be infinite or none: what a scheme has for a shape without elements. */
function checkFacts(given: unknown, issues: Issue[]): Record<string, number> {
  if (typeof given !== "object" || given === null) {
    issues.push({ field: "facts", value: shown(given), reason: "missing", allowed: "numbers" });
    return {};
  }
  const facts: [string, number][] = [];
  for (const [name, value] of Object.entries(given as Readonly<Record<string, unknown>>))
    if (typeof value === "number") facts.push([name, value]);
    else
      issues.push({
        field: `facts.${shown(name)}`,
        value: shown(value),
        reason: "not_a_number",
        allowed: "-Infinity..Infinity",
      });
  return Object.fromEntries(facts);
}

/** The source with nothing but what the catalogue allows; what else is in it is left behind. */
export function checkSource(given: unknown): CodeSource {
  const source = fieldsOfGiven(given);
  const issues: Issue[] = [];
  for (const field of NEEDED)
    if ((source[field] ?? undefined) === undefined)
      issues.push({ field, value: "", reason: "missing", allowed: "a request for a tensor" });
  const ids = [...NEEDED, ...AXES];
  const fields = catalogue.requests.initialize.filter(({ id }) => ids.includes(id));
  const own = Object.fromEntries(
    Object.entries(source).filter(([id, value]) => ids.includes(id) && value !== undefined),
  );
  const request = checkRequestFields(fields, own, issues);
  const facts = checkFacts(source["facts"], issues);
  if (issues.length > 0) throw refusal(issues);
  return { ...(request as unknown as Omit<CodeSource, "facts">), facts };
}
