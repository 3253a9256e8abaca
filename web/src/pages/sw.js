// The service worker: after one visit the site works without a network. The build puts in a name made
// of its files' hashes, and each file's SHA-256. A release is kept whole or not at all: what comes from
// elsewhere (an older release out of a cache on the way, a captive portal's page) is not what the build
// wrote, and leaves the release that is there as it was; the next visit tries again. A newer release
// waits until no page uses the older one, so that no page asks for files that are gone.

/** SHA-256 in base64 of each file, by its path below the site's folder. */
const FILES = { "@FILES@": "" };

const folder = new URL(self.registration.scope);
/** Copies of the site below one origin share its caches: each has the names with its own path. */
const own = `initscope ${folder.pathname} `;
const name = `${own}@NAME@`;

async function hashOf(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...sum));
}

/** Takes a file past the HTTP cache, which may hold an older release's for as long as the host said. */
async function take(file) {
  const response = await fetch(new URL(file, folder), { cache: "reload" });
  if (!response.ok) throw new Error(`${file}: HTTP status ${response.status}`);
  const bytes = await response.arrayBuffer();
  if ((await hashOf(bytes)) !== FILES[file]) throw new Error(`${file} is not this release's`);
  // Made anew, for a page may not be answered with what was redirected.
  return [new URL(file, folder), new Response(bytes, { headers: response.headers })];
}

async function install() {
  // One after the other: the page that is being read needs the machine as well.
  const taken = [];
  for (const file of Object.keys(FILES)) taken.push(await take(file));
  try {
    const cache = await caches.open(name);
    for (const [address, response] of taken) await cache.put(address, response);
  } catch (error) {
    await caches.delete(name); // part of a release is none
    throw error;
  }
}

/**
 * Caches of this copy's other releases. Those that were named before names had paths, "initscope-" and a
 * hash, are left: nothing says which copy of the site they are of, and another may live by them.
 */
async function tidy() {
  for (const other of await caches.keys())
    if (other.startsWith(own) && other !== name) await caches.delete(other);
  await self.clients.claim();
}

/** What is kept of an address; nothing where the browser's store fails. */
async function kept(address) {
  try {
    return await (await caches.open(name)).match(address);
  } catch {
    return undefined;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));

self.addEventListener("activate", (event) => event.waitUntil(tidy()));

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const address = new URL(url);
  if (method !== "GET" || !address.href.startsWith(folder.href)) return;
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  address.search = address.hash = ""; // the page itself reads them
  if (!Object.hasOwn(FILES, address.href.slice(folder.href.length))) return;
  event.respondWith(kept(address).then((response) => response ?? fetch(event.request)));
});
