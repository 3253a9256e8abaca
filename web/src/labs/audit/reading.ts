/** One reading of files: what has come of it so far, its end, and how it is called off. */
import { InitscopeError } from "../../engine/errors.js";
import type { Locale } from "../../i18n/locale.js";
import type { AuditFiles } from "./audits.js";
import type { Audit, TensorReport } from "./types.js";

/** How often a list that grows is shown anew, in milliseconds. */
const EVERY = 150;

export interface Progress {
  /** Share of the reading that is done. */
  readonly share: number;
  /** Tensors that have come. */
  readonly tensors: number;
}

/** How a reading ended: with an audit, called off, or with what stands against it, in the language of the page. */
export type Outcome =
  | { readonly kind: "done"; readonly audit: Audit }
  | { readonly kind: "cancelled"; readonly audit: Audit | undefined }
  | { readonly kind: "refused"; readonly text: (locale: Locale) => string }
  | { readonly kind: "failed"; readonly error: unknown };

/** What is there before a model is known as a whole. */
function unfinished(files: readonly File[], tensors: readonly TensorReport[]): Audit | undefined {
  if (tensors.length === 0) return undefined;
  const names = files.map(({ name }) => name);
  return { format: "", files: names, tensors, findings: [], seed: null, ledger: [] };
}

/** An error that has its sentence in both languages. */
function textsOf(error: unknown): Readonly<Record<Locale, string>> | undefined {
  return error instanceof InitscopeError && "text" in error
    ? (error.text as Readonly<Record<Locale, string>>)
    : undefined;
}

export class Reading {
  private readonly controller = new AbortController();
  private tensors: TensorReport[] = [];

  constructor(
    readonly files: readonly File[],
    /** Called with what has come so far, now and then. */
    private readonly told: (progress: Progress, audit: Audit | undefined) => void,
  ) {}

  cancel(): void {
    this.controller.abort();
  }

  async run(auditFiles: AuditFiles): Promise<Outcome> {
    const { signal } = this.controller;
    let share = 0;
    let shown = performance.now();
    const tell = (whole: boolean) => {
      if (signal.aborted) return;
      const audit = whole ? unfinished(this.files, [...this.tensors]) : undefined;
      this.told({ share, tensors: this.tensors.length }, audit);
    };
    try {
      const audit = await auditFiles(this.files, {
        signal,
        onProgress: (now) => {
          share = now;
          tell(false);
        },
        onTensor: (tensor) => {
          this.tensors.push(tensor);
          const due = performance.now() - shown > EVERY;
          if (due) shown = performance.now();
          tell(due);
        },
      });
      return { kind: "done", audit };
    } catch (error) {
      if (signal.aborted) return { kind: "cancelled", audit: unfinished(this.files, this.tensors) };
      const texts = textsOf(error);
      return texts
        ? { kind: "refused", text: (locale) => texts[locale] }
        : { kind: "failed", error };
    }
  }
}
