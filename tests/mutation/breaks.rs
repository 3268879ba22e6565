//! One thing of a guide, broken in one way, and what must be said of it.

use std::fmt;
use std::ops::Range;

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
