// What is suggested, by the rule that a pencil can follow; one evening as a card and in a calendar; and how it was, afterwards.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { builtSite, root, temporaryFolder } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch } from './support/browser.mjs';
import { readChecklist, rulesOf, traces } from './support/story.mjs';
import { none } from './support/list.mjs';

let browser, server;

before(async () => { server = await serve(builtSite()); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

const read = (work, options) => readChecklist(browser, server, work, options);

// ---- What is suggested

/** The same in Rust: the names of items and practices, the wishes that were drawn, and what is suggested, line by line. */
function suggestInRust() {
  const file = path.join(temporaryFolder('suggested'), 'suggested.txt');
  const ran = spawnSync('cargo', ['test', '--locked', '--test', 'checklist', '--', '--nocapture'], { cwd: root, encoding: 'utf8', env: { ...process.env, BETWIXT_SUGGESTED: file } });
  assert.equal(ran.status, 0, ran.stderr);
  console.log(ran.stderr.match(/to run this again: .*/)[0]);
  const [head, ...lines] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  return { ...JSON.parse(head), lines };
}

/** What the page suggests, in the same order: for every pair of what two people can have noticed, in both modes, without and with wishes. */
function suggestOnPage(drawn) {
  const rules = JSON.parse(document.getElementById('hearth--checklist').dataset.rules);
  const shared = (bits, wished) => ({ levels: rules.items.map((_, i) => 2 * ((bits >> i) & 1)), wishes: rules.options.map((_, i) => wished.includes(i)) });
  const count = 2 ** rules.items.length;
  const lines = [];
  for (let pair = 0; pair < count * count; pair++) {
    for (const mode of ['both', 'everything']) {
      for (const [one, other] of [[[], []], drawn[pair % drawn.length]]) {
        const picked = globalThis.hearth.suggest.pick(rules, shared(pair % count, one), shared(Math.floor(pair / count), other), mode);
        lines.push(picked.map(({ option, reason, items }) => [option, reason, ...items].join(' ')).join(', '));
      }
    }
  }
  return lines.join('\n');
}

test('for all that two people could have noticed, in both ways of agreeing and with random wishes, the page suggests what Rust does, for the same reasons', () => read(async (reader, { page }) => {
  const rules = await rulesOf(page);
  const inRust = suggestInRust();
  const names = (list) => list.map(({ id }) => id);
  assert.deepEqual([names(rules.items), names(rules.options), inRust.wishes.length], [inRust.items, inRust.practices, 10_000]);
  const onPage = (await page.evaluate(suggestOnPage, inRust.wishes)).split('\n');
  const count = 2 ** rules.items.length;
  assert.deepEqual([onPage.length, inRust.lines.length], [4 * count * count, 4 * count * count]);
  const place = (i) => {
    const pair = Math.floor(i / 4);
    const wishes = i % 2 ? JSON.stringify(inRust.wishes[pair % inRust.wishes.length]) : 'no wishes';
    return `${pair % count} and ${Math.floor(pair / count)}, ${i % 4 < 2 ? 'both' : 'everything'}, ${wishes}`;
  };
  none(onPage.flatMap((line, i) => (line === inRust.lines[i] ? [] : [`${place(i)}: «${line}» on the page, «${inRust.lines[i]}» in Rust`])), 'suggestions that differ');
  // Every place and every reason occurs, else the test would be blind.
  assert.ok(['wish', 'both', 'one'].every((reason) => onPage.some((line) => line.includes(reason))));
  assert.deepEqual([...new Set(onPage.map((line) => (line ? line.split(', ').length : 0)))].sort(), [0, 1, 2, 3]);
}));

test('each suggestion has its reason in the guide’s words, and no screen shows a sum, a rank or a share', () => read(async (reader, { page }) => {
  const { items } = await rulesOf(page);
  const led = new Set(items.flatMap(({ leads }) => leads.map(([practice]) => practice)));
  const answers = Object.fromEntries(items.map((_, i) => [i, 'often']));
  await reader.takeTurns({ answers, wishes: [0] }, { answers, wishes: [0] }, 'everything');
  const reasons = await page.locator('#hearth--suggested > ol > li').evaluateAll((list) => list.map((line) => [...line.querySelectorAll('.because')].map((part) => part.textContent)));
  assert.equal(reasons.length, Math.min(3, led.size));
  assert.deepEqual(reasons[0], ['because you would both like it']);
  for (const lines of reasons.slice(1)) {
    assert.ok(lines.length > 0);
    for (const line of lines) assert.match(line, /^because you both noticed: .{10,}/);
  }
  const shown = await page.locator('[data-step=results]').innerText();
  assert.doesNotMatch(shown, /\d\s*%|\b(score|points?|percent|total|result|compatib\w*|match(es)?)\b/i);
  assert.equal(await page.locator('meter, progress, output').count(), 0);
}));

// ---- One evening

/** Two people choose the practice that both wish; says its title. */
const plan = async (reader, { page }, practice = 1) => {
  const wishes = [practice];
  await reader.takeTurns({ answers: { 0: 'often' }, wishes }, { answers: { 0: 'often' }, wishes }, 'both');
  await page.locator('#hearth--suggested button').first().click();
  return page.locator(`[data-suggested="${practice}"]`).getAttribute('data-title');
};

async function saveCalendar(page) {
  const coming = page.waitForEvent('download');
  await page.locator('#hearth--calendar').click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), 'utf8') };
}

test('the card of one evening says what, when and who begins, with the words for “not tonight”, and leaves lines for what is open', () => read(async (reader, visit) => {
  const { page } = visit;
  const title = await plan(reader, visit);
  const card = page.locator('#hearth--plan-card');
  assert.ok((await card.innerText()).includes(title));
  assert.equal(await card.locator('dd.line').count(), 2);
  await page.locator('#hearth--day').fill('2026-12-05');
  await page.locator('input[name=begins][value="2"]').check();
  const said = await card.innerText();
  for (const words of [title, 'Saturday', '5', 'December', 'Both together']) assert.ok(said.includes(words), `${words}: ${said}`);
  assert.match(said, /not tonight/i);
  assert.equal(await card.locator('dd.line').count(), 0);
}));

/** What the plan's screen and its card call the two, for each of the three who may begin. */
async function whoBegins(page) {
  const said = [];
  for (const who of [0, 1, 2]) {
    const choice = page.locator(`label:has(input[name=begins][value="${who}"])`);
    await choice.click();
    said.push([await choice.innerText(), await page.locator('#hearth--plan-card dd').nth(2).innerText()]);
  }
  return said;
}

const alike = (words) => words.map((word) => [word, word]);

test('who begins is said without a name: by turns by who answered first, on two devices by whose it is; and what is kept of it is a number', async () => {
  await read(async (reader, visit) => {
    visit.isStill = false;
    await plan(reader, visit);
    const said = alike(['Whoever answered first', 'Whoever answered second', 'Both together']);
    assert.deepEqual(await whoBegins(visit.page), said);
    const kept = JSON.stringify((await traces(visit.page)).session);
    for (const [word] of said) assert.ok(!kept.includes(word), kept);
    await visit.page.locator('#hearth--day').fill('2026-12-05');
    const { text } = await saveCalendar(visit.page);
    assert.doesNotMatch(text, /answered|together/i);
  });
  await read(async (reader, visit) => {
    visit.isStill = false;
    const person = { answers: { 0: 'often' }, wishes: [1] };
    await reader.begin('apart');
    await reader.fillIn(person);
    const own = await reader.code();
    await reader.type(own);
    await reader.press('compare-codes');
    await visit.page.locator('#hearth--suggested button').first().click();
    assert.deepEqual(await whoBegins(visit.page), alike(['I', 'The other', 'Both together']));
  });
});

test('the file for a calendar holds a title and a day, and nothing of the guide, the practice or the two people', () => read(async (reader, visit) => {
  const { page } = visit;
  const title = await plan(reader, visit);
  assert.equal(await page.locator('#hearth--calendar').isVisible(), false, 'no day, no file');
  await page.locator('#hearth--day').fill('2026-12-31');
  const { name, text } = await saveCalendar(page);
  assert.match(name, /^[a-z-]+\.ics$/);
  const lines = text.split('\r\n').map((line) => line.split(/[:;]/)[0]);
  assert.deepEqual(lines, ['BEGIN', 'VERSION', 'PRODID', 'BEGIN', 'UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY', 'TRANSP', 'CLASS', 'END', 'END', '']);
  assert.match(text, /DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:Our evening\r\n/);
  const { guide } = await rulesOf(page);
  for (const word of [guide, title, 'http', 'VALARM', 'betwixt', server.origin, await page.title()]) assert.ok(!text.toLowerCase().includes(word.toLowerCase()), word);
  assert.match(await page.locator('[data-step=plan]').innerText(), /calendar may send on/);
}));

test('the title in the calendar can be another, and whatever is typed stays within its line', () => read(async (reader, visit) => {
  const { page } = visit;
  await plan(reader, visit);
  await page.locator('#hearth--day').fill('2026-12-05');
  await page.locator('#hearth--calendar-title').fill('Tea; cake, and END:VEVENT');
  await page.locator('#hearth--calendar-title').press('Tab');
  const { text } = await saveCalendar(page);
  assert.match(text, /\r\nSUMMARY:Tea\\; cake\\, and END:VEVENT\r\n/);
  assert.equal(text.match(/^END:VEVENT/gm).length, 1);
}));

test('from the plan one comes back to what is shared, and may choose another', () => read(async (reader, visit) => {
  const { page } = visit;
  await plan(reader, visit);
  await reader.press('to-results');
  assert.equal(await reader.step(), 'results');
  const buttons = page.locator('#hearth--suggested button');
  await buttons.last().click();
  assert.equal(await reader.step(), 'plan');
}));

// ---- Afterwards

for (const outcome of ['did', 'partly', 'not-this-time']) {
  test(`afterwards, from the plan that was kept in the tab, the page asks how it was and what comes next: ${outcome}`, () => read(async (reader, visit) => {
    const { page } = visit;
    visit.isStill = false;
    const title = await plan(reader, visit);
    const suggested = await reader.suggested();
    await page.reload();
    await reader.press('look-back');
    assert.ok((await page.locator('#hearth--tried').innerText()).includes(title));
    assert.match(await page.locator('#hearth--back-from').innerText(), /still knows/);
    await reader.press(outcome);
    const headings = await page.locator('#hearth--next h3').allInnerTexts();
    assert.equal(headings.at(-1), 'Or talk about how it was');
    assert.equal(headings[0] === 'Another of the three', suggested.length > 1);
    assert.equal(await page.evaluate(() => document.activeElement.closest('#hearth--next')?.firstElementChild === document.activeElement), true);
    const others = await page.locator('#hearth--next .picked-title').allInnerTexts();
    assert.ok(!others.includes(title), 'not the same again');
    assert.doesNotMatch(await page.locator('[data-step=back]').innerText(), /\d|streak|score|well done/i);
    await page.locator('#hearth--next button').first().click();
    assert.equal(await reader.step(), 'plan');
    assert.equal(await page.locator('[data-act="to-results"]').isVisible(), false, 'nobody knows any more what was shared');
  }));
}

test('afterwards, without a plan that was kept, the card on paper remembers, and the page says so', () => read(async (reader, { page }) => {
  await reader.press('look-back');
  assert.match(await page.locator('#hearth--tried').innerText(), /Look at your card/);
  assert.match(await page.locator('#hearth--back-from').innerText(), /kept nothing/);
  await reader.press('partly');
  assert.deepEqual(await page.locator('#hearth--next h3').allInnerTexts(), ['Another one', 'Or talk about how it was']);
}));

test('who begins the checklist anew after an evening starts with nothing of the old one', () => read(async (reader, visit) => {
  const { page } = visit;
  visit.isStill = false;
  await plan(reader, visit);
  await page.reload();
  await reader.begin('turns', 'both');
  await reader.fillIn({ answers: { 0: 'often' } });
  await page.reload();
  assert.match(await reader.said(), /gone/, 'it says that the first answers are gone');
}));
