//! Where words go: results to standard output, everything else to standard error; colour only for people.

use std::cell::Cell;
use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::time::Duration;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::{FormatName, Global, When};
use crate::base::{Diagnostic, Sources, steers};
use crate::report::{self, Colour, Format};

/// How much to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Loudness {
    Quiet,
    Normal,
    Verbose,
}

/// The two streams, and how to write to them.
#[derive(Debug)]
pub struct Terminal {
    loudness: Loudness,
    format: FormatName,
    colour: Colour,
    /// When to use colour, as asked for.
    color: When,
    /// Whether a result could not be written.
    has_lost: Cell<bool>,
}

impl Terminal {
    /// As the arguments and the environment ask for it.
    pub fn new(global: &Global) -> Self {
        let colour = choose_colour(global.color, &io::stderr());
        let loudness = match (global.quiet, global.verbose) {
            (true, _) => Loudness::Quiet,
            (false, true) => Loudness::Verbose,
            (false, false) => Loudness::Normal,
        };
        Self { loudness, format: global.format, colour, color: global.color, has_lost: Cell::new(false) }
    }

    /// Writes a result. A reader that went away is no mistake of ours; a full disk is said, once.
    pub fn result(&self, text: impl Display) {
        let mut out = io::stdout().lock();
        match write!(out, "{text}").and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe && !self.has_lost.replace(true) => {
                self.fail(format_args!("the result cannot be written: {error}"));
            }
            _ => {}
        }
    }

    /// Shows a result that only people read.
    pub fn show(&self, text: &str) {
        if self.format == FormatName::Human {
            self.result(text);
        }
    }

    /// The colour of results.
    pub fn result_colour(&self) -> Colour {
        choose_colour(self.color, &io::stdout())
    }

    /// Could a result not be written?
    pub fn has_lost_results(&self) -> bool {
        self.has_lost.get()
    }

    /// Says how things went, unless asked to be quiet.
    pub fn say(&self, text: impl Display) {
        if self.loudness >= Loudness::Normal {
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// Says what only somebody who is looking wants to know.
    pub fn say_to_person(&self, text: impl Display) {
        if self.loudness == Loudness::Verbose || (self.loudness == Loudness::Normal && io::stderr().is_terminal()) {
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// Is somebody there who sees what is asked, and can answer?
    #[expect(clippy::unused_self, reason = "all that is known of the terminal is asked of it")]
    pub fn has_person(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Says more than most want to know.
    pub fn detail(&self, text: impl Display) {
        if self.loudness == Loudness::Verbose {
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// Says what is wrong with the world: a folder, a file, a disk.
    pub fn fail(&self, text: impl Display) {
        let text = plain(&text.to_string());
        let (on, off) = if self.colour == Colour::Styled {
            ("\u{1b}[1m\u{1b}[91merror\u{1b}[0m\u{1b}[1m", "\u{1b}[0m")
        } else {
            ("error", "")
        };
        let _ = writeln!(io::stderr().lock(), "{on}: {text}{off}");
    }

    /// Says what did not go as it should, though the work is done.
    #[expect(clippy::unused_self, reason = "all writing goes through the terminal")]
    pub fn warn(&self, text: impl Display) {
        let _ = writeln!(io::stderr().lock(), "warning: {}", plain(&text.to_string()));
    }

    /// Reports complaints: to people on standard error, to machines on standard output.
    pub fn report(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        let format = match self.format {
            FormatName::Human => Format::Human { colour: self.colour, width: width() },
            FormatName::Json => Format::Json,
            FormatName::Github => Format::Github,
            FormatName::Sarif => Format::Sarif(super::explain::summary),
        };
        let text = report::render(diagnostics, sources, format);
        match self.format {
            FormatName::Human => drop(write!(io::stderr().lock(), "{text}")),
            _ => self.result(text),
        }
    }

    /// A bar that shows how many of `count` addresses were asked for, to a person who is looking.
    pub fn progress(&self, count: usize) -> ProgressBar {
        let bar = self.bar(count, "{bar:30} {pos} of {len} addresses of other sites asked ({elapsed})");
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }

    /// A bar that shows how far a build of so many pages is, to a person who is looking: each is parsed, and each file rendered. It is
    /// drawn when it is first moved.
    pub fn build_bar(&self, pages: usize) -> ProgressBar {
        self.bar(2 * pages, &format!("{{bar:30}} {{percent}} % of {pages} pages ({{eta}} left)"))
    }

    fn bar(&self, count: usize, template: &str) -> ProgressBar {
        if self.loudness < Loudness::Normal || self.format != FormatName::Human || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template(template).expect("the template is right");
        ProgressBar::new(count as u64).with_style(style.progress_chars("=> "))
    }

    /// Are results meant for a program?
    pub fn is_for_machines(&self) -> bool {
        self.format == FormatName::Json
    }
}

/// Whether what goes to a stream is coloured.
fn choose_colour(asked: When, stream: &impl RawStream) -> Colour {
    let choice = match asked {
        When::Always => ColorChoice::Always,
        When::Never => ColorChoice::Never,
        When::Auto => AutoStream::choice(stream),
    };
    if choice == ColorChoice::Never { Colour::Plain } else { Colour::Styled }
}

/// `text` without signs that could steer a terminal: control characters and marks that turn the writing direction.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c != '\n' && steers(c) { '\u{fffd}' } else { c }).collect()
}

/// The width of the terminal in columns; 120 where there is none.
fn width() -> usize {
    if !io::stderr().is_terminal() {
        return 120;
    }
    terminal_columns().unwrap_or(120)
}

#[cfg(unix)]
fn terminal_columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stderr()).ok()?;
    (size.ws_col > 20).then_some(size.ws_col.into())
}

#[cfg(not(unix))]
fn terminal_columns() -> Option<usize> {
    None
}
