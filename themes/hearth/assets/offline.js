// Has the browser keep the guide's pages, says when there is a newer edition, and takes the copy away when somebody asks for it. It
// never loads a page again by itself. A page for readers who are not safe, and the one with the answers, begin no copy.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  const line = document.getElementById("hearth--edition");
  if (!line || !("serviceWorker" in navigator) || location.protocol === "file:") return;
  const words = /** @type {Words} */ (line.dataset);
  const address = new URL(words.worker, document.baseURI);
  const scope = new URL("./", address);
  const container = navigator.serviceWorker;

  /** Takes the copy away; fails if the browser does not let it go. */
  async function forget() {
    const registration = await container.getRegistration(scope);
    if (registration && registration.scope === scope.href) await registration.unregister();
    const names = (await caches.keys()).filter((name) => name.startsWith(`betwixt ${scope.pathname} `));
    await Promise.all(names.map((name) => caches.delete(name)));
  }

  /** @param {ServiceWorkerRegistration} registration */
  function follow(registration) {
    const look = () => {
      if (registration.waiting && container.controller) /** @type {HTMLElement} */ (line).textContent = words.newer;
      else if (registration.installing) registration.installing.addEventListener("statechange", look, { once: true });
    };
    registration.addEventListener("updatefound", look);
    look();
  }

  ("begin" in words ? container.register(address, { updateViaCache: "none" }) : container.getRegistration(scope))
    .then((registration) => { if (registration) follow(registration); })
    .catch(() => { /* Without a copy the guide is as it was. */ });

  const [visit] = performance.getEntriesByType("navigation");
  if (visit && /** @type {PerformanceNavigationTiming & { responseStatus?: number }} */ (visit).responseStatus === 503) line.textContent = words.absent;

  const button = document.getElementById("hearth--forget");
  const box = document.getElementById("hearth--copy");
  if (button && box) {
    box.hidden = false;
    const said = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
    button.addEventListener("click", () => {
      forget().then(() => { said.textContent = words.forgotten; }, () => { said.textContent = words.unforgotten; });
    });
  }

  hearth.offline = { forget };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
