/** Who audits: loaded when the first file is there. */
import type { Given } from "./files.js";
import type { Audit, TensorReport } from "./types.js";

export interface AuditListeners {
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
  readonly onTensor: (tensor: TensorReport, place: number) => void;
}

export type AuditFiles = (files: readonly Given[], listeners: AuditListeners) => Promise<Audit>;

export const auditFiles: AuditFiles = () => Promise.reject(new Error("no audit yet"));
