// A guide full of attacks. Each must be shown as plain words or refused; the policy is switched off here, so that
// only the generator and the theme stand between the attack and the reader. The names X01 to X12 are those of the attacks.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { all, attribute, betwixt, elements, pagesOf, tag, temporaryFolder, text } from './support/site.mjs';
import { serve } from './support/server.mjs';
import { forEach, launch, open } from './support/browser.mjs';
import { none } from './support/list.mjs';

const run = (name) => `window.attacked = '${name}'`;
const attacks = {
  script: `</script><script>${run('script')}</script>`,
  quotes: `"><img src="x" onerror="${run('quotes')}"><i title='`,
  focus: `' autofocus tabindex=0 onfocus='${run('focus')}' x='`,
  title: `</title><!--<script>${run('title')}</script>--><svg onload="${run('svg')}">`,
  lines: `one\u2028two\u2029</script><script>${run('lines')}</script>`,
  template: `{{ 7 * 7 }} {% set x = 1 %} {# no #}`,
  entity: `&lt;script&gt; &#60;img src=x onerror=${run('entity')}&#62; ]]> \\" \\u003c/script>`,
};
const every = Object.values(attacks).filter((attack) => !attack.includes('\u2028')).join(' ');
const yaml = (value) => JSON.stringify(value);
const page = (matter, body = 'Quiet words.') => `---\n${Object.entries(matter).map(([key, value]) => `${key}: ${typeof value === 'string' ? yaml(value) : JSON.stringify(value)}`).join('\n')}\n---\n${body}\n`;

/** A new guide with these files put into it. */
function guide(files) {
  const folder = path.join(temporaryFolder('hostile'), 'guide');
  const made = betwixt(['init', '--kind', 'couple', folder], '/');
  assert.equal(made.status, 0, made.stderr);
  for (const [name, words] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), typeof words === 'function' ? words(fs.readFileSync(path.join(folder, name), 'utf8')) : words);
  }
  return folder;
}

const build = (folder) => betwixt(['build', '--root', folder], folder);

const sign = (title) => page({
  title, description: `About ${title}`, order: 3, statement: title, guard: every, tags: [attacks.quotes, attacks.script], date: '2026-11-22',
  practices: [{ to: 'ten-minutes', why: every }, { to: 'hostile', why: attacks.title }],
}, `## Seen ${attacks.template.replaceAll('{', '\\{')} \\<script>${run('heading')}\\</script> "onmouseover=x

Where you are afraid, [begin here](../before-you-start.md). A [link](../practices/hostile.md "${'\\"'} onmouseover=x") and a back link.`);

const body = [
  `## "><img src=x onerror=alert(1)> \\</h2\\>`.replaceAll('<', '\\<'),
  `### a' onfocus='${run('heading id')}' b {#plain-id}`,
  '```js" onload="window.attacked=1" x="',
  attacks.script,
  '```',
  '~~~</code></pre><script>window.attacked="fence"</script>',
  every,
  '~~~',
  `Some \`${attacks.quotes.replaceAll('`', '')}\` in a line, and [^"note].`,
  '| a | b |\n|---|:-:|\n| `<img src=x onerror=window.attacked=1>` | \\<b\\> |',
  '> [!NOTE]\n> Words with \\<script\\>.',
  '[^"note]: A note with \\<img src=x onerror=alert(1)\\>.',
  '- [ ] a task "><b',
  `A [link](https://elsewhere.example/?a="onclick=x&b=<script> "title ${'\\"'}onclick=x").`.replace('<script> ', '%3Cscript%3E '),
  `<https://elsewhere.example/?q='onclick='x>`,
].join('\n\n');

/** What a page may hold besides its text, as texts that may say anything. */
const lines = `
[pages.fields]
helplines_note = { type = "text" }
helplines = { type = "list of map", keys = { country = { type = "text" }, name = { type = "text" }, phone = { type = "text" }, note = { type = "text" }, url = { type = "url" } } }
`;

const hostile = {
  'site.toml': (words) => words
    .replace('title = "A guide for two"', `title = ${JSON.stringify(every)}`)
    .replace('description = "Signs', `description = ${JSON.stringify(attacks.quotes + attacks.script)}\n# "Signs`)
    .replace('author = "Your name"', `author = ${JSON.stringify(attacks.title)}`)
    .replace('title = "Checklist" }', `title = ${JSON.stringify(attacks.script)} }`)
    .concat(lines)
    .replace('one = "sign", other = "signs"', `one = ${JSON.stringify(attacks.quotes)}, other = ${JSON.stringify(attacks.script)}`),
  ...Object.fromEntries(Object.entries(attacks).filter(([name]) => name !== 'lines').map(([name, attack]) => [`content/signs/${name}.md`, sign(attack)])),
  'content/practices/hostile.md': page({
    title: every, description: every, order: 3, try_this: attacks.quotes, minutes: 3, cost: attacks.script, place: attacks.title, energy: 'low',
    not_tonight: attacks.focus, guard: every, tags: [attacks.title], aliases: ['/older/place/'],
  }, body),
  'content/help.md': page({ title: 'Help', description: 'Help.', template: 'help', helplines_note: every, helplines: [{ country: attacks.script, name: attacks.quotes, phone: attacks.focus, note: every }] }),
};

let browser, server, pages, site;

before(async () => {
  const folder = guide(hostile);
  const built = build(folder);
  assert.equal(built.status, 0, built.stderr);
  site = path.join(folder, 'public');
  pages = pagesOf(site);
  server = await serve(site, { '/attacked/': `<!doctype html><title>Attacked</title><main>${attacks.script}</main>` });
  browser = await launch();
});
after(async () => { await browser?.close(); await server?.close(); });

const straight = (words) => words.replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/…/g, '...').replace(/\s+/g, ' ').trim();

/** Opens a page with its policy off; says what ran. */
async function ran(url) {
  const visit = await open(browser, server.origin + url, { bypassCSP: true });
  const dialogs = [];
  visit.page.on('dialog', (dialog) => { dialogs.push(dialog.message()); return dialog.dismiss(); });
  await visit.page.evaluate(() => {
    for (const element of document.querySelectorAll('main *, header *, footer *')) {
      if (element.closest('a[href], button')) continue;
      for (const kind of ['mouseover', 'focus', 'click', 'error', 'load']) element.dispatchEvent(new Event(kind));
    }
  });
  const found = [...dialogs, ...visit.trouble.console, ...visit.trouble.foreign, await visit.page.evaluate(() => window.attacked)].filter(Boolean);
  await visit.close();
  return found;
}

test('the trap works: a page that lets an attack through is caught', async () => assert.deepEqual(await ran('/attacked/'), ['script']));

test('X01 X02 X03 X11 nothing runs on any page of a hostile guide, even without the policy', async () => {
  const found = [];
  assert.ok(pages.length > 15);
  await forEach(pages.filter((one) => !one.isRedirect), async ({ url }) => { for (const what of await ran(url)) found.push(`${url} ${what}`); });
  none(found, 'attacks that ran');
});

test('X01 X02 X03 X11 attacks in titles, settings, reasons and notes are shown word for word', () => {
  const shown = new Map(pages.map((one) => [one.url, straight(text(all(one.tree, tag('body'))[0]))]));
  const expect = (url, words) => assert.ok(shown.get(url)?.includes(straight(words)), `${url} does not show ${words}\n${shown.get(url)?.slice(0, 1500)}`);
  for (const [name, attack] of Object.entries(attacks)) if (name !== 'lines') expect(`/signs/${name}/`, attack);
  for (const url of ['/', '/a-z/', '/checklist/', '/signs/']) expect(url, attacks.script);
  for (const words of [every, attacks.quotes, attacks.script, attacks.title, attacks.focus]) expect('/practices/hostile/', words);
  for (const words of [every, attacks.script, attacks.quotes, attacks.focus]) expect('/help/', words);
});

test('X02 X06 X07 no element or attribute of the pages comes from an attack', () => {
  const handlers = (element) => element.attrs.filter(({ name }) => /^on/.test(name) || ['style', 'autofocus', 'srcdoc'].includes(name)).map(({ name }) => `${element.tagName}[${name}]`);
  none(pages.flatMap((one) => [...elements(one.tree)].flatMap((element) => {
    const found = handlers(element);
    if (element.tagName === 'script' && !attribute(element, 'src')?.startsWith('/assets/') && attribute(element, 'type') !== 'application/ld+json') found.push('script');
    if (element.tagName === 'img' && attribute(element, 'src') === 'x') found.push('img');
    if (element.tagName === 'b' || element.tagName === 'i' || element.tagName === 'iframe') found.push(element.tagName);
    return found.map((what) => `${one.url} ${what}`);
  })), 'smuggled elements');
});

test('X06 the language of a fence stays within its class', () => {
  const practice = pages.find(({ url }) => url === '/practices/hostile/');
  const code = all(practice.tree, tag('code')).filter((element) => element.parentNode.tagName === 'pre');
  assert.equal(code.length, 2);
  for (const element of code) assert.ok(element.attrs.every(({ name }) => name === 'class'), JSON.stringify(element.attrs));
  assert.equal(straight(text(code[1])), straight(every));
});

test('X07 ids made of headings hold letters, digits and hyphens only', () => {
  none(pages.flatMap(({ url, ids }) => [...ids].filter((id) => !/^[\p{L}\p{N}_-]+$/u.test(id)).map((id) => `${url} #${id}`)), 'ids');
});

test('X12 the data for search engines and the feed stay whole, and say the titles word for word', () => {
  none(pages.flatMap((one) => all(one.tree, (element) => attribute(element, 'type') === 'application/ld+json').flatMap((element) => {
    const source = element.childNodes[0].value;
    try { JSON.parse(source); } catch (error) { return [`${one.url} ${error.message}`]; }
    return /<|\u2028|\u2029/.test(source) ? [`${one.url} holds < or a line separator`] : [];
  })), 'broken JSON');
  const feed = fs.readFileSync(path.join(site, 'atom.xml'), 'utf8');
  assert.equal(XMLValidator.validate(feed), true);
  assert.equal(XMLValidator.validate(fs.readFileSync(path.join(site, 'sitemap.xml'), 'utf8')), true);
  const titles = new XMLParser({ parseTagValue: false, htmlEntities: true }).parse(feed).feed;
  assert.ok(straight(String(titles.title)).includes(attacks.script), String(titles.title));
});

test('X03 a page whose title holds line separators is refused, or shows them harmlessly', async () => {
  const folder = guide({ 'content/signs/lines.md': sign(attacks.lines).replace('  "hostile"', '"an-evening-walk"').replaceAll('"to":"hostile"', '"to":"an-evening-walk"').replace('practices/hostile.md', 'practices/ten-minutes.md') });
  const built = build(folder);
  if (built.status === 1) return assert.match(built.stderr, /content\/signs\/lines\.md:\d+/);
  assert.equal(built.status, 0);
  const made = pagesOf(path.join(folder, 'public')).find(({ url }) => url === '/signs/lines/');
  assert.ok(text(all(made.tree, tag('h1'))[0]).includes('</script>'));
  assert.doesNotMatch(made.source.match(/ld\+json">(.*?)<\/script>/s)[1], /[\u2028\u2029]/);
});

// ---- What must be refused

/** The lines of a page, its fifth line first, that must each be refused at their place. */
function refused(name, lines) {
  for (const [i, line] of lines.entries()) {
    test(`${name} is refused, with its place: ${line.replace(/\s+/g, ' ').slice(0, 70)}`, () => {
      const folder = guide({ 'content/about.md': page({ title: 'About', description: 'About.' }, line) });
      const built = build(folder);
      assert.equal(built.status, 1, `${i}: ${built.stderr}`);
      assert.match(built.stderr, /content\/about\.md:[5-9]:\d+/);
      assert.ok(!fs.existsSync(path.join(folder, 'public', 'index.html')), 'something was published');
    });
  }
}

refused('X04 a link that runs a program', [
  '[a](javascript:alert(1))', '[a](JaVaScRiPt:alert(1))', '[a](java&#10;script:alert(1))', '[a](&#106;avascript:alert(1))',
  '[a](&#1;javascript:alert(1))', '[a](<java\tscript:alert(1)>)', '<javascript:alert(1)>', '[a][b]\n\n[b]: javascript:alert(1)',
  '[a](vbscript:msgbox(1))', '[a](data:text/html,<script>alert(1)</script>)',
]);

refused('X05 a picture that runs a program or comes from elsewhere', [
  '![a](javascript:alert(1))', '![a](data:image/svg+xml,<svg/onload=alert(1)>)', '![a](https://elsewhere.example/x.png)',
]);

refused('X08 HTML in a text', ['<script>alert(1)</script>', 'Some <b onclick=alert(1)>words</b>.', '<img src=x onerror=alert(1)>', '<style>*{display:none}</style>']);

refused('X09 HTML that changes as it is read', [
  '<svg><style><img src=x onerror=alert(1)></style></svg>', '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<!--> <img src=x onerror=alert(1)> -->', '<![CDATA[<img src=x onerror=alert(1)>]]>',
]);

test('X09 a comment leaves nothing behind, not even one that browsers would end early', () => {
  const folder = guide({ 'content/about.md': page({ title: 'About', description: 'About.' }, '<!-- --!><img src=x onerror=alert(1)> -->\n\nSome <!-- --!><img src=x onerror=alert(2)> --> words.') });
  assert.equal(build(folder).status, 0);
  assert.doesNotMatch(fs.readFileSync(path.join(folder, 'public/about/index.html'), 'utf8'), /onerror|<!--/);
});

for (const [what, more] of Object.entries({ 'the exit': { extra: { exit_url: 'javascript:alert(1)' } }, 'a helpline': { helplines: [{ country: 'A', name: 'B', url: 'JaVaScRiPt:alert(1)' }] } })) {
  test(`X10 an address in the front matter that runs a program is refused or made harmless: ${what}`, () => {
    const folder = guide({ 'site.toml': (words) => words.concat(lines), 'content/help.md': page({ title: 'Help', description: 'Help.', template: 'help', ...more }) });
    const built = build(folder);
    if (built.status === 1) return assert.match(built.stderr, /content\/help\.md/);
    const help = pagesOf(path.join(folder, 'public')).find(({ url }) => url === '/help/');
    none(help.links.filter((href) => /^\s*(javascript|data|vbscript):/i.test(href)), 'links that run a program');
  });
}
