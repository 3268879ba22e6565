use proptest::prelude::*;

use super::slips::SLIPS;
use super::*;
use crate::base::{Request, Source, line_column};
use crate::syntax::toml::Error;

fn found(text: &str) -> Vec<String> {
    let path = SourcePath::new("site.toml");
    let mut sources = Sources::new(Request::default());
    sources.insert(path.clone(), Source::bytes(text.as_bytes()));
    let (_, mut diagnostics) = read_site(&sources, &path);
    diagnostics.sort_by_key(|diagnostic| diagnostic.place.span);
    let place = |diagnostic: &Diagnostic| {
        let at = line_column(text, diagnostic.place.span.unwrap_or_default().start);
        format!("{}:{}", at.line, at.column)
    };
    diagnostics.iter().map(|told| format!("{} {} {}", place(told), told.code, told.message)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "in\n{text}");
}

const GOOD: &str = "title = \"Nearer\"\nbase_url = \"https://nearer.example/\"\n";

#[test]
fn each_slip_is_found_and_mended() {
    let of_values = values::SLIPS.iter().map(|slip| (slip.wrong, slip.right));
    for (wrong, right) in SLIPS.iter().map(|slip| (slip.wrong, slip.right)).chain(of_values) {
        let obstacles = find_obstacles(&SourcePath::new("site.toml"), wrong);
        let told = &obstacles.first().unwrap_or_else(|| panic!("it keeps reading from going on: {wrong}")).diagnostic;
        assert_eq!(Edit::apply(&told.fix, wrong).as_deref(), Some(right), "{told:?}");
    }
}

#[test]
fn each_slip_is_found_by_its_own_row() {
    let path = SourcePath::new("site.toml");
    // The last row is that of all slips of values.
    let last = SLIPS.len() - 1;
    let texts = SLIPS[..last].iter().map(|slip| slip.wrong).chain(values::SLIPS.iter().map(|slip| slip.wrong));
    for (number, text) in texts.enumerate() {
        let Error { kind, span } = errors(text)[0];
        let broken = Broken { path: &path, text, line: Line::at(text, span.start), at: span.start, kind };
        let value = values::Value::of_setting(&broken);
        let of_value = || values::SLIPS.iter().position(|slip| value.as_ref().and_then(slip.find).is_some());
        let found = match SLIPS.iter().position(|slip| (slip.find)(&broken).is_some()) {
            Some(row) if row == last => of_value().map(|row| last + row),
            found => found,
        };
        assert_eq!(found, Some(number), "{text}");
    }
}

#[test]
fn a_cure_that_does_not_help_is_not_offered() {
    let path = SourcePath::new("site.toml");
    let text = "title = Nearer\n";
    let broken = Broken { path: &path, text, line: Line::at(text, 0), at: 8, kind: ErrorKind::Other };
    assert!(broken.is_helped_by(&[Edit { span: Span::new(8, 14), text: "\"Nearer\"".to_owned() }]));
    assert!(!broken.is_helped_by(&[Edit { span: Span::new(8, 14), text: "Nearer to you".to_owned() }]));
}

#[test]
fn what_is_mended_hides_nothing_and_moves_nothing() {
    check(
        "\u{feff}title: Nearer # ours\nbase_url = https://nearer.example/\nauthor = \u{201c}us\u{201d}\n\n[markdown\nunsafe_html = yes\nsmart = 1\n",
        &[
            "1:6 missing-equals `title` and its value are joined by `=`, and here stands `:`",
            "2:12 missing-quotes the text of `base_url` must stand in quotes",
            "3:10 odd-quotes text stands in straight quotes here, the same at both ends",
            "5:1 broken-heading this heading is not written right",
            "6:15 wrong-truth yes and no are written `true` and `false`, in small letters",
            "7:1 unknown-setting there is no setting `smart` below `[markdown]`",
        ],
    );
}

#[test]
fn what_cannot_be_mended_is_said_once() {
    check("title = \"A\nguide\"\n", &["1:9 unclosed-quote the quote at the end of this text is missing"]);
    check(
        &format!("{GOOD}[extra]\na = 1\n[extra]\na = 2\n"),
        &["5:1 setting-twice the heading `[extra]` stands here a second time"],
    );
}

proptest! {
    #[test]
    fn no_text_is_too_odd_to_be_read(text in "([a-z\\[\\]{}=\"',:#. \u{201c}é\\\\\n]|= \"|\n\\[|true){0,60}") {
        found(&text);
    }
}
