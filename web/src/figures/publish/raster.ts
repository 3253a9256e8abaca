/** SVG documents as texts, as addresses and as images of pixels. */

export function svgFile(svg: SVGSVGElement): string {
  return new XMLSerializer().serializeToString(svg);
}

export function svgBlob(svg: SVGSVGElement): Blob {
  return new Blob([svgFile(svg)], { type: "image/svg+xml" });
}

/** As an address, which a strict policy of a page around lets images have. */
export function svgAddress(svg: SVGSVGElement): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgFile(svg))}`;
}

/** The SVG as a PNG, so many times its size. */
export async function toPng(svg: SVGSVGElement, scale: number): Promise<Blob> {
  const image = new Image();
  image.src = svgAddress(svg);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = scale * image.width;
  canvas.height = scale * image.height;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no image")))),
  );
}
