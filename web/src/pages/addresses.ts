/** Where states are seen by others: in the page that labs are opened in. */
import type { Home } from "../figures/source.js";

/** That page without any state. */
export function openIn(playground: string): URL {
  const page = new URL(playground, location.href);
  page.search = page.hash = "";
  return page;
}

/** Whether others can open it: a file is on the reader's own machine. */
export const isPublic = ({ protocol }: URL): boolean => /^https?:$/.test(protocol);

/** Addresses of states for others. */
export function addressesIn(playground: string): Home {
  const page = openIn(playground);
  return {
    address: (lab, state) => (isPublic(page) ? `${page.href}#lab=${lab}&${state}` : undefined),
  };
}
