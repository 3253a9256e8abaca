/** A figure's data as a file, and what hands out files. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * CSV with full precision. Texts are quoted where they need it, and one that a spreadsheet would take
 * for a formula has an apostrophe before it.
 */
export function toCsv(table: Table): string {
  const cell = (value: string | number) => {
    const formula = typeof value === "string" && /^[=+@\t\r]|^-(?![\d.])/.test(value);
    const text = `${formula ? "'" : ""}${value}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [table.head, ...table.rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

/** A sandboxed frame lets no download through and does not say so. */
export function downloadsBlocked(): boolean {
  return self.origin === "null" && location.protocol !== "file:";
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
