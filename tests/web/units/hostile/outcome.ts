/** What became of a call, and whether a caller can live with it. */
import { inspect } from "node:util";

export type Outcome =
  | { readonly kind: "answer"; readonly value: unknown }
  | { readonly kind: "error"; readonly error: unknown }
  | { readonly kind: "pending" };

/** Turns of the event loop within which a call of small size is over; the longest took 400. */
const MOST_TURNS = 20_000;

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Waits for a call's end, counted in turns of the event loop and not in time. */
export async function outcomeOf(
  call: () => unknown,
): Promise<Outcome & { readonly turns: number }> {
  let outcome: Outcome = { kind: "pending" };
  try {
    Promise.resolve(call()).then(
      (value) => (outcome = { kind: "answer", value }),
      (error: unknown) => (outcome = { kind: "error", error }),
    );
  } catch (error) {
    outcome = { kind: "error", error };
  }
  let turns = 0;
  for (; (outcome as Outcome).kind === "pending" && turns < MOST_TURNS; ++turns) await turn();
  return { ...outcome, turns };
}

/** An issue as the package's errors carry them. */
interface Told {
  readonly field: string;
  readonly value: string;
  readonly allowed: string;
}

export interface Refusal extends Error {
  readonly field: string;
  readonly value: string;
  readonly reason: string;
  readonly issues: readonly Told[];
}

/** Ends of a call that are no field's fault. */
const FIELDLESS = ["cancelled"];
/** Of a field's name or its value, with an ellipsis. */
const MOST_SHOWN = 200;
/** Of a message, but for what is allowed: three sentences with such names and values. */
const MOST_SAID = 1500;

/** What is wrong with an error, for a program that reads it; "" where nothing is. */
function faultOfError(
  error: unknown,
  RefusalClass: abstract new (...given: never) => Error,
): string {
  if (!(error instanceof RefusalClass)) return `no InitscopeError: ${inspect(error)}`;
  const { field, reason, issues, message } = error as Refusal;
  if (typeof field !== "string" || (field === "" && !FIELDLESS.includes(reason)))
    return `no field: ${message.slice(0, 200)}`;
  const told = [{ field, value: (error as Refusal).value, allowed: "" }, ...issues];
  if (told.some((issue) => issue.field.length > MOST_SHOWN)) return "a field's name is too long";
  if (told.some((issue) => issue.value.length > MOST_SHOWN)) return "a value is too long";
  const said = told
    .slice(0, 4)
    .reduce((left, { allowed }) => left - allowed.length, message.length);
  if (said > MOST_SAID) return `a message of ${message.length} characters`;
  if (/\[object |^ must|NaN\.\.|undefined\.\./.test(message)) return `no words: ${message}`;
  return "";
}

/** What is wrong with an outcome; "" where nothing is. */
export function faultOf(
  outcome: Outcome,
  RefusalClass: abstract new (...given: never) => Error,
): string {
  if (outcome.kind === "pending") return "it never ends";
  return outcome.kind === "error" ? faultOfError(outcome.error, RefusalClass) : "";
}

/**
 * What is wrong with the outcome of a call with a value that no field takes: that it was taken, or
 * that another field is blamed. Without a path any may be.
 */
export function blameOf(outcome: Outcome, path: string): string {
  if (outcome.kind === "answer") return "it was taken";
  if (outcome.kind === "pending") return "";
  const { field } = outcome.error as Refusal;
  return path === "" || field === path || field.startsWith(`${path}.`)
    ? ""
    : `${field} is blamed for it`;
}
