/** Keeps the site for readers without a network: not in frames, nor where there are no workers. */
import { rested } from "./rest.js";

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
