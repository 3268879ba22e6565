//! Sites on disk, good and bad, and what is read of them.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;

use super::*;
use crate::base::SourceContent;

/// A site in a temporary folder, beside other things.
struct Bench(TempDir);

impl Bench {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        self.write_raw(Path::new(path), bytes);
    }

    fn write_raw(&self, path: &Path, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("below")).expect("folders");
        fs::write(path, bytes).expect("written");
    }

    fn link(&self, target: &str, link: &str) {
        let link = self.path(link);
        fs::create_dir_all(link.parent().expect("below")).expect("folders");
        symlink(target, link).expect("linked");
    }

    /// Every source in one line: its path, and its text or why it has none.
    fn read(&self) -> Vec<String> {
        let sources = read(&self.path("site"), Path::new("site.toml"), Request::default()).expect("read");
        let line = |(path, source): (&SourcePath, &Source)| match source.content() {
            SourceContent::Bytes(bytes) => format!("{path}: {}", String::from_utf8_lossy(bytes)),
            SourceContent::Unreadable(why) => format!("{path}: ! {why}"),
        };
        sources.iter().map(line).collect()
    }
}

#[test]
fn the_configuration_and_three_folders_are_read() {
    let bench = Bench::new();
    bench.write("site/site.toml", b"title");
    bench.write("site/content/signs/haste.md", b"haste");
    bench.write("site/static/favicon.ico", b"icon");
    bench.write("site/themes/hearth/page.html", b"page");
    bench.write("site/public/index.html", b"built");
    bench.write("site/README.md", b"readme");
    assert_eq!(
        bench.read(),
        [
            "content/signs/haste.md: haste",
            "site.toml: title",
            "static/favicon.ico: icon",
            "themes/hearth/page.html: page"
        ]
    );
}

#[test]
fn missing_folders_and_a_missing_configuration_are_simply_absent_but_a_missing_root_is_told() {
    let bench = Bench::new();
    fs::create_dir(bench.path("site")).expect("made");
    assert!(bench.read().is_empty());
    let error = read(&bench.path("nowhere"), Path::new("site.toml"), Request::default()).expect_err("missing");
    assert!(error.to_string().ends_with("nowhere` cannot be entered: it does not exist"), "{error}");
}

#[test]
fn hidden_files_and_the_litter_of_editors_are_left_out() {
    let bench = Bench::new();
    for name in [
        ".hidden",
        "a.md~",
        ".a.md.swp",
        "a.swo",
        "a.tmp",
        "#a.md#",
        "4913",
        "___jb_tmp___",
        "___jb_old___",
        ".DS_Store",
        "Thumbs.db",
    ] {
        bench.write(&format!("site/content/{name}"), b"x");
        bench.write(&format!("site/static/{name}"), b"x");
    }
    bench.write("site/content/.obsidian/a.md", b"x");
    bench.write("site/content/.well-known/a", b"x");
    bench.link("user@host.1234", "site/content/.#a.md");
    bench.write("site/static/.well-known/security.txt", b"contact");
    assert_eq!(bench.read(), ["static/.well-known/security.txt: contact"]);
}

#[test]
fn links_are_followed_to_files_of_the_site_only() {
    let bench = Bench::new();
    bench.write("secret", b"secret");
    bench.write("site/.env", b"secret");
    bench.write("site/notes/a.md", b"notes");
    bench.write("site/content/real.md", b"real");
    bench.link("real.md", "site/content/inside.md");
    bench.link("../notes/a.md", "site/content/notes.md");
    bench.link("../../secret", "site/content/outside.md");
    bench.link("/etc/hostname", "site/themes/evil/page.html");
    bench.link("../.env", "site/static/env");
    bench.link("..", "site/content/up");
    bench.link("gone.md", "site/content/broken.md");
    bench.link("b.md", "site/content/loop.md");
    bench.link("loop.md", "site/content/b.md");
    bench.link("../../site-evil", "site/content/sibling.md");
    bench.write("site-evil", b"secret");
    assert_eq!(
        bench.read(),
        [
            "content/b.md: ! this is a symbolic link that leads round in a circle",
            "content/broken.md: ! this is a symbolic link to a file that does not exist",
            "content/inside.md: real",
            "content/loop.md: ! this is a symbolic link that leads round in a circle",
            "content/notes.md: notes",
            "content/outside.md: ! this is a symbolic link to something outside the site",
            "content/real.md: real",
            "content/sibling.md: ! this is a symbolic link to something outside the site",
            "content/up: ! this is a symbolic link to a folder, which is not followed",
            "static/env: ! this is a symbolic link to a hidden file",
            "themes/evil/page.html: ! this is a symbolic link to something outside the site",
        ]
    );
}

#[test]
fn a_source_folder_that_is_a_link_or_a_file_is_told() {
    let bench = Bench::new();
    bench.write("elsewhere/a.md", b"secret");
    bench.link("../elsewhere", "site/content");
    bench.write("site/static", b"x");
    assert_eq!(
        bench.read(),
        ["content: ! this is a symbolic link, and must be a folder", "static: ! this must be a folder"]
    );
}

#[test]
fn pipes_sockets_and_devices_are_never_opened() {
    let bench = Bench::new();
    bench.write("site/content/a.md", b"a");
    let pipe = bench.path("site/content/pipe.md");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::from_raw_mode(0o644), 0).expect("made");
    bench.link("pipe.md", "site/content/to-pipe.md");
    drop(UnixListener::bind(bench.path("site/content/socket")).expect("bound"));
    assert_eq!(
        bench.read(),
        [
            "content/a.md: a",
            "content/pipe.md: ! this is a pipe, not a file",
            "content/socket: ! this is a socket, not a file",
            "content/to-pipe.md: ! this is a symbolic link to something that is not a file",
        ]
    );
    // Were the pipe put there after the folder was listed, opening it would not wait either.
    assert!(read_file(&pipe).is_err());
}

#[test]
fn a_folder_named_like_a_page_is_told_and_its_pages_are_read() {
    let bench = Bench::new();
    bench.write("site/content/haste.md/a.md", b"a");
    assert_eq!(
        bench.read(),
        ["content/haste.md: ! this is a folder, but its name ends in `.md`", "content/haste.md/a.md: a"]
    );
}

#[test]
fn a_name_that_is_no_text_is_told_and_odd_names_are_fine() {
    let bench = Bench::new();
    bench.write_raw(&Path::new("site/content").join(OsStr::from_bytes(b"caf\xe9.md")), b"x");
    bench.write("site/content/a\n\"<b>'.md", b"odd");
    assert_eq!(
        bench.read(),
        ["content/a\n\"<b>'.md: odd", "content/caf\u{fffd}.md: ! this name is not written in UTF-8"]
    );
}

#[test]
fn two_names_that_look_the_same_are_told() {
    let bench = Bench::new();
    bench.write("site/content/ne\u{301}.md", b"a");
    bench.write("site/content/n\u{e9}.md", b"b");
    bench.write("site/content/o\u{308}l.md", b"oil");
    assert_eq!(
        bench.read(),
        [
            "content/n\u{e9}.md: ! two files share this name, written with different letters: `content/ne\\u{301}.md` and `content/n\\u{e9}.md`",
            "content/\u{f6}l.md: oil",
        ]
    );
}

#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    bench.write("site/content/a.md", b"a");
    fs::set_permissions(bench.path("site/content/a.md"), fs::Permissions::from_mode(0o000)).expect("set");
    // The administrator reads everything.
    let is_administrator = fs::File::open(bench.path("site/content/a.md")).is_ok();
    let refused = "content/a.md: ! this file cannot be read: you have no permission; change the rights of the file or of the folder that holds it";
    assert_eq!(bench.read(), [if is_administrator { "content/a.md: a" } else { refused }]);
}

#[test]
fn a_huge_file_is_told_and_not_read() {
    let bench = Bench::new();
    bench.write("site/static/film.mp4", b"");
    let file = fs::File::options().write(true).open(bench.path("site/static/film.mp4")).expect("there");
    file.set_len(LARGEST_FILE + MIB).expect("sparse");
    bench.write("site/static/small", b"small");
    assert_eq!(
        bench.read(),
        ["static/film.mp4: ! this file has 65 MiB, and at most 64 MiB are read", "static/small: small"]
    );
}
