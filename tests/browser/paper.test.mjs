// The guide on paper, in A4 and Letter: what is printed, on how many pages, and in how much ink.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { all, attribute, builtSite, pagesOf, tag, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { forEach, launch, open } from './support/browser.mjs';
import { none } from './support/list.mjs';
import { counts, formats, needPoppler, pictures, print as printed, smallerThan, times } from './support/paper.mjs';

const folder = builtSite();
const pages = pagesOf(folder).filter(({ isRedirect }) => !isRedirect);
// The pages of tags are alike: one of them is enough on paper.
const unlike = pages.filter(({ url }, i) => !url.startsWith('/tags/') || pages[i - 1]?.url === '/tags/');
const practices = pages.filter(({ kind }) => kind === 'practice');
const checklist = pages.find(({ url }) => url === '/checklist/');
const lines = all(checklist.tree, withClass('item')).map((item) => ({ text: text(all(item, tag('legend'))[0]), isWish: withClass('wish')(item) }));
let browser, server;

before(async () => { needPoppler(); server = await serve(folder); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

const print = (url, format, options) => printed(browser, server.origin + url, format, options);

for (const format of formats) {
  test(`without scripts the checklist prints as a form on ${format}, every question once and whole`, async () => {
    const paper = await print('/checklist/', format, { javaScriptEnabled: false });
    assert.ok(paper.isTagged, 'not tagged');
    none(paper.texts.filter((page) => page.trim().length < 50), 'empty pages');
    const found = counts(paper, lines.map((line) => line.text));
    // A practice is named beside each sign that leads to it, too.
    none(lines.filter(({ isWish }, i) => (isWish ? found[i] < 1 : found[i] !== 1)).map(({ text: words }) => `«${words}»`), 'lines lost, split or repeated');
  });

  test(`every practice prints on one page of ${format}, with all its steps`, async () => {
    const wrong = [];
    await forEach(practices, async ({ url, tree, h1 }) => {
      const paper = await print(url, format);
      const steps = all(all(all(tree, withClass('prose'))[0], tag('ol'))[0], tag('li')).map((step) => text(step).slice(0, 40));
      if (paper.count > 1) wrong.push(`${url} takes ${paper.count} pages`);
      if ([h1, ...steps].some((words) => times(paper.texts[0], words) === 0)) wrong.push(`${url} does not hold its steps together`);
    });
    none(wrong, 'practices on paper');
  });
}

test('paper is white and dry, even from a dark screen with backgrounds on', async () => {
  const wrong = [];
  for (const url of ['/', '/checklist/', '/checklist/sheet/', practices[0].url, '/before-you-start/']) {
    const paper = await print(url, 'A4', { colorScheme: 'dark' });
    for (const [i, { width, height, values }] of pictures(paper.file, { isGrey: true }).entries()) {
      const whites = values.reduce((sum, value) => sum + (value > 250 ? 1 : 0), 0);
      const ink = values.reduce((sum, value) => sum + 255 - value, 0) / values.length / 255;
      if (whites < 0.7 * values.length || ink > 0.15) wrong.push(`${url} page ${i + 1}: ${(100 * ink).toFixed(0)} % ink`);
      if ([0, width - 1, (height - 1) * width, height * width - 1].some((corner) => values[corner] !== 255)) wrong.push(`${url} page ${i + 1}: a corner is not white`);
    }
  }
  none(wrong, 'too much ink');
});

test('links print as numbers, and each address once behind them', async () => {
  const wrong = [];
  const linking = unlike.map((page) => ({ ...page, marks: all(page.tree, (element) => attribute(element, 'data-link') !== null), list: all(page.tree, withClass('addresses')).flatMap((section) => all(section, tag('li'))) }));
  for (const { url, marks, list, canonical } of linking) {
    const addresses = list.map(text);
    const used = new Set(marks.map((mark) => attribute(mark, 'data-link')));
    if (used.size !== addresses.length || new Set(addresses).size !== addresses.length) wrong.push(`${url}: ${used.size} numbers for ${addresses.length} addresses`);
    for (const mark of marks) {
      const whole = new URL(attribute(mark, 'href'), canonical).href;
      if (addresses[attribute(mark, 'data-link') - 1] !== whole.replace(/^(tel|mailto):/, '')) wrong.push(`${url}: ${whole} has another number`);
    }
  }
  // On paper, the checklist is its form alone.
  const some = linking.filter(({ url, marks }) => marks.length > 0 && url !== '/checklist/');
  assert.ok(some.length >= 20, `${some.length} pages with links in their text`);
  await forEach(some, async ({ url, marks, list }) => {
    // An address may run over two lines.
    const paper = (await print(url, 'A4')).texts.join('').replace(/\s+/g, '');
    for (const [i, address] of list.map(text).entries()) if (!paper.includes(`‹${i + 1}›${address}`)) wrong.push(`${url}: ${address} is not printed`);
    for (const i of list.keys()) {
      const asked = marks.filter((mark) => Number(attribute(mark, 'data-link')) === i + 1).length + 1;
      const found = paper.split(`‹${i + 1}›`).length - 1;
      if (found !== asked) wrong.push(`${url}: number ${i + 1} is printed ${found} times in place of ${asked}`);
    }
  });
  none(wrong, 'links on paper');
});

test('print on paper is large enough to read, and boxes to tick', async () => {
  for (const [url, words, boxes] of [['/checklist/', 'legend, .choices label, .safety', '.choices input'], ['/checklist/sheet/', '.halves th[scope=row], .said, .how li, .safety, .fill p', '.box']]) {
    const { page, close } = await open(browser, server.origin + url, { viewport: { width: 688, height: 900 }, javaScriptEnabled: false });
    await page.emulateMedia({ media: 'print' });
    const point = 96 / 72, millimetre = 96 / 25.4;
    const sizes = await page.locator(words).evaluateAll((list) => list.map((element) => parseFloat(getComputedStyle(element).fontSize)));
    assert.ok(sizes.length > 10 && Math.min(...sizes) >= 9.99 * point, `${url}: ${(Math.min(...sizes) / point).toFixed(1)} pt`);
    const sides = await page.locator(boxes).evaluateAll((list) => list.flatMap((element) => { const box = element.getBoundingClientRect(); return [box.width, box.height]; }));
    assert.ok(sides.length >= 36 && Math.min(...sides) >= 4 * millimetre, `${url}: boxes of ${(Math.min(...sides) / millimetre).toFixed(1)} mm`);
    await close();
  }
});

test('no page of the guide has letters under 9 pt', async () => {
  const wrong = [];
  await forEach(unlike, async ({ url }) => {
    // This font has no small capitals of its own: a browser makes them of small letters.
    const paper = await print(url, 'A4', { font: 'DejaVu Serif' });
    for (const run of smallerThan(9, paper.file)) wrong.push(`${url} ${run}`);
  });
  none(wrong, 'too small');
});

test('no page of the guide ends on a sheet that holds its foot alone', async () => {
  for (const format of formats) {
    const wrong = [];
    await forEach(unlike, async ({ url, tree }) => {
      const { count, texts } = await print(url, format);
      const foot = all(tree, tag('footer'))[0];
      const last = ['colophon', 'imprint'].reduce((rest, name) => rest.replace(text(all(foot, withClass(name))[0]), ''), texts.at(-1));
      if (count > 1 && last.trim().length < 60) wrong.push(`${url} ends with «${last.trim()}»`);
    });
    none(wrong, format);
  }
});

test('what is folded up on the screen is open on paper', async () => {
  const paper = await print('/before-you-start/', 'A4', { prepare: (page) => page.evaluate(() => {
    const folded = document.createElement('details');
    folded.innerHTML = '<summary>How this works</summary><p>Nothing leaves this device.</p>';
    document.querySelector('.prose').append(folded);
  }) });
  assert.equal(times(paper.texts.join(' '), 'Nothing leaves this device.'), 1);
});

test('paper says where it comes from, and leaves what only works on the screen there', async () => {
  const wrong = [];
  for (const url of ['/checklist/', '/checklist/sheet/', '/before-you-start/', practices[0].url]) {
    const whole = (await print(url, 'A4')).texts.join(' ');
    const address = text(all(pages.find((page) => page.url === url).tree, withClass('imprint'))[0]);
    if (times(whole, address) !== 1) wrong.push(`${url} does not name its address once`);
    if (times(whole, 'Reviewed') === 0) wrong.push(`${url} does not say when it was reviewed`);
    for (const words of ['Start here', 'Skip to content', 'Erase everything', 'Emergency exit', 'What links here', 'On this page']) {
      if (times(whole, words) > 0) wrong.push(`${url} prints «${words}»`);
    }
  }
  none(wrong, 'wrong furniture');
});

test('the safety note is printed with the checklist and with the sheet', async () => {
  for (const url of ['/checklist/', '/checklist/sheet/']) assert.match((await print(url, 'A4')).texts[0].replace(/\s+/g, ' '), /If you are afraid of your partner/);
});
