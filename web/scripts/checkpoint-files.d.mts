import type { Scope } from "../src/package/index.js";

type Drawing = Pick<Scope, "initialize" | "initializeModel">;

export const CHECKPOINTS: Readonly<
  Record<
    "untrained" | "frozen" | "wrong-fan" | "underflow",
    (scope: Drawing) => Promise<Uint8Array<ArrayBuffer>>
  >
>;
/** Values as float16, to nearest, ties to even. */
export function halves(values: ArrayLike<number>): Uint16Array;
