/** Figures and their data as files. */
import type { Theme } from "../charts/theme.js";

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

/** A copy of the SVG that is a document of its own, on the theme's ground. */
export function toSvgDocument(svg: SVGSVGElement, theme: Theme): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("color", theme.text);
  for (const passing of copy.querySelectorAll(".cursor, .pulse")) passing.remove();
  for (const term of copy.querySelectorAll(".term")) term.replaceWith(term.textContent);
  copy.normalize();
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", theme.ground);
  copy.prepend(ground);
  return copy;
}

export function toSvgText(svg: SVGSVGElement, theme: Theme): string {
  return new XMLSerializer().serializeToString(toSvgDocument(svg, theme));
}

/** The SVG as a PNG at twice its size. */
export async function toPng(svg: SVGSVGElement, theme: Theme): Promise<Blob> {
  const scale = 2;
  const image = new Image();
  const url = URL.createObjectURL(new Blob([toSvgText(svg, theme)], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = scale * image.width;
    canvas.height = scale * image.height;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no image")))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
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
