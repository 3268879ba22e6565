// The copy of the guide that browsers keep: what it holds, that it is of one edition, what it asks for, and how it goes.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { betwixt, builtSite, pagesOf, temporaryFolder } from './support/site.mjs';
import { nearer, serveGuide, starter } from './support/author.mjs';
import { launch } from './support/browser.mjs';

const folder = builtSite();
const pages = pagesOf(folder);
const types = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', json: 'application/json' };
let browser;

before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** A host whose folder can be exchanged, that can be out of reach, and that remembers what was asked of it. */
async function host(first) {
  const state = { folder: first, isDown: false, asked: [], instead: {} };
  const server = http.createServer((request, response) => {
    if (state.isDown) return request.socket.destroy();
    let body = '';
    request.on('data', (part) => { body += part; }).on('end', () => {
      state.asked.push({ method: request.method, url: request.url, body });
      const { pathname } = new URL(request.url, 'http://localhost');
      const name = decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
      const file = path.join(state.folder, name);
      const bytes = state.instead[pathname] ?? (fs.existsSync(file) ? fs.readFileSync(file) : null);
      response.writeHead(bytes === null ? 404 : 200, { 'content-type': types[name.split('.').at(-1)] ?? 'text/plain', 'cache-control': name.endsWith('.html') ? 'no-cache' : 'max-age=600' });
      response.end(bytes ?? 'not here');
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return Object.assign(state, { origin, close: () => { server.closeAllConnections(); return new Promise((closed) => server.close(closed)); } });
}

/** A reader's browser at a host, with nothing kept yet. */
async function visit(work, first = folder) {
  const at = await host(first);
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  context.setDefaultTimeout(30_000);
  const open = async (url, page) => {
    const tab = page ?? await context.newPage();
    const response = await tab.goto(at.origin + url, { waitUntil: 'load' });
    return { page: tab, response };
  };
  try { await work({ at, context, open }); } finally { await context.close(); await at.close(); }
}

/** Waits until the copy is whole. */
const ready = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
const copies = (page) => page.evaluate(async () => ({ caches: (await caches.keys()).length, workers: (await navigator.serviceWorker.getRegistrations()).length }));
const edition = (page) => page.locator('#hearth--edition');
const update = (page) => page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()).then(() => null));

/** Builds a guide into a folder of its own. */
function build(guide, ...options) {
  const out = path.join(temporaryFolder('edition'), 'public');
  const built = betwixt(['build', '--root', guide.folder, '--output', out, ...options], '/');
  assert.equal(built.status, 0, built.stderr);
  return out;
}

/** *Nearer*, and the edition after it, in which two pages and the style sheet are others. */
function twoEditions() {
  const guide = nearer();
  const first = build(guide);
  guide.write('content/about.md', (text) => `${text}\nThe second edition is here.\n`);
  guide.write('content/start-here.md', (text) => `${text}\nThe second edition is here.\n`);
  guide.write('themes/nearer/assets/nearer.css', (css) => `${css}\n.second-edition { color: red; }\n`);
  return { first, second: build(guide) };
}

const isSecond = (page) => page.evaluate(() => ({
  text: document.body.textContent.includes('The second edition is here.'),
  sheet: [...document.styleSheets].some((sheet) => [...sheet.cssRules].some((rule) => rule.selectorText === '.second-edition')),
}));

/** Closes a page, and opens another until one is of the second edition: the former worker ends a moment after its last page. */
async function turn(open, url, page) {
  let last = page;
  for (let pages = 0; pages < 20; pages += 1) {
    await last.close();
    ({ page: last } = await open(url));
    if ((await isSecond(last)).text) return last;
  }
  return assert.fail('the second edition never showed');
}

test('after one visit every page opens without a connection, with all that it loads', () => visit(async ({ at, open }) => {
  const { page } = await open('/');
  await ready(page);
  at.isDown = true;
  const failed = [];
  // A picture for the tab that the next page came before is none of ours.
  page.on('requestfailed', (request) => { if (request.failure().errorText !== 'net::ERR_ABORTED') failed.push(request.url()); });
  for (const { url } of pages) {
    const { response } = await open(url, page);
    assert.equal(response.status(), 200, url);
    assert.ok(await page.evaluate(() => document.styleSheets.length > 0 && [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)), url);
  }
  assert.deepEqual(failed, []);
  await open('/signs', page);
  assert.equal(new URL(page.url()).pathname, '/signs/');
  const { response } = await open('/nothing/here/', page);
  assert.equal(response.status(), 503);
  assert.match(await edition(page).innerText(), /no connection/);
}));

test('the list of what is kept is that of the files that pages are made of', () => {
  const [line] = fs.readFileSync(path.join(folder, 'service-worker.js'), 'utf8').split('\n');
  const { files } = JSON.parse(line.replace('self.betwixtKept = ', '').replace(/;$/, ''));
  const published = fs.readdirSync(folder, { recursive: true }).filter((name) => fs.statSync(path.join(folder, name)).isFile());
  const wanted = published.filter((name) => /\.(html|css|js|svg|png|jpg|webp)$/.test(name) && !/^(search|assets\/social)\//.test(name) && name !== 'service-worker.js');
  assert.deepEqual(Object.keys(files).sort(), wanted.map((name) => name.replace(/(^|\/)index\.html$/, '$1')).sort());
});

test('it asks its own origin for listed files and for nothing else, and pages can send nothing through it', () => visit(async ({ at, open }) => {
  const { page } = await open('/');
  await ready(page);
  await open('/checklist/', page);
  await page.evaluate(() => navigator.serviceWorker.controller !== null || Promise.reject(new Error('no worker')));
  at.asked.length = 0;
  await page.evaluate(async () => {
    navigator.serviceWorker.controller.postMessage({ secret: 'we-quarrel' });
    await Promise.allSettled(['/about/?we-quarrel', '/we-quarrel'].map((url) => fetch(url, { method: 'POST', body: 'we-quarrel' })));
    await new Promise((done) => { const picture = new Image(); picture.onload = picture.onerror = done; picture.src = `${document.querySelector('link[rel=icon]').href}?we-quarrel`; });
  });
  await open('/about/?we-quarrel', page);
  await update(page);
  const asked = at.asked.filter(({ url }) => url !== '/service-worker.js');
  assert.deepEqual(asked, [], 'what is kept is shown without a question');
}));

test('its first visit asks for each listed file, by its plain address', () => visit(async ({ at, open }) => {
  const { page } = await open('/');
  await ready(page);
  const [line] = fs.readFileSync(path.join(folder, 'service-worker.js'), 'utf8').split('\n');
  const { files } = JSON.parse(line.replace('self.betwixtKept = ', '').replace(/;$/, ''));
  const listed = new Set([...Object.keys(files).map((name) => `/${name}`), '/service-worker.js', '/favicon.ico']);
  assert.deepEqual(at.asked.filter(({ method, url, body }) => method !== 'GET' || body !== '' || !listed.has(url)), []);
}));

test('a newer edition is told quietly, and shows once all pages are closed, whole', async () => {
  const { first, second } = twoEditions();
  await visit(async ({ at, open }) => {
    const { page } = await open('/about/');
    await ready(page);
    at.folder = second;
    await update(page);
    await page.waitForFunction(() => document.getElementById('hearth--edition').textContent !== '');
    assert.match(await edition(page).innerText(), /newer edition/);
    assert.deepEqual(await isSecond(page), { text: false, sheet: false }, 'what is open stays as it is');
    await open('/start-here/', page);
    assert.deepEqual(await isSecond(page), { text: false, sheet: false }, 'nor is what is opened beside it');
    const later = await turn(open, '/about/', page);
    assert.deepEqual(await isSecond(later), { text: true, sheet: true });
    at.isDown = true;
    await open('/signs/', later);
    assert.deepEqual(await isSecond(later), { text: false, sheet: true });
  }, first);
});

test('while another page of the guide is open, all pages stay of one edition', async () => {
  const { first, second } = twoEditions();
  await visit(async ({ at, open }) => {
    const { page } = await open('/');
    await ready(page);
    const { page: other } = await open('/checklist/');
    at.folder = second;
    await update(page);
    await other.waitForFunction(() => document.getElementById('hearth--edition').textContent !== '');
    for (const url of ['/about/', '/start-here/', '/practices/']) {
      await open(url, page);
      assert.deepEqual(await isSecond(page), { text: false, sheet: false }, url);
    }
    await other.close();
    const later = await turn(open, '/about/', page);
    assert.deepEqual(await isSecond(later), { text: true, sheet: true });
  }, first);
});

test('nobody’s half-filled form is loaded again', async () => {
  const { first, second } = twoEditions();
  await visit(async ({ at, open }) => {
    const { page } = await open('/');
    await ready(page);
    await open('/checklist/', page);
    await page.locator('[data-act=apart]').click();
    let loads = 0;
    page.on('load', () => { loads += 1; });
    at.folder = second;
    await update(page);
    await page.waitForFunction(() => document.getElementById('hearth--edition').textContent !== '');
    assert.equal(loads, 0);
  }, first);
});

test('a host that is half way between two editions gives no copy of either', async () => {
  const { first, second } = twoEditions();
  await visit(async ({ at, open }) => {
    const { page } = await open('/');
    await ready(page);
    const before = await copies(page);
    at.folder = second;
    at.instead['/about/'] = fs.readFileSync(path.join(first, 'about', 'index.html'));
    await update(page).catch(() => {});
    await page.evaluate(() => new Promise((done) => { const look = () => navigator.serviceWorker.getRegistration().then((one) => (one.installing ? setTimeout(look, 50) : done())); look(); }));
    await open('/start-here/', page);
    assert.deepEqual(await isSecond(page), { text: false, sheet: false });
    delete at.instead['/about/'];
    await page.waitForFunction(async () => {
      await navigator.serviceWorker.getRegistration().then((one) => one.update()).catch(() => {});
      return document.getElementById('hearth--edition').textContent !== '';
    }, null, { polling: 200 });
    const later = await turn(open, '/start-here/', page);
    assert.equal((await copies(later)).workers, before.workers);
  }, first);
});

test('who is not safe begins no copy, and leaves none behind', () => visit(async ({ open }) => {
  for (const url of ['/before-you-start/', '/checklist/']) {
    const { page } = await open(url);
    assert.deepEqual(await copies(page), { caches: 0, workers: 0 }, url);
    await page.close();
  }
  const { page } = await open('/');
  await ready(page);
  assert.deepEqual(await copies(page), { caches: 1, workers: 1 });
  await open('/before-you-start/', page);
  await page.getByRole('button', { name: /Take the copy away/ }).click();
  await page.waitForFunction(() => document.querySelector('#hearth--copy [role=status]').textContent !== '');
  assert.deepEqual(await copies(page), { caches: 0, workers: 0 });
}));

test('erasing the answers takes the copy, too, and the exit does', () => visit(async ({ at, open }) => {
  const { page } = await open('/');
  await ready(page);
  await open('/checklist/', page);
  await page.locator('[data-act=apart]').click();
  await page.locator('#erase').click();
  await page.waitForFunction(() => caches.keys().then((names) => names.length === 0));
  assert.deepEqual(await copies(page), { caches: 0, workers: 0 });
  await open('/', page);
  await ready(page);
  await open('/before-you-start/', page);
  await page.locator('#hearth--exit').click();
  at.instead['/blank/'] = '<!doctype html><title>blank</title>';
  const { page: later } = await open('/blank/');
  await later.waitForFunction(() => caches.keys().then((names) => names.length === 0));
  assert.deepEqual(await copies(later), { caches: 0, workers: 0 });
}));

test('a guide that keeps nothing takes away what a former edition kept', async () => {
  const guide = nearer();
  const first = build(guide);
  guide.write('site.toml', (text) => text.replace(/\[offline\]\nwhole_up_to = 5\n/, ''));
  const second = build(guide);
  await visit(async ({ at, open }) => {
    const { page } = await open('/');
    await ready(page);
    at.folder = second;
    await update(page);
    await page.waitForFunction(() => caches.keys().then((names) => names.length === 0));
    await open('/about/', page);
    await page.waitForFunction(() => navigator.serviceWorker.getRegistrations().then((all) => all.length === 0));
    assert.deepEqual(await copies(page), { caches: 0, workers: 0 });
    assert.equal(await edition(page).count(), 0);
  }, first);
});

test('of a large guide the pages that were opened are kept, from edition to edition', async () => {
  const guide = starter({});
  guide.write('site.toml', (text) => `${text}\n[offline]\nwhole_up_to = 0\n`);
  for (let number = 0; number < 600; number += 1) guide.write(`content/leaves/${number}.md`, `---\ntitle: Leaf ${number}\n---\nThe first edition.\n`);
  guide.write('content/leaves/_index.md', '---\ntitle: Leaves\n---\n');
  const first = build(guide);
  assert.ok(fs.existsSync(path.join(first, 'offline', '7.json')));
  guide.write('content/leaves/7.md', '---\ntitle: Leaf 7\n---\nThe second edition is here.\n');
  const second = build(guide);
  await visit(async ({ at, open }) => {
    const { page } = await open('/leaves/7/');
    await ready(page);
    for (const url of ['/leaves/7/', '/leaves/8/']) await open(url, page);
    at.isDown = true;
    for (const url of ['/', '/leaves/7/', '/leaves/8/']) assert.equal((await open(url, page)).response.status(), 200, url);
    const { response } = await open('/leaves/9/', page);
    assert.equal(response.status(), 503);
    at.isDown = false;
    at.folder = second;
    await open('/leaves/8/', page);
    await update(page);
    await page.waitForFunction(() => document.getElementById('hearth--edition').textContent !== '');
    const later = await turn(open, '/leaves/7/', page);
    at.isDown = true;
    await open('/leaves/7/', later);
    assert.equal((await isSecond(later)).text, true);
  }, first);
});

test('a guide that its author looks at is kept nowhere', async () => {
  const server = await serveGuide(nearer());
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.address}about/`);
  assert.deepEqual(await copies(page), { caches: 0, workers: 0 });
  assert.match(await (await page.request.get(`${server.address}service-worker.js`)).text(), /keeps nothing/);
  await context.close();
  await server.stop();
});
