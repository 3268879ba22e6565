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
    const prefix = `${PREFIX} ${rules.guide} `;
    const key = prefix + base;
    // Answers are kept by index: with other items, or in another order, the same numbers would be answers to something else.
    const edition = JSON.stringify([rules.version, rules.order]);
    const probe = `${key} probe`;
    const session = guard(() => environment.session);
    const local = guard(() => environment.local);
    const both = [session, local];

    /**
     * What lies under this name, if it can still be used; or else it is taken away, because nobody could see it any more. A token
     * holds no answers, and stands in every edition: a page of the former one may still be open.
     * @param {Guarded} store
     * @returns {Entry | null}
     */
    function read(store, name = key) {
      const text = store.get(name);
      if (text === null) return null;
      const entry = attempt(() => JSON.parse(text), null);
      if (isUsable(entry, environment.now()) && (name !== key || entry.edition === edition)) return entry;
      store.remove(name);
      return null;
    }

    /**
     * If it cannot be written, what stood there goes: the caller meant to replace it, and may have promised that it is gone.
     * @param {Guarded} store
     * @param {unknown} value
     */
    function write(store, value, name = key) {
      return store.set(name, JSON.stringify({ edition, until: environment.now() + KEPT_FOR, token, value })) || store.remove(name);
    }

    // What has run out is taken away when the guide is next opened, even if nobody fills anything in.
    for (const name of [key, ...local.list(`${key} `)]) read(local, name);

    const adopted = read(session);
    /** That of what this tab holds. @type {string | null} */
    let token = adopted && adopted.token;

    const isRevoked = () => token !== null && read(local, `${key} ${token}`) === null;

    /** Does the store hold what this tab holds? @param {Guarded} store */
    const isOwn = (store) => {
      const entry = read(store);
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
      if (token !== null) local.remove(`${key} ${token}`);
      token = null;
      return true;
    }

    return {
      works: () => both.every((store) => store.set(probe, "1") && !store.remove(probe) && !store.get(probe)),
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
        const stores = isOwn(local) && !isNew ? both : [session];
        const counts = isPrivate ? renew() : revoke();
        return stores.map((store) => (counts ? write(store, value) : store.remove(key))).every(Boolean);
      },
      keepOnDevice() {
        const entry = read(session);
        return write(local, entry && entry.value);
      },
      keepInTab: () => void local.remove(key),
      isKept: () => isOwn(local),
      isRevoked,
      leave() {
        for (const store of both.filter(isOwn)) store.remove(key);
        token = null;
      },
      erase() {
        // The guide's key goes first, whether or not the store lists its keys; then those of the same guide at other addresses.
        for (const store of both) for (const name of [key, ...store.list(prefix)]) store.remove(name);
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

  /** @typedef {ReturnType<typeof guard>} Guarded */

  /**
   * A store that never throws: a full one, a forbidden one and one that is missing keep nothing.
   * @param {() => Store | null} find
   */
  function guard(find) {
    // Where there is none, each access fails like one that is forbidden.
    const store = /** @type {Store} */ (attempt(find, null));
    return {
      get: (/** @type {string} */ name) => attempt(() => store.getItem(name), null),
      set: (/** @type {string} */ name, /** @type {string} */ text) => attempt(() => {
        store.setItem(name, text);
        return true;
      }, false),
      /** False, so that a caller can give up in the same breath. @param {string} name */
      remove: (name) => attempt(() => {
        store.removeItem(name);
        return false;
      }, false),
      /** The names that begin so. @param {string} start */
      list: (start) => attempt(
        () => /** @type {string[]} */ (Array.from({ length: store.length }, (_, i) => store.key(i)).filter((name) => name && name.startsWith(start))),
        [],
      ),
    };
  }

  /**
   * An end that is further ahead than any we set comes from a clock that was put back; it has run out, too.
   * @param {unknown} entry
   * @param {number} now
   * @returns {entry is Entry}
   */
  function isUsable(entry, now) {
    const { until, token, value } = Object(entry);
    if (value === undefined || (token !== null && typeof token !== "string")) return false;
    return typeof until === "number" && now < until && until <= now + KEPT_FOR;
  }

  /**
   * In the order of the code, so that a file is still read rightly after the guide has moved an item.
   * @param {Rules} rules
   * @param {Person} person
   * @param {string} date
   */
  function writeFile(rules, person, date) {
    const answers = hearth.answers.assemble((name, of) => rules.order[of].map((i) => person[name][i]));
    return `${JSON.stringify({ v: 2, guide: rules.guide, version: rules.version, date, answers }, null, 1)}\n`;
  }

  /**
   * @param {Rules} rules
   * @param {string} text
   * @returns {{ answers: Person } | { error: ImportError }}
   */
  function readFile(rules, text) {
    if (text.length > LONGEST_FILE) return { error: "size" };
    const file = attempt(() => JSON.parse(text), null);
    const { v, guide, version, date, answers } = Object(file);
    if (hearth.answers.keysOf(file) !== "answers,date,guide,v,version") return { error: "json" };
    if (typeof date !== "string" || !/^\d{4}-\d\d-\d\d$/.test(date)) return { error: "json" };
    if (guide !== rules.guide) return { error: "guide" };
    if (v !== 2 || version !== rules.version) return { error: "version" };
    const person = hearth.answers.parse(rules, answers);
    if (!person) return { error: "answers" };
    return { answers: hearth.answers.assemble((name, of) => restore(rules.order[of], person[name])) };
  }

  /**
   * From the order of the code to the guide's.
   * @param {readonly number[]} order
   * @param {readonly unknown[]} list
   */
  function restore(order, list) {
    return list.map((_, i) => list[order.indexOf(i)]);
  }

  hearth.storage = { open };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
