//! The `betwixt` command.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    betwixt::cli::run()
}
