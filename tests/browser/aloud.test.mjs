// What a screen reader is given, by Chromium's accessibility tree: the names of groups, of what is ticked, and of a table's columns.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { all, builtSite, pagesOf, tag, text, withClass } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch, open } from './support/browser.mjs';
import { Reader } from './support/story.mjs';

const folder = builtSite();
const checklist = pagesOf(folder).find(({ url }) => url === '/checklist/');
const statements = all(checklist.tree, (element) => element.tagName === 'fieldset' && withClass('item')(element) && !withClass('wish')(element)).map((item) => text(all(item, tag('legend'))[0]));
let browser, server;

before(async () => { server = await serve(folder); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

/** The tree of what is read aloud, a line for each part, as it stands within what is around it. */
async function heard(page, within = 'main') {
  const tree = await page.locator(within).ariaSnapshot();
  return tree.split('\n').map((line) => line.trim().replace(/^- /, '').replace(/:$/, ''));
}

/** The lines of the tree that follow a line, up to the next that begins so. */
function below(lines, first) {
  const at = lines.indexOf(first);
  assert.ok(at >= 0, `${first} is not heard`);
  const [role] = first.split(' ');
  const end = lines.findIndex((line, i) => i > at && line.startsWith(`${role} `));
  return lines.slice(at + 1, end < 0 ? undefined : end);
}

test('each line of the checklist is a group that says what is asked, and each answer says what it is', async () => {
  const { page, close } = await open(browser, server.origin + '/checklist/');
  await new Reader(page).begin('turns');
  const lines = await heard(page);
  assert.ok(statements.length >= 8);
  for (const statement of statements) {
    const group = below(lines, `group "${statement}"`);
    const answers = group.filter((line) => /^(radio|checkbox) "/.test(line)).map((line) => line.replace(/ \[.*\]$/, ''));
    assert.deepEqual(answers, ['radio "Not noticed"', 'radio "Sometimes"', 'radio "Often"', 'radio "Skip"', 'checkbox "Keep this to myself"'], statement);
  }
  await close();
});

test('what both said is a table whose columns have heads', async () => {
  const { page, close } = await open(browser, server.origin + '/checklist/');
  const person = { answers: { 0: 'often', 2: 'sometimes' }, wishes: [0, 1] };
  await new Reader(page).takeTurns(person, { ...person, answers: { 0: 'often', 4: 'often' } }, 'everything');
  const lines = await heard(page);
  const table = lines.findIndex((line) => line.startsWith('table'));
  assert.ok(table >= 0, 'there is no table');
  const heads = lines.filter((line) => line.startsWith('columnheader "'));
  assert.ok(heads.length >= 2, `heads: ${heads}`);
  assert.ok(lines.some((line) => line.includes('cell') && line.includes(statements[0])) || lines.some((line) => line.startsWith(`rowheader "${statements[0]}`)), 'its first line is not heard');
  await close();
});

test('each page is heard as a banner, a main part and a foot, with one heading above all others', async () => {
  for (const url of ['/', '/signs/avoiding-touch/', '/practices/talk-and-listen/', '/before-you-start/', '/checklist/map/', '/claims/']) {
    const { page, close } = await open(browser, server.origin + url);
    const lines = await heard(page, 'body');
    for (const landmark of ['banner', 'main', 'contentinfo']) assert.equal(lines.filter((line) => line === landmark).length, 1, `${url}: ${landmark}`);
    assert.equal(lines.filter((line) => /^heading ".*" \[level=1\]/.test(line)).length, 1, `${url}: one first heading`);
    assert.ok(!lines.some((line) => /^(link|button|textbox|checkbox|radio|img)( \[.*\])?$/.test(line)), `${url}: something has no name`);
    await close();
  }
});
