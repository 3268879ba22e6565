//! `betwixt init`: a small whole guide to start from.

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, Write};
use std::path::Path;

use include_dir::Dir;

use super::arguments::{Global, Init};
use super::starters::{STARTERS, Starter};
use super::terminal::Terminal;
use super::{Answer, Outcome};

/// What git is told to leave out.
const IGNORED: &str = "/public/\n/.public.betwixt/\n";

/// Writes a starter into a new or empty folder; asks which one, if none is named and somebody is there to answer.
pub fn run(global: &Global, options: &Init, terminal: &Terminal) -> Answer {
    let dir = options.dir.as_ref().unwrap_or(&global.root);
    let folder = dir.display();
    let cannot = |error: io::Error| format!("the guide cannot be written into `{folder}`: {error}");
    if let Some(name) = find_entry(dir).map_err(cannot)? {
        return Err(format!(
            "`{folder}` is not empty: it holds `{name}`; name a new folder, such as `betwixt init my-guide`"
        )
        .into());
    }
    let starter = match &options.kind {
        Some(starter) => starter,
        None if terminal.has_person() => {
            choose(&mut io::stdin().lock(), &mut io::stderr().lock())?.ok_or(NOTHING_CHOSEN)?
        }
        None => &STARTERS[0],
    };
    write_starter(starter, dir).map_err(cannot)?;
    terminal.say(format_args!("a new guide is in `{folder}`: its first page says what to do next"));
    terminal.say(format_args!("see it:      betwixt serve --root \"{folder}\" --open"));
    terminal.say(format_args!("change it:   its pages are in `{}`", dir.join("content").display()));
    terminal.say(format_args!("publish it:  betwixt build --root \"{folder}\""));
    Ok(Outcome::Done)
}

/// What is said where the answers end before one was right.
const NOTHING_CHOSEN: &str =
    "no kind of guide was chosen, and nothing was written; `betwixt init --kind plain` does not ask";

/// The name of the first thing in a folder; nothing that is hidden counts.
fn find_entry(dir: &Path) -> io::Result<Option<String>> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Asks which starter it shall be, again after each wrong answer; `None` at the end of the answers.
fn choose(answers: &mut impl BufRead, questions: &mut impl Write) -> io::Result<Option<&'static Starter>> {
    write!(questions, "What kind of guide will it be?\n{}Type a number or a name: ", list_starters())?;
    loop {
        questions.flush()?;
        let mut line = Vec::new();
        if answers.read_until(b'\n', &mut line)? == 0 {
            writeln!(questions)?;
            return Ok(None);
        }
        let answer = String::from_utf8_lossy(&line).trim().to_lowercase();
        if let Some(starter) = find_starter(&answer) {
            return Ok(Some(starter));
        }
        write!(questions, "That is none of these. Type a number or a name: ")?;
    }
}

/// The starters, each with its number.
fn list_starters() -> String {
    let line = |(i, starter): (usize, &Starter)| format!("  {}  {:<7} {}\n", i + 1, starter.name, starter.about);
    STARTERS.iter().enumerate().map(line).collect()
}

/// The starter of that number or name.
fn find_starter(answer: &str) -> Option<&'static Starter> {
    let (_, found) =
        (1..).zip(&STARTERS).find(|(number, starter)| starter.name == answer || answer.parse() == Ok(*number))?;
    Some(found)
}

/// Writes every file.
fn write_starter(starter: &Starter, dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    write_folder(&starter.files, dir)?;
    match write_new(&dir.join(".gitignore"), IGNORED.as_bytes()) {
        // Somebody's own list of what git leaves out stays as it is.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

fn write_folder(folder: &Dir, to: &Path) -> io::Result<()> {
    for file in folder.files() {
        write_new(&to.join(file.path()), file.contents())?;
    }
    for inner in folder.dirs() {
        fs::create_dir_all(to.join(inner.path()))?;
        write_folder(inner, to)?;
    }
    Ok(())
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests;
