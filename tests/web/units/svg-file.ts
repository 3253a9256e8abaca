/** An SVG as a file that is read in review: an element a line, numbers rounded. */
import { themes } from "../../../web/src/charts/theme.js";

/** Decimals of what is a number of pixels: finer than is seen, coarser than the last bits of a logarithm. */
const DECIMALS = 2;

/** Commands of a path in a line. */
const COMMANDS = 8;

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

/**
 * A path of many commands in lines of as many: what moves changes its own line alone. To a reader of SVG
 * the break is a space.
 */
function wrapped(path: string, indent: string): string {
  const commands = path.split(/(?=[A-Za-z])/);
  const parts: string[] = [];
  for (let i = 0; i < commands.length; i += COMMANDS)
    parts.push(commands.slice(i, i + COMMANDS).join(""));
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

/** A drawing as a document of its own, on the light theme's ground. */
export function asDocument(svg: SVGSVGElement): SVGSVGElement {
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("color", themes.light.text);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", themes.light.ground);
  svg.prepend(ground);
  return svg;
}

/** An SVG document in lines. */
export function reviewable(svg: SVGSVGElement): string {
  return `${lines(svg, "").join("\n")}\n`;
}
