/** What is wrong with one field, as data; the page's languages make sentences of it. */
import type { ReasonId } from "./catalogue.js";

export interface Issue {
  /** Path of the field: "depth", "schemes.0.a", "bias.std". */
  readonly field: string;
  /** The value that was given, as text. */
  readonly value: string;
  readonly reason: ReasonId;
  /** What is allowed: "1..200", "fan_in, fan_out". */
  readonly allowed: string;
}

/** Why a request ended without a result, where no field is to blame. */
export type Failure =
  | "aborted" // the module stopped; a fresh one has taken its place
  | "cancelled" // the caller asked for it
  | "superseded" // a newer request took the place
  | "no_simd" // the browser has no WebAssembly SIMD
  | "unavailable"; // the engine could not be loaded

export class InitscopeError extends Error {
  override readonly name = "InitscopeError";
  /** The first field that is wrong, its value, and why. */
  readonly field: string;
  readonly value: string;
  readonly reason: ReasonId | Failure;

  constructor(
    reason: ReasonId | Failure,
    message: string,
    readonly issues: readonly Issue[] = [],
  ) {
    super(message);
    this.reason = reason;
    this.field = issues[0]?.field ?? "";
    this.value = issues[0]?.value ?? "";
  }
}

/** Fills {field}, {value} and {allowed} into a sentence of the catalogue or a translation. */
export function fillIn(text: string, issue: Issue): string {
  return text
    .replace("{field}", issue.field)
    .replace("{allowed}", issue.allowed)
    .replace("{value}", issue.value === "" ? "''" : issue.value);
}

type Sentences = readonly { readonly id: ReasonId; readonly text: string }[];

/** An issue in words. */
export function sentence(issue: Issue, sentences: Sentences): string {
  return fillIn(sentences.find(({ id }) => id === issue.reason)?.text ?? "", issue);
}

export function issuesError(issues: readonly Issue[], sentences: Sentences): InitscopeError {
  const message = issues.map((issue) => sentence(issue, sentences)).join("; ");
  return new InitscopeError(issues[0]?.reason ?? "unknown_field", message, issues);
}
