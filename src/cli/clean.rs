//! `betwixt clean`: takes away what was published, and nothing else.

use super::Outcome;
use super::arguments::{Clean, Global};
use super::build::output_folder;
use super::terminal::Terminal;
use crate::base::Drafts;
use crate::cures;
use crate::disk::{self, RealDisk};
use crate::report::plural;

/// Removes the files that the published folder's own list names.
pub fn run(global: &Global, options: &Clean, terminal: &Terminal) -> Outcome {
    let cleaned = disk::read(&global.root, global.config.as_ref(), global.request(None, Drafts::Leave))
        .map_err(|error| error.to_string())
        .and_then(|sources| {
            let (site, diagnostics) = cures::read_site(&sources, &sources.request.configuration);
            if site.is_none() && options.output.is_none() {
                terminal.report(&diagnostics, &sources);
                return Err("which folder to clean stands in the configuration".to_owned());
            }
            let folder = output_folder(global, options.output.as_ref(), site.as_ref().map(|site| &*site.output));
            let folder =
                disk::check_output(&global.root, global.config.as_ref(), &folder).map_err(|error| error.to_string())?;
            disk::clean(&RealDisk::default(), &folder).map_err(|error| error.to_string())
        });
    match cleaned {
        Ok(removed) => {
            terminal.say(format_args!("{} removed", plural(removed, "file", "files")));
            Outcome::Done
        }
        Err(message) => {
            terminal.fail(message);
            Outcome::Problems
        }
    }
}
