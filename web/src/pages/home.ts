/** What a page of ours hands out: states and figures, to others and on paper. Loaded when it is asked for. */
import type { Home } from "../figures/source.js";
import type { Locale } from "../i18n/locale.js";
import type { ThemeChoice } from "../labs/theme.js";
import { addressesIn, isPublic, openIn } from "./addresses.js";
import { openShare } from "./share.js";

export { keepOnPaper } from "./paper.js";
export { addressesIn } from "./addresses.js";
export { openShare } from "./share.js";

/** How the page looks when it is asked. */
type Look = () => { readonly locale: Locale; readonly theme: ThemeChoice };

/**
 * `playground` is the relative address of the page that labs are opened in; `single` where that is the single
 * file, which has no other pages beside it.
 */
export function homeOf(playground: string, single: boolean, look: Look): Home {
  const page = openIn(playground);
  const home = addressesIn(playground);
  if (!isPublic(page)) return home;
  return {
    ...home,
    embed: (lab, state, name, title) => {
      const { locale, theme } = look();
      const origin = { address: page.href, single };
      openShare({ lab, state, theme, figure: { name, title } }, locale, origin);
    },
  };
}
