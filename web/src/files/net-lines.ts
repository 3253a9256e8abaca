/** A network as statements, value by value, as functional programs have it: Keras's and Flax's. */
import { activationOf, branchScale, numberOf } from "./net-source.js";
import type { NetSource } from "./net-source.js";
import { isRepeat, runsOf } from "./net-tree.js";
import type { BlockNode, NetNode } from "./net-tree.js";
import type { ActivationSource } from "./net-activations.js";
import { shortNumber } from "./templates.js";

/** How a library writes what each block makes of the value `of`. */
export interface Dialect {
  readonly dense: (node: BlockNode, of: string) => string;
  readonly activation: (activation: ActivationSource, of: string) => string;
  readonly ln: (eps: string, of: string) => string;
  readonly rms: (eps: string, of: string) => string;
  readonly gn: (groups: number, eps: string, of: string) => string;
  readonly bn: (eps: string, of: string) => string;
  readonly scale: (value: number, of: string) => string;
  readonly dropout: (p: number, of: string) => string;
  /** The trunk and a branch that a factor multiplies, "" for 1. */
  readonly add: (trunk: string, branch: string, factor: string) => string;
}

const STEP = "    ";

/** The trunk is x, a branch h, one within it h2. */
const nameAt = (nesting: number): string =>
  nesting === 0 ? "x" : nesting === 1 ? "h" : `h${nesting}`;
const shortcutAt = (nesting: number): string => (nesting === 0 ? "s" : `s${nesting + 1}`);

function valueOf(source: NetSource, node: BlockNode, dialect: Dialect, of: string): string {
  const { item } = node;
  const eps = shortNumber(numberOf(item, "eps"));
  switch (item.block) {
    case "dense":
      return dialect.dense(node, of);
    case "phi":
      return dialect.activation(activationOf(source, item), of);
    case "ln":
      return dialect.ln(eps, of);
    case "rms":
      return dialect.rms(eps, of);
    case "gn":
      return dialect.gn(numberOf(item, "groups"), eps, of);
    case "bn":
      return dialect.bn(eps, of);
    case "scale":
      return dialect.scale(numberOf(item, "value"), of);
    case "dropout":
      return dialect.dropout(numberOf(item, "p"), of);
    default:
      throw new Error(`there is no block ${item.block}`);
  }
}

/** Statements, the first of which reads `from`; all write `to`. None where they leave it as it is. */
interface Writing {
  readonly lines: readonly string[];
  /** Where the value is now. */
  readonly at: string;
}

/** `nodes` of a value that is in `from`, written to `to`. */
function chain(
  source: NetSource,
  dialect: Dialect,
  nodes: readonly NetNode[],
  from: string,
  to: string,
  nesting: number,
): Writing {
  let at = from;
  const lines: string[] = [];
  const set = (value: string) => {
    if (value !== at) lines.push(`${to} = ${value}`);
    at = value === at ? at : to;
  };
  for (const node of nodes) {
    if (isRepeat(node)) {
      const bodies = node.times.map((each) => chain(source, dialect, each, to, to, nesting).lines);
      const runs = runsOf(bodies, (body) => body.join("\n")).filter(({ of }) => of.length > 0);
      // What is repeated reads what it writes.
      if (runs.length > 0 && at !== to) lines.push(`${to} = ${at}`);
      if (runs.length > 0) at = to;
      for (const { of, count } of runs)
        if (count === 1) lines.push(...of);
        else lines.push(`for _ in range(${count}):`, ...of.map((line) => STEP + line));
    } else if (node.item.block === "res") {
      const kept = chain(source, dialect, node.shortcut, at, shortcutAt(nesting), nesting + 1);
      const branch = chain(source, dialect, node.branch, at, nameAt(nesting + 1), nesting + 1);
      lines.push(...kept.lines, ...branch.lines);
      set(dialect.add(kept.at, branch.at, branchScale(source, node.item)));
    } else {
      set(valueOf(source, node, dialect, at));
    }
  }
  return { lines, at };
}

/** The statements that make x of x. */
export function statements(
  source: NetSource,
  dialect: Dialect,
  nodes: readonly NetNode[],
): readonly string[] {
  return chain(source, dialect, nodes, "x", "x", 0).lines;
}
