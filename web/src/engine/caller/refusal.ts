/** Refusals of the package, which call fields as the caller wrote them. */
import { catalogue } from "../catalogue.js";
import { InitscopeError, issuesError, sentence } from "../errors.js";
import type { Issue } from "../errors.js";
import type { RunOptions, Warning } from "../client.js";

/** The catalogue's sentences, and the one that only the package needs. */
const sentences = [
  ...catalogue.reasons,
  { id: "not_of_kind", text: "{field} must be {allowed}, not {value}" },
] as const;

/** The error of a request in which something is wrong. */
export function refusal(issues: readonly Issue[], ...cause: [unknown?]): InitscopeError {
  return issuesError(issues, sentences, ...cause);
}

/** The error of a value that is not of the kind that its field takes. */
export function notOfKind(
  field: string,
  value: string,
  allowed: string,
  ...cause: [unknown?]
): InitscopeError {
  return refusal([{ field, value, reason: "not_of_kind", allowed }], ...cause);
}

/** What a field of the core's flat spec is called in the caller's request. */
export type Naming = (field: string) => string;

/** Runs a call with such names in what it refuses and in what it warns of. */
export async function named<Options extends RunOptions, T>(
  naming: Naming,
  options: Options,
  run: (options: Options) => Promise<T>,
): Promise<T> {
  // What is allowed may begin with another field: "scheme.b = 1".
  const renamed = <I extends Issue>(issue: I): I => ({
    ...issue,
    field: naming(issue.field),
    allowed: naming(issue.allowed),
  });
  const { onWarning } = options;
  const tell = (warning: Warning) => {
    const issue = renamed(warning);
    return onWarning?.({ ...issue, text: sentence(issue, sentences) });
  };
  try {
    return await run({ ...options, onWarning: onWarning && tell });
  } catch (error) {
    // What is not about a field, such as an error that a signal carries, stays as it is.
    if (!(error instanceof InitscopeError) || error.issues.length === 0) throw error;
    throw refusal(error.issues.map(renamed), error);
  }
}
