/** Keeps the site for readers without a network: not in frames, nor where there are no workers. */

/**
 * The page's first leisure: what a later visit needs comes after what this one shows. Resolves at once
 * after loading where the browser does not tell (Safari).
 */
function leisure(): Promise<void> {
  return new Promise((resolve) => {
    const loaded = () => {
      if ("requestIdleCallback" in window) requestIdleCallback(() => resolve());
      else resolve();
    };
    if (document.readyState === "complete") loaded();
    else addEventListener("load", loaded, { once: true });
  });
}

async function keep(site: string): Promise<void> {
  await leisure();
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
