// What two people see of each other's answers.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { hearth, plain } from './support/load.mjs';
import { completeRules } from './support/random.mjs';

const rules = completeRules({
  items: ['listening', 'in-a-hurry', 'far-apart', 'tired'].map((id) => ({ id, leads: [] })),
  options: ['ten-minutes', 'a-walk', 'thanks'].map((id) => ({ id, time: null, both: false })),
  wishes: 3, version: 1,
});
const one = { levels: [1, 2, 0, 0], wishes: [true, true, false] };
const other = { levels: [2, 0, 1, 0], wishes: [false, true, true] };
const table = (mode) => plain(hearth.compare.tabulate(rules, one, other, mode));

test('only what both noticed: the items without how often, and the wishes that both have', () => {
  assert.deepEqual(table('both'), { mode: 'both', both: [0], wishes: [1] });
});

test('everything: what both noticed, then what one noticed, how often each, and each one\'s wishes', () => {
  assert.deepEqual(table('everything'), {
    mode: 'everything',
    both: [{ item: 0, levels: [1, 2] }],
    one: [{ item: 1, levels: [2, 0] }, { item: 2, levels: [0, 1] }],
    wishes: [[0, 1], [1, 2]],
  });
});

test('what was kept back, skipped and not noticed gives the same table', () => {
  const person = (choice, kept) => hearth.answers.share(rules, {
    choices: ['often', choice, '', ''], kept: [false, kept, false, false], wishes: [false, false, false], keptWishes: [false, false, false],
  });
  const tables = [['', false], ['skip', false], ['not', false], ['often', true], ['skip', true]].map(([choice, kept]) =>
    plain(hearth.compare.tabulate(rules, person(choice, kept), other, 'everything')));
  tables.forEach((shown) => assert.deepEqual(shown, tables[0]));
});
