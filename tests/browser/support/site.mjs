// The built site: its files, and its pages as parsed from their source. Knows nothing about the browser.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parse } from 'parse5';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

const temporary = [];
process.on('exit', () => { for (const folder of temporary) fs.rmSync(folder, { recursive: true, force: true }); });

/** A folder that is gone when this process ends. */
export function temporaryFolder(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `betwixt-${name}-`));
  temporary.push(folder);
  return folder;
}

/** The folder of the built site: the one `tests/run` names, or one built here. */
export function builtSite() {
  if (process.env.BETWIXT_SITE) return path.resolve(process.env.BETWIXT_SITE);
  const folder = path.join(temporaryFolder('site'), 'site');
  const built = betwixt(['build', '--output', folder], root);
  if (built.status !== 0) throw new Error(`the site could not be built:\n${built.stderr}`);
  return folder;
}

/** The program: the binary that BETWIXT_BIN names, or the one that cargo makes. */
export function program() {
  if (process.env.BETWIXT_BIN) return path.resolve(root, process.env.BETWIXT_BIN);
  made ??= make();
  return made;
}

let made = null;
function make() {
  const asked = ['build', '--release', '--quiet', '--message-format=json', '--bin', 'betwixt'];
  const cargo = spawnSync('cargo', asked, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (cargo.status !== 0) throw new Error(`the program could not be built:\n${cargo.stderr}`);
  return cargo.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line).executable).filter(Boolean).at(-1);
}

/** Runs the program to its end. */
export function betwixt(args, folder) {
  return spawnSync(program(), args, { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
}

/** Every file below a folder, as an absolute address: `/signs/index.html`. */
export function filesOf(folder) {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => '/' + path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter((name) => !name.split('/').at(-1).startsWith('.'))
    .sort();
}

/** Every page of a site. A page that only leads to another (an old address) is marked as a redirect. */
export function pagesOf(folder) {
  return filesOf(folder).filter((file) => file.endsWith('.html')).map((file) => pageOf(folder, file));
}

function pageOf(folder, file) {
  const source = fs.readFileSync(path.join(folder, file), 'utf8');
  const tree = parse(source, { sourceCodeLocationInfo: true });
  const page = { file, url: file.replace(/\/index\.html$/, '/'), source, tree };
  page.ids = new Set(all(tree, (element) => attribute(element, 'id') !== null).map((element) => attribute(element, 'id')));
  page.links = all(tree, tag('a')).map((element) => attribute(element, 'href')).filter((href) => href !== null);
  page.title = text(all(tree, tag('title'))[0]);
  page.h1 = text(all(tree, tag('h1'))[0]);
  page.description = meta(page, 'description');
  page.canonical = linksIn(page, 'canonical')[0] ?? null;
  page.isRedirect = meta(page, 'refresh') !== null;
  page.isListed = !page.isRedirect && !/noindex/.test(meta(page, 'robots') ?? '');
  page.kind = (attribute(all(tree, tag('body'))[0], 'class') ?? '').split(' ')[0].replace(/^kind-/, '');
  return page;
}

// ---- Reading the tree

export function* elements(node) {
  if (node.tagName) yield node;
  for (const child of node.childNodes ?? []) yield* elements(child);
}

/** The elements below a node that a test accepts. */
export function all(node, accepts) {
  return [...elements(node)].filter(accepts);
}

export const tag = (name) => (element) => element.tagName === name;
export const withClass = (name) => (element) => (attribute(element, 'class') ?? '').split(/\s+/).includes(name);

export function attribute(element, name) {
  return element?.attrs.find((one) => one.name === name)?.value ?? null;
}

/** The text of a node, with every run of white space as one space. */
export function text(node) {
  return rawText(node).replace(/\s+/g, ' ').trim();
}

export function rawText(node) {
  if (!node || ['script', 'style', 'template'].includes(node.tagName)) return '';
  if (node.nodeName === '#text') return node.value;
  return (node.childNodes ?? []).map(rawText).join('');
}

/** What a <meta> says by its name, its property or its http-equiv. */
export function meta(page, name) {
  const found = all(page.tree, tag('meta')).find((element) =>
    ['name', 'property', 'http-equiv'].some((key) => attribute(element, key)?.toLowerCase() === name));
  return found ? attribute(found, 'content') : null;
}

export function linksIn(page, rel) {
  return all(page.tree, tag('link')).filter((element) => attribute(element, 'rel') === rel)
    .map((element) => attribute(element, 'href'));
}

/** The policy of a page as a map from directive to value. */
export function policyOf(page) {
  const policy = meta(page, 'content-security-policy') ?? '';
  return Object.fromEntries(policy.split(';').map((part) => part.trim().split(/\s+/)).filter(([name]) => name)
    .map(([name, ...values]) => [name, values.join(' ')]));
}
