// The scripts of the checklist and of the search, run as a browser runs them: classic, one after the other, in one world. This world has the language and
// nothing else (no page, no network, no clock of a window), so that a script which reaches for more fails.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

/** In the order in which the page names them. */
export const names = ['answers', 'code', 'suggest', 'compare', 'storage', 'calendar', 'search'];

export const fileOf = (name) => (name === 'search' ? 'search-index.js' : `checklist-${name}.js`);
export const read = (name) => readFileSync(new URL(`../../../themes/hearth/assets/${fileOf(name)}`, import.meta.url), 'utf8');

/** Everything that the scripts add to the world. */
export const world = vm.createContext({});
for (const name of names) vm.runInContext(read(name), world, { filename: fileOf(name) });

export const hearth = world.hearth;

/** What a script gave, as plain data of this world: assertions tell apart lists that were made in two. */
export const plain = (value) => JSON.parse(JSON.stringify(value));
