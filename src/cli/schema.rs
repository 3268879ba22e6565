//! `betwixt schema`: what may stand in `site.toml` and in each front matter, for editors.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::arguments::{Global, Schema};
use super::build::plural;
use super::terminal::Terminal;
use super::{Outcome, unknown};
use crate::base::{Diagnostic, Drafts};
use crate::content::{Role, schema as matter};
use crate::cures;
use crate::disk::{self, Disk, RealDisk, WriteError};
use crate::pipeline;
use crate::site::schema::{self as settings, Completions};
use crate::site::{CONTENT, Site};

/// The folder of the guide that the schemas are written into: hidden, as nobody edits them.
const FOLDER: &str = ".schemas";
/// The name of the schema of the settings; no kind can have it.
const SETTINGS: &str = "site.toml";

/// Prints one schema, lists all, or writes them.
pub fn run(global: &Global, options: &Schema, terminal: &Terminal) -> Outcome {
    let sources = match disk::read(&global.root, global.config.as_ref(), global.request(None, Drafts::Include)) {
        Ok(sources) => sources,
        Err(error) => {
            terminal.fail(error);
            return Outcome::Problems;
        }
    };
    let (site, diagnostics) = cures::read_site(&sources, &sources.request.configuration);
    let site = match site {
        Some(site) if !diagnostics.iter().any(Diagnostic::is_error) => site,
        _ => {
            terminal.report(&diagnostics, &sources);
            return Outcome::Problems;
        }
    };
    let sheets = sheets(&global.config, &site, &pipeline::completions(&sources, &site));
    let answer = match (&options.write, &options.name) {
        (Some(dirs), _) => write(global, dirs.first(), &sheets, terminal),
        (None, Some(name)) => print(name, &sheets, terminal),
        (None, None) => {
            terminal.result(table(sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.of.as_str()))));
            Ok(())
        }
    };
    match answer {
        Ok(()) => Outcome::Done,
        Err(message) => {
            terminal.fail(message);
            Outcome::Problems
        }
    }
}

/// A schema with what it is for.
struct Sheet {
    /// By which it is asked for.
    name: String,
    /// The files that it is for: `content/signs/*.md`.
    of: String,
    /// Itself.
    schema: Value,
}

impl Sheet {
    fn text(&self) -> String {
        format!("{:#}\n", self.schema)
    }

    fn file(&self) -> String {
        format!("{}.schema.json", self.name)
    }
}

/// Every schema of a guide.
fn sheets(configuration: &str, site: &Site, completions: &Completions) -> Vec<Sheet> {
    let rules = &site.rules;
    let sheet = |name: &str, of: String, schema: Value| Sheet { name: name.to_owned(), of, schema };
    let mut sheets = vec![sheet(SETTINGS, configuration.to_owned(), settings::of_settings(completions))];
    for kind in &rules.kinds {
        let of = format!("{CONTENT}/{}/*.md", kind.folder);
        sheets.push(sheet(&kind.name, of, matter::front_matter(Some(kind), Role::Page, rules, completions)));
    }
    for (name, role, of) in
        [("page", Role::Page, "*.md"), ("section", Role::Section, "*/_index.md"), ("home", Role::Home, "_index.md")]
    {
        let of = format!("{CONTENT}/{of}");
        sheets.push(sheet(name, of, matter::front_matter(None, role, rules, completions)));
    }
    sheets
}

/// Prints the schema of that name; `site` is short for `site.toml` where no kind is called so.
fn print(name: &str, sheets: &[Sheet], terminal: &Terminal) -> Result<(), String> {
    let find = |name: &str| sheets.iter().find(|sheet| sheet.name == name);
    let Some(sheet) = find(name).or_else(|| find(&format!("{name}.toml"))) else {
        return Err(unknown("schema", name, &sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>()));
    };
    terminal.result(sheet.text());
    Ok(())
}

/// Writes all schemas into a folder, and says how to connect them.
fn write(global: &Global, dir: Option<&PathBuf>, sheets: &[Sheet], terminal: &Terminal) -> Result<(), String> {
    let dir = dir.cloned().unwrap_or_else(|| global.root.join(FOLDER));
    let folder = disk::check_output(&global.root, global.config.as_ref(), &dir).map_err(|error| match error {
        WriteError::Sources { output, meets } => {
            let (output, meets) = (output.display(), meets.display());
            format!(
                "`{output}` and `{meets}`, from which the site is made, lie one in the other: name a folder of its own"
            )
        }
        error => error.to_string(),
    })?;
    let failed = |path: &Path, error: io::Error| format!("`{}` cannot be written: {error}", path.display());
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, error))?;
    let mut written = 0;
    for sheet in sheets {
        let path = folder.join(sheet.file());
        written += usize::from(put(&path, sheet.text().as_bytes()).map_err(|error| failed(&path, error))?);
    }
    let same = sheets.len() - written;
    terminal.say(format_args!(
        "{} written to `{}`, {same} as they were",
        plural(written, "file", "files"),
        dir.strip_prefix(".").unwrap_or(&dir).display()
    ));
    let to = |sheet: &Sheet| reference(&global.root, &folder, &sheet.of, &sheet.file());
    let (settings, pages) = sheets.split_first().expect("every guide has settings");
    terminal.say(format_args!(
        "to connect `{}` (Even Better TOML, Taplo), make this its first line:\n\n#:schema {}\n",
        settings.of,
        to(settings)
    ));
    terminal.say("to connect a page (editors that give its front matter to the YAML language server):\n");
    for sheet in pages {
        let line = format!("# yaml-language-server: $schema={}", to(sheet));
        terminal.say(format_args!("below the first `---` of `{}`, put this line:\n\n{line}\n", sheet.of));
    }
    Ok(())
}

/// Two columns.
fn table<'t>(rows: impl Iterator<Item = (&'t str, &'t str)> + Clone) -> String {
    let width = rows.clone().map(|(first, _)| first.len()).max().unwrap_or_default();
    rows.fold(String::new(), |text, (first, second)| text + &format!("{first:width$}  {second}\n"))
}

/// Writes a file whole or not at all; `false` if it is so already.
fn put(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|known| known == bytes) {
        return Ok(false);
    }
    let disk = RealDisk::default();
    let made = path.with_extension("betwixt");
    if fs::symlink_metadata(&made).is_ok() {
        disk.remove_file(&made)?;
    }
    disk.write_new(&made, bytes)?;
    disk.sync(&made)?;
    disk.rename(&made, path)?;
    Ok(true)
}

/// How `file`, below the root, names another in `folder`: from its own place, if both lie in the guide.
fn reference(root: &Path, folder: &Path, file: &str, name: &str) -> String {
    let below = root.canonicalize().ok().and_then(|root| folder.strip_prefix(root).map(PathBuf::from).ok());
    let Some(below) = below else { return folder.join(name).display().to_string() };
    let up = match Path::new(file).components().count().saturating_sub(1) {
        0 => "./".to_owned(),
        above => "../".repeat(above),
    };
    format!("{up}{}", below.join(name).display()).replace('\\', "/")
}
