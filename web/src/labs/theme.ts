/** Which theme is shown, of what a reader chose and what the system has. */
import { printing } from "../controls/printing.js";
import type { ThemeName } from "../charts/theme.js";

export type ThemeChoice = ThemeName | "system";

const DARK = "(prefers-color-scheme: dark)";
/** Where the system puts its own colours on every page, it says whether those are dark. */
const FORCED = "(forced-colors: active)";

/** Of a choice that is none, as an attribute may have it, the system's. */
export function themeShown(choice: ThemeChoice): ThemeName {
  if (printing()) return "light";
  const chosen = choice === "light" || choice === "dark";
  if (chosen && !matchMedia(FORCED).matches) return choice;
  return matchMedia(DARK).matches ? "dark" : "light";
}

/** Calls the listener when another theme may be shown for the same choice, until the signal. */
export function onThemeChange(listener: () => void, signal?: AbortSignal): void {
  const options = signal ? { signal } : {};
  for (const query of [DARK, FORCED])
    matchMedia(query).addEventListener("change", listener, options);
  for (const event of ["beforeprint", "afterprint"]) addEventListener(event, listener, options);
}
