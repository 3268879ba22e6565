// The questions on the page ↔ one person's answers, and the words that stand on the page for the other scripts.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  const { all, make } = hearth.elements;

  /** The fields in which each list of a person's answers stands. @type {Record<keyof Person, string>} */
  const FIELDS = { choices: "input[type=radio]", kept: "[data-keep]", wishes: "[data-wish]", keptWishes: "[data-keep]" };

  /**
   * @param {ParentNode} form
   * @param {Rules} rules
   */
  function read(form, rules) {
    return hearth.answers.assemble((name, of) => rules[of].map((_, index) => {
      const chosen = fieldsOf(form, name, of, index).find((field) => field.checked);
      return name === "choices" ? (chosen ? chosen.value : "") : chosen !== undefined;
    }));
  }

  /**
   * Shows a person's answers; null shows none at all.
   * @param {ParentNode} form
   * @param {Rules} rules
   * @param {Person | null} person
   */
  function write(form, rules, person) {
    const shown = person || hearth.answers.blank(rules);
    hearth.answers.assemble((name, of) => shown[name].forEach((answer, index) => {
      for (const field of fieldsOf(form, name, of, index)) field.checked = answer === true || answer === field.value;
    }));
  }

  /** @param {ParentNode} form @param {keyof Person} name @param {"items" | "options"} of @param {number} index */
  function fieldsOf(form, name, of, index) {
    const part = of === "items" ? itemOf(form, index) : optionOf(form, index);
    return /** @type {HTMLInputElement[]} */ (all(FIELDS[name], part));
  }

  /** @param {ParentNode} form @param {number} index */
  const itemOf = (form, index) => all(`[data-item="${index}"]`, form)[0];

  /** @param {ParentNode} form @param {number} index */
  const optionOf = (form, index) => all(`[data-suggested="${index}"]`, form)[0];

  /** The title of an item or a option. @param {HTMLElement} part */
  const titleOf = (part) => part.dataset.title || "";

  /** Where the page of an item or a option is. @param {HTMLElement} part */
  const addressOf = (part) => all(".about a", part)[0].getAttribute("href") || "";

  /** A link to that page, with its title. @param {HTMLElement} part */
  const linkTo = (part) => make("a", [titleOf(part)], { href: addressOf(part) });

  /** Why an item leads to a option, in the guide's words. @param {HTMLElement} item @param {HTMLElement} option */
  function reasonOf(item, option) {
    const line = all(".suggestions li", item).find((line) => line.dataset.to === addressOf(option));
    const why = line && all(".why", line)[0];
    return (why && why.textContent) || "";
  }

  hearth.form = { read, write, itemOf, optionOf, titleOf, linkTo, reasonOf };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
