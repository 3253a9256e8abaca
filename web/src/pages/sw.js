// The service worker: after one visit the site works without a network. The build puts in the list
// of its files and a name made of their hashes. A newer version waits until no page uses the older
// one, so that no page asks for files that are gone.
const NAME = "@NAME@";
const FILES = ["@FILES@"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys())
      if (name.startsWith("initscope-") && name !== NAME) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const address = new URL(url);
  if (method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  const answer = async () => {
    const cache = await caches.open(NAME);
    return (await cache.match(address.pathname)) ?? fetch(event.request);
  };
  event.respondWith(answer());
});
