//! Markers of lists, quotes and footnotes far to the right → spaces, before the parser sees them.
//!
//! Each level takes the parser time with each line that follows, so that a line of a hundred thousand markers
//! would keep it busy for minutes. No author goes that deep.

/// Markers begin a list or a quote only within this many bytes of a line.
const WIDEST: usize = 256;

/// `text` without the markers that stand too far to the right, and the place of the first; `None` if there are none.
pub(super) fn flatten(text: &str) -> Option<(String, usize)> {
    let mut places = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > WIDEST && !is_rule(line.as_bytes()) {
            places.extend(markers(line.as_bytes()).filter(|&at| at >= WIDEST).map(|at| start + at));
        }
        start += line.len();
    }
    let first = *places.first()?;
    let mut bytes = text.as_bytes().to_vec();
    for place in places {
        bytes[place] = b' ';
    }
    Some((String::from_utf8(bytes).expect("a marker is one byte, and so is a space"), first))
}

/// Where each marker at the start of `line` has the byte without which it is none.
fn markers(line: &[u8]) -> impl Iterator<Item = usize> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += line[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let (key, length) = marker(&line[at..])?;
        at += length;
        Some(at - length + key)
    })
}

/// The marker at the start of `rest`: its deciding byte, and its length.
fn marker(rest: &[u8]) -> Option<(usize, usize)> {
    let ends_at = |at: usize| rest.get(at).is_none_or(u8::is_ascii_whitespace);
    match rest {
        [b'>', ..] => Some((0, 1)),
        [b'-' | b'+' | b'*' | b':', ..] if ends_at(1) => Some((0, 1)),
        [b'[', b'^', label @ ..] => {
            let end = label.iter().position(|byte| matches!(byte, b']' | b'[' | b'\n'))?;
            label[end..].starts_with(b"]:").then_some((0, end + 4))
        }
        _ => {
            let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
            let is_number = digits > 0 && matches!(rest.get(digits), Some(b'.' | b')')) && ends_at(digits + 1);
            is_number.then_some((digits, digits + 1))
        }
    }
}

/// Is this line a rule, such as `- - -`, and no list?
fn is_rule(line: &[u8]) -> bool {
    let mut signs = line.iter().filter(|byte| !byte.is_ascii_whitespace());
    signs.next().is_some_and(|first| b"-*_".contains(first) && signs.all(|sign| sign == first))
}
