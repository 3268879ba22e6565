// The guide as a book: on paper, in A4 and Letter, and on the screen.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { builtSite, pagesOf, all, attribute, tag, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch, open, sideways } from './support/browser.mjs';
import { none } from './support/list.mjs';
import { formats, needPoppler, pictures, print, smallerThan, times } from './support/paper.mjs';

const folder = builtSite();
const book = pagesOf(folder).find(({ url }) => url === '/book/');
const chapters = all(book.tree, withClass('chapter'));
const titles = chapters.map((chapter) => text(all(chapter, ({ tagName }) => /^h[23]$/.test(tagName))[0]));
let browser, server;
const papers = {};

before(async () => {
  needPoppler();
  server = await serve(folder);
  browser = await launch();
  for (const format of formats) papers[format] = await print(browser, `${server.origin}/book/`, format);
}, { timeout: 240_000 });
after(async () => { await browser?.close(); await server?.close(); });

for (const format of formats) {
  test(`no page of ${format} is empty, and there are as many as a book of its length has`, () => {
    const { texts, count, isTagged } = papers[format];
    assert.ok(isTagged, 'not tagged');
    assert.ok(count > 2 * titles.length - 12 && count < 4 * titles.length, `${count} pages for ${titles.length} chapters`);
    none(texts.flatMap((page, i) => page.trim().length < 60 ? [`page ${i + 1}: «${page.trim()}»`] : []), 'empty pages');
  });

  test(`on ${format} the cover comes first, then the contents with every chapter in order`, () => {
    const { texts } = papers[format];
    assert.ok(texts[0].includes('Nearer') && texts[0].includes('https://nearer.example/'), texts[0]);
    assert.equal(times(texts[0], 'Contents'), 0, 'the contents begin on a page of their own');
    const contents = texts.slice(1, texts.findIndex((page, i) => i > 1 && page.startsWith(titles[0]))).join('\n').replace(/\s+/g, ' ');
    const places = titles.map((title) => contents.indexOf(title));
    none(titles.filter((_, i) => places[i] < 0), 'chapters that the contents do not name');
    assert.deepEqual(places, [...places].sort((a, b) => a - b));
  });

  test(`on ${format} each chapter begins on a new page, in the order of the contents`, () => {
    const starts = titles.map((title) => papers[format].texts.findIndex((page, i) => i > 1 && startsWith(page, title)));
    none(titles.filter((_, i) => starts[i] < 0), 'chapters that do not begin a page');
    none(titles.filter((_, i) => i > 0 && starts[i] <= starts[i - 1]), 'chapters out of order');
  });

  test(`on ${format} no paragraph is lost`, () => {
    const paper = squeeze(papers[format].texts.join(''));
    const paragraphs = all(book.tree, tag('p')).filter((one) => !isScreen(one)).map((one) => squeeze(text(one)).slice(0, 60)).filter(Boolean);
    assert.ok(paragraphs.length > 500, `${paragraphs.length} paragraphs`);
    none(paragraphs.filter((words) => !paper.includes(words)), 'paragraphs lost');
  });

  test(`on ${format} nothing is smaller than 10 pt`, () => none(smallerThan(9.9, papers[format].file), 'small letters'));
}

/** A page begins with a title, or with the kind of the page above it. */
const startsWith = (page, title) => squeeze(page.split('\n').slice(0, 4).join('')).replace(/^(Sign|Practice)/, '').startsWith(squeeze(title));
const squeeze = (words) => words.normalize('NFKC').replace(/[\s\u00ad\u2010-]/g, '');
const isScreen = (one) => { for (let at = one; at; at = at.parentNode) if (at.tagName && /\b(screen|top|foot)\b/.test(attribute(at, 'class') ?? '')) return true; return false; };

test('links say the section that they lead to, and other sites their addresses', () => {
  const paper = squeeze(papers.A4.texts.join(''));
  const marks = all(book.tree, withClass('section-number')).map(text);
  assert.ok(marks.length > 100, `${marks.length} sections are named`);
  none(marks.filter((mark) => !/^\s*\(section \d+(\.\d+)*\)$/.test(mark)), 'other words');
  none(all(book.tree, (one) => attribute(one, 'data-address') !== null).map((one) => squeeze(attribute(one, 'data-address'))).filter((address) => !paper.includes(`‹${address}›`)), 'addresses that are not printed');
});

test('paper is white and dry, even from a dark screen with backgrounds on', async () => {
  const { file } = await print(browser, `${server.origin}/book/`, 'A4', { colorScheme: 'dark' });
  const wrong = pictures(file, { isGrey: true }).flatMap(({ values }, i) => {
    const ink = values.reduce((sum, value) => sum + 255 - value, 0) / values.length / 255;
    return ink > 0.15 ? [`page ${i + 1}: ${(100 * ink).toFixed(0)} % ink`] : [];
  });
  none(wrong, 'too much ink');
});

test('on the screen it never scrolls sideways, and asks for its own files alone', async () => {
  for (const width of [320, 1280]) {
    const { page, trouble, close } = await open(browser, `${server.origin}/book/`, { viewport: { width, height: 800 } });
    assert.equal(await sideways(page), null, `${width} px`);
    assert.deepEqual({ console: trouble.console, failed: trouble.failed, foreign: trouble.foreign }, { console: [], failed: [], foreign: [] });
    none(trouble.requests.filter((one) => !/^GET \/(book\/|assets\/[\w.-]+)$/.test(one)), 'requests');
    await close();
  }
});

test('the e-book is offered, and is there', () => {
  const offered = all(book.tree, tag('a')).filter((one) => attribute(one, 'type') === 'application/epub+zip').map((one) => attribute(one, 'href'));
  assert.deepEqual(offered, ['/nearer.epub']);
  const bytes = fs.readFileSync(path.join(folder, 'nearer.epub'));
  assert.equal(bytes.subarray(30, 58).toString('latin1'), 'mimetypeapplication/epub+zip');
});
