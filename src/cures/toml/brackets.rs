//! The text of `site.toml` → the bracket that is never closed, for which the parser would blame every line behind it.

use crate::base::{Edit, Span};

/// A bracket without its like.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// Where it stands, in bytes.
    pub at: usize,
    pub bracket: char,
    /// What closes it, or takes it out.
    pub cure: Edit,
}

/// The bracket that is open where the next key or table begins, where another is closed, or at the end.
pub(super) fn unclosed(text: &str) -> Option<Unclosed> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut start = 0;
    // Where the last line with something in it ends, without a remark.
    let mut said = 0;
    let mut quote: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        if quote.is_none() && (begins_a_table(line) || begins_a_value(line)) && !open.is_empty() {
            return left_open(text, &mut open, said);
        }
        // The head of a table is no array.
        let skipped = if quote.is_none() && open.is_empty() { head(line) } else { 0 };
        let mut at = skipped;
        while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
            let is_remark = quote.is_none() && rest.starts_with('#');
            if is_remark {
                break;
            }
            at += match quote {
                Some(end) if rest.starts_with(end) => {
                    quote = None;
                    end.len()
                }
                Some(end) if end.starts_with('"') && rest.starts_with('\\') => 2,
                Some(_) => next(rest),
                None => {
                    quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote));
                    match rest.as_bytes()[0] {
                        bracket @ (b'[' | b'{') => open.push((start + at, char::from(bracket))),
                        bracket @ (b']' | b'}') => match closed(&mut open, char::from(bracket), (start + at, rest)) {
                            None => {}
                            unclosed => return unclosed,
                        },
                        _ => {}
                    }
                    quote.map_or_else(|| next(rest), str::len)
                }
            };
            if line.get(..at).is_some_and(|read| !read.ends_with(char::is_whitespace)) {
                said = start + at;
            }
        }
        // A text that never ends is the slip, and not the bracket that it hides.
        if quote.is_some_and(|quote| quote.len() == 1) {
            open.clear();
        }
        // Only the long quotations go on in the next line.
        quote = quote.filter(|quote| quote.len() == 3);
        start += line.len();
    }
    left_open(text, &mut open, said)
}

/// The bracket that ends what `bracket` begins.
fn end_of(bracket: char) -> char {
    if bracket == '[' { ']' } else { '}' }
}

/// The innermost open bracket, closed behind what was said last.
fn left_open(text: &str, open: &mut Vec<(usize, char)>, said: usize) -> Option<Unclosed> {
    let (at, bracket) = open.pop()?;
    let is_long = text[at..said].contains('\n');
    let before = if is_long {
        "\n"
    } else if bracket == '{' {
        " "
    } else {
        ""
    };
    let cure = Edit { span: Span::new(said, said), text: format!("{before}{}", end_of(bracket)) };
    Some(Unclosed { at, bracket, cure })
}

/// Takes the innermost open bracket away, if `closing` is its like; `rest` is the line from there on.
fn closed(open: &mut Vec<(usize, char)>, closing: char, (here, rest): (usize, &str)) -> Option<Unclosed> {
    let (at, bracket) = open.pop()?;
    if end_of(bracket) == closing {
        return None;
    }
    if open.iter().any(|(_, outer)| end_of(*outer) == closing) {
        let cure = Edit { span: Span::new(here, here), text: end_of(bracket).to_string() };
        return Some(Unclosed { at, bracket, cure });
    }
    let span = Span::new(here, here + 1);
    if rest.contains(end_of(bracket)) {
        return Some(Unclosed { at: here, bracket: closing, cure: Edit { span, text: String::new() } });
    }
    Some(Unclosed { at, bracket, cure: Edit { span, text: end_of(bracket).to_string() } })
}

/// The length of the first character.
fn next(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// How much of a line is a key and its sign, or the head of a table.
fn head(line: &str) -> usize {
    if begins_a_table(line) { line.len() } else { 0 }
}

/// Does the line begin with `[name]`?
fn begins_a_table(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('[') else { return false };
    let name = rest.strip_prefix('[').unwrap_or(rest).split(']').next().unwrap_or_default();
    let is_key = |c: char| c.is_ascii_alphanumeric() || "_-. ".contains(c);
    rest.contains(']') && name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_key)
}

/// Does the line begin with `key =`?
fn begins_a_value(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    #[test]
    fn sound_configurations_close_all_brackets() {
        for text in [
            "menu = [\n  { to = \"a]b\" }, # [\n  'c{',\n]\n[kinds.sign]\nname = { one = \"a\" }\n",
            "[[menu]]\nto = \"@/a.md\"\ntext = \"\"\"\n[ open {\n\"\"\"\nnested = [[1, 2], [3]]\n",
            "title = \"a \\\" [\"\n",
            "",
        ] {
            assert_eq!(unclosed(text), None, "{text}");
        }
    }

    #[test]
    fn the_bracket_is_found_where_the_next_key_begins() {
        let check = |text: &str, mended: &str| {
            let found = unclosed(text).expect("a bracket is open");
            let (before, rest) = text.split_at(found.cure.span.start);
            let after = &rest[found.cure.span.end - found.cure.span.start..];
            assert_eq!(format!("{before}{}{after}", found.cure.text), mended);
        };
        check(
            "menu = [\n  { to = \"a\" }, # x\n\n[kinds.sign]\n",
            "menu = [\n  { to = \"a\" },\n] # x\n\n[kinds.sign]\n",
        );
        check("menu = [\n  { to = \"a\" },\n", "menu = [\n  { to = \"a\" },\n]\n");
        check("name = { one = \"a\"\nfolder = \"s\"\n", "name = { one = \"a\" }\nfolder = \"s\"\n");
        check("a = { values = [\"low\", \"high\" }\n", "a = { values = [\"low\", \"high\" ]}\n");
        check("a = { values = [\"low\"]] }\n", "a = { values = [\"low\"] }\n");
        check("a = { values = \"low\" ]\n", "a = { values = \"low\" }\n");
    }
}
