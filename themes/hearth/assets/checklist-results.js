// What two people share, what is suggested and what they plan, as parts of the page.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  const { make, fill } = hearth.elements;

  /**
   * The table of what is shared. In the mode "both" nothing in it comes from one person alone.
   * @param {ChecklistPage} page
   * @param {Table} table
   */
  function showShared({ form, words, people }, table) {
    const item = (/** @type {number} */ index) => hearth.form.linkTo(hearth.form.itemOf(form, index));
    const option = (/** @type {number} */ index) => hearth.form.linkTo(hearth.form.optionOf(form, index));
    const parts = [];
    if (table.mode === "both") {
      if (table.both.length) parts.push(list(words.bothNoticed, table.both.map(item)));
      if (table.wishes.length) parts.push(list(words.bothWish, table.wishes.map(option)));
    } else {
      const heads = [words.itemColumn, ...people];
      if (table.both.length) parts.push(levels(words, words.bothNoticed, heads, table.both, item));
      if (table.one.length) parts.push(levels(words, words.oneNoticed, heads, table.one, item));
      people.forEach((who, side) => {
        const wishes = table.wishes[side];
        if (wishes.length) parts.push(list(fill(words.wishesOf, { who }), wishes.map(option)));
      });
    }
    return parts.length ? parts : [make("p", [words.nothingShared])];
  }

  /** @param {string} caption @param {Node[]} entries */
  function list(caption, entries) {
    const rows = entries.map((entry) => make("tr", [make("th", [entry], { scope: "row" })]));
    return make("table", [make("caption", [caption]), make("tbody", rows)], { class: "shared-table" });
  }

  /**
   * @param {Words} words
   * @param {string} caption
   * @param {readonly string[]} heads
   * @param {readonly Row[]} rows
   * @param {(index: number) => Node} item
   */
  function levels(words, caption, heads, rows, item) {
    const names = [words.notNoticed, words.sometimes, words.often];
    const head = heads.map((name) => make("th", [name], { scope: "col" }));
    const lines = rows.map((row) => make("tr", [
      make("th", [item(row.item)], { scope: "row" }),
      ...row.levels.map((level, side) => make("td", [names[level]], { "data-head": heads[side + 1] })),
    ]));
    const parts = [make("caption", [caption]), make("thead", [make("tr", head)]), make("tbody", lines)];
    return make("table", parts, { class: "shared-table" });
  }

  /**
   * The options that are suggested, each with its reason; or all, where nothing follows from what is shared. No sum is shown.
   * @param {ChecklistPage} page
   * @param {readonly Suggestion[]} picked
   * @param {(option: number) => void} choose
   */
  function showSuggested(page, picked, choose) {
    const { words, rules } = page;
    if (picked.length) {
      return [make("ol", picked.map((pick) => suggestion(page, pick.option, reasons(page, pick), choose)), { class: "picked" })];
    }
    const all = hearth.suggest.fallback(rules).map((option) => suggestion(page, option, [], choose));
    return [make("p", [words.nothingSuggested]), make("ol", all, { class: "picked" })];
  }

  /**
   * @param {ChecklistPage} page
   * @param {number} option
   * @param {Node[]} reasons
   * @param {(option: number) => void} choose
   */
  function suggestion({ form, words, rules }, option, reasons, choose) {
    const part = hearth.form.optionOf(form, option);
    const line = make("li", [make("p", [hearth.form.linkTo(part)], { class: "picked-title" })]);
    if (rules.people === 2) {
      const title = hearth.form.titleOf(part);
      const button = make("button", [words.choose], { type: "button", "aria-label": `${words.choose}: ${title}`, class: "screen" });
      button.addEventListener("click", () => choose(option));
      line.append(make("p", [button], { class: "choose" }));
    } else {
      const facts = part.querySelector(".small");
      if (facts) line.append(facts.cloneNode(true));
    }
    // After the button, so that long reasons never push the first button off a small screen.
    line.append(...reasons);
    return line;
  }

  /** @param {ChecklistPage} page @param {Suggestion} pick */
  function reasons({ form, words, rules }, pick) {
    if (pick.reason === "wish") return [make("p", [words.becauseWish], { class: "because" })];
    const option = hearth.form.optionOf(form, pick.option);
    const because = rules.people === 1 ? "" : pick.reason === "both" ? words.becauseBoth : words.becauseOne;
    return pick.items.map((index) => {
      const item = hearth.form.itemOf(form, index);
      const why = hearth.form.reasonOf(item, option);
      const parts = [because ? `${because}: ` : "", make("q", [hearth.form.titleOf(item)]), why ? ` ${why}` : ""];
      return make("p", parts, { class: "because" });
    });
  }

  /**
   * One evening as a card: what, when, who begins, and the guide's own words for it.
   * @param {ChecklistPage} page
   * @param {Plan} plan
   */
  function showPlan({ form, words, people }, plan) {
    const part = hearth.form.optionOf(form, plan.option);
    const who = ["", ...people, words.beginTogether][plan.begins + 1];
    const lines = [[words.planWhat, hearth.form.titleOf(part)], [words.planDay, nameDay(plan.day)], [words.planWho, who]];
    const facts = make("dl", lines.map(([name, value]) => make("div", [
      make("dt", [name], { class: "label" }),
      make("dd", [value], value ? {} : { class: "line" }),
    ])));
    return [facts, ...[...part.querySelectorAll(".card, .card-more")].map((box) => box.cloneNode(true))];
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
    const others = plan.picks.filter((option) => option !== plan.option);
    const time = plan.option < 0 ? null : rules.options[plan.option].time;
    const isShorter = (/** @type {number} */ option) => {
      const other = rules.options[option].time;
      return time !== null && other !== null && other < time && !plan.picks.includes(option);
    };
    const shorter = hearth.suggest.fallback(rules).filter(isShorter).slice(0, 3);
    const any = plan.option < 0 ? hearth.suggest.fallback(rules) : [];
    const parts = [];
    const lists = /** @type {[string, number[]][]} */ ([[words.nextOthers, others], [words.nextSmaller, shorter], [words.nextAny, any]]);
    for (const [title, options] of lists) {
      if (!options.length) continue;
      parts.push(make("h3", [title]), make("ul", options.map((option) => suggestion(page, option, [], choose)), { class: "picked" }));
    }
    const talk = [words.talkGood, words.talkHard, words.talkOther].map((question) => make("li", [question]));
    return [...parts, make("h3", [words.nextTalk]), make("ul", talk)];
  }

  hearth.results = { showShared, showSuggested, showPlan, showNext };
})((globalThis.hearth = globalThis.hearth || /** @type {Hearth} */ ({})));
