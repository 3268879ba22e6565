// The search without its page: folding, cutting into words, the forms of the index, words that are nearly right, and the order of
// what is found. What is quick is compared with what is plain, on random words.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { hearth, plain } from './support/load.mjs';
import { byCodePoint, groupsOf, makeIndex, pack } from './support/index.mjs';
import { startRandom } from './support/random.mjs';

const { fold, tokens, open, shardOf, lookup, nearest, isWithin, rank, rankTitles, bestSection, formsOf, excerpt, firstSentence, mark } = hearth.search;
const random = startRandom();

const vectors = JSON.parse(fs.readFileSync(new URL('search-vectors.json', import.meta.url), 'utf8'));
const formsIn = (text) => plain(tokens(text).map(({ form }) => form));
const indexOf = (forms, stem = (form) => form, synonyms = {}) => {
  const sorted = [...new Set(forms)].sort(byCodePoint);
  return open({ part: 'words', edition: 'e', version: 'v', pages: 9, postings: 0, texts: 0, words: pack(sorted), groups: groupsOf(sorted, stem), synonyms });
};
const randomWord = (letters = 'abc', longest = 7) => Array.from({ length: 1 + random.below(longest) }, () => random.pick([...letters])).join('');
const keysOf = (index, meanings) => plain(meanings).map(({ group, nearness }) => [index.forms[group], nearness]);

// ---- words

test('capitals and accents do not matter, nor do letters that are written as two', () => {
  const cases = {
    Café: 'cafe', CAFÉ: 'cafe', 'Cafe\u0301': 'cafe', Straße: 'strasse', STRAẞE: 'strasse', Æsir: 'aesir', œuvre: 'oeuvre', Øre: 'ore',
    Łódź: 'lodz', Đà: 'da', Þing: 'thing', Eyjafjörður: 'eyjafjordur', İstanbul: 'istanbul', ışık: 'isik', ﬁne: 'fine', '²': '2', Ω: 'ω',
    שָׁלוֹם: 'שָׁלוֹם'.normalize('NFKD'), Ёлка: 'елка',
  };
  for (const [word, folded] of Object.entries(cases)) assert.equal(fold(word), folded, word);
});

test('a word is letters, digits and marks in a row; apostrophes within it are dropped', () => {
  assert.deepEqual(formsIn('Don’t say “it’s O\'Neil’s” at 7.30, well-known!'), ['dont', 'say', 'its', 'oneils', 'at', '7', '30', 'well', 'known']);
  assert.deepEqual(formsIn('’tis the dogs’ ’'), ['tis', 'the', 'dogs']);
  assert.deepEqual(formsIn(' … — !'), []);
});

test('a text is cut and folded as the program does it', () => {
  for (const [text, forms] of vectors) assert.deepEqual(formsIn(text), forms, text);
});

test('scripts without spaces are cut into overlapping pairs, and a run of one stays alone', () => {
  assert.deepEqual(formsIn('日本語'), ['日本', '本語']);
  assert.deepEqual(formsIn('猫 と犬'), ['猫', 'と犬']);
  assert.deepEqual(formsIn('iPhone買う2'), ['iphone', '買う', '2']);
  assert.deepEqual(formsIn('รักกัน'), ['รัก', 'กกั', 'กัน'], 'each with its marks');
  assert.deepEqual(formsIn('𠀀𠀁'), ['𠀀𠀁']);
});

test('every word knows its place in the text', () => {
  for (const text of ['Über Straße’s 日本語 end', 'a ﬁne Café', 'が行く']) {
    for (const { form, start, end } of tokens(text)) assert.ok(formsIn(text.slice(start, end)).includes(form), `${text}: ${form}`);
  }
});

// ---- the forms of the guide

test('the forms come out of the text of the index as they went in', () => {
  for (let i = 0; i < 50; i++) {
    const forms = [...new Set(Array.from({ length: 60 }, () => randomWord('abàß1日𠀀\uffee', 40)))].sort(byCodePoint);
    const stem = (form) => form.slice(0, 2);
    const index = indexOf(forms, stem);
    assert.deepEqual(plain(index.forms), forms);
    forms.forEach((form, at) => assert.equal(forms[index.groups[at]], forms.find((other) => stem(other) === stem(form))));
  }
});

test('the shard of a word is FNV-1a over its UTF-8', () => {
  const plainly = (key, count) => Number([...Buffer.from(key)].reduce((hash, byte) => ((hash ^ BigInt(byte)) * 16777619n) % 2n ** 32n, 2166136261n) % BigInt(count));
  assert.equal(shardOf('', 2 ** 32), 0x811c9dc5);
  assert.equal(shardOf('a', 2 ** 32), 0xe40c292c);
  assert.equal(shardOf('foobar', 2 ** 32), 0xbf9cf968);
  for (let i = 0; i < 200; i++) {
    const [word, count] = [randomWord('abzä日𠀀', 12), 1 + random.below(300)];
    assert.equal(shardOf(word, count), plainly(word, count), word);
  }
});

test('a word finds its group, and the last word what begins with it, shortest first and eight at most', () => {
  for (let i = 0; i < 100; i++) {
    const forms = [...new Set(Array.from({ length: 80 }, () => randomWord('ab日𠀀')))];
    const index = indexOf(forms, (form) => form.replace(/b$/, ''));
    const word = randomWord('ab日𠀀', 3);
    const own = index.forms.indexOf(word);
    const wanted = [...new Set([...index.forms.keys()].filter((at) => index.forms[at].startsWith(word) && at !== own)
      .sort((a, b) => index.forms[a].length - index.forms[b].length || a - b).map((at) => index.groups[at]))]
      .filter((group) => own < 0 || group !== index.groups[own]).slice(0, 8);
    const found = lookup(index, word, true);
    assert.deepEqual(plain(found.filter(({ nearness }) => nearness === 2).map(({ group }) => group)), own < 0 ? [] : [index.groups[own]]);
    assert.deepEqual(plain(found.filter(({ nearness }) => nearness === 1).map(({ group }) => group)), wanted);
    // A word that is not the last is whole, if it is a word.
    if (own >= 0) assert.deepEqual(plain(lookup(index, word, false)), [{ group: index.groups[own], nearness: 2 }]);
    else assert.deepEqual(plain(lookup(index, word, false)), plain(found));
  }
});

test('what is meant, too, comes beside the word', () => {
  const index = indexOf(['fight', 'quarrel', 'quarrels', 'constructor'], (form) => form.replace(/s$/, ''), { fight: [3], row: [2] });
  assert.deepEqual(keysOf(index, lookup(index, 'fight', true)), [['fight', 2], ['quarrel', 0]]);
  assert.deepEqual(keysOf(index, lookup(index, 'row', true)), [['quarrel', 0]]);
  assert.deepEqual(keysOf(index, lookup(index, 'constructor', true)), [['constructor', 2]]);
  assert.deepEqual(keysOf(index, lookup(index, 'tostring', true)), []);
});

// ---- nearly right

/** Letters missing, added, wrong, or swapped with a neighbour, by the table. */
function distance(one, other) {
  const rows = [Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j++) {
      const wrong = Number(one[i - 1] !== other[j - 1]);
      let least = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + wrong);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, rows[i - 2][j - 2] + 1);
      rows[i].push(least);
    }
  }
  return rows[one.length][other.length];
}

test('whether two words are so near is the same as by the whole table', () => {
  for (let i = 0; i < 20_000; i++) {
    const one = randomWord('abc', 8);
    const other = random.chance() ? randomWord('abc', 8) : vary(vary(one));
    for (const most of [0, 1, 2]) assert.equal(isWithin(one, other, most), distance(one, other) <= most, `${one} ${other} ${most}`);
  }
});

function vary(word) {
  const at = random.below(word.length);
  return random.pick([
    word.slice(0, at) + word.slice(at + 1) || 'a', word.slice(0, at) + random.pick([...'abc']) + word.slice(at),
    word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2),
  ]);
}

test('a word that the guide does not have finds those one letter off, if it has four letters', () => {
  for (let i = 0; i < 200; i++) {
    const forms = Array.from({ length: 80 }, () => randomWord('abcd', 7));
    const index = indexOf(forms);
    const word = randomWord('abcd', 7);
    const isKnown = index.forms.some((form) => form.startsWith(word));
    const wanted = isKnown || word.length < 4 ? [] : index.forms.filter((form) => distance(word, form) === 1);
    const found = keysOf(index, lookup(index, word, true)).filter(([, nearness]) => nearness === 0).map(([form]) => form);
    assert.equal(found.length, Math.min(wanted.length, 6));
    assert.ok(found.every((form) => wanted.includes(form)));
    const strange = found.map((form) => form[0] !== word[0]);
    assert.deepEqual(strange, [...strange].sort());
    if (found.some((form) => form[0] !== word[0])) assert.ok(wanted.every((form) => form[0] !== word[0] || found.includes(form)), 'the same first letter comes first');
  }
});

test('the nearest words are two letters off at most, five at most, and one of each group', () => {
  const index = indexOf(['listen', 'listens', 'listener', 'glisten', 'lichen', 'silent', 'a', 'touch'], (form) => form.replace(/(s|er)$/, ''));
  assert.deepEqual(plain(nearest(index, 'lisstenn')), ['listens']);
  assert.deepEqual(plain(nearest(index, 'glissen')), ['glisten', 'listen']);
  assert.deepEqual(plain(nearest(index, 'xq')), []);
  assert.deepEqual(plain(nearest(index, 'tuoch')), ['touch']);
  for (let i = 0; i < 100; i++) {
    const some = indexOf(Array.from({ length: 60 }, () => randomWord('abcd', 8)));
    const word = randomWord('abcd', 8);
    const found = plain(nearest(some, word));
    assert.ok(found.length <= 5 && found.every((form) => distance(word, form) <= (word.length > 4 ? 2 : 1)));
  }
});

// ---- the order of what is found

const guide = [
  { title: 'Walks', url: '/walks/', sections: [{ lead: 'Out of doors.', text: 'Rain is no matter.' }, { heading: 'Boots', anchor: 'boots', text: 'Good boots. They last for years.' }] },
  { title: 'Rain', url: '/rain/', sections: [{ lead: 'What falls.', text: 'It is wet.' }] },
  { title: 'Weather', url: '/weather/', sections: [{ lead: 'Snow and hail.', text: 'More.' }, { heading: 'Rain', anchor: 'rain', text: 'It falls, and boots are wet.' }] },
  { title: 'Coats', url: '/coats/', sections: [{ lead: 'Against the rain.', text: 'Wool.' }] },
  { title: 'Rains and rivers', url: '/rivers/', sections: [{ lead: '', text: 'Rainy.' }] },
  { title: 'Sun', url: '/sun/', sections: [{ lead: 'Boots off.', text: 'No rain.' }, { heading: 'Shade', anchor: 'shade', text: 'Neither rain nor wind.' }] },
];

function search(query, options) {
  const files = makeIndex(guide, options);
  const index = open(files['words.js']);
  const forms = formsIn(query);
  const meanings = forms.map((form, i) => lookup(index, form, i === forms.length - 1));
  const postingsOf = (group) => {
    const key = index.forms[group];
    const { all, postings } = files['words.js'];
    return (all ? all.postings : files[`postings/${shardOf(key, postings)}.js`].groups)[key] ?? [];
  };
  const ranked = plain(rank(index, meanings, postingsOf));
  return { index, forms, meanings, postingsOf, pages: ranked.map(({ page }) => guide[page].title), ranked, best: (page) => bestSection(meanings, postingsOf, page), marks: formsOf(index, meanings) };
}

test('the word itself comes before one that begins so; a title before a heading, this before a lead and this before the text; then more places, and the guide’s order', () => {
  assert.deepEqual(search('rain').pages, ['Rain', 'Weather', 'Coats', 'Sun', 'Walks', 'Rains and rivers']);
});

test('the shards of a large index say the same', () => {
  for (const query of ['rain', 'boots', 'boots rain', 'wet', 'bots', 'nothing']) {
    assert.deepEqual(search(query, { postings: 7, texts: 3 }).ranked, search(query).ranked, query);
  }
});

test('pages that hold all words are found, and where there are none, those that hold most', () => {
  assert.deepEqual(search('boots rain').pages.toSorted(), ['Sun', 'Walks', 'Weather']);
  const most = search('boots rain snow shade');
  assert.deepEqual(most.pages.toSorted(), ['Sun', 'Weather']);
  assert.ok(most.ranked.every(({ held }) => held === 3));
  assert.deepEqual(search('elephants trumpet').pages, []);
});

test('a result leads to the section that holds most of the words, at the best place', () => {
  const { best } = search('rain');
  assert.deepEqual([best(0), best(1), best(2), best(5)], [0, 0, 1, 0]);
  assert.equal(search('wet boots').best(2), 1);
});

test('a title with most of the letters is the nearest', () => {
  const { index, postingsOf } = search('rain');
  const titles = (words) => plain(rankTitles(index, words, words.map((word) => lookup(index, word, false)), postingsOf)).map((page) => guide[page].title);
  assert.deepEqual(titles(['rivers', 'rains']), ['Rains and rivers']);
  assert.deepEqual(titles(['wethr']), []);
  assert.deepEqual(titles(['weathr', 'rain']), ['Weather', 'Rain']);
  assert.deepEqual(titles(['boots']), [], 'no title has it');
  assert.deepEqual(titles(['sun', 'unfathomable', 'depths']), [], 'too little of the words');
});

// ---- the sentence

/** Parts as one text. */
const shown = (parts) => parts && plain(parts).map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('');

test('the sentence that holds most of the words is shown, with each word marked as it is written', () => {
  const forms = new Map([['boots', 0], ['rain', 1], ['cafe', 2]]);
  assert.equal(shown(excerpt(forms, 'Good boots. In the Rain, boots! “No boots?” he said.')), 'In the [Rain], [boots]!');
  assert.equal(shown(excerpt(forms, 'First line\nA Café\nlast')), 'A [Café]');
  assert.equal(shown(excerpt(forms, 'None of it.')), null);
  assert.equal(shown(firstSentence('  One. Two.')), 'One.');
  assert.equal(shown(firstSentence('')), '');
  assert.equal(shown(mark(forms, 'Boots & coats')), '[Boots] & coats');
});

test('pairs that overlap are marked as one', () => {
  const forms = new Map([['日本', 0], ['本語', 1]]);
  assert.equal(shown(excerpt(forms, '猫です。日本語の本。犬。')), '[日本語]の本。');
});

test('a long sentence is cut between words, around the word', () => {
  for (let i = 0; i < 200; i++) {
    const list = Array.from({ length: 40 + random.below(200) }, () => randomWord('abc', 9));
    const at = random.below(list.length);
    list[at] = 'needle';
    const text = shown(excerpt(new Map([['needle', 0]]), `${list.join(' ')}.`));
    assert.ok(text.includes('[needle]'), text);
    assert.ok(text.length <= 230, `${text.length}`);
    const whole = new Set(list);
    for (const word of text.replace(/[[\].…]/g, '').split(/\s+/).filter(Boolean)) assert.ok(whole.has(word), `${word} in ${text}`);
    if (list.join(' ').length > 220) assert.match(text, /^… |…$/);
  }
  const runs = shown(excerpt(new Map([['猫犬', 0]]), `${'𠀀'.repeat(300)}猫犬${'𠀀'.repeat(300)}`));
  assert.ok(runs.includes('[猫犬]') && runs.isWellFormed(), runs);
});
