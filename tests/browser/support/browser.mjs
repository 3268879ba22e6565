// Debian's Chromium, kept from the network, and what the tests ask of every page they open.
import fs from 'node:fs';
import { chromium } from 'playwright-core';

const program = '/usr/bin/chromium';
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--force-color-profile=srgb',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** `options` are for this browser alone. */
export function launch(options = {}) {
  if (!fs.existsSync(program)) throw new Error(`there is no ${program}: start the tests with tests/run, which installs it`);
  return chromium.launch({ executablePath: program, args: flags, ...options });
}

/** Opens a page in a context of its own; `trouble` collects what went wrong in it. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const trouble = await watch(context, page, new URL(address).origin);
  const response = await page.goto(address, { waitUntil: 'load' });
  if (options.javaScriptEnabled !== false) await settle(page); // without scripts no frame is ever announced
  return { context, page, trouble, response, close: () => context.close() };
}

/** Errors of the console and of the page, failed requests, and every request that would leave the site. */
async function watch(context, page, origin) {
  const trouble = { console: [], failed: [], foreign: [], requests: [] };
  const isOwn = (url) => new URL(url).origin === origin;
  await context.route((url) => url.origin !== origin, (route) => {
    trouble.foreign.push(route.request().url());
    return route.abort();
  });
  page.on('console', (message) => { if (message.type() === 'error') trouble.console.push(message.text()); });
  page.on('pageerror', (error) => trouble.console.push(String(error)));
  page.on('request', (request) => trouble.requests.push(`${request.method()} ${request.url().replace(origin, '')}`));
  page.on('requestfailed', (request) => { if (isOwn(request.url())) trouble.failed.push(request.url()); });
  page.on('response', (response) => { if (isOwn(response.url()) && response.status() >= 400) trouble.failed.push(`${response.status()} ${response.url()}`); });
  return trouble;
}

/** Two frames: what was changed has been laid out and painted. */
export function settle(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Does the work for each item, two at a time. */
export async function forEach(items, work) {
  const queue = [...items];
  const worker = async () => { while (queue.length) await work(queue.shift()); };
  await Promise.all([worker(), worker()]);
}

/** Adds a style sheet as a reader's own would be added: past the policy of the page. */
export function addStyle(page, css) {
  return page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, css);
}

export function removeStyles(page) {
  return page.evaluate(() => { document.adoptedStyleSheets = []; });
}

/** What makes the page wider than its window, or null. */
export function sideways(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return null;
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > width + 1 || box.left < -1) && !element.closest('.skip');
    });
    return `${document.scrollingElement.scrollWidth} px in ${width}: ${wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 80)).join(' | ')}`;
  });
}
