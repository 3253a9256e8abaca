/** Texts of formulas and of nets that nobody would write: by the grammar, with what is too much among them, and noise. */
import { generator } from "./mutate.js";

/** Chooses by chance, the same way every time. */
class Chance {
  private readonly next: () => number;
  constructor(seed: number) {
    this.next = generator(seed);
  }
  below(n: number): number {
    return this.next() % n;
  }
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
  join(list: readonly string[], most: number): string {
    return Array.from({ length: this.below(most) }, () => this.of(list)).join("");
  }
}

const NUMBERS = ["0.5", "2", "1.702", "0.044715", "3", "1e-1", "pi", "1e40", "0"];
const FUNCTIONS = [
  ["tanh", "sigmoid", "erf", "sin", "cos", "softplus"],
  ["exp", "log", "sqrt", "abs", "relu"],
].flat();
const COMPARISONS = ["<", "<=", ">", ">="];

function formula(chance: Chance, depth: number): string {
  const inner = () => formula(chance, depth - 1);
  if (depth === 0 || chance.below(8) === 0)
    return chance.below(3) === 0 ? chance.of(NUMBERS) : chance.of(["z", "x"]);
  switch (chance.below(8)) {
    case 0:
      return `${inner()}+${inner()}`;
    case 1:
      return `(${inner()})-(${inner()})`;
    case 2:
      return `(${inner()})*(${inner()})`;
    case 3:
      return `(${inner()})/(${inner()})`;
    case 4:
      return `(${inner()})^(${inner()})`;
    case 5:
      return `${chance.of(["min", "max"])}(${inner()},${inner()})`;
    case 6:
      return `where(${inner()}${chance.of(COMPARISONS)}${inner()},${inner()},${inner()})`;
    default:
      return `${chance.of(FUNCTIONS)}(${inner()})`;
  }
}

const SIGNS =
  "z x ( ) , + - * / ^ < <= > >= 1e . 1e999 0x10 where max tanh 1 ** exp( (((( ---- pi eval 权 𝛼"
    .split(" ")
    .concat(" ", "\t", "\n", "\u0000", "&", "%", "#", "=", ";", '"', "<script>", "${z}", "\ud800");

/** Formulas: well-formed ones, pieces in no order, one piece again and again, and one letter changed. */
export function formulas(count: number, seed: number): readonly string[] {
  const chance = new Chance(seed);
  return Array.from({ length: count }, () => {
    const text = formula(chance, 1 + chance.below(6));
    switch (chance.below(4)) {
      case 0:
        return chance.join(SIGNS, 60);
      case 1:
        return chance.of(SIGNS).repeat(chance.below(400));
      case 2: {
        const at = chance.below(text.length);
        return text.slice(0, at) + chance.of(SIGNS) + text.slice(at + 1);
      }
      default:
        return text;
    }
  });
}

const BLOCKS = [
  "dense",
  "dense",
  "phi",
  "phi",
  "ln",
  "rms",
  "bn",
  "gn;groups:2",
  "scale;value:0",
  "scale;value:-1e3",
  "dropout",
  "dense;out:2x",
  "dense;out:width",
  "dense;out:3",
  "dense;weight:normal[std:0.02];bias:ones",
  "dense;weight:library",
  "phi;activation:sin;omega_0:30",
  "phi;activation:none",
  "ln;eps:0",
  "dense;out:1e9",
  "conv",
];
const COUNTS = ["2", "depth", "3", "2000", "0", "999999999999"];
const SCALES = ["", "", ";scale:1/sqrt(depth)", ";scale:0", ";scale:nan"];

function net(chance: Chance, depth: number): string {
  return Array.from({ length: 1 + chance.below(3) }, () => {
    const kind = depth < 10 ? chance.below(8) : 7;
    const inner = () => net(chance, depth + 1);
    if (kind === 0) return `${chance.of(COUNTS)}*(${inner()})`;
    if (kind > 1) return chance.of(BLOCKS);
    const shortcut = chance.below(4) === 0 ? `|${inner()}` : "";
    return `res${chance.of(SCALES)}(${inner()}${shortcut})`;
  }).join(",");
}

const PIECES =
  "( ) , ; : | [ ] * 3 depth res dense phi ln out 4x 1/sqrt( weight scale nan 1e999 -0 x ** std:0.1 权 & % # = +"
    .split(" ")
    .concat(" ", "\n", "\u0000", "\ud800");

/** Nets: well-formed ones, pieces in no order, and one letter changed. */
export function nets(count: number, seed: number): readonly string[] {
  const chance = new Chance(seed);
  return Array.from({ length: count }, () => {
    const text = net(chance, 0);
    switch (chance.below(4)) {
      case 0:
        return chance.join(PIECES, 30);
      case 1: {
        const at = chance.below(text.length);
        return text.slice(0, at) + chance.of(PIECES) + text.slice(at + 1);
      }
      default:
        return text;
    }
  });
}
