/** Which theme is shown, of what a reader chose and what the system has. */
import type { ThemeName } from "../charts/theme.js";

export type ThemeChoice = ThemeName | "system";

const DARK = "(prefers-color-scheme: dark)";
/** Where the system puts its own colours on every page, it says whether those are dark. */
const FORCED = "(forced-colors: active)";

/** Of a choice that is none, as an attribute may have it, the system's. */
export function themeShown(choice: ThemeChoice): ThemeName {
  const chosen = choice === "light" || choice === "dark";
  if (chosen && !matchMedia(FORCED).matches) return choice;
  return matchMedia(DARK).matches ? "dark" : "light";
}

/** Calls the listener when the system's colours change. Returns how to stop that. */
export function onSystemColors(listener: () => void): () => void {
  const queries = [DARK, FORCED].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener("change", listener);
  return () => {
    for (const query of queries) query.removeEventListener("change", listener);
  };
}
