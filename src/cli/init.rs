//! `betwixt init`: a small whole guide to start from.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::arguments::{Global, Init};
use super::terminal::Terminal;
use super::{Answer, Outcome};

/// The guide that every new guide begins as.
static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");
/// What git is told to leave out.
const IGNORED: &str = "/public/\n/.public.betwixt/\n";

/// Writes the starter into a new or empty folder.
pub fn run(global: &Global, options: &Init, terminal: &Terminal) -> Answer {
    let dir = options.dir.as_ref().unwrap_or(&global.root);
    let folder = dir.display();
    match start(dir) {
        Ok(None) => {
            terminal.say(format_args!("a new guide is in `{folder}`: edit the files in its folder `content`"));
            terminal.say(format_args!("build it:    betwixt build --root \"{folder}\""));
            terminal.say(format_args!("see it:      betwixt serve --root \"{folder}\" --open"));
            Ok(Outcome::Done)
        }
        Ok(Some(name)) => Err(format!(
            "`{folder}` is not empty: it holds `{name}`; name a new folder, such as `betwixt init my-guide`"
        )
        .into()),
        Err(error) => Err(format!("the guide cannot be written into `{folder}`: {error}").into()),
    }
}

/// Writes every file; gives the name of the first thing that is there already, if the folder is not empty.
fn start(dir: &Path) -> io::Result<Option<String>> {
    fs::create_dir_all(dir)?;
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            return Ok(Some(name));
        }
    }
    write_folder(&STARTER, dir)?;
    match write_new(&dir.join(".gitignore"), IGNORED.as_bytes()) {
        // Somebody's own list of what git leaves out stays as it is.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        other => other.map(|()| None),
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
