// This guide keeps nothing on its readers' devices. What a former edition kept is taken away, and then this worker itself.
"use strict";
(() => {
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const own = `betwixt ${new URL(worker.registration.scope).pathname} `;

  async function leave() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(own)).map((name) => caches.delete(name)));
    await worker.registration.unregister();
  }

  worker.addEventListener("install", () => { worker.skipWaiting(); });
  worker.addEventListener("activate", (event) => event.waitUntil(leave()));
})();
