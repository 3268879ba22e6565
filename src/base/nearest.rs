//! The nearest name to a misspelt one.

/// The longest name that is compared, in bytes.
const LONGEST: usize = 200;

/// The candidate that a person most likely meant by `name`, if one is near enough.
///
/// Longer names than [`LONGEST`] have none: comparing takes time by the square of their length.
///
/// Distances are Damerau–Levenshtein on lower-cased characters; a third of the name's length may differ.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    let limit = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= 2 * LONGEST && candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The candidate that was meant by `name` without doubt: the only one that differs by one slip of the finger behind the same
/// first letter, or that alone is the same in small letters.
///
/// Two slips make another word too easily: `stage` is no `tags`, and `min_words` no `max_words`.
#[must_use]
pub fn surely<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let wanted = name.to_lowercase();
    let first = wanted.chars().next();
    let mut near: Vec<_> = candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= 2 * LONGEST && candidate.len().abs_diff(wanted.len()) <= 4)
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, candidate)| distance == 0 || (distance == 1 && candidate.chars().next() == first))
        .collect();
    near.sort_unstable();
    match near[..] {
        [(_, only)] => Some(only),
        [(0, same), (1.., _), ..] => Some(same),
        _ => None,
    }
}

/// The only candidate that is the same in small letters.
#[must_use]
pub fn same_but_for_case<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let mut same = candidates.into_iter().filter(|candidate| candidate.to_lowercase() == wanted);
    same.next().filter(|_| same.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::{nearest, surely};

    #[test]
    fn only_what_leaves_no_doubt_is_sure() {
        assert_eq!(surely("titel", ["title", "date"]), Some("title"));
        assert_eq!(surely("wy", ["to", "why", "weight"]), Some("why"));
        assert_eq!(surely("Draft", ["draft"]), Some("draft"));
        assert_eq!(surely("tag", ["tags", "tax"]), None);
        assert_eq!(surely("stage", ["tags", "date", "title"]), None);
        assert_eq!(surely("min_words", ["max_words"]), None);
        assert_eq!(surely("owner", ["order"]), None);
    }

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        assert_eq!(nearest("titel", ["title", "date"]), Some("title"));
        assert_eq!(nearest("ten-minuets", ["ten-minutes", "ten-hours"]), Some("ten-minutes"));
        assert_eq!(nearest("Draft", ["draft"]), Some("draft"));
        assert_eq!(nearest("colour", ["title", "date"]), None);
    }
}
