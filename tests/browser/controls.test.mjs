// What a reader does with keys and buttons: the exit, a walk by Tab; forced colours and quiet motion.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { builtSite } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { launch, open, settle } from './support/browser.mjs';
import { none } from './support/list.mjs';

const folder = builtSite();
let browser, server;

before(async () => { server = await serve(folder); browser = await launch(); });
after(async () => { await browser?.close(); await server?.close(); });

/** Opens a page for one test, and closes it afterwards. */
async function at(url, work, options) {
  const visit = await open(browser, server.origin + url, options);
  try { await work(visit.page, visit); } finally { await visit.close(); }
}

// ---- The exit

test('the exit stays in view, blanks the page, puts another in its place, and tells nobody', () => at('/', async (page, { context }) => {
  let asked;
  await context.route((url) => url.protocol === 'https:', (route) => { asked = route.request(); return route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' }); });
  await page.goto(server.origin + '/before-you-start/');
  const exit = page.locator('#hearth--exit');
  const link = await exit.getAttribute('href');
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await settle(page);
  const box = await exit.boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 900 && box.height >= 24, 'the exit scrolled away');
  assert.equal(await page.evaluate(({ x, y, width, height }) => document.elementFromPoint(x + width / 2, y + height / 2).id, box), 'hearth--exit', 'something covers the exit');
  await exit.click();
  await page.waitForURL(link);
  assert.equal(asked.headers().referer, undefined);
  await page.goBack();
  assert.equal(new URL(page.url()).pathname, '/', 'the help page is still in the history');
}));

test('the exit works without scripts, and the page says what it cannot do', () => at('/before-you-start/', async (page) => {
  assert.match(await page.locator('#hearth--exit').getAttribute('href'), /^https:/);
  assert.match(await page.locator('main').innerText(), /does not erase your browser’s history/);
  await page.locator('.exit-note').click();
  assert.ok(await page.locator('#hearth--exit-note').isVisible());
}, { javaScriptEnabled: false }));

test('the help page keeps nothing', () => at('/before-you-start/', async (page) => {
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length + document.cookie.length), 0);
}));

// ---- The page that is not there

test('an address that leads nowhere, however deep, gives the page that says so, whole and with links that lead home', async () => {
  for (const url of ['/nothing/', '/a/b/c', '/signs/no-such-sign/x.html']) {
    await at(url, async (page, { response, trouble }) => {
      assert.equal(response.status(), 404);
      assert.deepEqual(trouble.failed.filter((one) => !one.endsWith(url)), []);
      assert.match(await page.locator('meta[name=robots]').getAttribute('content'), /noindex/);
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).fontFamily), 'serif');
      const led = await page.locator('a').evaluateAll((links) => links.map((link) => link.href));
      const within = led.filter((href) => href.startsWith(server.origin)).map((href) => new URL(href).pathname).filter((pathname) => pathname !== url);
      assert.ok(['/', '/a-z/', '/checklist/'].every((pathname) => within.includes(pathname)));
      for (const pathname of new Set(within)) assert.equal((await fetch(server.origin + pathname)).status, 200, `${url} → ${pathname}`);
    });
  }
});

// ---- By keyboard alone

/** Where Tab leads, one stop after another, until it comes round. */
async function walk(page) {
  const stops = [];
  for (;;) {
    await page.keyboard.press('Tab');
    await settle(page);
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body || element.dataset.seen) return null;
      element.dataset.seen = 'yes';
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const top = document.elementFromPoint(x, y);
      const name = `${element.tagName} ${element.id || element.innerText.trim().slice(0, 30)}`;
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      const isFree = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight && (element.contains(top) || top?.contains(element));
      return { name, ring, isFree };
    });
    if (!stop) return stops;
    stops.push(stop);
  }
}

/** How many controls there are that somebody sees. */
const countControls = (page) => page.evaluate(() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter((element) => element.checkVisibility({ visibilityProperty: true })).length);

for (const url of ['/', '/checklist/', '/before-you-start/', '/a-z/', '/signs/not-listening/']) {
  test(`Tab reaches everything on ${url}, each stop is in view, uncovered and has a ring`, async () => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 700 }]) {
      await at(url, async (page) => {
        const controls = await countControls(page);
        const stops = await walk(page);
        none(stops.filter(({ ring }) => !ring).map(({ name }) => name), `no ring at ${viewport.width} px`);
        none(stops.filter(({ isFree }) => !isFree).map(({ name }) => name), `covered or out of view at ${viewport.width} px`);
        assert.equal(stops.length, controls, `${stops.length} of ${controls} controls reached at ${viewport.width} px`);
      }, { viewport });
    }
  });
}

for (const url of ['/before-you-start/', '/signs/not-listening/', '/practices/talk-and-listen/']) {
  test(`with all that is folded open, Tab reaches every link and control of ${url}`, () => at(url, async (page) => {
    const folded = await countControls(page);
    const opened = await page.locator('details').evaluateAll((list) => list.map((details) => { details.open = true; }).length);
    const controls = await countControls(page);
    assert.ok(opened > 0 && controls > folded);
    assert.equal((await walk(page)).length, controls);
  }));
}

test('no single key does anything', () => at('/checklist/', async (page, { trouble }) => {
  const state = () => page.evaluate(() => document.documentElement.outerHTML + location.href + scrollY);
  const before = [await state(), trouble.requests.length];
  for (const key of 'abcdefghijklmnopqrstuvwxyz/?123') await page.keyboard.press(key);
  assert.deepEqual([await state(), trouble.requests.length], before);
}));

// ---- The reader's own settings

test('in forced colours the boxes are the system’s own, the ring and the buttons have an edge', () => at('/checklist/', async (page) => {
  await page.locator('[data-act=turns]').click();
  await page.locator('[data-act=agreed]').click();
  await page.keyboard.press('Tab');
  const look = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return { appearance: style('[data-item] input').appearance, focused: document.activeElement.type, ring: getComputedStyle(document.activeElement).outlineStyle, edge: style('#erase').borderTopStyle, forced: matchMedia('(forced-colors: active)').matches };
  });
  assert.deepEqual(look, { appearance: 'auto', focused: 'radio', ring: 'solid', edge: 'solid', forced: true });
}, { forcedColors: 'active' }));

test('nothing moves for a reader who wants it quiet, and something does for the others', async () => {
  const running = async (reducedMotion) => {
    let count = 0;
    await at('/checklist/', async (page) => {
      await page.locator('.ways .button').hover();
      count = await page.evaluate(() => document.getAnimations().length);
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
    }, { reducedMotion });
    return count;
  };
  assert.equal(await running('reduce'), 0);
  assert.ok(await running('no-preference') > 0, 'the test can see an animation');
  for (const url of ['/', '/before-you-start/', '/a-z/']) await at(url, async (page) => assert.equal(await page.evaluate(() => document.getAnimations().length), 0));
});

test('more contrast makes soft words as dark as the text', () => at('/', async (page) => {
  const colours = await page.evaluate(() => ['body', '.colophon'].map((selector) => getComputedStyle(document.querySelector(selector)).color));
  assert.equal(colours[0], colours[1]);
}, { contrast: 'more' }));

test('the theme follows the system, with no switch to find', async () => {
  const light = {}, dark = {};
  for (const [colorScheme, into] of [['light', light], ['dark', dark]]) {
    await at('/', async (page) => { into.paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor); }, { colorScheme, javaScriptEnabled: true });
  }
  const brightness = ({ paper }) => paper.match(/\d+/g).slice(0, 3).reduce((sum, value) => sum + Number(value), 0);
  assert.ok(brightness(light) > 600 && brightness(dark) < 150, `${light.paper} and ${dark.paper}`);
});
