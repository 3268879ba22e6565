// A search index in the form in which the program writes it, made of a few pages: {title, url, kind, sections: [{heading, anchor,
// text, lead}]}. What stands in one group is told by hand: `stem` gives the same for forms that are found together.
import { hearth } from './load.mjs';

const { tokens, shardOf } = hearth.search;

/** By code points, as the format has it. */
export const byCodePoint = (one, other) => {
  const [a, b] = [[...one], [...other]].map((letters) => letters.map((letter) => letter.codePointAt(0)));
  const at = a.findIndex((code, i) => code !== b[i]);
  return at < 0 ? a.length - b.length : a[at] - (b[at] ?? -1);
};

/** Front-coded in one text: how much of the form before stays, as a capital letter, and the rest. */
export function pack(forms) {
  return forms.map((form, i) => {
    const before = forms[i - 1] ?? '';
    let shared = 0;
    while (shared < 25 && shared < form.length && form[shared] === before[shared]) shared++;
    return String.fromCharCode(65 + shared) + form.slice(shared);
  }).join('');
}

export function groupsOf(forms, stem) {
  const first = new Map();
  return forms.map((form, i) => {
    const key = stem(form);
    if (!first.has(key)) first.set(key, i);
    return i - first.get(key);
  });
}

/** The parts, by the name of the file that holds each. */
export function makeIndex(pages, { stem = (form) => form, synonyms = {}, postings = 0, texts = 0, edition = '1a2b3c4d', version = '5e6f7a8b' } = {}) {
  const places = pages.map((page) => page.sections.flatMap((section, i) => [
    ...(i === 0 ? at(page.title, 0, 3) : at(section.heading, i, 2)),
    ...at(section.lead ?? '', i, 1),
    ...at(section.text, i, 0),
  ]));
  const forms = [...new Set(places.flat().map(({ form }) => form))].sort(byCodePoint);
  const groups = groupsOf(forms, stem);
  const keyOf = new Map(forms.map((form, i) => [form, forms[i - groups[i]]]));
  const ints = {};
  const before = {};
  places.forEach((list, page) => {
    const byKey = new Map();
    for (const { form, ...place } of list) byKey.set(keyOf.get(form), [...(byKey.get(keyOf.get(form)) ?? []), place]);
    for (const [key, own] of byKey) {
      const entries = [...new Set(own.map(({ section, where }) => section * 4 + where))].sort((a, b) => a - b);
      (ints[key] ??= []).push(page - (before[key] ?? 0), entries.length, ...entries);
      before[key] = page;
    }
  });
  const shown = Object.fromEntries(pages.map((page, i) => [i, [page.title, page.url, page.kind ?? '',
    page.sections.map(({ heading = '', anchor = '', lead = '', text }) => [heading, anchor, `${lead} ${text}`.trim()])]]));
  const placesOf = (words) => words.map((word) => forms.indexOf(keyOf.get(word))).filter((place) => place >= 0);
  const words = {
    part: 'words', edition, version, pages: pages.length, postings, texts, words: pack(forms), groups,
    synonyms: Object.fromEntries(Object.entries(synonyms).map(([word, others]) => [word, placesOf(others)])),
  };
  if (!postings) return { 'words.js': { ...words, all: { postings: ints, texts: shown } } };
  const shard = (part, name, table, count, numberOf) => Array.from({ length: count }, (_, number) => [`${part}/${number}.js`, {
    part, edition, number, [name]: Object.fromEntries(Object.entries(table).filter(([key]) => numberOf(key) === number)),
  }]);
  return Object.fromEntries([
    ['words.js', words],
    ...shard('postings', 'groups', ints, postings, (key) => shardOf(key, postings)),
    ...shard('texts', 'pages', shown, texts, (key) => Number(key) % texts),
  ]);
}

const at = (text, section, where) => tokens(text).map(({ form }) => ({ form, section, where }));
