/** A chapter's live figures: each lab comes when the reader comes near it. */
import { loadPart } from "../controls/part.js";
import { localeOf } from "../i18n/locale.js";
import { createLab, isLab } from "./labs.js";
import type { Lab, LabOf } from "./labs.js";
import { orSay } from "./missing.js";
import { keepOffline } from "./offline.js";
import { beforePrints } from "./print-later.js";
import { initialTheme, keepTheme, remember } from "./settings.js";
import { bindTheme } from "./theme-select.js";

/** How far from the window a figure is made, so that it is there when it is reached. */
const NEAR = "600px";
/** Where labs are opened. */
const PLAYGROUND = "../../index.html";

const locale = localeOf(document.documentElement.lang);
remember("lang", locale); // whoever reads a chapter in a language has chosen it

let theme = initialTheme();
/** The labs that are there, which follow the page's theme. */
const made: LabOf<Lab>[] = [];

const handingOut = () => loadPart(() => import("./home.js"));
const home = async () => (await handingOut()).homeOf(PLAYGROUND, false, () => ({ locale, theme }));

async function fill(figure: HTMLElement): Promise<void> {
  const { lab, state = "", only = "", hide = "" } = figure.dataset;
  if (!isLab(lab)) return;
  const element = await createLab(lab, locale);
  element.setAttribute("hide", hide);
  element.setAttribute("only", only);
  element.lang = locale;
  element.theme = theme;
  element.state = state;
  if ("home" in element) element.home = home;
  made.push(element);
  figure.prepend(element);
}

/** Figures that nobody has come near. */
const awaited = new Set(document.querySelectorAll<HTMLElement>("figure.live"));

function make(figure: HTMLElement): void {
  const place = { locale, put: (said: HTMLElement) => figure.prepend(said) };
  if (awaited.delete(figure)) void orSay(place, () => fill(figure));
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) make(target as HTMLElement);
  },
  { rootMargin: NEAR },
);
for (const figure of awaited) watcher.observe(figure);
keepTheme(theme);
bindTheme((chosen) => {
  theme = chosen;
  keepTheme(theme);
  for (const lab of made) lab.theme = theme;
});
// Too late for this print, in which the style sheet says so, but there for the next.
addEventListener("beforeprint", () => awaited.forEach(make));
keepOffline("../../");
beforePrints(async () => (await handingOut()).keepOnPaper(PLAYGROUND, () => made));
