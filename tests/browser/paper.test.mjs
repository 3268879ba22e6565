// The guide on paper, in A4 and Letter: what is printed, on how many pages, and in how much ink.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { all, attribute, builtSite, pagesOf, tag, temporaryFolder, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { forEach, launch, open } from './support/browser.mjs';
import { none } from './support/list.mjs';

const folder = builtSite();
const pages = pagesOf(folder);
const practices = pages.filter(({ kind }) => kind === 'practice');
const checklist = pages.find(({ url }) => url === '/checklist/');
const lines = all(checklist.tree, withClass('item')).map((item) => ({ text: text(all(item, tag('legend'))[0]), isWish: withClass('wish')(item) }));
const formats = ['A4', 'Letter'];
const shelf = temporaryFolder('paper');
let browser, server;

before(async () => {
  for (const tool of ['pdfinfo', 'pdftotext', 'pdftoppm']) if (spawnSync(tool, ['-v']).error) throw new Error(`there is no ${tool}: start the tests with tests/run, which installs poppler-utils`);
  server = await serve(folder);
  browser = await launch();
});
after(async () => { await browser?.close(); await server?.close(); });

/** Prints a page as a reader would, and reads the paper: its pages as text. */
async function print(url, format, { prepare = async () => {}, ...options } = {}) {
  const { page, close } = await open(browser, server.origin + url, options);
  await prepare(page);
  const file = path.join(shelf, `${url.replace(/\W+/g, '-')}${format}-${fs.readdirSync(shelf).length}.pdf`);
  await page.pdf({ path: file, format, tagged: true, outline: true, printBackground: options.colorScheme === 'dark' });
  await close();
  const info = run('pdfinfo', [file]);
  const count = Number(info.match(/Pages:\s+(\d+)/)[1]);
  const texts = Array.from({ length: count }, (_, i) => run('pdftotext', ['-raw', '-f', String(i + 1), '-l', String(i + 1), file, '-']));
  return { file, count, isTagged: /Tagged:\s+yes/.test(info), texts };
}

function run(tool, args) {
  const done = spawnSync(tool, args, { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

/** Text as it can be compared: no spaces, line ends, hyphens or ligatures. */
const plain = (words) => words.normalize('NFKC').replace(/[\s\u00ad\u2010-]/g, '');
const times = (whole, part) => plain(whole).split(plain(part)).length - 1;

/** How often each text stands whole on one page of the paper; a text that is split counts as none. */
const counts = (paper, texts) => texts.map((one) => paper.texts.reduce((sum, page) => sum + times(page, one), 0));

/** The paper as grey values, one picture a page: {width, height, values}. */
function pictures(file) {
  const prefix = file.replace('.pdf', '');
  run('pdftoppm', ['-gray', '-r', '40', file, prefix]);
  return fs.readdirSync(shelf).filter((name) => name.startsWith(path.basename(prefix) + '-') && name.endsWith('.pgm')).map((name) => {
    const bytes = fs.readFileSync(path.join(shelf, name));
    const [head, width, height] = bytes.toString('latin1').match(/^P5\s(\d+)\s(\d+)\s\d+\s/);
    return { width: Number(width), height: Number(height), values: bytes.subarray(head.length) };
  });
}

for (const format of formats) {
  test(`without scripts the checklist prints as a form on ${format}, every question once and whole`, async () => {
    const paper = await print('/checklist/', format, { javaScriptEnabled: false });
    assert.ok(paper.isTagged, 'not tagged');
    none(paper.texts.filter((page) => page.trim().length < 50), 'empty pages');
    const found = counts(paper, lines.map((line) => line.text));
    // A practice is named beside each sign that leads to it, too.
    none(lines.filter(({ isWish }, i) => (isWish ? found[i] < 1 : found[i] !== 1)).map(({ text: words }) => `«${words}»`), 'lines lost, split or repeated');
  });

  test(`the sheet prints on at most two pages of ${format}: every sign on both sides of the fold, every practice once`, async () => {
    const paper = await print('/checklist/sheet/', format);
    assert.ok(paper.count >= 1 && paper.count <= 2, `${paper.count} pages`);
    none(paper.texts.filter((page) => page.trim().length < 50), 'empty pages');
    const found = counts(paper, lines.map((line) => line.text));
    none(lines.map((line, i) => ({ ...line, found: found[i] })).filter((line) => line.found !== (line.isWish ? 1 : 2)).map((line) => `«${line.text}» ${line.found} times`), 'lines lost, split or repeated');
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
    for (const [i, { width, height, values }] of pictures(paper.file).entries()) {
      const whites = values.reduce((sum, value) => sum + (value > 250 ? 1 : 0), 0);
      const ink = values.reduce((sum, value) => sum + 255 - value, 0) / values.length / 255;
      if (whites < 0.7 * values.length || ink > 0.15) wrong.push(`${url} page ${i + 1}: ${(100 * ink).toFixed(0)} % ink`);
      if ([0, width - 1, (height - 1) * width, height * width - 1].some((corner) => values[corner] !== 255)) wrong.push(`${url} page ${i + 1}: a corner is not white`);
    }
  }
  none(wrong, 'too much ink');
});

test('print on paper is large enough to read, and boxes to tick', async () => {
  for (const [url, words, boxes] of [['/checklist/', 'legend, .choices label, .safety', '.choices input'], ['/checklist/sheet/', '.said, .what, .how, dt', '.box']]) {
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
