// The links of the built site, by its files alone: all lead somewhere, both ways where both ways are promised.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { all, attribute, builtSite, filesOf, linksIn, meta, pagesOf, tag, text, withClass } from './support/site.mjs';
import { none } from './support/list.mjs';

const folder = builtSite();
const files = new Set(filesOf(folder));
const pages = pagesOf(folder);
const byUrl = new Map(pages.map((page) => [page.url, page]));
const home = byUrl.get('/');
const site = new URL(home.canonical);
const ofKind = (kind) => pages.filter((page) => page.kind === kind);

/** Where a link of a page leads within the site: {url, id}, or null if it leaves. */
function target(page, href) {
  const url = new URL(href, new URL(page.url, site));
  return url.origin === site.origin ? { url: decodeURI(url.pathname), id: decodeURIComponent(url.hash.slice(1)) } : null;
}

const isThere = (url) => byUrl.has(url) || files.has(url);
const inner = (page) => page.links.map((href) => target(page, href)).filter(Boolean);

test('every link within the site leads to a page or a file, by its exact address', () => {
  none(pages.flatMap((page) => inner(page).filter(({ url }) => !isThere(url)).map(({ url }) => `${page.url} → ${url}`)), 'dead links');
});

test('every link to a place in a page leads to that place', () => {
  none(pages.flatMap((page) => inner(page).filter(({ url, id }) => id && !byUrl.get(url)?.ids.has(id)).map(({ url, id }) => `${page.url} → ${url}#${id}`)), 'dead anchors');
});

test('no id stands twice in a page', () => {
  none(pages.flatMap((page) => {
    const ids = all(page.tree, (element) => attribute(element, 'id') !== null).map((element) => attribute(element, 'id'));
    return ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${page.url} #${id}`);
  }), 'ids');
});

test('every style sheet, script, picture, feed and neighbour that a page names is there', () => {
  const named = (page) => [
    ...['stylesheet', 'icon', 'alternate', 'prev', 'next'].flatMap((rel) => linksIn(page, rel)),
    ...all(page.tree, (element) => attribute(element, 'src') !== null).map((element) => attribute(element, 'src')),
  ];
  none(pages.flatMap((page) => named(page).filter((href) => !isThere(target(page, href)?.url)).map((href) => `${page.url} → ${href}`)), 'missing files');
  assert.ok(named(home).length >= 3);
});

test('every page shows other sites a picture that is there, in the size that they expect', () => {
  const shown = pages.filter((page) => !page.isRedirect).map((page) => ({ page, picture: meta(page, 'og:image') }));
  none(shown.filter(({ page, picture }) => !files.has(target(page, picture ?? '')?.url)).map(({ page, picture }) => `${page.url} → ${picture}`), 'pages without a picture');
  const pictures = new Set(shown.map(({ page, picture }) => target(page, picture).url));
  for (const picture of pictures) {
    const head = readFileSync(join(folder, picture)).subarray(0, 24);
    assert.deepEqual([head.toString('latin1', 1, 4), head.readUInt32BE(16), head.readUInt32BE(20)], ['PNG', 1200, 630], picture);
  }
  assert.ok(pictures.size > 18, 'each sign and each practice has its own');
});

test('a link that leaves the site is safe: https, and no hold on this page', () => {
  none(pages.flatMap((page) => all(page.tree, tag('a')).filter((link) => attribute(link, 'href') && !target(page, attribute(link, 'href'))).flatMap((link) => {
    const wrong = [];
    if (!/^(https|mailto|tel|sms):/.test(attribute(link, 'href'))) wrong.push('not https');
    if (/^https:/.test(attribute(link, 'href')) && !/\bnoopener\b/.test(attribute(link, 'rel') ?? '')) wrong.push('without noopener');
    if (attribute(link, 'target')) wrong.push('opens a window');
    return wrong.map((what) => `${page.url} → ${attribute(link, 'href')}: ${what}`);
  })), 'careless links');
});

test('other sites are not told which page a reader came from', () => {
  none(pages.filter((page) => !page.isRedirect && meta(page, 'referrer') !== 'no-referrer').map(({ url }) => url), 'pages that send a referrer');
});

test('every page can be reached from the first', () => {
  const reached = new Set(['/']);
  for (const url of reached) for (const next of inner(byUrl.get(url))) if (byUrl.has(next.url)) reached.add(next.url);
  none(pages.filter((page) => page.isListed && !reached.has(page.url)).map(({ url }) => url), 'pages that nothing leads to');
});

test('no page leads to the page that says that a page is not there', () => {
  none(pages.filter((page) => page.url !== '/404.html' && inner(page).some(({ url }) => url === '/404.html')).map(({ url }) => url), 'pages that lead there');
});

test('every page of the text links back to what it belongs to', () => {
  none([...ofKind('sign'), ...ofKind('practice')].flatMap((page) => {
    const crumbs = all(page.tree, withClass('crumbs'))[0];
    const parents = crumbs ? all(crumbs, tag('a')).map((link) => attribute(link, 'href')) : [];
    return parents[0] === '/' && parents.at(-1) === page.url.replace(/[^/]+\/$/, '') ? [] : [`${page.url} ${parents}`];
  }), 'wrong ways up');
});

test('every link has words of its own', () => {
  none(pages.flatMap((page) => all(page.tree, tag('a')).filter((link) => !(attribute(link, 'aria-label') ?? text(link)) || /^(here|click here|more|read more|link)$/i.test(text(link)))
    .map((link) => `${page.url} → ${attribute(link, 'href')} «${text(link)}»`)), 'links without meaning');
});

// ---- The first page

test('the first page says what the guide is, has one thing to do first, and leads to all signs and all practices', () => {
  assert.ok(meta(home, 'description').length > 20);
  const buttons = all(home.tree, withClass('button'));
  assert.deepEqual(buttons.map((button) => attribute(button, 'href')), ['/start-here/'], 'one first action');
  assert.equal(home.links.filter((href) => href === '/checklist/').length, 1, 'the checklist in the menu alone');
  assert.equal(all(home.tree, tag('main')).flatMap((main) => text(main).match(/Nearer/g) ?? []).length, 1, 'its name once');
  const linked = new Set(inner(home).map(({ url }) => url));
  assert.ok(ofKind('sign').length >= 2 && ofKind('practice').length >= 2);
  none([...ofKind('sign'), ...ofKind('practice')].filter((page) => !linked.has(page.url)).map(({ url }) => url), 'not on the first page');
});

test('the menu of every page leads to the way in and, apart from it, to the page for readers who are not safe', () => {
  const menus = pages.filter(({ tree }) => all(tree, withClass('menu')).length);
  assert.ok(menus.length > 25);
  none(menus.filter(({ tree }) => {
    const led = all(all(tree, withClass('menu'))[0], tag('a')).map((link) => attribute(link, 'href'));
    return led[0] !== '/start-here/' || led[1] !== '/before-you-start/';
  }).map(({ url }) => url), 'other menus');
});

// ---- Signs and practices

/** The relations that a page shows: [{url, why}]. */
function edges(page) {
  return all(page.tree, withClass('edge')).map((edge) => ({
    url: attribute(all(edge, tag('a'))[0], 'href'),
    why: text(all(edge, withClass('why'))[0]),
  }));
}

test('every sign leads to two practices or more, each with its reason, and each leads back', () => {
  none(ofKind('sign').flatMap((sign) => {
    const led = edges(sign);
    const wrong = led.length >= 2 ? [] : [`${sign.url} leads to ${led.length}`];
    for (const { url, why } of led) {
      if (byUrl.get(url)?.kind !== 'practice') wrong.push(`${sign.url} leads to ${url}, which is no practice`);
      else if (!edges(byUrl.get(url)).some((back) => back.url === sign.url)) wrong.push(`${url} does not lead back to ${sign.url}`);
      if (why.length < 10) wrong.push(`${sign.url} → ${url} without a reason`);
    }
    return wrong;
  }), 'broken relations');
});

test('every practice helps with a sign, with the reason that the sign gives', () => {
  none(ofKind('practice').flatMap((practice) => {
    const led = edges(practice);
    if (led.length === 0) return [`${practice.url} helps with nothing`];
    return led.filter(({ url, why }) => !edges(byUrl.get(url)).some((back) => back.url === practice.url && back.why === why)).map(({ url }) => `${practice.url} ↔ ${url}`);
  }), 'broken relations');
});

test('signs and practices say when they were reviewed, how long they take to read, and who wrote them', () => {
  none([...ofKind('sign'), ...ofKind('practice')].filter((page) => {
    const [head] = all(page.tree, withClass('page-kind'));
    const [end] = all(page.tree, withClass('meta'));
    const day = end && attribute(all(end, tag('time'))[0], 'datetime');
    return !(/^\d{4}-\d\d-\d\d$/.test(day ?? '') && /\d+ minutes? to read/.test(text(head)) && /Written by \S+/.test(text(end)));
  }).map(({ url }) => url), 'pages that do not say');
});

test('every practice begins with one short thing to try, and has its steps, its facts and a way to say no', () => {
  none(ofKind('practice').flatMap(({ url, tree }) => {
    const wrong = [];
    const words = text(all(tree, withClass('card-text'))[0]).split(' ').length;
    if (words < 5 || words > 30) wrong.push(`${words} words to try`);
    if (!all(all(tree, withClass('prose'))[0], tag('ol')).length) wrong.push('no steps');
    if (all(all(tree, withClass('facts'))[0], tag('dt')).length !== 4) wrong.push('not four facts');
    if (text(all(tree, withClass('card-more'))[0]).length < 30) wrong.push('no way to say no');
    return wrong.map((what) => `${url} ${what}`);
  }), 'incomplete practices');
});

test('the safety note stands on every sign, every practice and the checklist, in the same words', () => {
  const careful = [...ofKind('sign'), ...ofKind('practice'), byUrl.get('/checklist/'), byUrl.get('/checklist/sheet/')];
  const notes = careful.map((page) => text(all(page.tree, withClass('safety'))[0]));
  assert.equal(new Set(notes).size, 1);
  assert.match(notes[0], /afraid/);
  none(careful.filter((page) => !inner(page).some(({ url }) => url === '/before-you-start/')).map(({ url }) => url), 'no way to help');
});

// ---- Sources

const cites = (page) => all(page.tree, (element) => attribute(element, 'role') === 'doc-biblioref');
const sources = (page) => all(page.tree, (element) => element.tagName === 'li' && /^source-\d+$/.test(attribute(element, 'id') ?? ''));

test('every citation leads to its source, and its source back to it', () => {
  assert.ok(pages.some((page) => cites(page).length > 0));
  // In the book all chapters have one list, which names the chapters.
  none(pages.filter(({ url }) => url !== '/book/').flatMap((page) => {
    const wrong = [];
    const backs = new Map(sources(page).map((source) => [attribute(source, 'id'), all(source, tag('a')).map((link) => attribute(link, 'href'))]));
    for (const cite of cites(page)) {
      const id = attribute(cite, 'href').slice(1);
      if (id !== `source-${text(cite)}`) wrong.push(`«${text(cite)}» leads to ${id}`);
      if (!backs.get(id)?.includes(`#${attribute(cite, 'id')}`)) wrong.push(`${id} does not lead back to ${attribute(cite, 'id')}`);
    }
    return wrong.map((what) => `${page.url} ${what}`);
  }), 'broken citations');
});

test('no source is listed that the page does not cite, and none without its number', () => {
  none(pages.flatMap((page) => sources(page).flatMap((source, i) => {
    const wrong = [];
    if (attribute(source, 'id') !== `source-${i + 1}` || attribute(source, 'value') !== String(i + 1)) wrong.push('out of order');
    if (!cites(page).some((cite) => attribute(cite, 'href') === `#${attribute(source, 'id')}`)) wrong.push('not cited');
    return wrong.map((what) => `${page.url} ${attribute(source, 'id')} ${what}`);
  })), 'idle sources');
});

test('every source is in the references, which name the pages that cite it', () => {
  const references = byUrl.get('/references/');
  none(pages.flatMap((page) => sources(page).flatMap((source) => {
    const link = all(source, tag('a')).map((one) => target(page, attribute(one, 'href'))).find((one) => one?.url === references.url);
    const entry = link && all(references.tree, (element) => attribute(element, 'id') === link.id)[0];
    if (!entry) return [`${page.url} ${attribute(source, 'id')} is not in the references`];
    return all(entry, tag('a')).some((one) => attribute(one, 'href') === page.url) ? [] : [`${link.id} does not name ${page.url}`];
  })), 'lost sources');
});

test('the A to Z lists every page once', () => {
  const index = byUrl.get('/a-z/');
  const listed = all(index.tree, withClass('letter')).flatMap((letter) => all(letter, tag('a')).map((link) => attribute(link, 'href')));
  none(listed.filter((url, i) => listed.indexOf(url) !== i), 'listed twice');
  none(['sign', 'practice', 'page'].flatMap(ofKind).filter((page) => page.isListed && page !== index && !/^\/(tags|404)/.test(page.url) && !listed.includes(page.url)).map(({ url }) => url), 'not listed');
});
