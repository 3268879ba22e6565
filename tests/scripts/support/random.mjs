// Random numbers and random guides that can be had again: each test file prints its seed, and takes it from `BETWIXT_SEED`.

/** Numbers that look random, the same for each seed (SplitMix32). */
export class Random {
  constructor(seed) { this.state = seed >>> 0; }

  /** From 0 up to, but without, `end`; for ends up to 2^32. */
  below(end) {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return Math.floor((((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32) * end);
  }

  pick(list) { return list[this.below(list.length)]; }

  chance() { return this.below(2) === 1; }

  /** So many of the list, in another order. */
  draw(list, count) {
    const rest = [...list];
    return Array.from({ length: count }, () => rest.splice(this.below(rest.length), 1)[0]);
  }
}

export function startRandom() {
  const seed = Number(process.env.BETWIXT_SEED ?? Date.now() % 2 ** 32);
  console.log(`to run this again: BETWIXT_SEED=${seed}`);
  return new Random(seed);
}

const range = (length) => Array.from({ length }, (_, i) => i);

/** 1 to 12 items, up to 14 options, up to 3 wishes, leads of any kind; a third of the options say no time. */
export function randomRules(random) {
  const options = range(random.below(15)).map((i) => ({
    id: `${random.pick(['listen', 'walk', 'rest'])}-${i}`,
    time: random.below(3) === 0 ? null : random.pick([5, 10, 10, 20, 90]),
    both: random.below(5) === 0,
  }));
  const items = range(1 + random.below(12)).map((i) => ({
    id: `${random.pick(['quiet', 'hurried', 'apart'])}-${i}`,
    leads: random.draw(range(options.length), random.below(Math.min(options.length, 4) + 1)).map((to) => [to, 1 + random.below(3)]),
  }));
  return completeRules({ items, options, wishes: random.below(4), version: random.below(2 ** 32) });
}

/** What follows from the rest: the order of the code, and its length. */
export function completeRules({ items, options, wishes, version }) {
  return {
    guide: 'hearth-and-home', version, length: findLength(items.length, options.length, wishes), people: 2, wishes, items, options,
    order: { items: sortById(items), options: sortById(options) },
  };
}

const sortById = (list) => range(list.length).sort((a, b) => Buffer.compare(Buffer.from(list[a].id), Buffer.from(list[b].id)));

/** The states of a guide, counted in whole numbers of any size. */
export function countStates(items, options, wishes) {
  let sets = 0n;
  let ofThisSize = 1n;
  for (let size = 0n; size <= wishes && size <= options; size++) {
    sets += ofThisSize;
    ofThisSize = (ofThisSize * (BigInt(options) - size)) / (size + 1n);
  }
  return 3n ** BigInt(items) * sets * 2n;
}

export function findLength(items, options, wishes) {
  let length = 1;
  while (32n ** BigInt(length) < 450n * countStates(items, options, wishes)) length++;
  return length;
}

/** What a random person shares, and what two of them agreed to. */
export function randomShared(random, rules) {
  const wished = random.draw(range(rules.options.length), random.below(Math.min(rules.wishes, rules.options.length) + 1));
  return { levels: rules.items.map(() => random.below(3)), wishes: rules.options.map((_, i) => wished.includes(i)) };
}

export const randomMode = (random) => random.pick(['both', 'everything']);
