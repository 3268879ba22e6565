// Where one's own answers outlive a reload: in this tab, or on this device for those who choose it; and as the text of a file.
// The stores and the clock are handed in. A store may be missing, full or forbidden: each access may throw, and none is fatal.
//
// A browser copies a tab's store when it duplicates the tab, and brings it back with a tab that was closed. So what only its owner
// may see counts no longer than a token stands in the device's store, which all tabs share: a random name, without any answer. Once
// the token is taken away, no copy shows anything, however it came to be.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  const PREFIX = "betwixt.checklist.2";

  /**
   * Answers end 30 days after they were last saved, so that they never lie there for longer than anybody uses them. Those of a tab
   * end then, too, because a browser may bring a closed tab back.
   */
  const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;

  /** Many times what the largest guide's answers take. A longer text is not even looked at. */
  const LONGEST_FILE = 16 * 1024;

  /**
   * @typedef {{ edition: string, until: number, token: string | null, value: unknown }} Entry What lies in a store, the time when
   * it ends, and the token without which it does not count; null for what both people have seen.
   */

  /**
   * @param {Rules} rules
   * @param {string} base the address of the guide's first page, as several guides may share a store
   * @param {Environment} environment
   * @returns {OpenStorage}
   */
  function open(rules, base, environment) {
    const key = `${PREFIX} ${rules.guide} ${base}`;
    // Answers are kept by index: with other items, or in another order, the same numbers would be answers to something else.
    const edition = JSON.stringify([rules.version, rules.order]);
    const session = attempt(() => environment.session, null);
    const local = attempt(() => environment.local, null);
    const read = (/** @type {Store | null} */ store, name = key) =>
      readEntry(store, name, (entry) => isUsable(entry, name === key ? edition : null, environment.now()));
    const write = (/** @type {Store | null} */ store, /** @type {unknown} */ value, name = key) =>
      writeEntry(store, name, { edition, until: environment.now() + KEPT_FOR, token, value });
    // What has run out is taken away when the guide is next opened, even if nobody fills anything in. A token holds no answers, and
    // stands in every edition: a page of the former one may still be open.
    for (const name of [key, ...listKeys(local, `${key} `)]) read(local, name);

    /** That of what this tab holds. @type {string | null} */
    let token = null;
    const adopted = read(session);
    if (adopted) token = adopted.token;

    const isRevoked = () => token !== null && read(local, `${key} ${token}`) === null;
    const isKept = () => {
      const entry = read(local);
      return entry !== null && entry.token === token;
    };

    /** Lets the token stand for longer; a tab without one gets its own. */
    function renew() {
      if (isRevoked()) return false;
      token = token || environment.newToken();
      if (write(local, null, `${key} ${token}`)) return true;
      token = null;
      return false;
    }

    function revoke() {
      if (token !== null) removeEntry(local, `${key} ${token}`);
      token = null;
      return true;
    }

    return {
      works: () => canWrite(session, `${key} probe`) && canWrite(local, `${key} probe`),
      load() {
        const entry = read(session) || read(local);
        // A page keeps the token of what it shows: another one, loaded later in the same tab, may have gone on with its own.
        if (entry && token === null) token = entry.token;
        return entry && !isRevoked() ? entry.value : null;
      },
      save(value, isPrivate) {
        // Asked first: if the tab's store fails, the one on the device still gets the same. But what somebody begins is kept there only
        // for those who ask for it, whatever both had seen was kept there before.
        const former = read(local);
        const isNew = isPrivate && token === null && former !== null && former.value !== null;
        const stores = isKept() && !isNew ? [session, local] : [session];
        const counts = isPrivate ? renew() : revoke();
        const saved = stores.map((store) => (counts ? write(store, value) : removeEntry(store, key)));
        return saved.every(Boolean);
      },
      keepOnDevice() {
        const entry = read(session);
        return write(local, entry ? entry.value : null);
      },
      keepInTab() {
        removeEntry(local, key);
      },
      isKept,
      isRevoked,
      leave() {
        for (const store of [session, local]) {
          const entry = read(store);
          if (entry && entry.token === token) removeEntry(store, key);
        }
        token = null;
      },
      erase() {
        for (const store of [session, local]) eraseEntries(store, key, `${PREFIX} ${rules.guide} `);
        token = null;
      },
      exportText: (person, date) => writeFile(rules, person, date),
      importText: (text) => readFile(rules, text),
    };
  }

  /**
   * @template T
   * @param {() => T} action
   * @param {T} otherwise
   * @returns {T}
   */
  function attempt(action, otherwise) {
    try {
      return action();
    } catch {
      return otherwise;
    }
  }

  /**
   * A full store counts as none: whatever is typed would be lost all the same.
   * @param {Store | null} store
   * @param {string} key
   */
  function canWrite(store, key) {
    if (!store) return false;
    return attempt(() => {
      store.setItem(key, "1");
      store.removeItem(key);
      return true;
    }, false);
  }

  /**
   * What lies under this key, if it can still be used; or else it is taken away, because nobody could see it any more.
   * @param {Store | null} store
   * @param {string} key
   * @param {(entry: unknown) => entry is Entry} isUsable
   * @returns {Entry | null}
   */
  function readEntry(store, key, isUsable) {
    const text = attempt(() => (store ? store.getItem(key) : null), null);
    if (text === null) return null;
    /** @type {unknown} */
    const entry = attempt(() => JSON.parse(text), null);
    if (isUsable(entry)) return entry;
    removeEntry(store, key);
    return null;
  }

  /**
   * An end that is further ahead than any we set comes from a clock that was put back; it has run out, too.
   * @param {unknown} entry
   * @param {string | null} edition null for what stands in every edition
   * @param {number} now
   * @returns {entry is Entry}
   */
  function isUsable(entry, edition, now) {
    if (typeof entry !== "object" || entry === null) return false;
    const { edition: written, until, token } = /** @type {Record<string, unknown>} */ (entry);
    if ((edition !== null && written !== edition) || !("value" in entry) || (token !== null && typeof token !== "string")) return false;
    return typeof until === "number" && now < until && until <= now + KEPT_FOR;
  }

  /**
   * If it cannot be written, what stood there goes: the caller meant to replace it, and may have promised that it is gone.
   * @param {Store | null} store
   * @param {string} key
   * @param {Entry} entry
   * @returns {boolean}
   */
  function writeEntry(store, key, entry) {
    if (!store) return false;
    return attempt(() => {
      store.setItem(key, JSON.stringify(entry));
      return true;
    }, false) || removeEntry(store, key);
  }

  /**
   * @param {Store | null} store
   * @param {string} key
   * @returns {false} so that a caller can give up in the same breath
   */
  function removeEntry(store, key) {
    return attempt(() => {
      if (store) store.removeItem(key);
      return false;
    }, false);
  }

  /**
   * The guide's key goes first, whether or not the store lists its keys; then those of the same guide at other addresses.
   * @param {Store | null} store
   * @param {string} key
   * @param {string} prefix
   */
  function eraseEntries(store, key, prefix) {
    removeEntry(store, key);
    for (const other of listKeys(store, prefix)) removeEntry(store, other);
  }

  /**
   * @param {Store | null} store
   * @param {string} prefix
   * @returns {string[]}
   */
  function listKeys(store, prefix) {
    const keys = attempt(() => (store ? Array.from({ length: store.length }, (_, i) => store.key(i)) : []), []);
    return keys.filter((key) => key !== null).filter((key) => key.startsWith(prefix));
  }

  /**
   * In the order of the code, so that a file is still read rightly after the guide has moved an item.
   * @param {Rules} rules
   * @param {Person} person
   * @param {string} date
   */
  function writeFile(rules, person, date) {
    const { items, options } = rules.order;
    const answers = {
      choices: items.map((i) => person.choices[i]),
      kept: items.map((i) => person.kept[i]),
      wishes: options.map((i) => person.wishes[i]),
      keptWishes: options.map((i) => person.keptWishes[i]),
    };
    return `${JSON.stringify({ v: 2, guide: rules.guide, version: rules.version, date, answers }, null, 1)}\n`;
  }

  /**
   * @param {Rules} rules
   * @param {string} text
   * @returns {{ answers: Person } | { error: ImportError }}
   */
  function readFile(rules, text) {
    if (text.length > LONGEST_FILE) return { error: "size" };
    /** @type {unknown} */
    const file = attempt(() => JSON.parse(text), null);
    if (typeof file !== "object" || file === null) return { error: "json" };
    const { v, guide, version, date, answers } = /** @type {Record<string, unknown>} */ (file);
    if (Object.keys(file).sort().join() !== "answers,date,guide,v,version") return { error: "json" };
    if (typeof date !== "string" || !/^\d{4}-\d\d-\d\d$/.test(date)) return { error: "json" };
    if (guide !== rules.guide) return { error: "guide" };
    if (v !== 2 || version !== rules.version) return { error: "version" };
    const person = hearth.answers.parse(rules, answers);
    if (!person) return { error: "answers" };
    const { items, options } = rules.order;
    return {
      answers: {
        choices: restore(items, person.choices),
        kept: restore(items, person.kept),
        wishes: restore(options, person.wishes),
        keptWishes: restore(options, person.keptWishes),
      },
    };
  }

  /**
   * From the order of the code to the guide's.
   * @template T
   * @param {readonly number[]} order
   * @param {T[]} list
   * @returns {T[]}
   */
  function restore(order, list) {
    return list.map((_, i) => list[order.indexOf(i)]);
  }

  hearth.storage = { open };
})((globalThis.hearth = globalThis.hearth || /** @type {Hearth} */ ({})));
