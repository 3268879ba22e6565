//! What looks like something else than it is: one function for each code.

use crate::base::{Code, Diagnostic, Edit, Place};

/// Text that looks like a link, and is none.
pub(crate) fn like_a_link(place: Place, cure: &str, fix: Option<Edit>) -> Diagnostic {
    Diagnostic::new(Code::LikeALink, place, "this looks like a link, and is shown as text").help(cure).fixes(fix)
}

/// A note for authors that readers would see.
pub(crate) fn like_a_comment(place: Place) -> Diagnostic {
    Diagnostic::new(Code::LikeAComment, place, "this looks like a comment, and readers would see it")
        .help("put the note on lines of its own, from `<!--` to `-->`, with two plain dashes each and no empty line")
}

/// A block of code begins and never ends.
pub(crate) fn open_fence(place: Place, signs: &str) -> Diagnostic {
    Diagnostic::new(Code::OpenFence, place, "this block of code is never closed, and takes in all that follows")
        .help(format!("write a line of {signs} where the code ends, or take this line out"))
}

/// A link without words.
pub(crate) fn link_words(place: Place) -> Diagnostic {
    Diagnostic::new(Code::LinkWords, place, "this link has no words, so readers cannot see it")
        .help("write between the square brackets what readers find there")
}

/// A citation without its brackets.
pub(crate) fn like_a_citation(place: Place, key: &str, fix: Option<Edit>) -> Diagnostic {
    Diagnostic::new(Code::LikeACitation, place, "this looks like a citation, and is shown as text")
        .help(format!("write `[@{key}]`"))
        .fixes(fix)
}

/// A footnote's sign with its `^` on the wrong side.
pub(crate) fn like_a_footnote(place: Place, label: &str, fix: Option<Edit>) -> Diagnostic {
    Diagnostic::new(Code::LikeAFootnote, place, "this looks like a footnote, and is shown as text")
        .help(format!("write `[^{label}]`, and the footnote on a line of its own: `[^{label}]: …`"))
        .fixes(fix)
}

/// A callout that is not written as one.
pub(crate) fn callout_form(place: Place, name: &str, fix: Vec<Edit>) -> Diagnostic {
    Diagnostic::new(Code::CalloutForm, place, "this looks like a callout, and is shown as mere text")
        .help(format!("after an empty line write `> [!{name}]` on a line of its own, then its words behind `> `"))
        .fixes(fix)
}

/// A heading whose signs touch its words.
pub(crate) fn like_a_heading(place: Place, edit: Edit) -> Diagnostic {
    Diagnostic::new(Code::LikeAHeading, place, "this looks like a heading, and is shown as text")
        .help("put a space between `#` and the words")
        .fixes([edit])
}

/// Strong words whose end is not marked.
pub(crate) fn open_strong(place: Place) -> Diagnostic {
    Diagnostic::new(Code::OpenStrong, place, "`**` begins strong words here, and nothing ends them")
        .label("shown as it is written")
        .help("write `**` right after the last of them, without a space before it")
}

/// A list whose points begin with another sign than `-`.
pub(crate) fn like_a_list(place: Place, edits: Vec<Edit>) -> Diagnostic {
    Diagnostic::new(Code::LikeAList, place, "this looks like a list, and is shown as one paragraph")
        .help("begin each point with `- `")
        .fixes(edits)
}

/// Rows of a table that are none.
pub(crate) fn like_a_table(place: Place, line: &str, edit: Option<Edit>) -> Diagnostic {
    Diagnostic::new(Code::LikeATable, place, "this looks like a table, and is shown as text")
        .help(format!("begin it after an empty line, and write `{line}` below its first row"))
        .fixes(edit)
}

/// Words that were meant to be replaced.
pub(crate) fn left_over(place: Place, words: &str) -> Diagnostic {
    Diagnostic::new(Code::LeftOver, place, format!("`{words}` still stands in the text"))
        .help("write what belongs here; a note for yourself goes between `<!--` and `-->`")
}

/// Markup of another program, which readers would see as it stands.
pub(crate) fn foreign_markup(place: Place, sign: &str, (name, cure): (&str, &str)) -> Diagnostic {
    let message = format!("this looks like {name}, and readers would see it as it stands");
    Diagnostic::new(Code::ForeignMarkup, place, message)
        .help(format!("{cure}; if the signs themselves are meant, write `\\{sign}`"))
}

/// Marks that git left in a text that two people had changed.
pub(crate) fn conflict_mark(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ConflictMark, place, "git marks here two texts of which one has to be chosen")
        .help("keep the one that is right, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`")
}
