//! A place in a source → the author's editor, opened there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
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
    /// names an editor with windows of its own is taken; if none does, the system chooses a program by the kind of file.
    /// `None` if there is no desktop.
    #[must_use]
    pub fn new(root: &Path, editors: &[String], desktop: Desktop) -> Option<Self> {
        let editor = editors.iter().find_map(|value| editor(value));
        (desktop == Desktop::Present).then(|| Self { root: root.to_owned(), editor })
    }

    /// Opens the place, and does not wait for it. That nothing opens is seen by whoever clicked.
    pub(super) fn open(&self, spot: &Spot) {
        let file = self.root.join(&spot.path);
        let Some((program, arguments)) = self.command(spot) else {
            // Starting a program may take a while on some systems.
            std::thread::spawn(move || drop(open::that_detached(file)));
            return;
        };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        std::thread::spawn(move || {
            // Its end is waited for, so that the system can forget it.
            let _ = command.status();
        });
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

    #[test]
    fn without_a_desktop_nothing_can_be_opened() {
        assert_eq!(Opener::new(Path::new("/guide"), &["code".to_owned()], Desktop::Absent), None);
    }
}
