// The code: answers as a few characters, to say or to type on another device. The vectors are read by the Rust side, too.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hearth, plain } from './support/load.mjs';
import { completeRules, countStates, randomMode, randomRules, randomShared, startRandom } from './support/random.mjs';

const { encode, decode, format } = hearth.code;
const random = startRandom();
const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const vectors = JSON.parse(readFileSync(new URL('code-vectors.json', import.meta.url), 'utf8'));

const rulesOf = ({ rules: { items, practices: options, wishes }, version }) => completeRules({
  items: items.map((id) => ({ id, leads: [] })),
  options: options.map((id) => ({ id, time: null, both: false })),
  wishes, version,
});
const sharedOf = ({ rules, levels, wishes }) => ({ levels, wishes: rules.practices.map((_, i) => wishes.includes(i)) });
/** Eight items, ten options, three wishes. */
const nearer = rulesOf(vectors[0]);

const randomCode = (length) => Array.from({ length }, () => random.pick(alphabet)).join('');

/** A guide, what somebody shares in it, and the code for it. */
function randomCase(rules = randomRules(random)) {
  const shared = randomShared(random, rules);
  const mode = randomMode(random);
  return { rules, shared, mode, code: encode(rules, shared, mode) };
}

test('each vector is written as it says, and read back', () => {
  assert.ok(vectors.length > 30);
  for (const vector of vectors) {
    const rules = rulesOf(vector);
    assert.equal(rules.length, vector.length);
    assert.equal(encode(rules, sharedOf(vector), vector.mode), vector.code);
    assert.deepEqual(plain(decode(rules, vector.code)), { shared: sharedOf(vector), mode: vector.mode });
  }
});

test('eight signs and ten options are 2,309,472 states in six characters, and a ninth sign makes it seven', () => {
  assert.equal(countStates(8, 10, 3), 2309472n);
  assert.equal(nearer.length, 6);
  assert.equal(completeRules({ ...nearer, items: [...nearer.items, { id: 'hurried', leads: [] }] }).length, 7);
});

test('what is written is read, in any guide', () => {
  for (let round = 0; round < 5000; round++) {
    const { rules, shared, mode, code } = randomCase();
    assert.ok(rules.length <= 10);
    assert.equal(code.length, rules.length);
    assert.deepEqual(plain(decode(rules, code)), { shared, mode }, code);
  }
});

test('each state of a small guide has a code of its own, and no other code is read', () => {
  const rules = completeRules({
    items: [{ id: 'quiet', leads: [] }], options: ['walk', 'rest', 'talk'].map((id) => ({ id })), wishes: 2, version: random.below(2 ** 32),
  });
  const states = Number(countStates(1, 3, 2));
  const found = new Set();
  for (const a of alphabet) for (const b of alphabet) for (const c of alphabet) {
    const read = decode(rules, a + b + c);
    if ('error' in read) continue;
    found.add(JSON.stringify(read));
    assert.equal(encode(rules, read.shared, read.mode), a + b + c);
  }
  assert.equal(rules.length, 3);
  assert.equal(found.size, states);
});

test('every wrong character and every swap of unlike neighbours is refused', () => {
  for (let round = 0; round < 1000; round++) {
    // Half of them in a guide whose code has ten characters, the most there are.
    const { rules, code } = randomCase(round % 2 ? undefined : longest());
    for (let i = 0; i < code.length; i++) {
      for (const letter of alphabet) {
        if (letter === code[i]) continue;
        const wrong = code.slice(0, i) + letter + code.slice(i + 1);
        assert.equal(decode(rules, wrong).error, 'check', `${wrong} for ${code}`);
      }
      if (i === 0 || code[i] === code[i - 1]) continue;
      const swapped = code.slice(0, i - 1) + code[i] + code[i - 1] + code.slice(i + 1);
      assert.equal(decode(rules, swapped).error, 'check', `${swapped} for ${code}`);
    }
  }
});

function longest() {
  const rules = completeRules({
    items: Array.from({ length: 17 }, (_, i) => ({ id: `quiet-${i}`, leads: [] })),
    options: Array.from({ length: 20 }, (_, i) => ({ id: `walk-${i}` })),
    wishes: 3, version: random.below(2 ** 32),
  });
  assert.equal(rules.length, 10);
  return rules;
}

test('a code is read in small letters, in groups, and with the letters that look like its digits', () => {
  for (let round = 0; round < 1000; round++) {
    const { rules, shared, mode, code } = randomCase();
    const typed = [...code].map((letter) => {
      const looks = { 0: ['0', 'O', 'o'], 1: ['1', 'I', 'i', 'L', 'l'] }[letter] ?? [letter, letter.toLowerCase()];
      return random.pick(['', '', ' ', '-', '\u00a0', '–', '\n']) + random.pick(looks);
    });
    assert.deepEqual(plain(decode(rules, `${typed.join('')} `)), { shared, mode }, typed.join(''));
  }
});

test('a code that is too short, too long or empty says so', () => {
  for (const text of ['', ' - ', 'K7M2Q', 'K7M 2QXX']) assert.deepEqual(plain(decode(nearer, text)), { error: 'length' });
});

test('a character that stands in no code is named as such', () => {
  for (const letter of ['U', 'u', '!', 'ä', 'ſ', 'ı', '５', '😀', '\u0000']) {
    assert.deepEqual(plain(decode(nearer, `K7M2Q${letter}`)), { error: 'letters' }, letter);
  }
});

test('a guide for one person reads no code', () => {
  const alone = { ...nearer, people: 1, length: 0 };
  for (const text of ['', 'K', vectors[0].code]) assert.deepEqual(plain(decode(alone, text)), { error: 'length' });
});

test('more wishes than the guide asks for are not written', () => {
  assert.throws(() => encode(nearer, { levels: nearer.items.map(() => 0), wishes: nearer.options.map(() => true) }, 'both'), /wishes/);
});

test('a random code is read about once in 465, as the numbers say', () => {
  const rounds = 300000;
  let read = 0;
  for (let round = 0; round < rounds; round++) if (!('error' in decode(nearer, randomCode(6)))) read++;
  const expected = rounds * Number(countStates(8, 10, 3)) / 32 ** 6;
  assert.ok(expected < rounds / 450);
  assert.ok(Math.abs(read - expected) < 6 * Math.sqrt(expected), `${read} were read, ${Math.round(expected)} expected`);
});

test('a code of another edition is read at most once in 440', () => {
  const rounds = 200000;
  const code = Object.fromEntries(['both', 'everything'].map((mode) => [mode, randomShared(random, nearer)]));
  let read = 0;
  for (let round = 0; round < rounds; round++) {
    const [here, there] = [{ ...nearer, version: random.below(2 ** 32) }, { ...nearer, version: random.below(2 ** 32) }];
    const mode = randomMode(random);
    if (!('error' in decode(here, encode(there, code[mode], mode)))) read++;
  }
  const most = rounds / 440;
  assert.ok(read < most + 6 * Math.sqrt(most), `${read} were read, at most ${Math.round(most)} expected`);
});

test('a code of another guide with codes of the same length is read at most once in 440', () => {
  const rounds = 200000;
  const other = completeRules({ ...nearer, items: nearer.items.slice(1), version: 0 });
  const shared = randomShared(random, other);
  assert.equal(other.length, nearer.length);
  let read = 0;
  for (let round = 0; round < rounds; round++) {
    const code = encode({ ...other, version: random.below(2 ** 32) }, shared, randomMode(random));
    if (!('error' in decode({ ...nearer, version: random.below(2 ** 32) }, code))) read++;
  }
  const most = rounds / 440;
  assert.ok(read < most + 6 * Math.sqrt(most), `${read} were read, at most ${Math.round(most)} expected`);
});

test('another edition is named as such where the check does not see it', () => {
  // The check sees what the residue leaves of the version: one that differs in the residue alone is told by the residue.
  const residues = Math.floor(32 ** 5 / 2309472);
  const there = { ...nearer, version: residues * 5 };
  const here = { ...nearer, version: residues * 5 + 1 };
  assert.deepEqual(plain(decode(here, encode(there, randomShared(random, nearer), 'both'))), { error: 'edition' });
});

test('the order in which the guide shows its items changes no code', () => {
  for (let round = 0; round < 500; round++) {
    const { rules, shared, mode, code } = randomCase();
    const items = random.draw(rules.items.map((_, i) => i), rules.items.length);
    const options = random.draw(rules.options.map((_, i) => i), rules.options.length);
    const moved = completeRules({ ...rules, items: items.map((i) => rules.items[i]), options: options.map((i) => rules.options[i]) });
    const same = { levels: items.map((i) => shared.levels[i]), wishes: options.map((i) => shared.wishes[i]) };
    assert.equal(encode(moved, same, mode), code);
  }
});

test('a code is shown in two groups', () => {
  assert.equal(format('K7M2QX'), 'K7M 2QX');
  assert.equal(format('K7M2QXW'), 'K7M2 QXW');
});
