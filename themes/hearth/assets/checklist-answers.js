// What one person answers, and what of it is shared. Knows no screen and no storage.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  const TRUTHS = [false, true];

  /**
   * The lists of a person's answers: each with what it has an entry for, and what may stand there, what is there at first before all
   * else. Nothing is chosen beforehand, so that nobody shares what they never said.
   * @type {readonly (readonly [keyof Person, "items" | "options", readonly unknown[]])[]}
   */
  const LISTS = [
    ["choices", "items", ["", "skip", "not", "sometimes", "often"]],
    ["kept", "items", TRUTHS],
    ["wishes", "options", TRUTHS],
    ["keptWishes", "options", TRUTHS],
  ];

  /**
   * A person's answers, each of their lists as `make` gives it.
   * @param {(name: keyof Person, of: "items" | "options", values: readonly unknown[]) => unknown} make
   * @returns {Person}
   */
  function assemble(make) {
    return /** @type {any} */ (Object.fromEntries(LISTS.map(([name, of, values]) => [name, make(name, of, values)])));
  }

  /**
   * @param {Rules} rules
   * @returns {Person}
   */
  function blank(rules) {
    return assemble((_, of, values) => rules[of].map(() => values[0]));
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
    return choice === "often" ? 2 : choice === "sometimes" ? 1 : 0;
  }

  /**
   * A person's answers from a storage or a file, which anybody may have written: a copy if they are exactly what this guide asks
   * for, or else null.
   * @param {Rules} rules
   * @param {any} unknown
   * @returns {Person | null}
   */
  function parse(rules, unknown) {
    if (keysOf(unknown) !== "choices,kept,keptWishes,wishes") return null;
    const person = assemble((name, of, values) => parseList(unknown[name], rules[of].length, values));
    return Object.values(person).every(Boolean) && countWishes(person) <= rules.wishes ? person : null;
  }

  /** The names of all that something holds, in one line; none of what holds nothing. @param {unknown} unknown */
  const keysOf = (unknown) => Object.keys(Object(unknown)).sort().join();

  /**
   * @param {unknown} list
   * @param {number} length
   * @param {readonly unknown[]} values
   */
  function parseList(list, length, values) {
    return Array.isArray(list) && list.length === length && [...list].every((value) => values.includes(value)) ? [...list] : null;
  }

  /**
   * How many wishes the person has. Those kept back count too: a person has so many wishes, whoever may see them.
   * @param {Person} person
   */
  function countWishes(person) {
    return person.wishes.filter(Boolean).length;
  }

  /** @param {Shared} shared */
  const listWishes = ({ wishes }) => wishes.flatMap((wished, option) => (wished ? [option] : []));

  hearth.answers = { assemble, blank, share, parse, keysOf, countWishes, listWishes };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
