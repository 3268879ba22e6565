//! A block's plain text → the sentence around each link, and the number of words.
//!
//! Sentence bounds are those of Unicode's Standard Annex 29.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::{NAME_MARK, html::one_line, latin};

/// The longest sentence that is kept whole, in characters.
const LONGEST: usize = 300;

/// After this many characters without a letter a sentence counts as over.
///
/// The search for its end looks ahead to the next letter from each of them, so that without a limit a line of
/// nothing but brackets would take time by the square of its length.
const LONGEST_GAP: usize = 64;

/// The sentence around each stretch of `text`; the stretches are in order.
pub(super) fn around(text: &str, stretches: &[Range<usize>]) -> Vec<Box<str>> {
    let mut sentences = bounds(text).into_iter();
    let mut current = 0..0;
    let mut found = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        while current.end <= stretch.start
            && let Some(next) = sentences.next()
        {
            current = next;
        }
        // A link's words may themselves hold the end of a sentence.
        while current.end < stretch.end
            && let Some(next) = sentences.next()
        {
            current.end = next.end;
        }
        found.push(cut(text, &current, stretch).into());
    }
    found
}

/// `text` with [`NAME_MARK`] on both sides of each of `names`, and the `stretches` as they lie in it. All are in order.
pub(super) fn with_marks(
    text: &str,
    names: &[Range<usize>],
    stretches: &[Range<usize>],
) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(text.len() + 2 * names.len() * NAME_MARK.len_utf8());
    let mut done = 0;
    for name in names {
        out.push_str(&text[done..name.start]);
        out.push(NAME_MARK);
        out.push_str(&text[name.clone()]);
        out.push(NAME_MARK);
        done = name.end;
    }
    out.push_str(&text[done..]);
    let moved = |stretch: &Range<usize>| {
        let begun = |at: usize| names.partition_point(|name| name.start < at);
        let ended = |at: usize| names.partition_point(|name| name.end <= at);
        let before = begun(stretch.start) + ended(stretch.start);
        let within = begun(stretch.end) + ended(stretch.end);
        stretch.start + before * NAME_MARK.len_utf8()..stretch.end + within * NAME_MARK.len_utf8()
    };
    (out, stretches.iter().map(moved).collect())
}

/// The bounds of the sentences of `text`, in order.
pub(super) fn bounds(text: &str) -> Vec<Range<usize>> {
    let of = |stretch: Range<usize>| {
        let start = stretch.start;
        let part = &text[stretch];
        let bounds = latin::bounds(part).unwrap_or_else(|| {
            part.split_sentence_bound_indices().map(|(offset, sentence)| offset..offset + sentence.len()).collect()
        });
        bounds.into_iter().map(move |bound| start + bound.start..start + bound.end)
    };
    gaps(text).flat_map(of).collect()
}

/// `text` cut wherever there has been no letter for too long.
fn gaps(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &text[start..];
        let mut since_letter = 0;
        let mut length = rest.len();
        // A long stretch without a letter holds a whole chunk of half its length: nearly no text has one.
        let has_none =
            rest.as_bytes().chunks_exact(LONGEST_GAP / 2).all(|part| part.iter().any(u8::is_ascii_alphabetic));
        let rest = if has_none { "" } else { rest };
        for (i, c) in rest.char_indices() {
            since_letter = if is_letter(c) { 0 } else { since_letter + 1 };
            if since_letter > LONGEST_GAP {
                length = i;
                break;
            }
        }
        let stretch = start..start + length;
        start = stretch.end;
        (!stretch.is_empty()).then_some(stretch)
    })
}

/// Is this a character at which the search for the end of a sentence stops?
fn is_letter(c: char) -> bool {
    // Half-width katakana sound marks are letters that continue the one before.
    c.is_ascii_alphabetic() || (c.is_alphabetic() && !is_combining_mark(c) && !matches!(c, '\u{ff9e}' | '\u{ff9f}'))
}

/// The words of `sentence` on one line, cut to what stands around `kept` if it is too long.
fn cut(text: &str, sentence: &Range<usize>, kept: &Range<usize>) -> String {
    let kept_length = text[kept.clone()].chars().take(LONGEST).count();
    if text[sentence.clone()].chars().nth(LONGEST).is_none() {
        return one_line(&text[sentence.clone()]);
    }
    let room = LONGEST.saturating_sub(kept_length + 2);
    let before = &text[sentence.start..kept.start];
    let after = &text[kept.end..sentence.end];
    // What one side does not need goes to the other.
    let short_before = before.chars().rev().take(room).count();
    let short_after = after.chars().take(room).count();
    let room_before = short_before.min((room / 2).max(room.saturating_sub(short_after)));
    let lead = last_words(before, room_before);
    let trail = first_words(after, room - room_before);
    let words = first_words(&text[kept.clone()], LONGEST - 2);
    let mut out = String::new();
    if lead.len() < before.trim_start().len() {
        out.push('…');
    }
    out.push_str(lead);
    out.push_str(words);
    out.push_str(trail);
    let cut_off = trail.len() < after.trim_end().len() || words.len() < kept.len();
    let mut line = one_line(&out);
    if cut_off {
        line.push('…');
    }
    line
}

/// The end of `text`, at most `most` characters, beginning with a whole word if it can.
fn last_words(text: &str, most: usize) -> &str {
    let Some((from, _)) = most.checked_sub(1).and_then(|n| text.char_indices().nth_back(n)) else {
        return if most == 0 { "" } else { text };
    };
    if from == 0 {
        return text;
    }
    let tail = &text[from..];
    tail.find(char::is_whitespace).map_or("", |space| tail[space..].trim_start())
}

/// The start of `text`, at most `most` characters, ending with a whole word if it can.
fn first_words(text: &str, most: usize) -> &str {
    let Some((to, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let head = &text[..to];
    head.rfind(char::is_whitespace).map_or(head, |space| &head[..space])
}

/// A count of the words that a reader reads.
#[derive(Default)]
pub(super) struct Words {
    spaced: usize,
    ideographs: usize,
}

impl Words {
    /// Adds the words of a block.
    pub fn count(&mut self, text: &str) {
        // 1 within a word, and reckoned without branches: no processor can guess where words begin.
        let mut in_word = 0;
        for c in text.chars() {
            if c.is_ascii() {
                let letter = usize::from(c.is_ascii_alphanumeric());
                self.spaced += letter & !in_word;
                in_word = (in_word | letter) & usize::from(c > ' ');
            } else if is_ideograph(c) {
                self.ideographs += 1;
                in_word = 0;
            } else if c.is_whitespace() {
                in_word = 0;
            } else if in_word == 0 && c.is_alphanumeric() {
                self.spaced += 1;
                in_word = 1;
            }
        }
    }

    /// All words: two ideographs count as one.
    pub fn total(&self) -> usize {
        self.spaced + self.ideographs.div_ceil(2)
    }
}

/// Is this a sign of a script that puts no spaces between words: Chinese or Japanese?
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x3005..=0x3007 | 0x3041..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}
