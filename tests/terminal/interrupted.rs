//! A guide as a command leaves it that is killed while it edits sources.

use std::fs;
use std::path::Path;

/// An edit of a page that was interrupted before its second file was changed.
pub fn interrupt(root: &Path) {
    let row = |path: &str, former: usize, intended: usize| {
        format!("{{\"path\":\"{path}\",\"like\":\"{path}\",\"former\":{former},\"intended\":{intended}}}")
    };
    let page = |title: &str| format!("---\ntitle: {title}\n---\nDrink.\n");
    let contents = [page("Tea"), page("Green tea"), page("Coffee"), page("Black coffee")];
    let rows = [
        row("content/tea.md", contents[0].len(), contents[1].len()),
        row("content/coffee.md", contents[2].len(), contents[3].len()),
    ];
    let journal = format!("{{\"betwixt\":1,\"folders\":[],\"edits\":[{}]}}\n{}", rows.join(","), contents.concat());
    fs::create_dir(root.join(".betwixt")).expect("made");
    fs::write(root.join(".betwixt/journal"), journal).expect("written");
    fs::write(root.join("content/tea.md"), &contents[1]).expect("written");
    fs::write(root.join("content/coffee.md"), &contents[2]).expect("written");
}

/// What is said of it by those that read.
pub const PENDING: &str = "an edit of `content/tea.md`, `content/coffee.md` was interrupted \
                       half-way: it is finished or taken back by the next command that writes, such as `betwixt build`\n";
