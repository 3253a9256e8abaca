/** What runs before each file of units: the words of both languages are there, as a page has those of one. */
import { loadWords } from "../../../web/src/i18n/index.js";

await Promise.all([loadWords("en"), loadWords("zh")]);
