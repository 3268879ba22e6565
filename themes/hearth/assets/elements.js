// Parts of a page, made by scripts. All text is set as text.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

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

  hearth.elements = { make, fill };
})((globalThis.hearth = globalThis.hearth || /** @type {Hearth} */ ({})));
