// The search on the page of all pages, as readers use it, and what the page that is not there offers.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { all, attribute, builtSite, pagesOf, rawText, tag, temporaryFolder, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch, open, settle, sideways } from './support/browser.mjs';
import { none } from './support/list.mjs';
import { makeIndex } from '../scripts/support/index.mjs';
import { hearth } from '../scripts/support/load.mjs';

const folder = builtSite();
const pages = pagesOf(folder);
const byUrl = new Map(pages.map((page) => [page.url, page]));
const list = byUrl.get('/a-z/');
const entries = all(list.tree, withClass('letter')).flatMap((letter) => all(letter, tag('a')).map((link) => attribute(link, 'href')));
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser, server;

before(async () => { server = await serve(folder); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

/** Opens a page for one test, and closes it afterwards. */
async function at(url, work, options, origin = server.origin) {
  const visit = await open(browser, origin + url, options);
  try { await work(visit.page, visit); } finally { await visit.close(); }
}

const field = (page) => page.locator('#hearth--words');
const said = (page) => page.locator('#hearth--found').innerText();
const shown = (page) => page.locator('.letter li:visible > a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
const results = (page) => page.locator('.found li').evaluateAll((items) => items.map((item) => ({
  href: item.querySelector('a').getAttribute('href'), title: item.querySelector('a').textContent, kind: item.querySelector('.kind')?.textContent ?? '',
  heading: item.querySelector('.found-heading')?.textContent ?? '', sentence: item.querySelector('.found-sentence')?.textContent ?? '',
  marks: [...item.querySelectorAll('mark')].map((mark) => mark.textContent), inSentence: item.querySelectorAll('.found-sentence mark').length,
})));
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute('href'));

/** Types, and waits until the page says what it found. */
async function look(page, words) {
  await field(page).fill('');
  await field(page).pressSequentially(words);
  await page.waitForFunction(() => document.getElementById('hearth--found').textContent !== '');
  return results(page);
}

/** All that a page says, in small letters. */
const wordsOf = (href) => text(all(byUrl.get(href.split('#')[0]).tree, tag('main'))[0]).toLowerCase();

// ---- What is found

const parts = fs.readdirSync(path.join(folder, 'search'), { recursive: true }).filter((name) => name.endsWith('.js')).map((name) => {
  const [, part] = fs.readFileSync(path.join(folder, 'search', name), 'utf8').match(/^betwixtSearch\((.*)\);\n$/s);
  return JSON.parse(part);
});
const { lookup, rank, tokens, open: openIndex, isWithin } = hearth.search;
const index = openIndex(parts.find(({ part }) => part === 'words'));
const gather = (name, key) => Object.assign({}, ...parts.map((part) => part[key] ?? part.all?.[name] ?? {}));
const [groups, texts] = [gather('postings', 'groups'), gather('texts', 'pages')];
const keyOf = (form) => index.groups[index.forms.indexOf(form)];

/** The pages that a word finds, the first first. */
const findPages = (word) => rank(index, [lookup(index, word, true)], (group) => groups[index.forms[group]]).map(({ page }) => page);

/** Which forms of the guide stand on each page, by their groups; and which in its title. */
const groupsOn = Object.entries(texts).map(([page, [title, , , sections]]) => {
  const keys = (text) => tokens(text).map(({ form }) => keyOf(form));
  const heads = keys(`${title}\n${sections.map(([heading]) => heading).join('\n')}`);
  return { page: Number(page), heads: new Set(heads), all: new Set([...heads, ...keys(sections.map(([, , text]) => text).join('\n'))]) };
});

test('every word of the guide finds the pages that hold it: all of them if they are ten, and else those first that it is about', () => {
  const wrong = index.forms.filter((form) => {
    const found = findPages(form).slice(0, 10);
    const holding = groupsOn.filter(({ all }) => all.has(keyOf(form)));
    if (holding.length <= 10) return !holding.every(({ page }) => found.includes(page));
    const about = holding.filter(({ heads }) => heads.has(keyOf(form))).map(({ page }) => page);
    const first = found.slice(0, about.length);
    return found.length < 10 || !found.every((page) => holding.some((one) => one.page === page)) || !first.every((page) => about.includes(page));
  });
  assert.ok(index.forms.length > 1000, 'too few words');
  none(wrong, 'words');
});

test('a word with one letter wrong finds a page that holds the right one', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const wrong = index.forms.filter((form) => form.length >= 5 && /^[a-z]+$/.test(form)).filter((form, number) => {
    const holding = groupsOn.filter(({ all }) => all.has(keyOf(form))).map(({ page }) => page);
    const at = number % form.length;
    const typed = letters.map((letter) => form.slice(0, at) + letter + form.slice(at + 1)).find((word) => !index.forms.some((other) => other.startsWith(word)));
    if (holding.length > 10 || !typed || !isWithin(typed, form, 1)) return false;
    return !findPages(typed).slice(0, 20).some((page) => holding.includes(page));
  });
  none(wrong, 'words');
});


for (const [typed, held] of [['quarrel', 'quarrel'], ['afraid', 'afraid'], ['doctors', 'doctor'], ['lisening', 'listening'], ['QUARREL', 'quarrel'], ['quárrel', 'quarrel']]) {
  test(`“${typed}” leads to pages that hold “${held}”, and shows where`, () => at('/a-z/', async (page, { trouble }) => {
    const found = await look(page, typed);
    assert.ok(found.length > 0 && found.length <= 10, `${found.length} results`);
    const isHeld = ({ href }) => wordsOf(href).includes(held);
    assert.ok(found.slice(0, 3).some(isHeld), `none of the first has it: ${found.slice(0, 3).map(({ href }) => href)}`);
    const first = found.find(isHeld);
    assert.ok(first.marks.length > 0, 'nothing is marked');
    none(found.filter(({ title, sentence }) => !title.trim() || !sentence.trim()).map(({ href }) => href), 'results without a title or a sentence');
    none(found.filter(({ marks }) => marks.length === 0).map(({ href }) => href), 'results in which nothing is marked');
    assert.ok(found.some(({ inSentence }) => inSentence > 0), 'no sentence has a mark');
    none(found.filter(({ sentence }) => sentence.length > 240).map(({ href }) => href), 'long sentences');
    assert.match(await said(page), found.length === 1 ? /^1 page\.$/ : /^\d+ pages\.$/);
    assert.deepEqual(await shown(page), [], 'the list is still there');
    assert.deepEqual([trouble.console, trouble.failed, trouble.foreign], [[], [], []]);
  }));
}

test('a result leads to the page, or to the heading below which the word stands', () => at('/a-z/', async (page) => {
  const found = await look(page, 'quarrel');
  none(found.filter(({ href }) => !byUrl.get(href.split('#')[0])).map(({ href }) => href), 'links to no page');
  none(found.filter(({ href, heading }) => href.includes('#') !== Boolean(heading)).map(({ href }) => href), 'a heading without its anchor, or the other way round');
  for (const { href, heading } of found.filter((one) => one.heading)) {
    const target = all(byUrl.get(href.split('#')[0]).tree, (element) => attribute(element, 'id') === href.split('#')[1])[0];
    assert.ok(target && rawText(target).replace(/\s+/g, ' ').includes(heading), `${href} is not “${heading}”`);
  }
  const one = found.find(({ href }) => href.includes('#'));
  assert.ok(one, 'no result leads to a heading');
  await page.locator(`.found a[href="${one.href}"]`).click();
  await page.waitForURL(`**${one.href}`);
  assert.ok(await page.locator(`[id="${one.href.split('#')[1]}"]`).isVisible());
}));

test('a half word finds what begins with it; two words find pages that hold both', () => at('/a-z/', async (page) => {
  assert.ok((await look(page, 'quarr')).some(({ href }) => wordsOf(href).includes('quarrel')));
  const both = await look(page, 'afraid doctor');
  assert.ok(both.length > 0);
  assert.ok(wordsOf(both[0].href).includes('afraid') && wordsOf(both[0].href).includes('doctor'), both[0].href);
}));

test('ten results are shown, and ten more with each press', () => at('/a-z/', async (page) => {
  await look(page, 'you');
  const count = Number((await said(page)).match(/\d+/)[0]);
  assert.ok(count > 10, `only ${count} pages to test this with`);
  assert.equal((await results(page)).length, 10);
  for (let seen = 20; await page.locator('#hearth--more').isVisible(); seen += 10) {
    await page.locator('#hearth--more').click();
    const now = await results(page);
    assert.equal(now.length, Math.min(seen, count));
    assert.equal(await focused(page), now[seen - 10].href, 'the first new one has the focus');
  }
  const all = await results(page);
  assert.equal(all.length, count);
  assert.equal(new Set(all.map(({ href }) => href.split('#')[0])).size, count, 'a page is there twice');
}));

test('where nothing is found, the page says so and offers the nearest words and the sections', () => at('/a-z/', async (page) => {
  await look(page, 'quaxxel');
  assert.match(await said(page), /^No page has these words\. Nearest: .*quarrel/);
  assert.deepEqual(await page.locator('#hearth--instead a:visible').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), ['/signs/', '/practices/']);
  assert.equal(await page.locator('.found li').count(), 0);
  const buttons = page.locator('#hearth--nearest button');
  assert.ok(await buttons.count() <= 5);
  await page.getByRole('button', { name: 'quarrel', exact: true }).click();
  assert.equal(await field(page).inputValue(), 'quarrel');
  assert.equal(await focused(page), 'hearth--words');
  await page.waitForFunction(() => document.querySelectorAll('.found li').length > 0);
  await look(page, 'xyzzyqqq');
  assert.equal(await said(page), 'No page has these words.');
  assert.equal(await buttons.count(), 0);
}));

// ---- By keys, and aloud

test('the count is said politely, once the typing pauses', () => at('/a-z/', async (page) => {
  const status = page.locator('#hearth--found');
  assert.equal(await status.getAttribute('role'), 'status');
  await field(page).focus();
  await page.evaluate(() => {
    window.heard = [];
    new MutationObserver(() => window.heard.push(document.getElementById('hearth--found').textContent)).observe(document.getElementById('hearth--found'), { childList: true });
  });
  await field(page).pressSequentially('afraid', { delay: 60 });
  await page.waitForFunction(() => document.getElementById('hearth--found').textContent !== '');
  await page.waitForTimeout(600);
  const heard = (await page.evaluate(() => window.heard)).filter(Boolean);
  assert.equal(heard.length, 1, heard.join(' | '));
  assert.match(heard[0], /^\d+ pages?\.$/);
}));

test('Escape shows the list again, from the field and from a result', () => at('/a-z/', async (page) => {
  for (const from of ['field', 'result']) {
    await look(page, 'afraid');
    if (from === 'result') await field(page).press('ArrowDown');
    await page.keyboard.press('Escape');
    assert.equal(await field(page).inputValue(), '');
    assert.deepEqual(await shown(page), entries);
    assert.equal(await page.locator('.found li').count(), 0);
    assert.equal(await page.locator('#hearth--instead').isVisible(), false);
    assert.equal(await said(page), '');
    assert.equal(await focused(page), 'hearth--words');
  }
}));

test('arrows lead from the field to the results, from one to the next, and back; Enter follows', () => at('/a-z/', async (page) => {
  const found = await look(page, 'afraid');
  assert.ok(found.length > 2);
  const walk = [];
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowDown']) { await page.keyboard.press(key); walk.push(await focused(page)); }
  assert.deepEqual(walk, [found[0].href, found[1].href, found[0].href, 'hearth--words', found[0].href]);
  for (let i = 0; i < found.length + 2; i++) await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), found.at(-1).href, 'the last stays the last');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${found.at(-1).href}`);
}));

test('by Tab the results come after the field, one by one', () => at('/a-z/', async (page) => {
  const found = await look(page, 'quarrel');
  for (const { href } of found.slice(0, 3)) {
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), href);
  }
}));

test('every page has a way to the search, which has the focus there', async () => {
  const without = pages.filter((page) => !page.isRedirect).filter(({ tree }) => !all(tree, withClass('seek')).some((link) => attribute(link, 'href')?.endsWith('/a-z/#hearth--find')));
  none(without.map(({ url }) => url), 'pages without');
  await at('/signs/', async (page) => {
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 700 });
      const box = await page.getByRole('link', { name: 'Search', exact: true }).boundingBox();
      assert.ok(box.width >= 44 && box.height >= 44, `${box.width} × ${box.height} at ${width} px`);
    }
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    await page.waitForURL('**/a-z/#hearth--find');
    await page.waitForFunction(() => document.activeElement.id === 'hearth--words');
    // Once more on the page itself, where the address stays as it is.
    await page.evaluate(() => document.activeElement.blur());
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    await page.waitForFunction(() => document.activeElement.id === 'hearth--words');
  });
});

// ---- What nobody learns

test('what is typed enters no address, no history and no storage, and nothing is asked for but scripts of the index', () => at('/a-z/', async (page, { trouble }) => {
  const state = () => page.evaluate(() => [location.href, history.length, sessionStorage.length + localStorage.length + document.cookie.length, document.title]);
  const [before, asked] = [await state(), trouble.requests.length];
  assert.ok(!trouble.requests.some((request) => request.includes('/search/')), 'the index is asked for before anybody searches');
  await look(page, 'afraid');
  await look(page, 'quarel');
  await field(page).press('Enter');
  await settle(page);
  assert.deepEqual(await state(), before);
  const since = trouble.requests.slice(asked);
  none(since.filter((request) => !/^GET \/search\/(words\.js|(postings|texts)\/\d+\.js)(\?\w+)?$/.test(request)), 'other requests');
  assert.ok(since.length > 0);
  assert.equal(new Set(since).size, since.length, 'a file is asked for twice');
  none(since.filter((request) => /afraid|quarr?el/.test(request)), 'words in addresses');
}));

test('the query survives nothing: neither another visit nor a reload', () => at('/a-z/', async (page) => {
  await look(page, 'afraid');
  await page.reload();
  assert.equal(await field(page).inputValue(), '');
  assert.deepEqual(await shown(page), entries);
  await look(page, 'afraid');
  await page.goto(`${server.origin}/signs/`);
  await page.goto(`${server.origin}/a-z/`);
  assert.equal(await field(page).inputValue(), '');
  assert.deepEqual(await shown(page), entries);
}));

test('after the way back the field is empty and the list whole, or what it holds is searched', () => at('/a-z/', async (page) => {
  const found = await look(page, 'afraid');
  await page.locator('.found a').first().click();
  await page.waitForURL(`**${found[0].href}`);
  await page.goBack();
  await settle(page);
  const check = async () => {
    if (await field(page).inputValue()) await page.waitForFunction(() => document.querySelectorAll('.found li').length > 0);
    else assert.deepEqual(await shown(page), entries);
  };
  await check();
  // What a browser may put back by itself, before it says that the page is shown.
  await page.evaluate(() => {
    document.getElementById('hearth--words').value = 'quarrel';
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await page.waitForFunction(() => document.querySelector('.found mark')?.textContent.toLowerCase().startsWith('quarrel'));
}));

// ---- Without what it needs

test('the list is whole without scripts, and there is no box that does nothing', () => at('/a-z/', async (page) => {
  assert.deepEqual(await shown(page), entries);
  assert.equal(await page.locator('input').isVisible(), false);
}, { javaScriptEnabled: false }));

/** The site with some files of its index gone or changed. */
async function broken(change, work) {
  const copy = path.join(temporaryFolder('search'), 'site');
  fs.cpSync(folder, copy, { recursive: true });
  change(path.join(copy, 'search'));
  const own = await serve(copy);
  try { await at('/a-z/', work, {}, own.origin); } finally { await own.close(); }
}

test('without its index the search says so, and looks through the list', () => broken((search) => fs.rmSync(search, { recursive: true }), async (page) => {
  await look(page, 'thank');
  assert.match(await page.locator('#hearth--find-hint').innerText(), /could not be loaded/);
  const found = await shown(page);
  assert.ok(found.includes('/practices/say-thank-you/') && found.length < entries.length / 2);
  assert.match(await said(page), found.length === 1 ? /^1 page\.$/ : new RegExp(`^${found.length} pages\\.$`));
  await look(page, 'elephant');
  assert.deepEqual(await shown(page), []);
  assert.match(await said(page), /no page/i);
  assert.ok(await page.locator('#hearth--instead a').first().isVisible());
  await page.keyboard.press('Escape');
  assert.deepEqual(await shown(page), entries);
}));

// ---- A large guide, whose index is in parts

/** An index in parts of pages that are not there, in place of the guide's own. */
function inParts(search, change = (part) => part) {
  const names = ['apple', 'bread', 'cheese', 'date', 'egg', 'fig', 'grape', 'honey', 'ice', 'jam', 'kale', 'lemon', 'milk', 'nut'];
  const made = names.map((name, i) => ({ title: `About ${name}`, url: `/${name}/`, kind: 'food', sections: [{ text: `This is ${name}, and food.` }, { heading: 'More', anchor: 'more', text: `Of the ${names[(i + 1) % names.length]}.` }] }));
  fs.rmSync(search, { recursive: true });
  for (const [name, part] of Object.entries(makeIndex(made, { postings: 8, texts: 5 }))) {
    fs.mkdirSync(path.dirname(path.join(search, name)), { recursive: true });
    fs.writeFileSync(path.join(search, name), `betwixtSearch(${JSON.stringify(change(part))})`);
  }
}

test('of an index in parts, only what is needed is fetched, once each, and the page says what a host can see', () => broken((search) => inParts(search), async (page, { trouble }) => {
  const asked = () => trouble.requests.filter((request) => request.includes('/search/')).map((request) => request.replace('GET /search/', ''));
  assert.deepEqual(asked(), []);
  await field(page).focus();
  await page.locator('#hearth--seen').waitFor({ state: 'visible' });
  assert.deepEqual(asked(), ['words.js']);
  assert.match(await page.locator('#hearth--seen').innerText(), /\b8\b.*\b5\b.*not which word/);
  assert.deepEqual((await look(page, 'honey')).map(({ href }) => href), ['/honey/', '/grape/#more']);
  const first = asked();
  assert.ok(first.length <= 1 + 8 + 2 && first.length >= 3, first.join(', '));
  none(first.slice(1).filter((name) => !/^(postings|texts)\/\d+\.js\?[0-9a-f]{8}$/.test(name)), 'other files');
  await look(page, 'honey');
  assert.deepEqual(asked(), first, 'the same again asks for nothing');
  await look(page, 'food');
  assert.equal(await said(page), '14 pages.');
  await page.locator('#hearth--more').click();
  await page.waitForFunction(() => document.querySelectorAll('.found li').length === 14);
  assert.equal(new Set(asked()).size, asked().length, 'a file is asked for twice');
  assert.deepEqual([trouble.console, trouble.failed], [[], []]);
}));

test('a part of another edition is not used', () => broken((search) => inParts(search, (part) => (part.part === 'texts' ? { ...part, edition: 'ffffffff' } : part)), async (page) => {
  await look(page, 'thank');
  assert.equal(await page.locator('.found li').count(), 0);
  await look(page, 'honey');
  assert.match(await page.locator('#hearth--find-hint').innerText(), /could not be loaded/);
  assert.equal(await page.locator('.found li').count(), 0);
}));

test('from a file the search finds the same', async () => {
  const saved = path.join(temporaryFolder('saved'), 'site');
  fs.cpSync(folder, saved, { recursive: true });
  const file = path.join(saved, 'a-z/index.html');
  fs.writeFileSync(file, list.source.replace(/(href|src|data-search)="\/(?!\/)/g, '$1="../').replace(/href="\.\.\/"/g, 'href="../index.html"'));
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  const found = await look(page, 'quarrel');
  assert.ok(found.length > 0 && found.some(({ inSentence }) => inSentence > 0));
  await context.close();
});

test('a word of the guide that is a name of the language finds what it should', () => at('/a-z/', async (page, { trouble }) => {
  for (const word of ['constructor', 'hasownproperty', 'tostring', '__proto__']) await look(page, word);
  assert.deepEqual(trouble.console, []);
}));

// ---- The look of it

test('with results, axe finds nothing, light and dark, and nothing is wider than the window', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await at('/a-z/', async (page) => {
      await page.evaluate(axe);
      for (const words of ['afraid', 'quaxxel']) {
        await look(page, words);
        for (const width of [1280, 320]) {
          await page.setViewportSize({ width, height: 800 });
          await settle(page);
          const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], preload: false, rules: { 'target-size': { enabled: true } } }));
          none(violations.map((one) => `${words}, ${width} px, ${colorScheme}: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`), 'violations');
          assert.equal(await sideways(page), null);
        }
        await page.evaluate(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('html { font-size: 200% !important }'); document.adoptedStyleSheets = [sheet]; });
        assert.equal(await sideways(page), null, 'letters of twice the size');
        await page.evaluate(() => { document.adoptedStyleSheets = []; });
      }
    }, { colorScheme });
  }
});

test('in forced colours what is marked has the system’s own colours', () => at('/a-z/', async (page) => {
  await look(page, 'afraid');
  const [marked, ground] = await page.evaluate(() => ['.found mark', 'body'].map((selector) => getComputedStyle(document.querySelector(selector)).backgroundColor));
  assert.notEqual(marked, ground);
}, { forcedColors: 'active' }));

test('on paper the list is whole, whatever was searched, and the field is gone', () => at('/a-z/', async (page) => {
  await look(page, 'afraid');
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await shown(page), entries);
  for (const part of ['#hearth--find', '#hearth--results', '.seek']) assert.equal(await page.locator(part).isVisible(), false, part);
}));

// ---- The page that is not there

test('an address that is nearly right is answered with the nearest titles', async () => {
  for (const [url, wanted] of [['/signs/not-listning/', '/signs/not-listening/'], ['/say-thank-you', '/practices/say-thank-you/'], ['/a/b/keep-a-date.html', '/practices/keep-a-date/']]) {
    await at(url, async (page, { trouble }) => {
      await page.locator('#hearth--meant').waitFor({ state: 'visible' });
      const links = await page.locator('#hearth--meant a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
      assert.ok(links.includes(wanted) && links.length <= 5, `${url}: ${links}`);
      assert.deepEqual(trouble.failed.filter((one) => !one.endsWith(url)), []);
    });
  }
});

test('an address that is like nothing is answered with nothing of the kind', async () => {
  for (const url of ['/xqzzt/wvkkj/', '/123/', '/404.html']) {
    await at(url, async (page) => {
      await page.waitForLoadState('networkidle');
      await settle(page);
      assert.equal(await page.locator('#hearth--meant').isVisible(), false, url);
    });
  }
});
