// What a reader meets on a page, and in which order: the text before its apparatus, one box of care, one way on; two voices that face
// each other; the map of all relations; and type that holds in any system's serif.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { all, attribute, builtSite, linksIn, pagesOf, tag, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { addStyle, forEach, launch, open, removeStyles, settle, sideways } from './support/browser.mjs';
import { none } from './support/list.mjs';
import { fonts, fontsOf, needPoppler, print, times } from './support/paper.mjs';

const folder = builtSite();
// The book holds all of them, and has tests of its own.
const pages = pagesOf(folder).filter(({ isRedirect, url }) => !isRedirect && url !== '/book/');
const ofKind = (kind) => pages.filter((page) => page.kind === kind);
const signs = ofKind('sign');
const practices = ofKind('practice');
const articles = pages.filter(({ tree }) => all(tree, tag('article')).length > 0);
const phone = { viewport: { width: 390, height: 844 } };
let browser, server;

before(async () => { needPoppler(); server = await serve(folder); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

/** What `look` finds wrong on each of these pages. */
async function complaints(list, options, look) {
  const wrong = [];
  await forEach(list, async (one) => {
    const { page, close } = await open(browser, server.origin + one.url, options);
    for (const complaint of await look(page, one)) wrong.push(`${one.url} ${complaint}`);
    await close();
  });
  return wrong;
}

// ---- The text comes first

test('on a telephone the first step of a practice comes within a screen and a half', async () => {
  assert.ok(practices.length >= 10);
  none(await complaints(practices, phone, async (page) => {
    const top = await page.locator('.prose ol > li').first().evaluate((step) => step.getBoundingClientRect().top);
    return top <= 1.5 * 844 ? [] : [`at ${Math.round(top)} px`];
  }), 'late steps');
});

test('on a telephone the text of a sign or a practice takes at least two fifths of its page', async () => {
  none(await complaints([...signs, ...practices], phone, async (page) => {
    const share = await page.evaluate(() => document.querySelector('.prose').getBoundingClientRect().height / document.documentElement.scrollHeight);
    return share >= 0.4 ? [] : [`${Math.round(100 * share)} %`];
  }), 'too much around the text');
});

test('sources are folded up on the screen and open by their citations', async () => {
  const citing = articles.filter(({ tree }) => all(tree, withClass('cite')).length > 0);
  assert.ok(citing.length >= 18);
  none(await complaints(citing, phone, async (page) => {
    const source = page.locator('.sources li[id^=source]').first();
    const wrong = await source.isVisible() ? ['unfolded'] : [];
    await page.evaluate(() => document.querySelectorAll('.studies').forEach((studies) => { studies.open = true; }));
    await page.locator('.cite a:visible').first().click();
    await settle(page);
    if (!await source.isVisible()) wrong.push('not opened by a citation');
    return wrong;
  }), 'sources');
});

test('sources are open on paper', async () => {
  for (const page of [signs[0], practices[0]]) {
    const whole = (await print(browser, server.origin + page.url, 'A4')).texts.join('');
    const sources = all(page.tree, withClass('source')).map(text);
    assert.ok(sources.length > 1);
    none(sources.filter((source) => times(whole, source.slice(0, 30)) === 0), `${page.url} does not print`);
  }
});

test('no page says twice that another leads to it', () => {
  none(articles.flatMap((page) => {
    const related = new Set(all(page.tree, withClass('edge')).map((edge) => attribute(all(edge, tag('a'))[0], 'href')));
    return all(page.tree, withClass('backlinks')).flatMap((list) => all(list, tag('a')).map((link) => attribute(link, 'href'))).filter((href) => related.has(href)).map((href) => `${page.url} ← ${href}`);
  }), 'named twice');
});

test('a page ends with one way on: from a sign to what may help most, from a practice to the checklist', () => {
  const ways = (page) => all(page.tree, withClass('onwards')).flatMap((nav) => all(nav, tag('a'))).map((link) => attribute(link, 'href'));
  const led = pages.filter(({ url, tree }) => !['/', '/404.html'].includes(url) && all(tree, withClass('sheet')).length === 0);
  assert.ok(led.length >= 38);
  none(led.filter((page) => ways(page).length !== 1).map((page) => `${page.url} ${ways(page).join(' ')}`), 'none or several');
  none(led.filter((page) => ways(page)[0] === page.url).map(({ url }) => url), 'pages that lead to themselves');
  none(signs.filter((page) => ways(page)[0] !== attribute(all(all(page.tree, withClass('edge'))[0], tag('a'))[0], 'href')).map(({ url }) => url), 'signs');
  none(practices.filter((page) => ways(page)[0] !== '/checklist/').map(({ url }) => url), 'practices');
  assert.deepEqual(ways(pages.find(({ url }) => url === '/checklist/')), ['/practices/']);
});

// ---- One box of care

test('a page has one box of care at most, and signs and practices have it before their text', async () => {
  none(await complaints(pages.filter(({ url, tree }) => url !== '/before-you-start/' && all(tree, withClass('sheet')).length === 0), phone, async (page, { kind, tree }) => {
    const boxes = await page.locator('.carebox, .safety, .callout-caution, .callout-warning').evaluateAll((list) => list.filter((box) => {
      const { borderInlineStartWidth, backgroundColor, display } = getComputedStyle(box);
      return box.checkVisibility() && display !== 'none' && (borderInlineStartWidth !== '0px' || backgroundColor !== 'rgba(0, 0, 0, 0)');
    }).map((box) => box.className));
    const wrong = boxes.length > 1 ? [boxes.join(' + ')] : [];
    if (!['sign', 'practice'].includes(kind)) return wrong;
    const order = await page.evaluate(() => document.querySelector('.carebox').compareDocumentPosition(document.querySelector('.prose')) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (boxes[0] !== 'carebox' || !order) wrong.push('no box before the text');
    const levels = all(all(tree, withClass('carebox'))[0], (element) => withClass('guard')(element) || withClass('safety')(element)).map((level) => text(level));
    if (levels.length > 2 || !/^Safety first\./.test(levels.at(-1)) || (levels.length === 2 && !/^Take care/.test(levels[0]))) wrong.push(`levels ${levels.join(' | ')}`);
    return wrong;
  }), 'boxes');
});

// ---- Two voices, two circles

test('the two sides of each sign face each other, and lie below each other on a telephone', async () => {
  assert.equal(signs.length, 8);
  const told = (sign) => ['letters', 'lists', 'talk'].filter((way) => all(sign.tree, (element) => withClass('voices')(element) && withClass(way)(element)).length);
  assert.deepEqual(signs.filter((sign) => told(sign).length).map((sign) => `${sign.url} ${told(sign)}`), ['/signs/little-in-common/ lists', '/signs/not-open/ talk', '/signs/uneven-sharing/ letters']);
  const places = (page) => page.locator('.voice').evaluateAll((list) => list.map((voice) => {
    const { left, right, top, bottom } = voice.getBoundingClientRect();
    return { left, right, top, bottom, edge: getComputedStyle(voice).borderTopColor, name: document.getElementById(voice.getAttribute('aria-labelledby')).textContent };
  }));
  none(await complaints(signs, {}, async (page) => {
    const [one, other, ...more] = await places(page);
    const wrong = more.length || !other ? ['not two'] : [];
    if (one.top !== other.top || one.right >= other.left) wrong.push('do not face each other');
    if (one.edge === other.edge || !one.name || one.name === other.name) wrong.push('cannot be told apart');
    await page.setViewportSize(phone.viewport);
    const [above, below] = await places(page);
    if (above.bottom > below.top) wrong.push('overlap on a telephone');
    return wrong;
  }), 'voices');
});

test('circles stand apart on signs; wherever they overlap beside a relation, words say what that means', async () => {
  none(await complaints([...signs, ...practices], {}, async (page, { kind }) => {
    const wrong = [];
    if (await page.locator('.folio').evaluate((folio) => folio.classList.contains('apart')) !== (kind === 'sign')) wrong.push('has the other figure');
    const edges = await page.locator('.edge').evaluateAll((list) => list.map((edge) => `${edge.querySelector('use').getAttribute('href')} ${edge.querySelector('.small')?.textContent.split(' · ')[0]}`));
    const means = { 'May fit': 1, Fits: 2, 'Fits best': 3 };
    for (const edge of edges) {
      const [, nearness, words] = /pair-(\d) (.*)/.exec(edge);
      if (means[words] !== Number(nearness)) wrong.push(edge);
    }
    return wrong;
  }), 'circles that mean nothing');
});

// ---- The map

test('the map holds every relation of the guide, with its reason, in the row of its sign and the column of its practice', () => {
  const map = pages.find(({ url }) => url === '/checklist/map/');
  const [table] = all(map.tree, tag('table'));
  const columns = all(table, (element) => element.tagName === 'th' && attribute(element, 'scope') === 'col').map((head) => attribute(all(head, tag('a'))[0], 'href'));
  assert.deepEqual([...columns].sort(), practices.map(({ url }) => url).sort());
  const reasons = new Map(all(map.tree, withClass('reasons')).flatMap((section) => {
    const sign = attribute(all(section, tag('a'))[0], 'href');
    return all(section, tag('li')).map((item) => [attribute(item, 'id'), { sign, practice: attribute(all(item, tag('a'))[0], 'href'), words: text(item) }]);
  }));
  const shown = all(table, tag('tbody')).flatMap((row) => all(row, tag('td')).flatMap((cell, column) => all(cell, tag('a')).map((link) => {
    const reason = reasons.get(attribute(link, 'href').slice(1));
    assert.equal(reason.practice, columns[column]);
    assert.equal(text(all(row, (element) => attribute(element, 'scope') === 'rowgroup')[0]), pages.find(({ url }) => url === reason.sign).h1);
    return reason;
  })));
  const said = signs.flatMap((sign) => all(sign.tree, withClass('edge')).map((edge) => ({ sign: sign.url, practice: attribute(all(edge, tag('a'))[0], 'href'), why: text(all(edge, withClass('why'))[0]) })));
  assert.ok(said.length >= 24);
  assert.equal(shown.length, said.length);
  none(said.filter(({ sign, practice, why }) => !shown.some((one) => one.sign === sign && one.practice === practice && one.words.endsWith(why))).map(({ sign, practice }) => `${sign} → ${practice}`), 'missing');
  for (const list of ['/signs/', '/practices/']) assert.ok(pages.find(({ url }) => url === list).links.includes(map.url), `${list} leads there`);
});

test('every cell of the map can be hit at 320 px', async () => {
  const { page, close } = await open(browser, server.origin + '/checklist/map/', { viewport: { width: 320, height: 800 } });
  const sizes = await page.locator('.matrix a').evaluateAll((list) => list.map((link) => link.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
  await close();
  assert.ok(Math.min(...sizes) >= 24, `${Math.min(...sizes)} px`);
});

// ---- Type

test('in each of three unlike serifs nothing runs out of the page, whatever its width and the size of its text', async () => {
  const looked = ['/', signs[0].url, '/signs/not-open/', practices[0].url, '/checklist/', '/checklist/map/', '/tags/', '/references/', '/a-z/', '/start-here/'].map((url) => ({ url }));
  for (const font of fonts) {
    const paper = await print(browser, server.origin + '/start-here/', 'A4', { font });
    assert.ok(fontsOf(paper.file).some((name) => name.startsWith(font.replace(/ /g, ''))), `there is no ${font}: start the tests with tests/run, which installs it`);
    none(await complaints(looked, {}, async (page) => {
      const wrong = [];
      for (const [width, size] of [[1280, 100], [390, 100], [320, 100], [320, 200]]) {
        await page.setViewportSize({ width, height: 800 });
        await addStyle(page, `:root { --old: "${font}" !important; } html { font-size: ${size}% !important; }`);
        await settle(page);
        const found = await sideways(page);
        if (found) wrong.push(`${width} px, ${size} %: ${found}`);
        await removeStyles(page);
      }
      return wrong;
    }), font);
  }
});

test('numerals beside titles are drawn, so that no font changes them', () => {
  const numbers = pages.flatMap(({ url, tree }) => all(tree, (element) => withClass('number')(element) || withClass('folio')(element)).map((element) => ({ url, element })));
  assert.ok(numbers.length > 50);
  none(numbers.filter(({ element }) => text(element)).map(({ url, element }) => `${url} ${text(element)}`), 'set in type');
  none(numbers.flatMap(({ url, element }) => all(element, tag('use')).map((use) => ({ url, name: attribute(use, 'href').slice(1) }))).filter(({ url, name }) => !pages.find((page) => page.url === url).ids.has(name)).map(({ url, name }) => `${url} ${name}`), 'not drawn');
});

test('no line begins with the number of a source', async () => {
  none(await complaints(articles.filter(({ tree }) => all(tree, withClass('cite')).length > 0), { viewport: { width: 320, height: 800 } }, (page) => page.locator('.prose .cite').evaluateAll((list) => list.filter((cite) => {
    const line = document.createRange();
    line.setStart(cite.previousSibling, Math.max(0, cite.previousSibling.length - 2));
    line.setEnd(cite.previousSibling, cite.previousSibling.length - 1);
    return line.getBoundingClientRect().bottom < cite.getBoundingClientRect().top;
  }).map((cite) => cite.parentElement.textContent.slice(0, 40)))), 'numbers alone');
});

test('a page loads at most 30,000 bytes of scripts', () => {
  const scriptsOf = (page) => all(page.tree, tag('script')).map((script) => attribute(script, 'src')).filter(Boolean).map((source) => path.join(folder, source));
  const whole = pagesOf(folder).filter(({ isRedirect }) => !isRedirect).map((page) => ({ url: page.url, bytes: scriptsOf(page).reduce((sum, file) => sum + fs.statSync(file).size, 0) }));
  assert.ok(whole.find(({ url }) => url === '/checklist/').bytes > 0);
  none(whole.filter(({ bytes }) => bytes > 30_000).map(({ url, bytes }) => `${url} ${bytes}`), 'too heavy');
});

test('a page loads at most 30,000 bytes of style sheets, and none that it has no use for', async () => {
  const sheetsOf = (page) => linksIn(page, 'stylesheet').map((href) => path.join(folder, href));
  const whole = pagesOf(folder).filter(({ isRedirect }) => !isRedirect);
  assert.ok(whole.some(({ url }) => url === '/book/'));
  none(whole.map((page) => ({ url: page.url, bytes: sheetsOf(page).reduce((sum, file) => sum + fs.statSync(file).size, 0) })).filter(({ bytes }) => bytes > 30_000).map(({ url, bytes }) => `${url} ${bytes}`), 'too heavy');
  none(await complaints(pages, {}, (page) => page.evaluate(() => [...document.styleSheets].filter((sheet) => {
    const rules = (list) => [...list].flatMap((rule) => (rule.selectorText ? [rule.selectorText] : rule.cssRules ? rules(rule.cssRules) : []));
    return !rules(sheet.cssRules).some((selector) => document.querySelector(selector.replace(/::?(before|after|marker|details-content)\b/g, '')));
  }).map((sheet) => sheet.href.split('/').at(-1)))), 'of no use');
});
