/** Tables of numbers from a reader's file: .npy of NumPy, or CSV. All that the page loads for a file. */
import { KIND_BYTES, kindOf } from "./file-kind.js";
import { readCsv } from "./read-csv.js";
import { readNpy } from "./read-npy.js";
import { TableError } from "./table.js";
import type { NumberTable } from "./table.js";

export { TableError } from "./table.js";
export { faultText } from "./table-words.js";

/** A larger file is not read at all: the most numbers take less, whatever their digits. */
const MOST_BYTES = 1 << 26;

/** The file's bytes, which the system may refuse: it was moved, or may not be read. */
async function bytesOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (error) {
    throw new TableError("unreadable", error instanceof Error ? error.name : String(error));
  }
}

/** By what the file is; its name counts where its bytes could be anything. Throws a TableError. */
export async function readTable(file: File): Promise<NumberTable> {
  if (file.size > MOST_BYTES)
    throw new TableError("large", `${file.size} bytes; ${MOST_BYTES} bytes`);
  const bytes = await bytesOf(file);
  const kind = kindOf(new Uint8Array(bytes, 0, Math.min(KIND_BYTES, bytes.byteLength)));
  if (kind === "npy") return readNpy(bytes);
  if (kind) throw new TableError("kind", kind);
  if (/\.npy$/i.test(file.name)) return readNpy(bytes); // which says how such a file begins
  if (kind === "") throw new TableError("binary", file.name);
  return readCsv(new TextDecoder().decode(bytes));
}
