// The blank sheet and the notes to fold: on one leaf, in black and white, in any font, large enough, and with a grid that a pencil
// can follow to the same end as the screen.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { all, builtSite, pagesOf, root, tag, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { addStyle, launch, open, settle } from './support/browser.mjs';
import { none } from './support/list.mjs';
import { coloured, counts, fonts, fontsOf, formats, needPoppler, pictures, points, print, smallerThan, times, words } from './support/paper.mjs';
import { follow, readGrid } from './support/pencil.mjs';
import { hearth, plain } from '../scripts/support/load.mjs';

const folder = builtSite();
const pages = pagesOf(folder);
const SHEET = '/checklist/sheet/';
const signs = authored('signs');
const practices = authored('practices');
const notes = pages.find(({ tree }) => all(tree, withClass('notes-page')).length > 0);
let browser, server;

before(async () => { needPoppler(); server = await serve(folder); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

/** The pages of a kind as their author wrote them, in the guide's order. */
function authored(kind) {
  const place = path.join(root, 'content', kind);
  return fs.readdirSync(place).filter((name) => name.endsWith('.md') && name !== '_index.md').map((name) => {
    const front = fs.readFileSync(path.join(place, name), 'utf8').split(/^---$/m)[1];
    const line = (key) => front.match(new RegExp(`^${key}: (.*)$`, 'm'))?.[1];
    const leads = Array.from(front.matchAll(/- to: (\S+)\n(?: {4}.*\n?)*/g), ([entry, to]) => ({ to, weight: Number(entry.match(/weight: (\d)/)?.[1] ?? 1) }));
    return { id: name.slice(0, -3), order: Number(line('order')), title: line('title').replace(/'/g, '’'), statement: line('statement')?.replace(/'/g, '’'), minutes: Number(line('minutes')), leads };
  }).sort((a, b) => a.order - b.order);
}

/** What the scripts would suggest by. */
function rules(isHeld) {
  const practiceOf = (id) => practices.findIndex((practice) => practice.id === id);
  return {
    people: 2, wishes: 3,
    items: signs.map(({ id, leads }) => ({ id, leads: leads.map(({ to, weight }) => [practiceOf(to), weight]) })),
    options: practices.map(({ id, minutes }, i) => ({ id, time: minutes, both: isHeld[i] })),
  };
}

for (const format of formats) {
  for (const font of fonts) {
    test(`the sheet is both sides of one leaf of ${format} in ${font}, with every line on each half`, async () => {
      const paper = await print(browser, server.origin + SHEET, format, { font });
      assert.ok(fontsOf(paper.file).some((name) => name.startsWith(font.replace(/ /g, ''))), `there is no ${font}: start the tests with tests/run, which installs it`);
      assert.equal(paper.count, 2);
      assert.ok(paper.isTagged, 'not tagged');
      none(signs.filter(({ statement }) => times(paper.texts[0], statement) !== 2).map(({ statement }) => statement), 'signs lost, split or repeated');
      none(practices.filter(({ title }) => times(paper.texts[1], title) !== 2).map(({ title }) => title), 'practices lost, split or repeated');
      none(smallerThan(9, paper.file), 'too small');
      for (const side of [1, 2]) {
        const outer = words(paper.file, side);
        const [width, height] = format === 'A4' ? [210, 297] : [215.9, 279.4];
        none(outer.filter((word) => word.left < points(9.5) || word.right > points(width - 9.5) || word.top < points(9) || word.bottom > points(height - 9.5)).map((word) => word.text), `words in the margin of side ${side}`);
      }
    });
  }
}

test('each side of the sheet names the guide and the way to help, and the first one the care to take', async () => {
  const paper = await print(browser, server.origin + SHEET, 'A4');
  for (const side of paper.texts) {
    assert.match(side, /Nearer: https:\/\/nearer\.example\/\n|Nearer: https:\/\/nearer\.example\/ /);
    assert.match(side, /Where to find help: https:\/\/nearer\.example\/before-you-start\//);
  }
  assert.match(paper.texts[0].replace(/\s+/g, ' '), /If you are afraid of your partner/);
  assert.match(paper.texts[0], /Any line may stay empty/);
  assert.equal(times(paper.texts[0], 'Name'), 2);
  assert.equal(times(paper.texts[0], 'Date'), 2);
  for (const line of ['We try', 'Day and hour', 'Who begins', 'Words for “not tonight”', 'did it', 'partly', 'not this time']) assert.equal(times(paper.texts[1], line), 1, line);
});

test('the two halves of each side meet in the middle of the leaf, so that one fold serves both', async () => {
  for (const format of formats) {
    const { page, close } = await printed(format);
    const folds = await page.locator('.halves tbody .fold .box').evaluateAll((list) => list.map((element) => { const { left, right } = element.getBoundingClientRect(); return (left + right) / 2; }));
    const middle = await page.evaluate(() => document.documentElement.clientWidth / 2);
    assert.equal(folds.length, signs.length + practices.length);
    assert.ok(folds.every((fold) => Math.abs(fold - middle) < 2), `${format}: ${folds.map((fold) => (fold - middle).toFixed(1))}`);
    await close();
  }
});

test('boxes to tick are 5 mm, and drawn by their edges', async () => {
  const { page, close } = await printed('A4');
  const boxes = await page.locator('.box').evaluateAll((list) => list.map((element) => {
    const { width, height } = element.getBoundingClientRect();
    return { width, height, edge: parseFloat(getComputedStyle(element).borderTopWidth) };
  }));
  const millimetre = 96 / 25.4;
  assert.ok(boxes.length >= 5 * signs.length + 3 * practices.length, `${boxes.length} boxes`);
  none(boxes.filter(({ width, height, edge }) => Math.min(width, height) < 4.95 * millimetre || edge < 1).map(({ width, height }) => `${(width / millimetre).toFixed(2)} × ${(height / millimetre).toFixed(2)} mm`), 'small boxes');
  const cells = await page.locator('.grid tbody td.tick').evaluateAll((list) => list.map((element) => element.getBoundingClientRect().height));
  assert.ok(Math.min(...cells) >= 5 * millimetre, 'low cells in the grid');
  await close();
});

test('nothing on the sheet is cut or has a colour, from a dark screen neither', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const paper = await print(browser, server.origin + SHEET, 'Letter', { colorScheme });
    for (const picture of pictures(paper.file, { isGrey: false })) assert.equal(coloured(picture), 0, `${colorScheme}: in colour`);
  }
  const { page, close } = await printed('Letter');
  none(await cut(page, '.sheet *'), 'cut');
  await close();
});

test('on A5 the sheet says that it needs larger paper, on A4 and Letter it does not', async () => {
  for (const [format, expected] of [['A5', 1], ['A4', 0], ['Letter', 0]]) {
    const paper = await print(browser, server.origin + SHEET, format);
    assert.equal(times(paper.texts[0], 'needs larger paper: A4 or Letter'), expected, format);
  }
});

test('the print button prints', async () => {
  const { page, close } = await open(browser, server.origin + SHEET);
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await page.locator('#hearth--print').click();
  assert.equal(await page.evaluate(() => window.printed), true);
  await close();
});

// ---- The grid

test('a pencil that does what the three lines say comes to what the screen suggests, for all shared signs', async () => {
  for (const format of formats) {
    const paper = await print(browser, server.origin + SHEET, format);
    const grid = readGrid(words(paper.file, 2), 'Minutes');
    assert.deepEqual(grid.numbers, practices.map((_, i) => i + 1));
    assert.deepEqual(grid.times, practices.map(({ minutes }) => minutes));
    assert.equal(grid.rows.length, signs.length);
    assert.deepEqual(grid.letters, signs.map((_, i) => 'abcdefghijklmnopqrstuvwxyz'[i]));
    followAll(grid);
  }
});

test('the three lines say what the pencil does', async () => {
  const paper = (await print(browser, server.origin + SHEET, 'A4')).texts[1].replace(/\s+/g, ' ');
  assert.match(paper, /1\. First come the practices that we both ticked above, the lowest number first\./);
  assert.match(paper, /2\. Fewer than three\? Tick “both” beside the signs that we both noticed, and add up these rows, column by column\. The largest sum comes next; of equal sums the shorter time, then the lower number\. Columns with a star or no sum stay out\./);
  assert.match(paper, /3\. Still fewer, and we both want to go on\? Tick “one” beside the signs that just one of us noticed\. Add up these rows alone, and go on in the same way with what is left\./);
  assert.doesNotMatch(paper, /total|score|points/i);
});

test('a star on the sheet keeps a practice back as it is kept back on the screen', async () => {
  const paper = await print(browser, server.origin + SHEET, 'A4', { prepare: (page) => page.evaluate(() => {
    for (const number of [2, 9]) document.querySelectorAll('.grid thead th:not(.tick)')[number - 1].append('*');
  }) });
  const grid = readGrid(words(paper.file, 2), 'Minutes');
  assert.ok(grid.marks[1] && grid.marks[8]);
  followAll(grid);
});

/** Every set of signs that both noticed, with every fourth set of those that only one did, and a few wishes. */
function followAll(grid) {
  const known = rules(grid.marks);
  const isIn = (set) => signs.map((_, i) => Boolean(set >> i & 1));
  const wishes = [[[], []], [[2], [2]], [[6, 3], [3, 6]], [[9, 0, 4], [4, 1, 9]], [[7], [8]], [[1, 5, 6], [1, 5, 6]]];
  for (let shared = 0; shared < 2 ** signs.length; shared += 1) {
    for (const [mine, theirs] of wishes) {
      for (const alone of [0, (shared * 37 + 11) % 2 ** signs.length & ~shared]) {
        for (const mode of ['both', 'everything']) {
          const [both, one] = [isIn(shared), isIn(alone)];
          // Who noticed it alone, and how often, makes no difference.
          const levels = (who) => signs.map((_, i) => (both[i] ? 1 + (i + who) % 2 : one[i] && i % 2 === who ? 2 : 0));
          const person = (who, own) => ({ levels: levels(who), wishes: practices.map((_, i) => own.includes(i)) });
          const screen = plain(hearth.suggest.pick(known, person(0, mine), person(1, theirs), mode)).map(({ option }) => option + 1);
          const pencil = follow(grid, { wishes: mine.filter((i) => theirs.includes(i)).map((i) => i + 1), both, one, goesOn: mode === 'everything' });
          assert.deepEqual(pencil, screen, JSON.stringify({ shared, alone, mine, theirs, mode }));
        }
      }
    }
  }
}

// ---- The notes to fold

for (const font of fonts) {
  test(`each note is a quarter of A4 and of Letter when it is folded, and nothing is cut, in ${font}`, { skip: notes ? false : 'the site has no page of notes' }, async () => {
    for (const format of formats) {
      const paper = await print(browser, server.origin + notes.url, format, { font });
      none(smallerThan(9, paper.file), 'too small');
      const shown = counts(paper, practices.map(({ title }) => title));
      none(practices.filter((_, i) => shown[i] === 0).map(({ title }) => title), 'notes lost or split');
      const steps = all(notes.tree, withClass('folded')).map((note) => all(note, withClass('part')).flatMap((part) => all(part, tag('li')).map(text)));
      assert.ok(steps.every((list) => list.length > 3), 'a note without steps');
      none(steps.flat().filter((words) => times(paper.texts.join(' '), words) === 0), 'steps lost on paper');
      assert.equal(paper.count, Math.ceil(all(notes.tree, withClass('single')).length / 4 + all(notes.tree, withClass('folded')).filter((note) => !withClass('single')(note)).length / 2));
      for (const [i, { title }] of practices.entries()) {
        const side = paper.texts.findIndex((one) => times(one, title) > 0);
        assert.ok(side >= 0, `${i + 1}: ${title}`);
        assert.match(paper.texts[side].replace(/\s+/g, ' '), /afraid of your partner.*Where to find help: https:/);
      }
      const { page, close } = await printed(format, notes.url, font);
      none(await cut(page, '.folded'), 'cut');
      const millimetre = 96 / 25.4;
      const [width, height] = format === 'A4' ? [95, 138.5] : [97.95, 129.7];
      const sides = await page.locator('.folded').evaluateAll((list) => list.map((element) => ({ width: element.offsetWidth, height: element.offsetHeight, isSingle: element.classList.contains('single') })));
      assert.equal(sides.length, practices.length);
      assert.ok(sides.every((note) => note.width / (note.isSingle ? 1 : 2) <= (width + 0.2) * millimetre && note.height <= (height + 0.2) * millimetre), JSON.stringify(sides[0]));
      await close();
    }
  });
}

/** A page as its paper is laid out: without margins, as wide as what is printed. */
async function printed(format, url = SHEET, font = null) {
  const width = (format === 'A4' ? 190 : 195.9) * 96 / 25.4;
  const opened = await open(browser, server.origin + url, { viewport: { width: Math.floor(width), height: 900 } });
  if (font) await addStyle(opened.page, `:root { --old: "${font}" !important; }`);
  await opened.page.emulateMedia({ media: 'print' });
  await settle(opened.page);
  return opened;
}

/** What does not fit into its own box. */
function cut(page, selector) {
  return page.locator(selector).evaluateAll((list) => list.filter((element) => element.scrollWidth > element.clientWidth + 2 && element.clientWidth > 0 || element.scrollHeight > element.clientHeight + 2 && getComputedStyle(element).overflowY !== 'visible')
    .filter((element) => getComputedStyle(element).display !== 'inline')
    .map((element) => `${element.tagName} ${element.className}: «${element.textContent.trim().slice(0, 40)}» ${element.scrollWidth} in ${element.clientWidth}`));
}
