//! Sources that get other names → the edits after which every link, relation and setting means what it meant.
//!
//! Only the names themselves are edited, where they are written; all other bytes stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use super::url_lock::address;
use super::{Book, Destination, PageId};
use crate::base::{
    Edit, Fingerprint, SourcePath, Sources, Span, Step, URL_LOCK, decode_entities, decode_path, encode_path, in_quotes,
    line_start, read_truth, scheme,
};
use crate::content::body::{self, Link, Target};
use crate::content::{Page, body_start, matter_places, parse};
use crate::site::{CONTENT, PageRules, Site};

/// The former and the later path of each source that gets another name.
pub type Moves = BTreeMap<SourcePath, SourcePath>;

/// The edits of each source, by its former path.
pub type Edits = BTreeMap<SourcePath, Vec<Edit>>;

/// A guide with all its drafts, and where it came from.
#[derive(Debug, Clone, Copy)]
pub struct RenameContext<'g> {
    /// The guide as it is, and its pages.
    pub book: Book<'g>,
    /// Its configuration.
    pub site: &'g Site,
    /// The file of that.
    pub configuration: &'g SourcePath,
    /// The files.
    pub sources: &'g Sources,
}

/// The edits that go with giving sources other names. A page that gets another address keeps the former as an alias.
#[must_use]
pub fn edits(context: RenameContext, moves: &Moves) -> Edits {
    let rules = rules_after(&context.site.rules, moves, context.sources);
    let mut after = BTreeMap::new();
    let pages = context.book.pages.iter().copied();
    for page in pages.clone() {
        if let Some(to) = moves.get(&page.path)
            && let Some(source) = context.sources.get(&page.path)
        {
            let today = context.sources.request.today;
            after.insert(&page.path, parse(to, source, &rules, Fingerprint::of(&rules), today).0);
        }
    }
    let addresses =
        pages.clone().filter_map(|page| Some((page.url.as_str(), after.get(&page.path)?.url.as_str()))).collect();
    let of_kinds = pages.filter(|page| page.kind.is_some() && after.contains_key(&page.path));
    let names = of_kinds.map(|page| ((page.kind, &*page.name), &after[&page.path])).collect();
    let work = Work { context, moves, rules: &rules, after: &after, addresses, names };
    let mut all = Edits::new();
    for (id, page, _) in context.book.iter() {
        let edits = work.page(id);
        if !edits.is_empty() {
            all.insert(page.path.clone(), edits.into_iter().collect());
        }
    }
    let edits = work.settings();
    if !edits.is_empty() {
        all.insert(context.configuration.clone(), edits);
    }
    all
}

/// The rules with the folders of kinds that move.
fn rules_after(rules: &PageRules, moves: &Moves, sources: &Sources) -> PageRules {
    let mut rules = rules.clone();
    for kind in rules.kinds.iter_mut().filter(|kind| !kind.is_plain()) {
        if let Some(folder) = folder_after(&kind.folder, moves, sources) {
            kind.folder = folder.into();
        }
    }
    rules
}

/// Where a folder below `content` goes, if everything in it goes to one place under the same names.
fn folder_after(folder: &str, moves: &Moves, sources: &Sources) -> Option<String> {
    if moves.len() == 1 {
        // A page goes, be it the only one of its folder.
        return None;
    }
    let whole = format!("{CONTENT}/{folder}");
    let goes = |path: &SourcePath| {
        let to = moves.get(path)?.as_str().strip_suffix(path.below(&whole)?)?.strip_suffix('/')?;
        Some(to.strip_prefix(CONTENT)?.strip_prefix('/')?.to_owned())
    };
    let mut inside = sources.below(&whole).map(|(path, _)| goes(path));
    let to = inside.next()??;
    (inside.all(|other| other.as_ref() == Some(&to)) && to != folder).then_some(to)
}

struct Work<'w> {
    context: RenameContext<'w>,
    moves: &'w Moves,
    rules: &'w PageRules,
    /// The pages that move, as they will be, by their former paths.
    after: &'w BTreeMap<&'w SourcePath, Page>,
    /// Their former and later addresses.
    addresses: BTreeMap<&'w str, &'w str>,
    /// The same pages by their kinds and former names, as relations name them.
    names: BTreeMap<(Option<usize>, &'w str), &'w Page>,
}

impl Work<'_> {
    fn after<'s>(&'s self, path: &'s SourcePath) -> &'s SourcePath {
        self.moves.get(path).unwrap_or(path)
    }

    fn page(&self, id: PageId) -> BTreeSet<Edit> {
        let page = self.context.book.page(id);
        let Some(text) = self.context.sources.text(&page.path) else { return BTreeSet::new() };
        let mut edits = BTreeSet::new();
        for (link, destination) in page.body.links.iter().zip(&self.context.book.facts(id).links) {
            edits.extend(match &link.target {
                Target::Wiki(name) => {
                    let edit = self.wiki(link, name, destination, text);
                    edit.map(|edit| if is_value(page, link) { quoted_as_before(edit, link, text) } else { edit })
                }
                _ => self.written(page, text, link.span),
            });
        }
        let is_text_moved = self.after.contains_key(&page.path);
        if is_text_moved || text.contains("]:") {
            let spans = body::definition_spans(text, page.body_start);
            edits.extend(spans.into_iter().filter_map(|span| self.written(page, text, span)));
        }
        edits.extend(self.relation_entries(page, text));
        if let Some(after) = self.after.get(&page.path)
            && after.url != page.url
            && (page.held.is_none() || self.was_published(page))
        {
            edits.extend(alias(page, text, &address(&page.out), &address(&after.out)));
        }
        edits
    }

    /// Does the list of published addresses hold the page's own?
    fn was_published(&self, page: &Page) -> bool {
        let list = self.context.sources.text(&SourcePath::new(URL_LOCK)).unwrap_or_default();
        list.lines().any(|line| line.trim() == address(&page.out))
    }

    /// `[[name]]`, in the form in which it is written.
    fn wiki(&self, link: &Link, name: &str, destination: &Destination, text: &str) -> Option<Edit> {
        let from = match destination {
            Destination::Page(id) => &self.context.book.page(*id).path,
            // The page may be there all the same, without the place on it that the link names.
            _ => self.moves.keys().find(|path| wiki_name(path) == name || last_name(path) == name)?,
        };
        let to = self.moves.get(from)?;
        let (full, last) = (wiki_name(to), last_name(to));
        let is_shared = || {
            let others = self.context.book.pages.iter().map(|page| &page.path).filter(|path| *path != from);
            others.map(|path| self.after(path)).any(|path| last_name(path) == last || wiki_name(path) == last)
        };
        let fresh = if *name == *last_name(from) && *name != *wiki_name(from) && !is_shared() { last } else { full };
        let at = text.get(link.span.start..link.span.end)?.find(name)? + link.span.start;
        (fresh != name).then(|| Edit { span: Span::new(at, at + name.len()), text: fresh.to_owned() })
    }

    /// A destination that is written out at `span`.
    fn written(&self, page: &Page, text: &str, span: Span) -> Option<Edit> {
        let written = text.get(span.start..span.end)?;
        // A whole link stands here where its destination is written elsewhere.
        if written.starts_with(['[', '!']) {
            return None;
        }
        let path = &written[..written.find(['#', '?']).unwrap_or(written.len())];
        let fresh = self.path(page, &unescape(path))?;
        let edit = Edit { span: Span::new(span.start, span.start + path.len()), text: fresh };
        (edit.text != path).then_some(edit)
    }

    /// What is to be written in place of a path, if it is to be another.
    fn path(&self, page: &Page, path: &str) -> Option<String> {
        let base = &self.context.site.rules.base;
        if let Some(own) = base.own(path) {
            return Some(format!("{}{}", path.strip_suffix(own)?, self.address(own)?));
        }
        if path.is_empty() || scheme(path).is_some() {
            return None;
        }
        if path.starts_with('/') {
            return self.address(path);
        }
        let plain = decode_path(path);
        if let Some(below) = plain.strip_prefix("@/") {
            let target = SourcePath::new(&format!("{CONTENT}/_")).join_relative(below)?;
            let to = self.moves.get(&target)?;
            return Some(format!("@/{}", escape(to.below(CONTENT)?)));
        }
        let target = page.path.join_relative(&plain)?;
        let (own, to) = (self.after(&page.path), self.after(&target));
        if own.folder() == page.path.folder() && *to == target {
            return None;
        }
        let fresh = relative(own.folder(), to.as_str());
        let dot = if path.starts_with("./") && !fresh.starts_with("../") { "./" } else { "" };
        Some(format!("{dot}{}", escape(&fresh)))
    }

    /// An address on the site, with or without the site's own folder and the slash at its end.
    fn address(&self, path: &str) -> Option<String> {
        let within = self.context.site.rules.base.within(path);
        for (folder, path) in [(path.strip_suffix(within).unwrap_or_default(), within), ("", path)] {
            let plain = encode_path(&decode_path(path));
            if let Some(to) = self.addresses.get(plain.as_str()) {
                return Some(format!("{folder}{to}"));
            }
            if let Some(to) = self.addresses.get(format!("{plain}/").as_str()) {
                return Some(format!("{folder}{}", to.trim_end_matches('/')));
            }
        }
        None
    }

    /// The names in the relations of a page.
    fn relation_entries(&self, page: &Page, text: &str) -> Vec<Edit> {
        let Some(kind) = page.kind.map(|kind| &self.context.site.rules.kinds[kind]) else { return Vec::new() };
        let mut edits = Vec::new();
        let mut places = None;
        for (relation, relation_entries) in kind.relations.iter().zip(&page.matter.relation_entries) {
            let to_kind = self.rules.kinds.iter().position(|other| other.name == relation.to);
            for entry in relation_entries {
                let Some(after) = self.names.get(&(to_kind, &entry.to)).filter(|after| after.name != entry.to) else {
                    continue;
                };
                let span = places.get_or_insert_with(|| matter_places(text)).value(&entry.at);
                edits.push(Edit { span, text: as_before(&text[span.start..span.end], &after.name) });
            }
        }
        edits
    }

    /// The names in the configuration.
    fn settings(&self) -> Vec<Edit> {
        let RenameContext { site, configuration, sources, .. } = self.context;
        let text = sources.text(configuration).unwrap_or_default();
        let checklist = site.checklist.iter().map(|rules| &rules.page);
        let references = site.references.get().into_iter().filter_map(|rules| rules.page.as_ref());
        let pages = site.menu.iter().map(|item| &item.to).chain(checklist).chain(references);
        let mut edits = BTreeSet::new();
        for name in pages.chain(&site.index_page).chain(&site.book_page).chain(&site.help_page) {
            let (mark, below) = name.value.strip_prefix("@/").map_or(("", &*name.value), |below| ("@/", below));
            let to = self.moves.get(&SourcePath::new(&format!("{CONTENT}/{below}")));
            if let Some(below) = to.and_then(|to| to.below(CONTENT)) {
                let written = &text[name.span.start..name.span.end];
                edits.insert(Edit { span: name.span, text: as_before(written, &format!("{mark}{below}")) });
            }
        }
        for kind in site.rules.declared() {
            if let Some(folder) = folder_after(&kind.folder, self.moves, sources) {
                let span = kind.folder_spot.span;
                edits.insert(Edit { span, text: as_before(&text[span.start..span.end], &folder) });
            }
        }
        edits.into_iter().collect()
    }
}

/// Is the link a value of the front matter, and no part of a text in it?
fn is_value(page: &Page, link: &Link) -> bool {
    link.span.start < page.body_start && link.sentence.is_empty()
}

/// The edit of a value that is a name alone: in quotes, if it had none and needs some.
fn quoted_as_before(edit: Edit, link: &Link, text: &str) -> Edit {
    let before = &text[line_start(text, link.span.start)..link.span.start];
    match before.chars().next_back() {
        Some('\'') => Edit { text: edit.text.replace('\'', "\'\'"), ..edit },
        // Below a `|` nothing needs quotes.
        Some(sign) if sign != '"' && !before.trim().is_empty() && edit.span == link.span => {
            Edit { text: as_before("", &edit.text), ..edit }
        }
        _ => edit,
    }
}

/// A page's path below `content` without `.md`.
fn wiki_name(path: &SourcePath) -> &str {
    let stem = path.as_str().strip_suffix(".md").unwrap_or(path.as_str());
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    stem.split_once('/').map_or(stem, |(_, below)| below)
}

fn last_name(path: &SourcePath) -> &str {
    let name = wiki_name(path);
    name.rsplit_once('/').map_or(name, |(_, last)| last)
}

/// A destination as it is meant: without the signs that Markdown takes away.
fn unescape(written: &str) -> String {
    let mut plain = String::with_capacity(written.len());
    let mut signs = written.chars().peekable();
    while let Some(sign) = signs.next() {
        match signs.next_if(|next| sign == '\\' && next.is_ascii_punctuation()) {
            Some(next) => plain.push(next),
            None => plain.push(sign),
        }
    }
    decode_entities(&plain)
}

/// A path as it may stand in a link: what would end the link is percent-encoded.
pub(super) fn escape(path: &str) -> String {
    let plain = |c: char| (c.is_alphanumeric() && !c.is_control()) || "-._~/+,;=@!$'*".contains(c);
    path.chars().map(|c| if plain(c) { c.to_string() } else { encode_path(&c.to_string()) }).collect()
}

/// The way from a folder to a file.
pub(super) fn relative(folder: &str, to: &str) -> String {
    let here: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let there: Vec<&str> = to.split('/').collect();
    let shared = here.iter().zip(&there[..there.len() - 1]).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(here.len() - shared), there[shared..].join("/"))
}

/// `name` in the quotes that the text in its place had, or in some if it needs them.
fn as_before(written: &str, name: &str) -> String {
    let is_plain = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || "-_/.".contains(c))
        && name != "null"
        && read_truth(name).is_none();
    match written.chars().next() {
        Some('\'') if !name.contains('\'') => format!("'{name}'"),
        Some('"' | '\'') => in_quotes(name),
        _ if is_plain => name.to_owned(),
        _ => in_quotes(name),
    }
}

/// The edits that put the former address among the aliases of a page, and take the later one out.
fn alias(page: &Page, text: &str, former: &str, later: &str) -> Vec<Edit> {
    if body_start(text).is_none() {
        // Nobody knows where its keys stand, nor which: the list of addresses asks for the alias when that is mended.
        return Vec::new();
    }
    let is = |alias: &str, address: &str| alias.trim_matches('/') == address.trim_matches('/');
    let aliases = &page.matter.aliases;
    let places = matter_places(text);
    if let Some((_, at)) = aliases.iter().find(|(alias, _)| is(alias, later)) {
        // The page goes back to where it was: the two addresses change places.
        let span = places.value(at);
        return vec![Edit { span, text: former.to_owned() }];
    }
    if aliases.iter().any(|(alias, _)| is(alias, former)) {
        return Vec::new();
    }
    let end = if text[..page.body_start].contains("\r\n") { "\r\n" } else { "\n" };
    let put = |at: usize, text: String| vec![Edit { span: Span::new(at, at), text }];
    let way = [Step::Key("aliases".into())];
    let (key, whole) = (places.key(&way), places.value(&way));
    if text.get(key.start..key.end) != Some("aliases") {
        let fence = line_start(text, text[..page.body_start].trim_end().len());
        return put(fence, format!("aliases: [{former}]{end}"));
    }
    let is_in_brackets = text[whole.start..whole.end].starts_with('[');
    let Some((_, at)) = aliases.last() else {
        return if is_in_brackets {
            put(whole.end - 1, former.to_owned())
        } else {
            put(key.end + 1, format!(" [{former}]"))
        };
    };
    let last = places.value(at);
    if is_in_brackets {
        return put(last.end, format!(", {former}"));
    }
    let line = line_start(text, last.start);
    let line_end = text[last.end..].find(['\r', '\n']).map_or(text.len(), |newline| last.end + newline);
    put(line_end, format!("{end}{}{former}", text[line..last.start].trim_end_matches(['"', '\''])))
}
