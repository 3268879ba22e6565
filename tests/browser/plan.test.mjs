// What is suggested, by the rule that a pencil can follow; one evening as a card and in a calendar; and how it was, afterwards.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { builtSite } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch } from './support/browser.mjs';
import { readChecklist, rulesOf } from './support/story.mjs';
import { none } from './support/list.mjs';
import { startRandom } from '../scripts/support/random.mjs';

let browser, server;

before(async () => { server = await serve(builtSite()); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

const read = (work, options) => readChecklist(browser, server, work, options);

// ---- What is suggested

const range = (length) => Array.from({ length }, (_, i) => i);

/** The rule, read as a person with a pencil reads it. `one` and `other` are the items that each noticed, as bits. */
function suggest(rules, [one, other], [oneWishes, otherWishes], mode) {
  const found = range(rules.options.length).filter((practice) => oneWishes.includes(practice) && otherWishes.includes(practice));
  const rounds = mode === 'everything' ? [one & other, one ^ other] : [one & other];
  for (const noticed of rounds) {
    const sums = rules.options.map((_, practice) => {
      let sum = 0;
      rules.items.forEach(({ leads }, item) => { for (const [to, weight] of leads) if (to === practice && (noticed >> item) & 1) sum += weight; });
      return sum;
    });
    const minutes = (practice) => rules.options[practice].time ?? Infinity;
    for (let sum = Math.max(...sums); sum > 0; sum--) {
      const alike = range(sums.length).filter((practice) => sums[practice] === sum && !rules.options[practice].both && !found.includes(practice));
      // The shortest first; of those that take as long, the one that the guide names first.
      while (alike.length) {
        const next = alike.reduce((best, practice) => (minutes(practice) < minutes(best) ? practice : best));
        found.push(alike.splice(alike.indexOf(next), 1)[0]);
      }
    }
  }
  return found.slice(0, 3);
}

test('for all that two people could have noticed, the page suggests what the rule says, with random wishes in both ways of agreeing', () => read(async (reader, { page }) => {
  const rules = await rulesOf(page);
  const random = startRandom();
  const count = 2 ** rules.items.length;
  const draw = () => random.draw(range(rules.options.length), random.below(rules.wishes + 1));
  // What is wished, for one pair in six or so; the others wish nothing.
  const wishes = range(10_000).map(() => [draw(), draw()]);
  const given = await page.evaluate(([pairs, size]) => {
    const data = JSON.parse(document.getElementById('hearth--checklist').dataset.rules);
    const shared = (bits, wished) => ({ levels: data.items.map((_, i) => (bits >> i) & 1), wishes: data.options.map((_, i) => wished.includes(i)) });
    const picks = [];
    for (let pair = 0; pair < size * size; pair++) {
      const [one, other] = pairs[pair % 7 === 0 ? Math.floor(pair / 7) % pairs.length : -1] ?? [[], []];
      for (const mode of ['both', 'everything']) {
        picks.push(globalThis.hearth.suggest.pick(data, shared(pair % size, one), shared(Math.floor(pair / size), other), mode).map(({ option }) => option).join());
      }
    }
    return picks;
  }, [wishes, count]);
  assert.equal(given.length, 2 * count * count);
  const wrong = [];
  given.forEach((picks, i) => {
    const pair = Math.floor(i / 2);
    const wished = (pair % 7 === 0 ? wishes[Math.floor(pair / 7) % wishes.length] : null) ?? [[], []];
    const mode = i % 2 ? 'everything' : 'both';
    const expected = suggest(rules, [pair % count, Math.floor(pair / count)], wished, mode).join();
    if (picks !== expected) wrong.push(`${pair % count} and ${Math.floor(pair / count)}, ${JSON.stringify(wished)}, ${mode}: ${picks} instead of ${expected}`);
  });
  none(wrong, 'suggestions that the rule does not make');
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
