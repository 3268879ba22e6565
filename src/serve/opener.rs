//! A place in a source → the author's editor, opened there.
//!
//! The guide may be somebody else's: a file of theirs is never given to a program that could run it, and no link of
//! theirs leads out of the guide.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use crate::report::Spot;

/// Whether there is a screen on which a program could open a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desktop {
    /// There is one.
    Present,
    /// There is none, as on Linux without `DISPLAY` and `WAYLAND_DISPLAY`.
    Absent,
}

/// How an editor with windows is told a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// `--goto file:line:column`
    Goto,
    /// `file:line:column`
    Colons,
    /// `--line N --column N file`
    Options,
    /// `-l line:column file`
    Letter,
    /// `+line file`
    Plus,
}

/// The editors that have windows of their own and can be told a place.
const EDITORS: [(&str, Manner); 31] = [
    ("clion", Manner::Options),
    ("code", Manner::Goto),
    ("code-insiders", Manner::Goto),
    ("codium", Manner::Goto),
    ("cursor", Manner::Goto),
    ("goland", Manner::Options),
    ("gvim", Manner::Plus),
    ("idea", Manner::Options),
    ("idea.sh", Manner::Options),
    ("idea64", Manner::Options),
    ("idea64.exe", Manner::Options),
    ("kate", Manner::Options),
    ("mate", Manner::Letter),
    ("mvim", Manner::Plus),
    ("phpstorm", Manner::Options),
    ("positron", Manner::Goto),
    ("pycharm", Manner::Options),
    ("pycharm64", Manner::Options),
    ("rubymine", Manner::Options),
    ("rustrover", Manner::Options),
    ("subl", Manner::Colons),
    ("sublime_text", Manner::Colons),
    ("vscodium", Manner::Goto),
    ("webstorm", Manner::Options),
    ("webstorm64", Manner::Options),
    ("windsurf", Manner::Goto),
    ("xed", Manner::Plus),
    ("zed", Manner::Colons),
    ("zeditor", Manner::Colons),
    ("gedit", Manner::Plus),
    ("gnome-text-editor", Manner::Plus),
];

/// The endings of names that every system takes for text, which it shows and does not run.
const TEXTS: [&str; 6] = ["md", "toml", "yaml", "yml", "txt", "css"];

/// What may ask for sources to be opened, and for which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// What a request has to know.
    pub(super) secret: String,
    /// The endings that names of sources must have; with none of them, all may be opened.
    pub(super) endings: &'static [&'static str],
}

/// What opens a source.
#[derive(Debug, PartialEq, Eq)]
enum Means<'o> {
    /// The author's editor, and what it is told.
    Editor(&'o str, Vec<OsString>),
    /// The program that the system has for such files.
    System(PathBuf),
}

/// Opens sources in the author's editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opener {
    root: PathBuf,
    editor: Option<(String, Manner)>,
}

impl Opener {
    /// An opener of the sources below `root`, which must be an absolute path.
    ///
    /// `editors` are the values of `BETWIXT_EDITOR`, `VISUAL` and `EDITOR`, as far as they are set. The first that
    /// names an editor with windows of its own is taken; if none does, the system chooses a program for files that it can
    /// but show as text, and all others stay closed.
    /// `None` if there is no desktop.
    #[must_use]
    pub fn new(root: &Path, editors: &[String], desktop: Desktop) -> Option<Self> {
        let editor = editors.iter().find_map(|value| editor(value));
        (desktop == Desktop::Present).then(|| Self { root: root.to_owned(), editor })
    }

    /// The endings that names of sources must have to be opened; with none of them, all may be.
    pub(super) fn endings(&self) -> &'static [&'static str] {
        if self.editor.is_some() { &[] } else { &TEXTS }
    }

    /// Opens the place, and does not wait for it; `None` if it is none that may be opened. That nothing opens is seen
    /// by whoever clicked.
    #[must_use]
    pub(super) fn open(&self, spot: &Spot) -> Option<()> {
        // Starting a program may take a while on some systems.
        match self.means(spot)? {
            Means::System(file) => {
                std::thread::spawn(move || drop(open::that_detached(file)));
            }
            Means::Editor(program, arguments) => {
                let mut command = Command::new(program);
                command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
                std::thread::spawn(move || {
                    // Its end is waited for, so that the system can forget it.
                    let _ = command.status();
                });
            }
        }
        Some(())
    }

    /// What opens the place, if it is one that may be opened.
    fn means(&self, spot: &Spot) -> Option<Means<'_>> {
        let file = file(&self.root, Path::new(&spot.path))?;
        if let Some((program, arguments)) = self.command(spot) {
            return Some(Means::Editor(program, arguments));
        }
        let is_text = file.extension().is_some_and(|ending| TEXTS.iter().any(|text| ending == *text));
        is_text.then_some(Means::System(file))
    }

    /// The editor's program and what it is told; `None` if the system chooses.
    fn command(&self, spot: &Spot) -> Option<(&str, Vec<OsString>)> {
        let (program, manner) = self.editor.as_ref()?;
        let file = self.root.join(&spot.path).into_os_string();
        let Some((line, column)) = spot.at else { return Some((program, vec![file])) };
        let place = || {
            let mut place = file.clone();
            place.push(format!(":{line}:{column}"));
            place
        };
        let arguments = match manner {
            Manner::Goto => vec!["--goto".into(), place()],
            Manner::Colons => vec![place()],
            Manner::Options => {
                vec!["--line".into(), line.to_string().into(), "--column".into(), column.to_string().into(), file]
            }
            Manner::Letter => vec!["-l".into(), format!("{line}:{column}").into(), file],
            Manner::Plus => vec![format!("+{line}").into(), file],
        };
        Some((program, arguments))
    }
}

/// The file at this path below `root`: a regular one to which no link leads.
fn file(root: &Path, path: &Path) -> Option<PathBuf> {
    let mut file = root.to_owned();
    let mut kind = None;
    for component in path.components() {
        let Component::Normal(name) = component else { return None };
        file.push(name);
        // A link is what it is, and not what it leads to.
        let found = file.symlink_metadata().ok()?.file_type();
        if found.is_symlink() {
            return None;
        }
        kind = Some(found);
    }
    kind?.is_file().then_some(file)
}

/// The editor that a value such as `code --wait` or `/opt/my tools/subl` names, if it has windows and takes places.
fn editor(value: &str) -> Option<(String, Manner)> {
    let value = value.trim();
    let first = value.split_whitespace().next()?;
    [value, first].into_iter().find_map(|program| {
        let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
        let (_, manner) = EDITORS.iter().find(|(known, _)| *known == name)?;
        Some((program.to_owned(), *manner))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(editors: &[&str], at: Option<(usize, usize)>, expected: &[&str]) {
        let editors: Vec<String> = editors.iter().map(|editor| (*editor).to_owned()).collect();
        let opener = Opener::new(Path::new("/guide"), &editors, Desktop::Present).expect("there is a desktop");
        let spot = Spot { path: "content/a.md".to_owned(), at };
        let command = opener.command(&spot).map(|(program, arguments)| {
            let mut words = vec![program.to_owned()];
            words.extend(arguments.iter().map(|word| word.to_string_lossy().replace('\\', "/")));
            words
        });
        assert_eq!(command.unwrap_or_default(), expected, "{editors:?}");
    }

    #[test]
    fn each_editor_is_told_the_place_in_its_own_way() {
        let at = Some((4, 12));
        check(&["code --wait"], at, &["code", "--goto", "/guide/content/a.md:4:12"]);
        check(&["/opt/my tools/subl"], at, &["/opt/my tools/subl", "/guide/content/a.md:4:12"]);
        check(&["idea"], at, &["idea", "--line", "4", "--column", "12", "/guide/content/a.md"]);
        check(&["mate -w"], at, &["mate", "-l", "4:12", "/guide/content/a.md"]);
        check(&["zed"], None, &["zed", "/guide/content/a.md"]);
    }

    #[test]
    fn editors_within_a_terminal_are_left_alone() {
        check(&["vim", "nano -w", "", "sh -c code"], Some((4, 12)), &[]);
        check(&["vim", "gvim"], Some((4, 12)), &["gvim", "+4", "/guide/content/a.md"]);
    }

    /// Whether these are opened by an editor, by the system, or not at all.
    fn check_means(editors: &[String], root: &Path, expected: &[(&str, &str)]) {
        let opener = Opener::new(root, editors, Desktop::Present).expect("there is a desktop");
        for (path, means) in expected {
            let spot = Spot { path: (*path).to_owned(), at: None };
            let found = match opener.means(&spot) {
                Some(Means::Editor(..)) => "editor",
                Some(Means::System(_)) => "system",
                None => "nothing",
            };
            assert_eq!(found, *means, "{path} with {editors:?}");
        }
    }

    #[test]
    fn nothing_is_given_to_a_program_that_could_run_it() {
        let root = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir_all(root.path().join("content/folder.md")).expect("made");
        for name in ["a.md", "site.toml", "tea.desktop", "tea.bat", "tea.html", "tea.svg", "tea", ".md", "a.md.exe"] {
            std::fs::write(root.path().join("content").join(name), "Listen.").expect("written");
        }
        let never =
            ["content/gone.md", "content/folder.md", "content", "../a.md", "content/../content/a.md", "/a.md", ""];
        let never = never.map(|path| (path, "nothing"));
        let run = ["tea.desktop", "tea.bat", "tea.html", "tea.svg", "tea", ".md", "a.md.exe"];
        let run = run.map(|name| format!("content/{name}"));
        check_means(&[], root.path(), &[("content/a.md", "system"), ("content/site.toml", "system")]);
        check_means(&[], root.path(), &never);
        check_means(&[], root.path(), &run.each_ref().map(|path| (&**path, "nothing")));
        let editors = ["code".to_owned()];
        check_means(&editors, root.path(), &never);
        check_means(&editors, root.path(), &run.each_ref().map(|path| (&**path, "editor")));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        use std::os::unix::fs::symlink;

        let (root, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("another"));
        std::fs::write(other.path().join("a.md"), "Listen.").expect("written");
        symlink(other.path(), root.path().join("content")).expect("linked");
        symlink(other.path().join("a.md"), root.path().join("b.md")).expect("linked");
        for editors in [vec![], vec!["code".to_owned()]] {
            check_means(&editors, root.path(), &[("content/a.md", "nothing"), ("b.md", "nothing")]);
        }
    }

    #[test]
    fn without_a_desktop_nothing_can_be_opened() {
        assert_eq!(Opener::new(Path::new("/guide"), &["code".to_owned()], Desktop::Absent), None);
    }
}
