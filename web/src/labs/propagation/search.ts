/** What is looked for among the schemes may be a network: the code that knows of these comes with a search. */
import { lackOf, loadPart } from "../../controls/part.js";
import { SchemeSearch } from "../../controls/picker.js";
import { SchemesElement } from "../../controls/schemes.js";
import type { Locale } from "../../i18n/index.js";

/** Offers networks, as states to choose, where the search is one among the schemes that are compared. */
export async function offerNets(
  event: Event,
  locale: Locale,
  choose: (state: string) => void,
): Promise<void> {
  const among = event.composedPath().some((of) => of instanceof SchemesElement);
  if (!(event instanceof SchemeSearch) || !among) return;
  const { search, offer, lack } = event.detail;
  const part = await loadPart(() => import("./net/search.js")).catch((error: unknown) =>
    lack(lackOf(error)),
  );
  if (!part) return;
  const { title, nets } = part.findNets(search, locale);
  offer(
    title,
    nets.map(({ name, state }) => ({ name, choose: () => choose(state) })),
  );
}
