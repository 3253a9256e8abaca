/**
 * Tensors as files: NumPy's .npy and .npz, .safetensors, CSV. All are little-endian float32. What does
 * not fit a format is refused with an InitscopeError that names the field.
 */
import { zipSync } from "fflate";
import { checkNamed, checkTensor, refused } from "./check.js";

/** A tensor with its name and shape, row-major. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const utf8 = new TextEncoder();

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes;
}

function concatenate(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** NumPy's format, version 1.0: magic, length, a Python dict padded to a multiple of 64, data. */
export function toNpy(tensor: Pick<NamedTensor, "shape" | "values">): Uint8Array<ArrayBuffer> {
  const { shape, values } = checkTensor(tensor);
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${extents}), }`;
  const prefix = 10; // magic, version, length
  const size = Math.ceil((prefix + dictionary.length + 1) / 64) * 64 - prefix;
  const header = utf8.encode(`${dictionary.padEnd(size - 1)}\n`);
  const start = new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, size & 255, size >> 8]);
  return concatenate(start, header, littleEndian(values));
}

/** Longest name of a tensor in a zip, in UTF-16 units: its bytes then fit the format's 65535. */
const MOST_NAME = 10_000;

/** What keeps a name from being that of a file below the folder in which a zip is unpacked. */
function hindranceInZip(name: string): string {
  if (name.length > MOST_NAME) return `names of at most ${MOST_NAME} characters`;
  if (/[\\\p{Cc}]/u.test(name))
    return "names of files: backslashes and control characters are none";
  if (/^[a-z]:/i.test(name)) return "names of files: it begins with a drive";
  const parts = name.split("/");
  return parts.some((part) => ["", ".", ".."].includes(part))
    ? 'names of files: no part between slashes may be "", "." or ".."'
    : "";
}

/** A zip of .npy files, as numpy.savez writes it: not compressed, for noise is not compressible. */
export function toNpz(tensors: readonly NamedTensor[]): Uint8Array<ArrayBuffer> {
  const files = checkNamed(tensors, hindranceInZip).map(
    (tensor) => [`${tensor.name}.npy`, toNpy(tensor)] as const,
  );
  // The same bytes whenever it is written: zip's first date.
  return zipSync(Object.fromEntries(files), { level: 0, mtime: new Date(1980, 0, 1, 12) });
}

/** What safetensors keeps for texts about the file. */
const METADATA = "__metadata__";

/** Length of the header, the header as JSON, padded to a multiple of 8 bytes, data. */
export function toSafetensors(tensors: readonly NamedTensor[]): Uint8Array<ArrayBuffer> {
  const checked = checkNamed(tensors, (name) =>
    name === METADATA ? "safetensors, which has no tensor of that name" : "",
  );
  let offset = 0;
  const entries = checked.map(({ name, shape, values }) => {
    const begin = offset;
    offset += 4 * values.length;
    return [name, { dtype: "F32", shape, data_offsets: [begin, offset] }] as const;
  });
  const json = utf8.encode(JSON.stringify(Object.fromEntries(entries)));
  const header = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20); // spaces
  header.set(json);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return concatenate(length, header, ...checked.map(({ values }) => littleEndian(values)));
}

/** One line for each row of the matrix, nine digits, which give the float32 back. */
export function toMatrixCsv(values: Float32Array, columns: number): string {
  const rows = values.length / columns;
  if (
    values.length > 0 &&
    !(Number.isSafeInteger(rows) && Number.isSafeInteger(columns) && rows > 0)
  )
    throw refused("columns", columns, "not_with", `${values.length} values`);
  const lines: string[] = [];
  for (let at = 0; at < values.length; at += columns)
    lines.push(
      Array.from(values.subarray(at, at + columns), (value) =>
        String(Number(value.toPrecision(9))),
      ).join(","),
    );
  return `${lines.join("\n")}\n`;
}
