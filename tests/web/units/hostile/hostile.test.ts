/**
 * The built package under hostile callers: values of every wrong kind in every argument and field of
 * every entry. Each call must answer, or reject with an InitscopeError that names a field in a message
 * of bounded length; what no field takes must be refused where it stands.
 */
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { drawFrom, goodCalls, isObject, nameOf, pathsWithin, withValue } from "./calls.js";
import { entriesOf } from "./entries.js";
import type { Entry, Path } from "./entries.js";
import { blameOf, faultOf, outcomeOf } from "./outcome.js";
import type { Outcome } from "./outcome.js";
import { library, packageFolder } from "./package.js";
import { hostileValues } from "./values.js";
import type { Hostile } from "./values.js";

type Functions = Readonly<Record<string, ((...given: unknown[]) => unknown) | undefined>>;

const scope = await library.load();
afterAll(() => scope.close());

const all = entriesOf(join(packageFolder, "types/package/index.d.ts"));
const functionOf = ({ name, ofScope }: Entry) =>
  ((ofScope ? scope : library) as unknown as Functions)[name];
/** Types are declared of more than there is. */
const entries = all.filter((entry) => functionOf(entry) !== undefined);

const draw = drawFrom(20_261_129);
const counts = { calls: 0, answers: 0, turns: 0 };

/** Whether the field of this name takes values of this kind. */
function mayTake(name: string, { kind }: Hostile): boolean {
  if (kind === "function") return /^on[A-Z]/.test(name);
  if (kind === "floats") return /^(data|into|(tensors\.\d+\.)?values)$/.test(name);
  if (kind === "bytes") return /^files\.\d+\.bytes$/.test(name);
  if (kind === "file") return /^files\.\d+$/.test(name);
  if (kind === "signal") return name === "signal";
  return kind === "data";
}

interface Put {
  readonly path: Path;
  readonly hostile: Hostile;
}

/** Calls an entry with values put in, and says what is wrong with what came of it. */
async function tryCall(entry: Entry, puts: readonly Put[], good = goodCalls[entry.name]) {
  const given = puts.reduce<unknown>(
    (whole, { path, hostile }) => withValue(whole, path, hostile.make()),
    good,
  ) as unknown[];
  const outcome = await outcomeOf(() => functionOf(entry)?.(...given));
  ++counts.calls;
  if (outcome.kind === "answer") ++counts.answers;
  counts.turns = Math.max(counts.turns, outcome.turns);
  const fault = faultOf(outcome, library.InitscopeError) || blame(entry, puts, outcome);
  if (fault === "") return [];
  const where = puts.map(({ path, hostile }) => `${path.join(".")} = ${hostile.name}`);
  return [`${entry.name}(${where.join(", ")}): ${fault}`];
}

/** Of one value that the field does not take; of several, which is blamed is open. */
function blame(entry: Entry, puts: readonly Put[], outcome: Outcome): string {
  const [first, ...others] = puts;
  if (!first || others.length > 0) return "";
  const name = nameOf(first.path, entry.parameters, goodCalls[entry.name] ?? []);
  if (mayTake(name, first.hostile)) return "";
  // Of a whole argument one of its fields may be blamed.
  return blameOf(outcome, first.path.length > 1 ? name : "");
}

/** Fields that types name, those of the good call, and names that no request has. */
function pathsOf(entry: Entry): Path[] {
  const given = goodCalls[entry.name] ?? [];
  const good = pathsWithin(given).filter((path) => path.length > 0);
  const objects = good.filter(([i, ...inner]) => inner.length === 0 && isObject(given[Number(i)]));
  const unknown = objects.flatMap((path) =>
    ["extra", "__proto__", "constructor", "toString"].map((name) => [...path, name]),
  );
  const paths: Path[] = [...entry.paths, ...good, ...unknown];
  return [...new Map(paths.map((path) => [path.join("/"), path])).values()];
}

/** Whether one of two paths leads through the other. */
function overlap(a: Path, b: Path): boolean {
  return a.every((key, i) => i >= b.length || key === b[i]);
}

const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T;
const taking = entries.filter(({ parameters }) => parameters.length > 0);

it("every entry is found in the declarations, and has a good call that it answers", async () => {
  const there = [
    ...Object.entries(library).flatMap(([name, value]) =>
      typeof value === "function" && !name.endsWith("Error") ? [name] : [],
    ),
    ...Object.keys(scope),
  ];
  expect(entries.map(({ name }) => name).sort()).toEqual(there.sort());
  expect(Object.keys(goodCalls).sort()).toEqual(there.sort());
  for (const entry of taking) {
    const outcome = await outcomeOf(() => functionOf(entry)?.(...(goodCalls[entry.name] ?? [])));
    expect(outcome.kind, entry.name).toBe("answer");
  }
});

describe.each(taking.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
  it("takes or refuses every value in every field", async () => {
    const faults: string[] = [];
    for (const path of pathsOf(entry))
      for (const hostile of hostileValues)
        faults.push(...(await tryCall(entry, [{ path, hostile }])));
    expect(faults.slice(0, 20)).toEqual([]);
  });

  it("takes or refuses two at once", async () => {
    const paths = pathsOf(entry);
    const faults: string[] = [];
    for (let i = 0; i < 300; ++i) {
      const [a, b] = [pick(paths), pick(paths)];
      if (overlap(a, b) || overlap(b, a)) continue;
      const puts = [a, b].map((path) => ({ path, hostile: pick(hostileValues) }));
      faults.push(...(await tryCall(entry, puts)));
    }
    expect(faults.slice(0, 20)).toEqual([]);
  });
});

it("every parameter of every scheme takes or refuses every value", async () => {
  const entry = entries.find(({ name }) => name === "initialize") ?? expect.fail("no entry");
  const faults: string[] = [];
  for (const { id, fields } of scope.catalogue().schemes)
    for (const field of fields)
      for (const hostile of hostileValues)
        faults.push(
          ...(await tryCall(
            entry,
            [{ path: [0, field.id], hostile }],
            [{ scheme: id, shape: [4, 4] }],
          )),
        );
  expect(faults.slice(0, 20)).toEqual([]);
});

it("every argument of every layer takes or refuses values", async () => {
  const entry = entries.find(({ name }) => name === "initializeLayer") ?? expect.fail("no entry");
  const faults: string[] = [];
  for (const { id, framework, fields, inert } of scope.catalogue().layers) {
    const small = fields.filter(({ kind }) => kind === "integer");
    const args = Object.fromEntries(small.map((field) => [field.id, Math.max(field.min ?? 0, 2)]));
    for (const name of [...fields.map((field) => field.id), ...inert.trim().split(" ")])
      for (let i = 0; i < 8; ++i) {
        const put = { path: [0, "args", name], hostile: pick(hostileValues) };
        faults.push(...(await tryCall(entry, [put], [{ layer: id, framework, args }])));
      }
  }
  expect(faults.slice(0, 20)).toEqual([]);
});

it("were many calls, of small work, answered and refused", () => {
  expect(counts.calls).toBeGreaterThan(30_000);
  expect(counts.answers).toBeGreaterThan(counts.calls / 20);
  expect(counts.answers).toBeLessThan(counts.calls / 2);
});
