/**
 * A judge of regular expressions: which of them may take more than linear time, by their structure.
 * It is stricter than the truth, so that a pattern without complaint is linear: what it does not tell
 * apart, a pattern does without.
 */
import { RegExpParser } from "@eslint-community/regexpp";
import type { AST } from "@eslint-community/regexpp";

/** A part of one way through a pattern. */
interface Part {
  readonly kind: "one" | "loop" | "begin" | "check" | "before" | "not-before";
  /** Characters that it may take, among those that are looked at. */
  readonly chars: ReadonlySet<string>;
  /** Whether a way may fail at it. */
  readonly required: boolean;
}
type Way = readonly Part[];

/** Characters by which sets are compared: those of two alphabets, spaces, marks, Han. */
const SAMPLE = [
  ...Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code)),
  ...Array.from(
    "\u2000\u2028\u202f\u2212\u2e80\u3000\ufeff\uff08\uff09，。、：；！？《》“”…中文ασφ×√",
  ),
];
const NONE: ReadonlySet<string> = new Set();

function charsOf(node: AST.Node, flags: string): ReadonlySet<string> {
  const alone = new RegExp(`^(?:${node.raw})$`, flags.replace(/[gym]/g, ""));
  return new Set(SAMPLE.filter((sign) => alone.test(sign)));
}

const meets = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  [...a].some((sign) => b.has(sign));
const holds = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  [...b].every((sign) => a.has(sign));
const together = (ways: readonly Way[]): ReadonlySet<string> =>
  new Set(ways.flatMap((way) => way.flatMap(({ chars }) => [...chars])));

class Judge {
  readonly found: string[] = [];
  constructor(private readonly flags: string) {}

  /** Every way through alternatives. */
  ways(alternatives: readonly AST.Alternative[]): Way[] {
    return alternatives.flatMap(({ elements }) =>
      elements.reduce<Way[]>(
        (before, element) =>
          before.flatMap((way) => this.element(element).map((more) => [...way, ...more])),
        [[]],
      ),
    );
  }

  private element(node: AST.Element): Way[] {
    switch (node.type) {
      case "Group":
      case "CapturingGroup":
        return this.ways(node.alternatives);
      case "Quantifier":
        return this.quantifier(node);
      case "Assertion":
        return this.assertion(node);
      case "Backreference":
        this.found.push(`${node.raw}: a reference back`);
        return [[]];
      default:
        return [[{ kind: "one", chars: charsOf(node, this.flags), required: true }]];
    }
  }

  private assertion(node: AST.Assertion): Way[] {
    const check: Part = { kind: "check", chars: NONE, required: true };
    if (node.kind === "start" && !this.flags.includes("m"))
      return [[{ kind: "begin", chars: NONE, required: true }]];
    if (node.kind === "lookahead")
      return this.ways(node.alternatives).map((way) => [...way, check]);
    if (node.kind !== "lookbehind") return [[check]];
    const ways = this.ways(node.alternatives);
    if (ways.some((way) => way.some(({ kind }) => kind === "loop")))
      this.found.push(`${node.raw}: a loop that looks back`);
    const kind = node.negate ? "not-before" : "before";
    return [[{ kind, chars: together(ways), required: true }]];
  }

  private quantifier(node: AST.Quantifier): Way[] {
    const inner = this.element(node.element);
    const none: Way[] = node.min === 0 ? [[]] : [];
    if (node.max !== Infinity) return [...none, ...inner];
    const chosen = inner.length > 1 || inner.some((way) => way.some(({ kind }) => kind === "loop"));
    if (
      chosen ||
      /[?*+,]/.test(node.element.raw.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\(\?[:=!]/g, ""))
    )
      this.found.push(`${node.raw}: a loop over what has ways of its own`);
    return [[{ kind: "loop", chars: together(inner), required: node.min > 0 }]];
  }
}

/** What one way may do twice over the same characters. */
function complaintsOf(way: Way, anchored: boolean): string[] {
  const found: string[] = [];
  const fails = (from: number) => way.slice(from).some(({ required }) => required);
  way.forEach((loop, i) => {
    if (loop.kind !== "loop") return;
    const [first] = way;
    // Its run can begin at one place alone.
    const bound =
      anchored ||
      first?.kind === "begin" ||
      (first?.kind === "before" && !meets(first.chars, loop.chars)) ||
      (first?.kind === "not-before" && holds(first.chars, loop.chars));
    const taking = way
      .slice(0, i)
      .filter(({ kind, required }) => kind === "one" || (kind === "loop" && required));
    if (!bound && fails(i + 1) && taking.every(({ chars }) => meets(chars, loop.chars)))
      found.push("a loop that every place within its run begins again");
    for (let j = i + 1; j < way.length; ++j) {
      const other = way[j];
      if (!other) break;
      if (other.kind === "loop" && meets(other.chars, loop.chars) && fails(j + 1))
        found.push("two loops that may share a run");
      const passes = other.kind === "one" || (other.kind === "loop" && other.required);
      if (passes && !meets(other.chars, loop.chars)) break;
    }
  });
  return found;
}

/** Why a pattern may not be linear in its input; nothing where it is. */
export function complaints(source: string, flags: string): string[] {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
  });
  const judge = new Judge(flags);
  const ways = judge.ways(pattern.alternatives);
  const found = ways.flatMap((way) => complaintsOf(way, flags.includes("y")));
  return [...new Set([...judge.found, ...found])];
}
