// The screens of the checklist, one at a time: agree, answer alone, hand over or tell a code, see it together, plan one evening.
// From "Done" on, by turns, the answers of whoever began are in this file's memory alone, and no screen leads back to them.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  const form = /** @type {HTMLFormElement} */ (document.getElementById("hearth--checklist"));
  const words = /** @type {Words} */ (/** @type {HTMLElement} */ (document.getElementById("hearth--words")).dataset);
  const rules = /** @type {Rules} */ (JSON.parse(form.dataset.rules || "{}"));
  // All pages that are opened from files share one store, so nothing is kept there.
  const isFile = document.URL.startsWith("file:");
  const storage = hearth.storage.open(rules, form.dataset.base || "", {
    get session() { return isFile ? null : window.sessionStorage; },
    get local() { return isFile ? null : window.localStorage; },
    now: () => Date.now(),
    newToken: randomName,
  });

  /** @returns {State} */
  const begin = () => ({ step: rules.people === 2 ? "start" : "answers", way: "turns", mode: "both", turn: 1, shared: [], typed: "", plan: null });

  let state = begin();
  const page = {
    form, words, rules,
    /** Both people, in the order in which what they share stands: by turns they know who was first, on two devices whose this one is. */
    get people() { return state.way === "apart" ? [words.own, words.other] : [words.first, words.second]; },
  };
  /** The files that the links of this page lead to. @type {Record<string, string>} */
  const files = {};

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
    const heading = /** @type {HTMLElement} */ (stepOf(step).querySelector("h2"));
    heading.focus();
    heading.scrollIntoView({ block: "start" });
    say(said);
  }

  /** @param {Step} step */
  const stepOf = (step) => /** @type {HTMLElement} */ (form.querySelector(`[data-step="${step}"]`));

  function show() {
    for (const part of form.querySelectorAll("[data-step]")) {
      if (part instanceof HTMLElement) part.hidden = part.dataset.step !== state.step;
    }
    const isAnswering = state.step === "answers" || state.step === "wishes";
    for (const part of form.querySelectorAll(".next")) if (part instanceof HTMLElement) part.hidden = false;
    for (const part of form.querySelectorAll("[data-way]")) {
      if (part instanceof HTMLElement) part.hidden = part.dataset.way !== state.way || state.turn === 2;
    }
    // What is agreed on is marked where it is asked, and nowhere else.
    for (const radio of form.querySelectorAll("input[name=mode]")) {
      if (radio instanceof HTMLInputElement) radio.checked = state.step === "agree" && radio.value === state.mode;
    }
    for (const part of form.querySelectorAll("[data-agreed]")) {
      part.textContent = rules.people === 1 ? "" : state.mode === "both" ? words.agreeBoth : words.agreeEverything;
    }
    for (const part of form.querySelectorAll("[data-person]")) {
      if (part instanceof HTMLElement) part.textContent = page.people[Number(part.dataset.person)];
    }
    const keeping = /** @type {HTMLElement} */ (form.querySelector(".keeping"));
    keeping.hidden = !isAnswering && state.step !== "plan";
    /** @type {HTMLElement} */ (keeping.querySelector(".files")).hidden = !isAnswering;
    const toResults = form.querySelector("[data-act=to-results]");
    if (toResults instanceof HTMLElement) toResults.hidden = !state.shared.length;
    document.body.classList.toggle("is-together", rules.people === 1 || ["results", "plan", "back"].includes(state.step));
    const keepBox = /** @type {HTMLInputElement} */ (document.getElementById("hearth--keep"));
    keepBox.checked = storage.isKept();
    if (isAnswering) offerExport();
  }

  /** Says something once, beside what was pressed. @param {string} text */
  function say(text) {
    for (const part of form.querySelectorAll("[role=status]")) part.textContent = "";
    const status = stepOf(state.step).querySelector("[role=status]");
    if (status && text) status.textContent = text;
  }

  // ---- what is kept

  /** Only one's own answers before "Done", and what both have seen: never what the other answered. */
  function keep() {
    const { step, way, mode, turn, plan } = state;
    const isOwn = rules.people === 1 || ["answers", "wishes", "agree"].includes(step) || (way === "apart" && step === "code");
    if (isOwn) return storage.save({ step, way, mode, turn, person: hearth.form.read(form, rules) }, true);
    if (plan) return storage.save({ step: "plan", way, mode, turn: 1, plan }, false);
    if (step === "pass" || step === "ready") return storage.save({ step: "pass", way, mode, turn: 2 }, false);
    if (step === "start") return true;
    return storage.save({ step: "start", way, mode, turn: 1 }, false);
  }

  /** Goes on where this tab, or this device, was left. */
  function recall() {
    state = begin();
    const kept = /** @type {Partial<Kept> | null} */ (storage.load());
    const person = kept && hearth.answers.parse(rules, kept.person);
    hearth.form.write(form, rules, person || null);
    if (kept && kept.mode === "everything") state.mode = "everything";
    if (!kept) return show();
    state.way = kept.way === "apart" ? "apart" : "turns";
    const plan = readPlan(kept.plan);
    if (plan) {
      state.plan = plan;
      return show();
    }
    if (!person) {
      show();
      return say(kept.step === "pass" ? words.lost : "");
    }
    // Whoever answers second after the page was loaded again is the first now.
    state.step = kept.step === "agree" || kept.step === "wishes" ? kept.step : "answers";
    if (kept.step === "code") return finish(person);
    show();
    say(kept.turn === 2 ? words.lost : hearth.answers.countWishes(person) || person.choices.some(Boolean) ? words.restored : "");
  }

  /** @param {unknown} unknown @returns {Plan | null} */
  function readPlan(unknown) {
    const plan = /** @type {Partial<Plan> | null | undefined} */ (unknown);
    const isOption = (/** @type {unknown} */ index) => Number.isInteger(index) && /** @type {number} */ (index) in rules.options;
    if (!plan || typeof plan !== "object" || !isOption(plan.option) || !Array.isArray(plan.picks)) return null;
    const day = typeof plan.day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(plan.day) ? plan.day : "";
    const begins = [0, 1, 2].find((who) => who === plan.begins);
    return { option: Number(plan.option), day, begins: begins === undefined ? -1 : begins, picks: plan.picks.filter(isOption).slice(0, 3) };
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
    form.reset();
    hearth.form.write(form, rules, null);
    for (const part of ["hearth--suggested", "hearth--shared", "hearth--plan-card", "hearth--next", "hearth--tried", "hearth--own-code"]) {
      const place = document.getElementById(part);
      if (place) place.textContent = "";
    }
    Object.keys(files).forEach(forget);
    state = begin();
    turnTo(state.step, said);
  }

  // ---- done

  /** One's own answers are finished. @param {Person} person */
  function finish(person) {
    const own = hearth.answers.share(rules, person);
    state.shared.push(own);
    if (rules.people === 1) return together();
    if (state.way === "apart") {
      const place = /** @type {HTMLElement} */ (document.getElementById("hearth--own-code"));
      place.textContent = hearth.code.format(hearth.code.encode(rules, own, state.mode));
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
    forget("hearth--export");
    form.reset();
    hearth.form.write(form, rules, null);
  }

  function compareCodes() {
    const field = /** @type {HTMLInputElement} */ (document.getElementById("hearth--their-code"));
    const answer = hearth.code.decode(rules, field.value);
    if ("error" in answer) {
      const sentences = { length: words.codeLength, letters: words.codeLetters, check: words.codeCheck, edition: words.codeEdition };
      say(hearth.elements.fill(sentences[answer.error], { n: String(rules.length) }));
      return field.focus();
    }
    const own = hearth.code.encode(rules, state.shared[0], state.mode);
    const theirs = hearth.code.encode(rules, answer.shared, answer.mode);
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
    const picked = rules.people === 1 ? hearth.suggest.lead(rules, one) : hearth.suggest.pick(rules, one, other, state.mode);
    const choose = (/** @type {number} */ option) => chooseOption(option, picked.map((pick) => pick.option));
    put("hearth--suggested", hearth.results.showSuggested(page, picked, choose));
    if (rules.people === 2) {
      put("hearth--shared", hearth.results.showShared(page, hearth.compare.tabulate(rules, one, other, state.mode)));
    }
    go("results", said);
    if (rules.people === 1) state.shared = [];
  }

  /** @param {string} id @param {Node[]} parts */
  function put(id, parts) {
    /** @type {HTMLElement} */ (document.getElementById(id)).replaceChildren(...parts);
  }

  // ---- one evening, and afterwards

  /** @param {number} option @param {number[]} picks */
  function chooseOption(option, picks) {
    state.plan = { option, day: "", begins: -1, picks };
    for (const part of stepOf("plan").querySelectorAll("input")) {
      if (part.type === "date") part.value = "";
      if (part.type === "radio") part.checked = false;
    }
    showPlan();
    go("plan");
  }

  function readPlanFields() {
    if (!state.plan) return;
    const day = /** @type {HTMLInputElement} */ (document.getElementById("hearth--day")).value;
    const begins = form.querySelector("input[name=begins]:checked");
    state.plan = { ...state.plan, day, begins: begins instanceof HTMLInputElement ? Number(begins.value) : -1 };
    showPlan();
    keep();
  }

  function showPlan() {
    const { plan } = state;
    if (!plan) return;
    put("hearth--plan-card", hearth.results.showPlan(page, plan));
    forget("hearth--calendar");
    if (!plan.day) return;
    const title = /** @type {HTMLInputElement} */ (document.getElementById("hearth--calendar-title")).value.trim() || words.planWhat;
    offer("hearth--calendar", hearth.calendar.write({ title, date: plan.day, stamp: new Date(), uid: randomName() }), "text/calendar");
  }

  function lookBack() {
    const { plan } = state;
    const title = plan ? hearth.form.titleOf(hearth.form.optionOf(form, plan.option)) : "";
    const tried = plan ? hearth.elements.fill(words.tried, { title }) : words.triedUnknown;
    /** @type {HTMLElement} */ (document.getElementById("hearth--tried")).textContent = tried;
    /** @type {HTMLElement} */ (document.getElementById("hearth--back-from")).textContent = plan ? words.backKept : words.backPaper;
    put("hearth--next", []);
    go("back");
  }

  function showNext() {
    const plan = state.plan || { option: -1, day: "", begins: -1, picks: [] };
    put("hearth--next", hearth.results.showNext(page, plan, (option) => chooseOption(option, plan.picks)));
    const first = document.querySelector("#hearth--next h3");
    if (first instanceof HTMLElement) {
      first.tabIndex = -1;
      first.focus();
    }
  }

  // ---- files that are made here and go nowhere

  /** @param {string} id @param {string} text @param {string} type */
  function offer(id, text, type) {
    const link = document.getElementById(id);
    if (!(link instanceof HTMLAnchorElement)) return;
    forget(id);
    files[id] = URL.createObjectURL(new Blob([text], { type }));
    link.href = files[id];
    // The link saves; it never leads anywhere.
    link.download = link.dataset.file || id;
    link.hidden = false;
  }

  /** @param {string} id */
  function forget(id) {
    const link = document.getElementById(id);
    if (files[id]) URL.revokeObjectURL(files[id]);
    delete files[id];
    if (!link) return;
    link.hidden = true;
    link.removeAttribute("href");
  }

  function offerExport() {
    const now = new Date();
    const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    offer("hearth--export", storage.exportText(hearth.form.read(form, rules), date), "application/json");
  }

  /** @param {HTMLInputElement} field */
  async function readFile(field) {
    const file = field.files && field.files[0];
    if (!file) return;
    const asked = state, { step, turn } = state;
    const read = file.size > 65536 ? { error: /** @type {const} */ ("size") } : storage.importText(await file.text());
    field.value = "";
    // Whoever has the device by now did not ask for the file.
    if (state !== asked || state.step !== step || state.turn !== turn) return;
    if ("error" in read) {
      const sentences = { size: words.importSize, json: words.importJson, guide: words.importGuide, version: words.importVersion, answers: words.importAnswers };
      return sayKept(sentences[read.error]);
    }
    hearth.form.write(form, rules, read.answers);
    keep();
    show();
    sayKept(words.imported);
  }

  /** @param {string} text */
  function sayKept(text) {
    say("");
    /** @type {HTMLElement} */ (form.querySelector(".keeping [role=status]")).textContent = text;
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

  /** @type {Record<string, () => void>} */
  const acts = {
    turns() { state = { ...begin(), way: "turns", mode: state.mode }; go("agree"); },
    apart() { state = { ...begin(), way: "apart", mode: state.mode }; go("agree"); },
    agreed() { go("answers"); },
    answered() { go("wishes"); },
    "to-answers"() { go("answers"); },
    done() { finish(hearth.form.read(form, rules)); },
    passed() { go("answers"); },
    compare() { together(); },
    "compare-codes": compareCodes,
    "to-results"() { go("results"); },
    "look-back": lookBack,
    did: showNext,
    partly: showNext,
    "not-this-time": showNext,
    print() { window.print(); },
    erase,
  };

  /** @param {HTMLInputElement} field */
  function change(field) {
    if (field.id === "hearth--keep") return keepOnDevice(field);
    if (field.type === "file") return void readFile(field);
    if (field.name === "mode") state.mode = field.value === "everything" ? "everything" : "both";
    if (state.step === "plan") return readPlanFields();
    const isTooMany = field.matches("[data-wish]:checked") && hearth.answers.countWishes(hearth.form.read(form, rules)) > rules.wishes;
    if (isTooMany) field.checked = false;
    const isSaved = keep();
    if (["answers", "wishes"].includes(state.step)) offerExport();
    say(isTooMany ? hearth.elements.fill(words.tooMany, { n: String(rules.wishes) }) : isSaved ? "" : words.unsaved);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-act]");
    if (button instanceof HTMLElement && button.dataset.act) acts[button.dataset.act]();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.id === "hearth--their-code") compareCodes();
  });
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) change(event.target);
  });
  // At once where the tab is awake, or else when it wakes. A browser puts off closing a page that listens to `visibilitychange`.
  for (const news of ["storage", "pageshow", "focus"]) window.addEventListener(news, clearIfRevoked);
  // A page that a browser brings back from its memory is still whole; one that was erased elsewhere is not.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && state.step !== "start" && storage.works() && !storage.load()) erase();
  });
  form.classList.add("is-live");
  for (const tools of document.querySelectorAll(".tools")) if (tools instanceof HTMLElement) tools.hidden = false;
  recall();
})((globalThis.hearth = globalThis.hearth || /** @type {Hearth} */ ({})));
