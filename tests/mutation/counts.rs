//! Whether the finder finds all: as many things of each sort as the program knows in the guide.

use betwixt::base::{Fingerprint, SourcePath, Sources};
use betwixt::content::body::{Heading, Target};
use betwixt::content::{Page, parse};
use betwixt::site;
use serde_yaml::{Mapping, Value};

use super::finder::{self, Found, Thing};

/// Compares page by page.
pub fn check(sources: &Sources) {
    let (site, _) = site::read(sources, &SourcePath::new("site.toml"));
    let rules = site.expect("the configuration is whole").rules;
    let mut all = 0;
    for (path, source) in sources.below("content").filter(|(path, _)| path.is_markdown()) {
        let text = source.as_text().expect("a page is text");
        let (known, _) = parse(path, source, &rules, Fingerprint::of(&()), None);
        let found = finder::page(text);
        compare(&found, &known, text);
        all += found.len();
    }
    assert!(all > 1000, "the whole guide is looked through: {all}");
}

fn compare(found: &[Found], known: &Page, text: &str) {
    let counted = |thing: Thing| found.iter().filter(|one| one.thing == thing).count();
    let links = &known.body.links;
    let to_pages = links.iter().filter(|link| !matches!(link.target, Target::Anchor)).count();
    assert_eq!(counted(Thing::Page), to_pages, "links of {}", known.path);
    let to_anchors = links.iter().filter(|link| link.anchor.is_some()).count();
    assert_eq!(counted(Thing::Anchor), to_anchors, "anchors in links of {}", known.path);
    let cited = known.body.citations.len() + known.matter.sources.len();
    assert_eq!(counted(Thing::Citation), cited, "citations of {}", known.path);
    let written = text.lines().filter(|line| line.starts_with("## ") || line.starts_with("### "));
    assert_eq!(written.clone().count(), headings(&known.body.outline), "headings of {}", known.path);
    assert_eq!(counted(Thing::Id), written.filter(|line| line.ends_with('}')).count(), "ids of {}", known.path);
    let ids = found.iter().filter(|one| one.thing == Thing::Id);
    assert!(ids.clone().all(|id| known.body.anchors.contains(&id.text.as_str().into())), "ids of {}", known.path);
    let relation_entries: usize = known.matter.relation_entries.iter().map(|entries| entries.len()).sum();
    let stated = found.iter().filter(|one| one.thing == Thing::InnerValue && one.of == "to").count();
    assert_eq!(stated, relation_entries, "relations of {}", known.path);
    let map = front(text);
    assert_eq!(counted(Thing::Key), map.len(), "keys of {}", known.path);
    let below =
        map.iter().filter(|(key, _)| key.as_str() != Some("extra")).map(|(_, value)| inner(value)).sum::<usize>();
    assert_eq!(counted(Thing::Inner), below, "keys below others of {}", known.path);
    let html = format!("{:?}", known.body.pieces);
    assert_eq!(counted(Thing::Callout), html.matches("class=\\\"callout ").count(), "callouts of {}", known.path);
}

fn headings(outline: &[Heading]) -> usize {
    outline.iter().map(|heading| 1 + headings(&heading.children)).sum()
}

fn front(text: &str) -> Mapping {
    let (_, rest) = text.split_once("---\n").expect("a front matter begins");
    let (front, _) = rest.split_once("\n---\n").expect("a front matter ends");
    serde_yaml::from_str(front).expect("a front matter is YAML")
}

/// How many keys there are below a value.
fn inner(value: &Value) -> usize {
    match value {
        Value::Sequence(items) => items.iter().map(inner).sum(),
        Value::Mapping(map) => map.len() + map.values().map(inner).sum::<usize>(),
        _ => 0,
    }
}
