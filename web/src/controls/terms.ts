/**
 * Terms in texts that explain themselves. What finds them in texts comes when a reader stirs, or has had
 * the time to look: the first view does without. Until then texts are as they are.
 */
import type { ReactiveElement } from "lit";
import type { Locale } from "../i18n/index.js";
import type { Seen } from "../i18n/term-forms.js";
import type * as Marks from "./term-marks.js";

export type { Seen } from "../i18n/term-forms.js";

/** As if a term had been seen: of texts that begin with it the Tab key reaches none. */
export const PASSED_BY: readonly string[] = ["passed by"];

/** What a reader does who is there. */
const STIRS = ["pointermove", "pointerdown", "keydown", "focusin"];
/** Milliseconds after which one has looked, and may ask. */
const LOOKED = 10_000;

let marks: typeof Marks | undefined;
/** Those whose texts are to be marked; none any more once it is known whether the part has come. */
let waiting: Set<ReactiveElement> | undefined = new Set();
let begun = false;

/** A page whose marks do not come is whole without them. */
async function load(): Promise<void> {
  if (begun) return;
  begun = true;
  marks = await import("./term-marks.js").catch(() => undefined);
  waiting?.forEach((host) => host.requestUpdate());
  waiting = undefined;
}

/** Whether what marks terms has come, for texts that are made anew only where something has changed. */
export const areMarked = (): boolean => marks !== undefined;

/** Marks the terms of a drawing, which a table says for those who do not point. */
export function explainDrawing(svg: SVGSVGElement | undefined, locale: Locale): void {
  if (svg) marks?.markDrawing(svg, locale);
}

/** A text whose terms explain themselves, as a template's part. */
export function explained(
  host: ReactiveElement,
  text: string,
  locale: Locale,
  seen?: Seen,
): unknown {
  if (marks) return marks.marked(text, locale, seen);
  if (waiting?.size === 0 && !begun) {
    for (const name of STIRS)
      addEventListener(name, () => void load(), { once: true, passive: true });
    setTimeout(() => void load(), LOOKED);
  }
  waiting?.add(host);
  return text;
}
