/** Messages between the client and the server of the engine. */
import type { Failure, Issue } from "./errors.js";
import type { ModuleParts } from "./module.js";
import type { JobKind, Requests } from "./request.js";
import type { FlatSpec } from "./spec.js";

/** The first word to a server, whatever it serves. */
export interface Init {
  readonly type: "init";
  readonly parts: ModuleParts;
}

/** What any server says of itself. */
export type OfServer =
  | { readonly type: "ready" }
  /** `aborted` and `unavailable` are the last words of a server: replace it. */
  | {
      readonly type: "failed";
      readonly id: number;
      readonly reason: Failure;
      readonly message: string;
    };

export type ToServer =
  | Init
  | {
      readonly type: "run";
      readonly id: number;
      readonly kind: JobKind;
      readonly request: Requests[JobKind];
    }
  | {
      readonly type: "initialize";
      readonly id: number;
      readonly spec: FlatSpec;
      /** Transferred, filled and transferred back; a new array where there is none. */
      readonly into: Float32Array<ArrayBuffer> | null;
    }
  | {
      readonly type: "model";
      readonly id: number;
      readonly model: FlatSpec;
      readonly layers: readonly FlatSpec[];
      /** Whether values are wanted, or names and shapes alone. */
      readonly draw: boolean;
    }
  /** Tensors of one torch generator, one after the other. */
  | { readonly type: "sequence"; readonly id: number; readonly specs: readonly FlatSpec[] }
  | {
      readonly type: "gain";
      readonly id: number;
      readonly nonlinearity: string;
      readonly parameter: number;
    }
  | { readonly type: "cancel"; readonly id: number };

export type FromServer =
  | OfServer
  | { readonly type: "progress"; readonly id: number; readonly progress: number }
  /** One of the request's results, in order; they are complete with "done". */
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  /** What is new of the request's scheme `index`: its result will be without them. */
  | {
      readonly type: "frames";
      readonly id: number;
      readonly index: number;
      readonly frames: readonly unknown[];
      /** The step at which its run diverged; 0 where it has not, or is not over. */
      readonly diverged: number;
    }
  /** By what tensors that are drawn may surprise. */
  | { readonly type: "warnings"; readonly id: number; readonly warnings: readonly Issue[] }
  | { readonly type: "done"; readonly id: number }
  | { readonly type: "refused"; readonly id: number; readonly issues: readonly Issue[] };

/** Either end of the connection: a worker, its scope, or a pair within one thread. */
export interface Port<Sent, Received> {
  post(message: Sent, transfer?: ArrayBuffer[]): void;
  listen(receive: (message: Received) => void): void;
}

/** A running server: its port, and how to end it. */
export interface Connection<Sent, Received> extends Port<Sent, Received> {
  /** Called when the server itself breaks. */
  onBreak(report: (message: string) => void): void;
  close(): void;
}
