// The screens of the checklist, one at a time: agree, answer alone, hand over or tell a code, see it together, plan one evening.
// From "Done" on, by turns, the answers of whoever began are in this file's memory alone, and no screen leads back to them.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  const { answers, code, results, suggest } = hearth;
  const { all, fill } = hearth.elements;

  /** @param {string} id */
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(`hearth--${id}`));

  /** The choices of one name. @param {string} name */
  const radios = (name) => /** @type {HTMLInputElement[]} */ (all(`[name=${name}]`));

  const form = /** @type {HTMLFormElement} */ (byId("checklist"));
  const words = /** @type {Words} */ (byId("words").dataset);
  const rules = /** @type {Rules} */ (JSON.parse(/** @type {string} */ (form.dataset.rules)));
  const isForOne = rules.people === 1;
  // All pages that are opened from files share one store, so nothing is kept there.
  const isFile = document.URL.startsWith("file:");
  const storage = hearth.storage.open(rules, /** @type {string} */ (form.dataset.base), {
    get session() { return isFile ? null : sessionStorage; },
    get local() { return isFile ? null : localStorage; },
    now: () => Date.now(),
    newToken: randomName,
  });

  /** @returns {State} */
  const begin = () => ({ step: isForOne ? "answers" : "start", way: "turns", mode: "both", turn: 1, shared: [], typed: "", plan: null });

  let state = begin();
  const page = {
    form, words, rules,
    /** Both people, in the order in which what they share stands: by turns they know who was first, on two devices whose this one is. */
    get people() { return state.way === "apart" ? [words.own, words.other] : [words.first, words.second]; },
  };
  /** The files that the links of this page lead to. @type {Record<string, string>} */
  const files = {};

  /** The questions are this person's answers, or empty. @param {Person | null} person */
  const showAnswers = (person) => hearth.form.write(form, rules, person);
  const readAnswers = () => hearth.form.read(form, rules);
  /** Where something made of answers stands, by id. @type {Set<string>} */
  const made = new Set();
  const isAnswering = () => state.step === "answers" || state.step === "wishes";

  /** A name that nothing else has. */
  function randomName() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // ---- one screen after the other

  /** @param {Step} step @param {string} [said] */
  function go(step, said = "") {
    turnTo(step, said);
    keep();
  }

  /** @param {Step} step @param {string} said */
  function turnTo(step, said) {
    state.step = step;
    show();
    const [heading] = all("h2", stepOf(step));
    heading.focus();
    heading.scrollIntoView();
    say(said);
  }

  /** @param {Step} step */
  const stepOf = (step) => all(`[data-step="${step}"]`)[0];

  function show() {
    for (const part of all("[data-step]")) part.hidden = part.dataset.step !== state.step;
    for (const part of all("[data-way]")) part.hidden = part.dataset.way !== state.way || state.turn === 2;
    // What is agreed on is marked where it is asked, and nowhere else.
    for (const radio of radios("mode")) radio.checked = state.step === "agree" && radio.value === state.mode;
    const agreed = state.mode === "both" ? words.agreeBoth : words.agreeEverything;
    for (const part of all("[data-agreed]")) part.textContent = isForOne ? "" : agreed;
    for (const part of all("[data-person]")) part.textContent = page.people[Number(part.dataset.person)];
    all(".keeping")[0].hidden = !isAnswering() && state.step !== "plan";
    all(".files")[0].hidden = !isAnswering();
    for (const button of all("[data-act=to-results]")) button.hidden = !state.shared.length;
    document.body.classList.toggle("is-together", isForOne || ["results", "plan", "back"].includes(state.step));
    /** @type {HTMLInputElement} */ (byId("keep")).checked = storage.isKept();
    if (isAnswering()) offerExport();
  }

  /** Says something once, beside what was pressed. @param {string} text @param {ParentNode} [part] */
  function say(text, part = stepOf(state.step)) {
    for (const status of all("[role=status]", form)) status.textContent = "";
    for (const status of all("[role=status]", part)) status.textContent = text;
  }

  /** Says it beside what is kept. @param {string} text */
  const sayKept = (text) => say(text, all(".keeping")[0]);

  // ---- what is kept

  /** Only one's own answers before "Done", and what both have seen: never what the other answered. */
  function keep() {
    const { step, way, mode, turn, plan } = state;
    const isOwn = isForOne || isAnswering() || step === "agree" || (way === "apart" && step === "code");
    if (isOwn) return storage.save({ step, way, mode, turn, person: readAnswers() }, true);
    if (plan) return storage.save({ step: "plan", way, mode, turn: 1, plan }, false);
    if (step === "start") return true;
    const isHandedOver = step === "pass" || step === "ready";
    return storage.save({ step: isHandedOver ? "pass" : "start", way, mode, turn: isHandedOver ? 2 : 1 }, false);
  }

  /** Goes on where this tab, or this device, was left. */
  function recall() {
    const kept = /** @type {Partial<Kept> | null} */ (storage.load());
    const person = kept && answers.parse(rules, kept.person);
    showAnswers(person);
    if (kept && kept.mode === "everything") state.mode = "everything";
    if (!kept) return show();
    state.way = kept.way === "apart" ? "apart" : "turns";
    state.plan = readPlan(kept.plan);
    if (state.plan || !person) {
      show();
      return say(!state.plan && kept.step === "pass" ? words.lost : "");
    }
    // Whoever answers second after the page was loaded again is the first now.
    state.step = kept.step === "agree" || kept.step === "wishes" ? kept.step : "answers";
    if (kept.step === "code") return finish(person);
    show();
    say(kept.turn === 2 ? words.lost : answers.countWishes(person) || person.choices.some(Boolean) ? words.restored : "");
  }

  /** @param {unknown} unknown @returns {Plan | null} */
  function readPlan(unknown) {
    const { option, day, begins, picks } = Object(unknown);
    const isOption = (/** @type {any} */ index) => Number.isInteger(index) && index in rules.options;
    if (!isOption(option) || !Array.isArray(picks)) return null;
    return {
      option,
      day: typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : "",
      begins: [0, 1, 2].includes(begins) ? begins : -1,
      picks: picks.filter(isOption).slice(0, 3),
    };
  }

  function erase() {
    storage.erase();
    if (hearth.offline) hearth.offline.forget().catch(() => { /* The answers are gone all the same. */ });
    clear(words.erased);
  }

  /** One's own answers that were finished or erased in another tab are seen in none. */
  function clearIfRevoked() {
    if (!storage.isRevoked()) return;
    storage.leave();
    clear(words.ended);
  }

  /** Nothing of anybody is left on the page. @param {string} said */
  function clear(said) {
    clearAnswers();
    for (const id of made) put(id, []);
    Object.keys(files).forEach(forget);
    state = begin();
    turnTo(state.step, said);
  }

  // ---- done

  /** One's own answers are finished. @param {Person} person */
  function finish(person) {
    const own = answers.share(rules, person);
    state.shared.push(own);
    if (isForOne) return together();
    if (state.way === "apart") {
      put("own-code", [code.format(code.encode(rules, own, state.mode))]);
      return go("code");
    }
    clearAnswers();
    // Whoever takes the device now shall find these answers in no other tab, and not kept on it.
    storage.erase();
    if (state.turn === 2) return go("ready");
    state.turn = 2;
    go("pass");
  }

  /** The questions are empty again, and so is what browsers remember of them. */
  function clearAnswers() {
    forget("export");
    form.reset();
    showAnswers(null);
  }

  /** What the theme says of an error, whose name its word bears. @param {"code" | "import"} what @param {string} error */
  const describe = (what, error) => /** @type {string} */ (byId("words").getAttribute(`data-${what}-${error}`));

  function compareCodes() {
    const field = /** @type {HTMLInputElement} */ (byId("their-code"));
    const answer = code.decode(rules, field.value);
    if ("error" in answer) {
      say(fill(describe("code", answer.error), { n: rules.length }));
      return field.focus();
    }
    const own = code.encode(rules, state.shared[0], state.mode);
    const theirs = code.encode(rules, answer.shared, answer.mode);
    if (own === theirs && state.typed !== theirs) {
      state.typed = theirs;
      return say(words.codeOwn);
    }
    const isOther = answer.mode !== state.mode;
    if (isOther) state.mode = "both";
    state.shared.push(answer.shared);
    field.value = "";
    clearAnswers();
    together(isOther ? words.codeModes : "");
  }

  /** Shows what is shared. Nothing changes it from here on. @param {string} [said] */
  function together(said = "") {
    const [one, other] = state.shared;
    const picked = isForOne ? suggest.lead(rules, one) : suggest.pick(rules, one, other, state.mode);
    const choose = (/** @type {number} */ option) => chooseOption(option, picked.map((pick) => pick.option));
    put("suggested", results.showSuggested(page, picked, choose));
    if (!isForOne) put("shared", results.showShared(page, hearth.compare.tabulate(rules, one, other, state.mode)));
    go("results", said);
    if (isForOne) state.shared = [];
  }

  /** Shows what was made of answers, which goes with them. @param {string} id @param {(string | Node)[]} parts */
  const put = (id, parts) => {
    made.add(id);
    byId(id).replaceChildren(...parts);
  };

  // ---- one evening, and afterwards

  /** Where nobody knows any more what was chosen. @type {Plan} */
  const noPlan = { option: -1, day: "", begins: -1, picks: [] };

  /** @param {number} option @param {number[]} picks */
  function chooseOption(option, picks) {
    state.plan = { ...noPlan, option, picks };
    /** @type {HTMLInputElement} */ (byId("day")).value = "";
    for (const radio of radios("begins")) radio.checked = false;
    showPlan();
    go("plan");
  }

  function readPlanFields() {
    if (!state.plan) return;
    const begins = radios("begins").findIndex((radio) => radio.checked);
    state.plan = { ...state.plan, day: /** @type {HTMLInputElement} */ (byId("day")).value, begins };
    showPlan();
    keep();
  }

  function showPlan() {
    const { plan } = state;
    if (!plan) return;
    put("plan-card", results.showPlan(page, plan));
    forget("calendar");
    if (!plan.day) return;
    const title = /** @type {HTMLInputElement} */ (byId("calendar-title")).value.trim() || words.planWhat;
    offer("calendar", hearth.calendar.write({ title, date: plan.day, stamp: new Date(), uid: randomName() }), "text/calendar");
  }

  function lookBack() {
    const { plan } = state;
    const title = plan ? hearth.form.titleOf(hearth.form.optionOf(form, plan.option)) : "";
    put("tried", [plan ? fill(words.tried, { title }) : words.triedUnknown]);
    put("back-from", [plan ? words.backKept : words.backPaper]);
    put("next", []);
    go("back");
  }

  function showNext() {
    const plan = state.plan || noPlan;
    put("next", results.showNext(page, plan, (option) => chooseOption(option, plan.picks)));
    const [first] = all("h3", byId("next"));
    first.tabIndex = -1;
    first.focus();
  }

  // ---- files that are made here and go nowhere

  /** @param {string} id @param {string} text @param {string} type */
  function offer(id, text, type) {
    const link = /** @type {HTMLAnchorElement} */ (byId(id));
    forget(id);
    files[id] = URL.createObjectURL(new Blob([text], { type }));
    link.href = files[id];
    // The link saves; it never leads anywhere.
    link.download = /** @type {string} */ (link.dataset.file);
    link.hidden = false;
  }

  /** @param {string} id */
  function forget(id) {
    if (files[id]) URL.revokeObjectURL(files[id]);
    delete files[id];
    byId(id).hidden = true;
    byId(id).removeAttribute("href");
  }

  function offerExport() {
    const now = new Date();
    const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    offer("export", storage.exportText(readAnswers(), date), "application/json");
  }

  /** @param {HTMLInputElement} field */
  async function readFile(field) {
    const file = field.files && field.files[0];
    if (!file) return;
    const asked = state;
    const { step, turn } = state;
    const read = file.size > 65536 ? { error: /** @type {const} */ ("size") } : storage.importText(await file.text());
    field.value = "";
    // Whoever has the device by now did not ask for the file.
    if (state !== asked || state.step !== step || state.turn !== turn) return;
    if ("error" in read) return sayKept(describe("import", read.error));
    showAnswers(read.answers);
    keep();
    show();
    sayKept(words.imported);
  }

  /** @param {HTMLInputElement} box */
  function keepOnDevice(box) {
    if (!box.checked) {
      storage.keepInTab();
      return sayKept(words.notKept);
    }
    keep();
    // Where the tab can keep nothing, the device has only now a place for it.
    if (storage.keepOnDevice()) keep();
    box.checked = storage.isKept();
    sayKept(box.checked ? words.kept : words.unsaved);
  }

  // ---- what can be pressed

  /** They begin anew, in this way. @param {"turns" | "apart"} way */
  function take(way) {
    state = { ...begin(), way, mode: state.mode };
    go("agree");
  }

  const toAnswers = () => go("answers");

  /** What each button does, which hands over its own name. @type {Record<string, (name: any) => void>} */
  const acts = {
    turns: take,
    apart: take,
    agreed: toAnswers,
    answered: () => go("wishes"),
    "to-answers": toAnswers,
    done: () => finish(readAnswers()),
    passed: toAnswers,
    compare: () => together(),
    "compare-codes": compareCodes,
    "to-results": () => go("results"),
    "look-back": lookBack,
    did: showNext,
    partly: showNext,
    "not-this-time": showNext,
    print: () => window.print(),
    erase,
  };

  /** @param {HTMLInputElement} field */
  function change(field) {
    if (field.id === "hearth--keep") return keepOnDevice(field);
    if (field.type === "file") return void readFile(field);
    if (field.name === "mode") state.mode = /** @type {Mode} */ (field.value);
    if (state.step === "plan") return readPlanFields();
    const isTooMany = field.matches("[data-wish]:checked") && answers.countWishes(readAnswers()) > rules.wishes;
    if (isTooMany) field.checked = false;
    const isSaved = keep();
    if (isAnswering()) offerExport();
    say(isTooMany ? fill(words.tooMany, { n: rules.wishes }) : isSaved ? "" : words.unsaved);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-act]"));
    const name = button && button.dataset.act;
    if (name) acts[name](name);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === byId("their-code")) compareCodes();
  });
  form.addEventListener("change", (event) => change(/** @type {HTMLInputElement} */ (event.target)));
  // At once where the tab is awake, or else when it wakes. A browser puts off closing a page that listens to `visibilitychange`.
  for (const news of ["storage", "pageshow", "focus"]) window.addEventListener(news, clearIfRevoked);
  // A page that a browser brings back from its memory is still whole; one that was erased elsewhere is not.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && state.step !== "start" && storage.works() && !storage.load()) erase();
  });
  form.classList.add("is-live");
  for (const part of all(".tools, .step .next")) part.hidden = false;
  recall();
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
