//! What looks like something else than it is: one function for each code, whose comment is the code's page in the manual.

use crate::base::{Diagnostic, Edit, Place};

/// Text that looks like a link, and is none.
///
/// A link is words in square brackets, and at once its address in round ones: `[words](address)`. A wiki link has two
/// brackets on each side: `[[name]]`. If the text is meant as it stands, put a `\` before the first bracket.
///
/// Wrong:
/// ```markdown
/// Try [ten minutes] (../practices/ten-minutes.md) tonight.
/// ```
/// Right:
/// ```markdown
/// Try [ten minutes](../practices/ten-minutes.md) tonight.
/// ```
pub(crate) fn like_a_link(place: Place, cure: &str, fix: Option<Edit>) -> Diagnostic {
    Diagnostic::warning("like-a-link", place, "this looks like a link, and is shown as text").help(cure).fixes(fix)
}

/// A note for authors that readers would see.
///
/// A comment begins with `<!--` and ends with `-->`, each with two plain dashes. Within a paragraph no empty line may stand
/// in it. Some word processors make one long dash of two.
///
/// Wrong:
/// ```markdown
/// Ten minutes. <!- is that enough? -->
/// ```
/// Right:
/// ```markdown
/// Ten minutes. <!-- is that enough? -->
/// ```
pub(crate) fn like_a_comment(place: Place) -> Diagnostic {
    Diagnostic::error("like-a-comment", place, "this looks like a comment, and readers would see it")
        .help("put the note on lines of its own, from `<!--` to `-->`, with two plain dashes each and no empty line")
}

/// A block of code begins and never ends.
///
/// A line of three backticks, or three `~`, begins a block of code, and the next such line ends it. Without that, all that
/// follows on the page is code.
///
/// Wrong:
/// ```markdown
/// ~~~
/// as it is written
///
/// Words again.
/// ```
/// Right:
/// ```markdown
/// ~~~
/// as it is written
/// ~~~
///
/// Words again.
/// ```
pub(crate) fn open_fence(place: Place, signs: &str) -> Diagnostic {
    Diagnostic::error("open-fence", place, "this block of code is never closed, and takes in all that follows")
        .help(format!("write a line of {signs} where the code ends, or take this line out"))
}

/// A link without words.
///
/// Readers see nothing to click on, and those who listen hear only that there is a link.
///
/// Wrong:
/// ```markdown
/// Try [](../practices/ten-minutes.md) tonight.
/// ```
/// Right:
/// ```markdown
/// Try [ten minutes](../practices/ten-minutes.md) tonight.
/// ```
pub(crate) fn link_words(place: Place) -> Diagnostic {
    Diagnostic::warning("link-words", place, "this link has no words, so readers cannot see it")
        .help("write between the square brackets what readers find there")
}

/// A citation without its brackets.
///
/// A citation is written `[@key]`. If none is meant, put a `\` before the `@` or `[`.
///
/// Wrong:
/// ```markdown
/// Listening calms (@kuhn2018).
/// ```
/// Right:
/// ```markdown
/// Listening calms [@kuhn2018].
/// ```
pub(crate) fn like_a_citation(place: Place, key: &str, fix: Option<Edit>) -> Diagnostic {
    Diagnostic::warning("like-a-citation", place, "this looks like a citation, and is shown as text")
        .help(format!("write `[@{key}]`"))
        .fixes(fix)
}

/// A footnote's sign with its `^` on the wrong side.
///
/// Wrong:
/// ```markdown
/// Ten minutes are enough.^[1]
/// ```
/// Right:
/// ```markdown
/// Ten minutes are enough.[^1]
///
/// [^1]: In our experience.
/// ```
pub(crate) fn like_a_footnote(place: Place, label: &str, fix: Option<Edit>) -> Diagnostic {
    Diagnostic::warning("like-a-footnote", place, "this looks like a footnote, and is shown as text")
        .help(format!("write `[^{label}]`, and the footnote on a line of its own: `[^{label}]: …`"))
        .fixes(fix)
}

/// A callout that is not written as one.
///
/// A callout begins with a line that holds `> [!WARNING]` and nothing else, after an empty line. Its words follow, each
/// line behind a `>`. Written in another way it is a mere quotation, or mere text, and readers see the brackets.
///
/// Wrong:
/// ```markdown
/// > [!WARNING] Never do this alone.
/// ```
/// Right:
/// ```markdown
/// > [!WARNING]
/// > Never do this alone.
/// ```
pub(crate) fn callout_form(place: Place, name: &str, fix: Vec<Edit>) -> Diagnostic {
    Diagnostic::error("callout-form", place, "this looks like a callout, and is shown as mere text")
        .help(format!("after an empty line write `> [!{name}]` on a line of its own, then its words behind `> `"))
        .fixes(fix)
}

/// A heading whose signs touch its words.
///
/// Wrong:
/// ```markdown
/// ##At home
/// ```
/// Right:
/// ```markdown
/// ## At home
/// ```
pub(crate) fn like_a_heading(place: Place, edit: Edit) -> Diagnostic {
    Diagnostic::warning("like-a-heading", place, "this looks like a heading, and is shown as text")
        .help("put a space between `#` and the words")
        .fixes([edit])
}

/// Strong words whose end is not marked.
///
/// `**` stands right before the first word and right after the last one, without a space between, in one paragraph.
///
/// Wrong:
/// ```markdown
/// Do it **every day.
/// ```
/// Right:
/// ```markdown
/// Do it **every day**.
/// ```
pub(crate) fn open_strong(place: Place) -> Diagnostic {
    Diagnostic::warning("open-strong", place, "`**` begins strong words here, and nothing ends them")
        .label("shown as it is written")
        .help("write `**` right after the last of them, without a space before it")
}

/// A list whose points begin with another sign than `-`.
///
/// Wrong:
/// ```markdown
/// • Sit down.
/// • Listen.
/// ```
/// Right:
/// ```markdown
/// - Sit down.
/// - Listen.
/// ```
pub(crate) fn like_a_list(place: Place, edits: Vec<Edit>) -> Diagnostic {
    Diagnostic::warning("like-a-list", place, "this looks like a list, and is shown as one paragraph")
        .help("begin each point with `- `")
        .fixes(edits)
}

/// Rows of a table that are none.
///
/// A table begins after an empty line. Below its first row stands a line with `---` for each column.
///
/// Wrong:
/// ```markdown
/// | Day | Minutes |
/// | Monday | 10 |
/// ```
/// Right:
/// ```markdown
/// | Day | Minutes |
/// | --- | --- |
/// | Monday | 10 |
/// ```
pub(crate) fn like_a_table(place: Place, line: &str, edit: Option<Edit>) -> Diagnostic {
    Diagnostic::warning("like-a-table", place, "this looks like a table, and is shown as text")
        .help(format!("begin it after an empty line, and write `{line}` below its first row"))
        .fixes(edit)
}

/// Words that were meant to be replaced.
///
/// Wrong:
/// ```markdown
/// Listening helps. TODO
/// ```
/// Right:
/// ```markdown
/// Listening helps you and others.
/// ```
pub(crate) fn left_over(place: Place, words: &str) -> Diagnostic {
    Diagnostic::warning("left-over", place, format!("`{words}` still stands in the text"))
        .help("write what belongs here; a note for yourself goes between `<!--` and `-->`")
}
