/** What a figure was computed of, in a line: nothing that makes it another figure is left out. */
import { fieldsOf, standardRequest } from "../../engine/request.js";
import type { JobKind, Requests, SchemeRequest } from "../../engine/request.js";
import { catalogue, ownField, schemeOf } from "../../engine/catalogue.js";
import type { ActivationId, Field, FieldId } from "../../engine/catalogue.js";
import { fieldName, messagesOf, valueText } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import { parameterNumber, partText } from "../../i18n/names.js";
import { publishWords } from "../../i18n/publish.js";
import type { Source } from "../source.js";

type Values = Readonly<Record<string, unknown>>;

const RACE = [
  "data_set",
  "activation",
  "depth",
  "width",
  "optimizer",
  "learning_rate",
  "batch",
  "steps",
  "generator",
  "seed",
] as const;

/** What is said of a request even where it is as it is unless told; all else only where it is not. */
const ALWAYS: Partial<Record<JobKind, readonly FieldId[]>> = {
  propagation: ["activation", "depth", "width", "batch", "input", "generator", "seed"],
  distribution: ["shape", "generator", "seed", "samples"],
  phase: ["activation", "depth", "width", "sigma_w2", "sigma_b2"],
  training: RACE,
  symmetry: [...RACE, "layer"],
};

/** Fields that one activation has to itself, and plays no part beside another. */
const OF_ONE = catalogue.activations.flatMap(({ id }) => ownField(id) ?? []);

/** While a reader drags, the phase plane answers in part: which part is nothing that was set. */
const UNSAID: readonly FieldId[] = ["scheme", "detail"];

/** A number by its name, √5 or 5/3; one that has none with all its digits, since each makes another figure. */
function numberText(value: number): string {
  const text = parameterNumber(value);
  return /[√/]/.test(text) ? text : String(value).replaceAll("-", "−");
}

const said = (value: unknown, locale: Locale): string =>
  typeof value === "number" ? numberText(value) : valueText(value, locale);

/** A scheme by its name, with the parameters that are not its defaults. */
export function schemeText(scheme: SchemeRequest, locale: Locale): string {
  const { schemes, between } = messagesOf(locale);
  const { name } = schemes[scheme.scheme];
  const parts = schemeOf(scheme.scheme)
    .fields.filter((field) => scheme[field.id] !== field.default)
    .map((field) =>
      partText(field.id, said(scheme[field.id], locale), field.kind === "choice", locale),
    );
  return parts.length === 0
    ? name
    : publishWords(locale).withParameters(name, parts.join(between.items));
}

function fieldText(field: Field, value: unknown, locale: Locale): string {
  const name = fieldName(field.id, locale);
  if (field.id === "generator") {
    const words: Readonly<Record<string, string>> = publishWords(locale).generator;
    return words[String(value)] ?? `${name} ${String(value)}`;
  }
  if (field.kind === "scheme") return `${name} ${schemeText(value as SchemeRequest, locale)}`;
  if (field.kind === "seed" || field.kind === "text") return `${name} ${String(value)}`;
  if (Array.isArray(value)) return `${name} ${value.join(" × ")}`;
  return `${name} ${said(value, locale)}`;
}

/** The settings of a request but for its schemes, in the order in which they are asked. */
export function settingsOf<K extends JobKind>(
  kind: K,
  request: Requests[K],
  locale: Locale,
  swept?: Source["swept"],
): readonly string[] {
  const standard = standardRequest(kind) as unknown as Values;
  const values = request as unknown as Values;
  const { activation } = values as { readonly activation?: ActivationId };
  const own = activation && ownField(activation);
  const isSaid = ({ id }: Field) => {
    if (values[id] === undefined || UNSAID.includes(id)) return false;
    if (OF_ONE.includes(id)) return id === own;
    return ALWAYS[kind]?.includes(id) || !same(values[id], standard[id]);
  };
  return fieldsOf(kind)
    .filter(isSaid)
    .map((field) =>
      field.id === swept?.field
        ? `${fieldName(field.id, locale)} ${swept.from}–${String(values[field.id])}`
        : fieldText(field, values[field.id], locale),
    );
}

/** Values of fields: numbers, texts, lists of numbers, schemes. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
