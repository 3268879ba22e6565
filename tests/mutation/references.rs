//! Everything that can be broken in the references, and what must be said of it.

use super::breaks::{Break, Expected, misspelt};
use super::finder::{self, Found, Thing};

pub const FILE: &str = "content/references.yaml";

/// How each key can be broken, and each sort of field where it stands first, in a guide of these pages.
pub fn breaks(text: &str, pages: &[(String, String)]) -> Vec<Break> {
    let found = finder::references(text);
    let keys: Vec<&str> = found.iter().filter(|one| one.thing == Thing::Key).map(|one| &*one.text).collect();
    assert_eq!(keys.len(), 84, "as many as the references page says");
    let is_first = |at: usize| found[..at].iter().all(|before| before.text != found[at].text);
    (0..found.len()).filter(|at| is_first(*at)).flat_map(|at| broken(&found[at], &keys, pages)).collect()
}

fn broken(one: &Found, keys: &[&str], pages: &[(String, String)]) -> Vec<Break> {
    // All sources are written out anew for each of these, which takes a while: one way is enough.
    let ways = misspelt(&one.text).into_iter().take(1);
    ways.map(|(with, meant)| match one.thing {
        Thing::Key => {
            // Of two that are as near, such as `brauer2024`, the first is offered.
            let near = keys.iter().filter(|key| key.len() == one.text.len() && apart(key, &one.text) == 1);
            let meant = near.copied().chain([&*with]).min().expect("at least the new name");
            Break { expected: lost(&one.text, meant, pages), ..Break::of(FILE, one, &with, ("", None)) }
        }
        _ => Break::of(FILE, one, &with, ("unknown-reference-field", meant)),
    })
    .collect()
}

/// The complaint of every citation of a source that is called otherwise.
fn lost(key: &str, meant: &str, pages: &[(String, String)]) -> Vec<Expected> {
    let cited = pages.iter().flat_map(|(path, text)| {
        let cited = finder::page(text).into_iter().filter(|one| one.thing == Thing::Citation && one.text == key);
        cited.map(|one| Expected::new(path, one.at, key, ("unknown-source", Some(meant)))).collect::<Vec<_>>()
    });
    cited.collect()
}

/// How many letters differ.
fn apart(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).filter(|(a, b)| a != b).count()
}
