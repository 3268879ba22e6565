//! Keys that a page does not have, or that stand where they do not belong → the keys that were meant.

use super::Understood;
use crate::base::{Code, Diagnostic, Edit, Place, Span, in_backticks, is_stray, line_start, nearest, surely};
use crate::content::matter_keys;
use crate::cures::slip::choose;
use crate::cures::yaml::line::Line;
use crate::cures::yaml::{colons, entries, layout};
use crate::site::Kind;
use crate::syntax::yaml::Node;

/// What other programs call the keys that every page may have.
const FOREIGN: [(&[&str], &str); 8] = [
    (&["summary", "excerpt", "abstract"], "description"),
    (&["permalink", "url"], "path"),
    (&["categories", "category", "keywords", "labels"], "tags"),
    (&["expirydate", "expiry"], "expires"),
    (&["publishdate", "pubdate", "created"], "date"),
    (&["lastmod", "modified", "lastmodified"], "updated"),
    (&["layout"], "template"),
    (&["redirectfrom"], "aliases"),
];

/// What else the keys of entries are called, besides by the kind of the page that they lead to.
const FOREIGN_IN_ENTRIES: [(&[&str], &str); 2] =
    [(&["because", "reason", "reasons"], "why"), (&["page", "name", "target", "link"], "to")];

/// A blank before a key that only looks like a space.
pub(super) fn odd_blank(page: &Understood, node: &Node, _: &Diagnostic) -> Option<Diagnostic> {
    if !node.name().starts_with(char::is_whitespace) {
        return None;
    }
    let odd = layout::odd_blanks(page.text, page.within());
    let first = odd.first()?.0;
    Some(layout::odd_space(Place::at(page.path, first)).fixes(layout::spaces(&odd, 1)))
}

/// `title:Walking: how`, where a space is missing after the first colon, and the second made a key of all before it.
pub(super) fn no_space(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let line = page.line(node.key_span().start);
    let key = line.rest.split_once(':').map(|(key, _)| key)?;
    let is_known = page.known_beside(node).iter().any(|known| **known == *key);
    colons::no_space(&told.place, &line).filter(|_| is_known)
}

/// The key that was meant by another without doubt, if it is missing and no other key was meant so.
pub(super) fn misspelt(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let known = page.known_beside(node);
    let (name, map) = (node.name(), node.parent()?.value());
    let bare = name.replace(is_stray, "");
    let meant = |key: &str| surely(key, known.iter().map(|known| &**known));
    let near = known.iter().map(|known| &**known).find(|known| *known == bare.trim()).or_else(|| meant(&name))?;
    let is_other = |key: &str| key == near || (key != name && meant(key) == Some(near));
    let help = if bare == name { "write the key so" } else { "delete the invisible mark in this key" };
    (!map.names().any(|key| is_other(&key)))
        .then(|| named(told, &name).suggest(Some(near).filter(|_| bare == name)).help(help).fix(node.key_span(), near))
}

/// `because: …` in an entry, or the name of the kind that its relation leads to.
pub(super) fn foreign_key_of_an_entry(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let name = node.name();
    node.parent().filter(|entry| page.is_relation(&entry.name()))?;
    let target = page.target(node).filter(|kind| [&kind.name, &kind.one].iter().any(|own| bare(own) == bare(&name)));
    let meant = foreign(&name, &FOREIGN_IN_ENTRIES).or(target.map(|_| "to"))?;
    let is_free = node.parent()?.value().get(meant).is_none();
    is_free.then(|| told.clone().suggest(Some(meant)).help("write the key so").fix(node.key_span(), meant))
}

/// A second `to` in an entry: another entry begins, and its hyphen is missing.
pub(super) fn entry_without_hyphen(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let is_entry = node.parent().is_some_and(|entry| page.is_relation(&entry.name()));
    if !is_entry || node.name() != "to" || told.place.span != Some(node.key_span()) {
        return None;
    }
    let broken = page.as_broken();
    choose(entries::said_twice(&broken, node.key_span())?, |_| true)
}

/// A `to:` right below the key of a relation.
pub(super) fn hyphen_forgotten(page: &Understood, node: &Node, _: &Diagnostic) -> Option<Diagnostic> {
    if node.value().get("to").is_none() || !page.is_relation(&node.name()) {
        return None;
    }
    choose(entries::hyphen_forgotten(&page.as_broken())?, |_| true)
}

/// A hyphen before `why`, which makes an entry of its own of what belongs to the entry above.
pub(super) fn hyphen_too_many(page: &Understood, node: &Node, _: &Diagnostic) -> Option<Diagnostic> {
    let previous = node.previous().filter(|_| page.is_relation(&node.name()))?;
    let above = previous.value();
    let is_missing = |name: &str| matches!(name, "why" | "weight") && above.get(name).is_none();
    let first = node.children().next().filter(|_| node.value().names().all(|name| is_missing(&name)))?;
    above.get("to")?;
    let before = page.text[..first.key_span().start].trim_end_matches(' ');
    let hyphen = Span::new(before.len() - 1, before.len());
    let key = first.name();
    let message = format!("the hyphen before `{key}` begins another entry, and `{key}` belongs to the one above");
    let complaint = Diagnostic::new(Code::HyphenTooMany, Place::at(page.path, hyphen), message)
        .help(format!("take the hyphen before `{key}` away, and leave a space in its place"));
    before.ends_with('-').then(|| complaint.fixes([Edit { span: hyphen, text: " ".to_owned() }]))
}

/// A key that holds a page back, or shows it, in other programs.
pub(super) fn whether_it_is_shown(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let name = node.name();
    if !matter_keys::is_about_showing(&name) {
        return None;
    }
    let one = page.kind.map_or("page", |kind| &kind.one);
    let is_held = matter_keys::hides(&name, node.value());
    let help = if is_held {
        "to keep the page back, write `draft: true`"
    } else {
        "to keep the page back, write `draft: true`; to publish it, take the line out"
    };
    let is_sure = is_held && node.parent()?.value().get("draft").is_none() && page.whole_line(node).is_some();
    let span = Span::new(node.key_span().start, node.span().end);
    let complaint = Diagnostic::new(Code::UnknownKey, told.place.clone(), format!("a {one} has no key `{name}`"));
    let cure = Edit { span, text: "draft: true".to_owned() };
    Some(complaint.help(help).fixes(Some(cure).filter(|_| is_sure)))
}

/// A key that has another name here.
pub(super) fn foreign_key(_: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let name = node.name();
    let ours = foreign(&name, &FOREIGN)?;
    let is_free = node.parent()?.value().get(ours).is_none();
    is_free
        .then(|| told.clone().suggest(Some(ours)).help(format!("here {} is called `{ours}`", in_backticks([name], ""))))
}

/// The other side of a relation, which is stated on one side alone.
pub(super) fn stated_elsewhere(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let (kind, key) = (page.kind?, node.name());
    let (from, relation) = page.rules.kinds.iter().find_map(|from| {
        let mut relations = from.relations.iter();
        Some((from, relations.find(|relation| relation.to == kind.name && *relation.inverse == *key)?))
    })?;
    let message = format!("`{key}` is not stated on a {}, but on the other side", kind.one);
    let help = format!("name this page under `{}` of a {}; it is shown on both", relation.name, from.one);
    Some(Diagnostic::new(told.code, told.place.clone(), message).help(help))
}

/// A key that holds an invisible mark.
pub(super) fn mark_in_a_key(_: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let name = node.name();
    name.contains(is_stray).then(|| named(told, &name))
}

/// A key that is near to one that may stand there.
pub(super) fn near(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let known = page.known_beside(node);
    let near = nearest(&node.name(), known.iter().map(|name| &**name))?;
    Some(told.clone().suggest(Some(near)))
}

/// The complaint with an invisible mark in the key's name named as one.
fn named(told: &Diagnostic, name: &str) -> Diagnostic {
    let bare = name.replace(is_stray, "");
    let message =
        if bare == name { told.message.clone() } else { format!("an invisible mark stands in the key `{bare}`") };
    Diagnostic { message, ..told.clone() }
}

/// Can the rest be read without this unknown key, as it is not near to one that must stand there and does not?
pub(super) fn is_dispensable(page: &Understood, node: &Node) -> bool {
    let Some(parent) = node.parent() else { return false };
    let (name, map) = (node.name(), parent.value());
    let inner = matter_keys::needed_within(page.kind, &parent.name());
    if parent.parent().is_some() && inner.iter().any(|needed| map.get(needed).is_none()) {
        return false;
    }
    let needed = matter_keys::needed(page.kind);
    let is_only = parent.parent().is_some() && map.names().count() == 1;
    let mut missing = needed.iter().filter(|needed| map.get(needed).is_none());
    !is_only && !missing.any(|missing| nearest(&name, [&**missing]).is_some())
}

/// `order` and `weight` with the same value: one of the lines can go.
pub(super) fn two_orders(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let order = node.parent()?.value().get("order")?;
    let line = page.whole_line(node).filter(|_| order == node.value())?;
    Some(told.clone().fixes([Edit { span: line, text: String::new() }]))
}

fn foreign(key: &str, names: &[(&[&str], &'static str)]) -> Option<&'static str> {
    let bare = bare(key);
    names.iter().find(|(names, _)| names.contains(&&*bare)).map(|(_, ours)| *ours)
}

/// A name in small letters, in one word.
fn bare(name: &str) -> String {
    name.to_lowercase().replace(['_', '-', ' '], "")
}

impl Understood<'_> {
    /// Is this the key of a relation, or the list of its entries?
    fn is_relation(&self, name: &str) -> bool {
        self.kind.is_some_and(|kind| kind.relation(name).is_some())
    }

    /// The line that holds a byte, as it can be told from itself.
    pub fn line(&self, at: usize) -> Line<'_> {
        let start = line_start(self.text, at);
        Line::read(start, self.text[start..].lines().next().unwrap_or_default())
    }

    /// The keys that may stand where a key stands.
    fn known_beside(&self, node: &Node) -> Vec<Box<str>> {
        match node.parent().filter(|parent| parent.parent().is_some()) {
            Some(parent) => matter_keys::inner_keys(self.kind, &parent.name()),
            None => matter_keys::of(self.kind),
        }
    }

    /// The kind that the relation leads to in whose entry a key stands.
    fn target(&self, key: &Node) -> Option<&Kind> {
        let list = key.parent()?.parent()?;
        let relation = self.kind?.relations.iter().find(|relation| *relation.name == *list.name())?;
        self.rules.kinds.iter().find(|kind| kind.name == relation.to)
    }

    /// Where a key's value ends, or its colon, if it has none.
    pub fn end(&self, node: &Node) -> usize {
        let key = node.key_span().end;
        let colon = self.text[key..].find(':').map_or(key, |colon| key + colon + 1);
        node.span().end.max(colon)
    }

    /// The whole line of a key, with its end, if key and value stand in it alone.
    fn whole_line(&self, node: &Node) -> Option<Span> {
        let (key, value) = (node.key_span(), node.span());
        let start = line_start(self.text, key.start);
        let end = self.text[value.end..].find('\n').map(|newline| value.end + newline + 1)?;
        let is_alone = self.text[value.end..end].trim().is_empty() && !self.text[start..value.end].contains('\n');
        (is_alone && self.text[start..key.start].trim().is_empty()).then(|| Span::new(start, end))
    }
}
