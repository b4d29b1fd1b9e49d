// Without a line: the files of the sheet that was opened on this device, and one page that says so.
// Nothing else is kept here, and nothing is taken from here while there is a line.
const kept = async (what) => {
  const cache = await caches.open("yunke-offline");
  return (await cache.match(what, { ignoreVary: true })) ?? Response.error();
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const file = address.pathname.startsWith("/static/");
  if (file || request.destination === "document")
    event.respondWith(fetch(request).catch(() => kept(file ? request : "/offline")));
});
