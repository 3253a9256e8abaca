/** What callers hand over as a file, of any window and with whatever its class has made of it. */

/** A file of a page or a system, or bytes with a name. What has no name is called by its place: "file 1". */
export type AuditFile =
  File | Blob | { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** A blob with all that is in this one, as the platform has it; undefined for what is none. */
export function plainBlob(value: unknown): Blob | undefined {
  try {
    return Blob.prototype.slice.call(value);
  } catch {
    return undefined;
  }
}

/** The name of a File; undefined for what is none. */
export function fileName(value: unknown): string | undefined {
  try {
    const name: unknown = Reflect.get(File.prototype, "name", value);
    return typeof name === "string" ? name : undefined;
  } catch {
    return undefined;
  }
}

/** What a blob without a name is called. */
export const nameOfPlace = (place: number): string => `file ${place + 1}`;
