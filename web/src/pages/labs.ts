/** The labs, each loaded when it is first needed. */
import { loadPart } from "../controls/part.js";
import { nextTask } from "../engine/task.js";
import { isRace } from "../engine/kinds.js";
import { pageWords } from "../i18n/index.js";
import type { Locale, Messages } from "../i18n/index.js";
import { raceWords } from "../i18n/race-messages.js";
import type { Words } from "../i18n/words.js";

const modules = {
  propagation: () => import("../labs/propagation/element.js"),
  training: () => import("../labs/training/element.js"),
  symmetry: () => import("../labs/symmetry/element.js"),
  phase: () => import("../labs/phase/element.js"),
  distribution: () => import("../labs/distribution/element.js"),
  audit: () => import("../labs/audit/element.js"),
};

export type Lab = keyof typeof modules;
export type LabOf<L extends Lab> = HTMLElementTagNameMap[`init-${L}`];
export const LABS = Object.keys(modules) as readonly Lab[];

/** Labs whose state is a request to the engine; the audit's is which files it reads. */
export type RequestLab = Exclude<Lab, "audit">;

export const hasRequest = (lab: Lab): lab is RequestLab => lab !== "audit";

export function isLab(name: unknown): name is Lab {
  return LABS.some((lab) => lab === name);
}

/** The words that a lab is said in, which the page around it has as well. Rejects with PartMissing. */
export function loadWords(lab: Lab, locale: Locale): Promise<Messages> {
  // Those of the audit come with its code, from the lab itself.
  const words: Words<Messages> = hasRequest(lab) && isRace(lab) ? raceWords : pageWords;
  return loadPart(() => words.load(locale));
}

/**
 * An element of the lab, once its code and the words of its language are there, in a task of its own. Both
 * are asked for at once. Rejects with PartMissing.
 */
export async function createLab<L extends Lab>(lab: L, locale: Locale): Promise<LabOf<L>> {
  await Promise.all([loadPart<object>(modules[lab]), loadWords(lab, locale)]);
  await nextTask();
  return document.createElement(`init-${lab}`);
}
