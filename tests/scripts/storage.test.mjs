// Where one's own answers are kept: in the tab, on the device for those who choose it, in a file; and what happens without a store.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { hearth, plain } from './support/load.mjs';
import { completeRules, randomRules, startRandom } from './support/random.mjs';

const DAY = 24 * 60 * 60 * 1000;
const random = startRandom();
const rules = completeRules({
  items: ['listening', 'in-a-hurry'].map((id) => ({ id, leads: [] })),
  options: ['ten-minutes', 'a-walk'].map((id) => ({ id, time: null, both: false })),
  wishes: 1, version: 41,
});
const key = 'betwixt.checklist.2 hearth-and-home /guide/';

/** A browser's storage, of a certain size. */
class Memory {
  constructor(size = 5000) { this.size = size; this.texts = new Map(); }
  get length() { return this.texts.size; }
  key(index) { return [...this.texts.keys()][index] ?? null; }
  getItem(name) { return this.texts.get(name) ?? null; }
  removeItem(name) { this.texts.delete(name); }
  setItem(name, text) {
    if (name.length + text.length > this.size) throw new DOMException('full', 'QuotaExceededError');
    this.texts.set(name, text);
  }
}

/** Throws whatever is asked of it, as where cookies are forbidden. */
const forbidden = new Proxy({}, { get() { throw new DOMException('forbidden', 'SecurityError'); } });

/** A browser with one device and one tab; `open` opens the page, in this tab or in one with another store. */
function browser({ session = new Memory(), local = new Memory() } = {}) {
  const clock = { time: Date.UTC(2026, 9, 1) };
  let tokens = 0;
  const open = (tab = session, guide = rules, base = '/guide/') =>
    hearth.storage.open(guide, base, { session: tab, local, now: () => clock.time, newToken: () => `token-${tokens++}` });
  return { session, local, clock, open };
}

test('a reload in the same tab loses nothing, and another tab sees nothing', () => {
  const { open, local, session } = browser();
  assert.equal(open().load(), null);
  assert.equal(open().save({ screen: 'alone', choices: ['often'] }, true), true);
  assert.deepEqual(plain(open().load()), { screen: 'alone', choices: ['often'] });
  assert.equal(open(new Memory()).load(), null);
  assert.deepEqual([...session.texts.keys()], [key]);
  assert.deepEqual([...local.texts.keys()], [`${key} token-0`]);
  assert.equal(JSON.parse(local.getItem(`${key} token-0`)).value, null, 'a token says nothing');
});

test('on the device is only what somebody chose to keep there, and all that follows', () => {
  const { open } = browser();
  const tab = open();
  tab.save('first', true);
  assert.equal(tab.isKept(), false);
  assert.equal(tab.keepOnDevice(), true);
  assert.equal(tab.isKept(), true);
  assert.equal(open(new Memory()).load(), 'first');
  tab.save('second', true);
  assert.equal(open(new Memory()).load(), 'second');
});

test('the tab\'s own answers come before those of the device', () => {
  const { open } = browser();
  open().save('mine', true);
  open().keepOnDevice();
  open(new Memory()).save('from another tab', true);
  assert.equal(open().load(), 'mine');
});

test('keeping before anything is answered keeps what is answered then', () => {
  const { open } = browser();
  const tab = open();
  assert.equal(tab.keepOnDevice(), true);
  assert.equal(tab.load(), null);
  tab.save('then', true);
  assert.equal(open(new Memory()).load(), 'then');
});

test('30 days after the last save they are gone, and from the store too', () => {
  const { open, clock, local, session } = browser();
  open().save('answers', true);
  open().keepOnDevice();
  clock.time += 29 * DAY;
  open().save('later answers', true);
  clock.time += 30 * DAY - 1;
  assert.equal(open(new Memory()).load(), 'later answers');
  clock.time += 1;
  assert.equal(open(new Memory()).load(), null);
  assert.equal(local.length, 0);
  assert.equal(open().load(), null);
  assert.equal(session.length, 0);
});

test('opening the page is enough to take away what has run out', () => {
  const { open, clock, local } = browser();
  open().save('answers', true);
  open().keepOnDevice();
  clock.time += 31 * DAY;
  open(new Memory());
  assert.equal(local.length, 0);
});

test('reading prolongs nothing', () => {
  const { open, clock } = browser();
  open().save('answers', true);
  open().keepOnDevice();
  for (let day = 0; day < 30; day++) { open(new Memory()).load(); clock.time += DAY; }
  assert.equal(open(new Memory()).isKept(), false);
});

test('a clock that is put back keeps nothing for longer', () => {
  const { open, clock } = browser();
  open().save('answers', true);
  open().keepOnDevice();
  clock.time -= DAY;
  assert.equal(open(new Memory()).load(), null);
});

test('another edition, or the items in another order, takes away what it would misread', () => {
  for (const change of [{ version: 42 }, { items: [...rules.items].reverse() }]) {
    const { open, session, local } = browser();
    open().save('answers', true);
    open().keepOnDevice();
    const changed = open(session, completeRules({ ...rules, ...change }));
    assert.equal(changed.load(), null);
    // A token misleads nobody, and a page of the former edition may still be open.
    assert.deepEqual([session.length, [...local.texts.keys()]], [0, [`${key} token-0`]]);
  }
});

test('what both have seen is kept on the device, and what one of them answers later is not, unless they ask', () => {
  const { open, local } = browser();
  const evening = open();
  evening.save('the plan', false);
  evening.keepOnDevice();
  const later = open(new Memory());
  assert.equal(later.load(), 'the plan');
  assert.equal(later.save('answers', true), true);
  assert.equal(JSON.parse(local.getItem(key)).value, 'the plan');
  assert.equal(later.isKept(), false);
  later.keepOnDevice();
  later.save('more answers', true);
  assert.equal(JSON.parse(local.getItem(key)).value, 'more answers');
});

test('what somebody else wrote under the same name is not read', () => {
  const { clock } = browser();
  const ours = { edition: JSON.stringify([rules.version, rules.order]), until: clock.time + DAY, token: null, value: 'answers' };
  const others = [{ until: undefined }, { token: undefined }, { token: 7 }, { edition: 'x' }, { until: 1 }, { value: undefined }].map((change) => JSON.stringify({ ...ours, ...change }));
  for (const text of ['', 'null', '7', '{', '{}', ...others]) {
    const { open, session } = browser();
    session.setItem(key, text);
    assert.equal(open().load(), null, text);
  }
});

test('two guides at one address, and one guide at two, do not meet', () => {
  const { open, session } = browser();
  open().save('here', true);
  assert.equal(open(session, { ...rules, guide: 'tool-shed' }).load(), null);
  assert.equal(open(session, rules, '/draft/').load(), null);
});

test('erase forgets the guide in both stores, at each of its addresses, and leaves what is not its own', () => {
  const { open, session, local } = browser();
  for (const base of ['/guide/', '/draft/', '/old/']) {
    open(session, rules, base).save('answers', true);
    open(session, rules, base).keepOnDevice();
  }
  session.setItem('shop', 'a kettle');
  open(session, { ...rules, guide: 'hearth-and-home-2' }).save('another guide', true);
  const tab = open();
  tab.erase();
  assert.deepEqual([...session.texts.keys()], ['shop', 'betwixt.checklist.2 hearth-and-home-2 /guide/']);
  assert.deepEqual([...local.texts.keys()].filter((name) => !name.startsWith('betwixt.checklist.2 hearth-and-home-2 /guide/ ')), []);
  assert.equal(tab.load(), null);
  assert.equal(tab.isKept(), false);
  tab.save('after', true);
  assert.equal(tab.isKept(), false, 'keeping is chosen anew');
});

test('after one tab erases, another keeps nothing more on the device', () => {
  const { open, local } = browser();
  const tab = open();
  tab.save('answers', true);
  tab.keepOnDevice();
  open(new Memory()).erase();
  tab.save('more answers', true);
  assert.equal(local.length, 0);
});

test('without a store, with a forbidden one and with none at all, everything goes on and nothing is kept', () => {
  const environments = [
    { session: null, local: null, now: () => 0, newToken: () => 'token' },
    { session: forbidden, local: forbidden, now: () => 0, newToken: () => 'token' },
    { get session() { throw new Error('forbidden'); }, get local() { throw new Error('forbidden'); }, now: () => 0, newToken: () => 'token' },
  ];
  for (const environment of environments) {
    const storage = hearth.storage.open(rules, '/guide/', environment);
    assert.equal(storage.works(), false);
    assert.equal(storage.load(), null);
    assert.equal(storage.save('answers', true), false);
    assert.equal(storage.keepOnDevice(), false);
    assert.equal(storage.isKept(), false);
    storage.erase();
  }
});

test('a store works if it takes something, and nothing stays from the trial', () => {
  const { open, session } = browser();
  assert.equal(open().works(), true);
  assert.equal(session.length, 0);
  assert.equal(open(new Memory(0)).works(), false);
});

test('a full store says so, and holds no older answers than those that were to be kept', () => {
  const { open, session } = browser({ session: new Memory(400) });
  const tab = open();
  assert.equal(tab.save('short', true), true);
  assert.equal(tab.save('long '.repeat(100), true), false);
  assert.equal(session.length, 0);
  assert.equal(tab.load(), null);
  assert.equal(tab.save('short again', true), true);
});

test('a full device says so, and the tab still keeps its own', () => {
  const { open, local } = browser({ local: new Memory(400) });
  const tab = open();
  tab.save('short', true);
  assert.equal(tab.keepOnDevice(), true);
  assert.equal(tab.save('long '.repeat(100), true), false);
  assert.deepEqual([...local.texts.keys()], [`${key} token-0`]);
  assert.equal(tab.isKept(), false);
  assert.equal(tab.load(), 'long '.repeat(100));
});

// ---- Copies of a tab

/** A tab with the same store, as browsers make it when a tab is duplicated or brought back. */
const copyOf = (tab) => Object.assign(new Memory(), { texts: new Map(tab.texts) });

const ends = {
  'is erased': (tab) => tab.erase(),
  'is replaced by what both have seen': (tab) => tab.save('seen by both', false),
};

for (const [what, end] of Object.entries(ends)) {
  test(`what is private counts in a copy of the tab until it ${what}, in whichever of the two`, () => {
    for (const isCopyFirst of [false, true]) {
      const { open, session, local } = browser();
      open().save('mine', true);
      const tabs = [session, copyOf(session)];
      const sleeping = copyOf(session);
      const [one, other] = tabs.map((tab) => open(tab));
      assert.deepEqual([one.load(), other.load(), one.isRevoked(), other.isRevoked()], ['mine', 'mine', false, false]);
      const [ending, left] = isCopyFirst ? [other, one] : [one, other];
      end(ending);
      assert.deepEqual([ending.isRevoked(), left.isRevoked(), left.load()], [false, true, null]);
      assert.equal(left.save('still mine', true), false, 'nothing brings it back');
      assert.equal(left.load(), null);
      left.leave();
      const late = open(sleeping);
      assert.deepEqual([late.load(), late.isRevoked()], [null, true]);
      late.leave();
      assert.equal(sleeping.length + local.length, 0);
      assert.deepEqual([late.save('new', true), late.load()], [true, 'new']);
    }
  });
}

test('a copy that leaves takes nothing from the tab that goes on', () => {
  const { open, session } = browser();
  open().save('first', true);
  const copy = copyOf(session);
  const tab = open();
  tab.erase();
  tab.save('second', true);
  tab.keepOnDevice();
  const late = open(copy);
  late.load();
  late.leave();
  assert.deepEqual([tab.load(), tab.isRevoked(), tab.isKept()], ['second', false, true]);
});

test('what is kept on the device counts no longer than in the tab', () => {
  const { open } = browser();
  const tab = open();
  tab.save('mine', true);
  tab.keepOnDevice();
  const other = open(new Memory());
  assert.equal(other.load(), 'mine');
  tab.save('seen by both', false);
  assert.deepEqual([other.isRevoked(), other.load(), open(new Memory()).load()], [true, null, 'seen by both']);
});

test('a page that is shown again holds to its own token, though another went on in the same tab', () => {
  const { open } = browser();
  const before = open();
  before.save('mine', true);
  const after = open();
  after.save('seen by both', false);
  before.load();
  assert.equal(before.isRevoked(), true);
  before.leave();
  assert.equal(after.load(), 'seen by both');
});

test('two tabs that were begun apart are apart, until one erases everything', () => {
  const { open } = browser();
  const [one, other] = [open(), open(new Memory())];
  one.save('one', true);
  other.save('other', true);
  one.save('seen by both', false);
  assert.deepEqual([other.load(), other.isRevoked()], ['other', false]);
  one.erase();
  assert.deepEqual([other.load(), other.isRevoked()], [null, true]);
});

test('where the device keeps no token, the tab keeps nothing private', () => {
  for (const local of [null, forbidden, new Memory(0)]) {
    const { open, session } = browser({ local });
    const tab = open();
    assert.deepEqual([tab.save('mine', true), tab.isRevoked(), session.length], [false, false, 0]);
    assert.equal(tab.save('seen by both', false), true);
  }
});

test('a device that fills up takes what is private from the tab’s store, too', () => {
  const { open, session, local } = browser();
  const tab = open();
  tab.save('mine', true);
  local.size = 0;
  assert.deepEqual([tab.save('more', true), tab.isRevoked(), session.length, local.length], [false, false, 0, 0]);
});

// ---- Files

const person = { choices: ['often', ''], kept: [false, true], wishes: [false, true], keptWishes: [false, false] };
const storage = browser().open();
const file = (change) => JSON.stringify({ ...JSON.parse(storage.exportText(person, '2026-10-01')), ...change });

test('a file holds the guide, its edition, the day and the answers, and is read back', () => {
  const text = storage.exportText(person, '2026-10-01');
  const { answers, ...rest } = JSON.parse(text);
  assert.deepEqual(rest, { v: 2, guide: 'hearth-and-home', version: 41, date: '2026-10-01' });
  assert.deepEqual(Object.keys(answers), ['choices', 'kept', 'wishes', 'keptWishes']);
  assert.deepEqual(plain(storage.importText(text)), { answers: person });
});

test('a file is read rightly after the guide has moved its items', () => {
  const randomPerson = (any) => ({
    choices: any.items.map(() => random.pick(['', 'skip', 'not', 'sometimes', 'often'])), kept: any.items.map(() => random.chance()),
    wishes: any.options.map((_, i) => i === 0 && any.wishes > 0), keptWishes: any.options.map(() => random.chance()),
  });
  const at = (any) => hearth.storage.open(any, '/', { session: null, local: null, now: () => 0, newToken: () => 'token' });
  for (let round = 0; round < 300; round++) {
    const any = randomRules(random);
    const written = randomPerson(any);
    const items = random.draw(any.items.map((_, i) => i), any.items.length);
    const options = random.draw(any.options.map((_, i) => i), any.options.length);
    const moved = completeRules({ ...any, items: items.map((i) => any.items[i]), options: options.map((i) => any.options[i]) });
    assert.deepEqual(plain(at(moved).importText(at(any).exportText(written, '2026-10-01'))), {
      answers: {
        choices: items.map((i) => written.choices[i]), kept: items.map((i) => written.kept[i]),
        wishes: options.map((i) => written.wishes[i]), keptWishes: options.map((i) => written.keptWishes[i]),
      },
    });
  }
});

const refused = {
  'longer than 16 KB': [' '.repeat(16 * 1024) + file({}), 'size'],
  'a recipe': ['Two eggs, and a little salt.', 'json'],
  'empty': ['', 'json'],
  'a list': ['[]', 'json'],
  'nothing': ['null', 'json'],
  'a part too many': [file({ name: 'somebody' }), 'json'],
  'no day': [file({ date: 'yesterday' }), 'json'],
  'of another guide': [file({ guide: 'tool-shed' }), 'guide'],
  'of another edition': [file({ version: 42 }), 'version'],
  'of another form': [file({ v: 3 }), 'version'],
  'too many wishes': [file({ answers: { ...person, wishes: [true, true] } }), 'answers'],
  'text in the place of an answer': [file({ answers: { ...person, choices: ['<b>often</b>', ''] } }), 'answers'],
};
for (const [what, [text, error]] of Object.entries(refused)) {
  test(`a file that is none of ours is refused: ${what}`, () => assert.deepEqual(plain(storage.importText(text)), { error }));
}
