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
    const noticedBy = (/** @type {number} */ count) => rows.filter(({ levels }) => levels.filter(Boolean).length === count);
    const both = noticedBy(2);
    const wishes = [one, other].map(hearth.answers.listWishes);
    if (mode === "everything") return { mode, both, one: noticedBy(1), wishes };
    // The items alone: how often each noticed one is not what they agreed to show.
    return { mode, both: both.map(({ item }) => item), wishes: wishes[0].filter((option) => other.wishes[option]) };
  }

  hearth.compare = { tabulate };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
