/** One cursor for all figures of a lab that show layers. */

/** Where the cursor of a lab's figures is; said to the root that they stand in. */
export class LayerChange extends CustomEvent<{
  /** The figure that the reader points at. */
  readonly by: object;
  /** None where the cursor is gone. */
  readonly layer: number | undefined;
  /** That at which it stays when nothing points elsewhere. */
  readonly kept: number | undefined;
}> {
  static readonly type = "init-layer";
}
