// The page for readers who are not safe: help comes first, each number is one tap away, and paper shows them all.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { all, attribute, builtSite, pagesOf, root, tag, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch, open, sideways } from './support/browser.mjs';
import { none } from './support/list.mjs';
import { formats, needPoppler, print } from './support/paper.mjs';

const url = '/before-you-start/';
const folder = builtSite();
const help = pagesOf(folder).find((page) => page.url === url);
const rows = rowsOf(fs.readFileSync(path.join(root, 'content/before-you-start.md'), 'utf8'));
let browser, server;

before(async () => { needPoppler(); server = await serve(folder); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

const address = () => server.origin + url;
const digits = (words) => words.replace(/[^\d+*#]/g, '');

/** The lines of the front matter, each a map from key to value. */
function rowsOf(source) {
  const list = source.split('\nhelplines:\n')[1].split('\n---\n')[0];
  return list.split(/^  - /m).slice(1).map((entry) => Object.fromEntries(entry.trim().split('\n').map((line) => {
    const [, key, value] = line.trim().match(/^(\w+): (.*)$/);
    return [key, value.startsWith('"') ? JSON.parse(value) : value];
  })));
}

/** What a link to call or to text shows and where it leads. */
function calls(tree) {
  return all(tree, tag('a')).filter((link) => /^(tel|sms):/.test(attribute(link, 'href') ?? '')).map((link) => {
    const shown = all(link, tag('strong'))[0] ?? link;
    return { href: attribute(link, 'href'), shown: text(shown) };
  });
}

test('the first number stands in the first screenful, on small telephones too', async () => {
  for (const viewport of [{ width: 390, height: 844 }, { width: 320, height: 640 }, { width: 1280, height: 800 }]) {
    const { page, close } = await open(browser, address(), { viewport });
    const first = await page.locator('a[href^="tel:"]').first().boundingBox();
    assert.ok(first.y > 0 && first.y + first.height <= viewport.height, `at ${viewport.width} px it ends at ${first.y + first.height}`);
    await close();
  }
});

test('emergency numbers come first, then lines for a crisis beside the words for it, then all lines by country, then the rest', () => {
  const order = ['id="hearth--emergency"', 'href="tel:', 'id="hearth--toc-title"', 'id="crisis"', 'href="tel:', 'id="helplines-intro"', 'class="country"', 'id="fear"', 'id="therapist"', 'id="doctor"', 'id="this-device"'];
  let at = 0;
  for (const mark of order) {
    const next = help.source.indexOf(mark, at);
    assert.ok(next > 0, `${mark} is out of order`);
    at = next + mark.length;
  }
  const lists = all(help.tree, withClass('numbers'));
  assert.equal(lists.length, 2);
  for (const [i, helps] of ['emergency', 'crisis'].entries()) {
    const asked = rows.filter((row) => row.helps === helps).flatMap(({ phone, phone_or, text_to }) => (phone ? [phone, phone_or] : [text_to]).filter(Boolean));
    assert.deepEqual(calls(lists[i]).map(({ shown }) => shown), asked);
  }
});

test('every number is a link that dials it and nothing else', () => {
  const found = calls(help.tree);
  none(found.filter(({ href, shown }) => digits(decodeURIComponent(href.replace(/^\w+:/, ''))) !== digits(shown) || !/^(tel|sms):\+?[\d*-]+$/.test(href)).map(({ href, shown }) => `${shown} leads to ${href}`), 'wrong numbers');
  const listed = all(help.tree, withClass('helpline')).flatMap(calls).map(({ shown }) => shown);
  assert.deepEqual(listed, rows.flatMap(({ phone, phone_or, text_to, whatsapp }) => [phone, phone_or, text_to, whatsapp].filter(Boolean)));
});

test('each country has the lines that the page’s source gives it, and each line says how it was seen', () => {
  const countries = [...new Set(rows.map(({ country }) => country))];
  const shown = all(help.tree, withClass('country')).map((country) => ({ name: text(all(country, tag('h3'))[0]), lines: all(country, withClass('helpline')) }));
  assert.deepEqual(shown.map(({ name, lines }) => [name, lines.length]), countries.map((name) => [name, rows.filter(({ country }) => country === name).length]));
  assert.equal(rows.length, 66);
  const lines = shown.flatMap((country) => country.lines);
  none(lines.filter((line) => !/^Seen (on|in) (the|one|two|a) /.test(text(all(line, withClass('seen'))[0]))).map(text), 'lines that do not say how they were seen');
  none(lines.filter((line) => text(all(line, withClass('label'))[0]).length < 5).map(text), 'lines that do not say what they are for');
  assert.equal(text(help.tree).match(/have not rung/g).length, 1);
});

test('names in another language say so', () => {
  const local = rows.filter(({ name_local }) => name_local);
  assert.ok(local.length > 10 && local.every(({ lang }) => lang));
  const marked = all(help.tree, withClass('helpline')).flatMap((line) => all(line, tag('span'))).filter((one) => attribute(one, 'lang'));
  assert.deepEqual(marked.map((one) => [attribute(one, 'lang'), text(one)]), local.map(({ lang, name_local }) => [lang, name_local]));
});

test('on a telephone there is a list of what the page holds, and what is tapped is 44 px high', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, close } = await open(browser, address(), { viewport: { width: 390, height: 844 }, javaScriptEnabled });
    assert.ok(await page.locator('nav.toc').isVisible());
    assert.deepEqual(await page.locator('nav.toc a').evaluateAll((links) => links.filter((link) => !document.getElementById(link.hash.slice(1)))), []);
    for (const summary of await page.locator('summary').all()) await summary.click();
    const small = await page.locator('a[href^="tel:"], a[href^="sms:"], summary, nav.toc a').evaluateAll((list) => list
      .map((one) => ({ name: one.outerHTML.slice(0, 80), box: one.getBoundingClientRect() })).filter(({ box }) => box.height < 44 || box.width < 44).map(({ name, box }) => `${name} ${box.width} × ${box.height}`));
    none(small, 'small targets');
    await close();
  }
});

test('opened countries are not wider than a small telephone, with letters of twice the size either', async () => {
  const { context, page, close } = await open(browser, address(), { viewport: { width: 320, height: 640 } });
  const look = async () => { await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; })); return sideways(page); };
  assert.ok(!(await look()));
  const settings = await context.newCDPSession(page);
  await settings.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  await page.reload();
  assert.ok(!(await look()));
  await close();
});

for (const format of formats) {
  test(`${format} shows every line of every country, without scripts too`, async () => {
    for (const javaScriptEnabled of [true, false]) {
      const paper = (await print(browser, address(), format, { javaScriptEnabled })).texts.join(' ').replace(/\s+/g, '');
      const squeeze = (words) => words.replace(/\s+/g, '');
      none(rows.filter(({ name, phone, text_to }) => ![name, phone, text_to].filter(Boolean).every((words) => paper.includes(squeeze(words)))).map(({ country, name }) => `${country}: ${name}`), 'lines that are not printed');
      assert.equal(paper.match(/Seen(onthe|onone|ontwo|ina)/g).length, rows.length);
    }
  });
}

test('in forced colours each urgent number has an edge', async () => {
  const { page, close } = await open(browser, address(), { forcedColors: 'active' });
  none(await page.locator('.number-of a').evaluateAll((list) => list.filter((one) => parseFloat(getComputedStyle(one).borderTopWidth) < 1).map((one) => one.textContent)), 'without an edge');
  await close();
});
