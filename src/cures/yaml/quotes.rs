//! Quotes that end too early, too late, or are none.

use super::line::lines;
use super::{Broken, Find, FindInLine};
use crate::base::{Code, Diagnostic, Edit, Span, in_quotes};
use crate::cures::slip::{Candidates, Slip};

/// The quotes of printed texts.
const PRINTED: [char; 7] = ['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}'];

pub(super) const EARLY_END: Slip<FindInLine> = Slip {
    find: |broken, line| {
        let end = early_end(line.value)?;
        let at = line.value_span().start + end;
        let inner = line.value.strip_prefix(['\'', '"']).and_then(|rest| rest.strip_suffix(&line.value[..1]));
        // In `"A" or "B"` the quotes at both ends belong to the words.
        let inner = inner.filter(|_| !line.value[end + 1..].starts_with([' ', ',']));
        let mended = inner.map_or_else(|| around_quotes(line.value), in_quotes);
        let place = broken.place(Span::new(at, at + 1));
        let told = Diagnostic::new(Code::QuoteInQuotes, place, "this quote ends the text, and more follows")
            .help("put quotes around the whole text, of the kind that it does not hold");
        Some(vec![told.fix(line.value_span(), mended)])
    },
    wrong: "title: \"Say \"no\" to it\"\n",
    right: "title: \"Say \\\"no\\\" to it\"\n",
};

pub(super) const CURLY: Slip<FindInLine> = Slip {
    find: |broken, line| {
        let bare = line.value.strip_prefix(PRINTED)?.strip_suffix(PRINTED)?;
        line.key.filter(|_| line.value.contains(": ") || line.value.ends_with(':'))?;
        let message = "curly quotes are no quotes here, and this text needs quotes";
        let told = Diagnostic::new(Code::CurlyQuotes, broken.place(line.value_span()), message)
            .help("put the text in straight quotes");
        Some(vec![told.fix(line.value_span(), in_quotes(bare))])
    },
    wrong: "title: “Walking: together”\n",
    right: "title: \"Walking: together\"\n",
};

pub(super) const UNCLOSED: Slip<Find> = Slip {
    find: |broken| lines(broken.text, &broken.within).iter().filter_map(|line| unclosed(broken, line)).collect(),
    wrong: "title: \"Whose turn is it to make supper?”\n",
    right: "title: \"Whose turn is it to make supper?\"\n",
};

/// A quote or bracket that is opened on a line and never closed; a curly quote at the end was meant as the closing one.
fn unclosed(broken: &Broken, line: &super::line::Line) -> Option<Candidates> {
    let span = line.value_span();
    let opening = line.value.chars().next()?;
    let closing = match opening {
        '"' | '\'' if line.value.matches(opening).count() == 1 => opening,
        '[' if !line.value.contains(']') => ']',
        '{' if !line.value.contains('}') => '}',
        _ => return None,
    };
    let note = line.value.find(" #").unwrap_or(line.value.len());
    let text = line.value[..note].trim_end();
    let end = span.start + text.len();
    let printed = text.chars().next_back().filter(|c| PRINTED.contains(c) && opening == closing);
    let what = if opening == closing { "quote" } else { "bracket" };
    let message = format!("the {what} that opens here is never closed");
    let place = broken.place(Span::new(span.start, span.start + 1));
    let told = Diagnostic::new(Code::Unclosed, place, message).help(format!("put a `{closing}` where it ends"));
    let edit = Edit { span: Span::new(end - printed.map_or(0, char::len_utf8), end), text: closing.to_string() };
    // A text or list may go on below.
    let is_last = !broken.text[span.start + 1..broken.within.end].contains(closing);
    Some([told.clone().fixes([edit])].into_iter().chain(is_last.then_some(told)).collect())
}

/// `text` in the quotes that it does not hold.
fn around_quotes(text: &str) -> String {
    if text.contains('\'') { in_quotes(text) } else { format!("'{text}'") }
}

/// The byte of the quote that ends the text `value`, if anything but a note follows it.
fn early_end(value: &str) -> Option<usize> {
    let at = closing_quote(value)?;
    let rest = value[at + 1..].trim_start();
    (!rest.is_empty() && !rest.starts_with(['#', ',', ']', '}', ':'])).then_some(at)
}

/// The byte of the quote that ends the text `value`, if it begins with one.
fn closing_quote(value: &str) -> Option<usize> {
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let mut signs = value.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        match (sign, next) {
            ('\\', _) if quote == '"' => drop(signs.next()),
            ('\'', Some('\'')) if quote == '\'' => drop(signs.next()),
            _ if sign == quote => return Some(at),
            _ => {}
        }
    }
    None
}
