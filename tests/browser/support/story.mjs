// Two people at the checklist: what they press, tick and type on its screens, and what can be found of it afterwards.
import assert from 'node:assert/strict';
import { open, settle } from './browser.mjs';

/** By mouse, by touch, and by keyboard alone. */
export const hands = {
  mouse: { press: (control) => control.click(), choose: (control) => control.click() },
  touch: { press: (control) => control.tap(), choose: (control) => control.tap() },
  keyboard: {
    press: async (control) => { await reach(control); await control.page().keyboard.press('Enter'); },
    choose: async (control) => {
      const { keyboard } = control.page();
      await reach(control);
      // Within a group of radio buttons the arrows lead from one to the next; the space bar takes the one that has the focus.
      for (let i = 0; i < 8 && !(await hasFocus(control)); i++) await keyboard.press('ArrowDown');
      if (!(await control.isChecked())) await keyboard.press(' ');
    },
  },
};

const hasFocus = (control) => control.evaluate((element) => element === document.activeElement);

/** Presses Tab until the control, or the group of radio buttons that it belongs to, has the focus. */
async function reach(control) {
  for (let i = 0; i < 120; i++) {
    const isThere = await control.evaluate((element) => {
      const focused = document.activeElement;
      return element === focused || (element.type === 'radio' && focused.type === 'radio' && focused.name === element.name);
    });
    if (isThere) return;
    await control.page().keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${await control.evaluate((element) => element.outerHTML.slice(0, 100))}`);
}

/** What somebody does at the page of a checklist. */
export class Reader {
  constructor(page, hand = hands.mouse) { Object.assign(this, { page, hand }); }

  /** The screen that is shown. */
  step() { return this.page.locator('[data-step]:not([hidden])').getAttribute('data-step'); }

  press(act) { return this.hand.press(this.page.locator(`[data-act="${act}"]:visible`)); }

  /** `answers` says what is chosen for an item, by its place: `{ 0: 'often', 3: 'skip' }`. */
  async answer(answers, kept = []) {
    for (const [item, choice] of Object.entries(answers)) await this.hand.choose(this.page.locator(`[data-item="${item}"] input[value="${choice}"]`));
    for (const item of kept) await this.hand.choose(this.page.locator(`[data-item="${item}"] [data-keep]`));
  }

  async wish(practices, kept = []) {
    for (const practice of practices) await this.hand.choose(this.page.locator(`[data-suggested="${practice}"] [data-wish]`));
    for (const practice of kept) await this.hand.choose(this.page.locator(`[data-suggested="${practice}"] [data-keep]`));
  }

  /** From the first screen to the first question. */
  async begin(way, mode = 'both') {
    await this.press(way);
    if (mode === 'everything') await this.hand.choose(this.page.locator('input[name=mode][value=everything]'));
    await this.press('agreed');
  }

  /** Both screens of one person, up to and with "Done". */
  async fillIn({ answers = {}, kept = [], wishes = [], keptWishes = [] }) {
    await this.answer(answers, kept);
    await this.press('answered');
    await this.wish(wishes, keptWishes);
    await this.press('done');
  }

  /** Two people, one after the other, up to what they share. */
  async takeTurns(one, other, mode) {
    await this.begin('turns', mode);
    await this.fillIn(one);
    await this.press('passed');
    await this.fillIn(other);
    await this.press('compare');
  }

  /** What the page says at the moment, in its one status. */
  async said() {
    const all = await this.page.locator('[role=status]').allTextContents();
    return all.filter(Boolean).join(' | ');
  }

  code() { return this.page.locator('#hearth--own-code').innerText(); }

  async type(code) {
    await this.page.locator('#hearth--their-code').fill(code);
    await this.press('compare-codes');
  }

  /** The practices that are suggested, by their places in the guide. */
  suggested() { return this.page.locator('#hearth--suggested .picked-title').evaluateAll(placesOf, 'data-suggested'); }

  /** What the tables show, row by row. */
  async tables() {
    return this.page.locator('#hearth--shared table').evaluateAll((tables) => tables.map((table) => ({
      caption: table.caption.textContent, rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)),
    })));
  }
}

function placesOf(parts, name) {
  const all = [...document.querySelectorAll(`[${name}]`)];
  return parts.map((part) => all.findIndex((one) => one.dataset.title === part.textContent));
}

/** The data of the guide, as its page carries it. */
export const rulesOf = (page) => page.evaluate(() => JSON.parse(document.getElementById('hearth--checklist').dataset.rules));

/** What a person said that could be found in the page's form, and everything that a browser keeps for it. */
export function traces(page) {
  return page.evaluate(async () => {
    const store = (name) => { try { return { ...window[name] }; } catch { return {}; } };
    const fields = [...document.querySelectorAll('input:not([type=file])')];
    const isChanged = (field) => (/radio|checkbox/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
    return {
      session: store('sessionStorage'), local: store('localStorage'), cookie: document.cookie,
      databases: location.protocol === 'file:' ? [] : (await indexedDB.databases()).map(({ name }) => name), caches: 'caches' in window ? await caches.keys() : [],
      fields: fields.filter(isChanged).map((field) => field.id || field.name), state: history.state, name: window.name,
      files: [...document.querySelectorAll('a[href^="blob:"]')].map(({ id }) => id),
    };
  });
}

/** What lies in a store, without the tokens, which hold nothing. */
export const valuesIn = (store) => Object.values(store).map((entry) => JSON.parse(entry).value).filter((value) => value !== null);

export const nothing = { session: {}, local: {}, cookie: '', databases: [], caches: [], fields: [], state: null, name: '', files: [] };

/**
 * Leads through every screen of one device and looks at each: `look` is called with the screen's name. The answers are such that
 * something is shared.
 */
export async function walkScreens(reader, look) {
  const { page } = reader;
  const at = async (name) => { await settle(page); await look(name); };
  await at('start');
  await reader.press('turns');
  await at('agree');
  await reader.press('agreed');
  await at('answers');
  await reader.answer({ 0: 'often', 1: 'sometimes', 2: 'not', 3: 'skip' }, [1]);
  await reader.press('answered');
  await at('wishes');
  await reader.wish([0, 2]);
  await reader.press('done');
  await at('pass');
  await reader.press('passed');
  await at('the second’s answers');
  await reader.answer({ 0: 'sometimes', 4: 'often' });
  await reader.press('answered');
  await at('the second’s wishes');
  await reader.wish([2]);
  await reader.press('done');
  await at('ready');
  await reader.press('compare');
  await at('results');
  await reader.hand.press(page.locator('#hearth--suggested button').first());
  await at('plan');
  await page.reload();
  await reader.press('look-back');
  await at('back');
  await reader.press('erase');
}

/** The screen that only two devices have. */
export async function walkToCode(reader, look) {
  await reader.begin('apart');
  await reader.fillIn({ answers: { 0: 'often' }, wishes: [1] });
  await settle(reader.page);
  await look('code');
  await reader.press('erase');
}

/**
 * A reader at the checklist, in a browser of their own, who came from another page. Whatever they do there, nothing is asked for,
 * and neither the address nor the title nor the history changes; but for those who leave the page or load it again (`isStill` of
 * the visit is set to false). `init` is a script that runs before the page's own.
 */
export async function readChecklist(browser, server, work, { init, url = server.origin + '/checklist/', ...options } = {}) {
  const visit = await open(browser, server.origin + '/about/', options);
  try {
    if (init) await visit.context.addInitScript(...init);
    await visit.page.goto(url);
    const before = await surroundings(visit.page);
    const asked = visit.trouble.requests.length;
    await work(new Reader(visit.page), visit);
    // The browser asks for the picture of its tab whenever it likes.
    const [failed, requests] = [visit.trouble.failed, visit.trouble.requests.slice(asked)].map((list) => list.filter((one) => !/\/mark\.\w+\.svg$|^GET blob:/.test(one)));
    const { console: errors, foreign } = visit.trouble;
    assert.deepEqual({ errors, failed, foreign }, { errors: [], failed: [], foreign: [] });
    if (visit.isStill !== false) assert.deepEqual([await surroundings(visit.page), requests], [before, []], 'address, title, history, requests');
  } finally { await visit.close(); }
}

const surroundings = (page) => page.evaluate(() => [document.URL, document.title, history.length]);
