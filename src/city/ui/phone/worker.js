// Keeps this release's files, shows a page of ours when there is no line, and delivers what waits in the phone.
// No page with a person's things is ever kept here: pages always come from the city.
const KEPT = `city-${CITY.version}`;
const TOLD = "city-told"; // the language of the last page, so that the page without a line speaks it too
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\.\w+$/;

async function keepFirst() {
  const kept = await caches.open(KEPT);
  const pages = Object.values(CITY.pages).map((page) => new Request(page, { cache: "reload", credentials: "omit" }));
  await kept.addAll([...CITY.files, ...pages]);
}

async function throwAwayOld() {
  const ours = (await caches.keys()).filter((name) => name.startsWith("city-"));
  await Promise.all(ours.filter((name) => name !== KEPT && name !== TOLD).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function file(request) {
  const kept = await caches.open(KEPT);
  const known = await kept.match(request, { ignoreVary: true });
  if (known) return known;
  const fresh = await fetch(request);
  if (fresh.ok && NAMED_BY_CONTENT.test(new URL(request.url).pathname)) await kept.put(request, fresh.clone());
  return fresh;
}

async function remember(language) {
  if (language in CITY.pages) await (await caches.open(TOLD)).put("/language", new Response(language));
}

async function withoutLine() {
  const told = await caches.match("/language", { cacheName: TOLD });
  const language = told ? await told.text() : CITY.language;
  return (await caches.match(CITY.pages[language] ?? CITY.pages[CITY.language], { cacheName: KEPT })) ?? Response.error();
}

async function page(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(remember(answer.headers.get("Content-Language")));
    return answer;
  } catch {
    return withoutLine();
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepFirst().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(throwAwayOld()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (request.method === "GET" && address.pathname.startsWith(CITY.folder)) event.respondWith(file(request));
});
self.addEventListener("sync", (event) => {
  if (event.tag === OUTBOX) event.waitUntil(outbox.deliver());
});
self.addEventListener("message", (event) => {
  if (event.data === "deliver") event.waitUntil(outbox.deliver().catch(() => undefined));
});
