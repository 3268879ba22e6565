use super::*;
use crate::base::{Code, Request, Source, SourcePath, Sources, UrlPath, line_column};

fn found(text: &str) -> Vec<String> {
    let path = SourcePath::new("site.toml");
    let mut sources = Sources::new(Request::default());
    sources.insert(path.clone(), Source::bytes(text.as_bytes()));
    let (_, mut diagnostics) = read(&sources, &path);
    diagnostics.sort_by_key(|diagnostic| diagnostic.place.span);
    let at = |diagnostic: &crate::base::Diagnostic| match diagnostic.place.span {
        Some(span) => line_column(text, span.start),
        None => crate::base::LineColumn { line: 0, column: 0 },
    };
    diagnostics.iter().map(|d| format!("{}:{} {} {}", at(d).line, at(d).column, d.code, d.message)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "in\n{text}");
}

const GOOD: &str = "title = \"Nearer\"\nbase_url = \"https://nearer.example/\"\n";

#[test]
fn a_small_configuration_is_enough() {
    check(GOOD, &[]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    check("\u{feff}title = \"Nearer\"\r\nbase_url = \"https://nearer.example/\"\r\n", &[]);
    check(
        "\u{feff}titel = 1\ntitle = \"N\"\nbase_url = \"https://n.example\"\n",
        &["1:1 unknown-setting there is no setting `titel` at the top"],
    );
}

#[test]
fn every_mistake_is_named_where_it_stands() {
    check(
        "titel = \"x\"\nbase_url = \"nearer.example\"\n",
        &[
            "1:1 unknown-setting there is no setting `titel` at the top",
            "2:12 base-url `nearer.example` is not the whole web address of a guide",
        ],
    );
    check("base_url = \"https://nearer.example/\"\n", &["1:1 missing-setting `site.toml` does not say `title`"]);
    check(&format!("{GOOD}theme = 3\n"), &["3:9 wrong-setting `theme` must be text in quotes"]);
    check(
        &format!("{GOOD}[markdown]\nunsafe_html = \"yes\"\n"),
        &["4:15 wrong-setting `unsafe_html` must be `true` or `false`, without quotes"],
    );
}

#[test]
fn what_is_no_toml_is_told_where_reading_stops() {
    check(
        "title = \"A\nlimit = 020\n",
        &[
            "1:11 broken-configuration this line cannot be understood from here on",
            "2:9 broken-configuration this line cannot be understood from here on",
        ],
    );
    check("", &["0:0 blank-configuration nothing is written in `site.toml`"]);
}

#[test]
fn kinds_are_checked_against_each_other() {
    let kinds = "[kinds.sign]\nfolder = \"signs\"\nrelations.practices = { to = \"practise\", inverse = \"signs\" }\n[kinds.practice]\nfolder = \"signs\"\n";
    check(
        &format!("{GOOD}{kinds}"),
        &[
            "5:30 unknown-kind there is no kind `practise`",
            "6:8 name-clash the kinds `sign` and `practice` both live in the folder `signs`",
        ],
    );
    check(
        &format!("{GOOD}[kinds.sign]\nfolder = \"signs\"\nfields.title = {{ type = \"text\" }}\n"),
        &["5:8 name-taken `title` cannot be a name here: every page has a key of that name"],
    );
}

#[test]
fn the_checklist_names_what_exists() {
    let text = format!(
        "{GOOD}[kinds.sign]\nfolder = \"signs\"\nfields.statement = {{ type = \"text\" }}\n[checklist]\npage = \"c.md\"\nitems = \"sign\"\nstatement = \"statment\"\nsuggest = \"x\"\n"
    );
    check(
        &text,
        &[
            "9:13 unknown-field the kind `sign` has no `text` field `statment`",
            "10:11 unknown-field the kind `sign` has no relation `x`",
        ],
    );
}

#[test]
fn a_site_in_a_folder_keeps_the_folder_in_its_links() {
    let path = SourcePath::new("site.toml");
    let mut sources = Sources::new(Request { base_url: Some("https://a.example/guide/".into()), ..Request::default() });
    sources.insert(path.clone(), Source::bytes(GOOD.as_bytes()));
    let (site, _) = read(&sources, &path);
    let base = &site.expect("a sound configuration").rules.base;
    let signs = UrlPath::new("/signs/");
    assert_eq!(base.link(&signs), "/guide/signs/");
    assert_eq!(base.permalink(&signs), "https://a.example/guide/signs/");
    assert_eq!(base.within("/guide/signs/"), "/signs/");
    assert_eq!(base.within("/guidebook/"), "/guidebook/");
}

#[test]
fn a_link_in_the_place_of_a_folder_is_complained_of() {
    let mut sources = Sources::new(Request::default());
    sources.insert(SourcePath::new("site.toml"), Source::bytes(b"title = \"A guide\"\n".as_slice()));
    sources.insert(SourcePath::new("static"), Source::unreadable("this is a symbolic link, and must be a folder"));
    let (site, found) = read(&sources, &SourcePath::new("site.toml"));
    assert!(site.is_none());
    let codes: Vec<_> = found.iter().map(|complaint| (complaint.code, complaint.place.path.as_str())).collect();
    assert_eq!(codes, [(Code::UnreadableFolder, "static")]);
}
