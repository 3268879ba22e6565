// What is suggested: three at most, by a rule that a pencil can follow, and that gives nothing away that is not shared.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { hearth, plain } from './support/load.mjs';
import { completeRules, randomMode, randomRules, randomShared, startRandom } from './support/random.mjs';

const { pick, fallback, lead } = hearth.suggest;
const random = startRandom();

/** Three items, and options of which the last asks for both to wish it. */
const rules = completeRules({
  items: [
    { id: 'listening', leads: [[0, 3], [1, 2]] },
    { id: 'in-a-hurry', leads: [[1, 1], [2, 3], [3, 3]] },
    { id: 'far-apart', leads: [[4, 3], [5, 3]] },
  ],
  options: [
    { id: 'ten-minutes', time: 20, both: false },
    { id: 'a-walk', time: null, both: false },
    { id: 'rest', time: 30, both: false },
    { id: 'thanks', time: 10, both: false },
    { id: 'a-letter', time: null, both: false },
    { id: 'touch', time: 5, both: true },
  ],
  wishes: 3, version: 1,
});
const shared = (levels, ...wishes) => ({ levels, wishes: rules.options.map((_, i) => wishes.includes(i)) });
const suggested = (one, other, mode) =>
  plain(pick(rules, one, other, mode)).map(({ option, reason, items }) => [rules.options[option].id, reason, ...items]);

test('what both wish comes first, in the guide\'s order, and needs no item', () => {
  assert.deepEqual(suggested(shared([0, 0, 0], 4, 1), shared([0, 0, 0], 1, 4, 2), 'both'), [['a-walk', 'wish'], ['a-letter', 'wish']]);
});

test('then the larger sum, and of equal sums the shorter time', () => {
  assert.deepEqual(suggested(shared([1, 2, 0]), shared([2, 1, 0]), 'both'),
    [['thanks', 'both', 1], ['ten-minutes', 'both', 0], ['rest', 'both', 1]]);
});

test('of equal sums, one without a time comes last', () => {
  const equal = completeRules({ ...rules, items: [{ id: 'listening', leads: [[0, 2], [1, 2], [2, 2], [4, 2]] }] });
  const noticed = { levels: [1], wishes: rules.options.map(() => false) };
  assert.deepEqual(plain(lead(equal, noticed)).map(({ option }) => option), [0, 2, 1, 4]);
});

test('how often something was noticed changes nothing', () => {
  for (const levels of [[1, 1, 0], [2, 1, 0], [2, 2, 0]]) {
    assert.deepEqual(suggested(shared(levels), shared([1, 1, 0]), 'both'), suggested(shared([1, 1, 0]), shared([1, 1, 0]), 'both'));
  }
});

test('what one noticed fills places that are free, if both agreed to show everything', () => {
  const one = shared([1, 0, 0]);
  const other = shared([1, 0, 2]);
  assert.deepEqual(suggested(one, other, 'both'), [['ten-minutes', 'both', 0], ['a-walk', 'both', 0]]);
  assert.deepEqual(suggested(one, other, 'everything'), [['ten-minutes', 'both', 0], ['a-walk', 'both', 0], ['a-letter', 'one', 2]]);
});

test('a wish of one counts for nothing', () => {
  for (const mode of ['both', 'everything']) assert.deepEqual(suggested(shared([0, 0, 0], 0, 5), shared([0, 0, 0], 1), mode), []);
});

test('what both must wish comes if both wish it, and never otherwise', () => {
  assert.deepEqual(suggested(shared([0, 0, 2]), shared([0, 0, 2], 5), 'everything'), [['a-letter', 'both', 2]]);
  assert.deepEqual(suggested(shared([0, 0, 2], 5), shared([0, 0, 2], 5), 'both'), [['touch', 'wish'], ['a-letter', 'both', 2]]);
});

test('where nothing is picked all are shown, but those that both must wish', () => {
  assert.deepEqual(plain(fallback(rules)), [0, 1, 2, 3, 4]);
});

test('one person alone is shown all that their items lead to', () => {
  assert.deepEqual(plain(lead(rules, shared([1, 2, 2]))), [
    { option: 3, reason: 'one', items: [1] },
    { option: 0, reason: 'one', items: [0] },
    { option: 2, reason: 'one', items: [1] },
    { option: 1, reason: 'one', items: [0, 1] },
    { option: 4, reason: 'one', items: [2] },
  ]);
  assert.deepEqual(plain(lead(rules, shared([0, 0, 0]))), []);
});

test('two who change seats see the same', () => {
  for (let round = 0; round < 3000; round++) {
    const any = randomRules(random);
    const [one, other, mode] = [randomShared(random, any), randomShared(random, any), randomMode(random)];
    assert.deepEqual(plain(pick(any, one, other, mode)), plain(pick(any, other, one, mode)));
  }
});

test('if only what both noticed is shown, what one noticed or wished changes nothing', () => {
  for (let round = 0; round < 5000; round++) {
    const any = randomRules(random);
    const [one, other] = [randomShared(random, any), randomShared(random, any)];
    const [changedOne, changedOther] = changeWhatOneNoted(one, other);
    assert.deepEqual(plain(pick(any, changedOne, changedOther, 'both')), plain(pick(any, one, other, 'both')));
    const table = (a, b) => plain(hearth.compare.tabulate(any, a, b, 'both'));
    assert.deepEqual(table(changedOne, changedOther), table(one, other));
  }
});

/** Two people who share the same things, and for the rest noted others, or none, or how often they noticed what both did. */
function changeWhatOneNoted(one, other) {
  const changed = [{ levels: [], wishes: [] }, { levels: [], wishes: [] }];
  one.levels.forEach((level, i) => {
    const both = level > 0 && other.levels[i] > 0;
    const noted = random.pick([[0, 0], [0, 1], [2, 0]]);
    changed.forEach(({ levels }, person) => levels.push(both ? 1 + random.below(2) : noted[person]));
  });
  one.wishes.forEach((wish, i) => {
    const both = wish && other.wishes[i];
    const noted = random.pick([[false, false], [false, true], [true, false]]);
    changed.forEach(({ wishes }, person) => wishes.push(both || noted[person]));
  });
  return changed;
}

// ---- The rule once more, slowly, as the lines on the paper sheet say it

/** One place after the other is filled with the best that is left: a pencil, a sheet, and no sorting. */
function pickByPencil(any, one, other, mode) {
  const places = [];
  const isLeft = (p) => !places.some(({ option }) => option === p);

  // 1. What you both wish, from the top of the sheet.
  for (let p = 0; p < any.options.length; p++) {
    if (places.length < 3 && one.wishes[p] && other.wishes[p]) places.push({ option: p, reason: 'wish', items: [] });
  }

  // 2. Add up the numbers beside each line that you both noticed. 3. The same with the lines that one of you noticed.
  const columns = [['both', 2], ['one', 1]];
  for (const [reason, hands] of mode === 'both' ? columns.slice(0, 1) : columns) {
    const sums = any.options.map(() => 0);
    const lines = any.options.map(() => []);
    for (let i = 0; i < any.items.length; i++) {
      let raised = 0;
      if (one.levels[i] !== 0) raised++;
      if (other.levels[i] !== 0) raised++;
      if (raised !== hands) continue;
      for (const [p, weight] of any.items[i].leads) { sums[p] += weight; lines[p].push(i); }
    }
    while (places.length < 3) {
      let best = null;
      for (let p = 0; p < any.options.length; p++) {
        if (!isLeft(p) || any.options[p].both || sums[p] === 0) continue;
        if (best === null || sums[p] > sums[best] || (sums[p] === sums[best] && isShorter(any, p, best))) best = p;
      }
      if (best === null) break;
      places.push({ option: best, reason, items: lines[best] });
    }
  }
  return places;
}

function isShorter(any, p, best) {
  const [time, least] = [any.options[p].time, any.options[best].time];
  if (time === null) return false;
  return least === null || time < least;
}

test('the rule is the one that a pencil follows', () => {
  const reasons = new Set();
  for (let round = 0; round < 10000; round++) {
    const any = randomRules(random);
    const [one, other, mode] = [randomShared(random, any), randomShared(random, any), randomMode(random)];
    const places = plain(pick(any, one, other, mode));
    assert.deepEqual(places, pickByPencil(any, one, other, mode), JSON.stringify({ any, one, other, mode }));
    places.forEach(({ reason }) => reasons.add(reason));
  }
  assert.deepEqual([...reasons].sort(), ['both', 'one', 'wish']);
});
