//! No `site.toml` where one was looked for → where it most likely is, and what to type.

use std::fs;
use std::path::Path;

/// The names under which a configuration is saved by mistake, or by other programs.
const NEAR: [&str; 10] = [
    "site.toml.txt",
    "site.txt",
    "site.tml",
    "sites.toml",
    "site.yaml",
    "site.yml",
    "config.toml",
    "betwixt.toml",
    "book.toml",
    "hugo.toml",
];

/// What to do if `root` does not hold the configuration, if that can be told from the files and folders nearby.
pub fn suggest_configuration(root: &Path, config: &str) -> Option<String> {
    if root.join(config).exists() {
        return None;
    }
    let mut names: Vec<String> =
        fs::read_dir(root).ok()?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in &names {
        let lower = name.to_lowercase();
        if lower == config || NEAR.contains(&lower.as_str()) {
            return Some(format!("`{name}` lies here: if that is it, call it `{config}`"));
        }
    }
    if let Some(name) = names.iter().find(|name| root.join(name).join(config).is_file()) {
        let folder = if root == Path::new(".") { Path::new(name).to_owned() } else { root.join(name) };
        return Some(format!(
            "there is a guide in `{0}`: add `--root \"{0}\"`, or change to that folder",
            folder.display()
        ));
    }
    let whole = root.canonicalize().ok()?;
    let above = whole.ancestors().skip(1).find(|folder| folder.join(config).is_file())?;
    Some(format!(
        "this folder is a part of the guide in `{0}`: add `--root \"{0}\"`, or change to that folder",
        above.display()
    ))
}
