// The script of open pages: hears what is new, brings the page up to date, and shows what is wrong.
// `sheet`, what problems look like, is put before it. Whatever the server tells is text, never markup.

const own = document.currentScript;
const address = location.pathname;
const place = `betwixt:${address}`;
let seen = own.dataset.seen;
/** Whether this is the server's own page, behind which the guide will come back. */
const isWaiting = document.body.dataset.betwixt === 'problems';

// ---- What the page remembers while it is loaded again

function remembered(key) {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
}

function remember(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch { /* Without storage the page begins at its top. */ }
}

/** The parts that a reader may open, in their order. */
const parts = () => [...document.querySelectorAll('details')];

let leaving = false;
function reload() {
  if (leaving) return;
  leaving = true;
  hush();
  // A page that is never as it is said to be must not be loaded again and again without a rest.
  const recent = (remembered('betwixt:reloads') ?? []).filter((time) => Date.now() - time < 10_000);
  remember('betwixt:reloads', [...recent, Date.now()]);
  setTimeout(() => {
    if (!isWaiting) remember(place, { x: scrollX, y: scrollY, open: parts().map((part) => part.open) });
    location.reload();
  }, recent.length > 20 ? 5000 : 0);
}

function restore() {
  if (isWaiting) return;
  const kept = remembered(place);
  remember(place, null);
  if (!kept) return;
  const all = parts();
  if (all.length === kept.open.length) all.forEach((part, i) => { part.open = kept.open[i]; });
  const go = () => scrollTo({ left: kept.x, top: kept.y, behavior: 'instant' });
  go();
  // Pictures and fonts move what is below them; but a reader who scrolls knows better.
  let moved = false;
  for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
    addEventListener(kind, () => { moved = true; }, { once: true, passive: true });
  }
  addEventListener('load', () => { if (!moved) requestAnimationFrame(go); }, { once: true });
}

// ---- Style sheets and pictures, in place

/** The addresses that style sheets are to have whose files were gone before they were loaded: others are on their way. */
const meant = new WeakMap();

function exchange([old, address]) {
  const links = [...document.querySelectorAll('link[rel~="stylesheet"]')];
  const link = links.find((one) => (meant.get(one) ?? one.getAttribute('href')) === old);
  if (!link) return Promise.reject(new Error('there is no such style sheet'));
  meant.set(link, address);
  const next = link.cloneNode();
  next.setAttribute('href', address);
  return new Promise((done, failed) => {
    next.addEventListener('load', () => done({ link, next }), { once: true });
    next.addEventListener('error', () => { next.remove(); failed(new Error('it is gone')); }, { once: true });
    link.after(next);
  });
}

/** The old sheets go when all new ones are there, so that the page never stands without. */
let exchanges = Promise.resolve();
let rounds = 0;
function restyle(pairs) {
  rounds += 1;
  const round = rounds;
  exchanges = exchanges.then(async () => {
    const all = await Promise.allSettled(pairs.map(exchange));
    const isWhole = all.every(({ status }) => status === 'fulfilled');
    for (const { value } of all) {
      if (value) (isWhole ? value.link : value.next).remove();
    }
    if (!isWhole) setTimeout(() => { if (round === rounds) askAfresh(); }, 1000);
  });
}

/** The address with a number that makes it another, so that it is asked for again. */
function afresh(address) {
  const url = new URL(address, location.href);
  url.searchParams.set('betwixt', Date.now());
  return url.href;
}

/** Whether it names a part of the page itself, such as `#mark`: nothing is loaded for that, and it must stay as it is. */
function isOfThisPage(address) {
  const [asked, own] = [new URL(address, document.baseURI), new URL(document.baseURI)];
  return asked.href.replace(/#.*/, '') === own.href.replace(/#.*/, '');
}

/** Whether a style sheet loaded one of these: a font, a picture, another sheet. A font may have been loaded ahead of it. */
function areOfStyles(changed) {
  return performance.getEntriesByType('resource').some(({ name, initiatorType }) => {
    const { origin, pathname } = new URL(name, location.href);
    const isOfStyles = initiatorType === 'css' || /\.(woff2|ttf|otf)$/.test(pathname);
    return isOfStyles && origin === location.origin && changed.includes(pathname);
  });
}

/** Loads files again that changed under the same address: those that are named, or all. */
function refresh(changed) {
  const isChanged = (address) => {
    if (!address || isOfThisPage(address)) return false;
    const url = new URL(address, location.href);
    return url.origin === location.origin && !url.pathname.startsWith('/__betwixt/') && (!changed || changed.includes(url.pathname));
  };
  const scripts = [...document.querySelectorAll('script[src]')];
  if (changed && (areOfStyles(changed) || scripts.some((script) => isChanged(script.src)))) {
    reload();
    return;
  }
  for (const link of document.querySelectorAll('link[rel~="stylesheet"], link[rel~="icon"]')) {
    if (!isChanged(link.href)) continue;
    const old = link.getAttribute('href');
    if (link.relList.contains('stylesheet')) restyle([[old, afresh(old)]]);
    else link.href = afresh(old);
  }
  for (const one of document.querySelectorAll('img, video, audio, source, input[type="image"]')) {
    if (isChanged(one.src)) one.src = afresh(one.src);
    if (one.poster && isChanged(one.poster)) one.poster = afresh(one.poster);
    if (one.srcset) {
      one.srcset = one.srcset.replace(/(^|,\s*)([^\s,]+)/g, (all, before, address) => before + (isChanged(address) ? afresh(address) : address));
    }
    if (one.tagName === 'SOURCE') one.parentElement?.load?.();
  }
  for (const one of document.querySelectorAll('svg image, svg use')) {
    if (isChanged(one.href?.baseVal)) one.setAttribute('href', afresh(one.href.baseVal));
  }
}

// ---- What is wrong, over the page

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content.filter((one) => one !== '' && one !== null));
  return made;
}

const written = (spot) => (spot.at ? `${spot.path}:${spot.at[0]}:${spot.at[1]}` : spot.path);

/** Whether the browser tells the server that a person clicked: Safari, which alone knows gestures, does not. */
const tellsOfClicks = !('GestureEvent' in window);

/** Whether a click can open it: without an editor that is known, the server opens names of certain endings alone. */
function canOpen(spot, { key, endings }) {
  const isText = () => endings.some((ending) => spot.path.endsWith(`.${ending}`));
  return tellsOfClicks && key && (!endings.length || isText());
}

/** The place as text, or as a link where a click can open it: the answer to it is none, so that the page stays. */
function placeOf(spot, told) {
  if (!canOpen(spot, told)) return element('bdi', 'place', written(spot));
  const asked = new URLSearchParams({ key: told.key, path: spot.path });
  if (spot.at) {
    asked.set('line', spot.at[0]);
    asked.set('column', spot.at[1]);
  }
  const link = element('a', 'place', element('bdi', '', written(spot)));
  // The server reads percent-encoding alone, in which a space is no plus.
  link.href = `${location.origin}/__betwixt/open?${String(asked).replaceAll('+', '%20')}`;
  link.target = '_self';
  link.title = 'Open in your editor';
  return link;
}

function excerptOf(problem) {
  if (!problem.excerpt || !problem.place.at) return '';
  return element('pre', '', element('span', 'number', String(problem.place.at[0])), markedIn(problem.excerpt));
}

const markedIn = ({ before, marked, after }) => element('code', '', before, element('mark', '', marked), after);

/** What stands between backticks is to be written letter for letter; nobody is to write the backticks. */
function words(text) {
  const pieces = text.split(/`([^`]+)`/);
  return pieces.map((piece, i) => (i % 2 ? element('code', '', piece) : piece));
}

const line = (className, text) => (text ? element('p', className, ...words(text)) : '');

function itemOf(problem, told) {
  const severity = element('strong', 'severity', `${problem.severity}:`);
  return element(
    'li', `problem ${problem.severity}`,
    element('p', 'message', severity, ' ', ...words(problem.message)),
    element('p', '', placeOf(problem.place, told)),
    excerptOf(problem),
    line('label', problem.label),
    problem.help ? element('p', 'help', element('strong', '', 'Help:'), ' ', ...words(problem.help)) : '',
    problem.mended ? element('pre', 'mended', markedIn(problem.mended)) : '',
    ...problem.notes.map((note) => element('p', 'note', ...words(note.label), ' ', placeOf(note.place, told))),
    line('note', problem.same),
    ...problem.others.map((spot) => element('p', 'note', placeOf(spot, told))),
    element('p', 'code', problem.code),
  );
}

/** The overlay, made when it is first needed. */
let overlay = null;

function makeOverlay() {
  const host = document.createElement('betwixt-problems');
  const root = host.attachShadow({ mode: 'open' });
  const looks = new CSSStyleSheet();
  looks.replaceSync(sheet);
  root.adoptedStyleSheets = [looks];
  const fold = element('button', 'fold', 'Hide');
  fold.type = 'button';
  const heading = element('h2', 'heading');
  const explanation = element('p', 'explanation');
  const list = element('ol', '');
  const more = element('p', 'more');
  const head = element('div', 'head', element('div', 'words', heading, explanation), fold);
  const panel = element('section', 'sheet over', head, element('div', 'list', list, more));
  panel.lang = 'en';
  panel.dir = 'ltr';
  panel.setAttribute('aria-label', 'Mistakes in your guide');
  const pill = element('button', 'pill');
  pill.type = 'button';
  pill.lang = 'en';
  pill.dir = 'ltr';
  pill.setAttribute('aria-expanded', 'false');
  const said = element('p', 'said');
  said.setAttribute('role', 'status');
  root.append(panel, pill, said);
  const made = { host, panel, pill, heading, explanation, list, more, said };
  fold.addEventListener('click', () => { choose(true); pill.focus(); });
  pill.addEventListener('click', () => { choose(false); fold.focus(); });
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { choose(true); pill.focus(); }
  });
  return made;
}

/** Whether the author folded the list (true), unfolded it (false), or left it as it came (null). */
function choose(folded) {
  remember('betwixt:folded', folded);
  lay(folded);
}

function lay(folded) {
  overlay.panel.hidden = folded;
  overlay.pill.hidden = !folded;
}

function show(told) {
  if (!told.problems.length) {
    overlay?.host.remove();
    remember('betwixt:folded', null);
    if (overlay) overlay.said.textContent = '';
    return;
  }
  overlay ??= makeOverlay();
  // Outside the body, so that no rule of the page for what stands in it finds it.
  if (!overlay.host.isConnected) document.documentElement.append(overlay.host);
  const at = overlay.list.parentElement.scrollTop;
  overlay.heading.textContent = told.heading;
  overlay.explanation.textContent = told.explanation;
  overlay.more.textContent = told.more;
  overlay.more.hidden = !told.more;
  overlay.list.replaceChildren(...told.problems.map((problem) => itemOf(problem, told)));
  overlay.pill.textContent = told.short;
  overlay.pill.classList.toggle('error', told.has_errors);
  overlay.panel.classList.toggle('error', told.has_errors);
  lay(remembered('betwixt:folded') ?? !told.has_errors);
  overlay.list.parentElement.scrollTop = at;
  // Said once it is part of the page, so that it is heard; the same is not said twice.
  requestAnimationFrame(() => { if (overlay.said.textContent !== told.heading) overlay.said.textContent = told.heading; });
}

/** A few words at the top of the window, or none: what has happened to this page. */
let remark = null;

function note(words) {
  if (remark?.textContent === words) return;
  remark?.host.remove();
  remark = null;
  if (!words) return;
  const host = document.createElement('betwixt-note');
  const root = host.attachShadow({ mode: 'open' });
  const looks = new CSSStyleSheet();
  looks.replaceSync(sheet);
  root.adoptedStyleSheets = [looks];
  const text = element('p', 'pill note-of-page', words);
  text.lang = 'en';
  text.dir = 'ltr';
  text.setAttribute('role', 'status');
  root.append(text);
  remark = { host, textContent: words };
  document.documentElement.append(host);
}

const GONE = 'There is no page at this address. If its file was renamed, so was its address.';
const STOPPED = 'The preview has stopped. This page no longer follows what you write.';
/** What is said while the server can be heard. */
const usual = own.dataset.status === '404' ? GONE : '';

/** On the server's own page the list is there; its places become links. Everywhere else it lies over the page. */
function tell(told) {
  const list = isWaiting && document.querySelector('main ol');
  if (list) list.replaceChildren(...told.problems.map((problem) => itemOf(problem, told)));
  else show(told);
}

// ---- Hearing

let stream = null;
let again = 0;
let silence = 0;

/** A server that is started again answers within moments; one that does not has stopped. */
function fallSilent() {
  if (!leaving) silence ||= setTimeout(() => note(STOPPED), 3000);
}

function hear() {
  clearTimeout(silence);
  silence = 0;
  note(usual);
}

function listen() {
  clearTimeout(again);
  if (stream || leaving || document.visibilityState === 'hidden') return;
  stream = new EventSource(`/__betwixt/events?page=${encodeURIComponent(address)}&seen=${encodeURIComponent(seen)}`);
  const on = (name, act) => stream.addEventListener(name, (event) => {
    seen = event.lastEventId || seen;
    act(JSON.parse(event.data));
  });
  on('problems', tell);
  on('page', reload);
  on('styles', (told) => restyle(told.pairs));
  on('files', (told) => refresh(told.changed));
  stream.addEventListener('open', hear);
  stream.addEventListener('error', () => {
    fallSilent();
    // A browser asks again by itself, but not where the answer was something else than a stream.
    if (stream?.readyState !== EventSource.CLOSED) return;
    hush();
    again = setTimeout(listen, 2000);
  });
}

function hush() {
  stream?.close();
  stream = null;
}

/** The page is not what it was to become; it is loaded again once there is a server to load it from. */
function askAfresh() {
  seen = '';
  hush();
  listen();
}

// A browser has six connections to a server; pages that nobody looks at leave them to the others.
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') hush(); else listen(); });
addEventListener('pagehide', hush);
addEventListener('pageshow', listen);
restore();
note(usual);
listen();
