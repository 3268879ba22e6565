//! The bytes of a page → whether its policy binds all that the page loads.
//!
//! A browser obeys a policy in a `<meta>` only within the head, and only for what follows it. So nothing that loads,
//! runs or ends the head may stand before it. Reads the page's first bytes as a browser does, and no further than to
//! the policy.

use crate::views::CSP;

/// Where the element begins that states the policy, in the page's head and before anything that loads; `None` if there
/// is no such element.
#[must_use]
pub fn find_policy(page: &[u8]) -> Option<usize> {
    let mut rest = page;
    loop {
        rest = rest.trim_ascii_start();
        if is_policy(rest) {
            return Some(page.len() - rest.len());
        }
        rest = skip_harmless(rest)?;
    }
}

/// Does the text begin with the element that states the policy?
fn is_policy(text: &[u8]) -> bool {
    text.strip_prefix(b"<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .and_then(|rest| rest.strip_prefix(CSP.as_bytes()))
        .is_some_and(|rest| rest.starts_with(b"\""))
}

/// What follows the doctype, a comment, or an element that may stand before the policy.
fn skip_harmless(text: &[u8]) -> Option<&[u8]> {
    if let Some(comment) = text.strip_prefix(b"<!--") {
        return skip_comment(comment);
    }
    if let Some(rest) = skip_word(text, b"<!doctype") {
        return Some(&rest[find(rest, b">")? + 1..]);
    }
    if let Some(rest) = skip_word(text, b"<title") {
        return skip_title(skip_attributes(rest)?);
    }
    let open: [&[u8]; 3] = [b"<html", b"<head", b"<meta"];
    open.into_iter().find_map(|tag| skip_word(text, tag)).and_then(skip_attributes)
}

/// What follows a comment. Those that browsers end early, such as `<!-->`, are none.
fn skip_comment(text: &[u8]) -> Option<&[u8]> {
    let end = find(text, b"-->")?;
    let is_odd = text.starts_with(b">") || text.starts_with(b"->") || find(&text[..end + 2], b"--!").is_some();
    (!is_odd).then(|| &text[end + 3..])
}

/// What follows the end of a title, in which everything else is text.
fn skip_title(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        text = &text[find(text, b"</")?..];
        if let Some(rest) = skip_word(text, b"</title") {
            return skip_attributes(rest);
        }
        text = &text[2..];
    }
}

/// What follows a tag whose attributes begin here; none if one of them is a script, or if the tag does not end.
fn skip_attributes(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text;
    loop {
        let start = rest.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b'/')?;
        rest = &rest[start..];
        if let Some(rest) = rest.strip_prefix(b">") {
            return Some(rest);
        }
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/');
        let name = rest.iter().position(is_end).filter(|end| *end > 0)?;
        if rest.len() > 2 && rest[..2].eq_ignore_ascii_case(b"on") {
            return None;
        }
        rest = rest[name..].trim_ascii_start();
        if let Some(value) = rest.strip_prefix(b"=") {
            rest = skip_value(value.trim_ascii_start())?;
        }
    }
}

/// What follows the value of an attribute.
fn skip_value(text: &[u8]) -> Option<&[u8]> {
    match text.first()? {
        quote @ (b'"' | b'\'') => Some(&text[find(&text[1..], &[*quote])? + 2..]),
        _ => Some(&text[text.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>')?..]),
    }
}

/// What follows `word`, in small or capital letters, if it ends there.
fn skip_word<'t>(text: &'t [u8], word: &[u8]) -> Option<&'t [u8]> {
    let (start, rest) = text.split_at_checked(word.len())?;
    let ends = rest.first().is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    (ends && start.eq_ignore_ascii_case(word)).then_some(rest)
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a page is under the policy that stands where it says POLICY.
    fn is_bound(page: &str) -> bool {
        let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{CSP}\">");
        find_policy(page.replace("POLICY", &policy).as_bytes()).is_some()
    }

    #[test]
    fn a_policy_early_in_the_head_binds() {
        for page in [
            "POLICY<a href=\"/\">Home</a>",
            "<!doctype html>\n<html lang=\"en\" dir='ltr'>\n<head>\n<meta charset=utf-8>\nPOLICY</head>",
            "<!DOCTYPE html><HTML><HEAD><!-- <link> --><meta name=\"a\" content=\"1 > 0\"/>\nPOLICY",
            "<title>a </b> <img src=x></title>POLICY<link rel=\"stylesheet\" href=\"a.css\">",
        ] {
            assert!(is_bound(page), "{page}");
        }
    }

    #[test]
    fn a_policy_that_comes_too_late_or_where_none_is_read_does_not() {
        for page in [
            "<h1>Home</h1>",
            "<head><title>x</title><link rel=\"stylesheet\" href=\"https://t.example/a.css\">POLICY</head>",
            "<head><base href=\"https://t.example/\">POLICY</head>",
            "<head><style>@import \"https://t.example/a.css\";</style>POLICY</head>",
            "<body><img src=\"https://t.example/x.png\">POLICY</body>",
            "<body>POLICY</body>",
            "Home POLICY",
            "<html><header>POLICY",
            "<head><title>POLICY</title></head>",
            "<head><title>POLICY",
            "<head><noscript>POLICY</noscript></head>",
            "<head></head>POLICY",
            "<head><!-- POLICY --></head>",
            "<head><!--><img src=x>-->POLICY",
            "<head><!-- a --!><img src=x> -->POLICY",
            "<head data-a='POLICY'>",
            "<html onload=\"leave()\">POLICY",
            "<html lang=\"en",
        ] {
            assert!(!is_bound(page), "{page}");
        }
    }
}
