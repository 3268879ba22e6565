//! `betwixt clean`: takes away what was published, and nothing else.

use super::arguments::{Clean, Global};
use super::build::output_folder;
use super::terminal::Terminal;
use super::{Answer, Outcome};
use crate::base::Drafts;
use crate::cures;
use crate::disk::{self, RealDisk};
use crate::report::plural;

/// Removes the files that the published folder's own list names.
pub fn run(global: &Global, options: &Clean, terminal: &Terminal) -> Answer {
    let sources = global.read(None, Drafts::Leave)?;
    let (site, diagnostics) = cures::read_site(&sources, &sources.request.configuration);
    if site.is_none() && options.output.is_none() {
        terminal.report(&diagnostics, &sources);
        return Err("which folder to clean stands in the configuration".into());
    }
    let folder = output_folder(global, options.output.as_ref(), site.as_ref().map(|site| &*site.output));
    let folder = disk::check_output(&global.root, global.config.as_ref(), &folder)?;
    let removed = disk::clean(&RealDisk::default(), &folder)?;
    terminal.say(format_args!("{} removed", plural(removed, "file", "files")));
    Ok(Outcome::Done)
}
