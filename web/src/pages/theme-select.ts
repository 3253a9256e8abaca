/** The header's choice of theme, which every page has. */
import type { Locale } from "../i18n/locale.js";
import type { ThemeChoice } from "../labs/theme.js";
import { initialTheme, remember } from "./settings.js";

function themeSelect(): HTMLSelectElement {
  const select = document.getElementById("theme");
  if (!(select instanceof HTMLSelectElement)) throw new Error("the page has no #theme");
  return select;
}

/** Shows the theme that is chosen now, and tells of the next. */
export function bindTheme(onChoice: (theme: ThemeChoice) => void): void {
  const select = themeSelect();
  select.value = initialTheme();
  select.addEventListener("change", () => {
    const theme = select.value as ThemeChoice;
    remember("theme", theme);
    onChoice(theme);
  });
}

/** Names the themes in the language of a page that has both: its options have their names in each. */
export function nameThemes(locale: Locale): void {
  for (const option of themeSelect().options) option.textContent = option.dataset[locale] ?? "";
}
