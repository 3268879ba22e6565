// What one person answers, and what of it is shared. Knows no screen and no storage.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  /** @type {readonly unknown[]} */
  const CHOICES = ["", "skip", "not", "sometimes", "often"];

  /**
   * Nothing is chosen beforehand, so that nobody shares what they never said.
   * @param {Rules} rules
   * @returns {Person}
   */
  function blank(rules) {
    return {
      choices: rules.items.map(() => ""),
      kept: rules.items.map(() => false),
      wishes: rules.options.map(() => false),
      keptWishes: rules.options.map(() => false),
    };
  }

  /**
   * What the other may come to know. Not noticed, skipped and kept back become one and the same here, so that nothing later on
   * can tell them apart. It is frozen: what two people compare no longer changes.
   * @param {Rules} rules
   * @param {Person} person
   * @returns {Shared}
   */
  function share(rules, person) {
    return Object.freeze({
      levels: Object.freeze(rules.items.map((_, i) => (person.kept[i] ? 0 : levelOf(person.choices[i])))),
      wishes: Object.freeze(rules.options.map((_, i) => person.wishes[i] && !person.keptWishes[i])),
    });
  }

  /**
   * @param {Choice} choice
   * @returns {Level}
   */
  function levelOf(choice) {
    if (choice === "often") return 2;
    return choice === "sometimes" ? 1 : 0;
  }

  /**
   * A person's answers from a storage or a file, which anybody may have written: a copy if they are exactly what this guide asks
   * for, or else null.
   * @param {Rules} rules
   * @param {unknown} unknown
   * @returns {Person | null}
   */
  function parse(rules, unknown) {
    if (typeof unknown !== "object" || unknown === null) return null;
    if (Object.keys(unknown).sort().join() !== "choices,kept,keptWishes,wishes") return null;
    const found = /** @type {Record<string, unknown>} */ (unknown);
    const choices = parseList(found.choices, rules.items.length, isChoice);
    const kept = parseList(found.kept, rules.items.length, isTruth);
    const wishes = parseList(found.wishes, rules.options.length, isTruth);
    const keptWishes = parseList(found.keptWishes, rules.options.length, isTruth);
    if (!choices || !kept || !wishes || !keptWishes) return null;
    const person = { choices, kept, wishes, keptWishes };
    return countWishes(person) <= rules.wishes ? person : null;
  }

  /**
   * @template T
   * @param {unknown} list
   * @param {number} length
   * @param {(value: unknown) => value is T} isOne
   * @returns {T[] | null}
   */
  function parseList(list, length, isOne) {
    if (!Array.isArray(list) || list.length !== length) return null;
    /** @type {unknown[]} */
    const copy = Array.from(list);
    return copy.every(isOne) ? copy : null;
  }

  /** @type {(value: unknown) => value is Choice} */
  function isChoice(value) {
    return CHOICES.includes(value);
  }

  /** @type {(value: unknown) => value is boolean} */
  function isTruth(value) {
    return typeof value === "boolean";
  }

  /**
   * How many wishes the person has. Those kept back count too: a person has so many wishes, whoever may see them.
   * @param {Person} person
   */
  function countWishes(person) {
    return person.wishes.filter(Boolean).length;
  }

  hearth.answers = { blank, share, parse, countWishes };
})((globalThis.hearth = globalThis.hearth || /** @type {Hearth} */ ({})));
