// What the guide claims: each page shows its own claims in front, and the table of all claims is their union.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { builtSite, pagesOf, root } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { forEach, launch, open, settle } from './support/browser.mjs';

const strengths = {
  strong: 'Strong evidence that', fair: 'Fair evidence that', weak: 'Weak evidence that',
  contested: 'Studies disagree whether', none: 'No evidence that',
};
const noSource = 'No source: we looked, and found no study that shows it.';
const folder = builtSite();
const claimed = claimsOfPages();
let browser, server;

before(async () => { server = await serve(folder); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

/** The claims as their authors wrote them, with the address of their page: read line by line, without the program. */
function claimsOfPages() {
  const content = path.join(root, 'content');
  const files = fs.readdirSync(content, { recursive: true }).filter((file) => file.endsWith('.md'));
  return files.flatMap((file) => {
    const [, front] = fs.readFileSync(path.join(content, file), 'utf8').split('---\n');
    const [, below = ''] = front.split('\nclaims:\n');
    const entries = below.split(/\n(?=\S)/)[0].split(/^ {2}- /m).slice(1);
    return entries.map((entry) => {
      const keys = entry.trimEnd().split('\n').map((line) => line.trim().split(/: (.*)/).slice(0, 2));
      const { claim, strength, sources = '[]', change, note = '' } = Object.fromEntries(keys);
      return { page: `/${file.replace(/\.md$/, '')}/`, says: words(`${strengths[strength]} ${claim}. ${note}`), sources: sources.slice(1, -1).split(', ').filter(Boolean), change: words(change) };
    });
  });
}

/** Without curly quotes and spaces at the ends. */
function words(text) {
  return text.replace(/[’‘]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim();
}

/** Sorted, so that two lists are compared as sets in which nothing stands twice unseen. */
const sorted = (claims) => claims.map((claim) => JSON.stringify(claim)).sort();

test('the table holds the claims of all pages, each once, and nothing else', async () => {
  assert.ok(claimed.length > 40, `${claimed.length} claims`);
  const { page, close } = await open(browser, `${server.origin}/claims/`);
  const rows = await page.locator('.all-claims tr:has(td)').evaluateAll((all) => all.map((row) => {
    const [says, sources, change] = [...row.cells].map((cell) => cell.cloneNode(true));
    change.querySelector('.cell-label').remove();
    return {
      page: row.closest('tbody').querySelector('th a').getAttribute('href'),
      says: says.textContent,
      sources: [...sources.querySelectorAll('a')].map((link) => link.getAttribute('href').replace('/references/#ref-', '')),
      none: sources.textContent,
      change: change.textContent,
    };
  }));
  await close();
  assert.deepEqual(sorted(rows.map(({ none, ...row }) => ({ ...row, says: words(row.says), change: words(row.change) }))), sorted(claimed));
  for (const row of rows) assert.equal(words(row.none) === noSource, row.sources.length === 0, row.says);
  const listed = pagesOf(folder).find((one) => one.url === '/references/').ids;
  for (const key of rows.flatMap((row) => row.sources)) assert.ok(listed.has(`ref-${key}`), key);
});

test('each page shows its claims before anything is opened, says where there is no source, and leads to the table', async () => {
  await forEach([...new Set(claimed.map((claim) => claim.page))], async (address) => {
    const { page, close } = await open(browser, server.origin + address);
    const own = claimed.filter((claim) => claim.page === address);
    const shown = await page.locator('.claim-list > li').evaluateAll((all) => all.map((item) => ({
      says: item.querySelector('.claim').innerText,
      from: item.querySelector('.claim-sources').innerText,
      leads: [...item.querySelectorAll('.claim-sources a')].filter((link) => document.querySelector(link.getAttribute('href'))).length,
      sight: item.checkVisibility(),
    })));
    assert.deepEqual(shown.map((claim) => words(claim.says)), own.map((claim) => claim.says), address);
    for (const [at, claim] of shown.entries()) {
      assert.ok(claim.sight, `${address} ${claim.says}`);
      assert.equal(claim.leads, own[at].sources.length, `${address} ${claim.says}`);
      assert.equal(words(claim.from) === noSource, own[at].sources.length === 0, `${address} ${claim.says}`);
    }
    const folds = page.locator('details.studies');
    assert.deepEqual(await folds.evaluateAll((all) => all.map((fold) => fold.open)), (await folds.all()).map(() => false), address);
    assert.equal(await page.locator('.claims-title a').first().getAttribute('href'), '/claims/', address);
    assert.equal(await folds.locator('a[href^="/before-you-start/"]').count(), 0, `${address} folds the way to help away`);
    await page.emulateMedia({ media: 'print' });
    await settle(page);
    const inside = await folds.locator('> p:not(.claims-title), > ul:not(.claims-title + ul)').evaluateAll((all) => all.filter((part) => !part.checkVisibility({ contentVisibilityAuto: true }) || part.getClientRects().length === 0).length);
    assert.equal(inside, 0, `${address} hides studies on paper`);
    await close();
  });
});

test('on a narrow screen each part of a row says what it is', async () => {
  const { page, close } = await open(browser, `${server.origin}/claims/`, { viewport: { width: 320, height: 800 } });
  const labels = await page.locator('.all-claims td').evaluateAll((all) => all.map((cell) => cell.querySelector('.cell-label')?.checkVisibility() ?? null));
  assert.ok(labels.every((label) => label !== false), 'each label is seen');
  assert.ok(labels.filter(Boolean).length >= claimed.length);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320));
  await close();
});
