/** An SVG as a file that is read in review: an element a line, numbers rounded. */

/** Decimals of what is a number of pixels: finer than is seen, coarser than the last bits of a logarithm. */
const DECIMALS = 2;

/** Characters of a path's data in a line. */
const MOST_PATH = 100;

/** Attributes whose digits are no coordinates. */
const VERBATIM = new Set(["aria-label", "href", "xmlns"]);

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** All numbers of a text with at most two decimals, and no -0. */
export function rounded(text: string): string {
  return text.replace(/-?\d*\.\d+(e-?\d+)?/g, (number) =>
    String(Number(Number(number).toFixed(DECIMALS)) || 0),
  );
}

/** Long paths go over several lines, a command whole; to a reader of SVG the break is a space. */
function wrapped(path: string, indent: string): string {
  const parts = [""];
  for (const command of path.split(/(?=[A-Za-z])/)) {
    if ((parts.at(-1) ?? "").length + command.length > MOST_PATH) parts.push("");
    parts.push((parts.pop() ?? "") + command);
  }
  return parts.join(`\n${indent}  `);
}

/** Those of the root have a line each: what the figure says of itself is one of them. */
function attributesOf(element: Element, indent: string): string {
  const separator = indent === "" ? "\n    " : " ";
  const textOf = (name: string, value: string) => {
    if (VERBATIM.has(name)) return escaped(value);
    return name === "d" ? wrapped(rounded(value), indent) : escaped(rounded(value));
  };
  return [...element.attributes]
    .map(({ name, value }) => `${separator}${name}="${textOf(name, value)}"`)
    .join("");
}

function lines(element: Element, indent: string): string[] {
  const { tagName } = element;
  const open = `${indent}<${tagName}${attributesOf(element, indent)}`;
  const children = [...element.children];
  if (children.length > 0)
    return [
      `${open}>`,
      ...children.flatMap((child) => lines(child, `${indent}  `)),
      `${indent}</${tagName}>`,
    ];
  const text = element.textContent;
  return [text ? `${open}>${escaped(text)}</${tagName}>` : `${open}/>`];
}

/** An SVG document, as it is downloaded, in lines. */
export function reviewable(svg: SVGSVGElement): string {
  return `${lines(svg, "").join("\n")}\n`;
}
