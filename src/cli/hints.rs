//! What was typed → the arguments; or, where it was meant otherwise, a sentence that says how to type it.

use std::env;
use std::io::{self, Write as _};
use std::process;

use clap::error::ErrorKind;
use clap::{CommandFactory, Error, Parser};

use super::arguments::Arguments;

/// Words that people type for a command, with the command.
const COMMANDS: [(&str, &[&str]); 6] = [
    ("serve", &["start", "open", "run", "preview", "show", "dev", "view"]),
    ("build", &["publish", "make", "generate", "deploy", "render", "export"]),
    ("check --fix", &["fix", "mend", "repair", "correct", "lint"]),
    ("check", &["test", "validate", "verify"]),
    ("mv", &["rename", "move"]),
    ("new", &["add", "create"]),
];

/// The arguments of this process; where they make no sense, says what to type instead and ends with code 2.
pub fn parse_arguments() -> Arguments {
    let typed: Vec<String> = env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    if let Some(hint) = find_long_dash(&typed) {
        exit_with(&hint);
    }
    Arguments::try_parse().unwrap_or_else(|error| match find_hint(&typed, &error) {
        Some(hint) => exit_with(&hint),
        None => error.exit(),
    })
}

fn exit_with(hint: &str) -> ! {
    let _ = writeln!(io::stderr().lock(), "error: {hint}");
    process::exit(2);
}

/// Is it the long name of an option?
fn is_option(name: &str) -> bool {
    let command = Arguments::command();
    let all = command.get_subcommands().flat_map(clap::Command::get_arguments).chain(command.get_arguments());
    let name = name.split('=').next().unwrap_or_default();
    let mut names = all.flat_map(|argument| argument.get_long_and_visible_aliases().unwrap_or_default());
    names.any(|known| known == name)
}

/// An option that begins with the dash that word processors make of two hyphens.
fn find_long_dash(typed: &[String]) -> Option<String> {
    typed.iter().find_map(|word| {
        let name = word.trim_start_matches(['-', '\u{2013}', '\u{2014}', '\u{2212}']);
        let is_meant = name.len() < word.len() && !word[..word.len() - name.len()].is_ascii() && is_option(name);
        is_meant.then(|| format!("`{word}` begins with a long dash: type two hyphens, `--{name}`"))
    })
}

/// What was most likely meant.
fn find_hint(typed: &[String], error: &Error) -> Option<String> {
    let words: Vec<&str> = typed.iter().map(String::as_str).collect();
    let one_hyphen =
        words.iter().find_map(|word| word.strip_prefix('-').filter(|name| name.len() > 1 && is_option(name)));
    match (error.kind(), &words[..]) {
        (ErrorKind::UnknownArgument, _) if one_hyphen.is_some() => {
            one_hyphen.map(|name| format!("`-{name}` begins with one hyphen: type two, `--{name}`"))
        }
        (ErrorKind::InvalidSubcommand, words) => {
            let word = words.iter().find(|word| !word.starts_with('-'))?;
            let (command, _) = COMMANDS.iter().find(|(_, others)| others.contains(word))?;
            Some(format!("there is no command `{word}`; `betwixt {command}` does that"))
        }
        (ErrorKind::ValueValidation, words) if error.to_string().contains("--port") => {
            let port = words.iter().skip_while(|word| !word.starts_with("--port") && !word.starts_with("-p"));
            let port = port.flat_map(|word| word.split('=')).find(|word| !word.starts_with('-'));
            let port = port.map_or_else(String::new, |port| format!("`{port}` is no port: "));
            Some(format!("{port}write a number from 1 to 65535, or leave `--port` out"))
        }
        (ErrorKind::UnknownArgument, ["list", kind]) if !kind.starts_with('-') => {
            Some(format!("`betwixt list --kind {kind}` lists the pages of the kind `{kind}`"))
        }
        (ErrorKind::UnknownArgument, ["mv", _, _, third, ..]) if !third.starts_with('-') => Some(
            "there are more than two names here: put a name with spaces in quotes, as in \
                  `betwixt mv walk.md \"content/Ten Minutes.md\"`"
                .to_owned(),
        ),
        (ErrorKind::UnknownArgument, ["new", kind, title @ ..]) if title.iter().all(|word| !word.starts_with('-')) => {
            Some(format!("put the title in quotes: `betwixt new {kind} \"{}\"`", title.join(" ")))
        }
        _ => None,
    }
}
