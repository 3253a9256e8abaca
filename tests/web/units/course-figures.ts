/** What claims about figures of the course are asserted with: their answers, and what is read off them. */
import { join } from "node:path";
import { expect } from "vitest";
import { readFigures } from "../../../web/scripts/course.mjs";
import type { PropagationResult, TrainingResult } from "../../../web/src/engine/results.js";
import { parseState } from "../../../web/src/engine/url.js";
import { outcomeOf } from "../../../web/src/labs/outcome.js";
import { oneUnit } from "../../../web/src/labs/symmetry/state.js";
import { localEngine } from "./support.js";

/** A figure's id, and what holds of it. */
export type Claims = Readonly<Record<string, () => Promise<void>>>;

export const engine = localEngine();

export const figures = readFigures(join(import.meta.dirname, "../../../web"));
export const END = Infinity;

export const stateOf = (id: string) => figures[id]?.state ?? expect.fail(`no figure ${id}`);

export async function propagate(id: string): Promise<PropagationResult[]> {
  const { request } = parseState("propagation", stateOf(id));
  return (await engine.run("propagation", request)).map(({ result }) => result);
}
export async function train(id: string): Promise<TrainingResult[]> {
  const { request } = parseState("training", stateOf(id));
  return (await engine.run("training", request)).map(({ result }) => result);
}
export async function look(id: string): Promise<{ results: TrainingResult[]; ceiling: number }> {
  const { request } = parseState("symmetry", stateOf(id));
  const results = (await engine.run("symmetry", request)).map(({ result }) => result);
  const [single] = await engine.run("training", oneUnit(request));
  return { results, ceiling: Math.max(...(single?.result.ranges?.score.greatest ?? [])) };
}
export const at = <T>(list: readonly T[], i: number): T =>
  list.at(i) ?? expect.fail(`nothing at ${i}`);
export const kind = (result: TrainingResult) => outcomeOf(result, END, true).kind;
/** From the first layer to the last, of the mean square forward or of the gradient backward. */
export const growth = ({ activation: { secondMoment: q } }: PropagationResult) =>
  (q.at(-1) ?? NaN) / (q[0] ?? NaN);
export const backward = ({ gradient: { secondMoment: g } }: PropagationResult) =>
  (g[0] ?? NaN) / (g.at(-1) ?? NaN);
/** By how much the last is more than the one before it: where growth is steady. */
export const grows = (values: Float64Array) => (values.at(-1) ?? NaN) / (values.at(-2) ?? NaN);
/** Within what chance does in networks of this width and depth: four std of ln q, 5 L / n at most. */
export const steady = (ratio: number, depth: number, width: number) =>
  Math.abs(Math.log(ratio)) < 4 * Math.sqrt((5 * depth) / width);
