// Whether a reader can see the notes of safety, whatever a theme's style sheets say: by their styles, by their place, and in the end by
// their pixels. `src/theme/safety.rs` asks the same of the page's structure.
import { settle } from './browser.mjs';

/** On screens large and small, light and dark, and on paper. */
export const sights = [
  ...[320, 1280].flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ name: `${colorScheme} at ${width} px`, width, colorScheme, media: 'screen' }))),
  { name: 'on paper', width: 718, colorScheme: 'light', media: 'print' },
];

export async function lookAs(page, { width, colorScheme, media }) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, media });
  await settle(page);
}

/** What hides the notes of safety of a page, by name; nothing where all of them can be seen. */
export async function whatHidesNotes(page) {
  const found = await page.evaluate(look);
  if (found.length) return found;
  const unpainted = [];
  for (const note of await page.locator('.safety').all()) {
    const picture = async () => (await note.screenshot()).toString('base64');
    const shown = await picture();
    await page.evaluate(blot);
    if (await picture() === shown) unpainted.push('nothing of it is painted');
    await page.evaluate(() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1); });
  }
  return unpainted;
}

/** Makes the letters of the notes invisible: if that changes nothing, they were so before. */
function blot() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':is(.safety, .safety *):not(#a#b#c) { -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

function look() {
  /** The smallest letters, in px, and the least contrast (WCAG 2.2, AA). */
  const SMALLEST = 9;
  const LEAST_CONTRAST = 4.5;

  const withAncestors = (element) => { const line = []; for (let one = element; one; one = one.parentElement) line.push(one); return line; };
  const some = (element, accepts) => withAncestors(element).some((one) => accepts(getComputedStyle(one), one));

  /** Red, green, blue and how dense, each from 0 to 1, as the browser itself understands a colour. */
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data, (value) => value / 255);
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((value, i) => value * a + below[i] * (1 - a));
  const luminance = (colour) => colour.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (element) => {
    const ground = withAncestors(element).reverse().reduce((below, one) => over(channels(getComputedStyle(one).backgroundColor), below), [1, 1, 1]);
    const [light, dark] = [ground, over(channels(getComputedStyle(element).webkitTextFillColor), ground)].map(luminance).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  /** The texts of a note: the element that each stands in, and the boxes of its lines as they lie in the window at the moment. */
  const textsOf = (note) => {
    const walker = document.createTreeWalker(note, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      texts.push({ note, element: walker.currentNode.parentElement, get boxes() { return [...range.getClientRects()]; } });
    }
    return texts;
  };

  const outside = (box, frame) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  const isOutsidePage = (box) => outside(box, { left: 0, top: -scrollY, right: document.documentElement.clientWidth, bottom: document.scrollingElement.scrollHeight - scrollY });
  const isCutOff = (boxes, one, { overflowX, overflowY }) => {
    const isPage = [document.body, document.documentElement].includes(one);
    return !isPage && (overflowX !== 'visible' || overflowY !== 'visible') && boxes.some((box) => outside(box, one.getBoundingClientRect()));
  };
  const isCovered = (note, { left, right, top, bottom }) => {
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return !hit || !note.contains(hit);
  };

  // What lets the pointer through would cover the note unseen.
  const solid = new CSSStyleSheet();
  solid.replaceSync(['', '::before', '::after'].map((part) => `:not(#a#b#c)${part} { pointer-events: auto !important; }`).join('\n'));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, solid];

  /** What hides a text; each question is asked where those above it found nothing. */
  const questions = [
    ['it is not displayed', ({ element }) => some(element, ({ display }) => display === 'none')],
    ['its content is skipped', ({ element }) => some(element, ({ contentVisibility }) => contentVisibility === 'hidden')],
    ['it is invisible', ({ element }) => getComputedStyle(element).visibility !== 'visible'],
    ['it is see-through', ({ element }) => withAncestors(element).reduce((product, one) => product * getComputedStyle(one).opacity, 1) < 0.9],
    ['it is clipped', ({ element }) => some(element, ({ clip, clipPath }) => clip !== 'auto' || clipPath !== 'none')],
    ['it is too small', ({ element, boxes }) => !boxes.length || parseFloat(getComputedStyle(element).fontSize) < SMALLEST || boxes.some(({ width, height }) => height < SMALLEST || width < 1)],
    ['it is cut off', ({ element, boxes }) => some(element, (style, one) => isCutOff(boxes, one, style))],
    ['it lies outside the page', ({ boxes }) => boxes.some(isOutsidePage)],
    ['it has the colour of its ground', ({ element }) => contrast(element) < LEAST_CONTRAST],
    ['it is covered', (text) => { text.element.scrollIntoView({ block: 'center' }); return text.boxes.some((box) => isCovered(text.note, box)); }],
  ];
  const notes = [...document.querySelectorAll('.safety')];
  const found = notes.flatMap((note) => {
    const texts = textsOf(note);
    if (!texts.length) return ['it is empty'];
    return texts.map((text) => questions.find(([, hides]) => hides(text))?.[0]).filter(Boolean);
  });
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== solid);
  return notes.length ? [...new Set(found)] : ['there is none'];
}
