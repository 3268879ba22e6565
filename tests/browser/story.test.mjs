// The whole story of two people at the checklist: on one device, on two, and one evening later. Whatever they do, neither sees
// what the other answered before both are ready, and nothing of it leaves the page.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { builtSite } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch, open } from './support/browser.mjs';
import { Reader, nothing, readChecklist, rulesOf, traces, valuesIn } from './support/story.mjs';

let browser, server;

before(async () => { server = await serve(builtSite()); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

/** A reader at the checklist, in a browser of their own. */
const read = (work, options) => readChecklist(browser, server, work, options);

const first = { answers: { 0: 'often', 1: 'sometimes', 2: 'often', 5: 'not' }, kept: [2], wishes: [0, 3] };
const second = { answers: { 0: 'sometimes', 1: 'often', 2: 'often', 4: 'often' }, wishes: [3, 5] };

/** Everything on the page and in the browser's stores that could show a person's answers. */
async function assertNothingAnswered(page, what) {
  const { session, local, fields, files, ...others } = await traces(page);
  assert.deepEqual({ fields, files, ...others }, { fields: [], files: [], cookie: '', databases: [], caches: [], state: null, name: '' }, what);
  assert.doesNotMatch(JSON.stringify([session, local]), /often|sometimes|wishes|choices/, what);
  assert.equal(await page.locator('#hearth--suggested, #hearth--shared, #hearth--own-code').evaluateAll((parts) => parts.map((part) => part.textContent).join('')), '', what);
}

// ---- One device

test('two people on one device see what both noticed, and nothing that only one of them did', () => read(async (reader, { page }) => {
  await reader.takeTurns(first, second, 'both');
  const titles = await titlesOf(page);
  assert.deepEqual(await reader.tables(), [
    { caption: 'You both noticed', rows: [[titles.items[0]], [titles.items[1]]] },
    { caption: 'You would both like to try', rows: [[titles.practices[3]]] },
  ]);
  const shown = await page.locator('[data-step=results]').innerText();
  for (const item of [2, 4, 5]) assert.ok(!shown.includes(titles.items[item]), titles.items[item]);
  assert.doesNotMatch(shown.replace(/\d+\./g, ''), /\d|often\b(?!.*without)|sometimes/i, 'no number, and no how often');
  assert.equal((await reader.suggested())[0], 3);
}));

const titlesOf = (page) => page.evaluate(() => {
  const titles = (name) => [...document.querySelectorAll(`[${name}]`)].map((part) => part.dataset.title);
  return { items: titles('data-item'), practices: titles('data-suggested') };
});

test('where everything is shown, it is said how often, who wishes what, and what one noticed; what was kept back looks like nothing', () => read(async (reader, { page }) => {
  await reader.takeTurns(first, second, 'everything');
  const { items, practices } = await titlesOf(page);
  const [one, other] = await page.evaluate(() => { const { first: a, second: b } = document.getElementById('hearth--words').dataset; return [a, b]; });
  assert.deepEqual(await reader.tables(), [
    { caption: 'You both noticed', rows: [[items[0], 'Often', 'Sometimes'], [items[1], 'Sometimes', 'Often']] },
    { caption: 'One of you noticed', rows: [[items[2], 'Not noticed', 'Often'], [items[4], 'Not noticed', 'Often']] },
    { caption: `${one} would like to try`, rows: [[practices[0]], [practices[3]]] },
    { caption: `${other} would like to try`, rows: [[practices[3]], [practices[5]]] },
  ]);
}));

test('not noticed, skipped, kept back and left out look the same to the other, in the table and in what is suggested', async () => {
  const seen = [];
  for (const [answers, kept] of [[{ 0: 'often' }, []], [{ 0: 'often', 1: 'not' }, []], [{ 0: 'often', 1: 'skip' }, []], [{ 0: 'often', 1: 'often' }, [1]]]) {
    await read(async (reader, { page }) => {
      await reader.takeTurns({ answers, kept }, second, 'everything');
      seen.push(await page.locator('[data-step=results]').innerHTML());
    });
  }
  assert.equal(new Set(seen).size, 1);
});

test('a wish that is kept back is no wish to anybody else', () => read(async (reader) => {
  await reader.takeTurns({ wishes: [3, 4], keptWishes: [3] }, { wishes: [3, 4] }, 'both');
  assert.deepEqual(await reader.suggested(), [4]);
}));

test('where nothing is shared, the page says so and shows everything that could be tried', () => read(async (reader, { page }) => {
  await reader.takeTurns({}, {}, 'both');
  const all = (await rulesOf(page)).options.flatMap(({ both }, i) => (both ? [] : [i]));
  assert.deepEqual(await reader.suggested(), all);
  assert.match(await page.locator('#hearth--shared').innerText(), /nothing that you both share/);
}));

test('more than three wishes are refused with a sentence, and the first three stay', () => read(async (reader, { page }) => {
  await reader.begin('turns');
  await reader.press('answered');
  await reader.wish([0, 1, 2, 3]);
  assert.equal(await page.locator('[data-wish]:checked').count(), 3);
  assert.match(await reader.said(), /3 at most/);
  await page.locator('[data-suggested="0"] [data-wish]').uncheck();
  await reader.wish([3]);
  assert.equal(await reader.said(), '');
}));

// ---- The hand-over

test('before “Done” a reload loses nothing, on either screen of one’s own', () => read(async (reader, visit) => {
  const { page } = visit;
  visit.isStill = false;
  await reader.begin('turns', 'everything');
  await reader.answer(first.answers, first.kept);
  const ticked = () => page.locator('input:checked').evaluateAll((list) => list.map((input) => `${input.id} ${input.value}`));
  const before = await ticked();
  assert.equal(before.length, 5);
  await page.reload();
  assert.deepEqual([await reader.step(), await ticked()], ['answers', before]);
  assert.match(await reader.said(), /as you left them/);
  await reader.press('answered');
  await reader.wish(first.wishes);
  await page.reload();
  assert.deepEqual([await reader.step(), (await ticked()).length], ['wishes', 7]);
  assert.equal(valuesIn((await traces(page)).session)[0].mode, 'everything', 'what was agreed on');
  assert.match(await page.locator('.before-done').innerText(), /gone/, 'it says before “Done” what a reload does after it');
}));

test('after “Done” no field, no store, no file and no history holds an answer, on any screen up to the last “Done”', () => read(async (reader, { page }) => {
  await reader.begin('turns', 'both');
  await reader.fillIn(first);
  await assertNothingAnswered(page, 'pass');
  await reader.press('passed');
  const download = page.waitForEvent('download');
  await page.locator('.keeping summary').click();
  await page.locator('#hearth--export').click();
  assert.doesNotMatch(fs.readFileSync(await (await download).path(), 'utf8'), /often|sometimes|true/, 'what the second could save');
  await reader.fillIn(second);
  await assertNothingAnswered(page, 'ready');
}));

test('what the page’s document says after “Done” is the same, whatever the first person answered', async () => {
  const seen = [];
  for (const person of [first, second, {}]) {
    await read(async (reader, { page }) => {
      await reader.begin('turns', 'both');
      await reader.fillIn(person);
      const contents = [await page.content()];
      await reader.press('passed');
      contents.push(await page.content());
      // The file of what the second has answered so far, which is nothing, has another name each time.
      seen.push(contents.join().replace(/blob:[^"]*/g, ''));
    });
  }
  assert.equal(new Set(seen).size, 1);
});

test('a reload after “Done” loses the first answers and says so; whoever answers then is the first', () => read(async (reader, visit) => {
  const { page } = visit;
  visit.isStill = false;
  await reader.begin('turns', 'both');
  await reader.fillIn(first);
  await page.reload();
  await assertNothingAnswered(page, 'reload at pass');
  assert.match(await reader.said(), /gone/);
  await reader.begin('turns', 'both');
  await reader.fillIn(first);
  await reader.press('passed');
  await reader.answer({ 4: 'often' });
  await page.reload();
  assert.match(await reader.said(), /gone/);
  assert.deepEqual(await page.locator('[data-item] input:checked').evaluateAll((list) => list.map(({ value }) => value)), ['often'], 'the second keeps their own');
  await reader.press('answered');
  await reader.press('done');
  assert.equal(await reader.step(), 'pass');
}));

test('neither back and forward, nor a copy of the tab, nor a restored one shows the first answers', () => read(async (reader, visit) => {
  const { page, context } = visit;
  visit.isStill = false;
  await reader.begin('turns', 'both');
  await reader.fillIn(first);
  const copy = await page.evaluate(() => ({ ...sessionStorage }));
  await page.goBack();
  await page.goForward();
  await assertNothingAnswered(page, 'back and forward');
  await page.goto(server.origin + '/about/');
  await page.goBack();
  await assertNothingAnswered(page, 'away and back');
  const twin = await context.newPage();
  await twin.addInitScript((items) => { for (const [key, value] of Object.entries(items)) sessionStorage.setItem(key, value); }, copy);
  await twin.goto(server.origin + '/checklist/');
  await assertNothingAnswered(twin, 'a copy of the tab');
  const restored = await browser.newContext({ storageState: await context.storageState() });
  const again = await restored.newPage();
  await again.addInitScript((items) => { for (const [key, value] of Object.entries(items)) sessionStorage.setItem(key, value); }, copy);
  await again.goto(server.origin + '/checklist/');
  await assertNothingAnswered(again, 'after a crash');
  await restored.close();
}));

test('a page that the browser kept alive goes on where it was, and is empty if everything was erased meanwhile', async () => {
  const alive = await launch({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  const visit = await open(alive, server.origin + '/checklist/');
  const { page } = visit;
  const reader = new Reader(page);
  await page.evaluate(() => { window.isSameAsBefore = true; });
  await reader.begin('turns', 'both');
  await reader.fillIn(first);
  await page.goto(server.origin + '/about/');
  await backAlive(page);
  assert.equal(await reader.step(), 'pass');
  await assertNothingAnswered(page, 'alive at pass');
  await reader.press('passed');
  await reader.fillIn(second);
  await page.goto(server.origin + '/about/');
  await page.evaluate(() => sessionStorage.clear());
  await backAlive(page);
  assert.equal(await reader.step(), 'start');
  assert.match(await reader.said(), /^Erased\./);
  await assertNothingAnswered(page, 'erased elsewhere');
  await alive.close();
});

/** Goes back to a page that the browser has kept: it is shown again, but never loaded. */
async function backAlive(page) {
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => 'hearth' in window && document.visibilityState === 'visible');
  assert.equal(await page.evaluate(() => window.isSameAsBefore), true, 'this browser keeps pages alive');
}

test('who answers second is not kept on the device because the first wished to be', () => read(async (reader, { page }) => {
  await reader.begin('turns', 'both');
  await keepOnDevice(page);
  await reader.fillIn(first);
  assert.deepEqual((await traces(page)).local, {});
  await reader.press('passed');
  await reader.answer(second.answers);
  assert.deepEqual(valuesIn((await traces(page)).local), []);
  assert.equal(await page.locator('#hearth--keep').isChecked(), false);
}));

async function keepOnDevice(page) {
  await page.locator('.keeping summary').click();
  await page.locator('#hearth--keep').check();
}

// ---- Copies of the tab

/** A second tab with what the first one's store holds, copied by the browser itself, as when a tab is duplicated. */
async function duplicate(page) {
  const coming = page.waitForEvent('popup');
  await page.evaluate(() => { window.open(document.URL); });
  const copy = await coming;
  await copy.waitForLoadState();
  return copy;
}

/** A tab that holds such a store from its beginning, as when a browser brings one back. */
async function bringBack(context, session) {
  const page = await context.newPage();
  await page.goto(server.origin + '/about/');
  await page.evaluate((items) => { for (const [key, value] of Object.entries(items)) sessionStorage.setItem(key, value); }, session);
  await page.goto(server.origin + '/checklist/');
  return page;
}

const tickedIn = (page) => page.locator(':is([data-item], [data-suggested]) input:checked').count();

/** The tab is as if nobody had begun, says why, and stays so. */
async function assertEmptied(page, what) {
  const reader = new Reader(page);
  await page.waitForFunction(() => document.querySelector('[data-step=start]:not([hidden]) [role=status]')?.textContent);
  assert.match(await reader.said(), /another tab/, what);
  await assertNothingAnswered(page, what);
  await page.reload();
  await assertNothingAnswered(page, `${what}, loaded again`);
}

for (const isCopy of [false, true]) {
  test(`a duplicated tab is as good as the first until “Done” in ${isCopy ? 'the copy' : 'the first'}; then the other is empty`, () => read(async (reader, visit) => {
    const { page } = visit;
    visit.isStill = false;
    await reader.begin('turns', 'both');
    await reader.answer(first.answers, first.kept);
    const copy = await duplicate(page);
    assert.deepEqual([await tickedIn(copy), await tickedIn(page)], [5, 5]);
    await copy.reload();
    await page.reload();
    assert.deepEqual([await tickedIn(copy), await tickedIn(page)], [5, 5]);
    const [done, left] = isCopy ? [copy, page] : [page, copy];
    const goingOn = new Reader(done);
    await goingOn.press('answered');
    await goingOn.press('done');
    await assertEmptied(left, 'the other tab');
    assert.equal(await goingOn.step(), 'pass');
    await assertNothingAnswered(done, 'the tab with “Done”');
    // The second person's answers are their own in the same way, and the empty tab has no hold on them.
    await goingOn.press('passed');
    await goingOn.answer(second.answers);
    await left.reload();
    assert.equal(await tickedIn(left), 0);
    const again = await duplicate(done);
    assert.equal(await tickedIn(again), 4);
    await goingOn.press('answered');
    await goingOn.press('done');
    await assertEmptied(again, 'a copy of the second’s tab');
    await goingOn.press('compare');
    assert.equal((await goingOn.tables())[0].rows.length, 2);
  }));
}

test('a tab that slept through “Done”, was closed before it or is brought back after it, shows nothing', () => read(async (reader, visit) => {
  const { page, context } = visit;
  visit.isStill = false;
  await reader.begin('turns', 'both');
  await reader.answer(first.answers);
  const { session } = await traces(page);
  const before = await bringBack(context, session);
  assert.equal(await tickedIn(before), 4, 'before “Done” it loses nothing');
  const asleep = await duplicate(page);
  const devtools = await context.newCDPSession(asleep);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await before.close();
  await reader.press('answered');
  await reader.press('done');
  const after = await bringBack(context, session);
  await assertEmptied(after, 'brought back');
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await assertEmptied(asleep, 'woken');
}));

test('a page that the browser kept alive from before “Done” is empty when it is shown again', async () => {
  const alive = await launch({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  const { page } = await open(alive, server.origin + '/checklist/');
  const reader = new Reader(page);
  await page.evaluate(() => { window.isSameAsBefore = true; });
  await reader.begin('turns', 'both');
  await reader.answer(first.answers);
  await page.goto(server.origin + '/about/');
  await page.goto(server.origin + '/checklist/');
  assert.equal(await tickedIn(page), 4, 'the tab goes on');
  await reader.press('answered');
  await reader.press('done');
  await page.goBack({ waitUntil: 'commit' });
  await backAlive(page);
  await assertEmptied(page, 'kept alive');
  await alive.close();
});

test('what was kept on the device is gone from every tab with “Done”', () => read(async (reader, visit) => {
  visit.isStill = false;
  await reader.begin('turns', 'both');
  await reader.answer(first.answers);
  await keepOnDevice(visit.page);
  const other = await visit.context.newPage();
  await other.goto(server.origin + '/checklist/');
  assert.equal(await tickedIn(other), 4);
  await reader.press('answered');
  await reader.press('done');
  await assertEmptied(other, 'a tab that had them from the device');
  assert.deepEqual((await traces(other)).local, {});
}));

test('“Erase everything” in one tab empties all', () => read(async (reader, visit) => {
  visit.isStill = false;
  await reader.begin('turns', 'both');
  await reader.answer(first.answers);
  const copy = await duplicate(visit.page);
  await new Reader(copy).press('erase');
  await assertEmptied(visit.page, 'the first');
  for (const page of [visit.page, copy]) assert.deepEqual(await traces(page), nothing);
}));

test('on two devices a copy of the tab shows one’s own code until the codes are compared', () => readApart([first, 'both'], [second, 'both'], async (left, right, [page], [visit]) => {
  visit.isStill = false;
  const copy = await duplicate(page);
  assert.equal(await new Reader(copy).code(), await left.code());
  await left.type(await right.code());
  await assertEmptied(copy, 'the copy');
  assert.equal(await left.step(), 'results');
}));

// ---- Two devices

/** Two people who share nothing but what they tell each other. */
async function readApart([one, oneMode], [other, otherMode], work) {
  await read(async (left, leftVisit) => read(async (right, rightVisit) => {
    await left.begin('apart', oneMode);
    await left.fillIn(one);
    await right.begin('apart', otherMode);
    await right.fillIn(other);
    await work(left, right, [leftVisit.page, rightVisit.page], [leftVisit, rightVisit]);
  }));
}

/** What the tables of one device say of the two, whoever is “I” there. */
const facts = (tables, [own, other]) => tables.flatMap(({ caption, rows }) => {
  const about = caption.replace(/^I(?= would)/, own).replace(/^The other(?= would)/, other);
  return rows.map(([item, ...levels]) => [about, item, ...levels.map((level, i) => `${[own, other][i]}: ${level}`).sort()].join(' | '));
}).sort();

for (const mode of ['both', 'everything']) {
  test(`two devices that share nothing come to the same shared answers and the same suggestions by two codes, and each says whose they are: ${mode}`, () => readApart([first, mode], [second, mode], async (left, right, pages) => {
    const codes = [await left.code(), await right.code()];
    await left.type(codes[1].toLowerCase().replace(' ', '-'));
    await right.type(codes[0]);
    assert.deepEqual([await left.step(), await right.step()], ['results', 'results']);
    const [one, other] = [await left.tables(), await right.tables()];
    assert.deepEqual(facts(one, ['left', 'right']), facts(other, ['right', 'left']));
    assert.ok(one.length > 1);
    const said = await left.page.locator('[data-step=results]').innerText();
    assert.equal(/I would like to try/.test(said) && /The other would like to try/.test(said), mode === 'everything');
    assert.deepEqual(await left.suggested(), await right.suggested());
    for (const [page, foreign] of [[pages[0], codes[1]], [pages[1], codes[0]]]) {
      const found = await traces(page);
      const all = JSON.stringify([found, await page.content(), await page.title(), page.url()]);
      for (const text of [foreign, foreign.replace(' ', '')]) assert.ok(!all.includes(text), 'the other’s code is still there');
      assert.deepEqual(found.fields.filter((field) => field !== 'mode'), []);
      assert.doesNotMatch(JSON.stringify(found.session), /often|choices/);
    }
  }));
}

test('a code that is too short, mistyped, swapped or of another guide is refused with a sentence of its own', () => readApart([first, 'both'], [second, 'both'], async (left, right, [page]) => {
  const code = (await right.code()).replace(' ', '');
  const { length } = await rulesOf(page);
  const foreign = await page.evaluate(() => {
    const rules = JSON.parse(document.getElementById('hearth--checklist').dataset.rules);
    return globalThis.hearth.code.encode({ ...rules, version: rules.version + 1 }, { levels: rules.items.map(() => 0), wishes: rules.options.map(() => false) }, 'both');
  });
  const tries = [[code.slice(1), `has ${length} characters`], ['', `has ${length} characters`], [`U${code.slice(1)}`, 'in no code'], [foreign, 'edition']];
  for (let i = 0; i < length; i++) {
    const wrong = code[i] === '7' ? '8' : '7';
    tries.push([code.slice(0, i) + wrong + code.slice(i + 1), 'mistyped']);
    if (i && code[i] !== code[i - 1]) tries.push([code.slice(0, i - 1) + code[i] + code[i - 1] + code.slice(i + 1), 'mistyped']);
  }
  for (const [typed, sentence] of tries) {
    await left.type(typed);
    assert.ok((await left.said()).includes(sentence), `${typed}: ${await left.said()}`);
    assert.equal(await left.step(), 'code');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'hearth--their-code');
  }
}));

test('the Enter key does what the button beside the code does', () => readApart([first, 'both'], [second, 'both'], async (left, right, [page]) => {
  await page.locator('#hearth--their-code').fill(await right.code());
  await page.keyboard.press('Enter');
  assert.equal(await left.step(), 'results');
}));

test('one’s own code is asked about once, because the other’s may be the very same', () => readApart([first, 'both'], [first, 'both'], async (left) => {
  await left.type(await left.code());
  assert.match(await left.said(), /the code of this device/);
  assert.equal(await left.step(), 'code');
  await left.press('compare-codes');
  assert.equal(await left.step(), 'results');
}));

test('two who agreed to different things see only what both noticed, and are told why', () => readApart([first, 'both'], [second, 'everything'], async (left, right) => {
  const codes = [await left.code(), await right.code()];
  await left.type(codes[1]);
  await right.type(codes[0]);
  assert.deepEqual(await left.tables(), await right.tables());
  assert.deepEqual((await left.tables()).map(({ caption }) => caption), ['You both noticed', 'You would both like to try']);
  for (const reader of [left, right]) assert.match(await reader.said(), /agreed to different things/);
}));

test('one’s own code is shown again after a reload, and entered only once one’s own answers are done', () => read(async (reader, visit) => {
  visit.isStill = false;
  await reader.begin('apart', 'both');
  assert.equal(await visit.page.locator('#hearth--their-code').isVisible(), false);
  await reader.fillIn(first);
  const code = await reader.code();
  await visit.page.reload();
  assert.deepEqual([await reader.step(), await reader.code()], ['code', code]);
}));
