// Keeps the page of one tablet and its files, so that it opens without a network. It never keeps or sends answers.
const page = self.registration.scope;

const files = (text) => [...text.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|svg))"/g)].map((found) => found[1]);

const keep = async (answer) => {
  const store = await caches.open(page);
  const wanted = files(await answer.clone().text());
  await store.addAll(wanted);
  await store.put(page, answer);
  const known = new Set([page, ...wanted.map((path) => new URL(path, page).href)]);
  for (const request of await store.keys()) if (!known.has(request.url)) await store.delete(request);
};

const fresh = async () => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 5000);
  try {
    const answer = await fetch(page, { cache: "no-store", signal: stop.signal });
    if (answer.status >= 500) throw new Error(answer.status);
    return answer;
  } finally {
    clearTimeout(timer);
  }
};

const opened = async (event) => {
  const store = await caches.open(page);
  try {
    const answer = await fresh();
    if (answer.ok) event.waitUntil(keep(answer.clone()).catch(() => {}));
    return answer; // also "revoked" and "unknown": the tablet says so
  } catch {
    return (await store.match(page)) || Response.error();
  }
};

self.addEventListener("install", (event) => event.waitUntil(fresh().then((answer) => {
  if (!answer.ok) throw new Error(answer.status);
  return keep(answer);
}).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate" && event.request.url === page) event.respondWith(opened(event));
  else if (event.request.mode !== "navigate") {
    event.respondWith(caches.open(page).then(async (store) => (await store.match(event.request)) || fetch(event.request)));
  }
});
