/** Audits of files on a page. What is here comes when the first file does; the readers, in a worker. */
import { auditorConnection } from "../engine/auditor.js";
import type { Audit } from "./answer.js";
import { Audits } from "./client.js";
import type { AuditOptions } from "./client.js";
import { fileName, nameOfPlace, plainBlob } from "./given.js";
import type { AuditFile } from "./given.js";
import type { ChosenFile, FromAuditor, ToAuditor } from "./protocol.js";

/** Bytes are copied: what becomes of them later does not matter. */
function toChosen(file: AuditFile, place: number): ChosenFile {
  const blob = plainBlob(file);
  if (blob) return { name: fileName(file) ?? nameOfPlace(place), blob };
  const { name, bytes } = file as Exclude<AuditFile, Blob>;
  return { name, blob: new Blob([bytes]) };
}

let audits: Audits | undefined;

/**
 * What is said of the checkpoints in files that were chosen together: shards with their index, a model
 * with its data. Rejects with a CheckpointError where they are not read, and with another InitscopeError
 * where the audit ends before its time.
 */
export function auditFiles(
  files: readonly AuditFile[],
  options: AuditOptions = {},
): Promise<Audit> {
  audits ??= new Audits(auditorConnection<ToAuditor, FromAuditor>());
  return audits.run(files.map(toChosen), options);
}
