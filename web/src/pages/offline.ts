/** Keeps the site for readers without a network: not in frames, nor where there are no workers. */
import { leisure } from "../controls/draw-queue.js";
import { sharedEngine } from "../engine/shared.js";

/** What a page does one after the other: an answer, what is drawn of it, and what is tried then. */
const SPELLS = 3;

/** The page's first rest: what a later visit needs comes after what this one shows. */
async function rested(): Promise<void> {
  if (document.readyState !== "complete")
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  for (let spell = 0; spell < SPELLS; ++spell) {
    await leisure();
    await sharedEngine().rest();
  }
}

async function keep(site: string): Promise<void> {
  await rested();
  const registration = await navigator.serviceWorker.register(
    new URL("sw.js", new URL(site, location.href)),
  );
  // A worker that is there already is looked for anew by browsers when they like; a release that could
  // not be taken at the last visit is tried at this one.
  if (registration.active) await registration.update();
}

/** `site` is the relative address of the built site's folder. */
export function keepOffline(site: string): void {
  if (window !== parent || !("serviceWorker" in navigator) || !isSecureContext) return;
  // A browser that refuses, in a private window say, has the site from the network as before.
  keep(site).catch(() => undefined);
}
