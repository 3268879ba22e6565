// The questions on the page ↔ one person's answers, and the words that stand on the page for the other scripts.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  /**
   * @param {HTMLElement} form
   * @param {Rules} rules
   * @returns {Person}
   */
  function read(form, rules) {
    const person = hearth.answers.blank(rules);
    rules.items.forEach((_, index) => {
      const item = itemOf(form, index);
      const chosen = item.querySelector("input[type=radio]:checked");
      person.choices[index] = chosen instanceof HTMLInputElement ? /** @type {Choice} */ (chosen.value) : "";
      person.kept[index] = isChecked(item, "[data-keep]");
    });
    rules.options.forEach((_, index) => {
      const option = optionOf(form, index);
      person.wishes[index] = isChecked(option, "[data-wish]");
      person.keptWishes[index] = isChecked(option, "[data-keep]");
    });
    return person;
  }

  /**
   * Shows a person's answers; null shows none at all.
   * @param {HTMLElement} form
   * @param {Rules} rules
   * @param {Person | null} person
   */
  function write(form, rules, person) {
    const shown = person || hearth.answers.blank(rules);
    rules.items.forEach((_, index) => {
      const item = itemOf(form, index);
      for (const radio of item.querySelectorAll("input[type=radio]")) {
        if (radio instanceof HTMLInputElement) radio.checked = radio.value === shown.choices[index];
      }
      check(item, "[data-keep]", shown.kept[index]);
    });
    rules.options.forEach((_, index) => {
      const option = optionOf(form, index);
      check(option, "[data-wish]", shown.wishes[index]);
      check(option, "[data-keep]", shown.keptWishes[index]);
    });
  }

  /** @param {ParentNode} form @param {number} index */
  function itemOf(form, index) {
    return /** @type {HTMLElement} */ (form.querySelector(`[data-item="${index}"]`));
  }

  /** @param {ParentNode} form @param {number} index */
  function optionOf(form, index) {
    return /** @type {HTMLElement} */ (form.querySelector(`[data-suggested="${index}"]`));
  }

  /** @param {ParentNode} part @param {string} selector */
  function isChecked(part, selector) {
    const box = part.querySelector(selector);
    return box instanceof HTMLInputElement && box.checked;
  }

  /** @param {ParentNode} part @param {string} selector @param {boolean} checked */
  function check(part, selector, checked) {
    const box = part.querySelector(selector);
    if (box instanceof HTMLInputElement) box.checked = checked;
  }

  /** The title of an item or a option. @param {HTMLElement} part */
  const titleOf = (part) => part.dataset.title || "";

  /** A link to the page of an item or a option, with its title. @param {HTMLElement} part */
  function linkTo(part) {
    const about = /** @type {HTMLAnchorElement} */ (part.querySelector(".about a"));
    const link = document.createElement("a");
    link.href = about.getAttribute("href") || "";
    link.textContent = titleOf(part);
    return link;
  }

  /** Why an item leads to a option, in the guide's words. @param {HTMLElement} item @param {HTMLElement} option */
  function reasonOf(item, option) {
    const address = linkTo(option).getAttribute("href");
    const lines = Array.from(item.querySelectorAll(".suggestions li"));
    const line = lines.find((line) => line instanceof HTMLElement && line.dataset.to === address);
    const why = line && line.querySelector(".why");
    return why ? why.textContent || "" : "";
  }

  hearth.form = { read, write, itemOf, optionOf, titleOf, linkTo, reasonOf };
})((globalThis.hearth = globalThis.hearth || /** @type {Hearth} */ ({})));
