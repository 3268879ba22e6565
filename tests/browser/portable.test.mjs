// The guide without a host: a folder opened from a stick, and the whole of it in one file.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { all, attribute, betwixt, builtSite, pagesOf, root, tag, temporaryFolder, text } from './support/site.mjs';
import { launch, settle, sideways } from './support/browser.mjs';

const site = builtSite();
const published = pagesOf(site);
let browser, folder, file;

before(async () => {
  const out = temporaryFolder('portable');
  folder = path.join(out, 'stick');
  for (const [flag, to] of [['--relative', folder], ['--single-file', path.join(out, 'one')]]) {
    const built = betwixt(['build', '--root', root, flag, '--output', to], '/', { SOURCE_DATE_EPOCH: '1795392000' });
    assert.equal(built.status, 0, built.stderr);
  }
  file = path.join(out, 'one', 'nearer.html');
  browser = await launch();
});
after(async () => { await browser?.close(); });

/** Opens something from the disk; every request that is not for that folder or file, and every error, is told. */
async function fromDisk(address, work, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const trouble = [], requests = [];
  page.on('console', (message) => { if (message.type() === 'error') trouble.push(message.text()); });
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(address, { waitUntil: 'load' });
  try { await work({ page, context, trouble, requests }); } finally { await context.close(); }
}

const at = (name) => pathToFileURL(path.join(folder, name)).href;
const one = (hash = '') => pathToFileURL(file).href + hash;
const nameOf = (url) => `${url.slice(1)}${url.endsWith('/') ? 'index.html' : ''}`;

/** The words of a page's main part, as the published page has them. */
const wordsOf = (page) => text(all(page.tree, tag('main'))[0]).replace(/\s+/g, ' ').trim();
const shownWords = (page) => page.evaluate(() => {
  const main = document.querySelector('main').cloneNode(true);
  return main.textContent.replace(/\s+/g, ' ').trim();
});

test('every link and every file that a page loads is a way to a file of the folder', () => {
  const names = ['href', 'src', 'action', 'poster'];
  for (const page of pagesOf(folder)) {
    const here = pathToFileURL(path.join(folder, nameOf(page.url)));
    for (const element of all(page.tree, () => true)) {
      for (const name of names) {
        const value = attribute(element, name);
        if (!value || /^(https?:|mailto:|tel:|sms:|data:|#)/.test(value) || element.tagName === 'use') continue;
        assert.ok(!value.startsWith('/'), `${page.url}: ${value}`);
        const target = new URL(value, here);
        assert.ok(fs.existsSync(decodeURIComponent(target.pathname)) && fs.statSync(decodeURIComponent(target.pathname)).isFile(), `${page.url}: ${value}`);
      }
    }
  }
});

test('a folder opened from a stick reads, searches and fills in', async () => {
  await fromDisk(at('index.html'), async ({ page, trouble }) => {
    await page.locator('header .seek').click();
    await page.waitForURL(/a-z\/index\.html#hearth--find$/);
    await page.locator('#hearth--words').fill('quarrel');
    await page.locator('.found a').first().click();
    await page.waitForURL(/index\.html/);
    assert.match((await shownWords(page)).toLowerCase(), /quarrel/);
    await page.goto(at('checklist/index.html'));
    await page.locator('[data-act=apart]').click();
    await settle(page);
    assert.deepEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length]), [0, 0]);
    assert.deepEqual(trouble, []);
  });
});

test('the folder’s pages look as on the web', () => fromDisk(at('signs/avoiding-touch/index.html'), async ({ page }) => {
  assert.ok(await page.evaluate(() => document.styleSheets.length >= 2));
  assert.equal(await sideways(page), null);
}));

test('one file holds every page, and asks for nothing', () => fromDisk(one(), async ({ page, trouble, requests }) => {
  for (const published_ of published) {
    if (all(published_.tree, tag('meta')).some((meta) => attribute(meta, 'http-equiv') === 'refresh')) continue;
    await page.evaluate((hash) => { location.hash = hash; }, published_.url);
    await page.waitForFunction((title) => document.title === title, text(all(published_.tree, tag('title'))[0]));
    await settle(page);
    assert.equal(await page.evaluate(() => document.querySelectorAll('main').length), 1, published_.url);
  }
  assert.deepEqual(requests.filter((url) => !url.startsWith('data:')), [one()]);
  assert.deepEqual(trouble, []);
}));

test('its links lead from page to page, to parts of pages, and back', () => fromDisk(one(), async ({ page }) => {
  const title = await page.title();
  await page.locator('main a[href^="#/signs/"]:not([href="#/signs/"])').first().click();
  await page.waitForFunction((former) => document.title !== former, title);
  const sign = await page.title();
  await page.goBack();
  await page.waitForFunction((former) => document.title === former, title);
  await page.goForward();
  await page.waitForFunction((former) => document.title === former, sign);
  const href = await page.locator('main a[href^="#/signs/"][href*="/#"]:visible').first().getAttribute('href');
  await page.locator(`main a[href="${href}"]:visible`).first().click();
  await settle(page);
  const id = href.split('#')[2];
  assert.ok(await page.evaluate((part) => { const box = document.getElementById(part).getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0; }, id), href);
  assert.equal(await page.title(), sign);
  await page.reload();
  assert.equal(await page.title(), sign);
}));

test('its search finds words, its checklist is filled in, and nothing is kept', () => fromDisk(one('#/a-z/'), async ({ page, trouble, requests }) => {
  await page.locator('#hearth--words').fill('afraid');
  await page.waitForFunction(() => document.querySelectorAll('.found a').length > 0);
  await page.locator('.found a').first().click();
  await page.waitForFunction(() => !document.querySelector('#hearth--words'));
  assert.match((await shownWords(page)).toLowerCase(), /afraid/);
  await page.evaluate(() => { location.hash = '/a-z/'; });
  await page.locator('#hearth--words').fill('listening');
  await page.waitForFunction(() => document.querySelectorAll('.found a').length > 0);
  await page.evaluate(() => { location.hash = '/checklist/'; });
  await page.locator('[data-act=apart]').click();
  await page.locator('input[name=mode][value=both]').check();
  await page.locator('[data-act=agreed]').click();
  await page.locator('.item').first().getByText('Often', { exact: true }).click();
  await settle(page);
  assert.deepEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length]), [0, 0]);
  assert.deepEqual(requests.filter((url) => !url.startsWith('data:') && url.split('#')[0] !== one()), []);
  assert.deepEqual(trouble, []);
}));

test('its policy lets nothing else run, and nothing be asked for, on whatever page', () => fromDisk(one('#/signs/'), async ({ page, requests }) => {
  await page.waitForFunction(() => document.querySelector('main'));
  const before = requests.length;
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.append('window.ran = true');
    document.body.append(script);
    const asked = await fetch('https://nearer.example/').then(() => true, () => false);
    return { ran: Boolean(window.ran), asked };
  });
  assert.deepEqual(ran, { ran: false, asked: false });
  assert.equal(requests.slice(before).filter((url) => !url.startsWith('data:')).length, 0);
}));

test('an address that leads nowhere says so', () => fromDisk(one('#/nothing/here/'), async ({ page }) => {
  await page.waitForFunction(() => document.querySelector('main h1'));
  assert.equal(await page.title(), text(all(published.find(({ url }) => url === '/404.html').tree, tag('title'))[0]));
}));

test('without scripts the whole text stands there', () => fromDisk(one(), async ({ page }) => {
  const shown = (await page.evaluate(() => document.body.textContent)).replace(/\s+/g, ' ');
  for (const url of ['/signs/avoiding-touch/', '/practices/talk-and-listen/', '/before-you-start/']) {
    const words = wordsOf(published.find((page) => page.url === url)).split(' ');
    assert.ok(words.filter((word) => shown.includes(word)).length >= 0.95 * words.length, url);
  }
}, { javaScriptEnabled: false }));
