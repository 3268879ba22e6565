// What machines read: the feed (RFC 4287), the sitemap (protocol 0.9) and robots.txt.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { builtSite, linksIn, pagesOf } from './support/site.mjs';
import { none } from './support/list.mjs';

const folder = builtSite();
const pages = pagesOf(folder);
const byAddress = new Map(pages.filter((page) => page.canonical).map((page) => [page.canonical, page]));
const home = pages.find(({ url }) => url === '/');
const site = new URL(home.canonical);
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, isArray: (name) => ['entry', 'link', 'url', 'author', 'id', 'title', 'updated', 'published', 'summary'].includes(name) });
const read = (name) => fs.readFileSync(path.join(folder, name), 'utf8');
const moment = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const isAbsolute = (address) => URL.canParse(address) && /^https:/.test(address);
const one = (list) => (list ?? []).length === 1;
const words = (value) => (typeof value === 'object' ? value['#text'] : value) ?? '';

const address = linksIn(home, 'alternate')[0];
const source = read(address);
const { feed } = parser.parse(source);
const { urlset } = parser.parse(read('/sitemap.xml'));
const listed = urlset.url.map(({ loc }) => loc);

test('the feed is well-formed XML in the namespace of Atom', () => {
  assert.equal(XMLValidator.validate(source), true);
  assert.match(source, /^<\?xml version="1\.0" encoding="utf-8"\?>/i);
  assert.equal(feed['@xmlns'], 'http://www.w3.org/2005/Atom');
});

test('the feed has one id, one title, one moment of change and an author', () => {
  for (const name of ['id', 'title', 'updated']) assert.ok(one(feed[name]), name);
  assert.ok(isAbsolute(feed.id[0]));
  assert.ok(words(feed.title[0]).trim());
  assert.match(feed.updated[0], moment);
  assert.ok(feed.author.every(({ name }) => words(name).trim()));
});

test('the feed names its own address and that of the site', () => {
  const rel = (name) => feed.link.filter((link) => (link['@rel'] ?? 'alternate') === name);
  assert.deepEqual(rel('self').map((link) => link['@href']), [new URL(address, site).href]);
  assert.deepEqual(rel('alternate').map((link) => link['@href']), [site.href]);
});

test('every page names the feed', () => {
  none(pages.filter((page) => !page.isRedirect && linksIn(page, 'alternate')[0] !== address).map(({ url }) => url), 'without the feed');
});

test('every entry has one id, one title, one moment of change, a summary and a link to its page', () => {
  assert.ok(feed.entry.length > 0);
  none(feed.entry.flatMap((entry) => {
    const wrong = ['id', 'title', 'updated', 'summary'].filter((name) => !one(entry[name]));
    const links = (entry.link ?? []).filter((link) => (link['@rel'] ?? 'alternate') === 'alternate').map((link) => link['@href']);
    if ((entry.published ?? []).length > 1 || !moment.test(entry.updated?.[0]) || !(entry.published ?? []).every((value) => moment.test(value))) wrong.push('moments');
    if (links.length !== 1 || !isAbsolute(links[0]) || !isAbsolute(entry.id?.[0])) wrong.push('addresses');
    const page = byAddress.get(links[0]);
    if (!page?.isListed) wrong.push('leads to no page');
    else if (page.kind !== 'home' && words(entry.title[0]) !== page.h1) wrong.push(`«${words(entry.title[0])}» is not «${page.h1}»`);
    if (!words(entry.summary?.[0]).trim()) wrong.push('empty summary');
    return wrong.map((what) => `${entry.id}: ${what}`);
  }), 'wrong entries');
});

test('no entry stands twice, and none is older than the one after it', () => {
  const ids = feed.entry.map(({ id }) => id[0]);
  assert.equal(new Set(ids).size, ids.length);
  const moments = feed.entry.map(({ updated }) => Date.parse(updated[0]));
  assert.deepEqual(moments, [...moments].sort((a, b) => b - a));
  assert.equal(Date.parse(feed.updated[0]), moments[0]);
});

test('the feed holds plain text: no markup, and nothing escaped twice', () => {
  const texts = [feed, ...feed.entry].flatMap((part) => [...part.title, ...(part.summary ?? [])]).map(words);
  none(texts.filter((value) => /<\/?[a-z]|&(lt|gt|amp|quot|#\d+);/.test(value)), 'markup');
});

test('the sitemap is well-formed, in its namespace, with absolute addresses of this site', () => {
  assert.equal(XMLValidator.validate(read('/sitemap.xml')), true);
  assert.equal(urlset['@xmlns'], 'http://www.sitemaps.org/schemas/sitemap/0.9');
  none(listed.filter((loc) => !isAbsolute(loc) || !loc.startsWith(site.href) || loc.length > 2048), 'wrong addresses');
});

test('the sitemap lists every page once, and none that asks not to be listed', () => {
  none(listed.filter((loc, i) => listed.indexOf(loc) !== i), 'twice');
  none(listed.filter((loc) => !byAddress.get(loc)?.isListed), 'listed, but no such page or noindex');
  none(pages.filter((page) => page.isListed && !listed.includes(page.canonical)).map(({ url }) => url), 'not listed');
});

test('the sitemap says when pages changed, as the W3C writes days', () => {
  const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;
  const days = urlset.url.map(({ lastmod }) => lastmod).filter((lastmod) => lastmod !== undefined);
  assert.ok(days.length > 0);
  none(days.filter((lastmod) => !day.test(lastmod) || Number.isNaN(Date.parse(lastmod))), 'wrong days');
});

test('robots.txt lets everybody in and names the sitemap', () => {
  const lines = read('/robots.txt').split(/\r?\n/).filter((line) => line.trim() && !line.startsWith('#'));
  none(lines.filter((line) => !/^(user-agent|allow|disallow|sitemap):\s*\S/i.test(line)), 'unknown lines');
  assert.ok(!lines.some((line) => /^disallow:\s*\/\s*$/i.test(line)));
  assert.deepEqual(lines.filter((line) => /^sitemap:/i.test(line)).map((line) => line.replace(/^sitemap:\s*/i, '')), [new URL('sitemap.xml', site).href]);
});
