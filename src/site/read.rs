//! The whole of `site.toml`, strictly: every key known, every value of its type, every complaint at its place.

use std::sync::Arc;

use toml::de::DeTable;

use super::settings::SETTINGS;
use super::table::{Complaints, Table};
use super::{
    BaseUrl, CONTENT, ChecklistRules, Labels, MarkdownRules, MenuItem, PageRules, Placed, ReferenceRules, STATIC, Site,
    THEMES, checks, complaints, kinds, repair,
};
use crate::base::{Code, Diagnostic, OutPath, Place, SourceContent, SourcePath, Sources, Span, in_quotes};

/// Reads the configuration at `path`: the site, if enough of it was understood to go on, and every complaint.
#[must_use]
pub fn read(sources: &Sources, path: &SourcePath) -> (Option<Site>, Vec<Diagnostic>) {
    let text = match sources.get(path).map(crate::base::Source::content) {
        None => return (None, vec![complaints::no_configuration(path)]),
        Some(SourceContent::Unreadable(why)) => return (None, vec![complaints::unreadable_configuration(path, why)]),
        Some(SourceContent::Bytes(bytes)) => match sources.text(path) {
            Some(text) => text,
            None => return (None, vec![complaints::unreadable_configuration(path, encoding(bytes))]),
        },
    };
    let repaired = repair::repair(path, text);
    let (parsed, _) = DeTable::parse_recoverable(repaired.mended.text());
    if repaired.is_whole && parsed.get_ref().is_empty() {
        return (None, vec![complaints::blank_configuration(path)]);
    }
    if !repaired.is_whole {
        return (None, repaired.found);
    }
    let folders = [CONTENT, STATIC, THEMES].map(SourcePath::new);
    let unreadable = folders.iter().filter_map(|folder| match sources.get(folder)?.content() {
        SourceContent::Unreadable(why) => Some(complaints::unreadable_folder(folder, why)),
        SourceContent::Bytes(_) => None,
    });
    let unreadable: Vec<_> = unreadable.collect();
    if !unreadable.is_empty() {
        return (None, unreadable);
    }
    let mut complaints = Complaints { path, repaired: &repaired, found: repaired.found.clone() };
    let start = repaired.span(0..0);
    let table = Table::new("", start, parsed.get_ref(), &SETTINGS);
    let has_other_kinds = !parsed.get_ref().contains_key("kinds") && table.is_misspelt("kinds");
    let site = site(table, sources, &mut complaints);
    if has_other_kinds {
        // The relations, the checklist and the menu may rest on the kinds.
        complaints.found.retain(|found| found.code != Code::UnknownKind);
    }
    // A word without quotes where none of its kind belongs is one mistake: the value is wrong.
    let wrong: Vec<Place> = complaints
        .found
        .iter()
        .filter(|found| found.code == Code::WrongSetting)
        .map(|found| found.place.clone())
        .collect();
    let is_of_words = |code| matches!(code, Code::MissingQuotes | Code::WrongTruth);
    complaints.found.retain(|found| !is_of_words(found.code) || !wrong.contains(&found.place));
    (site, complaints.found)
}

/// What a file is written in that is not UTF-8.
fn encoding(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.contains(&0) {
        return "it is saved as UTF-16";
    }
    "it holds letters that are not saved as UTF-8"
}

fn site(mut table: Table, sources: &Sources, complaints: &mut Complaints) -> Option<Site> {
    let title = table.text("title", complaints);
    let base = base(&mut table, sources, complaints);
    let kinds_before = complaints.found.len();
    let kinds = kinds::read(&mut table, complaints);
    let kinds_are_sound = complaints.found.len() == kinds_before && !table.is_misspelt("kinds");
    let description = table.text("description", complaints).map(|text| text.value).unwrap_or_default();
    let author = table.text("author", complaints).map(|text| text.value);
    let (language, language_span) = language(&mut table, complaints);
    let theme = table.text("theme", complaints);
    let theme = theme.unwrap_or_else(|| Placed { value: "hearth".into(), span: Span::default() });
    let output = output(&mut table, complaints);
    let menu = menu(&mut table, complaints);
    let markdown = markdown(&mut table, complaints);
    let checklist = checklist(&mut table, kinds_are_sound.then_some(&*kinds), complaints);
    let references_before = complaints.found.len();
    let references = references(&mut table, complaints);
    let are_references_read = complaints.found.len() == references_before;
    let index_page = page_table("index", &mut table, complaints);
    let help_before = complaints.found.len();
    let help_page = page_table("help", &mut table, complaints);
    let is_help_missing = help_page.is_none() && complaints.found.len() == help_before;
    let feed_limit = feed_limit(&mut table, complaints);
    let skipped = skipped(&mut table, complaints);
    let checks = checks::checks(&mut table, complaints);
    let advice = checks::advice(&mut table, complaints);
    let extra = table.free("extra", complaints);
    let before = complaints.found.len();
    table.finish(complaints);
    let is_top_understood = complaints.found.len() == before;
    // A setting that is not understood may be the references, or the help.
    ask_for_help(if is_help_missing && is_top_understood { &kinds } else { &[] }, complaints);
    let references_are_sound = are_references_read && (references.is_some() || is_top_understood);
    // Pages checked against half-read kinds would only add complaints that are not the author's doing.
    if !kinds_are_sound {
        return None;
    }
    // What is missing or wrong has been complained of; the pages are checked all the same.
    let title = title.map_or_else(|| Box::from("…"), |title| title.value);
    let author = author.unwrap_or_else(|| title.clone());
    let base = base.unwrap_or_default();
    let markdown = MarkdownRules { base: base.clone(), ..markdown };
    let rules = Arc::new(PageRules { base, kinds, markdown });
    Some(Site {
        title,
        description,
        language,
        language_span,
        author,
        theme,
        output,
        menu,
        rules,
        checklist,
        references,
        references_are_sound,
        index_page,
        help_page,
        feed_limit,
        skipped,
        checks,
        advice,
        extra,
    })
}

/// The folder that the finished site is put into; complains of one that holds what it is made from, or lies in it.
fn output(table: &mut Table, complaints: &mut Complaints) -> Box<str> {
    let Some(output) = table.text("output", complaints) else { return "public".into() };
    let slashed = output.value.replace('\\', "/");
    let parts: Vec<&str> = slashed.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let holds_all = parts.iter().all(|part| *part == "..");
    let is_below = |folder: &&str| !slashed.starts_with('/') && parts.first() == Some(folder);
    if holds_all || [CONTENT, STATIC, THEMES].iter().any(is_below) {
        complaints.found.push(complaints::bad_output(Place::at(complaints.path, output.span), &output.value));
    }
    output.value
}

fn base(table: &mut Table, sources: &Sources, complaints: &mut Complaints) -> Option<BaseUrl> {
    if let Some(asked) = &sources.request.base_url {
        // The line in the file is still checked for its type.
        table.line("base_url", complaints);
        let parsed = parse_base(asked);
        if parsed.is_none() {
            complaints.found.push(
                complaints::base_url(Place::file(complaints.path), asked)
                    .help("give `--base-url` a whole address: `https://nearer.example/`"),
            );
        }
        return parsed;
    }
    let text = table.text("base_url", complaints)?;
    let parsed = parse_base(&text.value);
    if parsed.is_none() {
        let complaint = complaints::base_url(Place::at(complaints.path, text.span), &text.value);
        complaints.found.push(match whole_address(&text.value) {
            Some(whole) => complaint.fix(text.span, in_quotes(&whole)),
            None => complaint,
        });
    }
    parsed
}

/// The address that was meant, where only its beginning is not right.
fn whole_address(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let rest = lower.trim_start_matches("https").trim_start_matches("http").trim_start_matches([':', '/']);
    let host = rest.split('/').next().unwrap_or_default();
    let whole = format!("{}{rest}", if lower.starts_with("http:") { "http://" } else { "https://" });
    let is_host = host.contains('.') && !host.ends_with("html") && !lower.contains("://");
    let is_web = text.contains("://") && lower.starts_with("http");
    ((is_host || is_web) && parse_base(&whole).is_some()).then_some(whole)
}

/// `https://host/folder/` in its two parts; no user, query, fragment, or sign that would need escaping.
fn parse_base(text: &str) -> Option<BaseUrl> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let scheme = &text[..text.len() - rest.len()];
    let (host, folder) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let host_is_plain = !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || "-.:[]".contains(c));
    let folder = folder.trim_end_matches('/');
    let folder_is_plain = folder.chars().all(|c| c.is_ascii_alphanumeric() || "/-._~%".contains(c))
        && !folder.contains("//")
        && !folder.split('/').any(|part| part == "..");
    (host_is_plain && folder_is_plain)
        .then(|| BaseUrl { origin: format!("{scheme}{host}").into(), folder: folder.into() })
}

fn menu(table: &mut Table, complaints: &mut Complaints) -> Vec<MenuItem> {
    let mut menu = Vec::new();
    for mut item in table.tables("menu", complaints) {
        let to = item.text("to", complaints);
        let title = item.text("title", complaints).map(|title| title.value);
        item.finish(complaints);
        let to = to.and_then(|to| page_name(to, complaints));
        menu.extend(to.map(|to| MenuItem { to, title }));
    }
    menu
}

fn markdown(table: &mut Table, complaints: &mut Complaints) -> MarkdownRules {
    let mut rules = MarkdownRules::default();
    let Some(mut table) = table.table("markdown", complaints) else { return rules };
    rules.unsafe_html = table.boolean("unsafe_html", complaints).unwrap_or(rules.unsafe_html);
    rules.smart_punctuation = table.boolean("smart_punctuation", complaints).unwrap_or(rules.smart_punctuation);
    if let Some(mut callouts) = table.table("callouts", complaints) {
        for (title, key) in rules.callouts.iter_mut().zip(["note", "tip", "important", "warning", "caution"]) {
            if let Some(text) = callouts.text(key, complaints) {
                *title = text.value;
            }
        }
        callouts.finish(complaints);
    }
    if let Some(mut words) = table.table("labels", complaints) {
        let Labels { table, footnotes, back } = &mut rules.labels;
        for (key, label) in [("table", table), ("footnotes", footnotes), ("back", back)] {
            if let Some(text) = words.text(key, complaints) {
                *label = text.value;
            }
        }
        words.finish(complaints);
    }
    table.finish(complaints);
    rules
}

/// The checklist; its names are looked up only if all `kinds` were understood.
fn checklist(table: &mut Table, kinds: Option<&[super::Kind]>, complaints: &mut Complaints) -> Option<ChecklistRules> {
    let mut table = table.table("checklist", complaints)?;
    let page = table.text("page", complaints);
    let items = table.text("items", complaints);
    let statement = table.text("statement", complaints);
    let suggest = table.text("suggest", complaints);
    table.finish(complaints);
    let page = page.and_then(|page| page_name(page, complaints));
    let (kinds, page, items, statement, suggest) = (kinds?, page?, items?, statement?, suggest?);
    let Some(kind) = kinds.iter().find(|kind| kind.name == items.value) else {
        complaints.found.push(complaints::kinds::unknown_kind(
            complaints.path,
            items.span,
            &items.value,
            kinds.iter().map(|kind| &*kind.name),
        ));
        return None;
    };
    let fields = || {
        kind.fields
            .iter()
            .filter(|field| matches!(field.shape, super::FieldShape::Text { .. }))
            .map(|field| &*field.name)
    };
    if !fields().any(|name| name == &*statement.value) {
        complaints.found.push(complaints::kinds::checklist_name(
            complaints.path,
            statement.span,
            "text field",
            &statement.value,
            fields(),
        ));
        return None;
    }
    if kind.relation(&suggest.value).is_none() {
        let relations = kind.relations.iter().map(|relation| &*relation.name);
        complaints.found.push(complaints::kinds::checklist_name(
            complaints.path,
            suggest.span,
            "relation",
            &suggest.value,
            relations,
        ));
        return None;
    }
    Some(ChecklistRules { page, items: items.value, statement: statement.value, suggest: suggest.value })
}

fn references(table: &mut Table, complaints: &mut Complaints) -> Option<ReferenceRules> {
    let mut table = table.table("references", complaints)?;
    let file = table.text("file", complaints);
    let style = table.text("style", complaints);
    let page = table.text("page", complaints);
    let span = table.span;
    table.finish(complaints);
    let file = file?;
    if OutPath::new(&file.value).is_err() || file.value.starts_with("content/") {
        complaints.found.push(complaints::bad_folder(Place::at(complaints.path, file.span), "file", &file.value));
        return None;
    }
    let style = style.unwrap_or_else(|| Placed { value: "apa".into(), span });
    Some(ReferenceRules { file, style, page })
}

fn page_table(key: &'static str, table: &mut Table, complaints: &mut Complaints) -> Option<Placed<Box<str>>> {
    let mut table = table.table(key, complaints)?;
    let page = table.text("page", complaints);
    table.finish(complaints);
    page.and_then(|page| page_name(page, complaints))
}

/// A page's file below the content folder, with or without `@/`; complains of everything else.
fn page_name(page: Placed<Box<str>>, complaints: &mut Complaints) -> Option<Placed<Box<str>>> {
    let below = page.value.strip_prefix("@/").unwrap_or(&page.value);
    let is_file = SourcePath::new(below).is_markdown() && !below.contains('\\') && !below.contains("://");
    if is_file && !below.starts_with(['/', '.']) && !below.starts_with("content/") {
        return Some(page);
    }
    complaints.found.push(complaints::no_page_name(Place::at(complaints.path, page.span), &page.value));
    None
}

/// The guide's language, and where it is said.
fn language(table: &mut Table, complaints: &mut Complaints) -> (Box<str>, Option<Span>) {
    match table.text("language", complaints) {
        Some(language) => (language.value, Some(language.span)),
        None => ("en".into(), None),
    }
}

/// Complains of a kind whose pages must lead to the page for help, where there is none.
fn ask_for_help(kinds: &[super::Kind], complaints: &mut Complaints) {
    if let Some(kind) = kinds.iter().find(|kind| kind.needs_safety) {
        complaints.found.push(complaints::kinds::no_help_page(complaints.path, kind.spot.0, &kind.name));
    }
}

fn feed_limit(table: &mut Table, complaints: &mut Complaints) -> usize {
    let Some(mut table) = table.table("feed", complaints) else { return 20 };
    let limit = table.count("limit", complaints).unwrap_or(20);
    table.finish(complaints);
    limit
}

fn skipped(table: &mut Table, complaints: &mut Complaints) -> Vec<Box<str>> {
    let Some(mut table) = table.table("external", complaints) else { return Vec::new() };
    let skipped = table.placed_texts("skip", complaints);
    table.finish(complaints);
    for Placed { value, span } in &skipped {
        if !value.starts_with("https://") && !value.starts_with("http://") {
            complaints.found.push(complaints::skipped_address(Place::at(complaints.path, *span), value));
        }
    }
    skipped.into_iter().map(|placed| placed.value).collect()
}
