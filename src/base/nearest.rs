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
    let limit = (wanted.chars().count() / 3).max(1);
    let is_as_long = |candidate: &&str| candidate.chars().count().abs_diff(wanted.chars().count()) <= limit;
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= 2 * LONGEST && is_as_long(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        assert_eq!(nearest("titel", ["title", "date"]), Some("title"));
        assert_eq!(nearest("ten-minuets", ["ten-minutes", "ten-hours"]), Some("ten-minutes"));
        assert_eq!(nearest("Draft", ["draft"]), Some("draft"));
        assert_eq!(nearest("colour", ["title", "date"]), None);
    }
}
