//! One thing of a guide, broken in one way, and what must be said of it.

use std::fmt;
use std::ops::Range;

use super::finder::Found;

/// What must be complained of.
#[derive(Clone, PartialEq, Eq)]
pub struct Expected {
    pub code: String,
    pub path: String,
    /// The bytes of the broken file.
    pub span: Option<Range<usize>>,
    /// What stands there.
    pub marked: Option<String>,
    /// What `did you mean` names.
    pub suggested: Option<String>,
}

impl Expected {
    /// A complaint at `span` of the broken file, where `marked` stands.
    pub fn new(path: &str, span: Range<usize>, marked: &str, (code, suggested): (&str, Option<&str>)) -> Self {
        Self {
            code: code.to_owned(),
            path: path.to_owned(),
            span: Some(span),
            marked: Some(marked.to_owned()),
            suggested: suggested.map(str::to_owned),
        }
    }

    /// Complaints are sorted by place.
    pub fn order(&self) -> (String, Option<usize>) {
        (self.path.clone(), self.span.as_ref().map(|span| span.start))
    }
}

impl fmt::Debug for Expected {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Self { code, path, span, marked, suggested } = self;
        write!(out, "{code} at {path} {span:?} {marked:?}, meant {suggested:?}")
    }
}

/// Another text in the place of a stretch of a file.
#[derive(Debug, Clone)]
pub struct Break {
    /// What it is, for people.
    pub name: String,
    pub path: String,
    pub at: Range<usize>,
    pub with: String,
    pub expected: Vec<Expected>,
}

impl Break {
    /// The text `with` in the place of a thing, and the complaint at it.
    pub fn of(path: &str, one: &Found, with: &str, said: (&str, Option<&str>)) -> Self {
        Self {
            name: format!("{path}: {:?} `{}` of `{}` becomes `{with}`", one.thing, one.text, one.of),
            path: path.to_owned(),
            expected: vec![Expected::new(path, one.at.start..one.at.start + with.len(), with, said)],
            at: one.at.clone(),
            with: with.to_owned(),
        }
    }

    /// The file as it is after the break.
    pub fn text(&self, whole: &str) -> String {
        format!("{}{}{}", &whole[..self.at.start], self.with, &whole[self.at.end..])
    }
}

/// Ways in which a name is misspelt: what stands there, and whether anybody can tell what was meant.
pub fn misspelt(name: &str) -> Vec<(String, Option<&str>)> {
    let letters: Vec<(usize, char)> = name.char_indices().filter(|(_, c)| c.is_alphabetic()).collect();
    let (middle, letter) = letters[letters.len() / 2];
    let doubled = format!("{}{letter}{}", &name[..middle], &name[middle..]);
    let mut all = vec![(doubled, Some(name)), ("wibblywobblyqx".to_owned(), None)];
    if letters.len() > 4 {
        all.push((format!("{}{}", &name[..middle], &name[middle + letter.len_utf8()..]), Some(name)));
    }
    all
}
