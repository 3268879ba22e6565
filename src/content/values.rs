//! The keys of one front matter, read strictly: each complaint at the very value.

use jiff::civil::Date;

use super::body::{Link, Outward, has_host};
use super::complaints;
use super::entries::Form;
use super::expected::{Expected, Required};
use crate::base::{
    Diagnostic, Edit, Finite, KeyPath, Known, KnownList, Place, SourcePath, Span, has_forbidden, is_blank,
    is_mail_address, is_stray, nfc, runs, scheme, smart,
};
use crate::site::{CONTENT, MarkdownRules};
use crate::syntax::yaml::{Node, Value};

/// The front matter of one page while it is read.
pub struct Values<'m> {
    /// The file.
    pub path: &'m SourcePath,
    /// Its whole text, for places.
    pub text: &'m str,
    /// How Markdown is read.
    pub rules: &'m MarkdownRules,
    /// How many links the page's text has.
    first_link: usize,
    /// The links that fields hold, which follow those of the text.
    pub links: Vec<Link>,
    /// The links to other sites that fields hold.
    pub outward: Vec<Outward>,
    /// The sources that the front matter names, with their places' paths.
    pub sources: Vec<Known<(Box<str>, KeyPath)>>,
    /// The keys that must stand there.
    pub needed: Vec<Box<str>>,
    /// The complaints so far.
    pub found: Vec<Diagnostic>,
}

impl<'m> Values<'m> {
    /// Nothing read yet; the page's text has so many links.
    pub fn new(path: &'m SourcePath, text: &'m str, rules: &'m MarkdownRules, first_link: usize) -> Self {
        let (links, outward, sources) = (Vec::new(), Vec::new(), Vec::new());
        let (needed, found) = (Vec::new(), Vec::new());
        Self { path, text, rules, first_link, links, outward, sources, needed, found }
    }

    /// Keeps a link that a field holds; its number among those of the page.
    pub fn add_link(&mut self, link: Link) -> usize {
        self.links.push(link);
        self.first_link + self.links.len() - 1
    }

    /// The key of a source, which is kept among those that the page names.
    pub fn source(&mut self, node: &Node) -> Option<Box<str>> {
        let key: Option<Box<str>> = self.text(node).map(|key| key.trim_start_matches('@').into());
        self.sources.push(key.clone().map(|key| (key, node.path())).into());
        key
    }

    /// Where a value stands.
    pub fn place(&self, node: &Node) -> Place {
        Place::at(self.path, node.span())
    }

    /// Where its key stands.
    pub fn key_place(&self, node: &Node) -> Place {
        Place::at(self.path, node.key_span())
    }

    /// The first line of the file, for what is missing as a whole.
    pub fn top(&self) -> Place {
        let mark = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        let first = self.text[mark..].lines().next().unwrap_or_default().len();
        Place::at(self.path, Span::new(mark, mark + first))
    }

    /// May the line of a value be taken out?
    fn need(&self, node: &Node) -> Required {
        let is_needed = node.key().is_some() && self.needed.iter().any(|needed| **needed == *node.name());
        if is_needed { Required::Must } else { Required::May }
    }

    /// How the entry of a relation is written.
    pub fn form(&self, node: &Node) -> Form {
        Form::of(self.text, node.span())
    }

    /// Complains of a value of another type.
    pub fn wrong(&mut self, node: &Node, wanted: Expected) {
        let (place, name) = (self.place(node), node.name());
        self.found.push(match node.value() {
            Value::Tagged(tag, _) => complaints::tagged_value(place, tag),
            Value::Null => complaints::values::empty_value(place, &name, self.need(node)),
            Value::Text(text) if name == "aliases" && self.is_own_address(text) => {
                complaints::values::wrong_value(place, &name, "the page's own address", wanted)
                    .help("take the line out")
            }
            value => complaints::values::wrong_value(place, &name, &describe(value), wanted),
        });
    }

    /// Is it the address that the page has by the name of its file?
    fn is_own_address(&self, text: &str) -> bool {
        let below = self.path.below(CONTENT).and_then(|below| below.strip_suffix(".md")).unwrap_or_default();
        text.trim().trim_matches('/') == below.trim_end_matches("/index").trim_end_matches("/_index")
    }

    /// A line of text; `None`, with a complaint, if something else stands there.
    pub fn text(&mut self, node: &Node) -> Option<Box<str>> {
        match node.value() {
            Value::Text(text) if !text.is_ascii() && text.contains(is_stray) || has_forbidden(text) => {
                let place = self.place(node);
                let span = place.span.unwrap_or_default();
                let unseen = unseen_in(self.text, span);
                self.found.push(complaints::values::control_in_value(place, &node.name(), unseen));
                None
            }
            Value::Text(text) if is_blank(text) => {
                let place = self.place(node);
                self.found.push(complaints::values::empty_value(place, &node.name(), self.need(node)));
                None
            }
            Value::Text(text) if is_placeholder(text) => {
                let place = self.place(node);
                self.found.push(complaints::values::placeholder(place, &node.name()));
                None
            }
            Value::Text(text) => Some(nfc(text.trim()).into()),
            _ => {
                self.wrong(node, Expected::Text);
                None
            }
        }
    }

    /// A page's name, or the placeholder for one: only those who know all pages can say what may stand there.
    pub fn name(&mut self, node: &Node) -> Option<Box<str>> {
        match node.value() {
            Value::Text(text) if is_placeholder(text) => Some(text.trim().into()),
            Value::List(_) | Value::Map(_) => {
                self.wrong(node, Expected::Name);
                None
            }
            _ => self.text(node),
        }
    }

    /// A word that is one of the choices.
    pub fn choice(&mut self, node: &Node, choices: &[Box<str>]) -> Option<Box<str>> {
        if matches!(node.value(), Value::List(_) | Value::Map(_)) {
            let place = self.place(node);
            self.found.push(complaints::values::not_one_choice(place, &node.name(), &describe(node.value()), choices));
            return None;
        }
        let text = self.text(node)?;
        if !choices.contains(&text) {
            let place = self.place(node);
            self.found.push(complaints::values::unknown_choice(place, &node.name(), &text, choices));
            return None;
        }
        Some(text)
    }

    /// A line of text that readers see.
    pub fn words(&mut self, node: &Node) -> Option<Box<str>> {
        let text = self.text(node)?;
        Some(if self.rules.smart_punctuation { smart(&text).into() } else { text })
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, node: &Node) -> Option<bool> {
        if let Value::Bool(truth) = node.value() {
            return Some(*truth);
        }
        self.wrong(node, Expected::Truth);
        None
    }

    /// A whole number.
    pub fn integer(&mut self, node: &Node) -> Option<i64> {
        if let Value::Number(number) = node.value()
            && let Some(number) = number.as_i64()
        {
            return Some(number);
        }
        self.wrong(node, Expected::Number);
        None
    }

    /// A number, with a fraction or without.
    pub fn number(&mut self, node: &Node) -> Option<Finite> {
        if let Value::Number(number) = node.value()
            && let Some(number) = number.as_f64().and_then(Finite::new)
        {
            return Some(number);
        }
        self.wrong(node, Expected::Decimal);
        None
    }

    /// An address of another site, which is noted as a link to it.
    pub fn url(&mut self, node: &Node) -> Option<Box<str>> {
        let text = self.text(node)?;
        let is_web = scheme(&text).is_some_and(|(scheme, rest)| {
            matches!(&*scheme, "http" | "https") && has_host(rest) && !text.contains(char::is_whitespace)
        });
        if is_web {
            self.outward.push(Outward { address: text.clone(), span: node.span() });
            return Some(text);
        }
        self.wrong(node, Expected::Address);
        None
    }

    /// A mail address.
    pub fn email(&mut self, node: &Node) -> Option<Box<str>> {
        let text = self.text(node)?;
        if is_mail_address(&text) {
            return Some(text);
        }
        self.wrong(node, Expected::Mail);
        None
    }

    /// A telephone number: digits, and the signs that people write between them.
    pub fn phone(&mut self, node: &Node) -> Option<Box<str>> {
        let text = match node.value() {
            // Without quotes a zero in front would be lost, and so would nothing else.
            Value::Number(_) => node.written().trim().into(),
            _ => self.text(node)?,
        };
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits >= 2 && text.chars().all(|c| c.is_ascii_digit() || " +-()./*#".contains(c)) {
            return Some(text);
        }
        self.wrong(node, Expected::Phone);
        None
    }

    /// A day that exists, written `2026-11-22`.
    pub fn date(&mut self, node: &Node) -> Option<Date> {
        let Value::Text(text) = node.value() else {
            self.wrong(node, Expected::Day);
            return None;
        };
        let shaped = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(i, byte)| if i == 4 || i == 7 { byte == b'-' } else { byte.is_ascii_digit() });
        match text.parse::<Date>() {
            Ok(date) if shaped => Some(date),
            _ => {
                let place = self.place(node);
                let mut message = format!("`{text}` is not a day as the front matter writes it");
                if shaped {
                    message = format!("there is no day `{text}`");
                }
                self.found.push(complaints::values::no_such_date(place, message));
                None
            }
        }
    }

    /// The entries of a list, as `read` understands them or complains of them; `wanted` is what it is a list of.
    pub fn list<T>(
        &mut self,
        node: &Node,
        wanted: Expected,
        mut read: impl FnMut(&Node, &mut Self) -> Option<T>,
    ) -> KnownList<T> {
        if let Value::List(_) = node.value() {
            return node.children().map(|item| Known::from(read(&item, self))).collect();
        }
        self.wrong(node, wanted);
        KnownList::reported()
    }

    /// The keys of a map; `None`, with a complaint, if something else stands there.
    pub fn keys<'v>(&mut self, node: &'v Node<'v>) -> Option<Vec<Node<'v>>> {
        if let Value::Map(_) = node.value() {
            return Some(node.children().collect());
        }
        self.wrong(node, Expected::Keys);
        None
    }

    /// Complains if a theme that made a link of `text` would run a program.
    pub fn check_address(&mut self, node: &Node, text: &str) {
        if let Some(scheme) = runs(text) {
            let place = self.place(node);
            self.found.push(crate::site::complaints::running_address(place, scheme));
        }
    }

    /// Whatever stands there, as a template value; tags such as `!secret` are complained of.
    pub fn free(&mut self, node: &Node) -> tera::Value {
        match node.value() {
            Value::Null => tera::Value::none(),
            Value::Bool(truth) => tera::Value::from(*truth),
            Value::Number(number) => free_number(number),
            Value::Text(text) if has_forbidden(text) => {
                let place = self.place(node);
                self.found.push(complaints::values::control_in_value(place, &node.name(), Vec::new()));
                tera::Value::none()
            }
            Value::Text(text) => {
                self.check_address(node, text);
                tera::Value::from(text.as_str())
            }
            Value::List(_) => {
                let items: Vec<_> = node.children().map(|item| self.free(&item)).collect();
                tera::Value::from(items)
            }
            Value::Map(_) => {
                let mut map = tera::Map::new();
                for entry in node.children() {
                    let name = entry.name().into_owned();
                    if entry.key().is_some_and(|key| key.as_text().is_none()) {
                        self.found.push(complaints::values::key_not_text(self.key_place(&entry)));
                    }
                    if name == "<<" {
                        self.found.push(complaints::values::merge_key(self.key_place(&entry)));
                    }
                    let inner = self.free(&entry);
                    map.insert(name.into(), inner);
                }
                tera::Value::from(map)
            }
            Value::Tagged(tag, _) => {
                self.found.push(complaints::tagged_value(self.place(node), tag));
                tera::Value::none()
            }
        }
    }
}

fn free_number(number: &serde_yaml::Number) -> tera::Value {
    if let Some(whole) = number.as_i64() {
        return tera::Value::from(whole);
    }
    number
        .as_f64()
        .filter(|number| number.is_finite())
        .map_or_else(|| tera::Value::from(number.to_string()), tera::Value::from)
}

/// Does this text stand where something is still to be said?
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    matches!(text.trim(), "…" | "...")
}

/// The edits that take the invisible marks out of a stretch of the file.
pub fn unseen_in(text: &str, span: Span) -> Vec<Edit> {
    let marks = text[span.start..span.end].char_indices().filter(|(_, c)| is_stray(*c));
    let out = |(at, c): (usize, char)| Edit {
        span: Span::new(span.start + at, span.start + at + c.len_utf8()),
        text: String::new(),
    };
    marks.map(out).collect()
}

/// What stands there, in words.
#[must_use]
pub fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(truth) => format!("`{truth}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::Text(text) if text.chars().count() <= 30 => format!("the text `{text}`"),
        Value::Text(_) => "a text".into(),
        Value::List(_) => "a list".into(),
        Value::Map(_) => "a group of keys".into(),
        Value::Tagged(..) => "a tagged value".into(),
    }
}
