//! `betwixt man`, `completions` and `explain`: what the program says of itself, made from its own text.

use clap::CommandFactory;
use clap_mangen::roff::{Roff, bold, roman};

use super::arguments::{Arguments, Completions, Explain};
use super::explain::{explain as explanation, manual as all_explained, summary};
use super::terminal::Terminal;
use super::{Answer, Outcome};
use crate::base::{Code, nearest};

/// Prints the manual page in roff.
pub fn print_page(terminal: &Terminal) -> Answer {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    list_complaints().to_writer(&mut page)?;
    terminal.result(String::from_utf8_lossy(&page));
    Ok(Outcome::Done)
}

/// The codes of all complaints, as a section of the manual page.
fn list_complaints() -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["COMPLAINTS"]).text([roman("`betwixt explain CODE` tells more of each of them.")]);
    for code in Code::all() {
        section.control("TP", []).text([bold(code.name())]).text([roman(summary(code))]);
    }
    section
}

/// Prints a shell's completions.
pub fn print_completions(options: &Completions, terminal: &Terminal) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "betwixt", &mut script);
    terminal.result(String::from_utf8_lossy(&script));
    Outcome::Done
}

/// Explains one code or all of them, or lists them.
pub fn explain(options: &Explain, terminal: &Terminal) -> Answer {
    if options.all {
        terminal.result(all_explained());
        return Ok(Outcome::Done);
    }
    let Some(code) = &options.code else {
        for code in Code::all() {
            terminal.result(format_args!("{code:<26} {}\n", summary(code)));
        }
        return Ok(Outcome::Done);
    };
    let code = code.trim_start_matches("error").trim_start_matches("warning").trim_matches(['[', ']']).to_lowercase();
    if let Ok(code) = code.parse() {
        terminal.result(explanation(code));
        return Ok(Outcome::Done);
    }
    let near = nearest(&code, Code::all().map(Code::name))
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(format!("there is no code `{code}`{near}").into())
}
