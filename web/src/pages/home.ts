/** What a page of ours hands out: states and figures, to others and on paper. Loaded when it is asked for. */
import type { Home } from "../figures/source.js";
import type { Locale } from "../i18n/locale.js";
import type { ThemeChoice } from "../labs/theme.js";
import { addressesIn, isPublic, openIn } from "./addresses.js";
import { openShare } from "./share.js";

export { keepOnPaper } from "./paper.js";
export { addressesIn } from "./addresses.js";
export { openShare } from "./share.js";

/** How the page stands to the playground, and how it looks. */
export interface Around {
  /** Relative address of the page that labs are opened in. */
  readonly playground: string;
  /** Whether that is the single file, which has no other pages beside it. */
  readonly single: boolean;
  readonly look: () => { readonly locale: Locale; readonly theme: ThemeChoice };
}

export function homeOf(around: Around): Home {
  const page = openIn(around.playground);
  const home = addressesIn(around.playground);
  if (!isPublic(page)) return home;
  return {
    ...home,
    embed: (lab, state, name, title) => {
      const { locale, theme } = around.look();
      const origin = { address: page.href, single: around.single };
      openShare({ lab, state, theme, figure: { name, title } }, locale, origin);
    },
  };
}
