//! What all commands that edit sources have in common: they end what was interrupted, and need to have read everything.

use std::error::Error;

use super::arguments::{Access, Command, Global};
use super::terminal::Terminal;
use crate::base::{Drafts, SourceContent, Sources};
use crate::disk::{self, Direction, RealDisk, Recovered, SourceEdit, Transaction, WriteError};
use crate::report::plural;

/// Ends what an interrupted command has left among the sources, or names it where this command only reads them.
pub fn begin(global: &Global, command: &Command, terminal: &Terminal) -> Result<(), WriteError> {
    match command.access() {
        Access::Writes => {
            if let Some(recovered) = disk::recover_edits(&RealDisk::default(), &global.root)? {
                tell(&recovered, terminal);
            }
        }
        Access::Reads => match disk::pending_edits(&global.root) {
            Ok(None) => {}
            Ok(Some(paths)) => terminal.warn(WriteError::Pending { paths }),
            Err(error) => terminal.warn(error),
        },
        Access::None => {}
    }
    Ok(())
}

fn tell(recovered: &Recovered, terminal: &Terminal) {
    let files = plural(recovered.paths.len(), "file", "files");
    match recovered.direction {
        Direction::Forward => terminal.say(format_args!("an interrupted edit of {files} is finished")),
        Direction::Back => {
            terminal.say(format_args!("an interrupted edit of {files} had changed none, and is dropped"))
        }
    }
    for path in &recovered.left {
        terminal.warn(format_args!(
            "`{path}` is neither as it was before that edit nor as it was to be, and stays as it is: look at it"
        ));
    }
}

/// Changes the sources: all of them, or none.
pub fn commit(global: &Global, edits: Vec<SourceEdit>) -> Result<(), WriteError> {
    Transaction::begin(&RealDisk::default(), &global.root)?.commit(edits)
}

/// All sources, for a command that writes some of them: what could not be read may have a say in it.
pub fn read_whole(global: &Global) -> Result<Sources, Box<dyn Error>> {
    let sources = global.read(None, Drafts::Include)?;
    refuse_unread(&sources)?;
    Ok(sources)
}

/// Refuses sources of which some could not be read.
pub fn refuse_unread(sources: &Sources) -> Result<(), String> {
    let unread = sources.iter().find_map(|(path, source)| match source.content() {
        SourceContent::Unreadable(why) => Some((path, why)),
        SourceContent::Bytes(_) => None,
    });
    match unread {
        Some((path, why)) => Err(format!("`{path}` could not be read, so nothing is written: {why}")),
        None => Ok(()),
    }
}
