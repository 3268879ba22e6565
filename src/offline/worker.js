// Keeps a guide on its reader's device. The line above says what there is: each file with the digest of its bytes, so that nothing of
// another edition is ever kept or shown with this one. It asks its own origin for these files and for nothing else, and takes nothing
// from pages: a page cannot send through it what its policy does not let it send.
"use strict";
(() => {
  const worker = /** @type {ServiceWorkerGlobalScope & { betwixtKept: Kept }} */ (/** @type {unknown} */ (self));
  const kept = worker.betwixtKept;
  const scope = new URL(worker.registration.scope);
  const own = `betwixt ${scope.pathname} `;
  const current = own + kept.edition;
  /** The header of a kept answer that holds its digest. */
  const DIGEST = "betwixt-digest";
  const AT_ONCE = 6;
  const ofShards = kept.shards.map((digest, number) => ({ path: `offline/${number}.json`, digest }));

  /** The address below the scope that a URL leads to; null outside. @param {string} url */
  function pathOf(url) {
    const { origin, pathname } = new URL(url);
    if (origin !== scope.origin || !pathname.startsWith(scope.pathname)) return null;
    try {
      return decodeURIComponent(pathname.slice(scope.pathname.length)).replace(/(^|\/)index\.html$/, "$1");
    } catch {
      return null;
    }
  }

  /** @param {string} path */
  const urlOf = (path) => new URL(path.split("/").map(encodeURIComponent).join("/"), scope).href;

  /** @param {Record<string, string>} table @param {string} path */
  const digestIn = (table, path) => (Object.prototype.hasOwnProperty.call(table, path) ? table[path] : null);

  /** @param {ArrayBuffer} bytes */
  async function digestOf(bytes) {
    const whole = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return btoa(String.fromCharCode(...whole.slice(0, 12))).replace(/\+/g, "-").replace(/\//g, "_");
  }

  /** A file of this edition; fails if there is none, or if it is another edition's. @param {{ path: string, digest: string }} file */
  async function load({ path, digest }) {
    const response = await fetch(urlOf(path), { cache: "no-cache", credentials: "same-origin", referrerPolicy: "no-referrer" });
    const bytes = await response.arrayBuffer();
    if ((await digestOf(bytes)) !== digest) throw new Error(`another edition of ${path}`);
    const headers = new Headers(response.headers);
    headers.set(DIGEST, digest);
    return new Response(bytes, { headers });
  }

  /** What is kept of this edition; null if it was taken away. */
  const openKept = async () => ((await caches.has(current)) ? caches.open(current) : null);

  /** Keeps a file, from another edition if it is the same there. @param {Cache} cache @param {Cache[]} former @param {{ path: string, digest: string }} file */
  async function keep(cache, former, file) {
    const url = urlOf(file.path);
    for (const other of [cache, ...former]) {
      const found = await other.match(url, { ignoreVary: true });
      if (found && found.headers.get(DIGEST) === file.digest) {
        if (other !== cache) await cache.put(url, found.clone());
        return found;
      }
    }
    const response = await load(file);
    await cache.put(url, response.clone());
    return response;
  }

  /** @type {Map<number, Promise<Record<string, string>>>} */
  const lists = new Map();

  /** A part of the list, read once. @param {number} number */
  function readList(number) {
    const read = async () => {
      const cache = await openKept();
      const response = cache ? await keep(cache, [], ofShards[number]) : await load(ofShards[number]);
      return /** @type {Promise<Record<string, string>>} */ (response.json());
    };
    const list = lists.get(number) || read();
    lists.set(number, list);
    list.catch(() => lists.delete(number));
    return list;
  }

  /** FNV-1a of the UTF-8 of a text: which part of the list has it. @param {string} text */
  function hash(text) {
    let value = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
    return value;
  }

  /** The digest of a file of this edition; null if it has none there. @param {string} path */
  async function find(path) {
    const digest = digestIn(kept.files, path);
    if (digest || !ofShards.length) return digest;
    return digestIn(await readList(hash(path) % ofShards.length), path);
  }

  // ---- a new edition

  /** Does the work for all, a few at once. If one fails nothing more is begun, and what was begun comes to its end: a question that is
   * given up half way may keep others waiting. @template T @param {T[]} all @param {(one: T) => Promise<unknown>} work */
  async function eachOf(all, work) {
    const left = [...all];
    /** @type {unknown[]} */
    const failed = [];
    const one = async () => {
      for (let next = left.shift(); next !== undefined && !failed.length; next = left.shift()) {
        await work(next).catch((error) => failed.push(error));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    if (failed.length) throw failed[0];
  }

  const namesOfOthers = async () => (await caches.keys()).filter((name) => name.startsWith(own) && name !== current);

  async function install() {
    const cache = await caches.open(current);
    const former = await Promise.all((await namesOfOthers()).map((name) => caches.open(name)));
    const files = Object.entries(kept.files).map(([path, digest]) => ({ path, digest }));
    await eachOf(files, (file) => keep(cache, former, file));
    if (ofShards.length && kept.whole) {
      await eachOf(ofShards, async (shard) => {
        const list = await (await keep(cache, former, shard)).json();
        for (const [path, digest] of Object.entries(list)) await keep(cache, former, { path, digest });
      });
    }
    if (!kept.whole) await renew(cache, former);
  }

  /** What was opened of former editions is kept of this one, as far as it can be had. @param {Cache} cache @param {Cache[]} former */
  async function renew(cache, former) {
    const requests = (await Promise.all(former.map((other) => other.keys()))).flat();
    const paths = [...new Set(requests.map(({ url }) => pathOf(url)))].filter((path) => path !== null);
    await eachOf(paths, async (path) => {
      try {
        const digest = await find(path);
        if (digest) await keep(cache, former, { path, digest });
      } catch { /* The next visit asks for it again. */ }
    });
  }

  async function activate() {
    await Promise.all((await namesOfOthers()).map((name) => caches.delete(name)));
    await worker.clients.claim();
  }

  // ---- answers

  /** @param {Request} request @param {string} path */
  async function answer(request, path) {
    try {
      const [cache, digest] = [await openKept(), await find(path)];
      if (cache && digest) return await keep(cache, [], { path, digest });
      // As hosts do with the name of a folder.
      if (cache && request.mode === "navigate" && (await find(`${path}/`))) return Response.redirect(urlOf(`${path}/`));
    } catch { /* It cannot be had, or is of another edition: whoever asks gets what there is. */ }
    try {
      return await fetch(request);
    } catch {
      const cache = request.mode === "navigate" ? await openKept() : null;
      const lost = cache && (await cache.match(urlOf("404.html"), { ignoreVary: true }));
      return lost ? new Response(lost.body, { status: 503, headers: lost.headers }) : Response.error();
    }
  }

  worker.addEventListener("install", (event) => event.waitUntil(install()));
  worker.addEventListener("activate", (event) => event.waitUntil(activate()));
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const path = request.method === "GET" ? pathOf(request.url) : null;
    // What it does not know it leaves to the browser; only pages have something else in their place when there is no connection.
    const isKnown = path !== null && (digestIn(kept.files, path) || ofShards.length > 0);
    if (path !== null && !path.startsWith("search/") && (isKnown || request.mode === "navigate")) {
      event.respondWith(answer(request, path));
    }
  });
})();
