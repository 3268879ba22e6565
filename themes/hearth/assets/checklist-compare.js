// What two people see of each other's answers, as plain data for a table. It takes only what each shares, and of that only what
// both agreed to show.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  /**
   * @param {Rules} rules
   * @param {Shared} one
   * @param {Shared} other
   * @param {Mode} mode
   * @returns {Table}
   */
  function tabulate(rules, one, other, mode) {
    /** @type {Row[]} */
    const rows = rules.items.map((_, item) => ({ item, levels: [one.levels[item], other.levels[item]] }));
    const both = rows.filter(({ levels }) => levels[0] > 0 && levels[1] > 0);
    if (mode === "both") {
      // The items alone: how often each noticed one is not what they agreed to show.
      return { mode, both: both.map(({ item }) => item), wishes: listWishes(one).filter((option) => other.wishes[option]) };
    }
    return {
      mode,
      both,
      one: rows.filter(({ levels }) => levels[0] > 0 !== levels[1] > 0),
      wishes: [listWishes(one), listWishes(other)],
    };
  }

  /**
   * @param {Shared} shared
   * @returns {number[]}
   */
  function listWishes(shared) {
    return shared.wishes.flatMap((wished, option) => (wished ? [option] : []));
  }

  hearth.compare = { tabulate };
})((globalThis.hearth = globalThis.hearth || /** @type {Hearth} */ ({})));
