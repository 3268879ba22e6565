//! Characters that readers do not see, from Unicode's own properties: what each of them does to a text.
//!
//! The one table of them: what a room refuses, drops or replaces, it chooses by the names given here.

use icu_properties::CodePointSetData;
use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint, JoinControl, VariationSelector};

use super::all_bytes;

/// What a character that readers do not see does to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// It is none that HTML or XML may hold: a control character or a noncharacter.
    Forbidden,
    /// It ends a line.
    LineEnd,
    /// It parts words.
    Space,
    /// It turns the direction of all that follows, so that readers see other words than stand there.
    Embedding,
    /// It sets a stretch of another direction apart.
    Isolate,
    /// It has a direction, as a letter has.
    Direction,
    /// It changes, joins or parts the letters beside it, and so belongs to how they are written.
    Joiner,
    /// It is shown as nothing, and means nothing.
    Nothing,
}

/// What `c` does to a text, if readers do not see it.
#[must_use]
pub fn unseen(c: char) -> Option<Unseen> {
    if matches!(c, '!'..='~') {
        return None;
    }
    let unseen = match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Unseen::LineEnd,
        c if is_forbidden(c) => Unseen::Forbidden,
        c if c.is_whitespace() => Unseen::Space,
        c if is_embedding(c) => Unseen::Embedding,
        '\u{2066}'..='\u{2069}' => Unseen::Isolate,
        c if CodePointSetData::new::<BidiControl>().contains(c) => Unseen::Direction,
        // The soft hyphen, two joiners that Unicode does not list as such, and the letters of flags.
        '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{e0020}'..='\u{e007f}' => Unseen::Joiner,
        c if CodePointSetData::new::<JoinControl>().contains(c) => Unseen::Joiner,
        c if CodePointSetData::new::<VariationSelector>().contains(c) => Unseen::Joiner,
        // The pattern of Braille without a dot.
        '\u{2800}' => Unseen::Nothing,
        c if CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c) => Unseen::Nothing,
        _ => return None,
    };
    Some(unseen)
}

/// Is this a character that neither HTML nor XML may hold: a control character or a noncharacter?
#[must_use]
pub fn is_forbidden(c: char) -> bool {
    let is_noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    is_noncharacter || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Does `text` hold a character that neither HTML nor XML may hold?
#[must_use]
pub fn has_forbidden(text: &str) -> bool {
    !all_bytes(text, |byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')) && text.chars().any(is_forbidden)
}

/// Does this character deceive in a text of several lines: may nothing hold it, or does it turn what follows?
#[must_use]
pub fn is_harmful(c: char) -> bool {
    is_forbidden(c) || is_embedding(c)
}

/// Does this character begin or end an embedding or override?
fn is_embedding(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}')
}

/// Has this character no place in a name or title: is it harmful there, or shown as nothing?
#[must_use]
pub fn is_stray(c: char) -> bool {
    use Unseen::{Embedding, Forbidden, Isolate, Nothing};
    matches!(unseen(c), Some(Forbidden | Embedding | Isolate | Nothing))
}

/// Does this character steer a terminal, or turn the direction of what follows there?
#[must_use]
pub fn steers(c: char) -> bool {
    use Unseen::{Direction, Embedding, Forbidden, Isolate, LineEnd};
    c == '\t' || matches!(unseen(c), Some(Forbidden | LineEnd | Embedding | Isolate | Direction))
}

/// Is there nothing in `text` that a reader would see?
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| unseen(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character that is unseen in this way.
    fn all(way: Unseen) -> Vec<char> {
        ('\0'..=char::MAX).filter(|c| unseen(*c) == Some(way)).collect()
    }

    #[test]
    fn every_character_that_unicode_hides_is_in_the_table() {
        let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        for c in '\0'..=char::MAX {
            let is_hidden = c.is_control() || c.is_whitespace() || ignorable.contains(c);
            assert!(!is_hidden || unseen(c).is_some(), "U+{:04X}", u32::from(c));
            assert_eq!(is_forbidden(c), unseen(c) == Some(Unseen::Forbidden), "U+{:04X}", u32::from(c));
        }
        assert_eq!(all(Unseen::Forbidden).len(), 65 - 3 + 66, "the controls but three, and the noncharacters");
    }

    #[test]
    fn what_turns_the_direction_is_known_one_by_one() {
        assert_eq!(all(Unseen::Embedding), ['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}']);
        assert_eq!(all(Unseen::Isolate), ['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']);
        assert_eq!(all(Unseen::Direction), ['\u{61c}', '\u{200e}', '\u{200f}']);
        for c in [Unseen::Embedding, Unseen::Isolate].into_iter().flat_map(all) {
            assert!(is_stray(c) && steers(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn what_the_scripts_and_emoji_need_may_stand_in_a_name() {
        let flag = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        for name in [
            "می\u{200c}خواهم",
            "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
            "Donau\u{ad}dampf",
            "ᠮᠣᠩᠭᠣᠯ\u{180e}ᠠ",
            flag,
            "c\u{200e}",
        ] {
            assert!(!name.contains(is_stray), "{name:?}");
        }
        for name in ["a\u{200b}", "a\u{2060}", "a\u{feff}", "\u{3164}", "\u{2800}", "a\u{202e}", "a\u{fdd0}", "a\u{7}"]
        {
            assert!(name.contains(is_stray), "{name:?}");
        }
    }

    #[test]
    fn a_text_of_nothing_but_unseen_characters_is_blank() {
        for text in [
            "",
            " \t\n",
            "\u{a0}\u{200b}\u{feff}",
            "\u{3164}",
            "\u{2800}",
            "\u{e0041}",
            "\u{200e}\u{fe0f}",
            "\u{115f}\u{1160}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["a", "\u{200b}。", "\u{1f525}", "\u{301}"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
