//! `betwixt mv OLD NEW`: another name for a page or a folder of pages, in the files and wherever it is named.

use std::path::{Component, Path};

use super::arguments::{Global, Mv};
use super::edits::{commit, read_whole};
use super::terminal::Terminal;
use super::{Answer, Outcome};
use crate::base::{SourcePath, Sources, in_backticks, nearest};
use crate::disk::{SourceEdit, WriteError};
use crate::guide::renaming::Moves;
use crate::pipeline::{self, Change, Renamed};
use crate::report::{Version, difference, plural};
use crate::site::CONTENT;

/// Renames, or says why not; then every file is as it was.
pub fn run(global: &Global, options: &Mv, terminal: &Terminal) -> Answer {
    let sources = read_whole(global)?;
    let moves = resolve_moves(global, options, &sources)?;
    let mut builder = global.builder();
    let renamed = pipeline::rename(&sources, &moves, &mut |sources, memory| builder.build(sources, memory))
        .ok_or("the guide cannot be read, so nothing was renamed; `betwixt check` tells why")?;
    refuse(&renamed, terminal)?;
    if options.dry_run {
        for change in &renamed.changes {
            let before = Version { path: &change.from, text: text(&change.before) };
            let after = Version { path: &change.to, text: text(&change.after) };
            terminal.result(difference(before, after, terminal.result_colour()));
        }
        return Ok(Outcome::Done);
    }
    write(global, &renamed)?;
    let (from, to) = match moves.iter().next() {
        Some((from, to)) if moves.len() == 1 => (from.to_string(), to.to_string()),
        _ => (normalize_name(global, &options.old), normalize_name(global, &options.new)),
    };
    let others: Vec<&Change> = renamed.changes.iter().filter(|change| change.from == change.to).collect();
    terminal.say(format_args!("`{from}` is `{to}` from here on"));
    if !others.is_empty() {
        terminal.say(format_args!("{} edited that named it:", plural(others.len(), "file was", "files were")));
    }
    for change in others {
        terminal.say(format_args!("  {}", super::terminal::plain(change.to.as_str())));
    }
    Ok(Outcome::Done)
}

/// Refuses what would leave something wrong behind.
fn refuse(renamed: &Renamed, terminal: &Terminal) -> Result<(), String> {
    if let Some(path) = renamed.unread.first() {
        return Err(format!(
            "`{path}` is not right, and may name what you want to rename: mend it first; `betwixt check --drafts` tells \
             what is wrong"
        ));
    }
    if renamed.complaints.is_empty() {
        return Ok(());
    }
    terminal.report(&renamed.complaints, &renamed.sources);
    Err("nothing was renamed: this would be wrong under the other name".to_owned())
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

fn write(global: &Global, renamed: &Renamed) -> Result<(), String> {
    let mut edits = Vec::new();
    for Change { from, to, before, after } in &renamed.changes {
        let (former, intended) = (Some(before.clone()), Some(after.clone()));
        if from == to {
            edits.push(SourceEdit::in_place(from, former, after.clone()));
        } else {
            edits.push(SourceEdit { path: to.clone(), former: None, intended, like: from.clone() });
            edits.push(SourceEdit { path: from.clone(), former, intended: None, like: to.clone() });
        }
    }
    commit(global, edits).map_err(|error| match error {
        WriteError::Unfinished { .. } => error.to_string(),
        error => format!("nothing was renamed, and every file is as it was: {error}"),
    })
}

/// A name as an author writes it, in a plain form: below the guide's folder, with `/`, without a slash at its end.
fn normalize_name(global: &Global, name: &str) -> String {
    let name = name.replace('\\', "/");
    let below = Path::new(&name).strip_prefix(&global.root).unwrap_or(Path::new(&name));
    let parts = below.components().filter(|part| !matches!(part, Component::CurDir));
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The same as a path below `content`.
fn below_content(global: &Global, name: &str) -> Result<SourcePath, String> {
    let plain = normalize_name(global, name);
    let plain = plain.strip_prefix("@/").unwrap_or(&plain);
    if plain.starts_with('/') || plain.split('/').any(|part| part == "..") || plain == CONTENT || plain.is_empty() {
        return Err(format!("`{name}` is no page: only what lies in the folder `{CONTENT}` is renamed"));
    }
    let is_below = plain.starts_with(&format!("{CONTENT}/"));
    Ok(SourcePath::new(&if is_below { plain.to_owned() } else { format!("{CONTENT}/{plain}") }))
}

/// Everything that gets another name: a page, or all that lies in a folder.
fn resolve_moves(global: &Global, options: &Mv, sources: &Sources) -> Result<Moves, String> {
    let (old, new) = (below_content(global, &options.old)?, below_content(global, &options.new)?);
    let is_folder = |path: &SourcePath| sources.below(path.as_str()).next().is_some();
    let page = [old.clone(), SourcePath::new(&format!("{old}.md"))];
    let page = page.into_iter().find(|path| path.is_markdown() && sources.get(path).is_some());
    if let Some(page) = page {
        refuse_part(&page)?;
        let is_into = options.new.ends_with(['/', '\\']) || is_folder(&new);
        let to = match () {
            () if is_into => format!("{new}/{}", page.file_name()),
            () if new.is_markdown() => new.to_string(),
            () => format!("{new}.md"),
        };
        let to = SourcePath::new(&to);
        refuse_part(&to)?;
        require_free(&to, sources)?;
        return Ok([(page, to)].into());
    }
    if !is_folder(&old) {
        let pages = find_pages_named(&old, sources);
        if let [page] = pages[..] {
            let beside = if options.new.contains(['/', '\\']) || is_folder(&new) {
                options.new.clone()
            } else {
                format!("{}/{}", page.folder(), options.new)
            };
            return resolve_moves(global, &Mv { old: page.to_string(), new: beside, ..*options }, sources);
        }
        return Err(describe_missing_page(&normalize_name(global, &options.old), &old, &pages, sources));
    }
    if new.is_markdown() {
        return Err(format!("`{old}` is a folder: give it a name without `.md`"));
    }
    if new.below(old.as_str()).is_some() {
        return Err(format!("`{new}` lies in `{old}` itself"));
    }
    require_free(&new, sources)?;
    let mut moves = Moves::new();
    for (path, _) in sources.below(old.as_str()) {
        let below = path.below(old.as_str()).unwrap_or_default();
        moves.insert(path.clone(), SourcePath::new(&format!("{new}/{below}")));
    }
    Ok(moves)
}

/// The pages of that file name in any folder, where no folder is named.
fn find_pages_named<'s>(old: &SourcePath, sources: &'s Sources) -> Vec<&'s SourcePath> {
    if old.folder() != CONTENT {
        return Vec::new();
    }
    let name = old.file_name();
    let name = name.strip_suffix(".md").unwrap_or(name);
    let pages = sources.below(CONTENT).map(|(path, _)| path);
    pages.filter(|path| path.is_markdown() && path.file_name().strip_suffix(".md") == Some(name)).collect()
}

/// What is said where nothing of that name can be renamed.
fn describe_missing_page(name: &str, old: &SourcePath, called: &[&SourcePath], sources: &Sources) -> String {
    if sources.get(old).is_some() {
        return format!(
            "`{old}` is no page, and only pages and folders of pages are renamed: rename it by hand, and write its other \
             name wherever it is named, such as in `file` below `[references]`; `betwixt check` finds these places"
        );
    }
    if !called.is_empty() {
        let list = in_backticks(called, ", ");
        return format!("several pages are called `{name}`: say which of {list} you mean");
    }
    let known = || sources.below(CONTENT).map(|(path, _)| path).filter(|path| path.is_markdown());
    let wanted = if old.is_markdown() { old.to_string() } else { format!("{old}.md") };
    let file_name = nearest(SourcePath::new(&wanted).file_name(), known().map(SourcePath::file_name));
    let by_name = known().find(|path| Some(path.file_name()) == file_name).map(SourcePath::as_str);
    let near = nearest(&wanted, known().map(SourcePath::as_str));
    let near = if old.folder() == CONTENT { by_name.or(near) } else { near.or(by_name) };
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    format!("there is no page or folder `{name}`{near}")
}

/// Refuses pages whose names mean something.
fn refuse_part(path: &SourcePath) -> Result<(), String> {
    match (path.file_name(), path.folder()) {
        ("_index.md", CONTENT) => {
            Err(format!("`{path}` is the first page of the guide, and no other name makes it so"))
        }
        ("404.md", CONTENT) => {
            Err(format!("`{path}` is shown where an address does not exist, and no other name makes it so"))
        }
        ("_index.md" | "index.md", folder) => {
            Err(format!("`{path}` is the page of its folder: rename the folder, `betwixt mv {folder} {CONTENT}/…`"))
        }
        _ => Ok(()),
    }
}

fn require_free(path: &SourcePath, sources: &Sources) -> Result<(), String> {
    if sources.get(path).is_some() || sources.below(path.as_str()).next().is_some() {
        return Err(format!("`{path}` is there already, and stays as it is"));
    }
    if path.as_str().split('/').any(|part| part.starts_with(['.', '~', '#'])) {
        return Err(format!("`{path}` would be no page: files whose names begin with `.`, `~` or `#` are left out"));
    }
    Ok(())
}
