/** A chapter's live figures: each lab comes when the reader comes near it. */
import { localeOf } from "../i18n/locale.js";
import { onSystemColors } from "../labs/theme.js";
import { createLab, isLab } from "./labs.js";
import { keepOffline } from "./offline.js";
import { initialTheme, remember, showTheme } from "./settings.js";

/** How far from the window a figure is made, so that it is there when it is reached. */
const NEAR = "600px";

const locale = localeOf(document.documentElement.lang);
remember("lang", locale); // whoever reads a chapter in a language has chosen it

async function fill(figure: HTMLElement): Promise<void> {
  const { lab, state = "", only = "", hide = "" } = figure.dataset;
  if (!isLab(lab)) return;
  const element = await createLab(lab);
  element.setAttribute("hide", hide);
  element.setAttribute("only", only);
  element.lang = locale;
  element.theme = initialTheme();
  element.state = state;
  figure.prepend(element);
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      void fill(target as HTMLElement);
    }
  },
  { rootMargin: NEAR },
);

onSystemColors(() => showTheme(initialTheme()));
for (const figure of document.querySelectorAll<HTMLElement>("figure.live")) watcher.observe(figure);
keepOffline("../../");
