//! The `betwixt` command: one file a subcommand; the only room that prints, and the only one that knows the terminal.

#![expect(
    clippy::disallowed_methods,
    reason = "this room is an edge: it knows the clock, the disk and the environment"
)]

mod arguments;
mod build;
mod check;
mod clean;
mod day;
mod edits;
mod explain;
mod external;
mod hints;
mod init;
mod interrupt;
mod list;
mod locate_config;
mod manual;
mod mv;
mod new;
mod schema;
mod serve;
mod starters;
mod terminal;
mod watch;
mod watch_log;

use std::error::Error;
use std::process::ExitCode;

use arguments::{Command, Global};
use terminal::Terminal;

use crate::base::{in_backticks, nearest};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Done,
    /// Something is wrong with the content, the configuration, the theme or the disk, and it has been said.
    Problems,
    /// The person who called it has ended it.
    Interrupted,
}

/// What came of a command, or why it could not be done.
type Answer = Result<Outcome, Box<dyn Error>>;

/// What is said of a kind that is not among the `known` ones.
fn unknown_kind(name: &str, known: &[&str]) -> String {
    unknown("kind", name, known)
}

/// What is said of a thing of this sort that is not among the `known` ones.
fn unknown(sort: &str, name: &str, known: &[&str]) -> String {
    let list = in_backticks(known, ", ");
    let near = nearest(name, known.iter().copied());
    let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
    format!("there is no {sort} `{name}`{near}; the {sort}s are {list}")
}

/// Runs the command that the process was called with. Exit code 0: done; 1: problems; 2: it was called wrongly.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = hints::parse_arguments();
    let global = arguments.global.in_folder(arguments.command.folder()).in_plain_form();
    // Files are read with these, and the thread that waits for the others works with them. Where it cannot, they work alone.
    let pool = crate::watch::threads().use_current_thread();
    let _ = pool.build_global();
    let terminal = Terminal::new(&global);
    if let Err(message) = day::today() {
        terminal.fail(message);
        return ExitCode::from(2);
    }
    if let Some(folder) = arguments.command.folder().filter(|folder| folder.is_file()) {
        terminal.fail(format_args!(
            "`{}` is a file, and the whole guide is looked at: leave it out, or name the guide's folder",
            folder.display()
        ));
        return ExitCode::from(2);
    }
    let outcome = execute(&global, &arguments.command, &terminal).unwrap_or_else(|error| {
        terminal.fail(error);
        Outcome::Problems
    });
    match outcome {
        Outcome::Done if !terminal.has_lost_results() => ExitCode::SUCCESS,
        Outcome::Done | Outcome::Problems => ExitCode::from(1),
        Outcome::Interrupted => ExitCode::from(interrupt::INTERRUPTED),
    }
}

fn execute(global: &Global, command: &Command, terminal: &Terminal) -> Answer {
    edits::begin(global, command, terminal)?;
    match command {
        Command::Build(options) => build::run(global, options, terminal),
        Command::Watch(options) => watch::run(&global.with_absolute_root(), options, terminal),
        Command::Serve(options) => serve::run(&global.with_absolute_root(), options, terminal),
        Command::Check(options) => check::run(global, options, terminal),
        Command::Init(options) => init::run(global, options, terminal),
        Command::New(options) => new::run(global, options, terminal),
        Command::Mv(options) => mv::run(global, options, terminal),
        Command::List(options) => list::run(global, options, terminal),
        Command::Clean(options) => clean::run(global, options, terminal),
        Command::Explain(options) => manual::explain(options, terminal),
        Command::Schema(options) => schema::run(global, options, terminal),
        Command::Completions(options) => Ok(manual::print_completions(options, terminal)),
        Command::Man => manual::print_page(terminal),
    }
}
