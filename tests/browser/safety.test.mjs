// The notes of safety can be seen on every page that must show one, in each theme that comes with the program: on screens of two sizes, in
// light and dark, and on paper. What a style sheet could do to them is done, and found by its name.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { builtSite, pagesOf, temporaryFolder, betwixt } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { addStyle, forEach, launch, open, removeStyles } from './support/browser.mjs';
import { starter } from './support/author.mjs';
import { lookAs, sights, whatHidesNotes } from './support/note.mjs';
import { none } from './support/list.mjs';

const folder = builtSite();
const whole = ['/checklist/', '/checklist/sheet/', '/checklist/cards/'];
let browser, server;

before(async () => { server = await serve(folder); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

/** The pages that must show a note: those of the kinds that ask for it, and the checklist in each of its forms. */
function careful(site) {
  const pages = pagesOf(site);
  const urls = [...whole, ...pages.filter(({ kind }) => ['sign', 'practice'].includes(kind)).map(({ url }) => url)];
  assert.deepEqual(urls.filter((url) => !pages.some((page) => page.url === url)), []);
  return urls;
}

async function assertSeen(origin, urls) {
  const complaints = [];
  await forEach(urls, async (url) => {
    const { page, close } = await open(browser, origin + url);
    for (const sight of sights) {
      await lookAs(page, sight);
      complaints.push(...(await whatHidesNotes(page)).map((what) => `${url} ${sight.name}: ${what}`));
    }
    await close();
  });
  none(complaints, 'notes of safety that cannot be seen');
}

test('in Nearer every note of safety can be seen, on the screen and on paper', async () => {
  const urls = careful(folder);
  assert.equal(urls.length, 21);
  await assertSeen(server.origin, urls);
});

test('in a guide with the plain theme every note of safety can be seen, on the screen and on paper', async () => {
  const guide = starter({ 'site.toml': (text) => text.replace('theme = "nearer"', 'theme = "hearth"'), 'content/before-you-start.md': (text) => text.replace('template: help\n', '') });
  const site = `${temporaryFolder('hearth')}/site`;
  const built = betwixt(['build', '--output', site], guide.folder);
  assert.equal(built.status, 0, built.stderr);
  const plain = await serve(site);
  try {
    const urls = careful(site);
    assert.ok(urls.length > whole.length + 2, 'signs and practices are among them');
    await assertSeen(plain.origin, urls);
  } finally { await plain.close(); }
});

// ---- What hides it is found

const all = ':is(.safety, .safety *)';
const ways = [
  ['.safety { display: none }', 'it is not displayed'],
  ['main { display: none }', 'it is not displayed'],
  ['.safety * { display: none }', 'it is not displayed'],
  ['.safety { content-visibility: hidden }', 'its content is skipped'],
  ['.safety { visibility: hidden }', 'it is invisible'],
  ['.safety { opacity: 0 }', 'it is see-through'],
  ['main, .safety { opacity: 0.3 }', 'it is see-through'],
  ['.safety { clip-path: inset(50%) }', 'it is clipped'],
  ['.safety { position: absolute; clip: rect(0 0 0 0) }', 'it is clipped'],
  [`${all} { font-size: 1px }`, 'it is too small'],
  ['.safety { transform: scale(0) }', 'it is too small'],
  ['.safety { block-size: 0; padding: 0; overflow: hidden }', 'it is cut off'],
  ['.safety { inline-size: 1px; block-size: 1px; padding: 0; overflow: auto }', 'it is cut off'],
  ['main { max-block-size: 1px; overflow: clip }', 'it is cut off'],
  ['.safety { text-indent: -999rem; overflow: visible }', 'it lies outside the page'],
  ['.safety { position: absolute; inset-inline-start: -999rem }', 'it lies outside the page'],
  ['.safety { position: fixed; inset-block-start: -99rem }', 'it lies outside the page'],
  [`${all} { color: var(--paper) }`, 'it has the colour of its ground'],
  ['.safety { background: var(--ink) }', 'it has the colour of its ground'],
  [`${all} { -webkit-text-fill-color: transparent }`, 'it has the colour of its ground'],
  ['body::after { content: ""; position: fixed; inset: 0; background: var(--paper); pointer-events: none }', 'it is covered'],
  ['.safety { position: relative; z-index: -1 } main { background: var(--paper) }', 'it is covered'],
  ['.safety { position: relative } .safety::after { content: ""; position: absolute; inset: 0; background: var(--paper) }', 'nothing of it is painted'],
  ['.safety { filter: opacity(0) }', 'nothing of it is painted'],
  ['.safety { mask-image: linear-gradient(transparent, transparent) }', 'nothing of it is painted'],
];

test('every way in which a style sheet can hide a note of safety is found by its name, on the screen and on paper', async () => {
  const wrong = [];
  const { page, close } = await open(browser, server.origin + '/checklist/');
  for (const sight of [sights[0], sights.at(-1)]) {
    await lookAs(page, sight);
    for (const [css, name] of ways) {
      await addStyle(page, css.replace(/\{[^}]*\}/g, (rules) => rules.replace(/(;| \})/g, ' !important$1')));
      const found = await whatHidesNotes(page);
      if (found.join() !== name) wrong.push(`${sight.name}, ${css}: ${found.join() || 'nothing'}`);
      await removeStyles(page);
    }
  }
  await close();
  none(wrong, 'not found by their names');
});

test('a note that is hidden only on paper, in the dark or in a small window is found there, and nowhere else', async () => {
  const conditions = { print: ({ media }) => media === 'print', 'screen and (prefers-color-scheme: dark)': ({ colorScheme }) => colorScheme === 'dark', 'screen and (max-width: 30em)': ({ width }) => width === 320 };
  const { page, close } = await open(browser, server.origin + '/checklist/sheet/');
  for (const [condition, holds] of Object.entries(conditions)) {
    await addStyle(page, `@media ${condition} { .safety { display: none !important } }`);
    for (const sight of sights) {
      await lookAs(page, sight);
      assert.deepEqual(await whatHidesNotes(page), holds(sight) ? ['it is not displayed'] : [], `${condition}, ${sight.name}`);
    }
    await removeStyles(page);
  }
  await close();
});
