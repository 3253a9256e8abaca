/** The golden data that the native tests use. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const lines = (name: string): string[] =>
  readFileSync(join(import.meta.dirname, "../golden", name), "utf8")
    .trim()
    .split("\n");

/** Name -> SHA-256. */
export function goldenBits(): ReadonlyMap<string, string> {
  return new Map(lines("bits.txt").map((line) => line.split(" ") as [string, string]));
}

export interface GoldenMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly values: readonly number[];
}

/** Orthogonal matrices by NumPy. */
export function goldenMatrices(): GoldenMatrix[] {
  const matrices: GoldenMatrix[] = [];
  const rest = lines("orthogonal.txt");
  for (let header = rest.shift(); header !== undefined; header = rest.shift()) {
    const [rows = 0, columns = 0] = header.split(" ").map(Number);
    const values = rest.splice(0, rows).flatMap((line) => line.split(" ").map(Number));
    matrices.push({ rows, columns, values });
  }
  return matrices;
}
