// What holds on every page of the built site, as its source says and as the browser shows it.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';
import { all, attribute, builtSite, elements, filesOf, meta, pagesOf, policyOf, rawText, tag } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { addStyle, forEach, launch, open, removeStyles, settle, sideways } from './support/browser.mjs';
import { none } from './support/list.mjs';

const folder = builtSite();
const pages = pagesOf(folder);
const read = pages.filter((page) => !page.isRedirect);
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const everything = { runOnly: { type: 'tag', values: levels }, rules: { 'target-size': { enabled: true } } };
const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
const views = [[1280, 'light', everything], [320, 'light', everything], [320, 'dark', colours], [1280, 'dark', colours]];
const seen = new Map();
let browser, server;

before(async () => {
  server = await serve(folder);
  browser = await launch();
  await forEach(read, async (page) => seen.set(page.url, await visit(page)));
}, { timeout: 200_000 });
after(async () => { await browser?.close(); await server?.close(); });

/** The complaints of all pages, each with its page's address. `find` gives a list for one visit. */
function complaints(find) {
  return read.flatMap((page) => find(seen.get(page.url), page).map((complaint) => `${page.url} ${complaint}`));
}

// ---- One visit of a page

async function visit({ url }) {
  const { page, trouble, response, close } = await open(browser, server.origin + url);
  const facts = { trouble, status: response.status() };
  facts.weight = weightOf(trouble.requests);
  facts.shift = await layoutShift(page);
  facts.words = await words(page);
  facts.line = await lettersInALine(page);
  facts.skip = await skipLink(page);
  facts.axe = await violations(page);
  facts.sideways = await sidewaysInEveryWay(page);
  await close();
  const plain = await open(browser, server.origin + url, { javaScriptEnabled: false });
  facts.wordsWithoutScripts = (await plain.page.locator('main').innerText()).split(/\s+/).length;
  await plain.close();
  return facts;
}

function words(page) {
  return page.evaluate(() => document.querySelector('main').innerText.split(/\s+/).length);
}

/** What a reader loads, packed as web hosts pack it. */
function weightOf(requests) {
  const files = requests.map((request) => request.split(' ')[1]).map((url) => path.join(folder, url.endsWith('/') ? url + 'index.html' : url));
  const bytes = files.filter((file) => fs.existsSync(file)).reduce((sum, file) => sum + zlib.gzipSync(fs.readFileSync(file)).length, 0);
  // The checklist has one script for each purpose, and they run from a file, too: no build joins them.
  return { requests: requests.filter((request) => !/\/checklist-\w+\.\w+\.js$/.test(request)).length, bytes };
}

function layoutShift(page) {
  return page.evaluate(() => new Promise((done) => {
    const sum = (list) => list.reduce((total, entry) => total + entry.value, 0);
    new PerformanceObserver((list) => done(sum(list.getEntries()))).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(0)));
  }));
}

/** The letters in a full line of the text, on average: of the paragraphs that fill more than one line. */
function lettersInALine(page) {
  return page.evaluate(() => {
    const lines = [...document.querySelectorAll('article > .prose > p')].map((paragraph) => {
      const range = document.createRange();
      range.selectNodeContents(paragraph);
      const tops = new Set([...range.getClientRects()].filter((box) => box.width > 40).map((box) => Math.round(box.bottom / 12)));
      return { letters: paragraph.innerText.length, lines: tops.size };
    }).filter((paragraph) => paragraph.lines > 3);
    if (lines.length === 0) return null;
    return lines.reduce((sum, one) => sum + one.letters, 0) / lines.reduce((sum, one) => sum + one.lines - 0.5, 0);
  });
}

async function skipLink(page) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute('href'), shown: box.left >= 0 && box.top >= 0 && box.width > 0 };
  });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const next = await page.evaluate(() => !document.querySelector('main :is(a, button, input)') || document.activeElement.closest('main') !== null);
  await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
  return { ...first, next };
}

async function violations(page) {
  await page.evaluate(axe);
  const found = [];
  for (const [width, colorScheme, rules] of views) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await settle(page);
    const result = await page.evaluate((options) => window.axe.run(document, options), { ...rules, resultTypes: ['violations'], preload: false });
    if (result.passes.length === 0) found.push(`at ${width} px, ${colorScheme}: axe looked at nothing`);
    for (const one of result.violations) found.push(`at ${width} px, ${colorScheme}: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
  }
  return found;
}

async function sidewaysInEveryWay(page) {
  const found = [];
  const look = async (how) => { const wide = await sideways(page); if (wide) found.push(`${how}: ${wide}`); };
  await page.setViewportSize({ width: 320, height: 700 });
  await look('at 320 px');
  await addStyle(page, '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  await look('at 320 px with wide text spacing');
  await removeStyles(page);
  await addStyle(page, 'html { font-size: 200% !important }');
  await page.setViewportSize({ width: 640, height: 800 });
  await look('with text twice as large');
  await page.setViewportSize({ width: 320, height: 640 });
  await look('at 320 px with text twice as large');
  return found;
}

// ---- The source

test('there are pages', () => assert.ok(read.length > 20, `only ${read.length} pages`));

test('every page is valid HTML', async () => {
  const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'], rules: { 'require-sri': ['error', { target: 'crossorigin' }], 'wcag/h32': 'off' } });
  const found = [];
  for (const page of pages) {
    const report = await validator.validateString(page.source, page.file);
    for (const { messages } of report.results) for (const one of messages) found.push(`${page.file}:${one.line} ${one.ruleId}: ${one.message}`);
  }
  none(found, 'mistakes in the HTML');
});

test('every page has one h1, and no heading skips a level', () => {
  none(read.flatMap(({ url, tree }) => {
    const levels = all(tree, (element) => /^h[1-6]$/.test(element.tagName)).map((element) => Number(element.tagName[1]));
    const found = levels.filter((level) => level === 1).length === 1 ? [] : [`${url} has not exactly one h1`];
    levels.reduce((before, level) => { if (level > before + 1) found.push(`${url} h${level} after h${before}`); return level; }, 0);
    return found;
  }), 'wrong headings');
});

test('every page says its language, and lets readers zoom', () => {
  none(pages.filter(({ tree }) => !attribute(all(tree, tag('html'))[0], 'lang')).map(({ url }) => url), 'pages without lang');
  none(pages.filter((page) => !/width=device-width/.test(meta(page, 'viewport')) || /user-scalable|maximum-scale/.test(meta(page, 'viewport'))).map(({ url }) => url), 'wrong viewport');
});

test('every page has a strict policy, before anything that it governs', () => {
  none(pages.flatMap((page) => {
    const policy = policyOf(page);
    const wanted = { 'default-src': "'none'", 'connect-src': "'none'", 'form-action': "'none'", 'base-uri': "'none'", 'script-src': "'self'", 'style-src': "'self'" };
    const wrong = Object.entries(wanted).filter(([name, value]) => policy[name] !== value).map(([name]) => `${page.url} ${name} is ${policy[name]}`);
    const at = page.source.search(/http-equiv="Content-Security-Policy"/i);
    if (page.source.slice(0, at).match(/<(script|link|style|base)\b/i)) wrong.push(`${page.url} the policy comes too late`);
    return wrong;
  }), 'weak policies');
});

test('no page has a script, a style or an event handler of its own', () => {
  none(pages.flatMap((page) => [...elements(page.tree)].flatMap((element) => {
    const isData = attribute(element, 'type') === 'application/ld+json';
    const found = [];
    if (element.tagName === 'style') found.push('a style element');
    if (element.tagName === 'script' && attribute(element, 'src') === null && !isData) found.push('a script without src');
    for (const { name } of element.attrs) if (name === 'style' || /^on/.test(name)) found.push(`${element.tagName}[${name}]`);
    return found.map((what) => `${page.url} ${what}`);
  })), 'inline code');
});

test('titles and descriptions are there, and unique', () => {
  const listed = pages.filter((page) => page.isListed);
  for (const key of ['title', 'description']) {
    none(listed.filter((page) => !page[key]?.trim()).map(({ url }) => url), `pages without a ${key}`);
    const values = listed.map((page) => page[key]);
    none(values.filter((value, i) => values.indexOf(value) !== i), `a ${key} more than once`);
  }
});

test('the canonical address of every page is its own', () => {
  const site = new URL(pages.find(({ url }) => url === '/').canonical);
  assert.equal(site.protocol, 'https:');
  none(pages.filter((page) => page.isListed && page.canonical !== new URL(page.url.slice(1), site).href)
    .map((page) => `${page.url} says ${page.canonical}`), 'wrong canonical addresses');
  none(pages.filter((page) => !page.isListed && !page.isRedirect && page.canonical).map(({ url }) => url), 'canonical although noindex');
});

test('the data for search engines is JSON, names its type, and agrees with the page', () => {
  none(pages.flatMap((page) => all(page.tree, (element) => attribute(element, 'type') === 'application/ld+json').flatMap((element) => {
    let data;
    try { data = JSON.parse(element.childNodes[0].value); } catch (error) { return [`${page.url} ${error.message}`]; }
    const wrong = [];
    if (data['@context'] !== 'https://schema.org') wrong.push('@context');
    if (!data['@type']) wrong.push('@type');
    // The page of the whole guide bears the guide's name.
    const isWhole = page.h1 === data.isPartOf?.name;
    if (page.isListed && data['@type'] === 'Article' && !isWhole && !page.h1.toLowerCase().includes(data.headline.toLowerCase())) wrong.push(`headline ${data.headline}`);
    if (page.isListed && data.url !== page.canonical) wrong.push(`url ${data.url}`);
    return wrong.map((what) => `${page.url} ${what}`);
  })), 'mistakes in JSON-LD');
  assert.ok(read.some((page) => page.source.includes('application/ld+json')));
});

test('no reader sees a straight quotation mark', () => {
  none(read.flatMap(({ url, tree }) => all(tree, tag('main')).flatMap((main) => {
    const prune = (node) => ['code', 'pre', 'script'].includes(node.tagName) ? '' : node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(prune).join('');
    return [...prune(main).replaceAll("'none'", '').matchAll(/.{0,25}["'].{0,25}/g)].map(([found]) => `${url} ${found}`);
  })), 'straight quotation marks');
});

test('no page shows what a template left behind', () => {
  none(read.flatMap(({ url, tree }) => [...rawText(all(tree, tag('body'))[0]).matchAll(/.{0,20}(\{\{|\{%|\bundefined\b|\bNaN\b|\[object|&amp;|&#\d+;|\{n\}).{0,20}/g)].map(([found]) => `${url} ${found}`)), 'leavings');
});

test('the theme mirrors itself for languages that run from right to left', () => {
  const physical = /(?:^|[;{\s])((?:margin|padding|border|inset)-(?:left|right)[\w-]*|(?:left|right)\s*:|(?:float|clear|text-align)\s*:\s*(?:left|right))/g;
  none(filesOf(folder).filter((file) => file.endsWith('.css')).flatMap((file) => [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(physical)].map((found) => `${file} ${found[1]}`)), 'physical sides');
});

// ---- In the browser

test('every page answers, without an error in the console', () => {
  none(complaints((facts, page) => facts.status === 200 ? [] : [`${page.url} ${facts.status}`]), 'wrong status');
  none(complaints((facts) => facts.trouble.console), 'errors in the console');
});

test('no request fails, and none leaves the site', () => {
  none(complaints((facts) => facts.trouble.failed), 'failed requests');
  none(complaints((facts) => facts.trouble.foreign), 'foreign requests');
});

test('the first Tab is the skip link, and it skips', () => {
  none(complaints(({ skip }) => [
    ...(skip.href === '#main' ? [] : [`the first Tab leads to ${skip.href}`]),
    ...(skip.shown ? [] : ['the skip link cannot be seen']),
    ...(skip.next ? [] : ['the Tab after it is not in the text']),
  ]), 'wrong skip links');
});

test('axe finds nothing: light and dark, at 320 and 1280 px', () => none(complaints((facts) => facts.axe), 'violations'));

test('no page scrolls sideways: at 320 px, with wide text spacing, with text twice as large, even at 320 px', () => none(complaints((facts) => facts.sideways), 'sideways'));

test('without scripts every page has at least four fifths of its words', () => {
  none(complaints((facts) => facts.wordsWithoutScripts >= 0.8 * facts.words && facts.wordsWithoutScripts > 8 ? [] : [`${facts.wordsWithoutScripts} of ${facts.words} words`]), 'words lost');
});

test('a page weighs at most 60 kB and 8 requests beside the small scripts of the checklist (the whole guide in one, twice that), and does not jump', () => {
  none(complaints(({ weight }, { url }) => weight.bytes <= (url === '/book/' ? 120_000 : 60_000) && weight.requests <= 8 ? [] : [`${weight.bytes} bytes, ${weight.requests} requests`]), 'heavy pages');
  none(complaints(({ shift }) => shift <= 0.05 ? [] : [`moved by ${shift}`]), 'jumping pages');
});

test('a line of text holds 45 to 80 letters', () => {
  none(complaints(({ line }) => line === null || (line >= 45 && line <= 80) ? [] : [`${line.toFixed(0)} letters`]), 'lines too short or too long');
  assert.ok([...seen.values()].some(({ line }) => line !== null));
});
