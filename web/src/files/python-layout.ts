/** Expressions of Python, on one line where they fit and else an argument a line. */

/** Most characters of a line, as the formatters of Python have it. */
const LINE = 88;
const STEP = "    ";

/** A text, or arguments in brackets. Those of a comprehension have no commas between them. */
export type Layout =
  | string
  | {
      readonly open: string;
      readonly inside: readonly Layout[];
      readonly close: string;
      readonly loose?: boolean;
    };

/** On one line. */
export function flat(layout: Layout): string {
  if (typeof layout === "string") return layout;
  const { open, inside, close, loose } = layout;
  return `${open}${inside.map(flat).join(loose ? " " : ", ")}${close}`;
}

export const call = (name: string, inside: readonly Layout[]): Layout => ({
  open: `${name}(`,
  inside,
  close: ")",
});

/** An argument by its name. */
export const argument = (name: string, value: Layout): Layout =>
  typeof value === "string" ? `${name}=${value}` : { ...value, open: `${name}=${value.open}` };

/** The call at the end of an expression, whose arguments may stand on lines of their own. */
export function callOf(text: string): Layout {
  const inside: string[] = [];
  let end = text.length - 1;
  let depth = 0;
  if (!text.endsWith(")")) return text;
  for (let i = end; i >= 0; --i) {
    const sign = text[i] ?? "";
    if (")]".includes(sign)) ++depth;
    if ("([".includes(sign)) --depth;
    if (depth === 0 || (depth === 1 && sign === ",")) {
      inside.unshift(text.slice(i + 1, end).trim());
      end = i;
    }
    if (depth === 0)
      return {
        open: text.slice(0, i + 1),
        inside: inside.filter((each) => each !== ""),
        close: ")",
      };
  }
  return text;
}

/** `*[of for _ in range(count)]` */
export const repeated = (of: Layout, count: number): Layout => ({
  open: "*[",
  inside: [of, `for _ in range(${count})`],
  close: "]",
  loose: true,
});

/** Lines of `before` and the expression, at an indentation; `after` follows its end. */
export function linesOf(before: string, layout: Layout, indent = "", after = ""): string[] {
  const line = `${indent}${before}${flat(layout)}${after}`;
  if (typeof layout === "string" || line.length <= LINE || layout.inside.length === 0)
    return [line];
  const { open, inside, close, loose } = layout;
  const comma = loose ? "" : ",";
  return [
    `${indent}${before}${open}`,
    ...inside.flatMap((each) => linesOf("", each, indent + STEP, comma)),
    `${indent}${close}${after}`,
  ];
}

/** Pieces of a network's text, broken behind commas, that lines of this length hold. */
function pieces(text: string, length: number): string[] {
  const lines = [""];
  for (const part of text.split(/(?<=,)/)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + part.length > length) lines.push(part);
    else lines[lines.length - 1] = line + part;
  }
  return lines;
}

/** A network's text as a docstring. */
export const docstring = (text: string): string[] =>
  `"""${pieces(text, LINE - 10).join("\n")}"""`.split("\n").map((line) => STEP + line);

/** A network's text as a comment. */
export const comment = (text: string): string[] =>
  pieces(text, LINE - 2).map((line) => `# ${line}`);
