// The types of the scripts that know the page: they show what the others compute.

/** The screens, and one evening that was chosen: a option (-1 if only the card on paper knows it), a day, who begins (0, 1, 2 for
 * both, -1 if nobody said), and the options that were suggested beside it. */
type Step = "start" | "agree" | "answers" | "wishes" | "pass" | "code" | "ready" | "results" | "plan" | "back";
interface Plan {
  option: number;
  day: string;
  begins: number;
  picks: number[];
}

/** Where the page is. What is shared lives here alone. */
interface State {
  step: Step;
  way: "turns" | "apart";
  mode: Mode;
  turn: 1 | 2;
  shared: Shared[];
  /** A code that is this device's own, and was typed once. */
  typed: string;
  plan: Plan | null;
}

/** What a browser's store may hold of it. */
interface Kept {
  step: string;
  way: string;
  mode: string;
  turn: number;
  person: unknown;
  plan: unknown;
}

/** The words of the theme that scripts say. */
type Words = Record<string, string>;

/** The page's parts that every screen needs. */
interface ChecklistPage {
  form: HTMLElement;
  words: Words;
  rules: Rules;
  /** What the two are called: no name, but words by which both know who is meant. */
  readonly people: readonly string[];
}

interface Hearth {
  form: {
    read(form: ParentNode, rules: Rules): Person;
    write(form: ParentNode, rules: Rules, person: Person | null): void;
    itemOf(form: ParentNode, index: number): HTMLElement;
    optionOf(form: ParentNode, index: number): HTMLElement;
    titleOf(part: HTMLElement): string;
    linkTo(part: HTMLElement): HTMLElement;
    reasonOf(item: HTMLElement, option: HTMLElement): string;
  };
  /** Only where the browser keeps the guide. */
  offline?: { forget(): Promise<void> };
  elements: {
    all(selector: string, part?: ParentNode): HTMLElement[];
    make(name: string, content?: (string | Node)[], attributes?: Record<string, string>): HTMLElement;
    fill(text: string, values: Record<string, string | number>): string;
  };
  results: {
    showShared(screen: ChecklistPage, table: Table): Node[];
    showSuggested(screen: ChecklistPage, picked: readonly Suggestion[], choose: (option: number) => void): Node[];
    showPlan(screen: ChecklistPage, plan: Plan): Node[];
    showNext(screen: ChecklistPage, plan: Plan, choose: (option: number) => void): Node[];
  };
}

// ---- The search

/** What the files of the index hand over. */
type AnyPart =
  | SearchWords
  | { readonly part: "postings"; readonly edition: string; readonly number: number; readonly groups: Readonly<Record<string, readonly number[]>> }
  | { readonly part: "texts"; readonly edition: string; readonly number: number; readonly pages: Readonly<Record<string, SearchPage>> };

/** The files of the index, as far as they were asked for. */
interface Library {
  begin(): Promise<SearchIndex>;
  readonly index: SearchIndex | undefined;
  /** How many groups of words and of pages there are to ask for; 0 where there is nothing to ask for. */
  readonly shards: { n: number; m: number };
  hasPostings(groups: number[]): boolean;
  hasTexts(pages: number[]): boolean;
  loadPostings(groups: number[]): Promise<unknown>;
  loadTexts(pages: number[]): Promise<unknown>;
  postingsOf(group: number): readonly number[];
  textOf(page: number): SearchPage | undefined;
  locate(url: string): string;
}

interface Query {
  forms: string[];
  meanings: Meaning[][];
}

/** What was found, the forms that are marked in it, and how many of the pages are shown. */
interface Answer extends Query {
  ranked: RankedPage[];
  marks: Map<string, number>;
  shown: number;
}

/** Where the whole guide is one file: `src/portable/pages.js`. */
interface Window {
  betwixtFile?: {
    /** A script of the index that readers search, by its name below the index's folder. */
    index(name: string): string | undefined;
    /** Where an address below the site's own lies in the file. */
    locate(url: string): string;
  };
}
