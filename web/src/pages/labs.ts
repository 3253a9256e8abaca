/** The labs, each loaded when it is first needed. */
import { loadPart } from "../controls/part.js";
import { nextTask } from "../engine/task.js";

const modules = {
  propagation: () => import("../labs/propagation/element.js"),
  training: () => import("../labs/training/element.js"),
  symmetry: () => import("../labs/symmetry/element.js"),
  phase: () => import("../labs/phase/element.js"),
  distribution: () => import("../labs/distribution/element.js"),
};

export type Lab = keyof typeof modules;
export type LabOf<L extends Lab> = HTMLElementTagNameMap[`init-${L}`];
export const LABS = Object.keys(modules) as readonly Lab[];

export function isLab(name: unknown): name is Lab {
  return LABS.some((lab) => lab === name);
}

/** An element of the lab, once its code is there, in a task of its own. Rejects with PartMissing. */
export async function createLab<L extends Lab>(lab: L): Promise<LabOf<L>> {
  await loadPart<object>(modules[lab]);
  await nextTask();
  return document.createElement(`init-${lab}`);
}
