/** The words of the labs in which networks learn: the page's, and their own beside these. */
import { spacedAll } from "./han.js";
import type { Locale } from "./locale.js";
import { pageWords } from "./messages.js";
import type * as en from "./races.en.js";
import { Words } from "./words.js";

type RaceWords = Pick<typeof en, keyof typeof en>;

async function withPage(locale: Locale, loading: Promise<RaceWords>) {
  const [page, races] = await Promise.all([pageWords.load(locale), loading]);
  const { columns, ...own } = races;
  return {
    ...page,
    ...own,
    figures: {
      ...page.figures,
      ...own.figures,
      columns: { ...page.figures.columns, ...columns },
    },
    captions: { ...page.captions, ...own.captions },
    presets: { ...page.presets, ...own.presets },
  };
}

export type RaceMessages = Awaited<ReturnType<typeof withPage>>;

export const raceWords = new Words<RaceMessages>({
  en: () => withPage("en", import("./races.en.js")),
  zh: () =>
    withPage(
      "zh",
      import("./races.zh.js").then((words) => spacedAll<RaceWords>(words)),
    ),
});

/** The words of a language, which must have come. */
export function raceMessagesOf(locale: Locale): RaceMessages {
  return raceWords.of(locale);
}
