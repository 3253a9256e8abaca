/** Keeps the site for readers without a network: not in frames, nor where there are no workers. */

/** `site` is the relative address of the built site's folder. */
export function keepOffline(site: string): void {
  if (window !== parent || !("serviceWorker" in navigator) || !isSecureContext) return;
  // A browser that refuses, in a private window say, has the site from the network as before.
  navigator.serviceWorker
    .register(new URL("sw.js", new URL(site, location.href)))
    .catch(() => undefined);
}
