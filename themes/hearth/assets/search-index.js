// The search index, without the page: how words are folded, found among the forms of the guide, ranked, and shown in a sentence.
// The program cuts and folds the guide's texts in the same way when it writes the index.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  /** How near what a group holds is to what was typed: the word itself, one that begins so, or one that is meant. */
  const EXACT = 2;
  const BEGINS = 1;
  const NEAR = 0;

  /** More groups than these would bury what was meant. */
  const MOST_BEGINNINGS = 8;
  const MOST_NEAR = 6;
  const MOST_NEAREST = 5;

  /** In shorter words one letter is too much of the whole. */
  const LEAST_LETTERS = 4;

  /** The letters of a sentence that is shown whole, and how many stand before the word in one that is cut. */
  const SENTENCE = 220;
  const BEFORE = 90;

  const WORD = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*/gu;
  const PART = /[\p{L}\p{N}\p{M}]+/gu;
  const WITHOUT_SPACES = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]+/gu;
  const SENTENCE_END = /(?:[.!?…]+["'”’»)\]]*(?=\s)|[。！？]+["'”’»)\]」』]*|\n)\s*/gu;

  /** Letters that no decomposition makes plain. @type {Record<string, string>} */
  const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", þ: "th", ð: "d", ı: "i", ς: "σ" };

  // ---- words

  /**
   * Small letters without accents, so that "cafe" finds "Café".
   * @param {string} word
   */
  function fold(word) {
    if (/^[a-z0-9]*$/i.test(word)) return word.toLowerCase();
    const small = word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    return small.replace(/[ßæœøđłþðıς]/g, (letter) => PLAIN[letter]);
  }

  /**
   * The words of a text, folded, each with its place in it.
   * @param {string} text
   * @returns {Token[]}
   */
  function tokens(text) {
    return [...text.matchAll(WORD)].flatMap((found) => cut(found[0], found.index || 0));
  }

  /**
   * A word, or what it is cut into where parts of it are of a script without spaces.
   * @param {string} word
   * @param {number} start
   */
  function cut(word, start) {
    /** @type {Token[]} */
    const parts = [];
    const add = (/** @type {number} */ from, /** @type {number} */ to) => {
      // Signs such as "½" hold several words.
      const forms = fold(word.slice(from, to).replace(/['’]/g, "")).match(PART) || [];
      parts.push(...forms.map((form) => ({ form, start: start + from, end: start + to })));
    };
    let done = 0;
    for (const run of word.matchAll(WITHOUT_SPACES)) {
      const at = run.index || 0;
      add(done, at);
      parts.push(...pairs(run[0], start + at));
      done = at + run[0].length;
    }
    add(done, word.length);
    return parts;
  }

  /**
   * @param {string} run
   * @param {number} start
   * @returns {Token[]}
   */
  function pairs(run, start) {
    // Each with its marks.
    const letters = [...run.matchAll(/.\p{M}*/gsu)].map((letter) => {
      const at = start + (letter.index || 0);
      return { form: fold(letter[0]), start: at, end: at + letter[0].length };
    });
    if (letters.length < 2) return letters;
    return letters.slice(1).map((second, i) => ({ form: letters[i].form + second.form, start: letters[i].start, end: second.end }));
  }

  // ---- the index

  /**
   * The forms and the groups of the guide, from what words.js says.
   * @param {SearchWords} words
   * @returns {SearchIndex}
   */
  function open(words) {
    /** @type {string[]} */
    const forms = [];
    const text = words.words;
    let form = "";
    for (let at = 0; at < text.length;) {
      let end = at + 1;
      while (end < text.length && !isCapital(text.charCodeAt(end))) end++;
      form = form.slice(0, text.charCodeAt(at) - 65) + text.slice(at + 1, end);
      forms.push(form);
      at = end;
    }
    return { forms, groups: words.groups.map((back, i) => i - back), synonyms: words.synonyms || {}, pages: words.pages };
  }

  /** @param {number} unit */
  function isCapital(unit) {
    return unit >= 65 && unit <= 90;
  }

  /**
   * The shard that holds a group: FNV-1a over the UTF-8 of its key.
   * @param {string} key
   * @param {number} count
   */
  function shardOf(key, count) {
    let hash = 0x811c9dc5;
    for (const byte of utf8(key)) hash = Math.imul(hash ^ byte, 0x01000193);
    return (hash >>> 0) % count;
  }

  /** @param {string} text */
  function utf8(text) {
    return [...text].flatMap((letter) => {
      const code = /** @type {number} */ (letter.codePointAt(0));
      const tail = (/** @type {number} */ shift) => 0x80 | ((code >> shift) & 0x3f);
      if (code < 0x80) return [code];
      if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
      if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
      return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
    });
  }

  /**
   * Where a form stands, or would stand, in the order of code points.
   * @param {readonly string[]} forms
   * @param {string} form
   */
  function placeOf(forms, form) {
    let low = 0;
    let high = forms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(forms[middle], form)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * By code points. Half of a pair (a letter beyond U+FFFF) stands behind every other unit.
   * @param {string} one
   * @param {string} other
   */
  function isBefore(one, other) {
    let at = 0;
    while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
    if (at >= one.length || at >= other.length) return one.length < other.length;
    const rank = (/** @type {number} */ unit) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
    return rank(one.charCodeAt(at)) < rank(other.charCodeAt(at));
  }

  // ---- from a word to its groups

  /**
   * The groups that a word may mean. What begins with it counts for the last word, which may not be whole, and where it is no form.
   * @param {SearchIndex} index
   * @param {string} word
   * @param {boolean} isLast
   * @returns {Meaning[]}
   */
  function lookup(index, word, isLast) {
    /** @type {Meaning[]} */
    const found = [];
    const add = (/** @type {number} */ group, /** @type {Nearness} */ nearness) => {
      if (!found.some((one) => one.group === group)) found.push({ group, nearness });
    };
    const at = placeOf(index.forms, word);
    const isForm = index.forms[at] === word;
    if (isForm) add(index.groups[at], EXACT);
    if (isLast || !isForm) for (const group of beginnings(index, word, at)) add(group, BEGINS);
    if (has(index.synonyms, word)) for (const form of index.synonyms[word]) add(index.groups[form], NEAR);
    if (!found.length && word.length >= LEAST_LETTERS) for (const group of oneOff(index, word)) add(group, NEAR);
    return found;
  }

  /** @param {object} object @param {string | number} key */
  function has(object, key) {
    return Object.prototype.hasOwnProperty.call(object, key);
  }

  /**
   * The groups of forms that begin with a word, the shortest forms first.
   * @param {SearchIndex} index
   * @param {string} word
   * @param {number} start
   */
  function beginnings({ forms, groups }, word, start) {
    /** @type {number[]} */
    const places = [];
    for (let i = start; i < forms.length && forms[i].startsWith(word); i++) if (forms[i] !== word) places.push(i);
    places.sort((a, b) => forms[a].length - forms[b].length || a - b);
    const own = forms[start] === word ? groups[start] : -1;
    return distinct(places.map((i) => groups[i]).filter((group) => group !== own), MOST_BEGINNINGS);
  }

  /**
   * The groups of forms that are one letter off, those with the same first letter first.
   * @param {SearchIndex} index
   * @param {string} word
   */
  function oneOff(index, word) {
    const places = placesWithin(index.forms, word, 1);
    const strange = (/** @type {number} */ i) => Number(index.forms[i][0] !== word[0]);
    places.sort((a, b) => strange(a) - strange(b) || a - b);
    return distinct(places.map((i) => index.groups[i]), MOST_NEAR);
  }

  /**
   * The forms that are most like a word which the guide does not have.
   * @param {SearchIndex} index
   * @param {string} word
   * @returns {string[]}
   */
  function nearest({ forms, groups }, word) {
    const most = word.length > LEAST_LETTERS ? 2 : 1;
    if (word.length < 3) return [];
    const places = placesWithin(forms, word, most);
    const far = (/** @type {number} */ i) =>
      (isWithin(word, forms[i], 1) ? 0 : 2) + Number(forms[i][0] !== word[0]);
    places.sort((a, b) => far(a) - far(b) || Math.abs(forms[a].length - word.length) - Math.abs(forms[b].length - word.length) || a - b);
    // Of forms that are found together one is enough.
    const first = new Map([...places].reverse().map((i) => [groups[i], i]));
    return places.filter((i) => first.get(groups[i]) === i).slice(0, MOST_NEAREST).map((i) => forms[i]);
  }

  /**
   * Where the forms stand that are so near. Most are too long or too short, and are not looked at.
   * @param {readonly string[]} forms
   * @param {string} word
   * @param {number} most
   */
  function placesWithin(forms, word, most) {
    const places = [];
    const longest = word.length + most;
    const shortest = word.length - most;
    for (let i = 0; i < forms.length; i++) {
      const { length } = forms[i];
      if (length >= shortest && length <= longest && isRestWithin(word, 0, forms[i], 0, most)) places.push(i);
    }
    return places;
  }

  /** @param {number[]} list @param {number} most */
  function distinct(list, most) {
    return [...new Set(list)].slice(0, most);
  }

  /**
   * Whether so many letters at most are missing, added, wrong, or swapped with a neighbour.
   * @param {string} one
   * @param {string} other
   * @param {number} most
   */
  function isWithin(one, other, most) {
    return Math.abs(one.length - other.length) <= most && isRestWithin(one, 0, other, 0, most);
  }

  /**
   * @param {string} one
   * @param {number} i
   * @param {string} other
   * @param {number} j
   * @param {number} most
   * @returns {boolean}
   */
  function isRestWithin(one, i, other, j, most) {
    while (i < one.length && j < other.length && one.charCodeAt(i) === other.charCodeAt(j)) {
      i++;
      j++;
    }
    if (i === one.length || j === other.length) return one.length - i + other.length - j <= most;
    if (most === 0) return false;
    const less = most - 1;
    return isRestWithin(one, i + 1, other, j + 1, less)
      || isRestWithin(one, i + 1, other, j, less)
      || isRestWithin(one, i, other, j + 1, less)
      || (one[i] === other[j + 1] && one[i + 1] === other[j] && isRestWithin(one, i + 2, other, j + 2, less));
  }

  // ---- from groups to pages

  /**
   * The pages that hold all words, or, if there are none, those that hold most: the words themselves before those that begin so or
   * are near; of each first where they stand in a title, then in a heading, a lead, the text; then more places before fewer; then the
   * guide's order. A word that few pages have counts for more than one that all have.
   * @param {SearchIndex} index
   * @param {readonly (readonly Meaning[])[]} meanings for each word
   * @param {(group: number) => readonly number[]} postingsOf
   * @returns {RankedPage[]}
   */
  function rank(index, meanings, postingsOf) {
    const places = new Uint32Array(index.pages);
    const words = meanings.map((groups) => {
      // For each page the worth of its best place; 0 where the word is not.
      const best = new Uint8Array(index.pages);
      for (const { group, nearness } of groups) {
        eachPlace(postingsOf(group), (page, _, where) => {
          places[page]++;
          best[page] = Math.max(best[page], worth(nearness, where));
        });
      }
      const count = best.reduce((sum, value) => sum + Number(value > 0), 0);
      return { best, weight: Math.log2(1 + index.pages / Math.max(count, 1)) };
    });
    /** @type {RankedPage[]} */
    const ranked = [];
    let most = 1;
    for (let page = 0; page < index.pages; page++) {
      if (!places[page]) continue;
      let held = 0;
      let score = 0;
      for (const { best, weight } of words) {
        if (!best[page]) continue;
        held++;
        score += weight * best[page];
      }
      most = Math.max(most, held);
      ranked.push({ page, held, score, places: places[page] });
    }
    return ranked.filter(({ held }) => held === most)
      .sort((a, b) => b.score - a.score || b.places - a.places || a.page - b.page);
  }

  /** @param {Nearness} nearness @param {number} where */
  function worth(nearness, where) {
    return 1 + nearness * 4 + where;
  }

  /**
   * The pages whose titles hold these words, most of their letters first; a third of the letters must be there.
   * @param {SearchIndex} index
   * @param {readonly string[]} words
   * @param {readonly (readonly Meaning[])[]} meanings for each word
   * @param {(group: number) => readonly number[]} postingsOf
   * @returns {number[]}
   */
  function rankTitles(index, words, meanings, postingsOf) {
    const letters = new Uint32Array(index.pages);
    words.forEach((word, i) => {
      const held = new Set();
      for (const { group } of meanings[i]) eachPlace(postingsOf(group), (page, _, where) => { if (where === 3) held.add(page); });
      for (const page of held) letters[page] += word.length;
    });
    const all = words.reduce((sum, word) => sum + word.length, 0);
    return [...letters.keys()].filter((page) => letters[page] > 0 && letters[page] * 3 >= all).sort((a, b) => letters[b] - letters[a] || a - b);
  }

  /**
   * @param {readonly number[]} postings
   * @param {(page: number, section: number, where: number) => void} visit
   * @param {number} [only] the one page that is asked for
   */
  function eachPlace(postings, visit, only) {
    let page = 0;
    for (let at = 0; at < postings.length;) {
      page += postings[at];
      const end = at + 2 + postings[at + 1];
      for (let i = at + 2; i < end && (only === undefined || page === only); i++) visit(page, Math.floor(postings[i] / 4), postings[i] % 4);
      at = end;
    }
  }

  /**
   * The section of a page that holds most of the words, at the best places; 0 is the head of the page.
   * @param {readonly (readonly Meaning[])[]} meanings
   * @param {(group: number) => readonly number[]} postingsOf
   * @param {number} page
   * @returns {number}
   */
  function bestSection(meanings, postingsOf, page) {
    /** @type {Map<number, number[]>} */
    const sections = new Map();
    meanings.forEach((groups, word) => {
      for (const { group, nearness } of groups) {
        eachPlace(postingsOf(group), (_, section, where) => {
          const values = sections.get(section) || meanings.map(() => 0);
          values[word] = Math.max(values[word], worth(nearness, where));
          sections.set(section, values);
        }, page);
      }
    });
    const held = (/** @type {number[]} */ values) => values.filter(Boolean).length;
    const sum = (/** @type {number[]} */ values) => values.reduce((total, value) => total + value, 0);
    const list = [...sections].sort(([i, a], [j, b]) => held(b) - held(a) || sum(b) - sum(a) || i - j);
    return list.length ? list[0][0] : 0;
  }

  // ---- what is shown

  /**
   * Every form of the groups, with the word that it stands for.
   * @param {SearchIndex} index
   * @param {readonly (readonly Meaning[])[]} meanings
   * @returns {Map<string, number>}
   */
  function formsOf({ forms, groups }, meanings) {
    const words = new Map(meanings.flatMap((list, word) => list.map(({ group }) => [group, word])));
    const found = new Map();
    if (words.size) groups.forEach((group, i) => { if (words.has(group)) found.set(forms[i], words.get(group)); });
    return found;
  }

  /**
   * The sentence of a text that holds most of the words, in parts; null if none holds one.
   * @param {Map<string, number>} forms
   * @param {string} text
   * @returns {Part[] | null}
   */
  function excerpt(forms, text) {
    const hits = tokens(text).filter(({ form }) => forms.has(form));
    let best = null;
    let most = 0;
    for (const { start, end } of sentences(text)) {
      const own = hits.filter((hit) => hit.start >= start && hit.end <= end);
      const held = new Set(own.map(({ form }) => forms.get(form))).size;
      if (held > most) [best, most] = [{ start, end, hits: own }, held];
    }
    return best && split(text, best.hits, shorten(text, best.start, best.end, best.hits[0].start));
  }

  /**
   * The first sentence of a text, for a page whose title alone holds the word.
   * @param {string} text
   * @returns {Part[]}
   */
  function firstSentence(text) {
    const [first] = sentences(text);
    return first ? split(text, [], shorten(text, first.start, first.end, first.start)) : [];
  }

  /**
   * A text in parts, those marked that are words which were looked for.
   * @param {Map<string, number>} forms
   * @param {string} text
   * @returns {Part[]}
   */
  function mark(forms, text) {
    return split(text, tokens(text).filter(({ form }) => forms.has(form)), { start: 0, end: text.length });
  }

  /** @param {string} text */
  function sentences(text) {
    /** @type {Span[]} */
    const list = [];
    let start = 0;
    const add = (/** @type {number} */ end) => {
      const lead = text.slice(start, end).search(/\S/);
      if (lead >= 0) list.push({ start: start + lead, end: start + text.slice(start, end).trimEnd().length });
    };
    for (const found of text.matchAll(SENTENCE_END)) {
      const end = (found.index || 0) + found[0].length;
      add(end);
      start = end;
    }
    add(text.length);
    return list;
  }

  /**
   * What is shown of a sentence: all of it, or what stands around the word.
   * @param {string} text
   * @param {number} start
   * @param {number} end
   * @param {number} at
   * @returns {Span}
   */
  function shorten(text, start, end, at) {
    if (end - start <= SENTENCE) return { start, end };
    let from = Math.max(start, Math.min(at - BEFORE, end - SENTENCE));
    let to = Math.min(end, from + SENTENCE);
    // Between two words, where there are any: a script without spaces is cut between two letters.
    if (from > start) {
      const space = text.slice(from, at).search(/\s\S/);
      from = space >= 0 ? from + space + 1 : from + Number(isHalf(text, from));
    }
    if (to < end) {
      const space = text.slice(at, to).search(/\s\S*$/);
      to = space > 0 ? at + space : to + Number(isHalf(text, to));
    }
    return { start: from, end: to, isCutBefore: from > start, isCutBehind: to < end };
  }

  /** Whether a place lies within one letter. @param {string} text @param {number} at */
  function isHalf(text, at) {
    const unit = text.charCodeAt(at);
    return unit >= 0xdc00 && unit < 0xe000;
  }

  /**
   * @param {string} text
   * @param {readonly Token[]} hits
   * @param {Span} span
   */
  function split(text, hits, { start, end, isCutBefore, isCutBehind }) {
    /** @type {Part[]} */
    const parts = [];
    const add = (/** @type {string} */ part, isMarked = false) => {
      const last = parts[parts.length - 1];
      if (last && last.isMarked === isMarked) last.text += part;
      else if (part) parts.push({ text: part, isMarked });
    };
    let done = start;
    for (const hit of hits) {
      // Pairs of letters overlap: what is marked already stays as it is.
      const from = Math.max(hit.start, done);
      const to = Math.min(hit.end, end);
      if (to <= from) continue;
      if (from > done) add(text.slice(done, from));
      add(text.slice(from, to), true);
      done = to;
    }
    add(text.slice(done, end));
    if (isCutBefore) parts.unshift({ text: "… ", isMarked: false });
    if (isCutBehind) parts.push({ text: " …", isMarked: false });
    return parts;
  }

  hearth.search = { fold, tokens, open, shardOf, lookup, nearest, isWithin, rank, rankTitles, bestSection, formsOf, excerpt, firstSentence, mark };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
