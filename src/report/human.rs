//! Complaints in the form of the Rust compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, Title};

use super::excerpt::{Files, harmless};
use super::{Colour, count, count_severity, plural};
use crate::base::{Code, Diagnostic, Fingerprint, Place, Severity, SourcePath, Sources};

/// In how many files a complaint may be repeated word by word before it is folded into one.
const REPEATED: usize = 5;

/// How many of the other places a folded complaint names.
const NAMED: usize = 100;

/// How many errors, and how many warnings, about one file are shown: more than a person mends before the next run.
const SHOWN: usize = 500;

/// The narrowest terminal that lines are cut for.
const NARROWEST: usize = 40;

/// All complaints and their count.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: Colour, width: usize) -> String {
    let renderer = match colour {
        Colour::Plain => Renderer::plain(),
        Colour::Styled => Renderer::styled(),
    };
    let mut writer = HumanWriter {
        renderer: renderer.term_width(width.max(NARROWEST)),
        files: Files::new(sources),
        out: String::new(),
    };
    let mut shown: BTreeMap<(&SourcePath, Severity), usize> = BTreeMap::new();
    for (diagnostic, others) in fold_repeats(diagnostics) {
        let shown = shown.entry((&diagnostic.place.path, diagnostic.severity)).or_default();
        *shown += 1;
        if *shown <= SHOWN {
            writer.add(diagnostic, &others);
        }
    }
    for ((path, severity), count) in shown.into_iter().filter(|(_, count)| *count > SHOWN) {
        let more = count_severity(count - SHOWN, severity).replacen(' ', " more ", 1);
        let _ = writeln!(
            writer.out,
            "… and {more} about {}; `betwixt check --format json` shows all\n",
            harmless(path.as_str())
        );
    }
    if let Some(count) = count(diagnostics) {
        let worst = diagnostics.iter().map(|diagnostic| diagnostic.severity).min();
        let level = worst.map_or(Level::WARNING, level);
        writer.out.push_str(&writer.renderer.render(&[Group::with_title(level.primary_title(count))]));
        writer.out.push('\n');
    }
    if let Some(fixes) = count_fixes(diagnostics) {
        let _ = writeln!(writer.out, "{fixes}");
    }
    writer.out
}

/// How many of the complaints have a certain cure, and who makes it.
fn count_fixes(diagnostics: &[Diagnostic]) -> Option<String> {
    let certain = diagnostics.iter().filter(|diagnostic| !diagnostic.fix.is_empty()).count();
    let which = match (certain, diagnostics.len()) {
        (0, _) => return None,
        (1, 1) => "it".to_owned(),
        (2, 2) => "both".to_owned(),
        (certain, all) if certain == all => format!("all {all} of them"),
        (certain, _) => format!("{certain} of them"),
    };
    Some(format!("`betwixt check --fix` mends {which}"))
}

/// Each complaint with the other places at which it is repeated: none, unless its files are many and it stands for all.
pub(super) fn fold_repeats(diagnostics: &[Diagnostic]) -> Vec<(&Diagnostic, Vec<&Place>)> {
    let mut places: BTreeMap<_, Vec<&Place>> = BTreeMap::new();
    for diagnostic in diagnostics {
        places.entry(identify(diagnostic)).or_default().push(&diagnostic.place);
    }
    places.retain(|_, places| are_in_many_files(places));
    let mut seen = BTreeSet::new();
    let mut shown = Vec::new();
    for diagnostic in diagnostics {
        let key = identify(diagnostic);
        match places.get(&key) {
            None => shown.push((diagnostic, Vec::new())),
            Some(repeated) if seen.insert(key) => shown.push((diagnostic, repeated[1..].to_vec())),
            Some(_) => {}
        }
    }
    shown
}

/// What complaints that say the same have in common.
fn identify(diagnostic: &Diagnostic) -> (Code, Fingerprint) {
    (diagnostic.code, Fingerprint::of(&(&diagnostic.message, &diagnostic.label)))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    }
}

/// Places are sorted, so that those of one file stand together.
fn are_in_many_files(places: &[&Place]) -> bool {
    places.chunk_by(|a, b| a.path == b.path).nth(REPEATED).is_some()
}

/// What is written so far.
struct HumanWriter<'a> {
    renderer: Renderer,
    files: Files<'a>,
    out: String,
}

/// A group of lines about one place, and how its column reads once it is mended: see [`HumanWriter::write_place`].
type Placed = (Group<'static>, Option<(String, String)>);

impl<'a> HumanWriter<'a> {
    /// Writes one complaint; `others` are the places at which it is repeated.
    fn add(&mut self, diagnostic: &'a Diagnostic, others: &[&'a Place]) {
        let title = level(diagnostic.severity).primary_title(harmless(&diagnostic.message)).id(diagnostic.code.name());
        let (mut group, column) = self.write_place(title, &diagnostic.place, &diagnostic.label);
        let mended = self.show_fix(diagnostic);
        if mended.is_none() && !diagnostic.help.is_empty() {
            group = group.element(Level::HELP.message(harmless(&diagnostic.help)));
        }
        if !others.is_empty() {
            group = group.element(Level::NOTE.message(self.list_places(others)));
        }
        let mut groups = vec![group];
        let mut columns = vec![column];
        if let Some(mended) = mended {
            groups.push(mended);
            columns.push(None);
        }
        for note in &diagnostic.notes {
            let title = Level::NOTE.secondary_title(harmless(&note.label));
            let (group, column) = self.write_place(title, &note.place, "");
            groups.push(group);
            columns.push(column);
        }
        let mut text = self.renderer.render(&groups);
        for (shown, real) in columns.into_iter().flatten() {
            text = text.replacen(&shown, &real, 1);
        }
        self.out.push_str(&text);
        self.out.push_str("\n\n");
    }

    /// The place below its title.
    ///
    /// The renderer counts the column in the line that it is given. Where only a part of a long line is shown, the
    /// second value says what has to be put in place of what.
    fn write_place(&mut self, title: Title<'static>, place: &'a Place, label: &str) -> Placed {
        let path = harmless(place.path.as_str());
        let lines = self.files.lines(&place.path);
        let Some((lines, span)) = lines.zip(place.span) else {
            return (title.element(Origin::path(path)), None);
        };
        let excerpt = lines.excerpt(span);
        let label = Some(harmless(label)).filter(|label| !label.is_empty());
        let annotation = AnnotationKind::Primary.span(excerpt.span.clone()).label(label);
        let line = excerpt.at.line;
        let (shown, real) = (excerpt.shown_column, excerpt.at.column);
        let column =
            (shown != real).then(|| (format!("--> {path}:{line}:{shown}"), format!("--> {path}:{line}:{real}")));
        let snippet = Snippet::source(excerpt.source).path(path).line_start(line).annotation(annotation);
        (title.element(snippet), column)
    }

    /// The cure, if it is certain and can be shown: the lines as they are, and as they read once it is made.
    fn show_fix(&mut self, diagnostic: &'a Diagnostic) -> Option<Group<'static>> {
        let passage = self.files.lines(&diagnostic.place.path)?.passage(&diagnostic.fix)?;
        let patches = passage.edits.into_iter().map(|(span, text)| Patch::new(span, text));
        let help = if diagnostic.help.is_empty() { "write it so" } else { &diagnostic.help };
        let snippet = Snippet::source(passage.source).line_start(passage.line).patches(patches);
        Some(Level::HELP.secondary_title(harmless(help)).element(snippet))
    }

    /// `the same at 12 more places:`, and below it each of them, as `file:line:column`.
    fn list_places(&mut self, places: &[&'a Place]) -> String {
        let mut out = format!("the same at {}:", plural(places.len(), "more place", "more places"));
        for place in places.iter().take(NAMED) {
            let _ = write!(out, "\n{}", harmless(place.path.as_str()));
            if let Some(at) = self.files.start(place) {
                let _ = write!(out, ":{}:{}", at.line, at.column);
            }
        }
        if places.len() > NAMED {
            let _ = write!(out, "\n… and {} more; `betwixt check --format json` shows all", places.len() - NAMED);
        }
        out
    }
}
