// The types of what the scripts of the checklist and of the search hand to each other. Each script hangs one part on `hearth`; none is a module,
// because browsers load no modules from a file.

/** What a person answers to one item: nothing yet, left out on purpose, or how often it was noticed. */
type Choice = "" | "skip" | "not" | "sometimes" | "often";

/** How often an item was noticed: not (or skipped, or kept back), sometimes, often. */
type Level = 0 | 1 | 2;

/** What two people agreed to show: only what both noticed, or everything but what each keeps back. */
type Mode = "both" | "everything";

interface Item {
  readonly id: string;
  /** The options that it leads to: each one's index, and its weight from 1 to 3. */
  readonly leads: readonly (readonly [option: number, weight: number])[];
}

interface SuggestedOption {
  readonly id: string;
  /** How long it takes, if its page says so. */
  readonly time: number | null;
  /** Suggested only if both wish it. */
  readonly both: boolean;
}

/** The guide's own part of the checklist, as the page carries it in `data-rules`. Items and options stand in the guide's order. */
interface Rules {
  /** The guide's name in small letters and hyphens. */
  readonly guide: string;
  /** 32 bits that stand for the ids of items and options and for the layout of the code. */
  readonly version: number;
  /** How many characters a code has; 0 in a guide for one person. */
  readonly length: number;
  readonly people: number;
  /** How many wishes a person may have; 0 if none are asked for. */
  readonly wishes: number;
  readonly items: readonly Item[];
  readonly options: readonly SuggestedOption[];
  /** Indices sorted by id: the order of the code, which stays when the guide moves an item. */
  readonly order: { readonly items: readonly number[]; readonly options: readonly number[] };
}

/** Everything that one person answered, by index in the guide's order. It never leaves the person's own screen. */
interface Person {
  choices: Choice[];
  /** Items that the person keeps to themself. */
  kept: boolean[];
  wishes: boolean[];
  /** Wishes that the person keeps to themself. */
  keptWishes: boolean[];
}

/** What one person shares, by index in the guide's order. */
interface Shared {
  readonly levels: readonly Level[];
  readonly wishes: readonly boolean[];
}

/** A option to try, and why: both wish it, or both or exactly one of them noticed these items. */
interface Suggestion {
  option: number;
  reason: "wish" | "both" | "one";
  items: number[];
}

/** An item, and how often each of the two noticed it. */
interface Row {
  item: number;
  levels: [Level, Level];
}

/** What two people see of each other's answers. The first table holds nothing that only one of them said. */
type Table =
  | { mode: "both"; both: number[]; wishes: number[] }
  | { mode: "everything"; both: Row[]; one: Row[]; wishes: number[][] };

/** The part of a browser's storage that is used. */
interface Store {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
}

/** Where answers may be kept, the time in milliseconds, and random names. A store is null where there is none. */
interface Environment {
  readonly session: Store | null;
  readonly local: Store | null;
  now(): number;
  newToken(): string;
}

interface OpenStorage {
  /** Whether anything can be kept at all. */
  works(): boolean;
  /** What was saved last, in this tab or else on this device; null if nothing was, or if it fits the guide no more. */
  load(): unknown;
  /**
   * Whether it was kept everywhere that it should be. If it was not, nothing older is left there either. What is private counts until
   * something that is not is saved instead, or until it is erased, in whichever tab.
   */
  save(value: unknown, isPrivate: boolean): boolean;
  /** Keeps what this tab holds, and all that follows, on this device; says whether it could. */
  keepOnDevice(): boolean;
  /** Keeps it no longer on this device. */
  keepInTab(): void;
  /** Whether what this tab holds is on this device. */
  isKept(): boolean;
  /** Whether what this tab holds counts no more, because of another tab. */
  isRevoked(): boolean;
  /** Forgets what this tab holds, and nothing of other tabs. */
  leave(): void;
  /** Forgets everything of this guide in both stores, and with it what other tabs hold. */
  erase(): void;
  /** A person's answers as a file's text, with the day (YYYY-MM-DD) on which it was written. */
  exportText(person: Person, date: string): string;
  importText(text: string): { answers: Person } | { error: ImportError };
}

/** Too large; no such file; of another guide; of another edition of the guide; answers that the guide does not ask for. */
type ImportError = "size" | "json" | "guide" | "version" | "answers";

/** Another number of characters; a character that is in no code; mistyped (or of another edition); of another edition. */
type CodeError = "length" | "letters" | "check" | "edition";

/** An appointment for a whole day (YYYY-MM-DD), the moment at which it was written, and an id that no other appointment has. */
interface Appointment {
  title: string;
  date: string;
  stamp: Date;
  uid: string;
}

// ---- The search

/** What words.js says. `groups` tells for each form how far back the first of its group stands. */
interface SearchWords {
  readonly part: "words";
  readonly edition: string;
  readonly version: string;
  readonly pages: number;
  /** How many shards there are of each; 0 where words.js itself holds all. */
  readonly postings: number;
  readonly texts: number;
  readonly words: string;
  readonly groups: readonly number[];
  readonly synonyms?: Readonly<Record<string, readonly number[]>>;
  readonly all?: { readonly postings: Readonly<Record<string, readonly number[]>>; readonly texts: Readonly<Record<string, SearchPage>> };
}

/** A page: its title, its address, its kind, and its sections: the head first. */
type SearchPage = readonly [title: string, url: string, kind: string, sections: readonly (readonly [heading: string, anchor: string, text: string])[]];

/** The forms of the guide, and for each the place of the first form of its group, which stands for the group. */
interface SearchIndex {
  readonly forms: readonly string[];
  readonly groups: readonly number[];
  readonly synonyms: Readonly<Record<string, readonly number[]>>;
  readonly pages: number;
}

/** A folded word and its place in the text. */
interface Token {
  form: string;
  start: number;
  end: number;
}

/** The word itself, one that begins with it, one that is like it or is meant, too. */
type Nearness = 2 | 1 | 0;
interface Meaning {
  group: number;
  nearness: Nearness;
}

interface RankedPage {
  page: number;
  held: number;
  score: number;
  places: number;
}

interface Span {
  start: number;
  end: number;
  isCutBefore?: boolean;
  isCutBehind?: boolean;
}

interface Part {
  text: string;
  isMarked: boolean;
}

interface Hearth {
  answers: {
    assemble(make: (name: keyof Person, of: "items" | "options", values: readonly unknown[]) => unknown): Person;
    keysOf(unknown: unknown): string;
    blank(rules: Rules): Person;
    share(rules: Rules, person: Person): Shared;
    parse(rules: Rules, unknown: unknown): Person | null;
    countWishes(person: Person): number;
    listWishes(shared: Shared): number[];
  };
  code: {
    encode(rules: Rules, shared: Shared, mode: Mode): string;
    decode(rules: Rules, text: string): { shared: Shared; mode: Mode } | { error: CodeError };
    format(code: string): string;
  };
  suggest: {
    pick(rules: Rules, one: Shared, other: Shared, mode: Mode): Suggestion[];
    fallback(rules: Rules): number[];
    lead(rules: Rules, one: Shared): Suggestion[];
  };
  compare: {
    tabulate(rules: Rules, one: Shared, other: Shared, mode: Mode): Table;
  };
  storage: {
    open(rules: Rules, base: string, environment: Environment): OpenStorage;
  };
  calendar: {
    write(appointment: Appointment): string;
  };
  search: {
    fold(word: string): string;
    tokens(text: string): Token[];
    open(words: SearchWords): SearchIndex;
    shardOf(key: string, count: number): number;
    lookup(index: SearchIndex, word: string, isLast: boolean): Meaning[];
    nearest(index: SearchIndex, word: string): string[];
    isWithin(one: string, other: string, most: number): boolean;
    rank(index: SearchIndex, meanings: readonly (readonly Meaning[])[], postingsOf: (group: number) => readonly number[]): RankedPage[];
    rankTitles(index: SearchIndex, words: readonly string[], meanings: readonly (readonly Meaning[])[], postingsOf: (group: number) => readonly number[]): number[];
    bestSection(meanings: readonly (readonly Meaning[])[], postingsOf: (group: number) => readonly number[], page: number): number;
    formsOf(index: SearchIndex, meanings: readonly (readonly Meaning[])[]): Map<string, number>;
    excerpt(forms: Map<string, number>, text: string): Part[] | null;
    firstSentence(text: string): Part[];
    mark(forms: Map<string, number>, text: string): Part[];
  };
}

declare var hearth: Hearth;
