//! One source → one page, with the address that it will have.

use std::hash::Hash;
use std::ops::Range;

use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

use super::body::{self, Body, Citation, Heading, Link, NAME_MARK, Piece};
use super::complaints;
use super::coverage;
use super::fence::{self, Fence};
use super::fence_cures;
use super::matter::{self, Matter};
use super::matter_keys;
use super::places::Places;
use super::read_on::read_on;
use super::slip_entries;
use super::slip_layout;
use super::slips::{self, MatterContext};
use super::unpublished::Unpublished;
use super::unread;
use super::values::Values;
use super::wording::Wording;
use crate::base::{
    Diagnostic, Digest, Drafts, Fingerprint, KeyPath, OutPath, Place, Source, SourceContent, SourcePath, Span, UrlPath,
    encode_path, floor, slugify, sort_key,
};
use crate::site::{CONTENT, Kind, PageRules};

/// A front matter longer than this is no front matter; reading nested YAML takes quadratic time.
pub(super) const LONGEST_MATTER: usize = 64 * 1024;

/// What part a page plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// `content/_index.md`.
    Home,
    /// The `_index.md` of another folder.
    Section,
    /// Any other page.
    Page,
}

/// A source that a page rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SourceUse {
    /// Its key in the references.
    pub key: Box<str>,
    /// Its number on the page, from 1.
    pub number: usize,
    /// The ids of the places in the text that cite it; none if only the front matter names it.
    pub cites: Vec<Box<str>>,
    /// Where it is named first.
    pub named: Named,
}

/// Where a source is named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Named {
    /// In the text, by citations.
    Body,
    /// In the front matter, at the end of this way.
    Matter(KeyPath),
}

/// One page, as far as its own file tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Fingerprint of everything that the page was made from.
    pub content: Fingerprint,
    /// Fingerprint of everything that other pages, lists and checks can know of it: all but the wording of its text and
    /// the places in its file.
    pub public: Fingerprint,
    /// Its file.
    pub path: SourcePath,
    /// What part it plays.
    pub role: Role,
    /// Its kind, as an index into the rules' kinds; `None` for plain pages and sections.
    pub kind: Option<usize>,
    /// Its path below its kind's folder (or below `content`) without `.md` or `/index.md`.
    pub name: Box<str>,
    /// What it says of itself.
    pub matter: Matter,
    /// Why it is held back on the day of the build, if it is.
    pub held: Option<Unpublished>,
    /// Its text.
    pub body: Body,
    /// Its address.
    pub url: UrlPath,
    /// The file that it is published as.
    pub out: OutPath,
    /// The sources it rests on, by number.
    pub sources: Vec<SourceUse>,
    /// Fingerprints of the sentences of its links, in their order, where these hold no page's title.
    pub sentences: Vec<Option<Fingerprint>>,
    /// Its words that other pages' are compared with.
    pub wording: Wording,
    /// Its title as lists are sorted by it.
    pub sort_key: Box<str>,
    /// The slugs of its tags, in their order; those of tags without a letter are empty.
    pub tag_slugs: Vec<Box<str>>,
    /// Where its text begins, in bytes of its file.
    pub body_start: usize,
}

impl Page {
    /// Is it held back, in a build that leaves out what is?
    #[must_use]
    pub fn is_left_out(&self, drafts: Drafts) -> bool {
        self.held.is_some() && drafts == Drafts::Leave
    }

    /// What pages are sorted by wherever no letter gathers them: their `order`, those without one last; then title and path.
    #[must_use]
    pub fn order_key(&self) -> (i64, &str, &SourcePath) {
        (self.matter.order.unwrap_or(i64::MAX), &self.sort_key, &self.path)
    }

    /// What kind of page it is, as `rules` name it: `page`, `section` or `home` where it has no declared kind.
    #[must_use]
    pub fn kind_name<'r>(&self, rules: &'r PageRules) -> &'r str {
        match (self.kind, self.role) {
            (Some(kind), _) => &rules.kinds[kind].name,
            (None, Role::Home) => "home",
            (None, Role::Section) => "section",
            (None, Role::Page) => "page",
        }
    }
}

/// Reads one page as it is on a day. `rules_fingerprint` is that of `rules`.
#[must_use]
pub fn parse(
    path: &SourcePath,
    source: &Source,
    rules: &PageRules,
    rules_fingerprint: Fingerprint,
    today: Option<Date>,
) -> (Page, Vec<Diagnostic>) {
    let below = path.below(CONTENT).unwrap_or(path.as_str());
    let location = Location::of(below, rules);
    let (body_start, (matter, body, mut found)) = match read_text(path, source) {
        Ok(text) => {
            let fence = fence::find(text);
            let start = if let Fence::Closed { body, .. } = fence { body } else { 0 };
            (start, read(path, text, fence, &location, rules))
        }
        Err(complaint) => (0, (location.unread(rules), Body::default(), vec![*complaint])),
    };
    let (url, out) = match source.content() {
        // Its name stands here with other letters than on the disk, and could be that of another page.
        SourceContent::Unreadable(_) if path.as_str().contains('\u{fffd}') => stand_in(path),
        _ => address(path, below, &location, &matter, &mut found),
    };
    if location.role == Role::Home || below == "404.md" {
        let named = [("slug", matter.slug.is_some()), ("path", matter.address.is_some())];
        found.extend(
            named
                .iter()
                .filter(|(_, stands)| *stands)
                .map(|(key, _)| complaints::values::fixed_address(Place::file(path), key)),
        );
    }
    let sources = number_sources(&body, &matter);
    let held = Unpublished::of(&matter, today);
    let content = Fingerprint::of(&(path, source.fingerprint(), rules_fingerprint, held));
    let seen = body_seen(&body, source.as_text().unwrap_or_default());
    let public = Fingerprint::of(&(path, rules_fingerprint, held, matter_seen(&matter), seen));
    let page = Page {
        content,
        public,
        path: path.clone(),
        role: location.role,
        kind: location.kind,
        name: location.name.into(),
        sentences: body.links.iter().map(sentence).collect(),
        wording: Wording::of(&matter),
        sort_key: sort_key(&matter.title).into(),
        tag_slugs: matter.tags.iter().map(|tag| slugify(tag).into()).collect(),
        matter,
        held,
        body,
        url,
        out,
        sources,
        body_start,
    };
    if let Some(kind) = location.kind(rules) {
        coverage::check(&page, kind, source.as_text().unwrap_or_default(), &mut found);
    }
    (page, found)
}

/// Where the text of a page begins, in bytes of its file; `None` if its front matter cannot be read as keys and values.
#[must_use]
pub fn body_start(text: &str) -> Option<usize> {
    let Fence::Closed { yaml, body } = fence::find(text) else { return None };
    let matter = serde_yaml::from_str::<Value>(text.get(yaml).filter(|yaml| yaml.len() <= LONGEST_MATTER)?).ok()?;
    (matter.is_mapping() || matter.is_null()).then_some(body)
}

/// Fingerprint of the sentence around a link, if that holds no page's title.
fn sentence(link: &Link) -> Option<Fingerprint> {
    (!link.sentence.contains(NAME_MARK)).then(|| Fingerprint::of_bytes(link.sentence.as_bytes()))
}

/// What a front matter says, however it is written.
fn matter_seen(matter: &Matter) -> Fingerprint {
    let Matter {
        title,
        description,
        date,
        updated,
        reviewed,
        expires,
        is_draft,
        slug,
        address,
        aliases,
        order,
        template,
        tags,
        sources,
        ignore,
        extra,
        fields,
        relation_entries,
        is_whole,
        are_relation_entries_whole,
    } = matter;
    let mut digest = Digest::default();
    (title, description, order, template, tags, sources, ignore).hash(&mut digest);
    (date, updated, reviewed, expires, is_draft).hash(&mut digest);
    (slug, address, aliases).hash(&mut digest);
    (fields, relation_entries, is_whole, are_relation_entries_whole).hash(&mut digest);
    if extra.as_map().is_none_or(|extra| !extra.is_empty()) {
        extra.to_string().hash(&mut digest);
    }
    digest.fingerprint()
}

/// What a body leads to and can be led to: its links with their sentences, citations, anchors, headings and holes,
/// wherever they stand.
fn body_seen(body: &Body, text: &str) -> Fingerprint {
    // A cure of a name depends on how it is written, and whether it stands in `](…)` or in `<…>`.
    let written = |span: Span| text.get(floor(text, span.start.saturating_sub(2))..span.end);
    let mut digest = Digest::default();
    for Link { target, anchor, role, sentence, span } in &body.links {
        (target, anchor, role, sentence, written(*span)).hash(&mut digest);
    }
    for Citation { key, number, id, span } in &body.citations {
        (key, number, id, written(*span)).hash(&mut digest);
    }
    for Heading { level, id, title, span, children } in body.headings() {
        (level, id, title, children.len(), written(*span)).hash(&mut digest);
    }
    let holes = body.pieces.iter().filter(|piece| !matches!(piece, Piece::Html(_)));
    holes.for_each(|hole| hole.hash(&mut digest));
    (&body.anchors, body.pieces.is_empty(), body.is_cut).hash(&mut digest);
    digest.fingerprint()
}

/// Where a page sits: told by its path alone.
struct Location<'p> {
    role: Role,
    kind: Option<usize>,
    name: &'p str,
}

impl<'p> Location<'p> {
    fn of(below: &'p str, rules: &PageRules) -> Self {
        let stem = below.strip_suffix(".md").unwrap_or(below);
        let stem = stem.strip_suffix("/index").unwrap_or(stem);
        if stem == "_index" {
            return Self { role: Role::Home, kind: None, name: "_index" };
        }
        if let Some(folder) = stem.strip_suffix("/_index") {
            return Self { role: Role::Section, kind: None, name: folder };
        }
        let holds = |kind: &Kind| stem.strip_prefix(&*kind.folder).is_some_and(|rest| rest.starts_with('/'));
        let around = rules.kinds.iter().enumerate().filter(|(_, kind)| holds(kind));
        // A folder within another kind's folder is the nearer one.
        let kind = around.max_by_key(|(_, kind)| kind.folder.len()).map(|(index, _)| index);
        let name = kind.map_or(stem, |kind| &stem[rules.kinds[kind].folder.len() + 1..]);
        Self { role: Role::Page, kind, name }
    }

    fn kind<'r>(&self, rules: &'r PageRules) -> Option<&'r Kind> {
        self.kind.map(|kind| &rules.kinds[kind])
    }

    /// What is known of a page that sits here and cannot be read.
    fn unread(&self, rules: &PageRules) -> Matter {
        Matter::unknown(self.name, self.kind(rules))
    }
}

/// The file as text, or why it is none.
fn read_text<'s>(path: &SourcePath, source: &'s Source) -> Result<&'s str, Box<Diagnostic>> {
    let bytes = match source.content() {
        SourceContent::Unreadable(why) => return Err(Box::new(complaints::unreadable_page(Place::file(path), why))),
        SourceContent::Bytes(bytes) => bytes,
    };
    std::str::from_utf8(bytes).map_err(|error| Box::new(unread::complaint(path, bytes, error.valid_up_to())))
}

fn read(
    path: &SourcePath,
    text: &str,
    fence: Fence,
    location: &Location,
    rules: &PageRules,
) -> (Matter, Body, Vec<Diagnostic>) {
    let mut values = Values::new(path, text, &rules.markdown);
    let unread = |complaint| (location.unread(rules), Body::default(), vec![complaint]);
    let (yaml, body_start) = match fence {
        Fence::Closed { yaml, body } => (yaml, body),
        fence => return unread(fence_cures::complaint(&fence, values.top(), text, location.kind(rules))),
    };
    let notes = cut_short(path, text, &yaml);
    let context = MatterContext { path, text, start: yaml.start, end: yaml.end, kind: location.kind(rules) };
    let matter = match parse_yaml(context, &mut values) {
        Some(map) => {
            values.found.extend(notes);
            matter::read(&map, location.name, location.kind(rules), rules, &mut values)
        }
        None => {
            let more = read_on(context, location.name, rules, &values.found);
            values.found.extend(more);
            location.unread(rules)
        }
    };
    values.found.extend(slips::below(path, text, body_start, &matter_keys::of(location.kind(rules))));
    let (body, found) = body::parse(text, body_start, path, CONTENT, &rules.markdown);
    values.found.extend(found);
    (matter, body, values.found)
}

/// The keys and values of a front matter; without them, why there are none.
pub(super) fn parse_yaml(context: MatterContext, values: &mut Values) -> Option<Mapping> {
    let yaml = context.yaml();
    if yaml.len() > LONGEST_MATTER {
        values.found.push(complaints::long_front_matter(values.top(), yaml.len()));
        return None;
    }
    match serde_yaml::from_str::<Value>(&context.text[yaml]) {
        Ok(Value::Mapping(map)) => {
            let is_odd = |key: &Value| key.as_str().is_some_and(|key| key.starts_with(char::is_whitespace));
            let odd = map.keys().any(is_odd).then(|| slip_layout::odd_blanks(context)).flatten();
            if let Some(complaint) = odd {
                values.found.push(complaint);
                return None;
            }
            let is_entry = |value: &Value| value.as_mapping().is_some_and(|entry| entry.contains_key("to"));
            let hyphen = map.values().any(is_entry).then(|| slip_entries::hyphen_forgotten(context)).flatten();
            if let Some(complaint) = hyphen {
                values.found.push(complaint);
                return None;
            }
            let swallowed = slips::swallowed(context);
            // Without its name a text is another, or none.
            let is_whole = swallowed.is_empty();
            values.found.extend(swallowed);
            is_whole.then_some(map)
        }
        Ok(Value::Null) => Some(Mapping::new()),
        Ok(_) => {
            let place = values.value_place(&[]);
            let glued = slips::one_text(context);
            values.found.extend(if glued.is_empty() { vec![complaints::not_a_map(place)] } else { glued });
            None
        }
        Err(error) => {
            values.found.extend(slips::broken(context, &error));
            None
        }
    }
}

/// Lines such as `title: Sign #1`, where a word with a `#` was meant and a note was understood.
pub(super) fn cut_short(path: &SourcePath, text: &str, yaml: &Range<usize>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut start = yaml.start;
    for line in text[yaml.clone()].split_inclusive('\n') {
        // Below a `|` or `>` every sign is part of the text.
        if line.trim_end().ends_with(['|', '>']) {
            break;
        }
        if let Some((key, value)) = line.split_once(": ")
            && let Some(sign) = value.find(" #")
            && value[sign + 2..].starts_with(|c: char| !c.is_whitespace() && c != '#')
            && !value.trim_start().starts_with(['"', '\'', '[', '{', '|', '>', '#', '&', '*'])
        {
            let before = key.len() + 2 + value.len() - value.trim_start().len();
            let whole = Span::new(start + before, start + line.trim_end().len());
            let at = start + key.len() + 2 + sign + 1;
            found.push(complaints::values::cut_short(Place::at(path, Span::new(at, whole.end)), whole, value.trim()));
        }
        start += line.len();
    }
    if !found.is_empty() {
        // A text of several lines may hold such a line.
        let places = Places::read(text);
        found.retain(|found: &Diagnostic| !found.place.span.is_some_and(|span| places.is_in_text(span.start)));
    }
    found
}

/// The sources by number: those the text cites, then those that only the front matter names.
fn number_sources(body: &Body, matter: &Matter) -> Vec<SourceUse> {
    let mut uses: Vec<SourceUse> = Vec::new();
    for citation in &body.citations {
        match uses.get_mut(citation.number - 1) {
            Some(known) => known.cites.push(citation.id.clone()),
            None => uses.push(SourceUse {
                key: citation.key.clone(),
                number: citation.number,
                cites: vec![citation.id.clone()],
                named: Named::Body,
            }),
        }
    }
    for (key, at) in &matter.sources {
        if !uses.iter().any(|known| known.key == *key) {
            uses.push(SourceUse {
                key: key.clone(),
                number: uses.len() + 1,
                cites: Vec::new(),
                named: Named::Matter(at.clone()),
            });
        }
    }
    uses
}

/// Address and file of a page: its folders and its slug, each part made plain.
fn address(
    path: &SourcePath,
    below: &str,
    location: &Location,
    matter: &Matter,
    found: &mut Vec<Diagnostic>,
) -> (UrlPath, OutPath) {
    if path.as_str().ends_with(".md.md") {
        found.push(complaints::two_endings(path));
    }
    if below == "404.md" {
        return (UrlPath::new("/404.html"), OutPath::new("404.html").expect("a plain name"));
    }
    let wanted = match (&matter.address, location.role) {
        (_, Role::Home) => String::new(),
        (Some(address), _) => address.to_string(),
        (None, _) => plain_path(below, location.role, matter.slug.as_deref()),
    };
    let file = if wanted.is_empty() { "index.html".to_owned() } else { format!("{wanted}/index.html") };
    let is_nameless = wanted.split('/').any(str::is_empty) && !wanted.is_empty();
    match OutPath::new(&file) {
        Ok(out) if !is_nameless => {
            let url = format!("/{}", encode_path(out.as_str().strip_suffix("index.html").unwrap_or_default()));
            (UrlPath::new(&url), out)
        }
        _ => {
            found.push(complaints::bad_file_name(Place::file(path)));
            stand_in(path)
        }
    }
}

/// An address of its own for a page that is not published, as there is an error.
fn stand_in(path: &SourcePath) -> (UrlPath, OutPath) {
    let name = format!("unnamed-{}", Fingerprint::of(path).short());
    let out = OutPath::new(&format!("{name}/index.html")).expect("a plain name");
    (UrlPath::new(&format!("/{name}/")), out)
}

/// The parts of a page's path, each as a slug; the last one replaced by the page's own slug.
fn plain_path(below: &str, role: Role, slug: Option<&str>) -> String {
    let stem = below.strip_suffix(".md").unwrap_or(below);
    let stem = match role {
        Role::Section => stem.strip_suffix("/_index").unwrap_or(stem),
        _ => stem.strip_suffix("/index").unwrap_or(stem),
    };
    let mut parts: Vec<String> = stem.split('/').map(slugify).collect();
    if let (Some(slug), Some(last)) = (slug, parts.last_mut()) {
        slug.clone_into(last);
    }
    parts.join("/")
}
