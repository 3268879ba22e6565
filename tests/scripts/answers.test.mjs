// What one person answers, and what of it the other may come to know.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { hearth, plain } from './support/load.mjs';
import { completeRules } from './support/random.mjs';

const { blank, share, parse, countWishes } = hearth.answers;
const rules = completeRules({
  items: ['listening', 'in-a-hurry', 'far-apart'].map((id) => ({ id, leads: [] })),
  options: ['ten-minutes', 'a-walk', 'thanks'].map((id) => ({ id, time: null, both: false })),
  wishes: 2, version: 7,
});
const person = (change) => ({ ...plain(blank(rules)), ...change });

test('at first nothing is answered, nothing wished and nothing kept back', () => {
  assert.deepEqual(plain(blank(rules)), {
    choices: ['', '', ''], kept: [false, false, false], wishes: [false, false, false], keptWishes: [false, false, false],
  });
});

test('what is shared tells how often something was noticed, and each wish', () => {
  const shared = share(rules, person({ choices: ['not', 'sometimes', 'often'], wishes: [false, true, true] }));
  assert.deepEqual(plain(shared), { levels: [0, 1, 2], wishes: [false, true, true] });
});

test('not answered, not noticed, skipped and kept back look the same', () => {
  const nothing = plain(share(rules, person({})));
  for (const choice of ['', 'skip', 'not']) assert.deepEqual(plain(share(rules, person({ choices: ['', choice, ''] }))), nothing);
  for (const choice of ['', 'skip', 'not', 'sometimes', 'often']) {
    assert.deepEqual(plain(share(rules, person({ choices: ['', choice, ''], kept: [false, true, false] }))), nothing);
  }
  assert.deepEqual(plain(share(rules, person({ wishes: [true, false, false], keptWishes: [true, false, false] }))), nothing);
});

test('what is shared changes no more, whatever the person changes', () => {
  const ticking = person({ choices: ['often', '', ''] });
  const shared = share(rules, ticking);
  ticking.choices[0] = 'not';
  assert.equal(shared.levels[0], 2);
  assert.ok([shared, shared.levels, shared.wishes].every(Object.isFrozen));
});

test('a wish counts even if it is kept back', () => {
  assert.equal(countWishes(person({ wishes: [true, false, true], keptWishes: [true, false, false] })), 2);
});

test('answers from a storage are read if they are exactly what the guide asks for', () => {
  const whole = person({ choices: ['often', 'skip', ''], kept: [true, false, false], wishes: [true, true, false] });
  const read = parse(rules, whole);
  assert.deepEqual(plain(read), whole);
  assert.notEqual(read.choices, whole.choices, 'a copy');
});

const strange = {
  'no object': 'often',
  'a list': [],
  'nothing': null,
  'a part is missing': { choices: ['', '', ''], kept: [false, false, false], wishes: [false, false, false] },
  'a part too many': person({ name: 'somebody' }),
  'one answer too few': person({ choices: ['', ''] }),
  'one answer too many': person({ choices: ['', '', '', ''] }),
  'an answer that is none': person({ choices: ['', '', 'always'] }),
  'a list with holes': person({ choices: new Array(3) }),
  'something like a list': person({ kept: { length: 3 } }),
  'no truth': person({ kept: [0, 0, 1] }),
  'more wishes than the guide asks for': person({ wishes: [true, true, true] }),
  'more wishes, some kept back': person({ wishes: [true, true, true], keptWishes: [true, true, true] }),
};
for (const [what, found] of Object.entries(strange)) {
  test(`strange answers are not read: ${what}`, () => assert.equal(parse(rules, found), null));
}
