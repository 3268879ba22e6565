//! A file without a whole front matter → what is missing, and where to put it.

use super::yaml::line::is_key;
use crate::base::{Code, Diagnostic, Edit, Place, SourcePath, Span, line_start, unseen};
use crate::content::{self, Fence, is_fence, lines_from, matter_keys, read_front};
use crate::site::Kind;
use crate::syntax::yaml::Value;

/// What editors put in place of three hyphens.
const DASHES: [char; 6] = ['-', '\u{2010}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'];

/// What was meant by the beginning of the file `text`, in which `fence` was found.
pub(super) fn slips(path: &SourcePath, text: &str, kind: Option<&Kind>, fence: &Fence) -> Vec<Diagnostic> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let top = Place::at(path, Span::new(start, start + text[start..].lines().next().unwrap_or_default().len()));
    if *fence == Fence::Unclosed {
        let first = lines_from(text, start).next().map_or(start, |(at, line)| at + line.len());
        let end = end_below(text, first);
        return end.map(|end| content::complaints::unclosed_front_matter(top).fixes([end])).into_iter().collect();
    }
    if let Some((cure, stretch)) = almost(text, start) {
        let below = text.get(stretch.end..).and_then(|rest| rest.find('\n')).map(|end| stretch.end + end + 1);
        let is_open = below.is_some_and(|below| !lines_from(text, below).any(|(_, line)| is_fence(line)));
        let end = below.filter(|_| is_open).and_then(|below| end_below(text, below));
        return vec![almost_front_matter(top, cure).fix(stretch, "---").fixes(end)];
    }
    let first = lines_from(text, start).find(|(_, line)| !line.trim().is_empty());
    let known = matter_keys::of(kind);
    let is_known_key = |line: &str| key(line).is_some_and(|key| known.iter().any(|name| **name == *key));
    match first {
        Some((at, line)) if is_known_key(line) => vec![no_first_fence(top, fences(text, at))],
        _ => {
            let words = "move what stands above the first `---` below the second `---`";
            let cure = text_above(text, start, is_known_key);
            cure.map(|cure| almost_front_matter(top, words).fixes(cure)).into_iter().collect()
        }
    }
}

fn no_first_fence(place: Place, cure: Vec<Edit>) -> Diagnostic {
    let help = match cure.len() {
        0 => "put a line `---` above the first key, and another below the last one",
        1 => "put a line `---` above it",
        _ => "put a line `---` above the keys, and another below them",
    };
    let message = "the line `---` is missing above the first key";
    Diagnostic::new(Code::NoFirstFence, place, message).help(help).fixes(cure)
}

fn almost_front_matter(place: Place, cure: &str) -> Diagnostic {
    let message = "the first line is not `---`, so the front matter is not read";
    Diagnostic::new(Code::AlmostFrontMatter, place, message).help(cure)
}

/// The edits that move what stands above a whole front matter below it, if there is one.
fn text_above(text: &str, start: usize, is_known: impl Fn(&str) -> bool) -> Option<[Edit; 2]> {
    let mut fences = lines_from(text, start).filter(|(_, line)| is_fence(line));
    let (first, line) = fences.next()?;
    let (second, last) = fences.next()?;
    let yaml = &text[first + line.len()..second];
    if !yaml.lines().any(is_known) || !is_matter(yaml) {
        return None;
    }
    let end = line_end(text);
    let below = second + last.trim_end().len();
    let above = text[start..first].trim_end();
    let out = Edit { span: Span::new(start, first), text: String::new() };
    Some([out, Edit { span: Span::new(below, below), text: format!("{end}{above}{end}") }])
}

/// What stands in place of the first `---` line, if it was meant as one: what to do, and the stretch to replace.
fn almost(text: &str, start: usize) -> Option<(&'static str, Span)> {
    let (at, line) = lines_from(text, start).find(|(_, line)| !line.trim().is_empty())?;
    let written = line.trim_end();
    let bare = written.trim_matches(|c: char| unseen(c).is_some());
    let is_dashes = !bare.is_empty() && bare.chars().all(|c| DASHES.contains(&c) || c == ' ');
    let is_alone = |mark: &str| bare == mark;
    let stretch = Span::new(start, at + written.len());
    let has_keys = lines_from(text, at + line.len()).next().is_some_and(|(_, next)| key(next).is_some());
    if is_fence(bare) {
        let is_below = at > start;
        let cure = match written.starts_with(char::is_whitespace) {
            _ if is_below => "delete what stands before `---`: it must be the first line",
            true => "delete the space before `---`",
            false => "delete the invisible mark before `---`",
        };
        return Some((cure, stretch));
    }
    let is_meant = is_dashes || ["+++", "***", "___", "```", "```yaml", "~~~"].into_iter().any(is_alone);
    (is_meant && (has_keys || is_dashes)).then_some(("make the first line exactly three hyphens: `---`", stretch))
}

/// The key at the beginning of a line.
fn key(line: &str) -> Option<&str> {
    line.split_once(':').map(|(key, _)| key).filter(|key| is_key(key))
}

/// The lines `---` that are missing around the keys that begin at byte `at`; none if it is not certain where they end.
fn fences(text: &str, at: usize) -> Vec<Edit> {
    let first = Edit { span: Span::new(at, at), text: format!("---{}", line_end(text)) };
    if let Some((end, _)) = lines_from(text, at).find(|(_, line)| is_fence(line)) {
        return if is_matter(&text[at..end]) { vec![first] } else { Vec::new() };
    }
    end_below(text, at).map_or_else(Vec::new, |last| vec![first, last])
}

/// The line `---` that is missing below the keys that begin at byte `at`, if it is certain where: in place of a line that
/// is almost one, or below the last line that can be read as a key, an entry, or what belongs to them.
fn end_below(text: &str, at: usize) -> Option<Edit> {
    let is_dashes = |line: &str| {
        let bare = line.trim();
        bare.chars().count() >= 1 && bare.chars().all(|c| DASHES.contains(&c)) || ["+++", "***", "..."].contains(&bare)
    };
    let belongs = |line: &str| key(line).is_some() || line.starts_with([' ', '-', '#', '\t']);
    let (end, line) =
        lines_from(text, at).find(|(_, line)| is_dashes(line) || !belongs(line)).unwrap_or((text.len(), ""));
    if end == at || !is_matter(&text[at..end]) {
        return None;
    }
    if is_dashes(line) {
        return Some(Edit { span: Span::new(end, end + line.trim_end().len()), text: "---".to_owned() });
    }
    let last = text[..end].trim_end_matches(['\r', '\n']).len();
    if text[line_start(text, last)..].starts_with('#') {
        // It may be a note, or the text's first heading.
        return None;
    }
    Some(Edit { span: Span::new(last, last), text: format!("{}---", line_end(text)) })
}

/// Can `yaml` be read as keys and values?
fn is_matter(yaml: &str) -> bool {
    read_front(&format!("---\n{yaml}\n---\n")).is_ok_and(|read| matches!(read.root().value(), Value::Map(_)))
}

/// How the lines of the file end.
fn line_end(text: &str) -> &'static str {
    if text.find('\n').is_some_and(|end| text[..end].ends_with('\r')) { "\r\n" } else { "\n" }
}
