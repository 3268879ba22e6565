// What two people share, what is suggested and what they plan, as parts of the page.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  const { all, make, fill } = hearth.elements;
  const { itemOf, optionOf, titleOf, linkTo, reasonOf } = hearth.form;

  /**
   * The table of what is shared. In the mode "both" nothing in it comes from one person alone.
   * @param {ChecklistPage} page
   * @param {Table} table
   */
  function showShared({ form, words, people }, table) {
    /** @param {readonly number[]} list @param {typeof itemOf} partOf */
    const rows = (list, partOf) => list.map((index) => row(linkTo(partOf(form, index))));
    const names = [words.notNoticed, words.sometimes, words.often];
    const levels = (/** @type {readonly Row[]} */ rows) => rows.map(({ item, levels }) => {
      return row(linkTo(itemOf(form, item)), levels.map((level, side) => make("td", [names[level]], { "data-head": people[side] })));
    });
    const head = () => [make("thead", [make("tr", [words.itemColumn, ...people].map((name) => make("th", [name], { scope: "col" })))])];
    const parts = table.mode === "both" ? [
      ...showTable(words.bothNoticed, rows(table.both, itemOf)),
      ...showTable(words.bothWish, rows(table.wishes, optionOf)),
    ] : [
      ...showTable(words.bothNoticed, levels(table.both), head()),
      ...showTable(words.oneNoticed, levels(table.one), head()),
      ...people.flatMap((who, side) => showTable(fill(words.wishesOf, { who }), rows(table.wishes[side], optionOf))),
    ];
    return parts.length ? parts : [make("p", [words.nothingShared])];
  }

  /** @param {Node} head @param {Node[]} [cells] */
  const row = (head, cells = []) => make("tr", [make("th", [head], { scope: "row" }), ...cells]);

  /** A table; none where it would have no rows. @param {string} caption @param {Node[]} rows @param {Node[]} [head] */
  function showTable(caption, rows, head = []) {
    if (!rows.length) return [];
    return [make("table", [make("caption", [caption]), ...head, make("tbody", rows)], { class: "shared-table" })];
  }

  /**
   * The options that are suggested, each with its reason; or all, where nothing follows from what is shared. No sum is shown.
   * @param {ChecklistPage} page
   * @param {readonly Suggestion[]} picked
   * @param {(option: number) => void} choose
   */
  function showSuggested(page, picked, choose) {
    const { words, rules } = page;
    const show = (/** @type {Node[]} */ entries) => make("ol", entries, { class: "picked" });
    if (picked.length) return [show(picked.map((pick) => suggestion(page, pick.option, choose, reasons(page, pick))))];
    return [make("p", [words.nothingSuggested]), show(hearth.suggest.fallback(rules).map((option) => suggestion(page, option, choose)))];
  }

  /**
   * @param {ChecklistPage} page
   * @param {number} option
   * @param {(option: number) => void} choose
   * @param {Node[]} [reasons]
   */
  function suggestion({ form, words, rules }, option, choose, reasons = []) {
    const part = optionOf(form, option);
    const line = make("li", [make("p", [linkTo(part)], { class: "picked-title" })]);
    if (rules.people === 2) {
      const label = `${words.choose}: ${titleOf(part)}`;
      const button = make("button", [words.choose], { type: "button", "aria-label": label, class: "screen" });
      button.addEventListener("click", () => choose(option));
      line.append(make("p", [button], { class: "choose" }));
    } else {
      line.append(...copies(".small", part).slice(0, 1));
    }
    // After the button, so that long reasons never push the first button off a small screen.
    line.append(...reasons);
    return line;
  }

  /** Copies of what a selector names in a part of the page. @param {string} selector @param {HTMLElement} part */
  const copies = (selector, part) => all(selector, part).map((one) => one.cloneNode(true));

  /** @param {ChecklistPage} page @param {Suggestion} pick */
  function reasons({ form, words, rules }, pick) {
    const show = (/** @type {(string | Node)[]} */ content) => make("p", content, { class: "because" });
    if (pick.reason === "wish") return [show([words.becauseWish])];
    const because = pick.reason === "both" ? words.becauseBoth : words.becauseOne;
    return pick.items.map((index) => {
      const item = itemOf(form, index);
      const why = reasonOf(item, optionOf(form, pick.option));
      return show([rules.people === 2 ? `${because}: ` : "", make("q", [titleOf(item)]), why && ` ${why}`]);
    });
  }

  /**
   * One evening as a card: what, when, who begins, and the guide's own words for it.
   * @param {ChecklistPage} page
   * @param {Plan} plan
   */
  function showPlan({ form, words, people }, plan) {
    const part = optionOf(form, plan.option);
    const who = ["", ...people, words.beginTogether][plan.begins + 1];
    const lines = [[words.planWhat, titleOf(part)], [words.planDay, nameDay(plan.day)], [words.planWho, who]];
    const facts = lines.map(([name, value]) => make("div", [
      make("dt", [name], { class: "label" }),
      make("dd", [value], value ? {} : { class: "line" }),
    ]));
    return [make("dl", facts), ...copies(".card, .card-more", part)];
  }

  /** A day (YYYY-MM-DD) in the words of the page's language; nothing for none. @param {string} day */
  function nameDay(day) {
    if (!day) return "";
    const form = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    return new Date(`${day}T00:00:00Z`).toLocaleDateString(document.documentElement.lang || undefined, form);
  }

  /**
   * What comes next: another of those that were suggested, a shorter one, or a talk; any, where nobody knows any more what was
   * suggested.
   * @param {ChecklistPage} page
   * @param {Plan} plan
   * @param {(option: number) => void} choose
   */
  function showNext(page, plan, choose) {
    const { words, rules } = page;
    const fallback = hearth.suggest.fallback(rules);
    const isKnown = plan.option >= 0;
    const time = isKnown ? rules.options[plan.option].time : null;
    const isShorter = (/** @type {number} */ option) => {
      const other = rules.options[option].time;
      return time !== null && other !== null && other < time && !plan.picks.includes(option);
    };
    const lists = /** @type {[string, number[]][]} */ ([
      [words.nextOthers, plan.picks.filter((option) => option !== plan.option)],
      [words.nextSmaller, fallback.filter(isShorter).slice(0, 3)],
      [words.nextAny, isKnown ? [] : fallback],
    ]);
    const parts = lists.filter(([, options]) => options.length).flatMap(([title, options]) => [
      make("h3", [title]),
      make("ul", options.map((option) => suggestion(page, option, choose)), { class: "picked" }),
    ]);
    const talk = [words.talkGood, words.talkHard, words.talkOther].map((question) => make("li", [question]));
    return [...parts, make("h3", [words.nextTalk]), make("ul", talk)];
  }

  hearth.results = { showShared, showSuggested, showPlan, showNext };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
