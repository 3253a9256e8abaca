/** What a page of ours can do with a state that a figure of it shows. */
import { loadPart } from "../controls/part.js";
import type { Home } from "../figures/source.js";
import type { Locale } from "../i18n/locale.js";
import type { ThemeChoice } from "../labs/theme.js";
import { hashOf } from "./address.js";

/** How the page stands to the playground, and how it looks. */
export interface Around {
  /** Relative address of the page that labs are opened in. */
  readonly playground: string;
  /** Whether that is the single file, which has no other pages beside it. */
  readonly single: boolean;
  readonly look: () => { readonly locale: Locale; readonly theme: ThemeChoice };
  /** Does what needs a part of the page, or says that it did not come. */
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
}

/** That page without any state. */
function openIn(playground: string): URL {
  const page = new URL(playground, location.href);
  page.search = page.hash = "";
  return page;
}

/** Whether others can open it: a file is on the reader's own machine. */
const isPublic = ({ protocol }: URL): boolean => /^https?:$/.test(protocol);

/** Addresses of states for others. */
export function addressesIn(playground: string): Home {
  const page = openIn(playground);
  return {
    address: (lab, state) => (isPublic(page) ? page.href + hashOf(lab, state) : undefined),
  };
}

export function homeOf(around: Around): Home {
  const page = openIn(around.playground);
  const home = addressesIn(around.playground);
  if (!isPublic(page)) return home;
  return {
    ...home,
    embed: (lab, state, name, title) =>
      void around.attempt(async () => {
        const { openShare } = await loadPart(() => import("./share.js"));
        const { locale, theme } = around.look();
        const origin = { address: page.href, single: around.single };
        openShare({ lab, state, theme, figure: { name, title } }, locale, origin);
      }),
  };
}
