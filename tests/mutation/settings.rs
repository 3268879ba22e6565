//! Everything that can be broken in `site.toml` and in the references, and what must be said of it.

use super::breaks::{Break, Expected, misspelt};
use super::finder::{self, Found, Thing};

/// All ways in which the configuration's names can be broken.
pub fn breaks(text: &str) -> Vec<Break> {
    let found = finder::settings(text);
    found.iter().flat_map(|one| broken(one, text)).collect()
}

fn broken(one: &Found, text: &str) -> Vec<Break> {
    let ways = misspelt(&text[one.at.clone()]);
    ways.into_iter().map(|(with, meant)| breaks_at("site.toml", one, &with, ("unknown-setting", meant))).collect()
}

/// The text `with` in the place of the whole thing.
fn breaks_at(path: &str, one: &Found, with: &str, (code, suggested): (&str, Option<&str>)) -> Break {
    let span = one.at.start..one.at.start + with.len();
    Break {
        name: format!("{path}: {:?} `{}` of `{}` becomes `{with}`", one.thing, one.text, one.of),
        path: path.to_owned(),
        expected: vec![Expected {
            code: code.to_owned(),
            path: path.to_owned(),
            span: Some(span),
            marked: Some(with.to_owned()),
            suggested: suggested.map(str::to_owned),
        }],
        at: one.at.clone(),
        with: with.to_owned(),
    }
}
