//! `betwixt list`: every page with its kind, title and address; or what nobody leads to.

use std::fmt::Write;

use serde_json::json;

use super::arguments::{Global, List};
use super::terminal::{Terminal, plain};
use super::{Answer, Outcome, unknown_kind};
use crate::base::{Drafts, Sources};
use crate::content::Unpublished;
use crate::cures;
use crate::pipeline::{self, Audit, Listed};

/// Lists the pages: a table for people, JSON lines for programs.
pub fn run(global: &Global, options: &List, terminal: &Terminal) -> Answer {
    let sources = global.read(None, Drafts::Include)?;
    let mut builder = global.builder();
    let audit = if options.orphans || options.uncited || options.stale {
        pipeline::audit(&sources, &mut |sources, memory| builder.build(sources, memory))
    } else {
        Audit::default()
    };
    let (pages, diagnostics) = pipeline::survey(&sources);
    if pages.is_empty() && diagnostics.iter().any(crate::base::Diagnostic::is_error) {
        terminal.report(&diagnostics, &sources);
        return Ok(Outcome::Problems);
    }
    if let Some(kind) = &options.kind {
        require_kind(kind, &sources)?;
    }
    if options.stale && audit.stale.is_none() {
        return Err(format!(
            "`{}` does not say when a page is due for a review: write `review_after = \"12 months\"` below `[checks]`",
            sources.request.configuration
        )
        .into());
    }
    let pages: Vec<&Listed> = pages.iter().filter(|page| is_asked_for(page, options, &audit)).collect();
    let is_empty = if options.uncited { audit.uncited.is_empty() } else { pages.is_empty() };
    if is_empty && !terminal.is_for_machines() {
        terminal.say(describe_nothing(options));
    }
    terminal.result(match terminal.is_for_machines() {
        _ if options.uncited => list_references(&audit, terminal),
        true => list_as_json(&pages),
        false => list_as_table(&pages),
    });
    if diagnostics.iter().any(crate::base::Diagnostic::is_error) {
        return Err("some of the pages are not right; `betwixt check` tells more".into());
    }
    Ok(Outcome::Done)
}

/// Is this page among those that are asked for?
fn is_asked_for(page: &Listed, options: &List, audit: &Audit) -> bool {
    options.kind.as_deref().is_none_or(|kind| *page.kind == *kind)
        && (!options.drafts || page.held.is_some())
        && (!options.orphans || audit.orphans.contains(&page.path))
        && (!options.stale || audit.stale.as_ref().is_some_and(|stale| stale.contains(&page.path)))
}

/// What is said where there is nothing to list.
fn describe_nothing(options: &List) -> &'static str {
    let is_all =
        [options.kind.is_some(), options.drafts, options.orphans, options.stale].iter().filter(|is| **is).count();
    match options {
        _ if options.uncited => "every reference is cited",
        _ if is_all > 1 => "no page is so",
        _ if options.orphans => "something leads to every page",
        _ if options.stale => "no page is due for a review",
        _ if options.drafts => "no page is held back",
        _ => "there is no page",
    }
}

/// Is there such a kind?
fn require_kind(name: &str, sources: &Sources) -> Result<(), String> {
    let (site, _) = cures::read_site(sources, &sources.request.configuration);
    let declared = site.iter().flat_map(|site| site.rules.declared().map(|kind| &*kind.name));
    let known: Vec<&str> = declared.chain(["page", "section", "home"]).collect();
    if known.contains(&name) { Ok(()) } else { Err(unknown_kind(name, &known)) }
}

/// The references that no page cites.
fn list_references(audit: &Audit, terminal: &Terminal) -> String {
    let mut out = String::new();
    let width = audit.uncited.iter().map(|(key, ..)| key.chars().count()).max().unwrap_or(0);
    for (key, place, at) in &audit.uncited {
        let _ = if terminal.is_for_machines() {
            writeln!(out, "{}", json!({ "key": key, "path": place.path.as_str(), "line": at.line }))
        } else {
            writeln!(out, "{:<width$}  {}:{}", plain(key), plain(place.path.as_str()), at.line)
        };
    }
    out
}

fn list_as_json(pages: &[&Listed]) -> String {
    let mut out = String::new();
    for page in pages {
        let object = json!({
            "path": page.path.as_str(), "kind": page.kind, "title": page.title, "url": page.url.as_str(),
            "draft": page.held == Some(Unpublished::Draft), "held": page.held.map(Unpublished::name),
        });
        let _ = writeln!(out, "{object}");
    }
    out
}

fn list_as_table(pages: &[&Listed]) -> String {
    let mut rows = Vec::new();
    let mut widths = [0; 3];
    for page in pages {
        let held = match page.held {
            Some(Unpublished::Draft) => " (draft)".to_owned(),
            Some(held) => format!(" ({held})"),
            None => String::new(),
        };
        let columns = [&*page.kind, page.path.as_str(), page.url.as_str()];
        for (width, column) in widths.iter_mut().zip(columns) {
            *width = column.chars().count().max(*width);
        }
        rows.push((columns, format!("{}{held}", plain(&page.title))));
    }
    let [kind_width, path_width, url_width] = widths;
    let mut out = String::new();
    for ([kind, path, url], title) in rows {
        let path = plain(path);
        let _ = writeln!(out, "{kind:<kind_width$}  {path:<path_width$}  {url:<url_width$}  {title}");
    }
    out
}
