/** An audit's state and what comes of it: the example or the files that are read, how far, and how that ended. */
import { property, state } from "lit/decorators.js";
import { exampleFile } from "../../engine/checkpoints.js";
import { nextTask } from "../../engine/task.js";
import { auditMessages } from "../../i18n/audit.js";
import type { AuditMessages } from "../../i18n/audit.js";
import type { Locale } from "../../i18n/locale.js";
import type { Words } from "../../i18n/words.js";
import { failureOf } from "../failure.js";
import { LabChange } from "../lab-state.js";
import { SpokenElement } from "../spoken.js";
import { auditFiles } from "./audits.js";
import type { AuditFiles } from "./audits.js";
import { Reading } from "./reading.js";
import type { Outcome, Progress } from "./reading.js";
import { formatAuditState, parseAuditState } from "./state.js";
import type { AuditState, Example } from "./state.js";
import type { Audit } from "./types.js";

export abstract class AuditSession extends SpokenElement {
  /** The state as text: see state.ts. Setting it loads it; it is kept up to date. */
  @property({ noAccessor: true })
  get state(): string {
    return this.stateText;
  }
  set state(text: string | null) {
    this.load(text ?? "");
  }
  /** Who reads and judges; the page's own auditor. */
  @property({ attribute: false }) audits: AuditFiles = auditFiles;

  @state() protected audit: Audit | undefined;
  /** How far the files are read; undefined while none is. */
  @state() protected progress: Progress | undefined;
  /** Why there is no audit, or no whole one. */
  @state() protected said: ((locale: Locale) => string) | undefined;
  @state() protected current: AuditState = parseAuditState("");

  private stateText = "";
  private reading: Reading | undefined;
  /** Whether what is shown is of files before those that are read. */
  protected older = false;
  /** Whether what the state says has come to no end yet. */
  private pending = true;
  /** Files of the reader's own, for when they are asked for again. */
  private own: readonly File[] | undefined;

  protected override get words(): Words<AuditMessages> {
    return auditMessages;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.stateText) this.load("");
    else if (this.pending && !this.reading) void this.begin();
  }

  /** An element that is moved leaves its place and has another in one task; its reading goes on. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void nextTask().then(() => {
      if (this.isConnected || !this.reading) return;
      this.reading.cancel();
      this.forget();
    });
  }

  /** Leaves what was read, and what was being read: it is read anew when it is asked for. */
  private forget(): void {
    this.reading?.cancel();
    this.reading = this.audit = this.progress = this.said = undefined;
  }

  /** Takes a state from outside; the one that is there already changes nothing. */
  load(text: string): void {
    const wanted = parseAuditState(text);
    const formatted = formatAuditState(wanted);
    if (formatted === this.stateText) return;
    const other = this.stateText === "" || wanted.example !== this.current.example;
    this.current = wanted;
    this.stateText = formatted;
    if (!other) return;
    this.pending = true; // in the page, where it is not there yet
    if (this.isConnected) void this.begin();
  }

  /** Takes a state that the reader chose. */
  protected take(change: Partial<AuditState>): void {
    this.current = { ...this.current, ...change };
    this.stateText = formatAuditState(this.current);
    this.dispatchEvent(new LabChange(this.stateText, true));
  }

  protected choose(example: Example): void {
    this.take({ example, tensor: "" });
    void this.begin();
  }

  protected takeFiles(files: readonly File[]): void {
    if (files.length === 0) {
      this.said = (locale) => auditMessages.of(locale).audit.drop.none;
      return;
    }
    this.own = files;
    this.take({ example: "own", tensor: "" });
    void this.read(files);
  }

  protected cancel(): void {
    this.reading?.cancel();
  }

  /** Reads what the state says. */
  private async begin(): Promise<void> {
    this.pending = true;
    const { example } = this.current;
    if (example === "own") {
      if (this.own) return this.read(this.own);
      this.forget();
      this.pending = false;
      this.said = (locale) => auditMessages.of(locale).audit.drop.own;
      return;
    }
    const bytes = await exampleFile(example).catch(() => undefined);
    if (this.current.example !== example || !this.isConnected) return;
    if (bytes) return this.read([new File([bytes], `${example}.safetensors`)]);
    this.forget();
    this.pending = false;
    this.said = (locale) => {
      const { drop, presets } = auditMessages.of(locale).audit;
      return drop.notFetched(presets[example]);
    };
  }

  private async read(files: readonly File[]): Promise<void> {
    this.reading?.cancel();
    this.pending = true;
    this.older = this.audit !== undefined;
    const reading = new Reading(files, (progress, audit) => {
      if (this.reading !== reading) return;
      this.progress = progress;
      // A reader's own may take long, and the first is shown as it grows; all others when they are whole.
      if (audit && !this.older && this.current.example === "own") this.audit = audit;
    });
    this.reading = reading;
    this.said = undefined;
    this.progress = { share: 0, tensors: 0 };
    const outcome = await reading.run(this.audits);
    if (this.reading !== reading) return;
    this.reading = this.progress = undefined;
    this.older = this.pending = false;
    this.conclude(outcome);
  }

  private conclude(outcome: Outcome): void {
    switch (outcome.kind) {
      case "done":
        this.audit = outcome.audit;
        return;
      case "cancelled":
        this.audit = outcome.audit;
        this.said = (locale) => {
          const { cancelled, cancelledEarly } = auditMessages.of(locale).audit.drop;
          return outcome.audit ? cancelled : cancelledEarly;
        };
        return;
      case "refused":
        this.audit = undefined;
        this.said = outcome.text;
        return;
      case "failed":
        this.audit = undefined;
        this.said = failureOf(outcome.error);
    }
  }
}
