/**
 * The header of NumPy's format: a Python dict of three keys, as text. It is read once from left to
 * right, so that its length, which is bounded, is all that a file can make the reader do.
 */
import { TableError } from "./table.js";

export interface NpyHeader {
  /** The type of the numbers as NumPy calls it: "<f4". */
  readonly descr: string;
  readonly fortranOrder: boolean;
  /** Extents as they are written, whole numbers. */
  readonly shape: readonly number[];
}

export interface Token {
  readonly kind: "text" | "word" | "integer" | "sign" | "fault";
  /** Without quotes; of a fault, what stands from there on. */
  readonly text: string;
  /** Where it begins, in characters. */
  readonly at: number;
}

/**
 * Spaces, and what one token may be; its alternatives begin with different characters. Python 2 wrote
 * an L behind some numbers.
 */
const TOKEN = /\s*(?:'([^'\\]*)'|"([^"\\]*)"|([A-Za-z_]\w*)|(-?(?:0|[1-9]\d*))L?|([{}()[\]:,]))/y;

/** The tokens of a header; one of kind "fault" is the last. */
export function* tokensOf(text: string): Generator<Token, undefined> {
  const end = text.trimEnd().length;
  let at = 0;
  while (at < end) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) {
      yield { kind: "fault", text: text.slice(at, end), at };
      return;
    }
    const [, single, double, word, integer, sign] = found;
    const quoted = single ?? double;
    if (quoted !== undefined) yield { kind: "text", text: quoted, at };
    else if (word !== undefined) yield { kind: "word", text: word, at };
    else if (integer !== undefined) yield { kind: "integer", text: integer, at };
    else yield { kind: "sign", text: sign ?? "", at };
    at += found[0].length;
  }
}

/** Takes tokens one after the other; each is looked at once. */
class Taker {
  constructor(private readonly tokens: Iterator<Token, undefined>) {}

  next(): Token {
    return this.tokens.next().value ?? { kind: "fault", text: "", at: 0 };
  }

  /** The next token, which must be of a kind, and one of the texts where they are given. */
  take(kind: Token["kind"], ...texts: readonly string[]): string {
    const token = this.next();
    if (token.kind !== kind || (texts.length > 0 && !texts.includes(token.text)))
      throw headerFault(token);
    return token.text;
  }

  finish(): void {
    const token = this.tokens.next().value;
    if (token) throw headerFault(token);
  }
}

/** The place by its number and its text, which a reader can look for; the end is an ellipsis. */
function headerFault({ kind, text, at }: Token): TableError {
  if (kind === "fault" && text === "") return new TableError("header", "…");
  const place = text.slice(0, 40);
  return new TableError("header", `${at + 1}: ${kind === "text" ? `'${place}'` : place}`);
}

function readDescr(taker: Taker): string {
  const token = taker.next();
  if (token.kind === "text") return token.text;
  // A list of fields, each with a name and a type, or a type with a shape of its own.
  if (token.text === "[" || token.text === "(") throw new TableError("dtype", `${token.text}…`);
  throw headerFault(token);
}

function readShape(taker: Taker): readonly number[] {
  const extents: number[] = [];
  taker.take("sign", "(");
  for (;;) {
    const token = taker.next();
    if (token.text === ")" && token.kind === "sign") return extents;
    const extent = Number(token.text);
    if (token.kind !== "integer") throw headerFault(token);
    if (!Number.isSafeInteger(extent)) throw new TableError("large", token.text);
    extents.push(extent);
    if (taker.take("sign", ",", ")") === ")") return extents;
  }
}

/** Reads the tokens of a header. Throws a TableError that names the first place that is wrong. */
export function readHeader(tokens: Iterator<Token, undefined>): NpyHeader {
  const taker = new Taker(tokens);
  let descr: string | undefined;
  let fortranOrder: boolean | undefined;
  let shape: readonly number[] | undefined;
  taker.take("sign", "{");
  for (;;) {
    const key = taker.next();
    if (key.kind === "sign" && key.text === "}") break;
    if (key.kind !== "text") throw headerFault(key);
    taker.take("sign", ":");
    if (key.text === "descr" && descr === undefined) descr = readDescr(taker);
    else if (key.text === "fortran_order" && fortranOrder === undefined)
      fortranOrder = taker.take("word", "True", "False") === "True";
    else if (key.text === "shape" && shape === undefined) shape = readShape(taker);
    else throw headerFault(key);
    if (taker.take("sign", ",", "}") === "}") break;
  }
  taker.finish();
  if (descr === undefined) throw new TableError("header", "descr");
  if (fortranOrder === undefined) throw new TableError("header", "fortran_order");
  if (shape === undefined) throw new TableError("header", "shape");
  return { descr, fortranOrder, shape };
}
