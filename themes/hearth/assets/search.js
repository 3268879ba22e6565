// The search on the page of all pages, and what was meant on the page that is not there. What is typed stays in the box: it enters
// no address and no storage. Scripts below the index's address are all that is asked for, because a page's policy lets nothing else
// be read, and because they load from a file, too.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  const { search } = hearth;
  const { make, fill } = hearth.elements;
  const AT_ONCE = 10;
  const MEANT = 5;
  const MOST_WORDS = 12;
  /** In milliseconds: a pause before shards are asked for, and one before a count is said. */
  const BEFORE_ASKING = 200;
  const BEFORE_SAYING = 400;

  /** @param {string} id */
  const byId = (id) => document.getElementById(id);

  // ---- the files of the index

  /**
   * The index below an address. Each file is asked for once.
   * @param {string} address
   * @returns {Library}
   */
  function openLibrary(address) {
    const base = new URL(address, document.baseURI);
    /** Where the whole guide is one file, its parts stand in it. */
    const inOne = window.betwixtFile;
    /** @type {Map<string, AnyPart>} */
    const arrived = new Map();
    /** @type {Map<string, Promise<AnyPart>>} */
    const asked = new Map();
    /** @type {SearchWords | undefined} */
    let words;
    /** @type {SearchIndex | undefined} */
    let index;

    // The files call this. Only what was asked for is kept, and nothing of another edition.
    Object.defineProperty(window, "betwixtSearch", {
      configurable: true,
      value: (/** @type {AnyPart} */ part) => {
        if (part.part === "words" || (words && part.edition === words.edition)) arrived.set(nameOf(part), part);
      },
    });

    /** @param {AnyPart} part */
    function nameOf(part) {
      return part.part === "words" ? "words" : `${part.part}/${part.number}`;
    }

    /** @param {string} name */
    function ask(name) {
      const promise = asked.get(name) || load(name);
      asked.set(name, promise);
      return promise;
    }

    /** @param {string} name @returns {Promise<AnyPart>} */
    function load(name) {
      return new Promise((done, fail) => {
        const script = document.createElement("script");
        const settle = () => {
          script.remove();
          const part = arrived.get(name);
          if (part) done(part);
          else fail(new Error(`there is no ${name} of this edition`));
        };
        script.onload = script.onerror = settle;
        const held = inOne && inOne.index(`${name}.js`);
        if (held) script.append(held);
        else script.src = new URL(`${name}.js${words ? `?${words.version}` : ""}`, base).href;
        document.head.append(script);
        if (held) settle();
      });
    }

    async function begin() {
      if (index) return index;
      words = /** @type {SearchWords} */ (await ask("words"));
      index = index || search.open(words);
      return index;
    }

    /** @param {number} group */
    const keyOf = (group) => (index ? index.forms[group] : "");
    /** @param {number} group */
    const postingsName = (group) => (words && words.postings ? `postings/${search.shardOf(keyOf(group), words.postings)}` : "");
    /** @param {number} page */
    const textName = (page) => (words && words.texts ? `texts/${page % words.texts}` : "");

    /** @param {string[]} names */
    const missing = (names) => [...new Set(names)].filter((name) => name && !arrived.has(name));

    /** @template T @param {Readonly<Record<string, T>> | undefined} table @param {string} key */
    const own = (table, key) => (table && Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined);

    return {
      begin,
      get index() { return index; },
      get shards() { return words ? { n: words.postings, m: words.texts } : { n: 0, m: 0 }; },
      hasPostings: (groups) => missing(groups.map(postingsName)).length === 0,
      hasTexts: (pages) => missing(pages.map(textName)).length === 0,
      loadPostings: (groups) => Promise.all(missing(groups.map(postingsName)).map(ask)),
      loadTexts: (pages) => Promise.all(missing(pages.map(textName)).map(ask)),
      postingsOf(group) {
        const part = arrived.get(postingsName(group));
        const table = part && part.part === "postings" ? part.groups : words && words.all && words.all.postings;
        return own(table, keyOf(group)) || [];
      },
      textOf(page) {
        const part = arrived.get(textName(page));
        const table = part && part.part === "texts" ? part.pages : words && words.all && words.all.texts;
        return own(table, String(page));
      },
      /** An address below the site's own; in a folder without a host pages are files. */
      locate(url) {
        if (inOne) return inOne.locate(url);
        const { pathname, protocol } = new URL(url, new URL("..", base));
        return protocol === "file:" ? pathname.replace(/\/$/, "/index.html") : pathname;
      },
    };
  }

  // ---- the field and what it finds

  /** @param {HTMLElement} box */
  function startFind(box) {
    const words = /** @type {Words} */ (box.dataset);
    const field = /** @type {HTMLInputElement} */ (byId("hearth--words"));
    const hint = /** @type {HTMLElement} */ (byId("hearth--find-hint"));
    const seen = /** @type {HTMLElement} */ (byId("hearth--seen"));
    const found = /** @type {HTMLElement} */ (byId("hearth--found"));
    const results = /** @type {HTMLElement} */ (byId("hearth--results"));
    const more = /** @type {HTMLElement} */ (byId("hearth--more"));
    const nearest = /** @type {HTMLElement} */ (byId("hearth--nearest"));
    const instead = /** @type {HTMLElement} */ (byId("hearth--instead"));
    const alphabet = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".alphabet, .letter"));
    const library = openLibrary(words.search);

    let hasBegun = false;
    let isLost = false;
    /** Goes up with every key: an answer to an older one is dropped. */
    let turn = 0;
    /** What was typed when the page last showed an answer, or the list. */
    let answered = "";
    /** @type {Answer | null} */
    let answer = null;
    let asking = 0;
    let saying = 0;

    /** What the words typed are, and the groups that each may mean. */
    function readQuery() {
      const forms = search.tokens(field.value).map(({ form }) => form).slice(0, MOST_WORDS);
      const last = forms[forms.length - 1];
      const index = library.index;
      const distinct = [...new Set(forms)];
      return { forms: distinct, meanings: index ? distinct.map((form) => search.lookup(index, form, form === last)) : [] };
    }

    function update() {
      turn += 1;
      clearTimeout(asking);
      clearTimeout(saying);
      if (!search.tokens(field.value).length) return showList();
      if (isLost) return showTitles();
      if (!library.index) return begin();
      const query = readQuery();
      const groups = query.meanings.flat().map(({ group }) => group);
      find(turn, query, groups).catch(lose);
    }

    /** While somebody types nothing is asked for: until the next key this is never done, and then it is dropped. */
    function rest() {
      return new Promise((done) => { asking = setTimeout(done, BEFORE_ASKING); });
    }

    function begin() {
      if (hasBegun) return;
      hasBegun = true;
      library.begin().then(() => {
        const { n, m } = library.shards;
        seen.textContent = n + m > 0 ? fill(words.seen, { n: Math.max(n, 1), m: Math.max(m, 1) }) : "";
        seen.hidden = n + m === 0;
        update();
      }).catch(lose);
    }

    /** Without the index there are the titles that the page has. */
    function lose() {
      if (isLost) return;
      isLost = true;
      hint.textContent = words.lost;
      seen.hidden = true;
      update();
    }

    /** @param {number} own @param {Query} query @param {number[]} groups */
    async function find(own, query, groups) {
      const index = /** @type {SearchIndex} */ (library.index);
      const mustAsk = !library.hasPostings(groups);
      if (mustAsk) await rest();
      await library.loadPostings(groups);
      if (own !== turn) return;
      const ranked = search.rank(index, query.meanings, library.postingsOf);
      if (!mustAsk && !library.hasTexts(ranked.slice(0, AT_ONCE).map(({ page }) => page))) await rest();
      const next = { ...query, ranked, marks: search.formsOf(index, query.meanings), shown: 0 };
      const entries = await makeEntries(next);
      if (own !== turn) return;
      answer = next;
      list().replaceChildren(...entries);
      showAnswer(index, next);
    }

    const list = () => /** @type {HTMLElement} */ (results.querySelector("ol"));

    /** The next entries of an answer. @param {Answer} of */
    async function makeEntries(of) {
      const pages = of.ranked.slice(of.shown, of.shown + AT_ONCE).map(({ page }) => page);
      of.shown += pages.length;
      await library.loadTexts(pages);
      return pages.flatMap((page) => makeEntry(of, page));
    }

    /** @param {Answer} of @param {number} page */
    function makeEntry(of, page) {
      const text = library.textOf(page);
      if (!text) return [];
      const [title, url, kind, sections] = text;
      const best = search.bestSection(of.meanings, library.postingsOf, page);
      const [heading, anchor] = sections[best] || ["", ""];
      const link = make("a", show(search.mark(of.marks, title)), { href: library.locate(url) + (anchor ? `#${anchor}` : "") });
      const entry = make("li", [link]);
      if (kind) entry.append(" ", make("span", [kind], { class: "kind" }));
      if (heading) entry.append(make("p", show(search.mark(of.marks, heading)), { class: "found-heading" }));
      const sentence = sentenceOf(of, sections, best);
      if (sentence.length) entry.append(make("p", show(sentence), { class: "found-sentence" }));
      return [entry];
    }

    /** From the section itself, else from the first that has the word, else how the page begins. */
    function sentenceOf(/** @type {Answer} */ of, /** @type {SearchPage[3]} */ sections, /** @type {number} */ best) {
      for (const section of [sections[best], ...sections]) {
        const sentence = section && search.excerpt(of.marks, section[2]);
        if (sentence) return sentence;
      }
      const [, , text] = sections[best] || sections[0] || ["", "", ""];
      return search.firstSentence(text);
    }

    /** @param {Part[]} parts @returns {(string | Node)[]} */
    const show = (parts) => parts.map(({ text, isMarked }) => (isMarked ? make("mark", [text]) : text));

    /** @param {SearchIndex} index @param {Answer} of */
    function showAnswer(index, { forms, meanings, ranked }) {
      const none = ranked.length === 0;
      const like = none ? forms.flatMap((form, i) => (meanings[i].length ? [] : search.nearest(index, form).map((other) => [form, other]))) : [];
      nearest.replaceChildren(...like.slice(0, 5).map(([form, other]) => makeNearest(forms, form, other)));
      const isWhole = !none && ranked[0].held === forms.length;
      const count = ranked.length;
      turnTo({ results: !none, instead: none, alphabet: false });
      if (!none) say(isWhole ? countOf(count) : fill(words.some, { n: count }));
      else say([words.none, ...(like.length ? [fill(words.nearest, { words: like.slice(0, 5).map(([, other]) => other).join(", ") })] : [])].join(" "));
    }

    /** A button that searches another word instead. @param {string[]} forms @param {string} form @param {string} other */
    function makeNearest(forms, form, other) {
      const button = make("button", [other], { type: "button" });
      button.addEventListener("click", () => {
        field.value = forms.map((one) => (one === form ? other : one)).join(" ");
        field.focus();
        update();
      });
      return button;
    }

    /** @param {number} count */
    const countOf = (count) => (count === 0 ? words.none : count === 1 ? words.one : fill(words.many, { n: count }));

    function showList() {
      answer = null;
      for (const item of document.querySelectorAll(".letter li")) if (item instanceof HTMLElement) item.hidden = false;
      list().replaceChildren();
      turnTo({ results: false, instead: false, alphabet: true });
      say("");
    }

    /** The list of all pages, with those alone whose entry holds every word. */
    function showTitles() {
      const wanted = search.tokens(field.value).map(({ form }) => form);
      let count = 0;
      turnTo({ results: false, instead: false, alphabet: false });
      for (const letter of document.querySelectorAll(".letter")) {
        const items = /** @type {NodeListOf<HTMLElement>} */ (letter.querySelectorAll("li"));
        let isEmpty = true;
        for (const item of items) {
          const text = search.tokens(item.textContent || "").map(({ form }) => form).join(" ");
          item.hidden = !wanted.every((word) => text.includes(word));
          if (!item.hidden) [count, isEmpty] = [count + 1, false];
        }
        /** @type {HTMLElement} */ (letter).hidden = isEmpty;
      }
      instead.hidden = count > 0;
      say(countOf(count));
    }

    /** @param {Record<"results" | "instead" | "alphabet", boolean>} shown */
    function turnTo(shown) {
      answered = field.value;
      results.hidden = !shown.results;
      instead.hidden = !shown.instead;
      if (!shown.instead) nearest.replaceChildren();
      for (const part of alphabet) part.hidden = !shown.alphabet;
      more.hidden = !answer || answer.shown >= answer.ranked.length;
    }

    /** Said once the typing pauses, not at every key. @param {string} text */
    function say(text) {
      clearTimeout(saying);
      if (!text) found.textContent = "";
      else saying = setTimeout(() => { found.textContent = text; }, BEFORE_SAYING);
    }

    async function showMore() {
      const [own, of] = [turn, answer];
      if (!of) return;
      const entries = await makeEntries(of);
      if (own !== turn) return;
      list().append(...entries);
      more.hidden = of.shown >= of.ranked.length;
      const link = entries.length ? entries[0].querySelector("a") : null;
      if (link) link.focus();
    }

    function clear() {
      field.value = "";
      update();
      field.focus();
    }

    /** Down from the field to the results, from one to the next, and up again. @param {number} step */
    function move(step) {
      const stops = [field, ...list().querySelectorAll("a")];
      const at = stops.findIndex((stop) => stop === document.activeElement);
      const next = at < 0 ? undefined : stops[at + step];
      if (next) next.focus();
      return Boolean(next);
    }

    box.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key === "Escape" && field.value) clear();
      else if (event.key === "ArrowDown" ? !move(1) : event.key !== "ArrowUp" || !move(-1)) return;
      event.preventDefault();
    });
    field.addEventListener("focus", begin);
    field.addEventListener("input", update);
    more.addEventListener("click", () => { showMore().catch(lose); });

    // Where the whole guide is one file, the page's name stands before it.
    const isHere = (/** @type {string} */ hash) => hash.endsWith(`#${box.id}`);
    const focus = () => { if (isHere(location.hash)) field.focus(); };
    window.addEventListener("pageshow", (event) => {
      // Whatever a browser puts back into the field is searched again, unless its answer came back with it.
      if (field.value !== answered) update();
      // Only now has a new page gone to the part that its address names, which takes the focus away.
      if (!event.persisted) focus();
    });
    window.addEventListener("hashchange", focus);
    // The way to the search on the page of the search: the address may be the same already, and then nothing would happen.
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element && event.target.closest("a");
      if (!link || link.pathname !== location.pathname || !isHere(link.hash)) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      field.focus();
    });
    box.hidden = false;
  }

  // ---- the page that is not there

  /** The address that was asked for; where the whole guide is one file it stands behind the sign. */
  const asked = () => (window.betwixtFile ? location.hash.slice(1) : location.pathname);

  /** The words of the last part of an address, or of so many parts. @param {string} path @param {number} count */
  function wordsOf(path, count) {
    const parts = path.split("/").filter(Boolean).slice(-count).map((part) => part.replace(/\.(?:html?|php|aspx?|md)$/i, ""));
    const letters = parts.map(decode).join(" ").match(/[\p{L}\p{M}]+/gu) || [];
    const forms = letters.flatMap((word) => search.tokens(word)).map(({ form }) => form);
    return [...new Set(forms)].filter((form) => form !== "index").slice(-MOST_WORDS);
  }

  /** @param {string} part */
  function decode(part) {
    try { return decodeURIComponent(part); } catch { return part; }
  }

  /** @param {HTMLElement} box */
  async function startMeant(box) {
    if (!wordsOf(asked(), 2).length) return;
    const library = openLibrary(box.dataset.search || "");
    const index = await library.begin();
    const pages = await findTitles(library, index, 1);
    const entries = (pages.length ? pages : await findTitles(library, index, 2)).flatMap((page) => {
      const text = library.textOf(page);
      return text ? [make("li", [make("a", [text[0]], { href: library.locate(text[1]) })])] : [];
    });
    const list = box.querySelector("ul");
    if (list) list.append(...entries);
    box.hidden = entries.length === 0;
  }

  /** The pages whose titles are most like the last parts of the address. @param {Library} library @param {SearchIndex} index @param {number} count */
  async function findTitles(library, index, count) {
    const words = wordsOf(asked(), count);
    const meanings = words.map((word) => {
      const own = search.lookup(index, word, false);
      return own.length ? own : search.nearest(index, word).flatMap((form) => search.lookup(index, form, false));
    });
    await library.loadPostings(meanings.flat().map(({ group }) => group));
    const pages = search.rankTitles(index, words, meanings, library.postingsOf).slice(0, MEANT);
    await library.loadTexts(pages);
    return pages;
  }

  const [find, meant] = [byId("hearth--find"), byId("hearth--meant")];
  if (find) startFind(find);
  if (meant) startMeant(meant).catch(() => {});
})(globalThis.hearth);
