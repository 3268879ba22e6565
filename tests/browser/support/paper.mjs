// A page of the guide on paper: printed by the browser as a reader would, and read again by poppler.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { addStyle, open } from './browser.mjs';
import { temporaryFolder } from './site.mjs';

const shelf = temporaryFolder('paper');
let printed = 0;
const sizes = { A4: { width: 210, height: 297 }, Letter: { width: 215.9, height: 279.4 }, A5: { width: 148, height: 210 } };

export const formats = ['A4', 'Letter'];
/** Three that are unlike: wide, wider, and narrow. */
export const fonts = ['Noto Serif', 'DejaVu Serif', 'Liberation Serif'];
export const points = (millimetres) => millimetres / 25.4 * 72;

export function needPoppler() {
  for (const tool of ['pdfinfo', 'pdftotext', 'pdftoppm', 'pdftohtml', 'pdffonts']) {
    if (spawnSync(tool, ['-v']).error) throw new Error(`there is no ${tool}: start the tests with tests/run, which installs poppler-utils`);
  }
}

/** Prints a page: its pages as text, and what else is asked of the file. `font` stands before all serif fonts of the theme. */
export async function print(browser, address, format, { prepare = async () => {}, font = null, ...options } = {}) {
  const { page, close } = await open(browser, address, options);
  if (font) await addStyle(page, `:root { --old: "${font}" !important; }`);
  await prepare(page);
  printed += 1;
  const file = path.join(shelf, `${printed}.pdf`);
  const { width, height } = sizes[format];
  await page.pdf({ path: file, width: `${width}mm`, height: `${height}mm`, tagged: true, outline: true, printBackground: options.colorScheme === 'dark' });
  await close();
  const info = run('pdfinfo', [file]);
  const count = Number(info.match(/Pages:\s+(\d+)/)[1]);
  const texts = Array.from({ length: count }, (_, i) => run('pdftotext', ['-raw', '-f', String(i + 1), '-l', String(i + 1), file, '-']));
  return { file, count, isTagged: /Tagged:\s+yes/.test(info), texts };
}

function run(tool, args) {
  const done = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

// ---- What it says

/** Text as it can be compared: no spaces, line ends, hyphens or ligatures. */
const plain = (words) => words.normalize('NFKC').replace(/[\s\u00ad\u2010-]/g, '');
export const times = (whole, part) => plain(whole).split(plain(part)).length - 1;

/** How often each text stands whole on one page of the paper; a text that is split counts as none. */
export const counts = (paper, texts) => texts.map((one) => paper.texts.reduce((sum, page) => sum + times(page, one), 0));

/** The words of a page with their places, in points from its upper left corner. */
export function words(file, number) {
  const page = String(number);
  const found = run('pdftotext', ['-bbox', '-f', page, '-l', page, file, '-']).matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g);
  return Array.from(found, ([, left, top, right, bottom, text]) => ({ left: +left, top: +top, right: +right, bottom: +bottom, text: unescape(text) }));
}

/** Every run of letters that is smaller than so many points, as it is drawn: small capitals that a font lacks are small letters. */
export function smallerThan(limit, file) {
  // At its largest magnification poppler gives sizes in thirds of a point.
  const text = run('pdftohtml', ['-xml', '-i', '-stdout', '-zoom', '3', file]);
  const size = Object.fromEntries(Array.from(text.matchAll(/<fontspec id="(\d+)" size="(-?\d+)"/g), ([, id, thirds]) => [id, thirds / 3]));
  return Array.from(text.matchAll(/<text [^>]*font="(\d+)"[^>]*>(.*?)<\/text>/g), ([, id, html]) => ({ size: size[id], words: unescape(html.replace(/<[^>]+>/g, '')).trim() }))
    .filter(({ size, words }) => words && size < limit).map(({ size, words }) => `${size.toFixed(1)} pt: «${words}»`);
}

const unescape = (text) => text.replace(/&(?:amp|lt|gt|quot|#(\d+));/g, (entity, code) => (code ? String.fromCodePoint(code) : { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }[entity]));

/** The fonts that letters are drawn with. */
export const fontsOf = (file) => run('pdffonts', [file]).split('\n').slice(2).filter(Boolean).map((line) => line.split(/\s+/)[0].replace(/^[A-Z]+\+/, ''));

// ---- What it looks like

/** The paper as pictures, one a page: {width, height, values}, three values a point in colour and one in grey. */
export function pictures(file, { isGrey }) {
  const prefix = file.replace('.pdf', isGrey ? '-grey' : '-colour');
  run('pdftoppm', [...(isGrey ? ['-gray'] : []), '-r', '40', file, prefix]);
  return fs.readdirSync(shelf).filter((name) => name.startsWith(path.basename(prefix) + '-')).sort().map((name) => {
    const bytes = fs.readFileSync(path.join(shelf, name));
    const [head, width, height] = bytes.toString('latin1').match(/^P[56]\s(\d+)\s(\d+)\s\d+\s/);
    return { width: Number(width), height: Number(height), values: bytes.subarray(head.length) };
  });
}

/** How many points of a picture have a colour. */
export function coloured(picture) {
  let count = 0;
  for (let i = 0; i < picture.values.length; i += 3) {
    const [red, green, blue] = picture.values.subarray(i, i + 3);
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 8) count += 1;
  }
  return count;
}
