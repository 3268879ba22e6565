//! The declared kinds: their fields and relations, each checked against the others.

use super::values::Table;
use super::{CONTENT, HowTo, Kind, Relation, Safety, complaints, fields};
use crate::base::{Diagnostic, OutPath, Place, SourcePath, Sources, Spanned, nearest};

/// What all of `[kinds.…]` declares, as far as it was understood, in a guide in `language`.
pub(super) fn kinds(site: &Table, language: &str) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for (name, table) in site.entries("kinds") {
        let Some(folder) = table.text("folder") else { continue };
        let plain = OutPath::new(&folder).map_or_else(|_| folder.value.clone(), |plain| plain.as_str().into());
        let words = table.table("name");
        let word = |key| words.and_then(|words| words.text(key)).map(|word| word.value);
        let fields = fields::fields(table, "fields", language);
        kinds.push(Kind {
            show: fields::show(table.table("show"), &fields),
            one: word("one").unwrap_or_else(|| name.value.clone()),
            other: word("other").unwrap_or_else(|| plain.clone()),
            name: name.value.clone(),
            template: format!("{}.html", name.value).into(),
            folder: plain,
            folder_spot: folder.map(drop),
            fields,
            relations: relations(table),
            how_to: table.table("how_to").and_then(how_to),
            safety: safety(table),
            spot: name.clone().map(drop),
        });
    }
    kinds.extend(site.table("pages").map(|table| plain(table, language)));
    kinds
}

/// What pages of no kind are called.
const PLAIN: &str = "page";

/// What `[pages]` declares for pages of no kind.
fn plain(table: &Table, language: &str) -> Kind {
    let fields = fields::fields(table, "fields", language);
    let nowhere = Spanned { value: (), span: table.span };
    Kind {
        name: PLAIN.into(),
        template: format!("{PLAIN}.html").into(),
        folder: Box::default(),
        folder_spot: nowhere,
        one: PLAIN.into(),
        other: "pages".into(),
        show: fields::show(table.table("show"), &fields),
        how_to: None,
        safety: safety(table),
        fields,
        relations: Vec::new(),
        spot: nowhere,
    }
}

fn how_to(table: &Table) -> Option<HowTo> {
    Some(HowTo { steps: table.text("steps")?.value, time: table.text("time").map(|time| time.value) })
}

fn safety(kind: &Table) -> Safety {
    match kind.text("safety").as_ref().map(|word| &*word.value) {
        Some("required") => Safety::Required,
        Some("note") => Safety::Note,
        _ => Safety::None,
    }
}

fn relations(kind: &Table) -> Vec<Relation> {
    let relation = |(name, table): (&Spanned<Box<str>>, &Table)| {
        let to = table.text("to")?;
        Some(Relation {
            name: name.value.clone(),
            to: to.value.clone(),
            to_spot: to.map(drop),
            spot: name.clone().map(drop),
            inverse: table.text("inverse")?.value,
            label: table.text("label").map(|label| label.value),
            inverse_label: table.text("inverse_label").map(|label| label.value),
            min: table.count("min").unwrap_or(0),
            inverse_min: table.count("inverse_min").unwrap_or(0),
            why_required: table.text("why").is_some_and(|word| &*word.value == "required"),
        })
    };
    kind.entries("relations").filter_map(relation).collect()
}

/// The kinds that live in the folder of another.
pub(super) fn shared_folders(kinds: &[Kind], path: &SourcePath) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        if let Some(other) = kinds[..at].iter().find(|other| other.folder == kind.folder) {
            let (one, two, folder) = (&other.name, &kind.name, &kind.folder);
            let message = format!("the kinds `{one}` and `{two}` both live in the folder `{folder}`");
            let help = "give each kind a folder of its own";
            found.push(complaints::kinds::name_clash(path, kind.spot.span, message, help));
        }
    }
    found
}

/// The relations that lead to no declared kind, and what shares its name with another thing of a kind.
pub(super) fn clashing_relations(site: &Table, kinds: &[Kind], path: &SourcePath) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // A kind that was not understood is declared all the same.
    let declared: Vec<&str> = site.named("kinds").iter().map(|(name, _)| &*name.value).collect();
    for Relation { to, to_spot, .. } in kinds.iter().flat_map(|kind| &kind.relations) {
        if !declared.contains(&&**to) {
            found.push(complaints::kinds::unknown_kind(path, to_spot.span, to, declared.iter().copied()));
        }
    }
    for kind in kinds {
        let inverses = kinds
            .iter()
            .flat_map(|from| &from.relations)
            .filter(|relation| relation.to == kind.name)
            .map(|relation| (&relation.inverse, relation.spot.span));
        let own = kind.relations.iter().map(|relation| (&relation.name, relation.spot.span));
        let mut names: Vec<&Box<str>> = kind.fields.iter().map(|field| &field.name).collect();
        for (name, span) in own.chain(inverses) {
            if names.contains(&name) {
                let message = format!("a {} would have two things called `{name}`", kind.one);
                let help = "call one of them something else";
                found.push(complaints::kinds::name_clash(path, span, message, help));
            }
            names.push(name);
        }
    }
    found
}

/// What is wrong with the fields of kinds, and of pages of none.
pub(super) fn broken_fields(site: &Table, path: &SourcePath) -> Vec<Diagnostic> {
    let kinds = site.entries("kinds").map(|(name, table)| (&*name.value, table));
    let all = kinds.chain(site.table("pages").map(|table| (PLAIN, table)));
    all.flat_map(|(name, table)| fields::check(name, table, path)).collect()
}

/// The kinds whose folder is not there, while one with nearly the same name is, which no kind has.
///
/// Asks what files there are, and so it is no part of what is remembered of `site.toml`.
#[must_use]
pub fn missing_folders(kinds: &[Kind], configuration: &SourcePath, sources: &Sources) -> Vec<Diagnostic> {
    let is_missing =
        |kind: &&Kind| !kind.is_plain() && sources.below(&format!("{CONTENT}/{}", kind.folder)).next().is_none();
    let complaint = |kind: &Kind| {
        let is_free = |name: &&str| !kinds.iter().any(|kind| *kind.folder == **name);
        let folders = sources.below(CONTENT).filter_map(|(path, _)| Some(path.below(CONTENT)?.rsplit_once('/')?.0));
        let near = nearest(&kind.folder, folders.filter(is_free))?;
        let place = Place::at(configuration, kind.folder_spot.span);
        Some(complaints::kinds::missing_folder(place, &kind.folder, &kind.name, near))
    };
    kinds.iter().filter(is_missing).filter_map(complaint).collect()
}
