/** Files of PyTorch that tests write, and what is read of them. */
import type { Checkpoint } from "../../../web/src/checkpoint/entry.js";
import { readCheckpoint } from "../../../web/src/checkpoint/read.js";
import { bytesSource } from "../../../web/src/checkpoint/source.js";
import { refusalOf } from "./entry-values.js";
import { archive, float32, pickle, tensor } from "./pickle-writer.js";
import type { Code } from "./pickle-writer.js";

export const SIX = float32(0, 1, 2, 3, 4, 5);
export const records = { "data/0": SIX };

export const readBytes = async (bytes: Uint8Array): Promise<Checkpoint> => {
  const [checkpoint] = await readCheckpoint([bytesSource("file.pt", bytes)]);
  if (!checkpoint) throw new Error("no checkpoint");
  return checkpoint;
};
export const read = (value: Code, files: Readonly<Record<string, Uint8Array>> = records) =>
  readBytes(archive(pickle(value), files));
export const refused = (value: Code, files: Readonly<Record<string, Uint8Array>> = records) =>
  refusalOf(() => read(value, files));
export const names = ({ tensors }: Checkpoint) => tensors.map(({ name }) => name);

export const view = (shape: readonly number[], strides?: readonly number[], offset = 0) =>
  tensor({ numel: 6, shape, offset, ...(strides ? { strides } : {}) });
export const one = tensor({ numel: 6, shape: [2] });
