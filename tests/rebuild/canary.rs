//! Words that stand nowhere but in pages that are held back are looked for in everything that is published of *Nearer*.
//!
//! Each begins with `xwren`. Those that begin with `xwrenmute` are shown nowhere even if the page is.

#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use betwixt::base::{Drafts, Request, Source, SourcePath, Sources};
use betwixt::disk;
use betwixt::pipeline::{Memory, build};
use jiff::civil::Date;

use super::guide::{BASE, TEMPLATES, set};

const CANARY: &str = "xwren";
const TODAY: Date = Date::constant(2026, 11, 23);
/// The same day, in seconds since 1970.
const TODAY_IN_SECONDS: &str = "1795392000";

/// What holds a page back today.
const HOLDS: [&str; 3] = ["draft: true", "date: 2026-11-24", "expires: 2026-11-22"];

const SIGN: &str = "\
title: A xwrensigntitle in the \"xwrensignquote\"
description: The xwrensigndescription of it.
HOLD
order: 3
statement: We tend to xwrenstatement each other.
guard: Take care of the xwrensignguard.
slug: xwrensignslug
tags: [xwrensigntag, listening]
sources: [xwrensource]
claims:
  - claim: it is a xwrenclaim
    strength: weak
    sources: [xwrensource]
    change: A xwrenchange.
practices:
  - to: xwrenpracticename
    why: It helps with the xwrensignwhy.
  - to: talk-and-listen
    why: It helps with the xwrensigntoo.
---
It is xwrensignbody, as [we do not talk](not-open.md) of a xwrensentence shows [@xwrensource].

## A xwrenheading {#xwrenanchor}

A word.[^1] See [[take-your-time]] and [@kuhn2018], too.

> [!CAUTION]
> Beware of the xwrencallout: see [who this is not for](../before-you-start.md).

| xwrentable | b |
| --- | --- |
| c | d |

[^1]: A xwrennote.
";

const PRACTICE: &str = "\
title: Do a xwrenpracticetitle
description: The xwrenpracticedescription of it.
HOLD
try_this: This week, try the xwrentry.
minutes: 20
cost: xwrencost
place: xwrenplace
energy: low
not_tonight: I would rather xwrennot tonight.
tags: [play]
aliases: [/xwrenalias/, /old/xwrenoldalias.html]
---
Do as [others](keep-a-date.md) do, `xwrencode`.

- [ ] A xwrentask
";

const BUNDLE: &str = "\
title: The xwrenbundletitle
HOLD
extra:
  cover: xwrencover.svg
  xwrenmutekey: xwrenmuteextra
---
![A xwrenalt](xwrenpicture.svg \"A xwrenpicturetitle\") and [a sheet](xwrensheet.txt), then [home](../_index.md).
";

const PATH: &str = "\
title: The xwrenpathtitle
HOLD
path: /elsewhere/xwrenpath/
---
See [outside](https://xwrenoutside.example/) and [a page](@/about.md#xwrenmuteplace).
";

const SECTION: &str =
    "title: The xwrensectiontitle\ndescription: A xwrensectiondescription.\nHOLD\n---\nIt holds xwrensectionbody.\n";
const EGG: &str = "title: The xwrenegg\nHOLD\n---\nIn the [nest](_index.md).\n";
const BIRDS: &str = "title: The xwrenbirds\nHOLD\n---\nRobins.\n";
const ROBIN: &str = "title: Robin\n---\nIt stands in a section that is held back.\n";
/// What could not be published is nobody's business while it is held back.
const BROKEN: &str = "title: [xwrenmutelist]\nHOLD\nxwrenmuteunknown: xwrenmutevalue\npractices: 3\n---\n[Gone](gone.md) xwrenmutebody [@xwrenmutenobody]\n";

const SOURCE: &str =
    "\nxwrensource:\n  type: book\n  title: The xwrenbook\n  author: Xwrenauthor, Wanda\n  date: 2001\n";

/// The pages, each with where it lies.
const PAGES: [(&str, &str); 8] = [
    ("content/signs/xwrenmutefile.md", SIGN),
    ("content/practices/xwrenpracticename.md", PRACTICE),
    ("content/xwrenbundle/index.md", BUNDLE),
    ("content/xwrenmuteplain.md", PATH),
    ("content/xwrennest/_index.md", SECTION),
    ("content/xwrennest/xwreneggname.md", EGG),
    ("content/birds/_index.md", BIRDS),
    ("content/birds/robin.md", ROBIN),
];

const FILES: [&str; 3] = ["xwrenpicture.svg", "xwrencover.svg", "xwrensheet.txt"];

/// *Nearer* with these pages, held back by what `hold` tells for each.
fn sources(theme: &str, hold: impl Fn(usize) -> &'static str) -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let request = Request { today: Some(TODAY), ..Request::default() };
    let mut sources = disk::read(root, Path::new("site.toml"), request).expect("the guide is there");
    let configuration = SourcePath::new("site.toml");
    let text = sources.text(&configuration).expect("it is text").replace("theme = \"nearer\"", theme);
    set(&mut sources, "site.toml", &text);
    let references = SourcePath::new("content/references.yaml");
    let text = format!("{}{SOURCE}", sources.text(&references).expect("it is text"));
    set(&mut sources, "content/references.yaml", &text);
    for (number, (path, text)) in PAGES.iter().enumerate() {
        let text = text.replace("#xwrenmuteplace", "");
        set(&mut sources, path, &format!("---\n{}", text.replace("HOLD", hold(number))));
    }
    for name in FILES {
        let path = SourcePath::new(&format!("content/xwrenbundle/{name}"));
        let bytes = format!("<svg width=\"9\" height=\"9\"><!-- xwrenbytesof{} --></svg>", name.replace('.', ""));
        sources.insert(path, Source::bytes(bytes.as_bytes()));
    }
    set(&mut sources, "themes/small/theme.toml", "name = \"Small\"\naccents = [\"first\", \"second\"]\n");
    set(&mut sources, "themes/small/strings/en.toml", "hello = \"Hello\"\n");
    set(&mut sources, "themes/small/assets/small.css", "body { color: black }");
    // With it, there is an index.
    set(&mut sources, "themes/small/assets/search.js", "\"use strict\";");
    // All that a page has is shown, be it long or short.
    let frame = BASE.replace("{% if page.words > 90 %}{{ page.nothing.at_all }}{% endif %}", "{{ page.description }}");
    let frame = frame.replace("{{ page.html }}", "{{ page.html }}{{ page.json_ld }}{{ page.fields }}");
    set(&mut sources, "themes/small/templates/base.html", &frame);
    // What pages of Nearer ask for by name.
    for name in ["about", "claims", "questions"] {
        set(&mut sources, &format!("themes/small/templates/{name}.html"), "{% extends \"page.html\" %}");
    }
    for (name, text) in TEMPLATES {
        let text = text.replace("{{ r.html }}", "{{ r.key }} {{ r.html }}");
        set(&mut sources, &format!("themes/small/templates/{name}.html"), &text);
    }
    let card = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 21\"><desc>{{ page }}</desc></svg>";
    set(&mut sources, "themes/small/templates/social-card.svg", card);
    set(&mut sources, "themes/small/templates/help.html", "{% extends \"base.html\" %}");
    sources
}

/// With pages that could not be published as they are.
fn with_broken(mut sources: Sources) -> Sources {
    for (hold, folder) in HOLDS.iter().zip(["signs", "practices", "xwrennest"]) {
        let text = format!("---\n{}", BROKEN.replace("HOLD", hold));
        set(&mut sources, &format!("content/{folder}/xwrenmutebroken.md"), &text);
    }
    sources
}

/// The names and the bytes of all files of an archive.
fn unpacked(archive: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).expect("it is an archive");
    let mut all = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("it is there");
        all.extend_from_slice(file.name().expect("it is text").as_bytes());
        file.read_to_end(&mut all).expect("it can be read");
    }
    all
}

/// Every canary in names and bytes.
fn canaries<'a>(files: impl Iterator<Item = (String, &'a [u8])>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, bytes) in files {
        let bytes = if bytes.starts_with(b"PK") { &unpacked(bytes) } else { bytes };
        let text = format!("{name}\n{}", String::from_utf8_lossy(bytes)).to_lowercase();
        for (at, _) in text.match_indices(CANARY) {
            found.insert(text[at..].chars().take_while(char::is_ascii_lowercase).collect());
        }
    }
    found
}

fn built(sources: &Sources) -> BTreeSet<String> {
    let (built, _) = build(sources, &mut Memory::new());
    assert!(!built.has_errors(), "{:?}", built.diagnostics);
    assert!(built.files.len() > 40, "the guide is there");
    canaries(built.files.iter().map(|(out, bytes)| (out.to_string(), &**bytes)))
}

const THEMES: [&str; 2] = ["theme = \"nearer\"", "theme = \"small\""];

#[test]
fn nothing_of_a_page_that_is_held_back_is_published() {
    for theme in THEMES {
        for first in 0..HOLDS.len() {
            let sources = with_broken(sources(theme, |number| HOLDS[(first + number) % HOLDS.len()]));
            assert_eq!(built(&sources), BTreeSet::new(), "{theme}");
        }
    }
}

#[test]
fn all_of_it_is_seen_where_drafts_are_asked_for_and_where_nothing_holds_it_back() {
    for theme in THEMES {
        for hold in HOLDS.into_iter().chain(["draft: false"]) {
            let mut sources = sources(theme, |_| hold);
            if hold != "draft: false" {
                sources.request.drafts = Drafts::Include;
            }
            let all = canaries(sources.iter().filter_map(|(path, source)| {
                let text: &[u8] = source.as_bytes()?;
                Some((path.to_string(), text))
            }));
            let wanted: BTreeSet<String> = all.into_iter().filter(|word| !word.starts_with("xwrenmute")).collect();
            assert!(wanted.len() > 40, "{wanted:?}");
            let shown = built(&sources);
            let missing: Vec<_> = wanted.difference(&shown).collect();
            assert!(missing.is_empty(), "{theme}, {hold}: {missing:?}");
        }
    }
}

#[test]
fn the_program_publishes_nothing_of_a_page_that_is_held_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("guide");
    for (path, source) in with_broken(sources(THEMES[0], |number| HOLDS[number % HOLDS.len()])).iter() {
        let path = root.join(path.as_str());
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
        fs::write(path, source.as_bytes().expect("it was read")).expect("it can be written");
    }
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_betwixt"));
        command.env_clear().env("SOURCE_DATE_EPOCH", TODAY_IN_SECONDS).current_dir(&root);
        command.args(arguments).output().expect("the program runs")
    };
    let output = run(&["build", "--output", "../public"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = |folder: &Path| -> Vec<(String, Vec<u8>)> {
        let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("it can be read"));
        let files = entries.filter(|entry| entry.file_type().is_file());
        files.map(|file| (file.path().display().to_string(), fs::read(file.path()).expect("it can be read"))).collect()
    };
    let files = tree(folder.path()).into_iter().filter(|(path, _)| !Path::new(path).starts_with(&root));
    let files: Vec<_> = files.collect();
    assert!(files.len() > 40, "the guide is there");
    assert_eq!(canaries(files.iter().map(|(path, bytes)| (path.clone(), &bytes[..]))), BTreeSet::new());
    let listed = run(&["list", "--drafts"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    for why in ["(draft)", "(comes out on 2026-11-24)", "(expired after 2026-11-22)"] {
        assert!(listed.contains(why), "{listed}");
    }
}
