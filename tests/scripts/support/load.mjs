// The checklist's scripts, run as a browser runs them: classic, one after the other, in one world. This world has the language and
// nothing else (no page, no network, no clock of a window), so that a script which reaches for more fails.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

/** In the order in which the page names them. */
export const names = ['answers', 'code', 'suggest', 'compare', 'storage', 'calendar'];

export const read = (name) => readFileSync(new URL(`../../../themes/hearth/assets/checklist-${name}.js`, import.meta.url), 'utf8');

/** Everything that the scripts add to the world. */
export const world = vm.createContext({});
for (const name of names) vm.runInContext(read(name), world, { filename: `checklist-${name}.js` });

export const hearth = world.hearth;

/** What a script gave, as plain data of this world: assertions tell apart lists that were made in two. */
export const plain = (value) => JSON.parse(JSON.stringify(value));
