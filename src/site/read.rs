//! `site.toml` → `Site`: its values, checked against each other.

use std::sync::Arc;

use super::reader::Reader;
use super::settings::SETTINGS;
use super::values::Table;
use super::{
    AdviceRules, BaseUrl, CONTENT, CheckRules, Labels, MarkdownRules, MenuItem, PageRules, ReferenceRules, STATIC,
    Safety, Site, THEMES, checklist, complaints, kinds,
};
use crate::base::{
    Code, Diagnostic, Hosting, Known, PatchedText, Place, Request, SourceContent, SourcePath, Sources, Span, Spanned,
};
use crate::syntax::toml;

/// Reads the configuration at `path`, strictly: the site, if enough of it was understood to go on, and every complaint.
#[must_use]
pub fn read(sources: &Sources, path: &SourcePath) -> (Option<Site>, Vec<Diagnostic>) {
    match open(sources, path) {
        Ok(text) => read_text(sources, path, &text),
        Err(complaint) => (None, vec![*complaint]),
    }
}

/// The text of the configuration.
///
/// # Errors
/// Says why it is none.
pub fn open(sources: &Sources, path: &SourcePath) -> Result<PatchedText, Box<Diagnostic>> {
    let text = match sources.get(path).map(crate::base::Source::content) {
        None => return Err(Box::new(complaints::no_configuration(path, sources.request.where_instead.as_deref()))),
        Some(SourceContent::Unreadable(why)) => {
            return Err(Box::new(complaints::unreadable_configuration(path, why)));
        }
        Some(SourceContent::Bytes(bytes)) => {
            sources.text(path).ok_or_else(|| Box::new(complaints::unreadable_configuration(path, encoding(bytes))))?
        }
    };
    let plain = text.trim_start_matches('\u{feff}');
    let mark = text.len() - plain.len();
    // Line ends of very old computers.
    let plain = if text.contains('\n') { plain.to_owned() } else { plain.replace('\r', "\n") };
    Ok(PatchedText::new(plain, mark))
}

/// Reads `text` as the configuration at `path`; all places are those of its author's text.
#[must_use]
pub fn read_text(sources: &Sources, path: &SourcePath, text: &PatchedText) -> (Option<Site>, Vec<Diagnostic>) {
    let (tree, errors) = toml::read(text);
    if !errors.is_empty() {
        let place = |error: &toml::Error| Place::at(path, error.span);
        return (None, errors.iter().map(|error| complaints::broken(place(error))).collect());
    }
    if tree.is_empty() {
        return (None, vec![complaints::blank_configuration(path)]);
    }
    let unreadable = unreadable_folders(sources);
    if !unreadable.is_empty() {
        return (None, unreadable);
    }
    let mut reader = Reader { path, asked: sources.request.base_url.as_deref(), found: Vec::new() };
    let start = text.span(0..0);
    let table = reader.table("", Spanned { value: &tree, span: start }, &SETTINGS);
    let mut found = reader.found;
    let site = site(&table, &sources.request, path, &mut found);
    (site, found)
}

/// What a file is written in that is not UTF-8.
fn encoding(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.contains(&0) {
        return "it is saved as UTF-16";
    }
    "it holds letters that are not saved as UTF-8"
}

/// The site's folders that are something else.
fn unreadable_folders(sources: &Sources) -> Vec<Diagnostic> {
    let folders = [CONTENT, STATIC, THEMES].map(SourcePath::new);
    let unreadable = folders.iter().filter_map(|folder| match sources.get(folder)?.content() {
        SourceContent::Unreadable(why) => Some(complaints::unreadable_folder(folder, why)),
        SourceContent::Bytes(_) => None,
    });
    unreadable.collect()
}

fn site(table: &Table, request: &Request, path: &SourcePath, found: &mut Vec<Diagnostic>) -> Option<Site> {
    let base = match &request.base_url {
        None => table.address("base_url"),
        Some(asked) => {
            let parsed = BaseUrl::parse(asked);
            found.extend(parsed.is_none().then(|| {
                complaints::base_url(Place::file(path), asked)
                    .help("give `--base-url` a whole address: `https://guide.example/`")
            }));
            parsed
        }
    };
    let language = table.text("language");
    let kinds = kinds::kinds(table, language.as_ref().map_or(LANGUAGE, |language| &language.value));
    let mut clashes = kinds::shared_folders(&kinds, path);
    // A kind that is missing may be one of those that stand below a misspelt `kinds`.
    if !table.is_misspelt("kinds") {
        clashes.extend(kinds::clashing_relations(table, &kinds, path));
    }
    let are_kinds_sound = table.is_sound("kinds") && table.is_sound("pages") && clashes.is_empty();
    found.append(&mut clashes);
    found.extend(kinds::broken_fields(table, path));
    if table.leaves_out("help") {
        let in_need = kinds.iter().find(|kind| kind.safety == Safety::Required);
        found.extend(in_need.map(|kind| complaints::kinds::no_help_page(path, kind.spot.span, &kind.name)));
    }
    // Pages checked against half-read kinds would only add complaints that are not the author's doing.
    if !are_kinds_sound {
        return None;
    }
    let checklist = table.table("checklist").and_then(|table| checklist::checklist(table, &kinds, path, found));
    // What is missing or wrong has been complained of; the pages are checked all the same.
    let title = text_of(table, "title").unwrap_or_else(|| "…".into());
    let base = base.unwrap_or_default();
    let skipped = table.table("external").into_iter().flat_map(|table| table.texts("skip")).map(Box::from).collect();
    let markdown = MarkdownRules { base: base.clone(), skipped, ..markdown(table) };
    let checks = CheckRules::of(table);
    found.extend(two_choices(&checks, path));
    Some(Site {
        description: text_of(table, "description").unwrap_or_default(),
        language_span: language.as_ref().map(|language| language.span),
        language: language.map_or_else(|| LANGUAGE.into(), |language| language.value),
        contact: text_of(table, "contact").map(|address| address.trim().trim_start_matches("mailto:").into()),
        author: text_of(table, "author").unwrap_or_else(|| title.clone()),
        title,
        social_cards: table.truth("social_cards").unwrap_or_default() && request.hosting == Hosting::Public,
        theme: theme(table),
        output: text_of(table, "output").unwrap_or_else(|| "public".into()),
        menu: table.tables("menu").iter().filter_map(menu_item).collect(),
        rules: Arc::new(PageRules { base, kinds, markdown }),
        checklist,
        references: references(table),
        index_page: page_of(table, "index"),
        book_page: page_of(table, "book"),
        help_page: page_of(table, "help"),
        kept_whole: kept_whole(table, request.hosting),
        synonyms: table.table("search").map_or_else(Vec::new, |table| table.phrases("synonyms").to_vec()),
        feed_limit: table.table("feed").and_then(|table| table.count("limit")).unwrap_or(FEED_LIMIT),
        checks,
        advice: AdviceRules::of(table),
        words: table.phrases("words").to_vec(),
        extra: table.free("extra"),
    })
}

/// The warnings that are to be errors and to be ignored at once.
fn two_choices(checks: &CheckRules, path: &SourcePath) -> Vec<Diagnostic> {
    let ignored = |raised: &Spanned<Code>| checks.ignore.iter().find(|ignored| ignored.value == raised.value);
    let both = checks.error.iter().filter_map(|raised| Some((raised, ignored(raised)?)));
    both.map(|(raised, ignored)| complaints::two_choices(path, raised, ignored.span)).collect()
}

/// The theme, which nobody knows if its setting may be misspelt.
fn theme(site: &Table) -> Known<Spanned<Box<str>>> {
    match site.text("theme") {
        Some(theme) => Known::Value(theme),
        None if site.leaves_out("theme") => Known::Value(Spanned { value: THEME.into(), span: Span::default() }),
        None => Known::Reported,
    }
}

/// The theme, where nothing is said.
const THEME: &str = "hearth";

/// The language of the pages, where nothing is said.
const LANGUAGE: &str = "en";

/// Up to how many megabytes a guide is kept whole, where nothing is said.
const KEPT_WHOLE: usize = 5;

fn kept_whole(site: &Table, hosting: Hosting) -> Option<usize> {
    let table = site.table("offline").filter(|_| hosting == Hosting::Public)?;
    Some(table.count("whole_up_to").unwrap_or(KEPT_WHOLE))
}

/// How many entries the feed holds, where nothing is said.
const FEED_LIMIT: usize = 20;

/// The page that a table of its own names.
fn page_of(site: &Table, table: &str) -> Option<Spanned<Box<str>>> {
    site.table(table)?.text("page")
}

fn text_of(table: &Table, key: &str) -> Option<Box<str>> {
    table.text(key).map(|text| text.value)
}

fn menu_item(table: &Table) -> Option<MenuItem> {
    Some(MenuItem { to: table.text("to")?, title: text_of(table, "title") })
}

fn markdown(site: &Table) -> MarkdownRules {
    let mut rules = MarkdownRules::default();
    let Some(table) = site.table("markdown") else { return rules };
    rules.unsafe_html = table.truth("unsafe_html").unwrap_or(rules.unsafe_html);
    rules.smart_punctuation = table.truth("smart_punctuation").unwrap_or(rules.smart_punctuation);
    if let Some(callouts) = table.table("callouts") {
        for (title, key) in rules.callouts.iter_mut().zip(["note", "tip", "important", "warning", "caution"]) {
            *title = text_of(callouts, key).unwrap_or_else(|| title.clone());
        }
    }
    if let Some(words) = table.table("labels") {
        let Labels { table, footnotes, back } = &mut rules.labels;
        for (key, label) in [("table", table), ("footnotes", footnotes), ("back", back)] {
            *label = text_of(words, key).unwrap_or_else(|| label.clone());
        }
    }
    rules
}

/// The bibliography. Without it nothing is known of the sources that pages name, unless it is left out on purpose.
fn references(site: &Table) -> Known<Option<ReferenceRules>> {
    let Some(table) = site.table("references") else {
        return if site.leaves_out("references") { Known::Value(None) } else { Known::Reported };
    };
    let Some(file) = table.text("file") else { return Known::Reported };
    let style = table.text("style").unwrap_or_else(|| Spanned { value: "apa".into(), span: table.span });
    Known::Value(Some(ReferenceRules { file, style, page: table.text("page") }))
}
