//! The header `Range` of a request → which bytes are sent.

use std::ops::Range;

/// What is sent of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: no range was asked for, or more than one, or one that nobody can read.
    Whole,
    /// These bytes.
    Bytes(Range<usize>),
    /// Nothing: it has no such bytes.
    Nothing,
}

/// Which part of a file of `length` bytes is asked for (RFC 9110, 14.2). Many ranges are answered by the whole file,
/// so that an answer is never larger than the file.
pub(super) fn parse_range(header: &str, length: usize) -> Part {
    let Some((first, last)) = header.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Part::Whole;
    };
    let range = match (first.trim(), last.trim()) {
        ("", last) => parse_number(last).map(|count| length.saturating_sub(count)..length),
        (first, "") => parse_number(first).map(|first| first..length),
        (first, last) => {
            parse_number(first).zip(parse_number(last)).filter(|(first, last)| first <= last).map(|(first, last)| {
                let end = last.saturating_add(1).min(length);
                first..end
            })
        }
    };
    match range {
        None => Part::Whole,
        Some(range) if range.start < range.end => Part::Bytes(range),
        Some(_) => Part::Nothing,
    }
}

/// A number of any length; one too large for this computer is as good as the largest. `None` for anything but digits.
fn parse_number(text: &str) -> Option<usize> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_range_gives_its_bytes() {
        for (header, expected) in [
            ("bytes=0-3", Part::Bytes(0..4)),
            ("bytes=4-", Part::Bytes(4..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=8-99999999999999999999999999", Part::Bytes(8..10)),
        ] {
            assert_eq!(parse_range(header, 10), expected, "{header}");
        }
    }

    #[test]
    fn absurd_ranges_give_nothing_and_unreadable_ones_the_whole() {
        for header in ["bytes=10-", "bytes=99999999999999999999999999-", "bytes=-0", "bytes=10-12"] {
            assert_eq!(parse_range(header, 10), Part::Nothing, "{header}");
        }
        for header in ["bytes=5-2", "bytes=a-b", "bytes=+1-2", "bytes=0-1,3-4", "lines=1-2", "bytes=", "bytes=-", ""] {
            assert_eq!(parse_range(header, 10), Part::Whole, "{header}");
        }
        assert_eq!(parse_range("bytes=0-", 0), Part::Nothing);
    }

    proptest! {
        #[test]
        fn a_part_always_lies_in_the_file(header in "bytes=[0-9]{0,21}-[0-9]{0,21}", length in 0_usize..100) {
            if let Part::Bytes(range) = parse_range(&header, length) {
                prop_assert!(range.start < range.end && range.end <= length);
            }
        }
    }
}
