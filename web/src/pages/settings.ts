/** What a reader chose for the whole page: language and theme. Kept where the browser allows it. */
import { localeOf, tagOf } from "../i18n/locale.js";
import type { Locale } from "../i18n/locale.js";
import { onThemeChange, themeShown } from "../labs/theme.js";
import type { ThemeChoice } from "../labs/theme.js";

function read(key: string): string | null {
  try {
    return localStorage.getItem(`initscope-${key}`);
  } catch {
    return null; // a sandboxed frame has no storage
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(`initscope-${key}`, value);
  } catch {
    // the choice then lasts as long as the page
  }
}

function asked(key: string): string | null {
  return new URLSearchParams(location.search).get(key);
}

export function initialLocale(): Locale {
  return localeOf(asked("lang") ?? read("lang") ?? navigator.language);
}

export function initialTheme(): ThemeChoice {
  const theme = asked("theme") ?? read("theme");
  return theme === "light" || theme === "dark" ? theme : "system";
}

export function remember(key: "lang" | "theme", value: string): void {
  write(key, value);
}

export function showTheme(theme: ThemeChoice): void {
  document.documentElement.dataset["theme"] = themeShown(theme);
}

let kept: ThemeChoice | undefined;

/** Shows a theme and follows what the system makes of it, until another is kept. */
export function keepTheme(theme: ThemeChoice): void {
  if (kept === undefined) onThemeChange(() => showTheme(kept ?? theme));
  kept = theme;
  showTheme(theme);
}

/** Style sheets show what is said in the page's language. */
export function showLocale(locale: Locale): void {
  document.documentElement.lang = tagOf(locale);
}
