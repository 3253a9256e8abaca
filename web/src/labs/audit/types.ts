/** What an audit says, by the names that the lab has for it. */
import type { AuditedTensor, Audit as Whole } from "../../audit/answer.js";

export type { AuditedTensor as TensorReport } from "../../audit/answer.js";
export type {
  AuditFinding as Finding,
  FoundLaw as AcceptedLaw,
  LedgerEntry,
} from "../../engine/results.js";

export type Verdict = AuditedTensor["verdict"];
export type Severity = AuditedTensor["findings"][number]["severity"];

/** An audit, or as much of one as has come: then no format is known, and nothing of the model as a whole. */
export interface Audit extends Omit<Whole, "format" | "metadata"> {
  readonly format: Whole["format"] | "";
}
