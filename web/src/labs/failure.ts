/** Why something that was computed has no answer. */
import { InitscopeError } from "../engine/errors.js";
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";

/** Says it when it is shown, for the language may change meanwhile. */
export function failureOf(error: unknown): (locale: Locale) => string {
  const reason = error instanceof InitscopeError ? error.reason : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return (locale) => {
    const { failures, ui } = messagesOf(locale);
    if (reason === "cancelled") return ui.cancelled;
    if (reason === "aborted") return failures.aborted;
    if (reason === "no_simd") return failures.noSimd;
    return failures.unavailable.replace("{message}", () => message);
  };
}
