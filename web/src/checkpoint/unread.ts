/** Files of which nothing can be read but names and shapes. */
import type { TensorEntry } from "./entry.js";

/** Throws why the first tensor is not read where none is. */
export function refuseUnread(tensors: readonly TensorEntry[]): void {
  const [first] = tensors;
  if (first?.unread && tensors.every(({ unread }) => unread)) throw first.unread;
}
