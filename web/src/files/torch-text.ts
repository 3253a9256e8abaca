/**
 * A tensor as PyTorch prints it: four digits, aligned columns, 80 characters a line, and the corners
 * alone beyond 1000 elements (torch/_tensor_str.py, default print options).
 */
import { checkTensor } from "./check.js";

const PRECISION = 4;
const LINE_WIDTH = 80;
const THRESHOLD = 1000;
const EDGE_ITEMS = 3;

/** Python's "{:.4f}": ties to even, which toFixed breaks upwards. Exact for float32. */
function fixed(value: number): string {
  const scaled = Math.abs(value) * 10 ** PRECISION;
  const tie = scaled % 1 === 0.5 && scaled % 2 === 0.5;
  const text = tie ? (Math.floor(scaled) / 10 ** PRECISION).toFixed(PRECISION) : "";
  if (!tie) return value.toFixed(PRECISION).replace(/^(?!-)/, Object.is(value, -0) ? "-" : "");
  return value < 0 ? `-${text}` : text;
}

/** Python's "{:.4e}": at least two digits of exponent. */
function scientific(value: number): string {
  return value.toExponential(PRECISION).replace(/e([-+])(\d)$/, "e$10$2");
}

function nonFinite(value: number): string | undefined {
  if (Number.isNaN(value)) return "nan";
  if (Number.isFinite(value)) return undefined;
  return value < 0 ? "-inf" : "inf";
}

/** How the elements of one tensor are written: all alike, and equally wide. */
function formatter(values: readonly number[]): (value: number) => string {
  const seen = values.filter((value) => Number.isFinite(value) && value !== 0);
  const sizes = seen.map(Math.abs);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  const least = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const whole = seen.every((value) => Number.isInteger(value));
  const far = seen.length > 0 && (most / least > 1000 || most > 1e8 || (!whole && least < 1e-4));
  const plain = (value: number) => (whole ? `${value.toFixed(0)}.` : fixed(value));
  const text = (value: number) => nonFinite(value) ?? (far ? scientific(value) : plain(value));
  const width = seen.reduce((widest, value) => Math.max(widest, text(value).length), 1);
  return (value) => text(value).padStart(width);
}

/** Throws an InitscopeError where the shape does not fit, or has more axes than PyTorch's may. */
export function torchText(given: Float32Array, extents: readonly number[]): string {
  const { values, shape } = checkTensor({ values: given, shape: extents });
  if (values.length === 0)
    return shape.length === 1 ? "tensor([])" : `tensor([], size=(${shape.join(", ")}))`;
  if (shape.length === 0) {
    const [value = NaN] = values;
    return `tensor(${formatter([value])(value)})`;
  }
  const summarize = values.length > THRESHOLD;
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
  /** Indices along an axis, with `undefined` where some are left out. */
  const shown = (extent: number): (number | undefined)[] => {
    const all = Array.from({ length: extent }, (_, i) => i);
    if (!summarize || extent <= 2 * EDGE_ITEMS) return all;
    return [...all.slice(0, EDGE_ITEMS), undefined, ...all.slice(-EDGE_ITEMS)];
  };
  const printed: number[] = [];
  const collect = (axis: number, at: number): void => {
    for (const i of shown(shape[axis] ?? 0)) {
      if (i === undefined) continue;
      const next = at + i * (strides[axis] ?? 0);
      if (axis === shape.length - 1) printed.push(values[next] ?? NaN);
      else collect(axis + 1, next);
    }
  };
  collect(0, 0);
  const format = formatter(printed);
  const width = format(printed[0] ?? 0).length;
  const vector = (at: number, indent: number): string => {
    const perLine = Math.max(1, Math.floor((LINE_WIDTH - indent) / (width + 2)));
    const items = shown(shape.at(-1) ?? 0).map((i) =>
      i === undefined ? " ..." : format(values[at + i] ?? NaN),
    );
    const lines: string[] = [];
    for (let i = 0; i < items.length; i += perLine)
      lines.push(items.slice(i, i + perLine).join(", "));
    return `[${lines.join(`,\n${" ".repeat(indent + 1)}`)}]`;
  };
  const nested = (axis: number, at: number, indent: number): string => {
    if (axis === shape.length - 1) return vector(at, indent);
    const slices = shown(shape[axis] ?? 0).map((i) =>
      i === undefined ? "..." : nested(axis + 1, at + i * (strides[axis] ?? 0), indent + 1),
    );
    const breaks = "\n".repeat(shape.length - axis - 1);
    return `[${slices.join(`,${breaks}${" ".repeat(indent + 1)}`)}]`;
  };
  return `tensor(${nested(0, 0, "tensor(".length)})`;
}
