/** Audits of files on a page. What is here comes when the first file does; the readers, in a worker. */
import { auditorConnection } from "../engine/auditor.js";
import type { Audit } from "./answer.js";
import { Audits } from "./client.js";
import type { AuditOptions } from "./client.js";
import type { ChosenFile, FromAuditor, ToAuditor } from "./protocol.js";

/** A file of a page or a system, or bytes with a name. What has no name is called by its place: "file 1". */
export type AuditFile =
  File | Blob | { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** A part of a blob that has all of it, without what its class or its owner have made of it. */
const plainBlob = (blob: Blob): Blob => Blob.prototype.slice.call(blob);

/** Bytes are copied: what becomes of them later does not matter. */
export function toChosen(file: AuditFile, place: number): ChosenFile {
  const unnamed = `file ${place + 1}`;
  if (!(file instanceof Blob)) return { name: file.name, blob: new Blob([file.bytes]) };
  return { name: file instanceof File ? file.name : unnamed, blob: plainBlob(file) };
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
