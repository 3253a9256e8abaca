/**
 * Runs before anything is painted, from within the page's head: the theme that the reader chose,
 * and the language, where the page is said in both.
 */
import { initialLocale, initialTheme, showLocale, showTheme } from "./settings.js";

showTheme(initialTheme());
if ("bilingual" in document.documentElement.dataset) showLocale(initialLocale());
