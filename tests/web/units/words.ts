/** What runs before each file of units: the words of both languages are there, as a page has those of one. */
import { raceWords } from "../../../web/src/i18n/race-messages.js";

await Promise.all([raceWords.load("en"), raceWords.load("zh")]);
