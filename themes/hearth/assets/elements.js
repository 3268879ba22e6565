// Parts of a page, found and made by scripts. All text is set as text.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  /** What a selector names, in the page or in a part of it. @param {string} selector @param {ParentNode} [part] */
  const all = (selector, part = document) => /** @type {HTMLElement[]} */ ([...part.querySelectorAll(selector)]);

  /**
   * @param {string} name
   * @param {(string | Node)[]} [content]
   * @param {Record<string, string>} [attributes]
   */
  function make(name, content = [], attributes = {}) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...content);
    return element;
  }

  /** @param {string} text @param {Record<string, string | number>} values */
  function fill(text, values) {
    return Object.entries(values).reduce((filled, [name, value]) => filled.replace(`{${name}}`, String(value)), text);
  }

  hearth.elements = { all, make, fill };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
