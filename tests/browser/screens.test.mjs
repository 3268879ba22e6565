// Every screen of the checklist, by keyboard alone and by touch, in three sizes, light and dark: what can be seen, reached and hit.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { builtSite } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { addStyle, launch, open, removeStyles, settle, sideways } from './support/browser.mjs';
import { none } from './support/list.mjs';
import { Reader, hands, walkScreens, walkToCode } from './support/story.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const everything = { runOnly: { type: 'tag', values: levels }, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], preload: false };
const telephone = { width: 390, height: 844 };
const sizes = [{ width: 320, height: 640 }, telephone, { width: 1280, height: 900 }];
let browser, server;

before(async () => { server = await serve(builtSite()); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

/** Walks through all screens; `look` gives the complaints about one. */
async function walk(hand, options, look) {
  const visit = await open(browser, server.origin + '/checklist/', options);
  const { page, trouble } = visit;
  const reader = new Reader(page, hands[hand]);
  const complaints = [];
  const seen = [];
  const at = async (name) => { seen.push(name); complaints.push(...(await look(page, name)).map((complaint) => `${name}: ${complaint}`)); };
  await walkScreens(reader, at);
  await walkToCode(reader, at);
  complaints.push(...trouble.console, ...trouble.foreign, ...trouble.failed);
  await visit.close();
  assert.equal(seen.length, 12);
  return complaints;
}

// ---- What is looked at on each screen

/** One screen is shown, its heading has the focus, and one place at most says something: within that screen. */
function orientation(page, name) {
  return page.evaluate((isFirst) => {
    const wrong = [];
    const shown = [...document.querySelectorAll('[data-step]')].filter((step) => step.checkVisibility());
    if (shown.length !== 1) wrong.push(`${shown.length} screens at once`);
    const focused = document.activeElement;
    if (!isFirst && (focused.tagName !== 'H2' || focused.parentElement !== shown[0])) wrong.push(`the focus is on ${focused.outerHTML.slice(0, 80)}`);
    if (!isFirst && (focused.getBoundingClientRect().top < 0 || focused.getBoundingClientRect().bottom > innerHeight)) wrong.push('the heading is out of view');
    const statuses = [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')];
    if (statuses.filter((status) => status.parentElement === shown[0]).length !== 1) wrong.push('not one place that speaks');
    if (statuses.some((status) => status.textContent && !shown[0].contains(status))) wrong.push('something speaks elsewhere');
    if (!document.querySelector('#erase').checkVisibility()) wrong.push('nothing erases');
    if (document.getAnimations().length) wrong.push('something moves');
    return wrong;
  }, name === 'start');
}

/** The first control stands in the first screenful, both where the page was scrolled to and from its top. */
function firstControl(page) {
  return page.evaluate(() => {
    const controls = [...document.querySelectorAll('[data-step]:not([hidden]) :is(button, input, a.button)')].filter((control) => control.checkVisibility());
    const { top, bottom } = controls[0].getBoundingClientRect();
    const wrong = [];
    if (top < 0 || bottom > innerHeight) wrong.push(`the first control stands at ${top}–${bottom}`);
    if (bottom + scrollY > innerHeight) wrong.push(`from the top the first control ends at ${bottom + scrollY}`);
    return wrong;
  });
}

/** What is pressed is 44 px high, what is only a link in a line 24, and none lies over another. */
function targets(page) {
  return page.evaluate(() => {
    const wrong = [];
    const find = (selector) => [...document.querySelectorAll(selector)].filter((control) => control.checkVisibility());
    const rows = find('#hearth--checklist :is(button, a.button, label:has(input), summary, input:not(label input))');
    const links = find('#hearth--checklist :is(.about a, .picked-title a)');
    const all = [...rows, ...links].map((element) => ({ element, box: element.getBoundingClientRect(), least: rows.includes(element) ? 44 : 24 }));
    const name = (element) => element.outerHTML.slice(0, 60);
    for (const { element, box, least } of all) {
      const height = least === 24 ? Math.max(box.height, element.parentElement.getBoundingClientRect().height) : box.height;
      if (height < least || box.width < 24) wrong.push(`${name(element)} is ${box.width} × ${height}`);
    }
    for (const [i, one] of all.entries()) {
      for (const other of all.slice(i + 1)) {
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (width > 0.5 && height > 0.5) wrong.push(`${name(one.element)} lies over ${name(other.element)}`);
      }
    }
    return wrong;
  });
}

async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    const result = await page.evaluate((options) => window.axe.run(document, options), everything);
    if (result.passes.length === 0) found.push('axe looked at nothing');
    found.push(...result.violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.slice(0, 2).map((node) => node.html.slice(0, 100)).join(' | ')}`));
  }
  return found;
}

/** What is too wide as it is, and with letters of twice the size. */
async function sidewaysInBothSizes(page) {
  const found = [await sideways(page)];
  await addStyle(page, ':root { font-size: 200% !important; }');
  await settle(page);
  found.push(await sideways(page));
  await removeStyles(page);
  return found.filter(Boolean);
}

const looks = [orientation, targets, sidewaysInBothSizes, violations];

for (const size of sizes) {
  for (const hand of ['keyboard', 'touch']) {
    test(`by ${hand} at ${size.width} × ${size.height} every screen is found, reads well in light and dark, and has targets that can be hit`, async () => {
      const complaints = await walk(hand, { viewport: size, hasTouch: hand === 'touch', isMobile: hand === 'touch' }, async (page, name) => {
        const found = [];
        for (const look of hand === 'touch' ? looks : [orientation, targets]) found.push(...await look(page, name));
        if (size === telephone) found.push(...await firstControl(page));
        return found;
      });
      none(complaints, `at ${size.width} px by ${hand}`);
    });
  }
}

test('on a telephone the first control stands in the first screenful even when a great deal is shared', async () => {
  const { page, close } = await open(browser, server.origin + '/checklist/', { viewport: telephone });
  const reader = new Reader(page);
  const answers = Object.fromEntries(Array.from({ length: await page.locator('[data-item]').count() }, (_, i) => [i, 'often']));
  await reader.takeTurns({ answers, wishes: [0, 1, 2] }, { answers, wishes: [0, 1, 2] }, 'everything');
  none(await firstControl(page), 'results of those who share everything');
  await close();
});

test('in forced colours every choice has an edge, and what is chosen differs without colour', async () => {
  const { page, close } = await open(browser, server.origin + '/checklist/', { forcedColors: 'active' });
  const reader = new Reader(page);
  assert.ok(await page.locator('.ways button').first().evaluate((button) => parseFloat(getComputedStyle(button).borderTopWidth) >= 1));
  await reader.begin('turns');
  const item = page.locator('[data-item="0"]');
  const looks = async () => { await settle(page); return (await item.screenshot()).toString('base64'); };
  const pictures = [await looks()];
  for (const choice of ['not', 'sometimes', 'often', 'skip']) {
    await reader.answer({ 0: choice });
    await page.locator('[data-step="answers"] h2').focus();
    await page.mouse.move(0, 0);
    pictures.push(await looks());
  }
  assert.equal(new Set(pictures).size, 5);
  await close();
});

test('for readers who have set letters of twice the size, no screen of a small telephone is wider than it, and what is said covers no button', async () => {
  const { context, page, close } = await open(browser, server.origin + '/about/', { viewport: sizes[0] });
  const settings = await context.newCDPSession(page);
  await settings.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  await page.goto(server.origin + '/checklist/');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '32px');
  const reader = new Reader(page);
  const complaints = [];
  const look = async (name) => { const wide = await sideways(page); if (wide) complaints.push(`${name}: ${wide}`); };
  await walkScreens(reader, look);
  assert.match(await reader.said(), /^Erased/);
  await walkToCode(reader, look);
  const answers = { 0: 'often', 1: 'sometimes' };
  await reader.takeTurns({ answers, wishes: [0] }, { answers: { 1: 'often', 2: 'often' }, wishes: [1] }, 'everything');
  await look('results of those who share everything');
  none(complaints, 'too wide');
  const cells = await page.locator('#hearth--shared td').evaluateAll((list) => list.map((cell) => getComputedStyle(cell, '::before').content));
  assert.ok(cells.length === 6 && cells.every((content) => /answered (first|second): /.test(content)), 'a cell says whose it is');
  await close();
});

test('what is said stays in view on a long screen, once, and covers nothing that has the focus', async () => {
  const { page, close } = await open(browser, server.origin + '/checklist/', { viewport: telephone });
  const reader = new Reader(page, hands.keyboard);
  await reader.begin('turns');
  await reader.press('answered');
  await reader.wish([0, 1, 2]);
  assert.equal(await reader.said(), '');
  await page.locator('[data-suggested="4"] [data-wish]').focus();
  await page.keyboard.press(' ');
  await settle(page);
  assert.match(await reader.said(), /3 at most/);
  const [status, box] = await page.evaluate(() => ['[data-step="wishes"] [role=status]', ':focus'].map((selector) => document.querySelector(selector).getBoundingClientRect().toJSON()));
  assert.ok(status.top >= 0 && status.bottom <= telephone.height, 'out of view');
  assert.ok(box.bottom <= status.top, 'it covers what was pressed');
  await close();
});
