// What one person shares, as a few characters to say or to type on another device, and back. A state of the checklist is one
// number; the digits of that number in base 32 are the code, with a last digit that tells when one was mistaken.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  /** Without I, L, O and U: three are mistaken for digits, and without the fourth fewer codes make a word. */
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /** How each digit may be written, in its place: in small letters too, and as a letter that looks like it. */
  const SPELLINGS = [ALPHABET, ALPHABET.toLowerCase(), "OI", "oi", " L", " l"];

  /** What people, keyboards and messengers put between the groups: spaces of any kind, hyphens and dashes. */
  const BETWEEN = /[\s\u2010-\u2015\u2212-]/gu;

  /** @type {readonly Mode[]} */
  const MODES = ["both", "everything"];

  /**
   * @param {Rules} rules
   * @param {Shared} shared
   * @param {Mode} mode
   * @returns {string}
   */
  function encode(rules, shared, mode) {
    const { patterns, ranks, states, residues } = measure(rules);
    const wishes = rules.order.options.flatMap((option, i) => (shared.wishes[option] ? [i] : []));
    if (wishes.length > rules.wishes) throw new RangeError("more wishes than the guide asks for");
    const pattern = rules.order.items.reduceRight((sum, item) => sum * 3 + shared.levels[item], 0);
    const state = (MODES.indexOf(mode) * ranks + rankWishes(wishes, rules.options.length)) * patterns + pattern;
    let value = state + states * (rules.version % residues);
    /** @type {number[]} */
    const digits = [];
    for (let i = 1; i < rules.length; i++) {
      digits.unshift(value % 32);
      value = Math.floor(value / 32);
    }
    digits.push(checkDigits(digits, rules.version, residues));
    return digits.map((digit) => ALPHABET[digit]).join("");
  }

  /**
   * @param {Rules} rules
   * @param {string} text
   * @returns {{ shared: Shared, mode: Mode } | { error: CodeError }}
   */
  function decode(rules, text) {
    const letters = [...text.replace(BETWEEN, "")];
    if (letters.length !== rules.length || rules.length === 0) return { error: "length" };
    const digits = letters.map((letter) => Math.max(...SPELLINGS.map((digits) => digits.indexOf(letter))));
    if (digits.includes(-1)) return { error: "letters" };
    const { patterns, ranks, states, residues } = measure(rules);
    const check = digits.pop();
    if (check !== checkDigits(digits, rules.version, residues)) return { error: "check" };
    const value = digits.reduce((sum, digit) => sum * 32 + digit, 0);
    // This holds, too, where the value is larger than any that is ever written: no residue is as large.
    if (Math.floor(value / states) !== rules.version % residues) return { error: "edition" };
    const state = value % states;
    const agreed = Math.floor(state / patterns);
    const shared = Object.freeze({ levels: readLevels(rules, state % patterns), wishes: readWishes(rules, agreed % ranks) });
    return { shared, mode: MODES[Math.floor(agreed / ranks)] };
  }

  /**
   * In two groups, which are easier to say and to hear than one.
   * @param {string} code
   */
  function format(code) {
    const half = Math.ceil(code.length / 2);
    return `${code.slice(0, half)} ${code.slice(half)}`;
  }

  /**
   * How many there are: patterns of levels, sets of wishes, states of the whole, and residues of the version that fit in beside
   * a state. All stay below 2^53 as long as a code has ten characters at most.
   * @param {Rules} rules
   */
  function measure(rules) {
    const patterns = 3 ** rules.items.length;
    let ranks = 0;
    for (let size = 0; size <= Math.min(rules.wishes, rules.options.length); size++) ranks += choose(rules.options.length, size);
    const states = patterns * ranks * MODES.length;
    return { patterns, ranks, states, residues: Math.floor(32 ** (rules.length - 1) / states) };
  }

  /**
   * How many ways there are to choose `size` of `count`.
   * @param {number} count
   * @param {number} size
   */
  function choose(count, size) {
    let ways = 1;
    for (let i = 0; i < size; i++) ways = (ways * (count - i)) / (i + 1);
    return ways;
  }

  /**
   * The place of a set of wishes among all sets: smaller sets first, then by the combinatorial number system.
   * @param {number[]} wishes ascending, in the order of the code
   * @param {number} count how many options there are
   */
  function rankWishes(wishes, count) {
    let rank = 0;
    for (let size = 0; size < wishes.length; size++) rank += choose(count, size);
    return wishes.reduce((sum, wish, i) => sum + choose(wish, i + 1), rank);
  }

  /**
   * @param {Rules} rules
   * @param {number} rank
   * @returns {readonly boolean[]} in the guide's order
   */
  function readWishes(rules, rank) {
    const count = rules.options.length;
    const wishes = rules.options.map(() => false);
    let rest = rank;
    let size = 0;
    while (rest >= choose(count, size)) rest -= choose(count, size++);
    for (let wish = count - 1; size > 0; wish--) {
      if (choose(wish, size) > rest) continue;
      rest -= choose(wish, size--);
      wishes[rules.order.options[wish]] = true;
    }
    return Object.freeze(wishes);
  }

  /**
   * @param {Rules} rules
   * @param {number} pattern
   * @returns {readonly Level[]} in the guide's order
   */
  function readLevels(rules, pattern) {
    /** @type {Level[]} */
    const levels = rules.items.map(() => 0);
    let rest = pattern;
    for (const item of rules.order.items) {
      levels[item] = /** @type {Level} */ (rest % 3);
      rest = Math.floor(rest / 3);
    }
    return Object.freeze(levels);
  }

  /**
   * The last digit. Over GF(32), each digit counts by a weight of its own: 2 for the first, 4 for the second, 8 for the third,
   * and 1 for the last digit itself. No weight is 0, so a single wrong digit always shows; no two are alike, so a swap does.
   * The offset is what the residue leaves of the version.
   * @param {number[]} digits all but the last
   * @param {number} version
   * @param {number} residues
   */
  function checkDigits(digits, version, residues) {
    return digits.reduceRight((sum, digit) => double(sum ^ digit), 0) ^ (Math.floor(version / residues) % 32);
  }

  /**
   * Twice a digit, in GF(32) with the polynomial x^5 + x^2 + 1.
   * @param {number} digit
   */
  function double(digit) {
    return digit < 16 ? digit << 1 : (digit << 1) ^ 0b100101;
  }

  hearth.code = { encode, decode, format };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
