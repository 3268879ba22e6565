// `betwixt serve` as its author sees it: files are edited on disk, and the open pages follow by themselves.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createRequire } from 'node:module';
import { nearer, serveGuide, starter } from './support/author.mjs';
import { launch, open, settle, sideways } from './support/browser.mjs';
import { none } from './support/list.mjs';
import { temporaryFolder } from './support/site.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sign = 'content/signs/talking-past-each-other.md';
const practice = 'content/practices/ten-minutes.md';
const addresses = { sign: '/signs/talking-past-each-other/', practice: '/practices/ten-minutes/' };
const long = 60_000;
let browser;

before(async () => { browser = await launch(); }, { timeout: 60_000 });
after(() => browser?.close());

/** A guide that is served while the work is done. `at` opens a page of it; all are closed afterwards. */
async function serving(guide, work, options) {
  const server = await serveGuide(guide, options);
  const visits = [];
  const at = async (address, more) => {
    const visit = await open(browser, server.origin + address, more);
    visit.context.setDefaultTimeout(long);
    visits.push(visit);
    await visit.page.evaluate(() => { window.isTheSame = true; });
    return visit;
  };
  try {
    await work({ guide, server, at });
  } finally {
    await Promise.all(visits.map((visit) => visit.close()));
    await server.stop();
  }
}

/** Whether the page was never loaded again. */
const isTheSame = (page) => page.evaluate(() => window.isTheSame === true);
const shows = (page, words) => page.locator('main', { hasText: words }).waitFor();
const overlay = (page) => page.locator('betwixt-problems');
const problem = (page, words) => overlay(page).locator('.problem', { hasText: words });
const isGone = (page) => overlay(page).waitFor({ state: 'detached' });

/** Waits until the page has heard of all that was saved before: what it hears comes in order. */
async function hasHeard(page, guide) {
  await guide.while('content/heard.md', '---\ntitel: Heard\n---\n', () => problem(page, 'content/heard.md').waitFor());
  await isGone(page);
}

/** What the console says beyond the answers that a test asks for. */
const complaints = ({ trouble }) => [...trouble.console, ...trouble.foreign];

const paragraphs = (count) => Array.from({ length: count }, (_, i) => `Paragraph ${i} of a long evening.`).join('\n\n');

// ---- What is saved is seen

test('an edit is seen by itself, where the reader was, with what was open still open', () => serving(starter({
  'site.toml': (words) => `${words}\n[markdown]\nunsafe_html = true\n`,
  [sign]: (words) => `${words}\n${paragraphs(80)}\n\n<details id="aside"><summary>More</summary>\n\nQuiet words.\n\n</details>\n\n${paragraphs(40)}\n`,
}), async ({ guide, at }) => {
  const visit = await at(addresses.sign);
  const { page } = visit;
  await page.locator('#aside summary').click();
  // Most browsers keep the place by themselves, and most of the time. Here the page is on its own.
  await page.evaluate(() => { history.scrollRestoration = 'manual'; });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
  const top = await page.evaluate(() => scrollY);
  assert.ok(top > 1000);
  guide.write(sign, (words) => words.replace('We know how each', 'By heart we know how each'));
  await shows(page, 'By heart we know');
  assert.equal(await isTheSame(page), false);
  await page.waitForFunction(() => document.readyState === 'complete');
  await settle(page);
  assert.equal(await page.evaluate(() => scrollY), top);
  assert.equal(await page.locator('#aside').getAttribute('open'), '');
  // What is kept is for one time: a page that is visited afresh begins at its top.
  await page.goto(page.url().replace(addresses.sign, '/'));
  await page.goto(new URL(addresses.sign, page.url()).href);
  assert.equal(await page.evaluate(() => scrollY), 0);
  none(complaints(visit), 'complaints');
}));

test('a page of which nothing changed is left alone, and a title reaches every page that shows it', () => serving(nearer(), async ({ guide, at }) => {
  const [home, other, list] = [await at('/before-you-start/'), await at('/practices/say-thank-you/'), await at('/practices/')];
  guide.write('content/practices/say-thank-you.md', (words) => words.replace('title: Say thank you, and mean it', 'title: Say it warmly').replace('The bin bag', 'The heavy bin bag'));
  await shows(other.page, 'The heavy bin bag');
  await shows(list.page, 'Say it warmly');
  await hasHeard(home.page, guide);
  assert.ok(await isTheSame(home.page));
  none([home, other, list].flatMap(complaints), 'complaints');
}));

test('answers to the checklist survive an edit elsewhere and an edit of the checklist itself', () => serving(nearer(), async ({ guide, at }) => {
  const visit = await at('/checklist/');
  const { page } = visit;
  const ticked = () => page.locator('form input:checked').evaluateAll((boxes) => boxes.map(({ id }) => id));
  for (const act of ['turns', 'agreed']) await page.locator(`[data-act=${act}]`).click();
  for (const [item, choice] of [[0, 'often'], [3, 'skip'], [7, 'not']]) await page.locator(`[data-item="${item}"] input[value=${choice}]`).check();
  const before = await ticked();
  guide.write('content/about.md', (words) => `${words}\nMore about us.\n`);
  await hasHeard(page, guide);
  assert.ok(await isTheSame(page));
  assert.deepEqual(await ticked(), before);
  guide.write('content/checklist.md', (words) => words.replace('This is no test.', 'This is no exam.'));
  await shows(page, 'This is no exam.');
  await page.waitForFunction((count) => document.querySelectorAll('form input:checked').length === count, before.length);
  assert.equal(await isTheSame(page), false);
  assert.deepEqual(await ticked(), before);
  none(complaints(visit), 'complaints');
}));

test('a page that is deleted gives way to the page for what is not there, and comes back', () => serving(starter(), async ({ guide, at }) => {
  const another = 'content/practices/an-hour.md';
  const { page } = await at(addresses.practice);
  guide.write(another, guide.read(practice));
  // It may not be there yet; then the page for what is not there gives way to it.
  await page.goto(new URL('/practices/an-hour/', page.url()).href, { waitUntil: 'commit' });
  await shows(page, 'Ten minutes are little');
  guide.remove(another);
  await shows(page, 'Perhaps it has moved.');
  guide.write(another, guide.read(practice).replace('Ten minutes are little', 'An hour is much'));
  await shows(page, 'An hour is much');
}));

// ---- What is wrong is said

/** The mistakes, each with the file it is made in, and what the page must say of it. */
const mistakes = [
  { what: 'a misspelt key', file: practice, words: (text) => text.replace('energy:', 'energie:'), place: `${practice}:9:1`, marked: 'energie', says: 'did you mean energy?' },
  { what: 'no YAML', file: practice, words: (text) => text.replace('cost: nothing', 'cost: nothing: at all'), place: `${practice}:7:7`, marked: 'nothing: at all', says: 'cost: "nothing: at all"' },
  { what: 'a link to nothing', file: sign, words: (text) => text.replace('ten-minutes.md#how', 'ten-minuets.md'), place: `${sign}:21:19`, marked: '../practices/ten-minuets.md', says: 'did you mean ten-minutes.md?' },
  { what: 'a broken template', file: 'themes/quiet/templates/page.html', words: (text) => text.replace('{% block', '{% blok'), place: 'themes/quiet/templates/page.html:2:4', marked: 'blok', says: 'cannot be read' },
  { what: 'no site.toml', file: 'site.toml', words: null, place: 'site.toml', marked: null, says: 'betwixt init' },
  { what: 'a site.toml that is no TOML', file: 'site.toml', words: (text) => text.replace('title = "A guide for two"', 'title = A guide for two'), place: 'site.toml:2:9', marked: 'A guide for two', says: 'quotes' },
  { what: 'hostile words', file: practice, words: (text) => text.replace('cost:', '"`<b>` <img src=x onerror=window.attacked=1>": x\ncost:'), place: `${practice}:7:1`, marked: '"`<b>` <img src=x onerror=window.attacked=1>"', says: '<img src=x onerror=window.attacked=1>' },
  { what: 'a hostile name', file: 'content/<img src=x onerror=alert(1)>.md', words: 'titel: x', place: 'content/<img src=x onerror=alert(1)>.md:1:1', marked: 'titel: x', says: 'it must begin with a line' },
];

const quiet = {
  'site.toml': (words) => words.replace('theme = "nearer"', 'theme = "quiet"'),
  'themes/quiet/theme.toml': 'name = "Quiet"\nextends = "nearer"\n',
  'themes/quiet/templates/page.html': '{% extends "_page.html" %}\n{% block head %}{% endblock head %}\n',
};

test('each mistake lies over the last good page, with its place, its line and its cure, and is gone when it is mended', () => serving(starter(quiet), async ({ guide, at }) => {
  const visit = await at(addresses.practice);
  const { page } = visit;
  for (const { what, file, words, place, marked, says } of mistakes) {
    await guide.while(file, words, async () => {
      const item = problem(page, place).first();
      await item.waitFor();
      assert.equal(await item.locator('.place').first().innerText(), place, what);
      assert.ok((await item.innerText()).includes(says), `${what}: ${await item.innerText()}`);
      if (marked !== null) assert.equal(await item.locator('pre:not(.mended) mark').innerText(), marked, what);
      assert.match(await overlay(page).locator('.heading').innerText(), /^There (is a mistake|are \d+ mistakes) in \d+ files?\.$/, what);
      await shows(page, 'Ten minutes are little, and they are yours.');
    });
    await isGone(page);
    assert.ok(await isTheSame(page), `${what}: the page was loaded again`);
  }
  assert.equal(await page.evaluate(() => window.attacked), undefined);
  assert.equal(await page.locator('img').count(), 0);
  none(complaints(visit), 'complaints');
}));

test('a broken page stands as it stood while others are edited', () => serving(starter(), async ({ guide, at }) => {
  const [broken, edited] = [await at(addresses.practice), await at(addresses.sign)];
  guide.write(practice, (words) => words.replace('energy:', 'energie:').replace('Ten minutes are little', 'Ten minutes are much'));
  await problem(broken.page, 'energie').waitFor();
  guide.write(sign, (words) => words.replace('We know how each', 'By heart we know how each'));
  await shows(edited.page, 'By heart we know');
  await problem(edited.page, 'energie').waitFor();
  await shows(broken.page, 'Ten minutes are little');
  guide.write(practice, (words) => words.replace('energie:', 'energy:'));
  await shows(broken.page, 'Ten minutes are much');
  await Promise.all([isGone(broken.page), isGone(edited.page)]);
}));

test('a server that starts with mistakes shows what it can, explains, and heals', async () => {
  const all = { titel: (words) => words.replace('title:', 'titel:') };
  const starts = [
    { what: 'one bad page', files: [practice], break: all.titel },
    { what: 'only bad pages', files: [practice, sign, 'content/_index.md', 'content/practices/an-evening-walk.md', 'content/signs/the-day-ends-apart.md', 'content/before-you-start.md', 'content/checklist.md', 'content/a-z.md', 'content/404.md', 'content/signs/_index.md', 'content/practices/_index.md'], break: all.titel },
    { what: 'a broken theme', files: ['themes/quiet/templates/page.html'], break: (words) => words.replace('{% block', '{% blok') },
    { what: 'no site.toml', files: ['site.toml'], break: null },
  ];
  for (const start of starts) {
    const guide = starter(quiet);
    const whole = Object.fromEntries(start.files.map((file) => [file, guide.read(file)]));
    for (const file of start.files) {
      if (start.break === null) guide.remove(file);
      else guide.write(file, start.break);
    }
    await serving(guide, async ({ at }) => {
      const { page } = await at('/');
      // Over a page of the site, or on a page of the server's own.
      const said = page.locator('betwixt-problems .problem, main.sheet .problem', { hasText: start.files[0] }).first();
      await said.waitFor();
      assert.match(await page.locator('.heading').innerText(), /^There (is a mistake|are \d+ mistakes)/, start.what);
      guide.writeAll(whole);
      await page.locator('betwixt-problems, .problem').first().waitFor({ state: 'detached' });
      await shows(page, 'A guide for two');
      assert.match(await page.title(), /^A guide for two/, start.what);
    });
  }
});

test('the page of a server that can show nothing is whole, in light and dark, and at 320 px', () => {
  const guide = starter();
  guide.remove('site.toml');
  return serving(guide, async ({ at }) => {
    const visit = await at('/');
    assert.equal(visit.response.status(), 503);
    await visit.page.locator('.problem', { hasText: 'there is no site.toml here' }).waitFor();
    none(await violations(visit.page), 'violations');
    await visit.page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await sideways(visit.page), null);
    none(visit.trouble.console.filter((words) => !words.includes('503')), 'complaints');
  });
});

// ---- Styles and pictures, in place

test('another style sheet is put in the place of the old one, which stays until the new one is there', () => serving(starter({
  ...quiet,
  'themes/quiet/templates/styles.html': '{#- One sheet is enough. -#}\n',
  'themes/quiet/assets/hearth.css': 'body { color: rgb(1, 2, 3) }\n',
}), async ({ guide, at }) => {
  const visit = await at('/');
  const { page } = visit;
  const colour = (wanted) => page.waitForFunction((one) => getComputedStyle(document.body).color === one, wanted);
  await colour('rgb(1, 2, 3)');
  const old = await page.locator('link[href*="hearth."]').getAttribute('href');
  let go;
  const held = new Promise((free) => { go = free; });
  const isAsked = page.waitForRequest((request) => request.url().endsWith('.css') && !request.url().endsWith(old));
  await page.route((url) => url.pathname.includes('hearth.') && url.pathname !== old, async (route) => { await held; await route.continue(); });
  guide.write('themes/quiet/assets/hearth.css', 'body { color: rgb(4, 5, 6) }\n');
  await isAsked;
  await settle(page);
  assert.equal(await page.locator(`link[href="${old}"]`).count(), 1, 'the old sheet went too early');
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(1, 2, 3)');
  go();
  await colour('rgb(4, 5, 6)');
  await page.waitForFunction(() => document.querySelectorAll('link[href*="hearth."]').length === 1);
  // A sheet that is gone before it is loaded, because another was saved meanwhile, is passed over.
  await page.unrouteAll();
  const isLate = page.waitForRequest((request) => request.url().endsWith('.css'));
  let late = true;
  await page.route((url) => url.pathname.endsWith('.css'), async (route) => {
    if (late) {
      late = false;
      guide.write('themes/quiet/assets/hearth.css', 'body { color: rgb(6, 6, 6) }\n');
      while ((await fetch(route.request().url())).ok);
    }
    await route.continue();
  });
  guide.write('themes/quiet/assets/hearth.css', 'body { color: rgb(5, 5, 5) }\n');
  await isLate;
  await colour('rgb(6, 6, 6)');
  // Many saves, one after the other, end in the last.
  for (const i of [7, 8, 9]) guide.write('themes/quiet/assets/hearth.css', `body { color: rgb(${i}, ${i}, ${i}) }\n`);
  await colour('rgb(9, 9, 9)');
  await page.waitForFunction(() => document.querySelectorAll('link[href*="hearth."]').length === 1);
  assert.ok(await isTheSame(page));
  none(complaints(visit).filter((words) => !/404|Refused to apply/.test(words)), 'complaints');
  // One that cannot be loaded at all, and that no other follows, has the page loaded again.
  await page.unrouteAll();
  let isLost = true;
  await page.route((url) => url.pathname.endsWith('.css'), (route) => {
    if (!isLost) return route.continue();
    isLost = false;
    return route.abort();
  });
  guide.write('themes/quiet/assets/hearth.css', 'body { color: rgb(10, 10, 10) }\n');
  await colour('rgb(10, 10, 10)');
  assert.equal(await isTheSame(page), false);
}));

test('another picture under the same name is shown in place', () => {
  const picture = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="${colour}"/></svg>`;
  return serving(starter({
    'content/practices/tea.svg': picture('#ff0000'),
    [practice]: (words) => `${words}\n![A cup of tea](tea.svg)\n`,
  }), async ({ guide, at }) => {
    const visit = await at(addresses.practice);
    const { page } = visit;
    const shows = (colour) => page.waitForFunction((wanted) => {
      const canvas = document.createElement('canvas').getContext('2d');
      canvas.drawImage(document.querySelector('main img'), 0, 0);
      return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).join() === wanted;
    }, colour);
    await shows('255,0,0');
    guide.write('content/practices/tea.svg', picture('#00ff00'));
    await shows('0,255,0');
    assert.ok(await isTheSame(page));
    none(complaints(visit), 'complaints');
  });
});

test('another picture of a style sheet, under the same name, is shown', () => {
  const picture = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="${colour}"/></svg>`;
  return serving(starter({
    'static/back.svg': picture('#ff0000'),
    'static/own.css': 'body { background: url(/back.svg) !important }\n',
  }), async ({ guide, at }) => {
    const visit = await at(addresses.practice);
    const { page } = visit;
    await page.evaluate(() => new Promise((done) => {
      const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/own.css', onload: done });
      document.head.append(link);
    }));
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/back.svg')));
    guide.write('static/back.svg', picture('#00ff00'));
    await page.waitForFunction(() => window.isTheSame !== true);
    none(complaints(visit), 'complaints');
  });
});

// ---- The server goes and comes

test('a page heals when its server is killed and another takes its place', async () => {
  const guide = starter();
  const port = await freePort();
  let visit;
  await serving(guide, async ({ server }) => {
    visit = await open(browser, server.origin + addresses.sign);
    visit.context.setDefaultTimeout(long);
    await hasHeard(visit.page, guide);
    await server.kill();
    await visit.page.locator('betwixt-note p', { hasText: 'The preview has stopped' }).waitFor();
  }, { port });
  try {
    guide.write(sign, (words) => words.replace('We know how each', 'By heart we know how each'));
    await serving(guide, async ({ server }) => {
      assert.equal(new URL(server.origin).port, String(port));
      await shows(visit.page, 'By heart we know');
      assert.equal(await visit.page.locator('betwixt-note').count(), 0);
    }, { port });
  } finally {
    await visit.close();
  }
});

test('the drawings of a page stay when its server goes and another comes', async () => {
  const guide = starter();
  const port = await freePort();
  const drawings = (page) => page.locator('svg use').evaluateAll((all) => all.map((one) => [one.getAttribute('href'), one.getBBox().width > 0]));
  let visit;
  let before;
  await serving(guide, async ({ server }) => {
    visit = await open(browser, server.origin + addresses.sign);
    visit.context.setDefaultTimeout(long);
    await visit.page.evaluate(() => { window.isTheSame = true; });
    await hasHeard(visit.page, guide);
    before = await drawings(visit.page);
    assert.ok(before.length > 0 && before.every(([href, isDrawn]) => href.startsWith('#') && isDrawn), `${before}`);
    await server.kill();
  }, { port });
  try {
    await serving(guide, async () => {
      await hasHeard(visit.page, guide);
      assert.deepEqual(await drawings(visit.page), before);
      assert.ok(await isTheSame(visit.page));
    }, { port });
  } finally {
    await visit.close();
  }
});

test('an open page follows the guide into another folder of its address, and a page that is gone says so', () => serving(starter(), async ({ guide, at }) => {
  const { page } = await at(addresses.practice);
  const address = (path) => page.waitForFunction((wanted) => location.pathname === wanted, path);
  guide.write('site.toml', (words) => words.replace('https://guide.example/', 'https://guide.example/for/two/'));
  await address(`/for/two${addresses.practice}`);
  guide.write('site.toml', (words) => words.replace('https://guide.example/for/two/', 'https://guide.example/'));
  await address(addresses.practice);
  assert.equal(await page.locator('betwixt-note').count(), 0);
  await page.goto(new URL('/nowhere/', page.url()).href);
  await page.locator('betwixt-note p', { hasText: 'There is no page at this address' }).waitFor();
}));

function freePort() {
  return new Promise((done, failed) => {
    const listener = net.createServer().once('error', failed).listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => done(port));
    });
  });
}

test('many tabs of one window are all served, and each catches up when it is looked at', async () => {
  // Playwright makes all of its pages count as looked at. Tabs that it knows nothing of are hidden like anybody's.
  const control = await browser.newBrowserCDPSession();
  const tabs = [];
  const titleOf = async (id) => (await control.send('Target.getTargets')).targetInfos.find(({ targetId }) => targetId === id).title;
  const isTitled = async (id, title) => {
    const end = Date.now() + long;
    while (!(await titleOf(id)).startsWith(title)) assert.ok(Date.now() < end, `tab ${tabs.indexOf(id)} shows \`${await titleOf(id)}\``);
  };
  try {
    await serving(starter(), async ({ guide, server }) => {
      // Chromium has six connections to a server; if hidden tabs kept theirs, the seventh would wait for ever.
      let title = 'We talk';
      for (let i = 0; i < 8; i += 1) {
        tabs.push((await control.send('Target.createTarget', { url: server.origin + addresses.sign })).targetId);
        await isTitled(tabs.at(-1), title);
        // It hears, so it has a connection of its own.
        const next = `In round ${i} we talk`;
        guide.write(sign, (words) => words.replace(`title: ${title}`, `title: ${next}`));
        title = next;
        await isTitled(tabs.at(-1), title);
      }
      for (const id of tabs) {
        await control.send('Target.activateTarget', { targetId: id });
        await isTitled(id, title);
      }
    });
  } finally {
    for (const targetId of tabs) await control.send('Target.closeTarget', { targetId });
    await control.detach();
  }
});

// ---- The list of mistakes, by keyboard and for everyone

async function violations(page) {
  await page.evaluate(axe);
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    const result = await page.evaluate(() => window.axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
      rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], preload: false,
    }));
    assert.ok(result.passes.length > 0);
    if (await overlay(page).count()) found.push(...(await faint(page)).map((what) => `${colorScheme}: ${what}`));
    for (const one of result.violations) found.push(`${colorScheme}: ${one.id}: ${one.nodes.map(({ target, html }) => `${target.flat().join(' ')} ${html.slice(0, 100)}`).slice(0, 3).join(' | ')}`);
  }
  return found;
}

/** The words of the list that stand out too little from what is behind them; axe cannot tell in a shadow tree. */
function faint(page) {
  return page.evaluate(() => {
    const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
    const light = (colour) => numbers(colour).slice(0, 3).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
      .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (element) => {
      const { backgroundColor } = getComputedStyle(element);
      return (numbers(backgroundColor)[3] ?? 1) === 1 ? backgroundColor : behind(element.parentElement);
    };
    const all = [...document.querySelector('betwixt-problems').shadowRoot.querySelectorAll('*')];
    const written = all.filter((one) => one.checkVisibility() && !one.matches('.said') && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    if (written.length < 1) return ['nothing is written'];
    return written.map((one) => {
      const [less, more] = [light(getComputedStyle(one).color), light(behind(one))].sort((a, b) => a - b);
      return { one, ratio: (more + 0.05) / (less + 0.05) };
    }).filter(({ ratio }) => ratio < 4.5).map(({ one, ratio }) => `${ratio.toFixed(2)}: ${one.outerHTML.slice(0, 80)}`);
  });
}

const badly = { [practice]: (words) => `${words.replace('energy:', 'energie:')}\n${Array.from({ length: 60 }, (_, i) => `See [this](gone-${i}.md).\n`).join('\n')}` };
const desk = { DISPLAY: ':99' };

test('axe finds nothing in the list of mistakes, and nothing scrolls sideways at 320 px', () => serving(nearer(), async ({ guide, at }) => {
  const visit = await at('/practices/say-thank-you/', { viewport: { width: 1280, height: 900 } });
  const { page } = visit;
  guide.write('content/practices/say-thank-you.md', (words) => badly[practice](words.replace('## How to do it', `${'long'.repeat(40)}[](${'gone'.repeat(50)}.md)\n\n## How to do it`)));
  await problem(page, 'energie').waitFor();
  await problem(page, 'gone'.repeat(50)).waitFor();
  none(await violations(page), 'violations');
  await page.setViewportSize({ width: 320, height: 640 });
  none(await violations(page), 'violations at 320 px');
  assert.equal(await sideways(page), null);
  const wide = await overlay(page).locator('.over, .list').evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth || box.getBoundingClientRect().right > 321).map((box) => box.className));
  none(wide, 'wider than the window');
  assert.ok((await overlay(page).locator('.over').boundingBox()).height <= 640 * 0.6, 'the list leaves room for the page');
  await overlay(page).locator('.fold').click();
  none(await violations(page), 'violations when folded');
  assert.equal(await sideways(page), null);
}, { env: desk }));

test('the list is folded and unfolded by keyboard, comes last in the order, and stays as it was left', () => serving(starter(badly), async ({ guide, at }) => {
  const { page } = await at('/');
  const [fold, pill] = [overlay(page).locator('.fold'), overlay(page).locator('.pill')];
  await fold.waitFor();
  assert.match(await overlay(page).locator('.heading').innerText(), /^There are \d+ mistakes in 1 file\.$/);
  assert.equal(await overlay(page).locator('.problem').count(), 50);
  assert.match(await overlay(page).locator('.more').innerText(), /^… and \d+ more/);
  assert.match(await overlay(page).locator('[role=status]').innerText(), /^There are \d+ mistakes/);
  const focused = () => page.evaluate(() => { const one = document.activeElement; return (one.shadowRoot?.activeElement ?? one).classList[0]; });
  // From the last link of the page, the next stop is the list, and it begins with the way to fold it.
  await page.locator('body a').last().focus();
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'fold');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'pill');
  assert.equal(await fold.isVisible(), false);
  assert.match(await pill.innerText(), /^\d+ mistakes$/);
  await page.keyboard.press('Space');
  assert.equal(await focused(), 'fold');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  assert.equal(await focused(), 'pill');
  // It stays folded on the next page, until all is mended.
  await page.goto(new URL(addresses.sign, page.url()).href);
  await pill.waitFor();
  assert.equal(await fold.isVisible(), false);
  const whole = guide.read(practice).replace('energie:', 'energy:').replace(/\nSee \[this\][^]*/, '');
  guide.write(practice, whole);
  await isGone(page);
  guide.write(practice, badly[practice]);
  await fold.waitFor();
}));

test('a warning alone is a small sign that does not cover the page, and drafts say that they are drafts', () => serving(starter({
  [practice]: (words) => words.replace('order: 1', 'order: 1\ndraft: true').replace('Ten minutes are little', '![](tea.svg)\n\nTen minutes are little'),
  'content/practices/tea.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}), async ({ at }) => {
  const { page } = await at(addresses.practice);
  const pill = overlay(page).locator('.pill');
  await pill.waitFor();
  assert.match(await pill.innerText(), /^\d+ warnings?$/);
  assert.equal(await overlay(page).locator('.over').isVisible(), false);
  await pill.click();
  await problem(page, 'no words for those who cannot see it').waitFor();
  assert.match(await overlay(page).locator('.explanation').innerText(), /You can go on writing/);
  const banner = page.locator('p.draft');
  assert.ok(await banner.isVisible());
  assert.match(await banner.innerText(), /draft/i);
  assert.ok((await banner.boundingBox()).y < 300);
}));

test('paper shows the page alone', () => serving(starter(badly), async ({ at }) => {
  const { page } = await at('/');
  await overlay(page).locator('.over').waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await overlay(page).locator('.over').isVisible(), false);
  await page.emulateMedia({ media: 'screen' });
  await overlay(page).locator('.fold').click();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await overlay(page).locator('.pill').isVisible(), false);
}));

test('a click on a place opens it in the editor; without a screen it is plain words', async () => {
  const folder = temporaryFolder('editor');
  const [editor, told] = [path.join(folder, 'code'), path.join(folder, 'told')];
  fs.writeFileSync(editor, `#!/bin/sh\nprintf '%s\\n' "$@" > ${told}.part && mv ${told}.part ${told}\n`, { mode: 0o755 });
  const name = 'content/practices/tea & rest + 1%.md';
  const bad = { [practice]: (words) => words.replace('energy:', 'energie:'), [name]: 'titel' };
  await serving(starter(bad), async ({ guide, at }) => {
    const visit = await at('/');
    for (const file of [`${practice}:9:1`, name]) {
      const answer = visit.page.waitForResponse((response) => response.url().includes('/__betwixt/open'));
      await visit.page.getByRole('link', { name: file }).first().click();
      assert.equal((await answer).status(), 204, file);
      await written(told);
      const words = fs.readFileSync(told, 'utf8').trim().split('\n');
      const place = words.at(-1);
      assert.equal(place, path.join(guide.folder, file.startsWith(practice) ? file : `${file}:1:1`));
      assert.equal(words[0], '--goto');
      fs.rmSync(told);
      assert.ok(await isTheSame(visit.page), 'the page stays');
    }
    // A script of the page reads the key too, but cannot ask as a person's click does.
    const { page } = visit;
    const address = await page.getByRole('link', { name }).first().getAttribute('href');
    assert.equal(await page.evaluate(async (asked) => (await fetch(asked)).status, address), 403);
    assert.equal(fs.existsSync(told), false);
    none(complaints(visit).filter((words) => !words.includes('403')), 'complaints');
  }, { env: { ...desk, BETWIXT_EDITOR: `'${editor}' --goto {file}:{line}:{column}` } });
  // Without an editor, only text is given to the system.
  await serving(starter(bad), async ({ at }) => {
    const { page } = await at('/');
    await problem(page, 'energie').waitFor();
    const names = await overlay(page).locator('a.place').allInnerTexts();
    assert.ok(names.some((one) => one.startsWith(practice)), `${names}`);
    assert.ok(names.every((one) => /\.(md|toml|ya?ml|txt|css)(:\d+:\d+)?$/.test(one)), `${names}`);
  }, { env: { ...desk, BETWIXT_EDITOR: '' } });
  await serving(starter(bad), async ({ at }) => {
    const { page } = await at('/');
    await problem(page, 'energie').waitFor();
    assert.equal(await overlay(page).locator('a.place').count(), 0);
  }, { env: { BETWIXT_EDITOR: editor } });
});

/** Waits until a file is there. */
async function written(file) {
  const isThere = () => fs.existsSync(file);
  if (isThere()) return;
  const watcher = fs.watch(path.dirname(file));
  try {
    await new Promise((done) => { watcher.on('change', () => { if (isThere()) done(); }); if (isThere()) done(); });
  } finally { watcher.close(); }
}
