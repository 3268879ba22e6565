// Shows the pages of a guide that lies in one file: the one that the address names behind its `#`, as it would stand alone. Nothing is
// asked for and nothing is kept. The file's policy holds for whatever is written here.
(function () {
  "use strict";

  /** @type {{ pages: Record<string, string>, moved: Record<string, string>, loaded: string[], index: Record<string, string> }} */
  const store = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("betwixt--pages")).textContent || "");
  /** The main parts: a browser with scripts reads what stands in `noscript` as text. @type {Map<string, string>} */
  const mains = new Map();
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("noscript[data-page]"))) {
    const text = part.textContent || "";
    mains.set(String(part.dataset.page), text.slice(text.indexOf(">") + 1, text.lastIndexOf("</div>")));
  }
  /** @type {string | null} */
  let shown = null;

  /** @template T @param {Record<string, T>} table @param {string} key */
  const own = (table, key) => (Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined);

  /** @param {string} text */
  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** The page and the part of it that the address names. */
  function read() {
    const [, path, anchor] = /^#?([^#]*)#?(.*)$/.exec(location.hash) || ["", "", ""];
    const [page, inside] = (own(store.moved, decode(path)) || decode(path) || "/").split("#");
    return { page, anchor: decode(anchor) || inside || "" };
  }

  /** @param {string} anchor */
  function turnTo(anchor) {
    const part = anchor && document.getElementById(anchor);
    if (!part) return window.scrollTo(0, 0);
    for (let box = part.closest("details"); box; box = box.parentElement && box.parentElement.closest("details")) box.open = true;
    part.scrollIntoView();
    part.focus();
  }

  /** @param {string} page */
  function write(page) {
    const name = own(store.pages, page) === undefined ? "/404.html" : page;
    const html = (own(store.pages, name) || own(store.pages, "/") || "")
      .replace(/\uE001(\d+)\uE001/g, (_, number) => `<style>${store.loaded[number]}</style>`)
      .replace(/\uE002(\d+)\uE002/g, (_, number) => `<script>${store.loaded[number]}<\/script>`)
      .replace("\uE000", () => mains.get(name) || "");
    document.open();
    document.write(html);
    document.close();
  }

  function show() {
    const { page, anchor } = read();
    if (page !== shown) {
      shown = page;
      write(page);
      // What listened to the page before is gone with it.
      window.addEventListener("hashchange", show);
    }
    turnTo(anchor);
  }

  // The search finds its files here.
  Object.defineProperty(window, "betwixtFile", {
    value: { index: (/** @type {string} */ name) => own(store.index, name), locate: (/** @type {string} */ url) => `#/${url}` },
  });

  document.addEventListener("DOMContentLoaded", show);
})();
