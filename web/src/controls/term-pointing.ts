/** What a reader points at: its card opens after a moment, stays while one is on either, and goes by Escape. */
import { localeOf } from "../i18n/index.js";
import type { TermCard } from "./term-card.js";

/** A term in a text, or in a drawing. */
export type Term = HTMLElement | SVGElement;

/** Milliseconds until a term that the pointer is on is explained, and until a card that it has left goes. */
const DWELL = 120;
const GRACE = 250;

let card: TermCard | undefined;
/** What the card is of; undefined while there is none. */
let shown: Term | undefined;
/** What was asked for last: a card that comes late comes for that alone. */
let wanted: Term | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Whether the focus comes back from a card that was closed, which opens none. */
let returning = false;

function later(work: () => void, milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(work, milliseconds);
}

const WATCHED = ["keydown", "pointerdown", "focusin", "scroll", "resize", "beforeprint"];

/** Closes by Escape, and by a press or the focus elsewhere; a card follows its term while the page scrolls. */
function onPage(event: Event): void {
  if (!card || !shown) return;
  if (event.type === "scroll" || event.type === "resize") return card.place(shown);
  if (event instanceof KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
  } else if ([card, shown].some((one) => event.composedPath().includes(one))) return;
  hide();
}

function hide(): void {
  clearTimeout(timer);
  wanted = undefined;
  if (!card || !shown) return;
  for (const name of WATCHED) removeEventListener(name, onPage, true);
  const term = shown;
  shown = undefined;
  term.removeAttribute("aria-describedby");
  term.removeAttribute("aria-expanded");
  const within = card.matches(":focus-within");
  card.hidePopover();
  if (!within) return;
  returning = true;
  term.focus();
  returning = false;
}

async function show(term: Term): Promise<void> {
  clearTimeout(timer);
  if (shown === term) return;
  wanted = term;
  const part = await import("./term-card.js").catch(() => undefined);
  if (!part || wanted !== term || !term.isConnected) return;
  hide();
  wanted = term;
  card ??= part.makeCard({ enter: () => clearTimeout(timer), leave });
  // In the term's own tree, whose colours it has, and whose ids.
  const root = term.getRootNode();
  (root instanceof ShadowRoot ? root : document.body).append(card);
  const { term: id, locale } = term.dataset;
  if (!(await card.explain(id, localeOf(locale))) || wanted !== term) return;
  shown = term;
  card.showPopover();
  card.place(term);
  if (term instanceof HTMLElement) {
    term.setAttribute("aria-describedby", card.id);
    term.setAttribute("aria-expanded", "true");
  }
  for (const name of WATCHED) addEventListener(name, onPage, true);
}

/** The pointer or the focus has come to a term. A finger presses instead. */
export function point(term: Term, event: Event): void {
  if (event instanceof PointerEvent) {
    if (event.pointerType !== "touch") later(() => void show(term), DWELL);
  } else if (!returning && term.matches(":focus-visible")) void show(term);
}

export function leave(): void {
  if (shown !== wanted) wanted = undefined; // a card that is still on its way
  later(() => {
    if (!card?.matches(":hover, :focus-within") && !shown?.matches(":focus-visible")) hide();
  }, GRACE);
}

/** Opens at once; by a key the focus goes into the card, where a link may be. */
export async function press(term: Term, byKey: boolean): Promise<void> {
  await show(term);
  if (byKey && shown === term) card?.enter();
}

/** A click opens; a finger, which cannot go elsewhere by leaving, also shuts what it opened. */
export function tap(term: Term, event: Event): void {
  const finger = event instanceof PointerEvent && event.pointerType !== "mouse";
  if (finger && shown === term) hide();
  else void press(term, false);
}

/** F1 in a control explains the term of its label, which the Tab key passes over. */
export function explainField(event: KeyboardEvent): void {
  if (event.key !== "F1") return;
  const root = event
    .composedPath()
    .find(
      (node): node is ShadowRoot =>
        node instanceof ShadowRoot && !!node.querySelector("label .term"),
    );
  const term = root?.querySelector<HTMLElement>("label .term");
  if (!term) return;
  event.preventDefault();
  void show(term);
}
