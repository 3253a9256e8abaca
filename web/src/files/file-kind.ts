/** What a file is by its first bytes, whatever its name says. */

/** A kind's name, and the bytes that its files begin with. */
const SIGNATURES: readonly (readonly [kind: string, begins: string])[] = [
  ["npy", "\x93NUMPY"],
  ["PNG", "\x89PNG"],
  ["JPEG", "\xff\xd8\xff"],
  ["GIF", "GIF8"],
  ["PDF", "%PDF"],
  ["gzip", "\x1f\x8b"],
  ["HDF5", "\x89HDF"],
  ["Parquet", "PAR1"],
  ["GGUF", "GGUF"],
  ["ZIP", "PK\x03\x04"],
  ["Excel", "\xd0\xcf\x11\xe0"],
  ["UTF-16", "\xff\xfe"],
  ["UTF-16", "\xfe\xff"],
];
/** Texts that are no tables, by what they begin with after spaces; an SVG may have a prologue. */
const MARKUP: readonly (readonly [kind: string, begins: RegExp])[] = [
  ["HTML", /^<(?:!doctype\s+html|html)\b/i],
  ["XML", /^<\?xml\b/i],
  ["JSON", /^(?:\{\s*["}]|\[\s*[[{"\d-])/],
];
/** One part of what may stand before a document's first element: its declaration, or a comment. */
const PROLOGUE = /\s*(?:<\?[^>]*>|<!--[^]*?-->)/y;
/** ZIP archives of other kinds, by the name of a file within them. */
const ARCHIVES: readonly (readonly [kind: string, holds: RegExp])[] = [
  ["NumPy .npz", /\.npy/],
  ["PyTorch", /data\.pkl/],
  ["Excel", /\[Content_Types\]|xl\//],
];

/** How many bytes are looked at. */
export const KIND_BYTES = 1024;

/** safetensors: the length of a JSON header in eight bytes, and the header. */
function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 10 && bytes[8] === 0x7b && bytes.subarray(4, 8).every((byte) => byte === 0);
}

/** Whether the first element of a document is an image's. The prologue is passed part by part. */
function isSvg(text: string): boolean {
  let at = 0;
  PROLOGUE.lastIndex = at;
  while (PROLOGUE.test(text)) at = PROLOGUE.lastIndex;
  return /^<svg\b/i.test(text.slice(at).trimStart());
}

/** The kind of a file that begins with these bytes: undefined for a text, "" for what is not known. */
export function kindOf(bytes: Uint8Array): string | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, KIND_BYTES));
  const kind = SIGNATURES.find(([, begins]) => text.startsWith(begins))?.[0];
  if (kind === "ZIP") return ARCHIVES.find(([, holds]) => holds.test(text))?.[0] ?? kind;
  if (kind) return kind;
  if (isSafetensors(bytes)) return "safetensors";
  if (/^\x80[\x02-\x05]/.test(text)) return "pickle";
  if (text.includes("\0")) return "";
  if (isSvg(text)) return "SVG";
  return MARKUP.find(([, begins]) => begins.test(text.trimStart()))?.[0];
}
