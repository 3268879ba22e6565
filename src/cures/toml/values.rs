//! A value of `site.toml` that is no text, number, `true` or `false` → what was meant, and how it is written.

use std::ops::Range;

use super::complaints;
use crate::base::{Diagnostic, Place, in_quotes, read_truth};

/// What is wrong with a value.
pub(super) struct Wrong {
    pub slip: Slip,
    /// Where, in the value.
    pub span: Range<usize>,
    /// What cures it for certain: stretches of the value, and what to write there.
    pub cures: Vec<(Range<usize>, String)>,
}

/// The slips that authors make with values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Text that stands in no quotes.
    NoQuotes,
    /// Text in quotes that a text editor has bent, or in other signs.
    OddQuotes,
    /// Text whose last quote is missing.
    NoEnd,
    /// Text with quotes of the same sort in it.
    QuoteInQuotes,
    /// Text with a single backslash in it.
    Backslash,
    /// A comma, semicolon or full stop behind the value.
    Behind,
    /// Another setting in the same line.
    Another,
    /// `True`, `yes` and the like.
    NoTruth,
    /// Digits that are no number and no day.
    NoNumber,
}

/// The complaint about the value of `key`.
pub(super) fn complaint(place: Place, wrong: &Wrong, key: &str) -> Diagnostic {
    match wrong.slip {
        Slip::NoQuotes => complaints::missing_quotes(place, key),
        Slip::OddQuotes => complaints::odd_quotes(place),
        Slip::NoEnd => complaints::unclosed_quote(place),
        Slip::QuoteInQuotes => complaints::inner_quotes(place),
        Slip::Backslash => complaints::backslash(place),
        Slip::Behind => complaints::behind(place),
        Slip::Another => complaints::two_settings(place),
        Slip::NoTruth => complaints::no_truth(place, wrong.cures.first().map_or("true", |(_, text)| text)),
        Slip::NoNumber => complaints::no_number(place),
    }
}

/// The marks that stand for quotes elsewhere.
const ODD: [char; 13] = [
    '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{ab}', '\u{bb}', '`',
    '\u{2033}', '\u{2032}', '\u{ff02}',
];

/// What is wrong with `value`, from the sign before it to the end of its line; `None` if that cannot be told.
pub(super) fn wrong(value: &str) -> Option<Wrong> {
    let first = value.chars().next()?;
    match first {
        '"' | '\'' if value.starts_with("\"\"\"") || value.starts_with("'''") => None,
        '"' | '\'' => quoted(value, first),
        c if ODD.contains(&c) => {
            let text = without_remark(value);
            let ends = |c: char| ODD.contains(&c) || c == '"' || c == '\'';
            let whole =
                |slip, inner: &str| Wrong { slip, span: 0..text.len(), cures: vec![(0..text.len(), in_quotes(inner))] };
            Some(whole(Slip::OddQuotes, text.trim_matches(ends)))
        }
        _ => Some(bare(without_remark(value))),
    }
}

/// The value without a remark behind it.
fn without_remark(value: &str) -> &str {
    value.split(" #").next().unwrap_or(value).trim_end()
}

/// A value that begins with a quote.
fn quoted(value: &str, quote: char) -> Option<Wrong> {
    let end = end_of(value, quote);
    let whole = |slip, inner: &str, text: &str| {
        Some(Wrong { slip, span: 0..text.len(), cures: vec![(0..text.len(), in_quotes(inner))] })
    };
    let Some(end) = end else {
        let text = without_remark(value);
        let inner = text[1..].trim_end_matches(|c: char| ODD.contains(&c) || c == '\'' || c == '"');
        let behind = text.trim_end_matches([',', ';']);
        let end = inner.len() + 1;
        let (slip, span, cured) = if end < text.len() {
            (Slip::OddQuotes, end..text.len(), end..text.len())
        } else {
            (Slip::NoEnd, 0..behind.len(), behind.len()..text.len())
        };
        return Some(Wrong { slip, span, cures: vec![(cured, quote.into())] });
    };
    if let Some(at) = lone_backslash(&value[..end]).filter(|_| quote == '"') {
        let all: Vec<_> = lone_backslashes(&value[..end]).map(|at| (at..at, "\\".to_owned())).collect();
        return Some(Wrong { slip: Slip::Backslash, span: at..at + 1, cures: all });
    }
    let rest = value[end..].trim_start();
    let rest_start = value.len() - rest.len();
    if rest.is_empty() || rest.starts_with('#') {
        return None;
    }
    let behind = rest.trim_end_matches([',', ';', '.']);
    if behind.is_empty() {
        return Some(Wrong {
            slip: Slip::Behind,
            span: rest_start..value.len(),
            cures: vec![(end..value.len(), String::new())],
        });
    }
    let name = rest.split(['=', ':']).next().unwrap_or_default().trim().trim_start_matches(',').trim();
    let is_setting =
        rest.contains('=') && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    if is_setting {
        return Some(Wrong {
            slip: Slip::Another,
            span: rest_start..value.len(),
            cures: vec![(end..rest_start, "\n".to_owned())],
        });
    }
    let text = without_remark(value).trim_end_matches([',', ';']);
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    let doubled = inner.strip_prefix(quote).and_then(|inner| inner.strip_suffix(quote));
    let inner = doubled.unwrap_or(inner);
    let behind_first = inner.split_once(quote).map(|(_, behind)| behind);
    if doubled.is_none() && behind_first.is_some_and(|behind| behind.starts_with([' ', ','])) {
        // `"A" or "B"`: the first quote within ends a word, so that those at both ends belong to the words.
        return whole(Slip::QuoteInQuotes, text, text);
    }
    whole(Slip::QuoteInQuotes, inner, text)
}

/// The byte behind the quote that ends the value.
fn end_of(value: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in value.char_indices().skip(1) {
        if c == quote && !is_escaped {
            return Some(at + 1);
        }
        is_escaped = c == '\\' && !is_escaped && quote == '"';
    }
    None
}

/// The first backslash that stands for itself, in a text that holds one that means nothing.
fn lone_backslash(text: &str) -> Option<usize> {
    let is_odd = |at: &usize| !text[at + 1..].starts_with(['b', 'e', 'f', 'n', 'r', 't', '"', '\\', 'u', 'U', 'x']);
    let first = lone_backslashes(text).next();
    let has_broken = lone_backslashes(text).any(|at| {
        is_odd(&at)
            || (text[at + 1..].starts_with(['u', 'U', 'x'])
                && !text[at + 2..].starts_with(|c: char| c.is_ascii_hexdigit()))
    });
    first.filter(|_| has_broken)
}

fn lone_backslashes(text: &str) -> impl Iterator<Item = usize> {
    let alone = |at: &usize| !text[at + 1..].starts_with('\\') && !text[..*at].ends_with('\\');
    text.match_indices('\\').map(|(at, _)| at).filter(alone).filter(|at| at + 2 < text.len())
}

/// A value without quotes.
fn bare(text: &str) -> Wrong {
    let text = text.trim_end_matches([',', ';']).trim_end();
    let all = |slip, cure: String| Wrong { slip, span: 0..text.len(), cures: vec![(0..text.len(), cure)] };
    let word = text.trim_end_matches(['"', '\'']);
    if let Some(truth) = read_truth(word).filter(|_| word.starts_with(char::is_alphabetic)) {
        return all(Slip::NoTruth, truth.to_string());
    }
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && text.chars().all(|c| c.is_ascii_digit() || "+-.,:_/eExXT ".contains(c));
    if is_number {
        let digits = text.trim_start_matches('0');
        let is_padded = !digits.is_empty() && digits.len() < text.len() && digits.chars().all(|c| c.is_ascii_digit());
        let cures = if is_padded { vec![(0..text.len(), digits.to_owned())] } else { Vec::new() };
        return Wrong { slip: Slip::NoNumber, span: 0..text.len(), cures };
    }
    let inner = text.trim_end_matches(|c: char| c == '"' || c == '\'' || ODD.contains(&c));
    all(Slip::NoQuotes, in_quotes(inner))
}
