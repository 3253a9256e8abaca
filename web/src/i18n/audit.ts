/** The words of the audit: the page's, and its own beside these, of one language at a time. */
import type { AuditWords } from "./audit.en.js";
import type { Locale } from "./locale.js";
import { pageWords } from "./messages.js";
import { Words } from "./words.js";

export type { AuditWords } from "./audit.en.js";

async function withPage(locale: Locale, loading: Promise<{ readonly words: AuditWords }>) {
  const [page, { words }] = await Promise.all([pageWords.load(locale), loading]);
  return { ...page, audit: words, presets: { ...page.presets, audit: words.presets } };
}

export type AuditMessages = Awaited<ReturnType<typeof withPage>>;

export const auditMessages = new Words<AuditMessages>({
  en: () => withPage("en", import("./audit.en.js")),
  zh: () => withPage("zh", import("./audit.zh.js")),
});

/** The words of a language, which must have come. */
export function auditWordsOf(locale: Locale): AuditWords {
  return auditMessages.of(locale).audit;
}
