// What to try, from what is shared: a rule that a pencil can follow on the paper sheet with the same result.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  /** More would be a list to choose from, and two tired people choose nothing from a list. */
  const PLACES = 3;

  /**
   * First what both wish, then what the items lead to that both noticed; and if everything is shown, what those lead to that
   * exactly one noticed. A wish of one counts for nothing, and without the last step only what both share is looked at.
   * @param {Rules} rules
   * @param {Shared} one
   * @param {Shared} other
   * @param {Mode} mode
   * @returns {Suggestion[]}
   */
  function pick(rules, one, other, mode) {
    const wished = hearth.answers.listWishes(one).filter((option) => other.wishes[option]);
    /** @type {Suggestion[]} */
    const suggestions = [
      ...wished.map((option) => ({ option, reason: /** @type {const} */ ("wish"), items: [] })),
      ...follow(rules, listNoticed(rules, [one, other], 2), "both"),
      ...(mode === "everything" ? follow(rules, listNoticed(rules, [one, other], 1), "one") : []),
    ];
    // A option has one place, and its first reason.
    const options = suggestions.map(({ option }) => option);
    return suggestions.filter(({ option }, i) => options.indexOf(option) === i).slice(0, PLACES);
  }

  /**
   * What is shown where nothing is picked: all options in the guide's order, but those that both must wish.
   * @param {Rules} rules
   * @returns {number[]}
   */
  function fallback(rules) {
    return rules.options.flatMap((option, i) => (option.both ? [] : [i]));
  }

  /**
   * All that the items lead to that one person noticed, where nobody else fills the list in. What both must wish is left out:
   * there is no other who could.
   * @param {Rules} rules
   * @param {Shared} one
   * @returns {Suggestion[]}
   */
  function lead(rules, one) {
    return follow(rules, listNoticed(rules, [one], 1), "one");
  }

  /**
   * The items that so many people noticed, no more and no fewer.
   * @param {Rules} rules
   * @param {readonly Shared[]} people
   * @param {number} count
   */
  function listNoticed(rules, people, count) {
    return rules.items.flatMap((_, item) => (people.filter(({ levels }) => levels[item] > 0).length === count ? [item] : []));
  }

  /**
   * The options that these items lead to: the larger sum of weights first, then the shorter time (none given comes last), then
   * the guide's order. The sums stay here, because no screen shows one.
   * @param {Rules} rules
   * @param {number[]} items
   * @param {"both" | "one"} reason
   * @returns {Suggestion[]}
   */
  function follow(rules, items, reason) {
    const candidates = rules.options.map(({ time, both }, option) => {
      const leading = items.filter((item) => weigh(rules, item, option) > 0);
      const sum = leading.reduce((total, item) => total + weigh(rules, item, option), 0);
      return { option, items: leading, sum: both ? 0 : sum, time: time ?? Number.MAX_VALUE };
    });
    return candidates
      .filter(({ sum }) => sum > 0)
      .sort((a, b) => b.sum - a.sum || a.time - b.time || a.option - b.option)
      .map(({ option, items: leading }) => ({ option, reason, items: leading }));
  }

  /**
   * @param {Rules} rules
   * @param {number} item
   * @param {number} option
   */
  function weigh(rules, item, option) {
    return rules.items[item].leads.reduce((sum, [to, weight]) => (to === option ? sum + weight : sum), 0);
  }

  hearth.suggest = { pick, fallback, lead };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
