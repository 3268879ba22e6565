//! A place in a source → the author's editor, opened there.
//!
//! The guide may be somebody else's: a file of theirs is never given to a program that could run it, and no link of
//! theirs leads out of the guide.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use crate::report::SourceLocation;

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

/// How the author's editor is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    program: String,
    /// What it is told; `{file}`, `{line}` and `{column}` are filled in.
    arguments: Vec<String>,
}

impl Editor {
    /// Reads a command such as `code --goto {file}:{line}`, in the quotes of a shell. Where it does not say where the
    /// file stands, the file comes last. `None` if a quote is not closed, or if there is no command.
    #[must_use]
    pub fn parse(command: &str) -> Option<Self> {
        let mut words = shlex::split(command)?.into_iter();
        let (program, mut arguments) = (words.next()?, words.collect::<Vec<_>>());
        if !arguments.iter().any(|argument| argument.contains("{file}")) {
            arguments.push("{file}".to_owned());
        }
        Some(Self { program, arguments })
    }

    /// The arguments that open this file. A place without a line is the file's beginning.
    fn fill_arguments(&self, file: &Path, at: Option<(usize, usize)>) -> Vec<OsString> {
        let (line, column) = at.unwrap_or((1, 1));
        let mut filled = Vec::new();
        for argument in &self.arguments {
            let argument = argument.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
            let mut pieces = argument.split("{file}");
            let mut word = OsString::from(pieces.next().unwrap_or_default());
            for piece in pieces {
                word.push(file);
                word.push(piece);
            }
            filled.push(word);
        }
        filled
    }
}

/// Opens sources: in the author's editor, or else with the program that the system has for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opener {
    root: PathBuf,
    editor: Option<Editor>,
}

/// What opens a source.
#[derive(Debug, PartialEq, Eq)]
enum Means<'o> {
    /// The author's editor, and what it is told.
    Editor(&'o str, Vec<OsString>),
    /// The program that the system has for such files.
    System(PathBuf),
}

impl Opener {
    /// An opener of the sources below `root`, which must be an absolute path. Without an editor, only files that every
    /// system can but show as text are opened.
    #[must_use]
    pub fn new(root: PathBuf, editor: Option<Editor>) -> Self {
        Self { root, editor }
    }

    /// The endings that names of sources must have to be opened; with none of them, all may be.
    pub(super) fn endings(&self) -> &'static [&'static str] {
        if self.editor.is_some() { &[] } else { &TEXTS }
    }

    /// Opens the place, and does not wait for it; `None` if it is none that may be opened. That nothing opens is seen
    /// by whoever clicked.
    #[must_use]
    pub(super) fn open(&self, spot: &SourceLocation) -> Option<()> {
        // Starting a program may take a while on some systems.
        match self.choose_means(spot)? {
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
    fn choose_means(&self, spot: &SourceLocation) -> Option<Means<'_>> {
        let file = locate_file(&self.root, Path::new(&spot.path))?;
        if let Some(editor) = &self.editor {
            return Some(Means::Editor(&editor.program, editor.fill_arguments(&file, spot.at)));
        }
        let is_text = file.extension().is_some_and(|ending| TEXTS.iter().any(|text| ending == *text));
        is_text.then_some(Means::System(file))
    }
}

/// The file at this path below `root`: a regular one to which no link leads.
fn locate_file(root: &Path, path: &Path) -> Option<PathBuf> {
    let mut file = root.to_owned();
    let mut kind = None;
    for component in path.components() {
        let Component::Normal(name) = component else { return None };
        file.push(name);
        // A link is what it is, and not what it leads to.
        let file_type = file.symlink_metadata().ok()?.file_type();
        if file_type.is_symlink() {
            return None;
        }
        kind = Some(file_type);
    }
    kind?.is_file().then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a command becomes for a file with a space in its name.
    fn check(command: &str, at: Option<(usize, usize)>, expected: &[&str]) {
        let mut words = Vec::new();
        if let Some(editor) = Editor::parse(command) {
            words.push(editor.program.clone());
            let arguments = editor.fill_arguments(Path::new("/our guide/a.md"), at);
            words.extend(arguments.iter().map(|word| word.to_string_lossy().into_owned()));
        }
        assert_eq!(words, expected, "{command:?}");
    }

    #[test]
    fn an_editor_is_told_the_place_as_its_command_says() {
        let at = Some((4, 12));
        check("code --goto {file}:{line}:{column}", at, &["code", "--goto", "/our guide/a.md:4:12"]);
        check(
            "'/opt/my tools/idea' --line {line} {file}",
            at,
            &["/opt/my tools/idea", "--line", "4", "/our guide/a.md"],
        );
        check("xterm -e vim +{line} {file}", at, &["xterm", "-e", "vim", "+4", "/our guide/a.md"]);
        check("code --goto {file}:{line}:{column}", None, &["code", "--goto", "/our guide/a.md:1:1"]);
    }

    #[test]
    fn a_command_without_a_place_gets_the_file_and_one_that_cannot_be_read_is_none() {
        check("gedit", Some((4, 12)), &["gedit", "/our guide/a.md"]);
        for command in ["", "  ", "'/opt/my tools/code {file}", "\"code"] {
            check(command, None, &[]);
        }
    }

    /// Whether these are opened by an editor, by the system, or not at all.
    fn check_means(editor: Option<&Editor>, root: &Path, expected: &[(&str, &str)]) {
        let opener = Opener::new(root.to_owned(), editor.cloned());
        for (path, means) in expected {
            let spot = SourceLocation { path: (*path).to_owned(), at: None };
            let found = match opener.choose_means(&spot) {
                Some(Means::Editor(..)) => "editor",
                Some(Means::System(_)) => "system",
                None => "nothing",
            };
            assert_eq!(found, *means, "{path} with {editor:?}");
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
        check_means(None, root.path(), &[("content/a.md", "system"), ("content/site.toml", "system")]);
        check_means(None, root.path(), &never);
        check_means(None, root.path(), &run.each_ref().map(|path| (&**path, "nothing")));
        let editor = Editor::parse("code");
        check_means(editor.as_ref(), root.path(), &never);
        check_means(editor.as_ref(), root.path(), &run.each_ref().map(|path| (&**path, "editor")));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        use std::os::unix::fs::symlink;

        let (root, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("another"));
        std::fs::write(other.path().join("a.md"), "Listen.").expect("written");
        symlink(other.path(), root.path().join("content")).expect("linked");
        symlink(other.path().join("a.md"), root.path().join("b.md")).expect("linked");
        for editor in [None, Editor::parse("code")] {
            check_means(editor.as_ref(), root.path(), &[("content/a.md", "nothing"), ("b.md", "nothing")]);
        }
    }
}
