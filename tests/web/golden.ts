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

/** A tensor drawn by PyTorch, as a request of the npm API. */
export interface TorchTensor {
  readonly request: { readonly scheme: string; readonly shape: number[]; readonly seed: string };
  /** Of orthogonal matrices there are values, or the first of them, instead. */
  readonly sha256?: string;
  readonly values?: readonly number[];
}

export interface TorchModel {
  readonly seed: string;
  readonly layers: readonly { readonly layer: string; readonly args: Record<string, number> }[];
  readonly parameters: {
    readonly name: string;
    readonly shape: number[];
    readonly sha256: string;
  }[];
}

const numbers = (text: string): number[] => text.split(",").map(Number);

function named(text: string): Record<string, number | string> {
  const pairs = text.split(";").filter((part) => part.includes(":"));
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", value = ""] = pair.split(":");
      return [name, Number.isNaN(Number(value)) ? value : Number(value)];
    }),
  );
}

/** What tests/golden/torch.txt says of PyTorch. */
export function goldenTorch(): {
  tensors: TorchTensor[];
  models: TorchModel[];
  calls: { seed: string; values: number[][] };
} {
  const calls = { seed: "", values: [] as number[][] };
  const tensors: TorchTensor[] = [];
  const models: TorchModel[] = [];
  for (const line of lines("torch.txt")) {
    const [kind, a = "", b = "", c = "", d = "", e = ""] = line.split(" ");
    if (kind === "tensor" || kind === "matrix") {
      const request = { ...named(d), scheme: a, shape: numbers(b), seed: c };
      tensors.push(kind === "tensor" ? { request, sha256: e } : { request, values: numbers(e) });
    } else if (kind === "model") {
      const layers = b.split("|").map((layer) => ({
        layer: layer.split(";")[0] ?? "",
        args: named(layer) as Record<string, number>,
      }));
      models.push({ seed: a, layers, parameters: [] });
    } else if (kind === "calls") {
      calls.seed = a;
    } else if (kind === "normal") {
      calls.values.push(numbers(b));
    } else if (kind === "parameter") {
      models.at(-1)?.parameters.push({ name: a, shape: numbers(b), sha256: c });
    }
  }
  return { tensors, models, calls };
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
