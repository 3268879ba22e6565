//! The text of `site.toml` → the bracket that is never closed, for which the parser would blame every line behind it.

/// The bracket that is open where the next key or table begins, or at the end, and its place in bytes.
pub(super) fn unclosed(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut start = 0;
    let mut quote: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        if quote.is_none() && (begins_a_table(line) || begins_a_value(line)) && !open.is_empty() {
            return open.pop();
        }
        // The head of a table is no array.
        let skipped = if quote.is_none() && open.is_empty() { head(line) } else { 0 };
        let mut at = skipped;
        while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
            at += match quote {
                Some(end) if rest.starts_with(end) => {
                    quote = None;
                    end.len()
                }
                Some(end) if end.starts_with('"') && rest.starts_with('\\') => 2,
                Some(_) => next(rest),
                None if rest.starts_with('#') => break,
                None => {
                    quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote));
                    match rest.as_bytes()[0] {
                        bracket @ (b'[' | b'{') => open.push((start + at, char::from(bracket))),
                        b']' | b'}' => drop(open.pop()),
                        _ => {}
                    }
                    quote.map_or_else(|| next(rest), str::len)
                }
            };
        }
        // Only the long quotations go on in the next line.
        quote = quote.filter(|quote| quote.len() == 3);
        start += line.len();
    }
    open.pop()
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
        assert_eq!(unclosed("menu = [\n  { to = \"a\" },\n\n[kinds.sign]\nfolder = \"s\"\n"), Some((7, '[')));
        assert_eq!(unclosed("menu = [\n  { to = \"a\" },\n"), Some((7, '[')));
        assert_eq!(unclosed("name = { one = \"a\"\nfolder = \"s\"\n"), Some((7, '{')));
    }
}
