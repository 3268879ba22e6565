//! `betwixt schema`: what may stand in `site.toml` and in each front matter, for editors.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::arguments::{Global, Schema};
use super::terminal::Terminal;
use super::{Answer, Outcome, unknown};
use crate::base::{Diagnostic, Drafts};
use crate::content::{Role, schema as matter};
use crate::cures;
use crate::disk::{self, Disk, RealDisk, WriteError};
use crate::pipeline;
use crate::report::plural;
use crate::site::schema::{self as settings, Completions};
use crate::site::{CONTENT, Site};

/// The folder of the guide that the schemas are written into: hidden, as nobody edits them.
const FOLDER: &str = ".schemas";
/// The name of the schema of the settings; no kind can have it.
const SETTINGS: &str = "site.toml";

/// Prints one schema, lists all, or writes them.
pub fn run(global: &Global, options: &Schema, terminal: &Terminal) -> Answer {
    let sources = global.read(None, Drafts::Include)?;
    let (site, diagnostics) = cures::read_site(&sources, &sources.request.configuration);
    let site = match site {
        Some(site) if !diagnostics.iter().any(Diagnostic::is_error) => site,
        _ => {
            terminal.report(&diagnostics, &sources);
            return Ok(Outcome::Problems);
        }
    };
    let schemas = collect_schemas(&global.config, &site, &pipeline::completions(&sources, &site));
    match (&options.write, &options.name) {
        (Some(dirs), _) => write(global, dirs.first(), &schemas, terminal)?,
        (None, Some(name)) => print(name, &schemas, terminal)?,
        (None, None) => {
            terminal.result(format_table(schemas.iter().map(|schema| (schema.name.as_str(), schema.of.as_str()))));
        }
    }
    Ok(Outcome::Done)
}

/// A schema with what it is for.
struct NamedSchema {
    /// By which it is asked for.
    name: String,
    /// The files that it is for: `content/folder/*.md`.
    of: String,
    /// Itself.
    value: Value,
}

impl NamedSchema {
    fn new(name: &str, of: String, value: Value) -> Self {
        Self { name: name.to_owned(), of, value }
    }

    fn text(&self) -> String {
        format!("{:#}\n", self.value)
    }

    fn file(&self) -> String {
        format!("{}.schema.json", self.name)
    }
}

/// Every schema of a guide.
fn collect_schemas(configuration: &str, site: &Site, completions: &Completions) -> Vec<NamedSchema> {
    let rules = &site.rules;
    let mut schemas = vec![NamedSchema::new(SETTINGS, configuration.to_owned(), settings::of_settings(completions))];
    for kind in rules.declared() {
        let of = format!("{CONTENT}/{}/*.md", kind.folder);
        schemas.push(NamedSchema::new(
            &kind.name,
            of,
            matter::front_matter(Some(kind), Role::Page, rules, completions),
        ));
    }
    for (name, role, of) in
        [("page", Role::Page, "*.md"), ("section", Role::Section, "*/_index.md"), ("home", Role::Home, "_index.md")]
    {
        let of = format!("{CONTENT}/{of}");
        let kind = site.kind(name);
        schemas.push(NamedSchema::new(name, of, matter::front_matter(kind, role, rules, completions)));
    }
    schemas
}

/// Prints the schema of that name; `site` is short for `site.toml` where no kind is called so.
fn print(name: &str, schemas: &[NamedSchema], terminal: &Terminal) -> Result<(), String> {
    let named = schemas.iter().find(|schema| schema.name == name);
    let Some(schema) = named.or_else(|| schemas.iter().find(|schema| schema.name.strip_suffix(".toml") == Some(name)))
    else {
        return Err(unknown("schema", name, &schemas.iter().map(|schema| schema.name.as_str()).collect::<Vec<_>>()));
    };
    terminal.result(schema.text());
    Ok(())
}

/// Writes all schemas into a folder, and says how to connect them.
fn write(global: &Global, dir: Option<&PathBuf>, schemas: &[NamedSchema], terminal: &Terminal) -> Result<(), String> {
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
    fs::create_dir_all(&folder).map_err(|error| describe_failure(&folder, &error))?;
    let mut written = 0;
    for schema in schemas {
        let path = folder.join(schema.file());
        written += usize::from(
            write_if_changed(&path, schema.text().as_bytes()).map_err(|error| describe_failure(&path, &error))?,
        );
    }
    let same = schemas.len() - written;
    terminal.say(format_args!(
        "{} written to `{}`, {same} as they were",
        plural(written, "file", "files"),
        dir.strip_prefix(".").unwrap_or(&dir).display()
    ));
    let (settings, pages) = schemas.split_first().expect("every guide has settings");
    terminal.say(format_args!(
        "to connect `{}` (Even Better TOML, Taplo), make this its first line:\n\n#:schema {}\n",
        settings.of,
        name_from_files(&global.root, &folder, settings)
    ));
    terminal.say("to connect a page (editors that give its front matter to the YAML language server):\n");
    for schema in pages {
        let line = format!("# yaml-language-server: $schema={}", name_from_files(&global.root, &folder, schema));
        terminal.say(format_args!("below the first `---` of `{}`, put this line:\n\n{line}\n", schema.of));
    }
    Ok(())
}

fn describe_failure(path: &Path, error: &io::Error) -> String {
    format!("`{}` cannot be written: {error}", path.display())
}

/// Two columns.
fn format_table<'t>(rows: impl Iterator<Item = (&'t str, &'t str)> + Clone) -> String {
    let width = rows.clone().map(|(first, _)| first.len()).max().unwrap_or_default();
    rows.fold(String::new(), |text, (first, second)| text + &format!("{first:width$}  {second}\n"))
}

/// Writes a file whole or not at all; `false` if it is so already.
fn write_if_changed(path: &Path, bytes: &[u8]) -> io::Result<bool> {
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

/// How the files of a schema, below the root, name it in `folder`: from their own place, if both lie in the guide.
fn name_from_files(root: &Path, folder: &Path, schema: &NamedSchema) -> String {
    let (file, name) = (&schema.of, schema.file());
    let below = root.canonicalize().ok().and_then(|root| folder.strip_prefix(root).map(PathBuf::from).ok());
    let Some(below) = below else { return folder.join(name).display().to_string() };
    let up = match Path::new(file).components().count().saturating_sub(1) {
        0 => "./".to_owned(),
        above => "../".repeat(above),
    };
    format!("{up}{}", below.join(name).display()).replace('\\', "/")
}
