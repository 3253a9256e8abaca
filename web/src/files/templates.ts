/** Python for other libraries: numbers as it writes them, and the templates of schemes, filled in. */
import type { SchemeRequest } from "../engine/request.js";
import { refused } from "./check.js";

/** A number as Python writes it. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return "float('nan')";
  if (!Number.isFinite(value)) return value < 0 ? "float('-inf')" : "float('inf')";
  return String(value);
}

/** A number without rows of zeros: 1e-5. */
export function shortNumber(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : pythonNumber(value);
}

/** A parameter as Python writes it in an expression. */
function pythonLiteral(value: number | string): string {
  const words: ReadonlyMap<string, string> = new Map([
    ["true", "True"],
    ["false", "False"],
    ["none", "None"],
  ]);
  return typeof value === "string" ? (words.get(value) ?? `'${value}'`) : pythonNumber(value);
}

/** What stands for the names of a template; facts may be names of variables. */
export interface Filling {
  readonly scheme: SchemeRequest;
  readonly facts: Readonly<Record<string, number | string>>;
  readonly seed: string;
}

/**
 * A template's lines for these parameters, with numbers put in. Throws an InitscopeError where the core
 * has computed no number of that name.
 */
export function fill(template: string, { scheme, facts, seed }: Filling): string {
  const values = new Map(Object.entries({ ...scheme, ...facts, seed }));
  const valueOf = (name: string): number | string => {
    const value = values.get(name);
    if (value === undefined) throw refused(`facts.${name}`, value, "missing", "numbers");
    return value;
  };
  return template
    .split("\n")
    .flatMap((line) => {
      const condition = /^\[(\w+)=(\w+)\](.*)$/.exec(line);
      if (!condition) return [line];
      const [, name = "", value, rest = ""] = condition;
      return scheme[name] === value ? [rest] : [];
    })
    .join("\n")
    .replace(/@@(\w+)/g, (_, name: string) => pythonLiteral(valueOf(name)))
    .replace(/@(\w+)/g, (_, name: string) => {
      const value = valueOf(name);
      return typeof value === "number" ? pythonNumber(value) : value;
    });
}
