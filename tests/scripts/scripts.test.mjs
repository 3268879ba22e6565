// What no script of answers, codes, storage and the search's index may do, whatever it is asked: see a page, or reach beyond it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fileOf, hearth, names, read, world } from './support/load.mjs';

/** Names of the page, of ways out of it, and of ways to run text. */
const FORBIDDEN = new RegExp(`\\b(?:${[
  'document', 'window', 'self', 'top', 'parent', 'frames', 'location', 'history', 'navigator', 'navigation',
  'fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'RTC\\w+', 'BroadcastChannel', 'sendBeacon', 'Image', 'Audio',
  '\\w*Worker', 'importScripts', 'import', 'require', 'postMessage', 'caches', 'indexedDB', 'cookieStore', 'clipboard',
  'eval', 'Function', 'setTimeout', 'setInterval', '(?:inner|outer)HTML', 'insertAdjacentHTML', 'sessionStorage', 'localStorage',
].join('|')})\\b`, 'u');

const withoutComments = (text) => text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');

for (const name of names) {
  test(`${fileOf(name)} reaches for nothing but what it is handed`, () => {
    assert.doesNotMatch(withoutComments(read(name)), FORBIDDEN);
    assert.ok(Object.values(hearth[name]).every((part) => typeof part === 'function'));
  });

  test(`${fileOf(name)} is a classic, strict script that adds one name`, () => {
    assert.match(read(name), /^\(function \(.*hearth\) \{\n {2}"use strict";$/m);
    assert.match(read(name), /\n {2}hearth\.\w+ = \{[^}]*\};\n\}\)\(globalThis\.hearth \?\?= .*\);\n$/);
  });
}

test('the scripts add nothing to the world but `hearth`', () => {
  assert.deepEqual(Object.keys(world), ['hearth']);
  assert.deepEqual(Object.keys(hearth), names);
});
