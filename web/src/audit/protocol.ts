/** Messages between who asks for an audit and who makes it: one audit a connection. */
import type { Connection, Init, OfServer } from "../engine/protocol.js";
import type { Audit, AuditedTensor, FileRefusal } from "./answer.js";

/** A file to be read, of which nothing has been yet. */
export interface ChosenFile {
  readonly name: string;
  readonly blob: Blob;
}

export type ToAuditor =
  | Init
  | { readonly type: "audit"; readonly files: readonly ChosenFile[] }
  | { readonly type: "cancel" };

export type FromAuditor =
  | OfServer
  /** Between 0 and 1, and never less than before. */
  | { readonly type: "progress"; readonly progress: number }
  /** A tensor that has been read, without what only the whole model tells. */
  | { readonly type: "tensor"; readonly tensor: AuditedTensor; readonly place: number }
  | { readonly type: "done"; readonly audit: Audit }
  | { readonly type: "refused"; readonly refusal: FileRefusal };

/** Starts an auditor and sends it the module's bytes. */
export type ConnectAuditor = () => Promise<Connection<ToAuditor, FromAuditor>>;
