//! `urls.lock`, the list of all addresses that were ever published → complaints about those that are gone; and the list
//! with those that are new.
//!
//! One address a line, so that two people's lists join well. Lines are only ever added here: an author takes them out.

mod complaints;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Book;
use super::checks::CheckContext;
use crate::base::{
    About, Complaint, OutPath, Source, SourceContent, SourcePath, Span, Subject, URL_LOCK, decode_path, nearest, nfc,
};
use crate::content::body::Heading;
use crate::content::{Page, Unpublished};

/// What stands at the top of a list that is begun.
const OPENING: &str = "\
# The addresses of this guide that were published, and the places on its pages. Readers have them in bookmarks and on
# paper. `betwixt build` adds to this list and takes nothing out; keep it with the guide's other files.
# Is a page gone for good? Then take its lines out.
";

/// The marks that `git` leaves where two people changed the same lines.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// An address, or a place on the page at an address; in the order of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Address {
    /// Such as `/folder/page/`, without percent-encoding.
    page: String,
    /// The part after `#`.
    anchor: Option<String>,
}

impl Address {
    /// What a line says, if it says an address.
    fn read(line: &str) -> Option<Self> {
        if !line.starts_with('/') || line.contains(char::is_whitespace) || line.starts_with("//") {
            return None;
        }
        let plain = |text: &str| nfc(&decode_path(text)).into_owned();
        match line.split_once('#') {
            None => Some(Self { page: plain(line), anchor: None }),
            Some((_, anchor)) if anchor.is_empty() || anchor.contains('#') => None,
            Some((page, anchor)) => Some(Self { page: plain(page), anchor: Some(plain(anchor)) }),
        }
    }

    fn line(&self) -> String {
        match &self.anchor {
            None => encoded(&self.page).into_owned(),
            Some(anchor) => format!("{}#{}", encoded(&self.page), encoded(anchor)),
        }
    }
}

/// The text with those signs encoded that mean something in a line: it is read as it was.
fn encoded(text: &str) -> Cow<'_, str> {
    let means = |c: char| c == '%' || c == '#' || c.is_whitespace();
    if !text.contains(means) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    for c in text.chars() {
        if means(c) {
            let mut bytes = [0; 4];
            out.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The addresses of a list, each with its first place; and what is wrong with its lines.
fn read(path: &SourcePath, text: &str) -> (BTreeMap<Address, Span>, Vec<Complaint>) {
    let mut addresses = BTreeMap::new();
    let mut found = Vec::new();
    for (span, line) in lines(text) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match Address::read(line) {
            Some(address) => {
                addresses.entry(address).or_insert(span);
            }
            None if MARKS.iter().any(|mark| line.starts_with(mark)) => {
                let end = text[span.end..].find('\n').map_or(text.len(), |end| span.end + end + 1);
                found.push(complaints::conflict(About::at(path, span), Span::new(0, end - span.start)));
            }
            None => found.push(complaints::bad_line(About::at(path, span), line)),
        }
    }
    (addresses, found)
}

/// The lines of a list without white space around them, each with its place.
fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |whole| {
        let line = whole.trim_start_matches('\u{feff}').trim();
        let at = start + whole.find(line).unwrap_or_default();
        start += whole.len();
        (Span::new(at, at + line.len()), line)
    })
}

/// The address of a published file.
pub(super) fn address(out: &OutPath) -> String {
    let path = out.as_str();
    format!(
        "/{}",
        path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path)
    )
}

/// The page for addresses that do not exist has none of its own.
fn has_address(page: &Page) -> bool {
    page.out.as_str() != "404.html"
}

/// The note that says where the guide is published: `# https://guide.example/`.
fn noted_home(text: &str) -> Option<(Span, &str)> {
    lines(text).find_map(|(span, line)| {
        let home = line.strip_prefix("# ")?.trim_start();
        let is_address = (home.starts_with("https://") || home.starts_with("http://")) && !home.contains(' ');
        is_address.then_some((span, home))
    })
}

/// The list with a note at its top that says where the guide is published, if it has none.
fn with_home(text: String, home: &str) -> String {
    if noted_home(&text).is_some() {
        return text;
    }
    let rest = text.trim_start_matches('\u{feff}');
    let (mark, end) = (&text[..text.len() - rest.len()], if text.contains("\r\n") { "\r\n" } else { "\n" });
    format!("{mark}# {home}{end}{rest}")
}

/// Complains if the list was made for another site than that at `home`.
fn check_home(path: &SourcePath, text: &str, home: &str, found: &mut Vec<Complaint>) {
    let plain = |home: &str| {
        let rest = home.split_once("://").map_or(home, |(_, rest)| rest);
        rest.trim_end_matches('/').to_lowercase()
    };
    if let Some((span, noted)) = noted_home(text).filter(|(_, noted)| plain(noted) != plain(home)) {
        found.push(complaints::moved_site(About::at(path, span), noted, home));
    }
}

/// The list with all that the guide publishes, `text` being the list as it is; `None` if nothing is missing in it.
///
/// A list that is written also says that the guide is published at `home`.
#[must_use]
pub fn extended(book: Book, text: Option<&str>, home: Option<&str>) -> Option<String> {
    let known = text.map_or_else(BTreeMap::new, |text| read(&SourcePath::new(URL_LOCK), text).0);
    let pages = book.pages.iter().filter(|page| has_address(page));
    let mut fresh: BTreeSet<Address> = pages
        .flat_map(|page| {
            let at = address(&page.out);
            let anchors = page.body.headings().into_iter().map(|heading| Some(heading.id.to_string()));
            let all = std::iter::once(None).chain(anchors);
            all.map(move |anchor| Address { page: at.clone(), anchor }).collect::<Vec<_>>()
        })
        .collect();
    fresh.extend(book.guide.redirects.iter().map(|redirect| Address { page: address(&redirect.out), anchor: None }));
    fresh.retain(|address| !known.contains_key(address));
    if fresh.is_empty() {
        return None;
    }
    let list = merged(text.filter(|text| !text.trim().is_empty()).unwrap_or(OPENING), fresh);
    Some(match home {
        Some(home) => with_home(list, home),
        None => list,
    })
}

/// The list with each of the new addresses before the first line that comes after it; nothing else is touched.
fn merged(text: &str, fresh: BTreeSet<Address>) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::with_capacity(text.len() + fresh.len() * 32);
    let mut fresh = fresh.into_iter().peekable();
    for whole in text.split_inclusive('\n') {
        if let Some(address) = Address::read(whole.trim_start_matches('\u{feff}').trim()) {
            while let Some(before) = fresh.next_if(|fresh| *fresh < address) {
                out.extend([&before.line(), end]);
            }
        }
        out.push_str(whole);
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(end);
    }
    for address in fresh {
        out.extend([&address.line(), end]);
    }
    out
}

/// What is known when the list is compared with the guide.
struct Look<'l> {
    path: SourcePath,
    context: CheckContext<'l>,
    listed: BTreeMap<Address, Span>,
    /// The pages by address.
    pages: BTreeMap<String, &'l Page>,
}

/// Complains of every address of the list at which nothing is published any more, and of lines that say none.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let CheckContext { book, site, sources, .. } = context;
    let path = SourcePath::new(URL_LOCK);
    let Some(source) = sources.get(&path) else { return };
    let Some(text) = source.as_text() else {
        found.push(complaints::unread(About::file(&path), why_unread(source)));
        return;
    };
    let (listed, wrong) = read(&path, text);
    found.extend(wrong);
    // An address that was asked for on the command line is for this once.
    if sources.request.base_url.is_none() && site.rules.base.is_known() {
        check_home(&path, text, &site.rules.base.home(), found);
    }
    let pages = book.pages.iter().filter(|page| has_address(page));
    let pages = pages.map(|page| (address(&page.out), *page)).collect();
    let look = Look { path, context, listed, pages };
    look.at_pages(found);
    look.at_anchors(found);
}

fn why_unread(source: &Source) -> &str {
    match source.content() {
        SourceContent::Unreadable(why) => why,
        SourceContent::Bytes(_) => "it is not saved as UTF-8",
    }
}

impl Look<'_> {
    /// Complains once for each page that is gone, at the first of its lines.
    fn at_pages(&self, found: &mut Vec<Complaint>) {
        let CheckContext { book, held, .. } = self.context;
        let mut others: BTreeSet<String> = book.guide.redirects.iter().map(|redirect| address(&redirect.out)).collect();
        others.extend(book.guide.files.iter().map(|file| address(&file.out)));
        let is_there = |address: &str| {
            let with_slash = format!("{}/", address.trim_end_matches('/'));
            [address, &with_slash].iter().any(|&at| self.pages.contains_key(at) || others.contains(at))
        };
        let mut gone: BTreeMap<&str, Span> = BTreeMap::new();
        for (address, span) in &self.listed {
            if !is_there(&address.page) {
                gone.entry(&address.page).or_insert(*span);
            }
        }
        let fresh: Vec<(&str, &Page)> = self
            .pages
            .iter()
            .filter(|(page, _)| !self.listed.contains_key(&Address { page: (*page).clone(), anchor: None }))
            .map(|(address, page)| (address.as_str(), *page))
            .collect();
        for (address, span) in &gone {
            let place = About::at(&self.path, *span);
            let held = held.iter().find(|page| had(page, address));
            let heir = if gone.len() == 1 && fresh.len() == 1 { Some(fresh[0].1) } else { heir(address, &fresh) };
            match held {
                Some(page) if self.is_as_asked(page) => {}
                Some(page) => found.push(complaints::kept_back(place, address, &page.path)),
                None if !self.are_addresses_known() => {}
                None => found.push(complaints::vanished_address(place, address, heir)),
            }
        }
    }

    /// Is it known of every published page at which addresses it is? Of the others nobody complains.
    fn are_addresses_known(&self) -> bool {
        let mut pages = self.context.book.pages.iter();
        pages.all(|page| page.matter.is_address_known() && page.matter.aliases.whole().is_some())
    }

    /// Did its author say when it goes, or does it come out today, though elsewhere on earth the day has begun?
    fn is_as_asked(&self, page: &Page) -> bool {
        match page.held {
            Some(Unpublished::Expired(_)) => true,
            Some(Unpublished::Early(day)) => self
                .context
                .sources
                .request
                .today
                .and_then(|today| today.tomorrow().ok())
                .is_some_and(|tomorrow| day <= tomorrow),
            Some(Unpublished::Draft) | None => false,
        }
    }

    /// Complains of every heading that is gone from a page that is there.
    fn at_anchors(&self, found: &mut Vec<Complaint>) {
        let mut gone: BTreeMap<&str, Vec<(&str, Span)>> = BTreeMap::new();
        for (address, span) in &self.listed {
            let Some(anchor) = &address.anchor else { continue };
            let Some((at, page)) = self.pages.get_key_value(&address.page) else { continue };
            // A text that could not be read has been complained of.
            let body = &page.body;
            if body.anchors.whole().is_some_and(|all| all.binary_search_by(|known| (**known).cmp(anchor)).is_err()) {
                gone.entry(at).or_default().push((anchor, *span));
            }
        }
        for (address, anchors) in gone {
            let page = self.pages[address];
            let fresh: Vec<(usize, &Heading)> = page
                .body
                .headings()
                .into_iter()
                .enumerate()
                .filter(|(_, heading)| {
                    let anchor = Some(heading.id.to_string());
                    !self.listed.contains_key(&Address { page: address.to_owned(), anchor })
                })
                .collect();
            if let ([(anchor, _)], [(index, heading)]) = (&anchors[..], &fresh[..]) {
                let about = About::part(&page.path, Subject::Heading(*index));
                found.push(complaints::reworded_heading(about, anchor, heading, self.room_after(page, heading)));
                continue;
            }
            for (anchor, span) in anchors {
                found.push(complaints::vanished_anchor(About::at(&self.path, span), address, anchor, page));
            }
        }
    }

    /// Can an id be put after a heading's words as they are?
    fn room_after(&self, page: &Page, heading: &Heading) -> Room {
        let text = self.context.sources.text(&page.path).unwrap_or_default();
        let words = text.get(heading.span.start..heading.span.end).unwrap_or_default();
        let is_plain = words.starts_with('#') && !words.contains('\n') && !words.ends_with(['#', '}', '\\']);
        if is_plain { Room::Free } else { Room::Taken }
    }
}

/// What stands after a heading's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// Nothing.
    Free,
    /// Another id, or signs of Markdown.
    Taken,
}

/// Would the page, which is kept back, be published at the address?
fn had(page: &Page, address: &str) -> bool {
    let aliases = page.matter.aliases.iter().map(|(alias, _)| alias);
    self::address(&page.out) == address
        || aliases.into_iter().any(|alias| alias.trim_matches('/') == address.trim_matches('/'))
}

/// The new page that most likely took the place of the one at `address`: that of the same name, or of the nearest.
fn heir<'l>(address: &str, fresh: &[(&str, &'l Page)]) -> Option<&'l Page> {
    let name = last_part(address);
    let names = || fresh.iter().map(|(address, _)| last_part(address)).filter(|name| !name.is_empty());
    let near = if names().any(|other| other == name) { Some(name) } else { nearest(name, names()) }?;
    let mut same = fresh.iter().filter(|(address, _)| last_part(address) == near);
    let (_, page) = same.next()?;
    same.next().is_none().then_some(*page)
}

fn last_part(address: &str) -> &str {
    address.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_in_their_place_and_all_others_stay() {
        let fresh = |lines: &[&str]| lines.iter().map(|line| Address::read(line).expect("an address")).collect();
        let text = "# Ours.\r\n/\r\n/b/\r\n\r\n# Printed in June.\r\n/b/#why\r\n/z/";
        assert_eq!(
            merged(text, fresh(&["/a/", "/b/#how", "/zz/", "/größe/"])),
            "# Ours.\r\n/\r\n/a/\r\n/b/\r\n\r\n# Printed in June.\r\n/b/#how\r\n/b/#why\r\n/größe/\r\n/z/\r\n/zz/\r\n"
        );
        assert!(merged(OPENING, fresh(&["/"])).ends_with("lines out.\n/\n"));
    }

    #[test]
    fn a_list_says_once_where_the_guide_is_published() {
        let list = with_home("\u{feff}# Ours.\r\n/\r\n".to_owned(), "https://nearer.guide/");
        assert_eq!(list, "\u{feff}# https://nearer.guide/\r\n# Ours.\r\n/\r\n");
        assert_eq!(with_home(list.clone(), "https://other.guide/"), list);
    }

    #[test]
    fn an_address_is_one_however_it_is_written() {
        assert_eq!(Address::read("/gr%C3%B6%C3%9Fe/#w%C3%BC"), Address::read("/größe/#wü"));
        for anchor in ["a#b", "100%25", "a b", "%", "größe"] {
            let address = Address { page: "/signs/haste/".to_owned(), anchor: Some(anchor.to_owned()) };
            assert_eq!(Address::read(&address.line()), Some(address));
        }
        for line in ["signs/", "https://nearer.example/signs/", "//x/", "/a b/", "/a/#", "/a/#b#c", "<<<<<<< HEAD"] {
            assert_eq!(Address::read(line), None, "{line}");
        }
    }
}
