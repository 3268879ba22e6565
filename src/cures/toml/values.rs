//! A value of `site.toml` that is no text, number, `true` or `false` → what was meant, and how it is written: one row a slip.

use std::ops::Range;

use super::{Broken, complaints};
use crate::base::{Diagnostic, Place, in_quotes, read_truth};
use crate::cures::Slip;

/// The value at fault in a line.
pub(super) struct Value<'l> {
    line: &'l Broken<'l>,
    /// What it is called; `it` in a list or table.
    key: &'l str,
    /// Where it begins in the line.
    start: usize,
    /// How it is written, to the end of the line or entry.
    text: &'l str,
}

/// Finds a slip in a value.
type Find = fn(&Value) -> Option<Diagnostic>;

/// The slips that authors make with values, in the order in which they are looked for; the first is told.
pub(super) const SLIPS: [Slip<Find>; 10] = [
    Slip { find: odd_quotes, wrong: "title = \u{201c}A\u{201d}\n", right: "title = \"A\"\n" },
    Slip { find: odd_last_quote, wrong: "title = \"A\u{201d}\n", right: "title = \"A\"\n" },
    Slip { find: no_last_quote, wrong: "title = \"A\n", right: "title = \"A\"\n" },
    Slip { find: lone_backslash, wrong: "output = \"C:\\guide\"\n", right: "output = \"C:\\\\guide\"\n" },
    Slip { find: sign_behind, wrong: "title = \"A\",\n", right: "title = \"A\"\n" },
    Slip { find: second_setting, wrong: "a = \"A\", b = \"B\"\n", right: "a = \"A\"\nb = \"B\"\n" },
    Slip { find: inner_quotes, wrong: "title = \"A \"b\" c\"\n", right: "title = \"A \\\"b\\\" c\"\n" },
    Slip { find: truth_in_words, wrong: "smart = yes\n", right: "smart = true\n" },
    Slip { find: odd_number, wrong: "size = 007\n", right: "size = 7\n" },
    Slip { find: no_quotes, wrong: "title = A\n", right: "title = \"A\"\n" },
];

/// The marks that stand for quotes elsewhere.
const ODD: [char; 13] = [
    '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{ab}', '\u{bb}', '`',
    '\u{2033}', '\u{2032}', '\u{ff02}',
];

fn is_quote(c: char) -> bool {
    ODD.contains(&c) || matches!(c, '"' | '\'')
}

impl<'l> Value<'l> {
    /// The value of the setting in a line, unless that is a list or table.
    pub fn of_setting(line: &'l Broken<'l>) -> Option<Self> {
        let setting = line.setting()?;
        let text = &line.line.text[setting.value.clone()];
        let key = &line.line.text[setting.key];
        (!text.starts_with(['[', '{'])).then_some(Self { line, key, start: setting.value.start, text })
    }

    /// The entry of a list or table at which reading stopped.
    fn of_entry(line: &'l Broken<'l>) -> Self {
        let (text, start) = (line.line.text, line.stop());
        let end = text[start..].find([',', ']', '}']).map_or(text.len(), |end| start + end);
        Self { line, key: "it", start, text: text[start..end].trim_end() }
    }

    /// What is wrong with it; `None` if that cannot be told.
    pub fn slip(&self) -> Option<Diagnostic> {
        SLIPS.iter().find_map(|slip| (slip.find)(self))
    }

    fn place(&self, part: Range<usize>) -> Place {
        self.line.place(self.start + part.start..self.start + part.end)
    }

    fn fixed(&self, told: Diagnostic, part: Range<usize>, text: impl Into<String>) -> Diagnostic {
        told.fix(self.line.span(self.start + part.start..self.start + part.end), text)
    }

    /// The complaint about a part of it, with what belongs in its place.
    fn replaced(&self, tell: impl Fn(Place) -> Diagnostic, part: Range<usize>, text: impl Into<String>) -> Diagnostic {
        self.fixed(tell(self.place(part.clone())), part, text)
    }

    /// The value without a remark behind it.
    fn bare(&self) -> &'l str {
        self.text.split(" #").next().unwrap_or(self.text).trim_end()
    }

    /// The straight quote that it begins with, if it is one alone.
    fn quote(&self) -> Option<char> {
        let is_long = self.text.starts_with("\"\"\"") || self.text.starts_with("'''");
        self.text.chars().next().filter(|first| matches!(first, '"' | '\'') && !is_long)
    }

    /// The byte behind the quote that ends it.
    fn end(&self, quote: char) -> Option<usize> {
        let mut is_escaped = false;
        for (at, c) in self.text.char_indices().skip(1) {
            if c == quote && !is_escaped {
                return Some(at + 1);
            }
            is_escaped = c == '\\' && !is_escaped && quote == '"';
        }
        None
    }

    /// What it begins with, if its last quote is missing.
    fn unended(&self) -> Option<char> {
        self.quote().filter(|quote| self.end(*quote).is_none())
    }

    /// What stands behind it: where it ends, and where that begins.
    fn behind(&self) -> Option<(usize, usize)> {
        let end = self.end(self.quote()?)?;
        let rest = self.text[end..].trim_start();
        (!rest.is_empty() && !rest.starts_with('#')).then(|| (end, self.text.len() - rest.len()))
    }

    /// What stands without quotes, without the signs behind it.
    fn unquoted(&self) -> Option<&'l str> {
        let text = self.bare().trim_end_matches([',', ';']).trim_end();
        (self.quote().is_none() && !self.text.starts_with(is_quote) && !self.text.is_empty()).then_some(text)
    }
}

/// What is wrong with the value at fault in a line.
pub(super) fn odd_value(line: &Broken) -> Option<Diagnostic> {
    Value::of_setting(line).unwrap_or_else(|| Value::of_entry(line)).slip()
}

fn odd_quotes(value: &Value) -> Option<Diagnostic> {
    let text = value.bare();
    let bare = text.trim_matches(is_quote);
    text.starts_with(ODD).then(|| value.replaced(complaints::odd_quotes, 0..text.len(), in_quotes(bare)))
}

fn odd_last_quote(value: &Value) -> Option<Diagnostic> {
    let (quote, text) = (value.unended()?, value.bare());
    let end = 1 + text[1..].trim_end_matches(is_quote).len();
    (end < text.len()).then(|| value.replaced(complaints::odd_quotes, end..text.len(), quote))
}

fn no_last_quote(value: &Value) -> Option<Diagnostic> {
    let (quote, text) = (value.unended()?, value.bare());
    if value.line.goes_on_below() {
        return Some(complaints::unclosed_quote(value.place(0..value.text.len())));
    }
    let end = text.trim_end_matches([',', ';']).len();
    Some(value.fixed(complaints::unclosed_quote(value.place(0..end)), end..text.len(), quote))
}

/// A backslash that stands for itself, in a text that holds one that means nothing.
fn lone_backslash(value: &Value) -> Option<Diagnostic> {
    let text = &value.text[..value.end(value.quote().filter(|quote| *quote == '"')?)?];
    let is_alone = |at: &usize| !text[at + 1..].starts_with('\\') && !text[..*at].ends_with('\\');
    let alone = || text.match_indices('\\').map(|(at, _)| at).filter(is_alone).filter(|at| at + 2 < text.len());
    let is_odd = |at: usize| match text[at + 1..].chars().next() {
        Some('u' | 'U' | 'x') => !text[at + 2..].starts_with(|c: char| c.is_ascii_hexdigit()),
        Some(c) => !"befnrt\"\\".contains(c),
        None => true,
    };
    let first = alone().next().filter(|_| alone().any(is_odd))?;
    let told = complaints::backslash(value.place(first..first + 1));
    Some(alone().fold(told, |told, at| value.fixed(told, at..at, "\\")))
}

fn sign_behind(value: &Value) -> Option<Diagnostic> {
    let (end, start) = value.behind()?;
    let is_sign = value.text[start..].trim_end_matches([',', ';', '.']).is_empty();
    let told = complaints::behind(value.place(start..value.text.len()));
    is_sign.then(|| value.fixed(told, end..value.text.len(), ""))
}

fn second_setting(value: &Value) -> Option<Diagnostic> {
    let (end, start) = value.behind()?;
    let rest = value.text[start..].trim_start_matches(',').trim_start();
    let name = rest.split(['=', ':']).next().unwrap_or_default().trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    let start = value.text.len() - rest.len();
    let told = complaints::two_settings(value.place(start..value.text.len()));
    (is_name && rest.contains('=')).then(|| value.fixed(told, end..start, "\n"))
}

fn inner_quotes(value: &Value) -> Option<Diagnostic> {
    let quote = value.quote().filter(|_| value.behind().is_some())?;
    let text = value.bare().trim_end_matches([',', ';']);
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    let doubled = inner.strip_prefix(quote).and_then(|inner| inner.strip_suffix(quote));
    let behind_first = inner.split_once(quote).map(|(_, behind)| behind);
    // `"A" or "B"`: the first quote within ends a word, so that those at both ends belong to the words.
    let is_in_words = doubled.is_none() && behind_first.is_some_and(|behind| behind.starts_with([' ', ',']));
    let meant = if is_in_words { text } else { doubled.unwrap_or(inner) };
    Some(value.replaced(complaints::inner_quotes, 0..text.len(), in_quotes(meant)))
}

fn truth_in_words(value: &Value) -> Option<Diagnostic> {
    let text = value.unquoted()?;
    let word = text.trim_end_matches(['"', '\'']);
    let meant = read_truth(word).filter(|_| word.starts_with(char::is_alphabetic))?.to_string();
    Some(value.replaced(|place| complaints::no_truth(place, &meant), 0..text.len(), meant.as_str()))
}

fn odd_number(value: &Value) -> Option<Diagnostic> {
    let text = value.unquoted()?;
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && text.chars().all(|c| c.is_ascii_digit() || "+-.,:_/eExXT ".contains(c));
    let digits = text.trim_start_matches('0');
    let is_padded = !digits.is_empty() && digits.len() < text.len() && digits.chars().all(|c| c.is_ascii_digit());
    let told = complaints::no_number(value.place(0..text.len()));
    is_number.then(|| if is_padded { value.fixed(told, 0..text.len(), digits) } else { told })
}

fn no_quotes(value: &Value) -> Option<Diagnostic> {
    let text = value.unquoted()?;
    let meant = in_quotes(text.trim_end_matches(is_quote));
    Some(value.replaced(|place| complaints::missing_quotes(place, value.key), 0..text.len(), meant))
}
