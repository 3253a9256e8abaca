/** The labs, each loaded when it is first needed. */
import { loadPart } from "../controls/part.js";
import { nextTask } from "../engine/task.js";
import { loadWords } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";

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

/**
 * An element of the lab, once its code and the words of its language are there, in a task of its own. Both
 * are asked for at once. Rejects with PartMissing.
 */
export async function createLab<L extends Lab>(lab: L, locale: Locale): Promise<LabOf<L>> {
  await Promise.all([loadPart<object>(modules[lab]), loadPart(() => loadWords(locale))]);
  await nextTask();
  return document.createElement(`init-${lab}`);
}
