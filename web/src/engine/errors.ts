/** What is wrong with one field, as data; the page's languages make sentences of it. */
import type { CoreIssue } from "../generated/results.js";
import type { ReasonId } from "./catalogue.js";
import { shown } from "./shown.js";

/**
 * Why a field is refused: by the catalogue, because it is no plain data (see own.ts), or because what a file
 * holds is not read (see audit/refused.ts).
 */
export type Reason = ReasonId | "not_of_kind" | "refused_file";

export interface Issue extends Omit<CoreIssue, "field" | "reason"> {
  /** Path of the field: "depth", "schemes.0.a", "bias.std". */
  readonly field: string;
  readonly reason: Reason;
}

/** Why a request ended without a result, where no field is to blame. */
export type Failure =
  | "aborted" // the module stopped; a fresh one has taken its place
  | "cancelled" // the caller asked for it
  | "listener" // a listener of the caller's threw; the error's field names it
  | "superseded" // a newer request took the place
  | "no_simd" // the browser has no WebAssembly SIMD
  | "unavailable"; // the engine could not be loaded

/** What an error says of itself; that of a program may be anything. */
export function messageOf(error: unknown): string {
  try {
    return shown(error instanceof Error ? error.message : error);
  } catch {
    return "error"; // whose own words cannot be read
  }
}

export class InitscopeError extends Error {
  override readonly name = "InitscopeError";
  /** The first field that is wrong, its value, and why. */
  readonly field: string;
  readonly value: string;
  readonly reason: Reason | Failure;

  constructor(
    reason: Reason | Failure,
    message: string,
    readonly issues: readonly Issue[] = [],
    more: { readonly field?: string; readonly cause?: unknown } = {},
  ) {
    super(message, "cause" in more ? { cause: more.cause } : undefined);
    this.reason = reason;
    this.field = issues[0]?.field ?? more.field ?? "";
    this.value = issues[0]?.value ?? "";
  }
}

/** The error of what is under way, or comes later, when an engine is closed. */
export function closing(): InitscopeError {
  return new InitscopeError("cancelled", "the engine was closed");
}

/** The error of what its caller's signal ended. */
export function cancellation(signal: AbortSignal | undefined): InitscopeError {
  return signal?.reason instanceof InitscopeError
    ? signal.reason
    : new InitscopeError("cancelled", "cancelled");
}

/** Fills {field}, {value} and {allowed} into a sentence of the catalogue or a translation. */
export function fillIn(text: string, issue: Issue): string {
  const parts = {
    field: shown(issue.field),
    value: shown(issue.value) || "''",
    allowed: issue.allowed,
  };
  // In one pass and by a function: what is filled in is not read as a pattern.
  return text.replace(/\{(field|value|allowed)\}/g, (_, part: keyof typeof parts) => parts[part]);
}

type Sentences = readonly { readonly id: Reason; readonly text: string }[];

/** An issue in words. */
export function sentence(issue: Issue, sentences: Sentences): string {
  return fillIn(sentences.find(({ id }) => id === issue.reason)?.text ?? "", issue);
}

/** A message tells of this many issues; all of them are in the error's list. */
const MOST_TOLD = 3;

export function issuesError(
  given: readonly Issue[],
  sentences: Sentences,
  ...cause: [unknown?]
): InitscopeError {
  const issues = given.map((issue) => ({
    ...issue,
    field: shown(issue.field),
    value: shown(issue.value),
  }));
  const told = issues.slice(0, MOST_TOLD).map((issue) => sentence(issue, sentences));
  if (issues.length > MOST_TOLD) told.push(`and ${issues.length - MOST_TOLD} more`);
  const more = cause.length > 0 ? { cause: cause[0] } : {};
  return new InitscopeError(issues[0]?.reason ?? "unknown_field", told.join("; "), issues, more);
}
