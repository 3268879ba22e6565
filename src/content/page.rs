//! One source → one page, with the address that it will have.

use std::hash::Hash;

use jiff::civil::Date;

use super::body::{self, Body, Citation, Heading, Link, Piece};
use super::complaints;
use super::coverage;
use super::excerpts;
use super::fence::{Fence, find_fence};
use super::fields::FieldValue;
use super::front::{self, read_front};
use super::matter::{self, Matter};
use super::unpublished::Unpublished;
use super::unread;
use super::values::Values;
use super::wording::Wording;
use crate::base::{
    Diagnostic, Digest, Drafts, Fingerprint, OutPath, Place, Source, SourceContent, SourcePath, Span, UrlPath,
    encode_path, floor, slugify, sort_key,
};
use crate::site::{CONTENT, Kind, PageRules};

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
}

/// One page, as far as its own file tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Fingerprint of everything that the page was made from.
    pub content: Fingerprint,
    /// Fingerprint of everything that other pages, lists and checks can know of it: all but the wording of its text,
    /// excerpts aside, and the places in its file.
    pub public: Fingerprint,
    /// Fingerprint of that part of it which names the page, or names another page or file, with the words around such names:
    /// what the guide is assembled from.
    pub naming: Fingerprint,
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

    /// Its name; that of its file where none was understood.
    #[must_use]
    pub fn title(&self) -> &str {
        self.matter.title.value().unwrap_or(&self.name)
    }

    /// What pages are sorted by wherever no letter gathers them: their `order`, those without one last; then title and path.
    #[must_use]
    pub fn order_key(&self) -> (i64, &str, &SourcePath) {
        (self.matter.order.unwrap_or(i64::MAX), &self.sort_key, &self.path)
    }

    /// What stands in the field of that name, if its kind has one and something does.
    #[must_use]
    pub fn field(&self, name: &str, rules: &PageRules) -> Option<&FieldValue> {
        let at = rules.kinds[self.kind?].fields.iter().position(|field| *field.name == *name)?;
        self.matter.fields[at].get()
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
            let fence = find_fence(text);
            let start = if let Fence::Closed { body, .. } = fence { body } else { 0 };
            (start, read(path, text, &fence, &location, rules))
        }
        Err(complaint) => (0, (Matter::reported(location.kind(rules)), Body::reported(), vec![*complaint])),
    };
    let (url, out) = match source.content() {
        // Its name stands here with other letters than on the disk, and could be that of another page.
        SourceContent::Unreadable(_) if path.as_str().contains('\u{fffd}') => stand_in(path),
        _ => address(path, below, &location, &matter, &mut found),
    };
    if location.role == Role::Home || below == "404.md" {
        let named = [("slug", matter.slug.get().is_some()), ("path", matter.address.get().is_some())];
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
    let (matter_naming, matter_shown) = matter_seen(&matter);
    let (body_naming, body_shown) = body_seen(&body, source.as_text().unwrap_or_default());
    let naming = Fingerprint::of(&(path, rules_fingerprint, held, (&url, &out), matter_naming, body_naming));
    let public = Fingerprint::of(&(naming, matter_shown, body_shown));
    let page = Page {
        content,
        public,
        naming,
        path: path.clone(),
        role: location.role,
        kind: location.kind,
        name: location.name.into(),
        wording: Wording::of(&matter),
        sort_key: sort_key(matter.title.value().map_or(location.name, |title| title)).into(),
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
        excerpts::check(&page, kind, &mut found);
    }
    (page, found)
}

/// The kind of the page at `path`.
#[must_use]
pub fn kind_of<'r>(path: &SourcePath, rules: &'r PageRules) -> Option<&'r Kind> {
    Location::of(path.below(CONTENT).unwrap_or(path.as_str()), rules).kind(rules)
}

/// What is wrong with the page at `path`, if `text` stands in it.
#[must_use]
pub fn diagnose(path: &SourcePath, text: &str, rules: &PageRules) -> Vec<Diagnostic> {
    let source = Source::bytes(text.as_bytes().to_vec());
    parse(path, &source, rules, Fingerprint::default(), None).1
}

/// What a front matter says, however it is written: what it names, and what is only shown.
fn matter_seen(matter: &Matter) -> (Fingerprint, Fingerprint) {
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
        gathers,
        ignore,
        misplaced,
        extra,
        fields,
        relation_entries,
    } = matter;
    let shown = (title, description, order, template, (gathers, ignore), (date, updated, reviewed, expires));
    let mut naming = Digest::default();
    (slug, address, aliases, tags, sources, is_draft, misplaced).hash(&mut naming);
    (fields, relation_entries, extra).hash(&mut naming);
    (naming.fingerprint(), Fingerprint::of(&shown))
}

/// What a body leads to and can be led to, wherever it stands: its links with their sentences, citations and anchors; and
/// what is only shown, its headings, holes and excerpts.
fn body_seen(body: &Body, text: &str) -> (Fingerprint, Fingerprint) {
    // A cure of a name depends on how it is written, and whether it stands in `](…)` or in `<…>`.
    let written = |span: Span| text.get(floor(text, span.start.saturating_sub(2))..span.end);
    let (mut naming, mut shown) = (Digest::default(), Digest::default());
    body.links.whole().is_some().hash(&mut naming);
    for Link { target, anchor, role, sentence, span } in &body.links {
        (target, anchor, role, sentence, written(*span)).hash(&mut naming);
    }
    body.citations.whole().is_some().hash(&mut naming);
    for Citation { key, number, id, span } in &body.citations {
        (key, number, id, written(*span)).hash(&mut naming);
    }
    for Heading { level, id, title, span, children } in body.headings() {
        (level, id, title, children.len(), written(*span)).hash(&mut shown);
    }
    let holes = body.pieces.iter().filter(|piece| !matches!(piece, Piece::Html(_)));
    holes.for_each(|hole| hole.hash(&mut shown));
    let excerpts = body.excerpts.iter();
    excerpts.for_each(|one| (&one.id, &one.title, &body.pieces[one.pieces.clone()]).hash(&mut shown));
    body.anchors.hash(&mut naming);
    (naming.fingerprint(), shown.fingerprint())
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
        let kind = kind.or_else(|| rules.kinds.iter().position(Kind::is_plain));
        Self { role: Role::Page, kind, name }
    }

    fn kind<'r>(&self, rules: &'r PageRules) -> Option<&'r Kind> {
        self.kind.map(|kind| &rules.kinds[kind])
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
    fence: &Fence,
    location: &Location,
    rules: &PageRules,
) -> (Matter, Body, Vec<Diagnostic>) {
    let kind = location.kind(rules);
    let (body, body_found) = match *fence {
        Fence::Closed { body, .. } => {
            let excerpts = kind.map_or(&[][..], |kind| &kind.show.excerpts);
            body::parse(text, body, path, CONTENT, &rules.markdown, excerpts)
        }
        _ => (Body::reported(), Vec::new()),
    };
    let mut values = Values::new(path, text, &rules.markdown, body.links.len());
    let matter = match read_front(text) {
        Ok(document) => {
            values.found.extend(front::left_out(path, text, &document));
            matter::read(&document.root(), kind, rules, &mut values)
        }
        Err(error) => {
            values.found.push(front::unread(&error, text, values.top()));
            Matter::reported(kind)
        }
    };
    let Values { mut found, links, outward, .. } = values;
    if let Fence::Closed { body, .. } = *fence {
        found.extend(front::key_below(path, text, body, kind));
    }
    found.extend(body_found);
    (matter, body.with_links(links, outward), found)
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
            }),
        }
    }
    for (key, _) in &matter.sources {
        if !uses.iter().any(|known| known.key == *key) {
            uses.push(SourceUse { key: key.clone(), number: uses.len() + 1, cites: Vec::new() });
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
    let wanted = match (matter.address.get(), location.role) {
        (_, Role::Home) => String::new(),
        (Some(address), _) => address.to_string(),
        (None, _) => plain_path(below, location.role, matter.slug.get().map(|slug| &**slug)),
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
