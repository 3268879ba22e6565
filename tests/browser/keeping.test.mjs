// What the checklist keeps, where and for how long: in the tab, on the device if somebody asks for it, in a file; and what is left
// after "Erase", which is nothing.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { builtSite } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch, settle } from './support/browser.mjs';
import { nothing, readChecklist, rulesOf, traces, valuesIn, walkScreens, walkToCode } from './support/story.mjs';

const day = 24 * 60 * 60 * 1000;
const answers = { 0: 'often', 1: 'sometimes', 3: 'skip' };
let browser, server;

before(async () => { server = await serve(builtSite()); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

const read = (work, options) => readChecklist(browser, server, work, options);
const ticked = (page) => page.locator('input:checked:not([name=mode], #hearth--keep)').evaluateAll((list) => list.map(({ id }) => id));
const openKeeping = (page) => page.locator('.keeping').evaluate((part) => { part.open = true; });
const saidOfKeeping = (page) => page.locator('.keeping [role=status]').innerText();

// ---- Erase

/** Nothing is left of anybody: no tick, no text, no entry in any store. */
async function assertErased(reader, where) {
  const { page } = reader;
  assert.equal(await reader.step(), 'start', where);
  assert.match(await reader.said(), /^Erased\./, where);
  assert.deepEqual(await traces(page), nothing, where);
  const left = await page.locator('#hearth--suggested, #hearth--shared, #hearth--own-code, #hearth--plan-card, #hearth--next, #hearth--tried').evaluateAll((parts) => parts.map((part) => part.textContent).join(''));
  assert.equal(left, '', where);
}

class Stop extends Error {}

/** Stops at a screen and erases there; without one, says which screens there are. */
async function eraseAt(reader, wanted) {
  const seen = [];
  const stopThere = async (name) => { seen.push(name); if (name === wanted) throw new Stop(); };
  try {
    await walkScreens(reader, stopThere);
    await walkToCode(reader, stopThere);
  } catch (stop) { if (!(stop instanceof Stop)) throw stop; }
  if (wanted === undefined) return seen;
  await reader.press('erase');
  await assertErased(reader, wanted);
  return seen;
}

test('“Erase everything” leaves nothing, on every screen, and nothing comes back', async () => {
  const screens = [];
  await read(async (reader, visit) => { visit.isStill = false; screens.push(...await eraseAt(reader)); });
  assert.equal(screens.length, 12);
  for (const screen of screens) {
    await read(async (reader, visit) => {
      visit.isStill = false;
      await eraseAt(reader, screen);
      await visit.page.reload();
      assert.deepEqual(await traces(visit.page), nothing, screen);
    });
  }
});

test('after “Erase everything” two people begin anew, with nothing of those before them', () => read(async (reader, visit) => {
  visit.isStill = false;
  await walkScreens(reader, () => {});
  await reader.begin('turns', 'both');
  assert.deepEqual(await ticked(visit.page), []);
  await reader.fillIn({});
  await reader.press('passed');
  await reader.fillIn({});
  await reader.press('compare');
  assert.equal(await visit.page.locator('#hearth--shared table').count(), 0);
}));

// ---- In the tab alone

test('answers are in one entry of this tab’s own store and nowhere else: the device holds a token without any, and no other tab shows them', () => read(async (reader, { page, context }) => {
  await reader.begin('turns');
  await reader.answer(answers);
  const { session, local, ...others } = await traces(page);
  assert.equal(Object.keys(session).length, 1);
  assert.deepEqual([Object.keys(local).length, valuesIn(local)], [1, []]);
  assert.doesNotMatch(JSON.stringify(local), /often|sometimes|skip|choices|wishes|turns|answers/);
  assert.deepEqual({ cookie: others.cookie, databases: others.databases, caches: others.caches }, { cookie: '', databases: [], caches: [] });
  const other = await context.newPage();
  await other.goto(server.origin + '/checklist/');
  assert.deepEqual(await ticked(other), []);
  await other.close();
}));

test('whatever else lies in the store is as nothing', () => read(async (reader, visit) => {
  const { page } = visit;
  visit.isStill = false;
  await reader.begin('turns');
  await reader.answer(answers);
  const [[key, entry]] = Object.entries((await traces(page)).session);
  const change = (work) => { const copy = JSON.parse(entry); work(copy); return JSON.stringify(copy); };
  const values = ['{', '"x"', 'null', '[1,null,{"a":1}]', '<img src=x onerror=alert(1)>', change((copy) => { copy.edition = 'another'; }), change((copy) => { copy.value.person.choices[0] = '<img src=x>'; }),
    change((copy) => { copy.value.person.wishes.fill(true); }), change((copy) => { copy.until = 1; }), change((copy) => { copy.value = 7; })];
  for (const value of values) {
    await page.evaluate(([name, text]) => sessionStorage.setItem(name, text), [key, value]);
    await page.reload();
    assert.deepEqual(await ticked(page), [], value);
  }
}));

// ---- Where nothing can be kept

const forbid = () => { for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } }); };
const refuse = () => { for (const name of ['getItem', 'setItem', 'removeItem', 'key']) Storage.prototype[name] = () => { throw new DOMException('no', 'SecurityError'); }; };
const fill = () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; };

for (const [what, script] of Object.entries({ forbidden: forbid, 'refused at each access': refuse, full: fill })) {
  test(`where storage is ${what}, the story goes on to its end, and the page says that it keeps nothing`, () => read(async (reader, { page }) => {
    await reader.begin('turns');
    await reader.answer({ 0: 'often' });
    assert.match(await reader.said(), /keeps nothing/);
    await openKeeping(page);
    await page.locator('#hearth--keep').click();
    assert.equal(await page.locator('#hearth--keep').isChecked(), false);
    assert.match(await saidOfKeeping(page), /keeps nothing/);
    await reader.fillIn({ wishes: [1] });
    await reader.press('passed');
    await reader.fillIn({ answers: { 0: 'often' }, wishes: [1] });
    await reader.press('compare');
    assert.equal((await reader.suggested())[0], 1);
    await page.locator('#hearth--suggested button').first().click();
    await page.locator('#hearth--day').fill('2026-12-05');
    assert.equal(await reader.step(), 'plan');
    await reader.press('erase');
    await assertErased(reader, what);
  }, { init: [script] }));
}

test('where the device may keep nothing, the tab keeps no answers either, since no copy of it could be called back', () => read(async (reader, visit) => {
  visit.isStill = false;
  await reader.begin('turns');
  await reader.answer(answers);
  assert.match(await reader.said(), /keeps nothing/);
  assert.deepEqual((await traces(visit.page)).session, {});
  await visit.page.reload();
  assert.deepEqual(await ticked(visit.page), []);
}, { init: [() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })] }));

test('storage that fills up in mid-answer loses what was kept, says so, and shows nothing older after a reload', () => read(async (reader, visit) => {
  const { page } = visit;
  visit.isStill = false;
  await reader.begin('turns');
  await reader.answer({ 0: 'often' });
  assert.equal(await reader.said(), '');
  await page.evaluate(fill);
  await reader.answer({ 1: 'often' });
  assert.match(await reader.said(), /keeps nothing/);
  await page.reload();
  assert.deepEqual(await ticked(page), []);
}));

test('a store that is cleared in mid-answer loses nothing that is on the screen', () => read(async (reader, visit) => {
  visit.isStill = false;
  await reader.begin('turns');
  await reader.answer({ 0: 'often' });
  await visit.page.evaluate(() => sessionStorage.clear());
  await reader.answer({ 1: 'often' });
  await visit.page.reload();
  assert.equal((await ticked(visit.page)).length, 2);
}));

// ---- On this device

async function keepOnDevice(page) {
  await openKeeping(page);
  await page.locator('#hearth--keep').check();
}

test('kept on this device, answers are there in a new tab for 30 days and not a day longer', () => read(async (reader, { page, context }) => {
  await reader.begin('turns');
  await reader.answer(answers);
  assert.match(await page.locator('.keeping').textContent(), /everybody who uses this device can read/);
  await keepOnDevice(page);
  assert.match(await saidOfKeeping(page), /at most 30 days/);
  await reader.answer({ 4: 'often' });
  for (const [days, count] of [[29, 4], [31, 0]]) {
    const later = await context.newPage();
    await later.addInitScript((time) => { const { now } = Date; Date.now = () => now() + time; }, days * day);
    await later.goto(server.origin + '/checklist/');
    assert.equal((await ticked(later)).length, count, `after ${days} days`);
    assert.equal(Object.keys((await traces(later)).local).length, count ? 2 : 0, `after ${days} days`);
    await later.close();
  }
}));

test('once it is unticked, this device keeps nothing, and the tab goes on', () => read(async (reader, visit) => {
  const { page } = visit;
  visit.isStill = false;
  await reader.begin('turns');
  await reader.answer(answers);
  await keepOnDevice(page);
  await page.reload();
  await openKeeping(page);
  assert.equal(await page.locator('#hearth--keep').isChecked(), true);
  await page.locator('#hearth--keep').uncheck();
  assert.match(await saidOfKeeping(page), /in this tab only/);
  assert.deepEqual(valuesIn((await traces(page)).local), []);
  await page.reload();
  assert.equal((await ticked(page)).length, 3);
}));

test('one evening that was chosen can be kept on this device for the day when it comes', () => read(async (reader, { page, context }) => {
  await reader.takeTurns({ wishes: [1] }, { wishes: [1] }, 'both');
  await page.locator('#hearth--suggested button').first().click();
  await keepOnDevice(page);
  const later = await context.newPage();
  await later.goto(server.origin + '/checklist/');
  await later.locator('[data-act=look-back]').click();
  const title = await page.locator('[data-suggested="1"]').getAttribute('data-title');
  assert.ok((await later.locator('#hearth--tried').innerText()).includes(title));
  await later.close();
}));

// ---- In a file

/** Opens a file with answers. */
async function give(page, text) {
  await page.locator('#hearth--import').setInputFiles({ name: 'answers.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.waitForFunction(() => document.querySelector('.keeping [role=status]').textContent);
  return saidOfKeeping(page);
}

async function save(page) {
  const coming = page.waitForEvent('download');
  await page.locator('#hearth--export').click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), 'utf8') };
}

test('answers that are saved as a file and opened again are the same', () => read(async (reader, { page }) => {
  await reader.begin('turns');
  await reader.answer(answers, [1]);
  await reader.press('answered');
  await reader.wish([0, 4], [4]);
  await openKeeping(page);
  const before = await ticked(page);
  const { name, text } = await save(page);
  assert.match(name, /^[a-z-]+\.json$/);
  await reader.press('erase');
  await reader.begin('turns');
  await openKeeping(page);
  assert.match(await give(page, text), /were read/);
  assert.deepEqual(await ticked(page), before);
  assert.equal(await page.locator('#hearth--import').inputValue(), '', 'the browser forgets the name of the file');
}));

test('a file that is too large, foreign, of another edition, of another kind or full of attacks changes nothing and is refused with a sentence', () => read(async (reader, { page }) => {
  await reader.begin('turns');
  await reader.answer(answers);
  await openKeeping(page);
  const before = await ticked(page);
  const file = JSON.parse((await save(page)).text);
  const attack = '<img src=x onerror="window.attacked = true">';
  const with_ = (change) => JSON.stringify({ ...file, ...change });
  const tries = [
    [`${JSON.stringify(file)}${' '.repeat(17_000)}`, /too large/], ['x'.repeat(100_000), /too large/], ['', /no answers/], ['{', /no answers/], ['[]', /no answers/], ['\u0000\u0001', /no answers/],
    [attack, /no answers/], [with_({ more: attack }), /no answers/], [with_({ date: attack }), /no answers/], [with_({ guide: attack }), /another guide/], [with_({ guide: 'repair' }), /another guide/],
    [with_({ version: file.version + 1 }), /another edition/], [with_({ v: 1 }), /another edition/], [with_({ version: attack }), /another edition/],
    [with_({ answers: attack }), /do not fit/], [with_({ answers: { ...file.answers, choices: file.answers.choices.map(() => attack) } }), /do not fit/],
    [with_({ answers: { ...file.answers, wishes: file.answers.wishes.map(() => true) } }), /do not fit/], [with_({ answers: { ...file.answers, kept: [] } }), /do not fit/],
  ];
  for (const [text, sentence] of tries) {
    assert.match(await give(page, text), sentence, text.slice(0, 80));
    assert.deepEqual(await ticked(page), before, text.slice(0, 80));
    await page.evaluate(() => { document.querySelector('.keeping [role=status]').textContent = ''; });
  }
  await settle(page);
  assert.equal(await page.evaluate(() => window.attacked), undefined);
  assert.equal(await page.locator('img').count(), 0);
}));

test('a file of one’s own answers says which guide and which edition, and nothing of the device', () => read(async (reader, { page }) => {
  await reader.begin('turns');
  await reader.answer(answers);
  await openKeeping(page);
  const file = JSON.parse((await save(page)).text);
  const { guide, version } = await rulesOf(page);
  assert.deepEqual(Object.keys(file).sort(), ['answers', 'date', 'guide', 'v', 'version']);
  assert.deepEqual([file.guide, file.version], [guide, version]);
  assert.match(file.date, /^\d{4}-\d\d-\d\d$/);
}));
