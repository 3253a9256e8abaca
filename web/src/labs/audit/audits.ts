/** Who audits. The code comes with the first file, and what reads files in a worker of its own. */
import type { AuditOptions } from "../../audit/client.js";
import { loadPart } from "../../controls/part.js";
import type { Audit } from "./types.js";

export type AuditFiles = (files: readonly File[], options: AuditOptions) => Promise<Audit>;

/** Rejects with PartMissing where the code does not come. */
export const auditFiles: AuditFiles = async (files, options) =>
  (await loadPart(() => import("../../audit/files.js"))).auditFiles(files, options);
