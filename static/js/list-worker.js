// Serves one page without network: the list on a tutor's device. The page as everybody gets it, and what it needs; no names.
// It is asked for nothing outside of that page (learning/views/offline_lists.py).
const KEPT = "lernstadt-liste-1";
const PAGE = new URL("./", self.location.href).pathname;
const worker = /** @type {any} */ (self);

async function keep() {
  const page = await fetch(PAGE, { credentials: "omit", cache: "no-store" });
  const html = await page.clone().text();
  const needed = [...html.matchAll(/(?:href|src)="(\/static\/[^"]+\.(?:css|js))"/g)].map((found) => found[1]);
  const store = await caches.open(KEPT);
  await store.put(PAGE, page);
  await store.addAll([...new Set(needed)]);
}

worker.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  const ours = pathname === PAGE || pathname.startsWith("/static/");
  if (event.request.method !== "GET" || origin !== self.location.origin || !ours) return;
  event.respondWith(
    fetch(event.request).catch(async () => (await caches.match(pathname)) ?? Response.error()),
  );
});
