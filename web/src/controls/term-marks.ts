/** Terms as they are marked in texts. Loaded after the first view. */
import { html } from "lit";
import type { Locale } from "../i18n/index.js";
import { piecesOf } from "../i18n/term-forms.js";
import type { Seen } from "../i18n/term-forms.js";
import { explainField, leave, point, press, tap } from "./term-pointing.js";

/** Terms within one of these are walked through as one: a single stop of the Tab key. */
const GROUPS = "figure, ul, dl, table, p";

const termOf = (event: Event) => event.currentTarget as HTMLElement;

/** The arrow keys go from term to term of a group, of which the Tab key reaches one. */
function walk(term: HTMLElement, step: number): void {
  const group = term.closest(GROUPS);
  const all = [...(group?.querySelectorAll<HTMLElement>(".term") ?? [])].filter(
    (one) => one.closest(GROUPS) === group,
  );
  const next = all[all.indexOf(term) + step];
  if (!next) return;
  for (const one of all) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}

function onKey(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step && event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  if (step) walk(termOf(event), step);
  else void press(termOf(event), true);
}

/** A text with its terms as buttons that open what is said of them. */
export function marked(text: string, locale: Locale, seen: Seen = new Set()): unknown {
  return piecesOf(text, locale, seen).map(({ text: piece, term, first }) =>
    term
      ? html`<span
          class="term"
          role="button"
          aria-haspopup="dialog"
          tabindex=${first ? 0 : -1}
          data-term=${term}
          data-locale=${locale}
          @pointerenter=${(event: PointerEvent) => point(termOf(event), event)}
          @pointerleave=${leave}
          @focus=${(event: FocusEvent) => point(termOf(event), event)}
          @blur=${leave}
          @click=${(event: Event) => {
            event.preventDefault(); // a label would hand the focus on
            tap(termOf(event), event);
          }}
          @keydown=${onKey}
          >${piece}</span
        >`
      : piece,
  );
}

/** Drawings whose texts have their marks. */
const drawn = new WeakSet<SVGSVGElement>();

/** Titles of axes and notes, for the pointer alone: a drawing is an image to those who do not see it. */
export function markDrawing(svg: SVGSVGElement, locale: Locale): void {
  if (drawn.has(svg)) return;
  drawn.add(svg);
  const seen: Seen = new Set();
  for (const text of svg.querySelectorAll(":scope > text")) {
    const pieces = piecesOf(text.textContent, locale, seen);
    if (!pieces.some(({ term }) => term)) continue;
    const parts = pieces.map(({ text: piece, term }) => {
      if (!term) return piece;
      const part = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
      part.textContent = piece;
      part.setAttribute("class", "term");
      Object.assign(part.dataset, { term, locale });
      part.addEventListener("pointerenter", (event) => point(part, event));
      part.addEventListener("pointerleave", leave);
      part.addEventListener("click", (event) => tap(part, event));
      return part;
    });
    text.replaceChildren(...parts);
  }
}

addEventListener("keydown", explainField);
