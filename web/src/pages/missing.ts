/** What a page says in place of a part of it that did not come. */
import { PartMissing } from "../controls/part.js";
import { lacks } from "../i18n/lacks.js";
import { tagOf } from "../i18n/locale.js";
import type { Locale } from "../i18n/locale.js";

export interface Place {
  readonly locale: Locale;
  /** Puts what is said where the part would be. */
  put(said: HTMLElement): void;
  /** Called before the page is loaded anew: what is to be found there again goes into the address. */
  keep?(): void;
}

/**
 * Does work that needs a part, or says that it is missing and offers to try again; where the browser
 * keeps a failure for as long as the page is open, that loads the page anew. Where the site has the part
 * no more, it is this that is offered.
 */
export async function orSay(place: Place, work: () => Promise<void>, asked = false): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PartMissing)) throw error;
    const loadAnew = () => {
      place.keep?.();
      location.reload();
    };
    if (asked && error.lack === "kept") return loadAnew();
    const gone = error.lack === "gone";
    const say = lacks[place.locale];
    const said = document.createElement("div");
    said.className = "missing";
    said.setAttribute("role", "alert");
    said.lang = tagOf(place.locale); // the page may be in the other language still
    const words = document.createElement("p");
    words.textContent = gone ? say.partGone : say.part;
    const again = document.createElement("button");
    again.textContent = gone ? say.loadAnew : say.tryAgain;
    again.addEventListener("click", () => {
      if (gone) return loadAnew();
      said.remove();
      void orSay(place, work, true);
    });
    said.append(words, again);
    place.put(said);
  }
}
